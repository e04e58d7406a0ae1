"""Why a family is not on the list, in words: which problem it is short of and by how much, or which doubt keeps it in review."""

from datetime import timedelta

import pytest

from tests.support.families import AS_OF, LeftOut, a_borough, a_family, a_member, an_event, asb, out_of_work, suspended
from tests.support.verified import WEAK, rows, verified


@pytest.fixture
def borough(tmp_path):
    return a_borough(tmp_path)


def reasons(run, framework="tf-2012"):
    """The sentence about why, by household, as far as it tells of the rule."""
    found = rows(run, "select household_id, reason from cohort.family where framework_id = $framework", framework=framework)
    return {household: reason.partition(" criteri")[0].rsplit(".", 1)[0] + "." for household, reason in found}


def absent(percent):
    """So many of a hundred sessions of each of the last three terms missed without authority."""
    terms = ("2025/26 autumn", "2025/26 spring", "2025/26 summer")
    return [an_event("son", "attendance", term=term, sessions_possible=100, sessions_unauthorised=percent) for term in terms]


def test_a_near_miss_says_which_criterion_is_nearest_and_by_how_much(borough):
    run = verified(borough, a_family("home", asb("son"), suspended("son", count=2), out_of_work("mother")))
    assert reasons(run)["home"].startswith("One headline problem short of the rule; nearest is education.suspensions (2 suspensions; threshold: 3).")


def test_what_would_not_complete_the_rule_is_not_the_nearest(borough):
    """A second problem of a headline that is met already brings the family no further."""
    run = verified(borough, a_family("home", asb("son"), suspended("son", count=3), *absent(10)))
    assert reasons(run)["home"].startswith("One headline problem short of the rule, and nothing is recorded of what would complete it.")


def test_of_two_that_would_complete_the_rule_the_one_furthest_on_its_way_is_told(borough):
    family = a_family("home", asb("son"), out_of_work("mother"), suspended("son", count=1), *absent(14))
    assert "nearest is education.unauthorised_absence (14%; threshold: 15%)" in reasons(verified(borough, family))["home"]


def test_where_needs_are_counted_the_reason_says_needs(borough):
    borough.edit("criteria.yml", "  - framework: tf-2015", "  - framework: supporting-families-2022")
    families = a_family("short", asb("son"), out_of_work("mother")), a_family("few", asb("son"))
    found = reasons(verified(borough, *families), "supporting-families-2022")
    assert found["short"].startswith("One need short of the rule")
    assert found["few"].startswith("Has 1 need; the rule asks for more.")


ONE_IS_ENOUGH = ("    set:\n", "    set:\n      qualification.all_national.require: [{count: 1, of: [education]}]\n")


@pytest.mark.parametrize(
    ("known", "status"),
    [
        ((suspended("son", count=2),), "near_miss"),
        ((suspended("son", count=1),), "not_qualifying"),
        ((), "not_qualifying"),
        ((out_of_work("mother"),), "not_qualifying"),
    ],
    ids=["missed by little", "missed by much", "nothing known", "a problem that the rule does not ask for"],
)
def test_where_the_rule_asks_for_one_problem_a_near_miss_is_one_that_a_measure_misses_by_little(borough, known, status):
    borough.edit("criteria.yml", *ONE_IS_ENOUGH)
    run = verified(borough, a_family("home", *known))
    assert rows(run, "select status from cohort.family where framework_id = 'tf-2012'") == [(status,)]


def test_a_family_in_review_says_what_is_in_doubt(borough):
    link = a_family("link", asb("son", link=0.62), suspended("son"), out_of_work("mother"))
    member = a_family("member", asb("son"), suspended("son"), out_of_work("mother"), **WEAK)
    short = a_family("left", suspended("son"), out_of_work("mother"))
    alone = a_family("alone", asb("brother"), members=[a_member("brother", 20)])
    found = reasons(verified(borough, link, member, short, alone, left_out=[LeftOut(("alone", "brother"), "left")]))
    assert "but it rests on records of which it is not sure whose they are (probability 0.62): a person must look." in found["link"]
    assert "but it rests on somebody of whom it is not sure that they belong to it (probability 0.85): a person must look." in found["member"]
    assert "but it rests on somebody who was left out of it and may belong to it (probability 0.60): a person must look." in found["left"]


def told(run, criterion):
    """What is said of one criterion for the household `home`."""
    query = "select assessment, reason from cohort.household_criterion where household_id = 'home' and framework_id = 'tf-2012' and criterion_id = $criterion"
    [found] = rows(run, query, criterion=criterion)
    return found


def test_what_lies_before_the_window_is_told_with_its_date_and_does_not_count(borough):
    run = verified(borough, a_family("home", an_event("son", "asb_incident", days_ago=500), an_event("son", "asb_incident", days_ago=400)))
    expected = "No such record in police_asb within the window; the latest before it is of 2025-10-19."
    assert told(run, "crime_asb.asb") == ("not_met", expected)


def test_an_award_that_ended_is_told_with_its_last_day(borough):
    ended = AS_OF - timedelta(days=10)
    run = verified(borough, a_family("home", an_event("mother", "benefit", days_ago=300, code="JSA", to_date=ended)))
    expected = f"No such record in dwp_benefit that holds on the day; the last ended on {ended}."
    assert told(run, "work.out_of_work_benefit") == ("not_met", expected)


@pytest.mark.parametrize("who", ["mother", "lodger"])
def test_nothing_is_told_of_whom_the_criterion_is_not_about_or_who_may_not_belong(borough, who):
    """An offence before the window: a mother's is no child's, and whoever was left out is no member."""
    offence = an_event(who, "proven_offence", days_ago=400, qualifier="conviction")
    alone = a_family("alone", *([offence] if who == "lodger" else []), members=[a_member("lodger", 15)])
    run = verified(borough, a_family("home", *([offence] if who == "mother" else [])), alone, left_out=[LeftOut(("alone", "lodger"), "home")])
    assert told(run, "crime_asb.proven_offence") == ("not_met", "No such record in police_asb.")
