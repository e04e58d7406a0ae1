"""An offence that the police and the youth justice service both tell of is one."""

import duckdb
import pytest

import sql

_EVENT = "subject_n int, event_n int, occurrence_id varchar, source varchar, from_date date, link_probability double, event_id varchar"


def counted(*offences: tuple[str, str], disposal: str = "conviction") -> tuple[int, list[int]]:
    """How many offences of one person count, and which rows are the evidence; an offence is a source and a day, each with a reference of its own."""
    with duckdb.connect() as con:
        con.execute(f"create table member_event ({_EVENT}, event_type varchar, person_role varchar, qualifier varchar)")
        con.execute("create table subject as select 1 as subject_n, 'H1' as household_id")
        con.execute("create table silent_source (household_id varchar, source varchar)")
        for n, (source, day) in enumerate(offences):
            row = [1, n, f"O{n}", source, day, 1.0, f"E{n}", "proven_offence", "offender", disposal]
            con.execute("insert into member_event values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
        window = {"qualifiers": ["conviction"], "window_from": "2025-11-24", "window_to": "2026-11-23"}
        found = con.execute(sql.read("score/proven_offence"), window).fetchall()
    return (found[0][3] if found else 0), sorted(row[1] for row in found)


@pytest.mark.parametrize(
    ("offences", "count", "evidence"),
    [
        ([("youth_justice", "2026-03-01"), ("police_asb", "2026-03-01")], 1, [1]),
        ([("police_asb", "2026-03-01"), ("youth_justice", "2026-03-02")], 2, [0, 1]),
        ([("police_asb", "2026-03-01"), ("police_asb", "2026-03-01")], 2, [0, 1]),
        ([("police_asb", "2026-03-01"), ("youth_justice", "2026-03-01"), ("youth_justice", "2026-03-01")], 2, [0, 2]),
        ([("youth_justice", "2026-03-01")], 1, [0]),
        ([("police_asb", "2024-03-01")], 0, []),
    ],
    ids=["one told by both", "two days", "two of one day by one source", "two of one day, of which the police tell one", "youth justice alone", "long ago"],
)
def test_an_offence_counts_once_whoever_tells_it(offences, count, evidence):
    assert counted(*offences) == (count, evidence)


def test_an_offence_without_a_disposal_that_is_asked_for_does_not_count():
    assert counted(("police_asb", "2026-03-01"), ("youth_justice", "2026-04-01"), disposal="community_resolution") == (0, [])
