"""Somebody who was left out of a household but may belong to it: what is known of them brings a family to review, never to the list."""

import pytest

from pipelines import what_if, withholding
from tests.support.families import LeftOut, OpenPair, a_borough, a_family, a_member, asb, in_arrears, out_of_work, suspended
from tests.support.verified import decide, listed, publish, rows, statuses, verified

SHORT = a_family("home", suspended("son"), out_of_work("mother"))
GROWN = a_family("alone", asb("brother"), members=[a_member("brother", 20)])
MAYBE = LeftOut(("alone", "brother"), "home")


@pytest.fixture
def borough(tmp_path):
    return a_borough(tmp_path)


def test_what_is_known_of_somebody_who_may_belong_brings_a_family_to_review(borough):
    assert statuses(verified(borough, SHORT, GROWN)) == {"home": "near_miss"}
    run = verified(borough, SHORT, GROWN, left_out=[MAYBE])
    assert statuses(run) == {"home": "review"}
    found = rows(run, "select person_id, membership_probability from cohort.evidence where framework_id = 'tf-2012' and criterion_id = 'crime_asb.asb'")
    assert found == [("alone brother", 0.6)]
    assert rows(run, "select distinct link_confidence from cohort.family where framework_id = 'tf-2012'") == [(0.6,)]


def test_however_likely_the_membership_it_never_lists_a_family(borough):
    run = verified(borough, SHORT, GROWN, left_out=[LeftOut(("alone", "brother"), "home", probability=0.99)])
    assert statuses(run) == {"home": "review"}


def test_whoever_may_belong_is_told_with_the_family_without_an_address_and_only_where_its_evidence_names_them(borough):
    idle = a_family("quiet", members=[a_member("lodger", 30)])
    run = verified(borough, SHORT, GROWN, idle, left_out=[MAYBE, LeftOut(("quiet", "lodger"), "home")])
    found = rows(run, "select person_id, is_primary, is_sure, address from cohort.member where household_id = 'home' and not is_sure")
    assert found == [("alone brother", False, False, None)]


def test_a_family_that_qualifies_by_its_own_people_stays_listed_on_them_alone(borough):
    whole = a_family("home", asb("son"), suspended("son"), out_of_work("mother"))
    run = verified(borough, whole, GROWN, left_out=[MAYBE])
    assert listed(run) == ["home"]
    assert rows(run, "select distinct person_id from cohort.evidence order by all") == [("home mother",), ("home son",)]


def test_a_pupil_who_may_belong_leaves_no_criterion_unassessed(borough):
    """Silence about a child of school age is told of those who are there."""
    alone = a_family("alone", members=[a_member("brother", 13)])
    query = "select criterion_id, assessment from cohort.household_criterion where household_id = 'home' and framework_id = 'tf-2012' order by all"
    assert rows(verified(borough, SHORT, alone, left_out=[MAYBE]), query) == rows(verified(borough, SHORT, alone), query)


def test_somebody_whom_a_suppression_protects_is_told_of_in_no_other_household(borough):
    hidden = a_family("hidden", asb("brother"), members=[a_member("brother", 20), a_member("daughter", 3)])
    maybe = LeftOut(("hidden", "brother"), "home")
    assert statuses(verified(borough, SHORT, hidden, left_out=[maybe]))["home"] == "review"
    through = decide(borough, "hidden", "suppress")
    run = verified(borough, SHORT, hidden, left_out=[maybe], decisions_through=through)
    assert statuses(run) == {"home": "near_miss", "hidden": "suppressed"}
    query = "select person_id from cohort.evidence where household_id = 'home' union select person_id from cohort.member where household_id = 'home'"
    assert ("hidden brother",) not in rows(run, query)


def test_a_list_that_tells_of_somebody_suppressed_since_it_was_made_is_not_put_before_readers(borough):
    listed_family = a_family("home", asb("son"), suspended("son"), out_of_work("mother"))
    hidden = a_family("hidden", in_arrears("brother"), members=[a_member("brother", 20), a_member("daughter", 3)])
    run = publish(verified(borough, listed_family, hidden, left_out=[LeftOut(("hidden", "brother"), "home")]))
    assert listed(run) == ["home"]
    decide(borough, "hidden", "suppress")
    with run.open(read_only=True) as con:
        assert withholding.suppressed_since(con, 0, run.settings) == 1


def test_a_confirmation_settles_whether_somebody_belongs_and_covers_nobody_else_who_may(borough):
    first = publish(verified(borough, SHORT, GROWN, left_out=[MAYBE]))
    through = decide(borough, "home", "confirm")
    second = publish(verified(borough, SHORT, GROWN, left_out=[MAYBE], after=first, decisions_through=through))
    assert listed(second) == ["home"]
    assert rows(second, "select link_confidence from cohort.verified_families") == [(0.6,)]
    cousin = a_family("other", asb("cousin"), members=[a_member("cousin", 30)])
    third = verified(borough, SHORT, cousin, left_out=[LeftOut(("other", "cousin"), "home")], after=second, decisions_through=through)
    assert statuses(third) == {"home": "review"}


def test_a_doubt_upon_a_doubt_counts_for_nothing(borough):
    """Records that may be those of somebody who may belong are two guesses away."""
    silent = a_family("alone", members=[a_member("brother", 20)])
    stranger = a_family("other", asb("stranger"), members=[a_member("stranger", 20)])
    run = verified(borough, SHORT, silent, stranger, left_out=[MAYBE], doubts=[OpenPair(("alone", "brother"), ("other", "stranger"), 0.6)])
    assert statuses(run) == {"home": "near_miss"}


def test_a_member_of_the_household_is_not_doubted_besides(borough):
    whole = a_family("home", asb("son"), suspended("son"), out_of_work("mother"))
    run = verified(borough, whole, left_out=[LeftOut(("home", "son"), "home")])
    assert listed(run) == ["home"]
    assert rows(run, "select count(*) from cohort.member where household_id = 'home'") == [(2,)]


def test_a_what_if_counts_whoever_may_belong_as_the_run_did(borough):
    family = a_family("home", suspended("son"), out_of_work("mother"))
    tenant = a_family("alone", in_arrears("brother"), members=[a_member("brother", 20)])
    run = publish(verified(borough, family, tenant, left_out=[MAYBE]))
    before = statuses(run)
    found = what_if.what_if(borough.settings, ["local.rent_arrears.threshold=2"])
    assert before["home"] == "review"
    assert {row["status"]: (row["before_count"], row["after_count"]) for row in found["by_status"]}["review"] == (1, 1)
    assert found["listed_after_count"] == found["listed_before_count"]
