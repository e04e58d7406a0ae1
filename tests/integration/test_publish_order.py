"""Which list readers see: an older run never displaces a newer one, a hidden family is never brought back, and a person may put an earlier list back."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from typer.testing import CliRunner

from pipelines import cli, cohort, decisions, flow, publications, publish, report
from pipelines.errors import GateRefused, Unnoted, WrongUsage
from pipelines.report import figures, page
from tests.support import published


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return out(published.a_home(tmp_path_factory.mktemp("first"), clock=datetime(2026, 11, 30, 9, tzinfo=UTC)))


@pytest.fixture
def first(made, tmp_path):
    return published.copied(made, tmp_path)


@pytest.fixture
def settings(first):
    return first.settings


def ready(settings, **given):
    """A run that has passed its gates and waits."""
    run = published.a_run(settings, **given)
    published.pass_gates(run)
    return run


def out(settings, **given):
    """A run that was published, as the flow does it."""
    run = ready(settings, **given)
    flow.run_stage("publish", run.run_id, settings)
    return run


def suppress(settings, household="household-1", decision="suppress"):
    decisions.decide_household(household, decision, "Protected address.", "coordinator", settings)


def gate(run):
    with run.open(read_only=True) as con:
        return con.execute("select offender_count, is_passed from audit.gate where gate = 'suppressed_since'").fetchall()


@pytest.mark.parametrize("decisions_through", [0, 2])
def test_the_run_that_the_current_one_follows_on_never_comes_back_by_publishing(settings, first, decisions_through):
    second = out(settings, previous_run_id=first.run_id, decisions_through=decisions_through)
    assert publish.publish(first)["is_current"] is False
    assert publications.current_run_id(settings) == second.run_id
    assert publications.standing(first.run_id, settings) == (
        f"Run {first.run_id} is not the list that readers see: they stay with {second.run_id} (as of 2026-11-23), which was begun later. "
        "The list of this run stands beside it."
    )


def test_a_run_approved_late_does_not_displace_one_of_the_same_day_that_knows_more_decisions(settings, first):
    waiting = ready(settings, previous_run_id=first.run_id)
    newer = out(settings, previous_run_id=first.run_id, decisions_through=1)
    assert publish.publish(waiting, approval="person", approved_by="j.doe")["is_current"] is False
    assert publications.current_run_id(settings) == newer.run_id
    assert publications.path_of(waiting.run_id, settings).exists()


def test_a_run_of_the_same_day_that_follows_on_the_current_one_at_a_distance_takes_its_place(settings, first):
    second = out(settings, previous_run_id=first.run_id, decisions_through=1)
    third = out(settings, previous_run_id=second.run_id, decisions_through=2)
    flow.restore(first.run_id, "The wrong file was delivered.", "analyst", settings)
    assert publish.publish(third)["is_current"] is True


def test_a_run_of_a_later_date_takes_the_place_and_one_of_an_earlier_date_does_not(settings, first):
    assert publish.publish(ready(settings, as_of=published.AS_OF + timedelta(days=7)))["is_current"] is True
    assert publish.publish(ready(settings, as_of=published.AS_OF - timedelta(days=7)))["is_current"] is False


def test_a_list_with_a_family_suppressed_since_the_run_began_is_not_put_in_place(settings, first):
    waiting = ready(settings, as_of=published.AS_OF + timedelta(days=7), previous_run_id=first.run_id)
    suppress(settings)
    with pytest.raises(GateRefused, match=r"1 household\(s\) on its list have been suppressed since it began.*families refresh") as refusal:
        flow.run_stage("publish", waiting.run_id, settings)
    assert "household-1" not in str(refusal.value)
    assert publications.current_run_id(settings) == first.run_id
    assert not publications.path_of(waiting.run_id, settings).exists()
    assert gate(waiting) == [(1, False)]
    assert figures.quality(settings, waiting.run_id)["is_refused"]


def test_a_suppression_that_was_lifted_in_time_holds_nothing_back(settings, first):
    waiting = ready(settings, as_of=published.AS_OF + timedelta(days=7), previous_run_id=first.run_id)
    suppress(settings)
    with pytest.raises(GateRefused):
        publish.publish(waiting)
    suppress(settings, decision="release")
    assert publish.publish(waiting)["is_current"] is True
    assert gate(waiting) == [(0, True)]


@pytest.mark.parametrize("household", ["household-9", "nobody", "child-1"])
def test_a_decision_on_a_household_that_is_not_listed_holds_nothing_back(settings, first, household):
    waiting = ready(settings, as_of=published.AS_OF + timedelta(days=7), previous_run_id=first.run_id)
    suppress(settings, household)
    suppress(settings, decision="reject")
    assert publish.publish(waiting)["is_current"] is True


def renamed(run, new="household-9"):
    """The run knows household-1 by another id."""
    for table in ("cohort.family", "cohort.verified_families", "cohort.member", "register.household"):
        published.change(run, f"update {table} set household_id = '{new}' where household_id = 'household-1'")  # noqa: S608
    return run


def test_a_suppression_of_the_family_under_the_id_that_readers_see_counts(settings, first):
    waiting = ready(settings, as_of=published.AS_OF + timedelta(days=7), previous_run_id=first.run_id)
    current = renamed(ready(settings, previous_run_id=first.run_id, decisions_through=0))
    publish.publish(current)
    suppress(settings, "household-9")
    with pytest.raises(GateRefused, match=r"1 household\(s\)"):
        publish.publish(waiting)


def test_a_suppression_follows_a_family_that_merged_into_another(settings, first):
    waiting = ready(settings, as_of=published.AS_OF + timedelta(days=7), previous_run_id=first.run_id)
    published.change(waiting, "insert into register.lineage values ('household', 'older', 'merged', 'household-1', 'why', 'r')")
    suppress(settings, "older")
    with pytest.raises(GateRefused, match=r"1 household\(s\)"):
        publish.publish(waiting)


def test_a_suppression_that_the_run_knows_does_not_hold_back_the_home_a_person_moved_to(settings, first):
    suppress(settings)
    knowing = renamed(ready(settings, previous_run_id=first.run_id, decisions_through=decisions.last_id(settings)))
    assert publish.publish(knowing)["is_current"] is True


def test_a_run_published_before_whose_link_is_gone_is_put_in_place_anew_and_its_file_left_alone(settings, first):
    path = publications.path_of(first.run_id, settings)
    before = path.stat()
    (settings.published_dir / publications.CURRENT).unlink()
    assert publications.standing(first.run_id, settings) == f"Run {first.run_id} has a publication, and no publication is current."
    counts = flow.run_stage("publish", first.run_id, settings)
    assert (counts["is_current"], counts.get("is_kept")) == (True, None)
    assert publications.current_run_id(settings) == first.run_id
    assert path.stat().st_ino == before.st_ino


def test_a_publication_that_was_deleted_is_made_again(settings, first):
    publications.path_of(first.run_id, settings).unlink()
    assert flow.run_stage("publish", first.run_id, settings)["is_current"] is True
    assert publications.path_of(first.run_id, settings).exists()


def test_a_finished_stage_is_kept_and_says_so_unless_asked_for_again(settings, first):
    kept = flow.run_stage("publish", first.run_id, settings, approval="automatic")
    assert (kept["is_kept"], kept["is_current"], kept["verified_count"]) == (True, True, 3)
    assert publications.facts(first.run_id, settings)["approval"] == "command_line"
    assert "is_kept" not in flow.run_stage("publish", first.run_id, settings, again=True, approval="automatic")
    assert publications.facts(first.run_id, settings)["approval"] == "automatic"


def test_an_earlier_list_is_put_back_with_who_when_and_why_and_stays_recorded(settings, first):
    report.write(first)
    second = out(settings, as_of=published.AS_OF + timedelta(days=7), previous_run_id=first.run_id)
    report.write(second)
    told = flow.restore(first.run_id, "The wrong file was delivered.", "analyst", settings)
    assert told == {"run_id": first.run_id, "in_place_of": second.run_id, "decision_id": 1, "has_report": True}
    assert publications.current_run_id(settings) == first.run_id
    assert (settings.reports_dir / page.LATEST).read_text() == figures.page_path(first.run_id, settings).read_text()
    listed = {row["run_id"]: row for row in publications.listing(settings)}
    assert list(listed) == [second.run_id, first.run_id]
    assert (listed[first.run_id]["is_current"], listed[second.run_id]["is_current"]) == (True, False)
    restored = {name: listed[first.run_id][name] for name in decisions.RESTORATION}
    assert restored == {"restored_at": "2026-11-30T09:00:00", "restored_by": "analyst", "restored_because": "The wrong file was delivered."}
    assert decisions.household_decisions(settings, 1) == []
    assert decisions.sha256(settings, 1) != decisions.sha256(settings, 0)


def test_a_list_whose_putting_back_could_not_be_noted_is_put_back_whole_and_told(settings, first):
    report.write(first)
    report.write(out(settings, as_of=published.AS_OF + timedelta(days=7), previous_run_id=first.run_id))
    (settings.home / ".draft-decisions.head").mkdir()
    with pytest.raises(Unnoted, match=r"^Decision 1 is recorded: do not give it again\. But decisions\.head"):
        flow.restore(first.run_id, "The wrong file was delivered.", "analyst", settings)
    assert publications.current_run_id(settings) == first.run_id
    assert (settings.reports_dir / page.LATEST).read_text() == figures.page_path(first.run_id, settings).read_text()


def test_no_list_is_put_back_that_holds_a_family_suppressed_since(settings, first):
    second = out(settings, as_of=published.AS_OF + timedelta(days=7), previous_run_id=first.run_id)
    suppress(settings)
    with pytest.raises(GateRefused, match=r"lists 1 household\(s\) suppressed since") as refusal:
        flow.restore(first.run_id, "The wrong file was delivered.", "analyst", settings)
    assert "household-1" not in str(refusal.value)
    assert publications.current_run_id(settings) == second.run_id
    assert decisions.restorations(settings) == {}


def test_only_a_publication_there_is_and_not_the_current_one_is_put_back_and_with_a_reason(settings, first):
    second = out(settings, as_of=published.AS_OF + timedelta(days=7), previous_run_id=first.run_id)
    for run_id, reason, told in [
        ("2026-01-01-0", "why", "publications list"),
        (second.run_id, "why", "current already"),
        (first.run_id, " ", "needs a reason"),
    ]:
        with pytest.raises(WrongUsage, match=told):
            flow.restore(run_id, reason, "analyst", settings)
    assert publications.current_run_id(settings) == second.run_id
    assert decisions.last_id(settings) == 0


def test_the_auditors_latest_page_never_moves_back(settings, first):
    second = out(settings, previous_run_id=first.run_id, decisions_through=1)
    assert report.write(second)["is_latest"] is True
    latest = (settings.reports_dir / page.LATEST).read_bytes()
    assert report.write(first)["is_latest"] is False
    refused = ready(settings, as_of=published.AS_OF - timedelta(days=7))
    published.change(refused, "update audit.gate set is_passed = false")
    assert report.write(refused)["is_latest"] is False
    assert (settings.reports_dir / page.LATEST).read_bytes() == latest
    assert second.run_id in latest.decode()


def test_a_run_refused_at_a_gate_becomes_the_auditors_latest_page(settings, first):
    report.write(first)
    waiting = ready(settings, as_of=published.AS_OF + timedelta(days=7), previous_run_id=first.run_id)
    suppress(settings)
    with pytest.raises(GateRefused):
        flow.run_stage("publish", waiting.run_id, settings)
    latest = (settings.reports_dir / page.LATEST).read_text()
    assert waiting.run_id in latest
    assert "Refused." in latest


def test_the_commands_tell_which_list_readers_see(settings, first, monkeypatch):
    second = out(settings, as_of=published.AS_OF + timedelta(days=7), previous_run_id=first.run_id)
    monkeypatch.setenv("FAMILIES_KEY", settings.key)

    def families(*words):
        result = CliRunner().invoke(cli.app, [*words, "--home", str(settings.home)])
        assert result.exception is None, result.exception
        return result.stdout

    assert f"{first.run_id} is not the list that readers see: they stay with {second.run_id}" in families("stage", "publish", "--run", first.run_id)
    assert f"{second.run_id} is published: readers see its list." in families("stage", "publish", "--run", second.run_id)
    told = families("publications", "restore", first.run_id, "--reason", "The wrong file was delivered.", "--by", "analyst")
    assert f"readers see the publication of run {first.run_id} from now on, in place of {second.run_id}" in told
    assert f"families stage report --run {first.run_id} --again" in told
    rows = json.loads(families("publications", "list", "--json"))
    assert [(row["run_id"], row["is_current"], row["restored_by"]) for row in rows] == [(second.run_id, False, None), (first.run_id, True, "analyst")]
    assert f"{first.run_id} (as of 2026-11-23), which was put back" in publications.standing(second.run_id, settings)


def at(settings, when):
    return settings.model_copy(update={"clock": datetime.fromisoformat(when)})


def stood(settings, *days):
    return [{row["run_id"] for row in cohort.list_families(settings, as_at=date.fromisoformat(day))} for day in days]


def test_the_list_as_at_a_day_before_an_earlier_one_was_put_back_is_the_one_that_stood_then(settings, first):
    second = out(settings, as_of=published.AS_OF + timedelta(days=7), previous_run_id=first.run_id)
    flow.restore(first.run_id, "The wrong file was delivered.", "analyst", at(settings, "2026-12-02T10:00"))
    days = ("2026-11-29", "2026-11-30", "2026-12-01", "2026-12-02", "2026-12-05")
    assert stood(settings, *days) == [{first.run_id}, {second.run_id}, {second.run_id}, {first.run_id}, {first.run_id}]
    third = out(at(settings, "2026-12-07T10:00"), as_of=published.AS_OF + timedelta(days=14), previous_run_id=first.run_id)
    flow.restore(second.run_id, "It was right after all.", "analyst", at(settings, "2026-12-09T10:00"))
    expected = [second, second, first, first, third, third, second]
    days = ("2026-11-30", "2026-12-01", "2026-12-02", "2026-12-06", "2026-12-07", "2026-12-08", "2026-12-09")
    assert stood(settings, *days) == [{run.run_id} for run in expected]
    with pytest.raises(WrongUsage, match="no list as at 2026-11-22; the first is as of 2026-11-23"):
        stood(settings, "2026-11-22")


def test_the_history_goes_on_naming_a_list_that_was_withdrawn_and_targets_do_not_count_it(settings, first):
    second = out(settings, as_of=published.AS_OF + timedelta(days=7), previous_run_id=first.run_id)
    assert [row["withdrawn_date"] for row in cohort.whole_history(settings)] == [None, None]
    flow.restore(first.run_id, "The wrong file was delivered.", "analyst", at(settings, "2026-12-02T10:00"))
    told = [(row["run_id"], row["withdrawn_date"]) for row in cohort.whole_history(settings)]
    assert told == [(second.run_id, date(2026, 12, 2)), (first.run_id, None)]
    assert [row["run_id"] for row in cohort.history(settings)] == [first.run_id]
    flow.restore(second.run_id, "It was right after all.", "analyst", at(settings, "2026-12-09T10:00"))
    assert [(row["run_id"], row["withdrawn_date"]) for row in cohort.whole_history(settings)] == [(second.run_id, None), (first.run_id, None)]
