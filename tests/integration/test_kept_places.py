"""A place waits a week for a family that is off the list, so that one late file or one session more does not cost it a service."""

from datetime import timedelta

import pytest
from typer.testing import CliRunner

from pipelines.cli import app, common
from tests.support.families import AS_OF, Lineage, a_borough, a_family, an_event, in_arrears, out_of_work, suspended
from tests.support.verified import decide, publish, rows, verified

ONE_PLACE = ("publication.yml", "  places: 0 ", "  places: 1 ")
TIERS = "    tiers:\n      - {name: intensive, headlines_at_least: 3, arms: [{name: north, places: 1}, {name: south, places: 1}]}\n"
INCIDENT = an_event("son", "asb_incident", days_ago=60)


@pytest.fixture
def borough(tmp_path):
    borough = a_borough(tmp_path)
    borough.edit(*ONE_PLACE)
    return borough


def listed(name, **given):
    return a_family(name, INCIDENT, suspended("son"), out_of_work("mother"), in_arrears("mother"), **given)


def off_the_list(name):
    return a_family(name, INCIDENT)


def week(number):
    return AS_OF - timedelta(days=7 * (3 - number))


def arms(run):
    return dict(rows(run, "select household_id, arm from cohort.ranking where framework_id = 'tf-2012' and arm is not null"))


def waiting(run):
    return rows(run, "select household_id, tier, arm, off_list_since_date from cohort.kept_place where framework_id = 'tf-2012'")


@pytest.mark.parametrize("now", [[off_the_list("holder")], []], ids=["it is one problem short", "nobody delivers it"])
def test_the_place_of_a_family_that_is_off_the_list_for_one_week_is_there_when_it_is_back(borough, now):
    first = publish(verified(borough, listed("holder"), as_of=week(1)))
    without = publish(verified(borough, *now, listed("next"), as_of=week(2), after=first))
    assert (arms(without), waiting(without)) == ({}, [("holder", None, "list", week(2))])
    back = verified(borough, listed("holder"), listed("next"), as_of=week(3), after=without)
    assert (arms(back), waiting(back)) == ({"holder": "list"}, [])
    assert rows(back, "select is_kept from cohort.ranking where household_id = 'holder' and framework_id = 'tf-2012'") == [(True,)]


def test_after_a_second_week_without_the_family_its_place_goes_to_the_next(borough):
    first = publish(verified(borough, listed("holder"), as_of=week(1)))
    without = publish(verified(borough, listed("next"), as_of=week(2), after=first))
    again = verified(borough, listed("next"), as_of=week(3), after=without)
    assert (arms(again), waiting(again)) == ({"next": "list"}, [])


def test_a_list_made_again_within_the_week_does_not_make_the_wait_longer(borough):
    first = publish(verified(borough, listed("holder"), as_of=week(1)))
    without = publish(verified(borough, listed("next"), as_of=week(2), after=first))
    midweek = publish(verified(borough, listed("next"), as_of=week(2) + timedelta(days=3), after=without))
    assert waiting(midweek) == [("holder", None, "list", week(2))]
    assert arms(verified(borough, listed("next"), as_of=week(3), after=midweek)) == {"next": "list"}


@pytest.mark.parametrize(("decision", "kept"), [("reject", False), ("suppress", False), ("serve", False), ("defer", True)])
def test_whom_a_coordinator_rejected_or_suppressed_keeps_no_place(borough, decision, kept):
    first = publish(verified(borough, listed("holder"), as_of=week(2)))
    decide(borough, "holder", decision)
    run = verified(borough, listed("holder"), listed("next"), after=first, decisions_through=1)
    assert bool(waiting(run)) is kept
    assert arms(run) == ({} if kept else {"next": "list"})


def test_the_others_keep_their_arms_and_no_further_place_is_given_out(borough):
    borough.edit("criteria.yml", "  - framework: tf-2015\n", TIERS + "  - framework: tf-2015\n")
    first = publish(verified(borough, listed("a"), listed("b"), listed("c"), as_of=week(2)))
    run = verified(borough, listed("b"), listed("c"), after=first)
    assert (arms(run), waiting(run)) == ({"b": "south"}, [("a", "intensive", "north", AS_OF)])


def test_who_merged_into_a_family_on_the_list_has_one_place_with_it(borough):
    first = publish(verified(borough, listed("gone"), as_of=week(2)))
    run = verified(borough, listed("kept"), listed("other"), lineage=[Lineage("gone", "merged", "kept")], after=first)
    assert (arms(run), waiting(run)) == ({"kept": "list"}, [])


def test_a_council_may_let_no_place_wait(borough):
    borough.edit("publication.yml", "keep_place_days: 7", "keep_place_days: 0")
    first = publish(verified(borough, listed("holder"), as_of=week(2)))
    run = verified(borough, listed("next"), after=first)
    assert (arms(run), waiting(run)) == ({"next": "list"}, [])


def test_the_list_of_places_tells_how_many_wait_and_since_when(borough, monkeypatch):
    first = publish(verified(borough, listed("holder"), as_of=week(2)))
    publish(verified(borough, listed("next"), after=first))
    monkeypatch.setattr(common, "settings", lambda _: borough.settings)
    shown = CliRunner().invoke(app, ["cohort", "places"]).stdout
    assert f"1 more in list, kept for who is off the list since {AS_OF}." in shown
    assert "holder" not in shown
