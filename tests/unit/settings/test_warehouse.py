"""Connections share engines, one after another: nothing of one is seen by the next."""

import os
import subprocess
import sys

import duckdb
import pytest

from pipelines import warehouse
from pipelines.errors import AnotherRunAtWork
from pipelines.settings import Settings


@pytest.fixture
def settings(tmp_path) -> Settings:
    return Settings(home=tmp_path)


def test_what_one_connection_made_or_attached_is_gone_for_the_next(settings):
    with warehouse.database(settings, settings.home / "a.duckdb", read_only=False) as con:
        con.execute("create table kept as select 1 as n")
        con.execute("create temp table passing as select 2 as n")
    with warehouse.connection(settings) as con:
        assert con.execute("select database_name from duckdb_databases() where not internal").fetchall() == [("memory",)]
        with pytest.raises(duckdb.CatalogException):
            con.execute("from passing")
    with warehouse.database(settings, settings.home / "a.duckdb") as con:
        assert con.execute("from kept").fetchall() == [(1,)]
    assert not list(settings.home.glob("*.wal"))


def test_one_connection_within_another_sees_its_own_files_only(settings):
    for name in ("a", "b"):
        with warehouse.database(settings, settings.home / f"{name}.duckdb", read_only=False) as con:
            con.execute(f"create table kept as select '{name}' as name")
    with warehouse.database(settings, settings.home / "a.duckdb") as outer, warehouse.database(settings, settings.home / "b.duckdb") as inner:
        assert [con.execute("from kept").fetchall() for con in (outer, inner)] == [[("a",)], [("b",)]]


@pytest.mark.parametrize(
    "left_behind",
    [
        "create table left_behind as select 1 as n",
        "create view left_behind as select 1 as n",
        "create schema left_behind",
        "create macro left_behind() as 1",
        "create type left_behind as enum ('a')",
        "create sequence left_behind",
    ],
)
def test_what_is_left_in_memory_does_not_reach_the_next(settings, left_behind):
    for _ in range(2):
        with warehouse.connection(settings) as con:
            # Fails where the one before is still there.
            con.execute(left_behind)


def test_every_connection_is_locked_down_and_on_one_clock(settings):
    for _ in range(2):
        with warehouse.connection(settings) as con:
            assert con.execute("select current_setting('TimeZone'), current_setting('threads')").fetchall() == [("UTC", settings.threads)]
            with pytest.raises(duckdb.Error, match="locked"):
                con.execute("set threads = 1")


def test_after_an_error_the_file_can_be_opened_to_write_again(settings):
    path = settings.home / "a.duckdb"
    with pytest.raises(ZeroDivisionError), warehouse.database(settings, path, read_only=False) as con:
        con.execute("create table kept as select 1 as n")
        raise ZeroDivisionError
    with warehouse.database(settings, path, read_only=False) as con:
        con.execute("insert into kept values (2)")
        assert con.execute("select count(*) from kept").fetchall() == [(2,)]


_HOLD = """
import sys
from pathlib import Path
from pipelines import warehouse
from pipelines.settings import Settings
home = Path(sys.argv[1])
with warehouse.database(Settings(home=home), home / "a.duckdb", read_only=sys.argv[2] == "read"):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def held(settings):
    """Lets another process hold the file a.duckdb, to read it or to write it; returns what lets it go."""
    with warehouse.database(settings, settings.home / "a.duckdb", read_only=False) as con:
        con.execute("create table kept as select 1 as n")
    started = []

    def hold(mode):
        command = [sys.executable, "-c", _HOLD, str(settings.home), mode]
        other = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)})
        started.append(other)
        assert other.stdout.readline() == b"held\n"
        return other.communicate

    yield hold
    for other in started:
        other.kill()
        other.communicate()


@pytest.mark.parametrize(("theirs", "is_reader"), [("read", False), ("write", True)])
def test_whoever_finds_a_file_in_use_waits_until_it_is_let_go(settings, held, monkeypatch, theirs, is_reader):
    let_go = held(theirs)
    paused = []
    monkeypatch.setattr(warehouse.time, "sleep", lambda seconds: paused.append(seconds) or let_go())
    with warehouse.database(settings, settings.home / "a.duckdb", read_only=is_reader) as con:
        assert con.execute("from kept").fetchall() == [(1,)]
    assert paused, "the file was not in use"


@pytest.mark.parametrize(("theirs", "is_reader"), [("read", False), ("write", True)])
def test_a_file_that_is_never_let_go_is_told_in_plain_words_with_its_holder(settings, held, monkeypatch, theirs, is_reader):
    held(theirs)
    paused = []
    monkeypatch.setattr(warehouse.time, "sleep", paused.append)
    monkeypatch.setattr(warehouse, "_WRITER_TRIES", 3)
    monkeypatch.setattr(warehouse, "_READER_TRIES", 3)
    told = r"a.duckdb is in use by process \d+. Wait for it to end, or end it, then call the same command again; nothing is lost."
    with pytest.raises(AnotherRunAtWork, match=told), warehouse.database(settings, settings.home / "a.duckdb", read_only=is_reader):
        pass
    assert len(paused) == 2


def test_a_writer_outwaits_any_reader():
    assert warehouse._WRITER_TRIES * warehouse._PAUSE_SECONDS >= 600
    assert warehouse._READER_TRIES * warehouse._PAUSE_SECONDS <= 10
