"""Coordinators' decisions, laid on top of what was found."""

from datetime import date, datetime

import pytest

from pipelines import criteria
from tests.support.families import Lineage, a_borough, a_family, a_member, a_troubled_family, asb, out_of_work, suspended
from tests.support.verified import WEAK, decide, listed, rows, statuses, verified


@pytest.fixture
def borough(tmp_path, monkeypatch):
    # The worked cases have tests of their own.
    monkeypatch.setattr(criteria, "load_checked", criteria.load)
    return a_borough(tmp_path)


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


def test_a_confirmed_household_is_certain_by_decision_and_its_figure_as_computed_is_still_told(borough):
    through = decide(borough, "home", "confirm")
    members = [a_member("mother", 34), a_member("son", 13, membership=0.85, is_confirmed=True)]
    run = verified(borough, a_troubled_family("home", members=members), decisions_through=through)
    assert listed(run) == ["home"]
    assert rows(run, "select distinct membership_probability from cohort.evidence where person_id like '%son%'") == [(1.0,)]
    assert rows(run, "select distinct link_confidence from cohort.family") == [(0.85,)]


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
