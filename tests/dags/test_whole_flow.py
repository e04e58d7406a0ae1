"""The six real DAGs on a small borough, run in a process of their own as `make demo` runs them."""

import os
import re
import sqlite3
import subprocess
import sys

import pytest

from dags.running import environment
from pipelines import provenance, publications, warehouse
from tests.support import flow_runs


@pytest.fixture(scope="module")
def ran(tmp_path_factory):
    """A home whose borough the DAGs have published, and what they printed."""
    settings = flow_runs.delivered(tmp_path_factory.mktemp("dags"))
    return settings, demonstrate(settings)


def demonstrate(settings):
    """Run the DAGs on the home as `make demo` does; what they printed."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("AIRFLOW")}
    command = [sys.executable, "-m", "dags.running.demo", "--as-of", flow_runs.AS_OF.isoformat()]
    done = subprocess.run(command, env=clean | {"FAMILIES_HOME": str(settings.home)}, cwd=environment.ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_dags_publish_what_the_command_line_publishes(ran):
    settings, _ = ran
    assert publications.current_run_id(settings) == publications.current_run_id(flow_runs.published())
    assert flow_runs.current_digest(settings) == flow_runs.current_digest(flow_runs.published())


def test_a_publication_that_nobody_approved_says_so(ran):
    settings, _ = ran
    with warehouse.database(settings, publications.current_path(settings)) as con:
        assert con.execute("select approval, approved_by from audit.run").fetchall() == [("automatic", None)]


def test_a_reader_sees_each_task_end(ran):
    _, printed = ran
    for task in ("ingest", "check_landing", "standardise", "link", "household", "score", "verify", "check_cohort", "publish", "report"):
        assert re.search(rf"^  {task} +[0-9.]+ s  done$", printed, re.MULTILINE), task


def test_a_second_demonstration_keeps_what_is_done_and_says_so(ran):
    settings, _ = ran
    run = provenance.load(publications.current_run_id(settings), settings)
    before = {path: path.read_bytes() for path in (run.path, publications.current_path(settings), settings.reports_dir / "latest.html")}
    printed = demonstrate(settings)
    assert {path: path.read_bytes() for path in before} == before
    for task in ("check_landing", "standardise", "link", "household", "score", "verify", "check_cohort", "publish", "report"):
        assert re.search(rf"^  {task} +[0-9.]+ s  done before, kept$", printed, re.MULTILINE), task
    assert f"Run {run.run_id} is published: readers see its list." in printed


def test_airflow_keeps_nothing_personal(ran):
    settings, printed = ran
    with provenance.load(publications.current_run_id(settings), settings).open(read_only=True) as con:
        names = {row[0] for row in con.execute("select distinct surname from linked.person where length(surname) > 5").fetchall()}
        numbers = {row[0] for row in con.execute("select nino from linked.person_record inner join staging.person_record using (record_id)").fetchall()}
    with sqlite3.connect(settings.home / "airflow" / "airflow.db") as con:
        kept = [con.execute(f"select * from {table}").fetchall() for table in ("xcom", "asset_event", "dag_run", "rendered_task_instance_fields", "log")]  # noqa: S608
    con.close()
    logs = [path.read_text(encoding="utf-8", errors="replace") for path in (settings.home / "airflow").rglob("*.log")]
    told = f"{kept} {logs} {printed}".upper()
    words = set(re.findall(r"[A-Z]+", told))
    assert names & words <= {"BRANCH", "MARSHAL", "PARKER"}
    assert not any(number in told for number in numbers if number)
