"""Counting offenders in one scan, and keys of a very long table a part at a time."""

import duckdb
import pytest

from expectations import metrics, suites


@pytest.mark.parametrize("at_once", [1, 7, 1000])
def test_keys_counted_a_part_at_a_time_come_to_the_same(monkeypatch, at_once):
    suite = suites.part_suite("school_attendance", "session_mark")
    with duckdb.connect() as con:
        con.execute("create table mark (" + ", ".join(f'"{c.name}" {c.type}' for c in suite.table.columns) + ")")
        values = "'A' || (i % 20), '100001', date '2025-09-01' + (i % 3)::integer, if(i % 2 = 0, 'AM', 'PM'), if(i % 9 = 0, '?', '/'), i + 1, 1"
        con.execute(f"insert into mark select {values} from range(100) t(i)")  # noqa: S608 - of this test
        whole = metrics.counts(con, suite, "mark", {"as_of": "2026-11-23"})
        monkeypatch.setattr(metrics, "_KEYS_AT_ONCE", at_once)
        assert metrics.counts(con, suite, "mark", {"as_of": "2026-11-23"}) == whole
    assert whole["unique"] == (100, 40)
    assert whole["allowed:mark"] == (100, 12)
