"""The folder of `families link`: results of one run or of the one before, whole; one run at a time; and a folder that takes nothing is told as such."""

import errno
import os
import signal
import subprocess
import sys
from pathlib import Path
from shutil import disk_usage

import pytest

from pipelines import locks, people, people_output
from pipelines.errors import AnotherRunAtWork, WrongUsage
from pipelines.people_results import RESULTS
from pipelines.settings import Settings
from tests.support.people_tables import FEW, a_row, found, linked, read_json, write_csv

ROWS = [a_row(str(n), last=f"FISHER{n % 7}", dob=f"1990-02-{n % 7 + 1:02}", pcode="ZC1 1AA", person=n % 7) for n in range(20)]


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((folder / "out").iterdir()) if not path.name.startswith(".")}


def linked_in_a_process(folder: Path, **environment: str) -> int:
    """Link what lies in the folder from the command line; returns the exit code."""
    arguments = ["link", str(folder / "records.csv"), "--model", str(folder / "model.yml"), "--out", str(folder / "out"), "--train"]
    command = [sys.executable, "-c", "from pipelines.cli import main; main()", *arguments]
    return subprocess.run(command, env=os.environ | environment, capture_output=True).returncode


def test_a_run_killed_before_its_end_leaves_the_earlier_results_and_the_next_run_leaves_nothing_of_it(tmp_path: Path):
    linked(tmp_path, ROWS)
    earlier = content(tmp_path)
    write_csv(tmp_path / "records.csv", ROWS[:5])
    assert linked_in_a_process(tmp_path, FAMILIES_FAULTS="link:drafted") == -signal.SIGKILL
    assert content(tmp_path) == earlier
    assert len(list((tmp_path / "out").glob(".draft-link-*"))) == 1
    linked(tmp_path, ROWS[:5])
    assert len(found(tmp_path)) == 5
    assert set(content(tmp_path)) == {"pairs.parquet", "clusters.parquet", "model.json", "diagnostics.json", "run.json"}
    assert not list((tmp_path / "out").glob(".draft-link-*"))


def test_a_run_that_fails_leaves_the_earlier_results(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    linked(tmp_path, ROWS)
    earlier = content(tmp_path)

    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(people_output, "write_clusters", full)
    with pytest.raises(OSError, match="No space left"):
        linked(tmp_path, ROWS[:5])
    assert content(tmp_path) == earlier
    assert not list((tmp_path / "out").glob(".draft-link-*"))


def test_what_only_the_earlier_run_was_asked_for_goes(tmp_path: Path):
    linked(tmp_path, ROWS, truth="person", households=True)
    assert set(content(tmp_path)) == set(RESULTS)
    linked(tmp_path, ROWS)
    assert set(RESULTS) - set(content(tmp_path)) == {"quality.json", "households.parquet"}


def test_a_second_run_on_one_folder_is_refused_and_changes_nothing(tmp_path: Path):
    linked(tmp_path, ROWS)
    earlier = content(tmp_path)
    with locks.hold("link", Settings(home=tmp_path / "out"), purpose="families link"), pytest.raises(AnotherRunAtWork) as refused:
        linked(tmp_path, ROWS[:5])
    assert refused.value.exit_code == 7
    assert "Another run (families link, process" in str(refused.value)
    assert content(tmp_path) == earlier


def test_the_records_are_never_written_over(tmp_path: Path):
    linked(tmp_path, ROWS)
    before = (tmp_path / "out" / "clusters.parquet").read_bytes()
    (tmp_path / "model.yml").write_text("record_id: record_id\ncolumns: {codes: {person: person_id}}\n")
    request = people.Request([tmp_path / "out" / "clusters.parquet"], tmp_path / "model.yml", tmp_path / "out")
    with pytest.raises(WrongUsage, match=r"clusters\.parquet of the records would be written over"):
        people.link(request, Settings(home=tmp_path / "out"))
    assert (tmp_path / "out" / "clusters.parquet").read_bytes() == before


@pytest.mark.parametrize("reason", [errno.EROFS, errno.EACCES, errno.ENOSPC])
def test_a_folder_that_takes_no_file_is_told_as_wrong_usage_with_the_reason(reason: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def refused(**_: object) -> str:
        raise OSError(reason, os.strerror(reason))

    monkeypatch.setattr("pipelines.people_results.mkdtemp", refused)
    with pytest.raises(WrongUsage) as error:
        linked(tmp_path, ROWS, FEW)
    assert f"results cannot be written there ({os.strerror(reason)}). Name another folder" in str(error.value)


@pytest.mark.skipif(not Path("/proc/self").exists() or disk_usage("/proc").total > 0, reason="no folder here is known to refuse every file")
def test_a_folder_in_which_nothing_can_be_made_is_told_as_wrong_usage(tmp_path: Path):
    (tmp_path / "model.yml").write_text(FEW)
    request = people.Request([write_csv(tmp_path / "a.csv", ROWS)], tmp_path / "model.yml", Path("/proc"))
    with pytest.raises(WrongUsage, match="results cannot be written there"):
        people.link(request, Settings(home=tmp_path))


def test_run_json_tells_what_the_run_returned(tmp_path: Path):
    assert linked(tmp_path, ROWS) == read_json(tmp_path, "run")
