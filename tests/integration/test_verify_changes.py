"""What changed on the list since the previous publication."""

from datetime import timedelta

import pytest

from tests.support.families import AS_OF, Lineage, a_borough, a_family, a_troubled_family, asb, in_arrears, out_of_work, suspended
from tests.support.verified import changes, decide, publish, rows, verified


@pytest.fixture
def borough(tmp_path):
    return a_borough(tmp_path)


_FOUR = (asb("son"), suspended("son"), out_of_work("mother"), in_arrears("mother"))
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


def test_a_household_that_left_tells_which_households_have_its_people(borough):
    before = publish(verified(borough, a_troubled_family("home"), as_of=AS_OF - timedelta(days=7)))
    now = verified(borough, a_family("part"), a_family("other"), lineage=[Lineage("part", "split", "home"), Lineage("home", "moved", "other")], after=before)
    assert changes(now)["home"][3].startswith(
        "No longer assessed: no private home with a child under 18 was found for it. People of it are in other, part now. No longer: "
    )


def test_a_family_that_cannot_be_assessed_is_told_apart_from_one_that_no_longer_meets_the_rule(borough):
    week = AS_OF - timedelta(days=7)
    families = [a_troubled_family("silenced"), a_troubled_family("better"), a_family("kept", *_FOUR)]
    before = publish(verified(borough, *families, as_of=week))
    now = verified(
        borough,
        a_troubled_family("silenced"),
        a_family("better", suspended("son"), out_of_work("mother")),
        a_family("kept", *_FOUR),
        after=before,
        stale=["school_attendance"],
    )
    old = f"the extract of school_attendance delivered on {AS_OF} is too old"
    assert changes(now) == {
        "silenced": ("left", "verified", "near_miss", f"Whether the rule is still met could not be assessed: {old}. Not assessed now: education.suspensions."),
        "better": (
            "left",
            "verified",
            "not_qualifying",
            f"Whether the rule is still met could not be assessed: {old}. No longer: crime_asb.asb. Not assessed now: education.suspensions.",
        ),
        "kept": (
            "changed",
            "verified",
            "verified",
            f"Still listed; some of its criteria could not be assessed: {old}. Not assessed now: education.suspensions.",
        ),
    }
    assert dict(rows(now, "select household_id, silent_sources from cohort.change")) == {
        "silenced": "school_attendance",
        "better": "school_attendance",
        "kept": "",
    }


def test_a_household_that_is_gone_with_a_source_says_which_source(borough):
    before = publish(verified(borough, a_troubled_family("home"), as_of=AS_OF - timedelta(days=7)))
    now = verified(borough, a_family("other"), after=before, missing=["police_asb"])
    assert changes(now)["home"][3].startswith(
        "No longer assessed: no private home with a child under 18 was found for it, and there is no extract of police_asb any more."
    )
    assert rows(now, "select silent_sources from cohort.change where household_id = 'home'") == [("police_asb",)]


def test_a_family_says_how_many_of_its_criteria_could_not_be_assessed(borough):
    # The arrears nobody delivered, and four on attendance and enrolment of which the schools say nothing.
    run = verified(borough, a_troubled_family("home"), missing=["housing_arrears"])
    assert rows(run, "select reason from cohort.family where framework_id = 'tf-2012'") == [
        ("Meets the rule: all three national headline problems; the links behind it are sure enough. 5 criteria could not be assessed.",)
    ]


def test_a_family_that_a_person_must_confirm_from_now_on_is_told_so(borough):
    before = publish(verified(borough, a_troubled_family("home"), as_of=AS_OF - timedelta(days=7)))
    borough.edit("publication.yml", "require_decision: false", "require_decision: true")
    now = verified(borough, a_troubled_family("home"), after=before)
    assert changes(now) == {"home": ("left", "verified", "review", "A person must confirm it before it is listed.")}


def test_a_family_that_left_since_the_criteria_changed_is_told_so(borough):
    before = publish(verified(borough, a_troubled_family("home"), as_of=AS_OF - timedelta(days=7)))
    borough.edit("criteria.yml", "    set:\n", "    set:\n      education.suspensions.threshold: 20\n")
    now = verified(borough, a_troubled_family("home"), after=before, criteria_sha256="d" * 64)
    told = "The rule is no longer met. No longer: education.suspensions. The criteria or their values changed since that list."
    assert changes(now)["home"][3] == told
