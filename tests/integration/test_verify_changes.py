"""What changed on the list since the previous publication."""

from datetime import timedelta

import pytest

from pipelines import criteria
from tests.support.families import AS_OF, Lineage, a_borough, a_family, a_troubled_family, asb, in_arrears, out_of_work, suspended
from tests.support.verified import changes, decide, publish, rows, verified


@pytest.fixture
def borough(tmp_path, monkeypatch):
    # The worked cases have tests of their own.
    monkeypatch.setattr(criteria, "load_checked", criteria.load)
    return a_borough(tmp_path)


_MET = "crime_asb.asb, education.suspensions, work.out_of_work_benefit."


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
