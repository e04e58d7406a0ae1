"""Reviewers work from the newest run whose families stand, whatever became of the runs started since."""

import json
import os
import subprocess
import sys
from datetime import timedelta

import pytest
from typer.testing import CliRunner

from pipelines import answers, cli, decisions, flow, provenance, reached, review, warehouse
from pipelines.errors import AnotherRunAtWork, GateRefused, WrongUsage
from pipelines.verdicts import Answer
from tests.support import flow_runs
from tests.support.flow_runs import AS_OF, AUTHORITY

# By then no extract is fresh, and a list of nothing but old extracts is refused.
TOO_LATE = AS_OF + timedelta(days=70)


# Keeps a run's file as a stage at work does, until it is told to end.
_AT_WORK = """
import sys
from pathlib import Path
from pipelines import warehouse
from pipelines.settings import Settings

with warehouse.database(Settings(home=Path(sys.argv[1])), Path(sys.argv[2]), read_only=False):
    print("at work", flush=True)
    sys.stdin.read()
"""


def only_started(settings):
    return flow.open_run(AUTHORITY, None, AS_OF + timedelta(days=1), settings)


def refused_at_a_gate(settings):
    run_id = flow.open_run(AUTHORITY, None, TOO_LATE, settings)
    with pytest.raises(GateRefused):
        flow.run_stage("check_landing", run_id, settings)
    return run_id


@pytest.fixture(scope="module", params=[only_started, refused_at_a_gate])
def broken_off(request, tmp_path_factory):
    """A borough with a list, the id of its run, and that of a run started since that got nowhere."""
    settings = flow_runs.refreshed(tmp_path_factory.mktemp("reached"))
    stands = provenance.newest_run_id(settings)
    later = request.param(settings)
    assert provenance.newest_run_id(settings) == later != stands
    return settings, stands, later


def asked_of(settings, *arguments):
    environment = {"FAMILIES_HOME": str(settings.home), "FAMILIES_DECISIONS_URL": settings.decisions}
    return CliRunner(env=environment).invoke(cli.app, ["review", *arguments])


def test_after_a_run_that_got_nowhere_the_review_goes_on_with_the_one_before(broken_off, tmp_path):
    settings, stands, _ = broken_off
    asked = review.questions(stands, settings)
    listed = asked_of(settings, "list", "--most", "1000", "--json")
    assert listed.exit_code == 0, listed.exception
    assert [row["question_id"] for row in json.loads(listed.stdout)] == [row["question_id"] for row in asked]

    out = tmp_path / "questions.xlsx"
    exported = asked_of(settings, "export", "--out", str(out))
    assert exported.exit_code == 0, exported.exception
    assert exported.stdout.startswith(f"{len(asked):,} questions written")

    own = settings.model_copy(update={"decisions_url": f"sqlite:///{tmp_path / 'decisions.sqlite'}"})
    decided = asked_of(own, "decide", asked[0]["question_id"], "unsure", "--reason", "seen", "--yes", "--json")
    assert decided.exit_code == 0, decided.exception
    assert decisions.last_id(own) == 1
    told = json.loads(decided.stdout)
    assert answers.decide(Answer(told["kind"], told["subject_id"], told["other_id"], "unsure", "seen", "Two"), own) == 2


def test_a_run_that_was_named_and_has_not_got_so_far_is_refused_in_words(broken_off):
    settings, stands, later = broken_off
    assert reached.run_id(stands, "verify", settings) == stands
    for command in (["list"], ["show", "q0"], ["decide", "q0", "same", "--reason", "seen"]):
        found = asked_of(settings, *command, "--run", later)
        assert isinstance(found.exception, WrongUsage)
        assert f"Run {later} was started only; this needs one that has finished the stage `verify`." in str(found.exception)


def test_a_run_at_work_is_passed_over_and_told_when_it_was_named(broken_off, monkeypatch):
    settings, stands, later = broken_off
    monkeypatch.setattr(warehouse, "_READER_TRIES", 1)
    command = [sys.executable, "-c", _AT_WORK, str(settings.home), str(settings.runs_dir / f"{later}.duckdb")]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment) as other:
        assert other.stdout.readline() == b"at work\n"
        assert reached.newest("verify", settings) == stands
        with pytest.raises(AnotherRunAtWork):
            reached.run_id(later, "verify", settings)
        other.communicate()


def test_a_model_is_learned_from_the_newest_run_that_has_records(broken_off, tmp_path):
    settings, stands, _ = broken_off
    assert reached.newest("standardise", settings) == reached.newest("link", settings) == stands
    command = ["link", "train", "--from-decisions", "--home", str(settings.home), "--out", str(tmp_path / "taught.json")]
    assert "0 decisions on pairs that linkage proposes are too few" in str(CliRunner().invoke(cli.app, command).exception)


def test_a_stage_that_was_done_is_told_where_the_run_stopped_after_it(broken_off):
    settings, stands, _ = broken_off
    with pytest.raises(WrongUsage, match="has finished the stage `report` and nothing after it"):
        reached.run_id(stands, "no_such_stage", settings)


def test_without_any_run_that_got_so_far_that_is_told(tmp_path):
    settings = flow_runs.delivered(tmp_path)
    with pytest.raises(WrongUsage, match="There is no run in"):
        reached.newest("verify", settings)
    for source in ("school_attendance", "police_asb"):
        flow.ingest_source(AUTHORITY, source, AS_OF, settings)
    run_id = flow.open_run(AUTHORITY, None, AS_OF, settings)
    with pytest.raises(WrongUsage, match=f"has finished the stage `verify`. The last one is {run_id}"):
        reached.newest("verify", settings)
