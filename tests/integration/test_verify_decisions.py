"""Coordinators' decisions, laid on top of what was found."""

from datetime import date, datetime

import pytest

from pipelines import casework, publications
from tests.support.families import Lineage, OpenPair, a_borough, a_family, a_member, a_troubled_family, asb, out_of_work, suspended
from tests.support.verified import WEAK, changes, decide, listed, publish, rows, settled, statuses, verified


@pytest.fixture
def borough(tmp_path):
    return a_borough(tmp_path)


def test_a_link_that_a_person_confirmed_is_sure(borough):
    run = verified(borough, a_family("home", asb("son", link=0.62, is_link_confirmed=True), suspended("son"), out_of_work("mother")))
    assert statuses(run) == {"home": "verified"}


@pytest.mark.parametrize(
    ("decision", "status"),
    [("reject", "rejected"), ("defer", "deferred"), ("serve", "in_service"), ("suppress", "suppressed"), ("confirm", "verified"), ("release", "verified")],
)
def test_a_decision_stands_on_top_of_what_was_found(borough, decision, status):
    through = decide(borough, "home", decision)
    run = verified(borough, a_troubled_family("home"), decisions_through=through)
    assert statuses(run) == {"home": status}
    assert rows(run, "select decision, decided_by, decided_at from cohort.family limit 1") == [
        (decision, "coordinator", datetime.combine(date(2026, 11, 22), datetime.min.time()))
    ]
    assert listed(run) == (["home"] if status == "verified" else [])


@pytest.mark.parametrize(
    ("decision", "status"), [("reject", "near_miss"), ("confirm", "near_miss"), ("defer", "near_miss"), ("serve", "near_miss"), ("suppress", "suppressed")]
)
def test_a_household_that_meets_no_rule_is_not_verified_by_decision_but_stays_suppressed(borough, decision, status):
    through = decide(borough, "home", decision)
    run = verified(borough, a_family("home", asb("son"), suspended("son")), decisions_through=through)
    assert statuses(run) == {"home": status}


NEAR = (asb("son"), suspended("son"))


def test_a_rejection_from_before_the_family_qualified_is_taken_anew_the_day_it_does(borough):
    """Versions before this one recorded such rejections; the family was kept off the list unseen."""
    first = publish(verified(borough, a_family("home", *NEAR)))
    assert statuses(first) == {"home": "near_miss"}
    through = decide(borough, "home", "reject")
    second = publish(verified(borough, a_family("home", *NEAR), after=first, decisions_through=through))
    assert statuses(second) == {"home": "near_miss"}
    third = publish(verified(borough, a_troubled_family("home"), after=second, decisions_through=through))
    assert statuses(third) == {"home": "review"}
    [(reason,)] = rows(third, "select reason from cohort.family where framework_id = 'tf-2012'")
    assert "but a coordinator rejected it when it did not: a person must decide anew." in reason
    assert casework.in_effect(borough.settings) == {}, "so that the same answer again is recorded"
    fourth = publish(verified(borough, a_troubled_family("home"), after=third, decisions_through=through))
    assert statuses(fourth) == {"home": "review"}, "until somebody does"
    through = decide(borough, "home", "reject")
    assert statuses(verified(borough, a_troubled_family("home"), after=fourth, decisions_through=through)) == {"home": "rejected"}


def test_a_family_rejected_when_it_qualified_stays_rejected_when_it_qualifies_again(borough):
    first = publish(verified(borough, a_troubled_family("home")))
    through = decide(borough, "home", "reject")
    second = publish(verified(borough, a_family("home", *NEAR), after=first, decisions_through=through))
    third = publish(verified(borough, a_troubled_family("home"), after=second, decisions_through=through))
    assert (statuses(second), statuses(third)) == ({"home": "near_miss"}, {"home": "rejected"})
    assert casework.in_effect(borough.settings) == {"home": "reject"}


def test_a_rejection_whose_list_is_no_longer_kept_holds(borough):
    first = publish(verified(borough, a_family("home", *NEAR)))
    through = decide(borough, "home", "reject")
    second = publish(verified(borough, a_family("home", *NEAR), after=first, decisions_through=through))
    publications.path_of(first.run_id, borough.settings).unlink()
    assert statuses(verified(borough, a_troubled_family("home"), after=second, decisions_through=through)) == {"home": "rejected"}


def test_a_confirmed_household_leaves_review_for_the_list(borough):
    first = publish(verified(borough, a_troubled_family("home", **WEAK)))
    assert statuses(first) == {"home": "review"}
    through = decide(borough, "home", "confirm")
    second = publish(verified(borough, a_troubled_family("home", **WEAK), after=first, decisions_through=through))
    third = verified(borough, a_troubled_family("home", **WEAK), after=second, decisions_through=through)
    assert listed(second) == listed(third) == ["home"]
    assert changes(second)["home"][:3] == ("joined", "review", "verified")


def test_a_confirmation_covers_what_its_coordinator_saw_and_nothing_that_came_since(borough):
    seen = a_family("home", asb("son", link=0.7), suspended("son"), members=WEAK["members"])
    first = publish(verified(borough, seen))
    through = decide(borough, "home", "confirm")
    grown = a_family("home", asb("son", link=0.7), suspended("son"), out_of_work("lodger"), members=[*WEAK["members"], a_member("lodger", 40, membership=0.6)])
    second = publish(verified(borough, grown, after=first, decisions_through=through))
    assert statuses(second) == {"home": "review"}
    [(reason,)] = rows(second, "select reason from cohort.family where framework_id = 'tf-2012'")
    assert "since a coordinator confirmed it" in reason and "0.60" in reason
    again = decide(borough, "home", "confirm")
    assert listed(verified(borough, grown, after=second, decisions_through=again)) == ["home"]


def test_a_confirmation_settles_the_doubt_its_coordinator_saw(borough):
    home = a_family("home", suspended("son"), out_of_work("mother"))
    stranger = a_family("other", asb("stranger"), members=[a_member("stranger", 13), a_member("aunt", 40)])
    doubts = [OpenPair(("home", "son"), ("other", "stranger"), 0.6)]
    first = publish(verified(borough, home, stranger, doubts=doubts))
    assert statuses(first)["home"] == "review"
    through = decide(borough, "home", "confirm")
    assert listed(verified(borough, home, stranger, doubts=doubts, after=first, decisions_through=through)) == ["home"]


def test_a_family_that_a_service_works_with_leaves_the_list_and_comes_back_when_it_is_released(borough):
    first = publish(verified(borough, a_troubled_family("home")))
    through = decide(borough, "home", "serve", days_ago=3)
    second = publish(verified(borough, a_troubled_family("home"), after=first, decisions_through=through))
    assert statuses(second) == {"home": "in_service"}
    assert changes(second)["home"] == ("left", "verified", "in_service", "A coordinator says that a service works with it already.")
    query = "select stage, family_count from cohort.reconciliation where framework_id = 'tf-2012' and district = 'Calder North'"
    assert {stage: count for stage, count in rows(second, query) if count and stage != "indicative"} == {"identified": 1, "in_service": 1}
    through = decide(borough, "home", "release")
    third = verified(borough, a_troubled_family("home"), after=second, decisions_through=through)
    assert listed(third) == ["home"]
    assert changes(third)["home"][3] == "It was in service before; that no longer stands, since a coordinator released it."


def test_a_rejection_takes_a_confirmation_back(borough):
    first = publish(verified(borough, a_troubled_family("home", **WEAK)))
    decide(borough, "home", "confirm", days_ago=3)
    through = decide(borough, "home", "reject", days_ago=2)
    second = publish(verified(borough, a_troubled_family("home", **WEAK), after=first, decisions_through=through))
    assert statuses(second) == {"home": "rejected"}
    assert rows(second, "from register.confirmed_link") == []
    through = decide(borough, "home", "release")
    assert statuses(verified(borough, a_troubled_family("home", **WEAK), after=second, decisions_through=through)) == {"home": "review"}


def test_a_confirmed_household_is_certain_by_decision_and_its_figure_as_computed_is_still_told(borough):
    through = decide(borough, "home", "confirm")
    members = [a_member("mother", 34), a_member("son", 13, membership=0.85, is_confirmed=True)]
    run = verified(borough, a_troubled_family("home", members=members), decisions_through=through)
    assert listed(run) == ["home"]
    assert rows(run, "select distinct membership_probability from cohort.evidence where person_id like '%son%'") == [(1.0,)]
    assert rows(run, "select distinct link_confidence from cohort.family") == [(0.85,)]


def test_a_release_lifts_what_was_decided_before(borough):
    through = decide(borough, "home", "suppress", days_ago=9)
    first = publish(verified(borough, a_troubled_family("home"), decisions_through=through))
    assert statuses(first) == {"home": "suppressed"}
    through = decide(borough, "home", "release", days_ago=2)
    second = publish(verified(borough, a_troubled_family("home"), after=first, decisions_through=through))
    assert listed(second) == listed(verified(borough, a_troubled_family("home"), after=second, decisions_through=through)) == ["home"]
    assert changes(second)["home"][3] == "It was suppressed before; that no longer stands, since a coordinator released it."


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
    one = publish(verified(borough, a_troubled_family("second"), lineage=[Lineage("first", "merged", "second")], decisions_through=through))
    assert statuses(one) == {"second": "rejected"}
    two = verified(borough, a_troubled_family("third"), lineage=[Lineage("second", "merged", "third")], after=one, decisions_through=through)
    assert statuses(two) == {"third": "rejected"}


def test_suppression_outlives_other_decisions_when_households_merge(borough):
    decide(borough, "hidden", "suppress", days_ago=9)
    through = decide(borough, "home", "confirm", days_ago=2)
    run = verified(borough, a_troubled_family("home"), lineage=[Lineage("hidden", "merged", "home")], decisions_through=through)
    assert statuses(run) == {"home": "suppressed"}


def test_a_later_decision_never_lifts_a_suppression_in_passing(borough):
    decide(borough, "home", "suppress", days_ago=9)
    through = decide(borough, "home", "confirm", days_ago=2)
    assert statuses(verified(borough, a_troubled_family("home"), decisions_through=through)) == {"home": "suppressed"}


def test_a_release_on_one_household_does_not_lift_the_suppression_of_another_that_it_merges_with(borough):
    first = publish(verified(borough, a_troubled_family("hidden"), a_troubled_family("other")))
    decide(borough, "hidden", "suppress", days_ago=5)
    through = decide(borough, "other", "release", days_ago=2)
    lineage = [Lineage("other", "merged", "hidden")]
    second = publish(verified(borough, a_troubled_family("hidden"), lineage=lineage, after=first, decisions_through=through))
    assert statuses(second) == {"hidden": "suppressed"}
    lifted = decide(borough, "hidden", "release")
    assert listed(verified(borough, a_troubled_family("hidden"), lineage=lineage, after=second, decisions_through=lifted)) == ["hidden"]


def test_suppression_goes_with_everybody_it_protects_wherever_they_live_and_a_rejection_does_not(borough):
    hidden = a_family("hidden", members=[a_member("shared mother", 34), a_member("shared son", 13), a_member("father", 36)])
    first = publish(verified(borough, hidden, a_troubled_family("refused")))
    decide(borough, "hidden", "suppress", days_ago=400)
    through = decide(borough, "refused", "reject", days_ago=400)
    fled = a_family("fled", asb("shared son"), suspended("shared son"), out_of_work("shared mother"), members=hidden.members[:2])
    part = a_troubled_family("part of refused")
    lineage = [Lineage("fled", "split", "hidden"), Lineage("part of refused", "split", "refused")]
    second = publish(verified(borough, fled, part, lineage=lineage, after=first, decisions_through=through))
    assert statuses(second) == {"fled": "suppressed", "part of refused": "verified"}
    [(reason,)] = rows(second, "select reason from cohort.family where household_id = 'fled' and framework_id = 'tf-2012'")
    assert "Somebody in it" in reason
    moved_in = a_family("aunt", asb("shared son"), suspended("shared son"), out_of_work("aunt"), members=[hidden.members[1], a_member("aunt", 50)])
    third = publish(verified(borough, moved_in, part, after=second, decisions_through=through))
    assert statuses(third)["aunt"] == "suppressed"
    lifted = decide(borough, "aunt", "release")
    assert "aunt" in listed(verified(borough, moved_in, part, after=third, decisions_through=lifted))


def test_a_household_that_split_off_before_the_decision_is_not_held(borough):
    earlier = [Lineage("long gone", "split", "hidden", "2026-11-02-0")]
    first = publish(verified(borough, a_family("hidden"), a_troubled_family("long gone"), lineage=earlier))
    through = decide(borough, "hidden", "suppress")
    assert statuses(verified(borough, a_troubled_family("long gone"), lineage=earlier, after=first, decisions_through=through)) == {"long gone": "verified"}


def test_a_decision_on_an_older_publication_is_about_what_was_seen_in_it(borough):
    hidden = a_family("hidden", members=[a_member("shared mother", 34), a_member("shared son", 13)])
    first = publish(verified(borough, hidden))
    through = decide(borough, "hidden", "suppress")
    # A run that had been started before the decision is published after it: the family is in another household there.
    kept = a_troubled_family("kept", members=[*hidden.members, a_member("mother", 40), a_member("son", 12)])
    second = publish(verified(borough, kept, lineage=[Lineage("hidden", "merged", "kept")], after=first))
    assert listed(second) == ["kept"]
    third = verified(borough, kept, lineage=[Lineage("hidden", "merged", "kept", second.run_id)], after=second, decisions_through=through)
    assert statuses(third) == {"kept": "suppressed"}


def test_where_a_person_turns_out_to_be_two_both_stay_hidden(borough):
    hidden = a_family("hidden", members=[a_member("shared mother", 34), a_member("shared son", 13)])
    first = publish(verified(borough, hidden))
    through = decide(borough, "hidden", "suppress")
    second = borough.a_run(
        a_troubled_family("twins", members=[a_member("shared other", 34), a_member("son", 13), a_member("mother", 30)]), after=first, decisions_through=through
    )
    with second.open() as con:
        con.execute("insert into register.lineage values ('person', 'shared other', 'split', 'shared mother', '', $run)", {"run": second.run_id})
    assert statuses(settled(second)) == {"twins": "suppressed"}
