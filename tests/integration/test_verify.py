"""The stage that verifies: status, list, members, changes and reconciliation."""

from datetime import UTC, date, datetime, timedelta

import pytest

from pipelines import criteria, decisions, score, verify, warehouse
from schemas import cohort
from tests.support.families import (
    AS_OF,
    Lineage,
    a_borough,
    a_family,
    a_member,
    a_troubled_family,
    asb,
    in_arrears,
    out_of_work,
    suspended,
)

WEAK = {"members": [a_member("mother", 34), a_member("son", 13, membership=0.85)]}


@pytest.fixture
def borough(tmp_path, monkeypatch):
    # The worked cases have tests of their own.
    monkeypatch.setattr(criteria, "load_checked", criteria.load)
    return a_borough(tmp_path)


def verified(borough, *families, **given):
    run = borough.a_run(*families, **given)
    score.score(run)
    verify.verify(run)
    return run


def publish(run):
    """Lay the run's tables where the next run looks for its previous publication."""
    path = run.settings.published_dir / f"cohort-{run.run_id}.duckdb"
    with warehouse.database(run.settings, path, read_only=False) as con:
        warehouse.attach(con, run.settings, run.path, "run")
        warehouse.create(con, cohort.FAMILY)
        warehouse.append(con, cohort.FAMILY, "from run.cohort.family")
    return run


def decide(borough, household_id, decision, days_ago=1):
    at = datetime.combine(AS_OF, datetime.min.time(), UTC) - timedelta(days=days_ago)
    return decisions.decide_household(household_id, decision, "Told by the test.", "coordinator", borough.settings.model_copy(update={"clock": at}))


def rows(run, query, **values):
    with run.open(read_only=True) as con:
        return con.execute(query, values or None).fetchall()


def statuses(run, framework="tf-2012"):
    return dict(rows(run, "select household_id, status from cohort.family where framework_id = $framework", framework=framework))


def listed(run):
    return [row[0] for row in rows(run, "select household_id from cohort.verified_families order by all")]


def changes(run):
    return {row[0]: row[1:] for row in rows(run, "select household_id, change, status_before, status_after, reason from cohort.change")}


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
    assert "probability of 0.62 only" in reason


def test_another_person_with_sure_links_carries_the_headline(borough):
    run = verified(borough, a_family("home", asb("son", link=0.62), asb("mother"), suspended("son"), out_of_work("mother")))
    assert statuses(run) == {"home": "verified"}


def test_a_link_that_a_person_confirmed_is_sure(borough):
    run = verified(borough, a_family("home", asb("son", link=0.62, is_link_confirmed=True), suspended("son"), out_of_work("mother")))
    assert statuses(run) == {"home": "verified"}


@pytest.mark.parametrize(
    ("decision", "status"), [("reject", "rejected"), ("defer", "deferred"), ("suppress", "suppressed"), ("confirm", "verified"), ("release", "verified")]
)
def test_a_decision_stands_on_top_of_what_was_found(borough, decision, status):
    through = decide(borough, "home", decision)
    run = verified(borough, a_troubled_family("home"), decisions_through=through)
    assert statuses(run) == {"home": status}
    assert rows(run, "select decision, decided_by, decided_at from cohort.family limit 1") == [
        (decision, "coordinator", datetime.combine(date(2026, 11, 22), datetime.min.time()))
    ]
    assert listed(run) == (["home"] if status == "verified" else [])


@pytest.mark.parametrize(("decision", "status"), [("reject", "near_miss"), ("confirm", "near_miss"), ("defer", "near_miss"), ("suppress", "suppressed")])
def test_a_household_that_meets_no_rule_is_not_verified_by_decision_but_stays_suppressed(borough, decision, status):
    through = decide(borough, "home", decision)
    run = verified(borough, a_family("home", asb("son"), suspended("son")), decisions_through=through)
    assert statuses(run) == {"home": status}


def test_a_confirmed_household_leaves_review_for_the_list(borough):
    through = decide(borough, "home", "confirm")
    assert listed(verified(borough, a_troubled_family("home", **WEAK), decisions_through=through)) == ["home"]


def test_a_release_lifts_what_was_decided_before(borough):
    decide(borough, "home", "suppress", days_ago=9)
    through = decide(borough, "home", "release", days_ago=2)
    run = verified(borough, a_troubled_family("home"), decisions_through=through)
    assert statuses(run) == {"home": "verified"}


def test_decisions_made_after_the_run_was_started_wait_for_the_next(borough):
    decide(borough, "home", "reject")
    assert statuses(verified(borough, a_troubled_family("home"), decisions_through=0)) == {"home": "verified"}


def test_an_authority_may_ask_for_a_decision_on_every_family(borough):
    borough.edit("publication.yml", "require_decision: false", "require_decision: true")
    through = decide(borough, "confirmed", "confirm")
    run = verified(borough, a_troubled_family("confirmed"), a_troubled_family("waiting"), decisions_through=through)
    assert statuses(run) == {"confirmed": "verified", "waiting": "review"}


def test_a_decision_follows_a_household_into_those_it_merged_with(borough):
    through = decide(borough, "first", "reject")
    lineage = [Lineage("first", "merged", "second", "2026-11-09-0"), Lineage("second", "merged", "third", "2026-11-16-0")]
    assert statuses(verified(borough, a_troubled_family("third"), lineage=lineage, decisions_through=through)) == {"third": "rejected"}


def test_suppression_outlives_other_decisions_when_households_merge(borough):
    decide(borough, "hidden", "suppress", days_ago=9)
    through = decide(borough, "home", "confirm", days_ago=2)
    run = verified(borough, a_troubled_family("home"), lineage=[Lineage("hidden", "merged", "home")], decisions_through=through)
    assert statuses(run) == {"home": "suppressed"}


def test_suppression_goes_with_a_part_that_split_off_later_and_a_rejection_does_not(borough):
    decide(borough, "hidden", "suppress", days_ago=9)
    through = decide(borough, "refused", "reject", days_ago=9)
    lineage = [
        Lineage("part of hidden", "split", "hidden"),
        Lineage("long gone", "split", "hidden", "2026-11-02-0"),
        Lineage("part of refused", "split", "refused"),
    ]
    names = ("part of hidden", "long gone", "part of refused")
    run = verified(borough, *(a_troubled_family(name) for name in names), lineage=lineage, decisions_through=through)
    assert statuses(run) == {"part of hidden": "suppressed", "long gone": "verified", "part of refused": "verified"}


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


def test_members_of_every_assessed_household_are_published(borough):
    run = verified(borough, a_troubled_family("listed"), a_family("quiet"), a_family("couple", members=[a_member("mother", 34)]))
    assert rows(run, "select household_id, count(*) from cohort.member group by all order by all") == [("listed", 2), ("quiet", 2)]


def test_a_postcode_in_no_district_is_unplaced(borough):
    run = verified(borough, a_troubled_family("away", postcode="ZC9 9ZZ"), a_troubled_family("nowhere", postcode=None))
    assert rows(run, "select distinct district, cluster from cohort.family") == [(None, None)]
    query = "select family_count from cohort.reconciliation where framework_id = 'tf-2012' and district = 'unplaced' and stage = 'verified'"
    assert rows(run, query) == [(2,)]


def test_the_reckoning_adds_up_in_every_district(borough):
    through = decide(borough, "refused", "reject")
    run = verified(
        borough,
        a_troubled_family("listed"),
        a_troubled_family("doubtful", **WEAK),
        a_troubled_family("refused"),
        a_family("short", asb("son"), suspended("son"), postcode="ZC2 1QF"),
        decisions_through=through,
    )
    found = {row[:2]: row[2] for row in rows(run, "select district, stage, family_count from cohort.reconciliation where framework_id = 'tf-2012'")}
    assert len(found) == 4 * 6
    north = {stage: found["Calder North", stage] for stage in cohort.STAGES}
    assert north == {"indicative": 60, "identified": 3, "in_review": 1, "verified": 1, "rejected": 1, "near_miss": 0}
    assert found["Calder South", "near_miss"] == 1
    assert found["unplaced", "indicative"] == 0


def test_at_the_first_publication_everyone_on_the_list_joined(borough):
    run = verified(borough, a_troubled_family("home"), a_family("quiet"))
    assert changes(run) == {"home": ("joined", None, "verified", "On the first list.")}


def test_changes_tell_who_joined_left_and_stayed_for_other_criteria(borough):
    week = AS_OF - timedelta(days=7)
    before = publish(
        verified(
            borough,
            a_troubled_family("same"),
            a_troubled_family("gone"),
            a_troubled_family("better"),
            a_troubled_family("more"),
            a_family("worse", asb("son"), suspended("son")),
            as_of=week,
        )
    )
    more = (asb("son"), suspended("son"), out_of_work("mother"), in_arrears("mother"))
    through = decide(borough, "same", "confirm")
    now = verified(
        borough,
        a_troubled_family("same"),
        a_family("better", asb("son"), suspended("son")),
        a_family("more", *more),
        a_troubled_family("worse"),
        a_troubled_family("new"),
        after=before,
        decisions_through=through,
    )
    assert changes(now) == {
        "gone": ("left", "verified", None, "No longer assessed: no private home with a child under 18 was found for it. No longer: " + _MET),
        "better": ("left", "verified", "near_miss", "The rule is no longer met. No longer: work.out_of_work_benefit."),
        "more": ("changed", "verified", "verified", "Still listed, for other criteria. New: local.rent_arrears."),
        "worse": ("joined", "near_miss", "verified", "It was near miss before. New: work.out_of_work_benefit."),
        "new": ("joined", None, "verified", "Not assessed before. New: " + _MET),
    }
    assert rows(now, "select distinct previous_run_id from cohort.change") == [(before.run_id,)]


_MET = "crime_asb.asb, education.suspensions, work.out_of_work_benefit."


def test_a_rejected_household_leaves_the_list_by_decision(borough):
    before = publish(verified(borough, a_troubled_family("home"), as_of=AS_OF - timedelta(days=7)))
    through = decide(borough, "home", "reject")
    now = verified(borough, a_troubled_family("home"), after=before, decisions_through=through)
    assert changes(now) == {"home": ("left", "verified", "rejected", "A coordinator rejected it.")}


def test_a_listed_household_that_merged_into_another_neither_left_nor_joined(borough):
    before = publish(verified(borough, a_troubled_family("first"), a_family("second"), as_of=AS_OF - timedelta(days=7)))
    now = verified(borough, a_troubled_family("second"), lineage=[Lineage("first", "merged", "second")], after=before)
    assert changes(now) == {}


def test_a_household_that_split_off_says_so_when_it_joins(borough):
    before = publish(verified(borough, a_family("home"), as_of=AS_OF - timedelta(days=7)))
    now = verified(borough, a_family("home"), a_troubled_family("part"), lineage=[Lineage("part", "split", "home")], after=before)
    assert changes(now)["part"][3].startswith("Not assessed before. It split off from another household.")


def test_a_framework_may_have_tiers(borough):
    tiers = "    tiers:\n      - {name: intensive, headlines_at_least: 4}\n      - {name: moderate, headlines_at_least: 3}\n"
    borough.edit("criteria.yml", "    criteria:\n", tiers + "    criteria:\n")
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
