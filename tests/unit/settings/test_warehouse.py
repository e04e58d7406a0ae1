"""Connections share engines, one after another: nothing of one is seen by the next."""

import duckdb
import pytest

from pipelines import warehouse
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
