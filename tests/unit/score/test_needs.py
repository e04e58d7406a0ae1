"""Needs that optional sources tell of: of the kinds asked for, known in the window, each case once a person."""

import duckdb
import pytest

import sql

_EVENT = "subject_n int, event_n int, event_type text, occurrence_id text, code text, from_date date, to_date date, link_probability double, event_id text"


def counted(*needs: tuple[int, str, str, str, str | None]) -> dict[int, int]:
    """By person how many needs count; a need is a person, the agency's reference, what it is, and its first and last day."""
    with duckdb.connect() as con:
        con.execute(f"create table member_event ({_EVENT})")
        for n, (person, reference, need, start, end) in enumerate(needs):
            con.execute("insert into member_event values (?, ?, 'need', ?, ?, ?, ?, 1, ?)", [person, n, reference, need, start, end, f"E{n}"])
        asked = {"codes": ["child_in_need", "child_protection_plan"], "window_from": "2025-11-23", "window_to": "2026-11-23"}
        return {row[0]: row[3] for row in con.execute(sql.read("score/need"), asked).fetchall()}


@pytest.mark.parametrize(
    ("needs", "found"),
    [
        ([(1, "A", "child_in_need", "2026-03-01", None), (1, "B", "child_in_need", "2026-05-01", None)], {1: 2}),
        ([(1, "A", "child_in_need", "2026-03-01", None), (1, "A", "child_in_need", "2026-03-08", None)], {1: 1}),
        ([(1, "A", "child_in_need", "2026-03-01", None), (1, "A", "child_protection_plan", "2026-03-01", None)], {1: 2}),
        ([(1, "A", "child_in_need", "2026-03-01", None), (2, "A", "child_in_need", "2026-03-01", None)], {1: 1, 2: 1}),
        ([(1, "A", "edge_of_care", "2026-03-01", None)], {}),
        ([(1, "A", "child_in_need", "2024-03-01", "2025-11-23"), (2, "B", "child_in_need", "2024-03-01", "2025-11-22")], {1: 1}),
        ([(1, "A", "child_in_need", "2026-11-23", None), (2, "B", "child_in_need", "2026-11-24", None)], {1: 1}),
    ],
    ids=[
        "two cases",
        "one case told twice",
        "two needs of one case",
        "two people of one case",
        "another need",
        "ended on the first day",
        "began on the last day",
    ],
)
def test_a_need_counts_once_a_case_and_person_if_it_is_known_in_the_window(needs, found):
    assert counted(*needs) == found
