"""The council's gazetteer is an extract of the run and tells of no family: it neither keeps a run going nor stops one."""

import duckdb
import pytest

import sql


def offenders(gate, *extracts):
    """What a gate selects of a run with these extracts: source, extract_id, is_stale, standing_count."""
    with duckdb.connect() as con:
        con.execute("create schema audit")
        con.execute("create schema staging")
        con.execute("create table audit.extract (run_id varchar, source varchar, extract_id varchar, is_stale boolean, standing_count integer)")
        con.execute("create table staging.record_source (extract_id varchar)")
        con.executemany("insert into audit.extract values ('R', ?, ?, ?, ?)", extracts)
        return con.execute(sql.read(f"gate/{gate}"), {"run_id": "R"}).fetchall()


@pytest.mark.parametrize(("gate", "police"), [("every_extract_stale", ("P1", True, 5)), ("no_extract", (None, True, None))])
def test_a_fresh_gazetteer_does_not_stand_in_for_the_sources_of_families(gate, police):
    assert offenders(gate, ("police_asb", *police), ("gazetteer", "G1", False, 9))


def test_a_gazetteer_without_a_person_is_no_fault():
    assert offenders("source_without_record", ("gazetteer", "G1", False, 9)) == []
    assert offenders("source_without_record", ("police_asb", "P1", False, 9))
