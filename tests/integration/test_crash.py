"""Killed at any point and run again, the flow ends in the publication of an undisturbed run, and readers notice nothing."""

import json
import subprocess
import sys
import threading
from datetime import timedelta

import pytest

from pipelines import publications, warehouse
from pipelines.flow import STAGES
from tests.support import flow_runs
from tests.support.flow_runs import AS_OF

INSIDE_PUBLISH = [f"publish:{point}" for point in ("before_copy", "after_copy", "before_swap", "after_swap")]
POINTS = [point for stage in STAGES for point in [f"stage:{stage}", *(INSIDE_PUBLISH if stage == "publish" else [])]]
LATER = AS_OF + timedelta(days=7)


# Imports once, and for each line it reads has a child of its own run the command line; says how each child ended.
_PROGRAM = """
import json, os, sys
from expectations import context
from pipelines import flow
from pipelines.cli import main

context.counted_check()
for line in sys.stdin:
    arguments, environment = json.loads(line)
    child = os.fork()
    if not child:
        os.dup2(2, 1)
        os.environ |= environment
        sys.argv = ["families", *arguments]
        try:
            main()
        except SystemExit as ended:
            os._exit(ended.code or 0)
        os._exit(0)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


@pytest.fixture(scope="module")
def refresh_in_a_process(tmp_path_factory):
    """Refreshes in a process of its own; returns how that ended, and what this and those before it printed."""
    printed = tmp_path_factory.mktemp("printed") / "output"
    command = [sys.executable, "-c", _PROGRAM]
    with printed.open("w") as output, subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=output, text=True) as program:

        def refresh(settings, as_of, **environment):
            arguments = ["refresh", "--home", str(settings.home), "--as-of", as_of.isoformat()]
            program.stdin.write(json.dumps([arguments, environment]) + "\n")
            program.stdin.flush()
            return int(program.stdout.readline()), printed.read_text()

        yield refresh


class Reader:
    """Reads the current publication over and over while the flow is killed and run again."""

    def __init__(self, settings):
        self.settings, self.seen, self.errors, self._stop = settings, set(), [], threading.Event()
        self._thread = threading.Thread(target=self._loop)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._stop.set()
        self._thread.join()

    def _loop(self):
        while not self._stop.wait(0.02):
            try:
                with warehouse.database(self.settings, publications.current_path(self.settings)) as con:
                    self.seen.add(con.execute("select any_value(as_of_date), count(*) from cohort.verified_families").fetchone())
            except Exception as error:  # noqa: BLE001 - whatever a reader meets is a finding
                self.errors.append(repr(error))


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    settings = flow_runs.refreshed(tmp_path_factory.mktemp("undisturbed"))
    first = _seen(settings)
    flow_runs.refresh(settings, LATER)
    return first, _seen(settings), flow_runs.current_digest(settings)


def _seen(settings):
    with warehouse.database(settings, publications.current_path(settings)) as con:
        return con.execute("select any_value(as_of_date), count(*) from cohort.verified_families").fetchone()


def assert_as_undisturbed(settings, undisturbed, reader):
    before, after, digest = undisturbed
    assert flow_runs.current_digest(settings) == digest
    assert reader.errors == []
    assert reader.seen <= {before, after}
    assert list(settings.published_dir.glob(".draft-*")) == []


@pytest.mark.parametrize("point", ["stage:link", "publish:after_copy", "publish:before_swap"])
def test_a_refresh_killed_and_run_again_ends_like_an_undisturbed_one(point, undisturbed, refresh_in_a_process, tmp_path):
    settings = flow_runs.refreshed(tmp_path)
    with Reader(settings) as reader:
        status, printed = refresh_in_a_process(settings, LATER, FAMILIES_FAULTS=point)
        assert status == -9, printed
        flow_runs.refresh(settings, LATER)
    assert_as_undisturbed(settings, undisturbed, reader)


def test_a_refresh_killed_at_every_point_in_turn_ends_like_an_undisturbed_one(undisturbed, refresh_in_a_process, tmp_path):
    settings = flow_runs.refreshed(tmp_path)
    with Reader(settings) as reader:
        for point in POINTS:
            status, printed = refresh_in_a_process(settings, LATER, FAMILIES_FAULTS=point)
            assert status == -9, f"{point}: {printed}"
        flow_runs.refresh(settings, LATER)
    assert_as_undisturbed(settings, undisturbed, reader)


def test_a_first_refresh_killed_before_publication_leaves_nothing_to_read(refresh_in_a_process, tmp_path):
    settings = flow_runs.delivered(tmp_path)
    status, printed = refresh_in_a_process(settings, AS_OF, FAMILIES_FAULTS="publish:after_copy")
    assert status == -9, printed
    assert publications.current_path(settings) is None
    flow_runs.refresh(settings)
    assert flow_runs.current_digest(settings) == flow_runs.current_digest(flow_runs.published())
