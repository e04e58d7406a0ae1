"""A suppression protects people under every id they have had, on lists made before it, beside it and after it."""

import shutil
from datetime import UTC, date, datetime, timedelta

import openpyxl
import pytest

from pipelines import casework, decisions, family_answers, flow, publications, publish, warehouse, withholding
from pipelines.errors import GateRefused, NotAllowed, WrongUsage
from tests.support import published, verified
from tests.support.families import a_borough, a_family, a_member, a_troubled_family, asb, out_of_work, suspended
from tests.support.stores import by_hand

HIDDEN = [a_member("shared mother", 34), a_member("shared son", 13)]
TROUBLES = (asb("son"), suspended("son"), out_of_work("mother"))
HOMES = ("cohort.family", "cohort.verified_families", "cohort.member", "register.household")
LATER = published.AS_OF + timedelta(days=7)


@pytest.fixture
def borough(tmp_path):
    return a_borough(tmp_path)


@pytest.fixture
def first(tmp_path):
    return out(published.a_home(tmp_path, clock=datetime(2026, 12, 7, 9, tzinfo=UTC)))


def out(settings, *changes, **given):
    """A run published as the flow does it, its tables changed before."""
    run = ready(settings, *changes, **given)
    flow.run_stage("publish", run.run_id, settings)
    return run


def ready(settings, *changes, **given):
    run = published.a_run(settings, **given)
    published.pass_gates(run)
    for change in changes:
        published.change(run, change.replace("$run", run.run_id))
    return run


def suppress(settings, household="household-1", decision="suppress"):
    decisions.decide_household(household, decision, "Protected address.", "coordinator", settings)


def became(run, who, act, other, at=None):
    """Tell in the run's lineage what became of a person's id."""
    with run.open() as con:
        con.execute("insert into register.lineage values ('person', ?, ?, ?, '', ?)", [who, act, other, at or run.run_id])


@pytest.mark.parametrize(
    ("act", "new"), [(("shared other", "split", "shared mother"), "shared other"), (("shared mother", "merged", "shared aunt"), "shared aunt")]
)
def test_it_holds_where_ids_changed_in_a_publication_made_while_it_was_decided(borough, act, new):
    first = verified.publish(verified.verified(borough, a_family("hidden", members=HIDDEN)))
    through = verified.decide(borough, "hidden", "suppress")
    members = [a_member(new, 34), a_member("son", 13), a_member("mother", 30)]
    second = borough.a_run(a_family("home", members=members), after=first)
    became(second, *act)
    second = verified.publish(verified.settled(second))
    third = borough.a_run(a_family("home", *TROUBLES, members=members), after=second, decisions_through=through)
    became(third, *act, second.run_id)
    assert verified.statuses(verified.settled(third)) == {"home": "suppressed"}


def test_it_holds_on_a_list_for_an_earlier_date_made_after_it(borough):
    members = [a_member("shared son", 13), a_member("mother", 34), a_member("son", 13)]
    earlier = verified.publish(verified.verified(borough, a_troubled_family("home", members=members), as_of=date(2026, 11, 16)))
    later = borough.a_run(a_family("new", members=[a_member("shared half", 13), a_member("mother", 40)]), after=earlier)
    became(later, "shared half", "split", "shared son")
    verified.publish(verified.settled(later))
    through = verified.decide(borough, "new", "suppress")
    past = verified.verified(borough, a_troubled_family("home", members=members), after=earlier, as_of=date(2026, 11, 17), decisions_through=through)
    assert verified.statuses(past) == {"home": "suppressed"}


def test_it_holds_by_record_where_the_person_has_another_id(borough):
    first = verified.publish(verified.verified(borough, a_family("hidden", members=HIDDEN)))
    through = verified.decide(borough, "hidden", "suppress")
    run = borough.a_run(a_troubled_family("home"), after=first, decisions_through=through)
    with run.open() as con:
        con.execute("update linked.person_record set record_id = 'shared son base' where record_id = 'home son base'")
    assert verified.statuses(verified.settled(run)) == {"home": "suppressed"}


def test_a_waiting_list_is_held_back_where_a_protected_person_became_two(first):
    settings = first.settings
    gone = [f"delete from {table} where household_id = 'household-1'" for table in HOMES]  # noqa: S608 - our own names
    waiting = ready(
        settings, *gone, "insert into register.lineage values ('person', 'adult-2', 'split', 'adult-1', '', '$run')", as_of=LATER, previous_run_id=first.run_id
    )
    suppress(settings)
    with pytest.raises(GateRefused, match=r"1 household\(s\)"):
        publish.publish(waiting)


def test_an_earlier_list_is_searched_for_the_ids_people_had_then(first):
    settings = first.settings
    out(
        settings,
        "insert into register.lineage values ('person', 'adult-1', 'merged', 'adult-2', '', '$run')",
        "delete from cohort.verified_families",
        "update cohort.family set status = 'near_miss'",
        as_of=LATER,
        previous_run_id=first.run_id,
    )
    suppress(settings, "household-2")
    with warehouse.database(settings, publications.path_of(first.run_id, settings)) as con:
        assert withholding.suppressed_since(con, 0, settings) == 2


def test_a_current_list_from_before_registers_held_whom_a_suppression_protects_is_searched_by_the_decisions_alone(first):
    settings = first.settings
    suppress(settings, "household-2")
    with warehouse.database(settings, publications.path_of(first.run_id, settings), read_only=False) as con:
        con.execute("drop table register.held_person")
        con.execute("drop table register.held_record")
    with warehouse.database(settings, publications.path_of(first.run_id, settings)) as con:
        assert withholding.suppressed_since(con, 0, settings) == 1


def test_a_release_of_some_leaves_those_protected_who_had_left(first):
    settings = first.settings
    suppress(settings)
    moved = [f"update {table} set household_id = 'household-2' where person_id = 'child-1'" for table in HOMES[2:]]  # noqa: S608 - our own names
    held = "insert into register.held_person values ('child-1', 1, 'c', timestamp '2026-11-30'), ('adult-1', 1, 'c', timestamp '2026-11-30')"
    off = ["update cohort.family set status = 'suppressed'", "delete from cohort.verified_families"]
    out(settings, *moved, held, *off, as_of=LATER, previous_run_id=first.run_id, decisions_through=1)
    suppress(settings, decision="release")
    with pytest.raises(GateRefused, match="suppressed since"):
        flow.restore(first.run_id, "The wrong file was delivered.", "analyst", settings)


def returned(folder, *rows):
    book = openpyxl.Workbook()
    for row in (("household_id", "decision", "reason", "decided_by"), *rows):
        book.active.append(row)
    book.save(folder / "answers.xlsx")
    return folder / "answers.xlsx"


def test_a_confirmation_that_no_longer_lists_a_family_can_be_given_again_by_spreadsheet(borough, tmp_path):
    seen = a_family("home", asb("son", link=0.7), suspended("son"), members=verified.WEAK["members"])
    first = verified.publish(verified.verified(borough, seen))
    through = verified.decide(borough, "home", "confirm")
    members = [*verified.WEAK["members"], a_member("lodger", 40, membership=0.6)]
    grown = a_family("home", asb("son", link=0.7), suspended("son"), out_of_work("lodger"), members=members)
    verified.publish(verified.verified(borough, grown, after=first, decisions_through=through))
    answers = returned(tmp_path, ("home", "confirm", "seen again", "A. Coordinator"))
    assert family_answers.record(answers, borough.settings).recorded == 1
    assert family_answers.record(answers, borough.settings).standing == 1


def test_a_household_held_through_a_member_can_be_released_by_spreadsheet_though_it_was_released_before(borough, tmp_path):
    first = verified.publish(verified.verified(borough, a_family("hidden", members=HIDDEN), a_troubled_family("home")))
    for decision in ("suppress", "release"):
        verified.decide(borough, "home", decision)
    through = verified.decide(borough, "hidden", "suppress")
    home = a_troubled_family("home", members=[a_member("mother", 34), a_member("son", 13), a_member("shared son", 13)])
    second = verified.publish(verified.verified(borough, home, after=first, decisions_through=through))
    assert verified.statuses(second) == {"home": "suppressed"}
    assert family_answers.record(returned(tmp_path, ("home", "release", "may be listed", "A. Coordinator")), borough.settings).recorded == 1


def test_an_older_copy_of_the_decision_store_is_refused_before_it_can_lose_anything(first, tmp_path):
    settings = first.settings
    suppress(settings, "household-0", "confirm")
    shutil.copy(settings.home / "decisions.sqlite", tmp_path / "copy.sqlite")
    suppress(settings)
    out(settings, as_of=LATER, previous_run_id=first.run_id, decisions_through=2)
    shutil.copy(tmp_path / "copy.sqlite", settings.home / "decisions.sqlite")
    current = publications.current_run_id(settings)
    for refused in (lambda: suppress(settings, "household-2"), lambda: decisions.refuse_other(current, settings)):
        with pytest.raises(NotAllowed, match=r"ends at decision 1, .* was made with 2.*older copy.*decisions accept-loss"):
            refused()
    assert decisions.last_id(settings) == 1


def test_a_run_is_not_published_where_a_suppression_may_have_been_cut_off(first):
    settings = first.settings
    suppress(settings)
    by_hand(settings, "delete from decision")
    later = ready(settings, as_of=LATER, previous_run_id=first.run_id)
    with pytest.raises(NotAllowed, match="ends at decision 0, and 1 were seen here"):
        publish.publish(later)
    assert publications.current_run_id(settings) == first.run_id


def test_whoever_lost_decisions_goes_on_from_the_list_in_place_and_what_it_holds_still_holds(first, tmp_path):
    settings = first.settings
    suppress(settings)
    current = out(settings, as_of=LATER, previous_run_id=first.run_id, decisions_through=1)
    by_hand(settings, "delete from decision")
    with pytest.raises(NotAllowed, match=r"ends at decision 0, .* was made with 1.*accept-loss"):
        decisions.refuse_other(current.run_id, settings)
    assert decisions.accept_loss("the disk was lost", "A. Nalyst", settings) == {"decision_id": 2, "lost_count": 1}
    decisions.refuse_other(current.run_id, settings)
    assert decisions.check(settings)["lost_count"] == 1
    assert [d.decision_id for d in decisions.since_publication(settings)] == []
    suppress(settings, "household-2", "confirm")
    assert [(d.decision_id, d.household_id) for d in decisions.since_publication(settings)] == [(3, "household-2")]


def test_where_another_home_gave_a_number_again_the_message_names_every_step_of_the_way_out(first, tmp_path):
    here = first.settings
    suppress(here, "household-0", "confirm")
    current = out(here, as_of=LATER, previous_run_id=first.run_id, decisions_through=1)
    by_hand(here, "delete from decision")
    decisions.decide_household("household-0", "reject", "r", "c", here.model_copy(update={"home": tmp_path / "other", "decisions_url": here.decisions}))
    with pytest.raises(NotAllowed, match=r"decision 1 is another.*decisions accept-loss.*publications restore"):
        suppress(here, "household-1")
    assert decisions.accept_loss("The disk was lost.", "A. Nalyst", here) == {"decision_id": 2, "lost_count": 0}
    with pytest.raises(NotAllowed, match=r"not the one that the publication of run"):
        decisions.refuse_other(current.run_id, here)
    flow.restore(first.run_id, "Its decisions were lost.", "A. Nalyst", here)
    decisions.refuse_other(first.run_id, here)
    suppress(here, "household-1")
    with pytest.raises(NotAllowed, match=f"run {current.run_id} knew"):
        decisions.check(here)


def test_an_earlier_list_is_not_put_back_before_the_loss_of_decisions_is_accepted(first):
    settings = first.settings
    suppress(settings, "household-0", "confirm")
    out(settings, as_of=LATER, previous_run_id=first.run_id, decisions_through=1)
    by_hand(settings, "delete from decision")
    with pytest.raises(NotAllowed, match="accept-loss"):
        flow.restore(first.run_id, "An older copy.", "analyst", settings)
    decisions.accept_loss("the disk was lost", "A. Nalyst", settings)
    assert flow.restore(first.run_id, "An older copy.", "analyst", settings)["decision_id"] == 3
    decisions.refuse_other(first.run_id, settings)


@pytest.mark.parametrize(
    ("reason", "by", "told"), [("=1+1", "A", "reason looks like a formula"), ("why", "A\x1b[2J", "do not print"), ("why", "x" * 5_000, "more than 128")]
)
def test_text_that_a_spreadsheet_would_refuse_is_refused_by_the_command_too(first, reason, by, told):
    with pytest.raises(WrongUsage, match=told):
        casework.decide("household-1", "reject", reason, by, first.settings)
    assert decisions.last_id(first.settings) == 0
