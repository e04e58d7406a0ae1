"""The stage that verifies: status, list, members and reconciliation."""

from datetime import date, timedelta

import pytest

from pipelines import score, verify
from schemas import cohort
from tests.support.families import AS_OF, Lineage, OpenPair, a_borough, a_family, a_member, a_troubled_family, an_event, asb, in_arrears, out_of_work, suspended
from tests.support.verified import WEAK, decide, listed, publish, rows, statuses, verified

_ARMS = """    tiers:
      - {name: top, headlines_at_least: 3, arms: [{name: First, places: 2}, {name: Second, places: 1}]}
      - {name: rest, headlines_at_least: 0}
  - framework: tf-2015
"""


@pytest.fixture
def borough(tmp_path):
    return a_borough(tmp_path)


def test_the_four_places_a_household_may_stand(borough):
    run = verified(
        borough,
        a_troubled_family("listed"),
        a_troubled_family("doubtful", **WEAK),
        a_family("short", asb("son"), out_of_work("mother")),
        a_family("quiet", asb("son")),
    )
    assert statuses(run) == {"listed": "verified", "doubtful": "review", "short": "near_miss", "quiet": "not_qualifying"}
    assert listed(run) == ["listed"]
    assert statuses(run, "tf-2015")["short"] == "verified"


@pytest.mark.parametrize(
    ("events", "rule", "status"),
    [
        ((asb("son"), suspended("son"), out_of_work("mother")), "all_national", "verified"),
        ((asb("son"), suspended("son"), in_arrears("mother")), "two_national_and_local", "verified"),
        ((asb("son"), suspended("son")), None, "near_miss"),
        ((asb("son"), in_arrears("mother")), None, "near_miss"),
        ((in_arrears("mother"),), None, "not_qualifying"),
        ((), None, "not_qualifying"),
    ],
)
def test_the_limb_of_the_rule_is_named(borough, events, rule, status):
    run = verified(borough, a_family("home", *events))
    assert rows(run, "select qualifying_rule, status from cohort.family where framework_id = 'tf-2012'") == [(rule, status)]


def test_a_household_says_what_it_meets_and_where_it_lives(borough):
    run = verified(borough, a_troubled_family("home"))
    what = "criteria_met, headlines_met, headline_count, district, cluster, adult_count, child_count, identifying_sources, link_confidence"
    query = f"select {what} from cohort.verified_families"  # noqa: S608 - columns of ours
    assert rows(run, query) == [
        (
            "crime_asb.asb,education.suspensions,work.out_of_work_benefit",
            "crime_asb,education,work",
            3,
            "Calder North",
            "Moorside",
            1,
            1,
            "dwp_benefit,police_asb,school_attendance",
            1.0,
        )
    ]


def test_the_list_names_its_run_and_its_criteria_and_no_person(borough):
    run = verified(borough, a_troubled_family("home"))
    assert rows(run, "select as_of_date, run_id, criteria_sha256 from cohort.family limit 1") == [(AS_OF, run.run_id, "c" * 64)]
    assert rows(run, "select count(*) from cohort.family where reason ilike '%quillfeather%' or reason ilike '%zebedee%'") == [(0,)]


def test_confidence_is_that_of_the_weakest_headline_the_rule_needs(borough):
    events = (asb("son", link=0.6), suspended("son"), out_of_work("mother"), in_arrears("mother"))
    run = verified(borough, a_family("home", *events))
    # Two national headlines and the local one are sure: the doubtful third is not needed.
    query = "select status, qualifying_rule, link_confidence from cohort.family where framework_id = 'tf-2012'"
    assert rows(run, query) == [("verified", "two_national_and_local", 1.0)]


def test_a_doubtful_link_brings_a_household_to_review_with_the_probability_told(borough):
    run = verified(borough, a_family("home", asb("son", link=0.62), suspended("son"), out_of_work("mother")))
    [(status, confidence, reason)] = rows(run, "select status, link_confidence, reason from cohort.family where framework_id = 'tf-2012'")
    assert (status, confidence) == ("review", 0.62)
    assert "records of which it is not sure whose they are (probability 0.62)" in reason


def with_a_doubt(borough, **given):
    """A family short of one problem, whose son may be the one somebody else's record of an incident names."""
    home = a_family("home", suspended("son"), out_of_work("mother"))
    elsewhere = a_family("elsewhere", asb("man"), members=[a_member("man", 13)])
    return borough.a_run(home, elsewhere, doubts=[OpenPair(("home", "son"), ("elsewhere", "man"), **given)])


def test_a_record_that_a_person_has_yet_to_settle_brings_a_household_to_review_and_never_to_the_list(borough):
    run = with_a_doubt(borough, probability=0.99)
    score.score(run)
    verify.verify(run)
    assert statuses(run)["home"] == "review"
    with run.open(read_only=True) as con:
        [(person, record, probability)] = con.execute(
            "select person_id, record_id, link_probability from cohort.evidence"
            " where household_id = 'home' and criterion_id = 'crime_asb.asb' and framework_id = 'tf-2012'"
        ).fetchall()
    assert person == "home son"
    assert record.startswith("elsewhere man")
    assert probability < 0.95


def test_where_two_may_be_one_person_every_record_of_the_other_is_in_doubt_not_only_the_one_that_looks_alike(borough):
    run = with_a_doubt(borough, probability=0.6, is_of_one_record=True)
    score.score(run)
    verify.verify(run)
    assert statuses(run)["home"] == "review"
    with run.open(read_only=True) as con:
        found = con.execute("select distinct link_probability from cohort.evidence where household_id = 'home' and criterion_id = 'crime_asb.asb'").fetchall()
    assert found == [(0.6,)]


def test_a_record_that_may_be_either_of_two_members_is_told_once(borough):
    home = a_family("home", suspended("son"), out_of_work("mother"), members=[a_member("mother", 34), a_member("son", 13), a_member("brother", 12)])
    elsewhere = a_family("elsewhere", asb("man"), members=[a_member("man", 13)])
    run = borough.a_run(home, elsewhere, doubts=[OpenPair(("home", name), ("elsewhere", "man"), p) for name, p in (("brother", 0.4), ("son", 0.6))])
    score.score(run)
    with run.open(read_only=True) as con:
        told = con.execute("select person_id from cohort.evidence where household_id = 'home' and criterion_id = 'crime_asb.asb' and framework_id = 'tf-2012'")
        assert told.fetchall() == [("home son",)]


@pytest.mark.parametrize("given", [{"outcome": "discard"}, {"decision": "different"}])
def test_a_record_settled_as_somebody_elses_counts_for_nobody_else(borough, given):
    run = with_a_doubt(borough, **given)
    score.score(run)
    verify.verify(run)
    assert statuses(run)["home"] == "near_miss"


def test_a_doubt_never_makes_silence_of_the_schools_into_a_finding(borough):
    home = a_family("home", asb("son"), out_of_work("mother"))
    elsewhere = a_family(
        "elsewhere", an_event("girl", "attendance", term="2025/26 spring", sessions_possible=100, sessions_unauthorised=0), members=[a_member("girl", 13)]
    )
    run = borough.a_run(home, elsewhere, doubts=[OpenPair(("home", "son"), ("elsewhere", "girl"))])
    score.score(run)
    with run.open(read_only=True) as con:
        found = con.execute("select assessment from cohort.household_criterion where household_id = 'home' and criterion_id = 'education.unauthorised_absence'")
        assert found.fetchall() == [("not_assessed",)]


def test_another_person_with_sure_links_carries_the_headline(borough):
    run = verified(borough, a_family("home", asb("son", link=0.62), asb("mother"), suspended("son"), out_of_work("mother")))
    assert statuses(run) == {"home": "verified"}


def test_first_identified_is_dated_once_for_the_list_and_for_review(borough):
    earlier = date(2026, 11, 2)
    run = verified(
        borough,
        a_troubled_family("new"),
        a_troubled_family("known", first_identified=earlier),
        a_troubled_family("doubtful", **WEAK),
        a_family("quiet"),
    )
    expected = {"new": AS_OF, "known": earlier, "doubtful": AS_OF, "quiet": None}
    assert dict(rows(run, "select household_id, first_identified_date from cohort.family where framework_id = 'tf-2012'")) == expected
    assert dict(rows(run, "select distinct household_id, first_identified_date from register.household")) == expected


def identified(run, framework="tf-2015"):
    query = "select household_id, first_identified_date from cohort.family where framework_id = $framework"
    return dict(rows(run, query, framework=framework))


def test_each_framework_dates_who_it_first_identified_whatever_the_lists_framework_found(borough):
    """Two problems are enough for the framework of 2015 and not for that of 2012, by which the list goes."""
    week = AS_OF - timedelta(days=7)
    two = a_family("two", asb("son"), out_of_work("mother"))
    before = publish(verified(borough, two, a_family("later"), a_family("merged", asb("son"), out_of_work("mother")), as_of=week))
    assert identified(before) == {"two": week, "merged": week, "later": None}
    assert identified(before, "tf-2012") == {"two": None, "merged": None, "later": None}
    families = a_family("two"), a_family("later", asb("son"), out_of_work("mother")), a_family("one")
    now = verified(borough, *families, after=before, lineage=[Lineage("merged", "merged", "one")])
    assert identified(now) == {"two": week, "later": AS_OF, "one": week}
    assert identified(now, "tf-2012") == {"two": None, "later": None, "one": None}


def test_members_of_every_assessed_household_are_published(borough):
    run = verified(borough, a_troubled_family("listed"), a_family("quiet"), a_family("couple", members=[a_member("mother", 34)]))
    assert rows(run, "select household_id, count(*) from cohort.member group by all order by all") == [("listed", 2), ("quiet", 2)]


def test_a_postcode_in_no_district_is_unplaced(borough):
    run = verified(borough, a_troubled_family("away", postcode="ZC9 9ZZ"), a_troubled_family("nowhere", postcode=None))
    assert rows(run, "select distinct district, cluster from cohort.family") == [(None, None)]
    query = "select family_count from cohort.reconciliation where framework_id = 'tf-2012' and district = 'unplaced' and stage = 'verified'"
    assert rows(run, query) == [(2,)]


def test_the_reckoning_adds_up_in_every_district(borough):
    decide(borough, "refused", "reject")
    through = decide(borough, "helped", "serve")
    run = verified(
        borough,
        a_troubled_family("helped"),
        a_troubled_family("listed"),
        a_troubled_family("doubtful", **WEAK),
        a_troubled_family("refused"),
        a_family("short", asb("son"), suspended("son"), postcode="ZC2 1QF"),
        decisions_through=through,
    )
    found = {row[:2]: row[2] for row in rows(run, "select district, stage, family_count from cohort.reconciliation where framework_id = 'tf-2012'")}
    assert len(found) == 4 * len(cohort.STAGES)
    north = {stage: found["Calder North", stage] for stage in cohort.STAGES}
    assert north == {
        "indicative": 60,
        "identified": 4,
        "in_review": 1,
        "verified": 1,
        "confirmed": 0,
        "rejected": 1,
        "in_service": 1,
        "near_miss": 0,
        "not_assessed": 0,
    }
    assert found["Calder South", "near_miss"] == 1
    assert found["unplaced", "indicative"] == 0


def test_a_framework_may_have_tiers(borough):
    tiers = "    tiers:\n      - {name: intensive, headlines_at_least: 4}\n      - {name: moderate, headlines_at_least: 3}\n"
    borough.edit("criteria.yml", "  - framework: tf-2012\n", "  - framework: tf-2012\n" + tiers)
    four = a_family("four", asb("son"), suspended("son"), out_of_work("mother"), in_arrears("mother"))
    run = verified(borough, four, a_troubled_family("three"), a_family("two", asb("son"), suspended("son")))
    expected = {"four": "intensive", "three": "moderate", "two": None}
    assert dict(rows(run, "select household_id, tier from cohort.family where framework_id = 'tf-2012'")) == expected


def test_verifying_twice_gives_the_same_rows_in_the_same_order(borough):
    run = verified(borough, *(a_troubled_family(f"home {n}") for n in range(5)), a_troubled_family("weak", **WEAK))
    tables = [f"from {table.qualified}" for table in (*cohort.COHORT_TABLES, cohort.REGISTER_HOUSEHOLD)]
    first = [rows(run, query) for query in tables]
    score.score(run)
    verify.verify(run)
    assert [rows(run, query) for query in tables] == first


def test_the_counts_are_flat_and_not_personal(borough):
    run = borough.a_run(a_troubled_family("home"), a_family("quiet"))
    score.score(run)
    counts = verify.verify(run)
    assert {name: counts[name] for name in ("assessed_count", "verified_count", "review_count", "near_miss_count")} == {
        "assessed_count": 2,
        "verified_count": 1,
        "review_count": 0,
        "near_miss_count": 0,
    }
    assert counts["statuses"]["tf-2012"] == {"not_qualifying": 1, "verified": 1}


def test_places_of_a_tiers_arms_go_to_those_with_most_problems_then_to_those_known_longest(borough):
    borough.edit("criteria.yml", "  - framework: tf-2015\n", _ARMS)
    run = verified(
        borough,
        a_troubled_family("b", first_identified=date(2026, 1, 5)),
        a_troubled_family("a", first_identified=date(2026, 6, 1)),
        a_family("worst", asb("son"), suspended("son"), out_of_work("mother"), in_arrears("mother")),
        a_troubled_family("late"),
        a_family("review", asb("son", link=0.62), suspended("son"), out_of_work("mother")),
        a_family("quiet"),
    )
    allotted = dict(rows(run, "select household_id, arm from cohort.family where framework_id = 'tf-2012' order by 1"))
    assert allotted == {"worst": "First", "b": "First", "a": "Second", "late": "waiting", "review": None, "quiet": None}
    assert dict(rows(run, "select household_id, arm from cohort.verified_families")) == {k: v for k, v in allotted.items() if v}
    assert rows(run, "select distinct arm from cohort.family where framework_id = 'tf-2015'") == [(None,)]


def test_somebody_who_may_live_elsewhere_is_told_without_an_address(borough):
    members = [a_member("mother", 34), a_member("son", 13), a_member("father", 36, membership=0.9), a_member("aunt", 50, membership=0.9, is_confirmed=True)]
    run = verified(borough, a_troubled_family("home", members=members))
    found = rows(run, "select split_part(person_id, ' ', 2), is_sure, address is not null, postcode is not null from cohort.member order by all")
    assert found == [("aunt", True, True, True), ("father", False, False, False), ("mother", True, True, True), ("son", True, True, True)]
