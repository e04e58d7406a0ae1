from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.report import disclosure, managers, reckoning
from tests.support.ranges import pinned

PARTS = ("in_review", "verified", "rejected")
SUMS = ("identified", *PARTS)


def table(*parts):
    return [dict(zip(SUMS, (sum(row), *row), strict=True)) for row in parts]


def shown_of(rows):
    return [{name: row[name] for name in SUMS} for row in reckoning.held_back(rows)[0]]


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ([10, 20, 30], [10, 20, 30]),
        ([0, 20, 30], [0, 20, 30]),
        ([3, 20, 30], [None, None, 30]),
        ([3, 2, 30], [None, None, 30]),
        ([3, 0, 0], [None, None, 0]),
        ([4, 5, 5], [None, None, 5]),
        ([1, 1, 1, 30, 40], [None, None, None, None, 40]),
        ([1, 2, 30, 40], [None, None, 30, 40]),
        ([1, 1, 0], [None, None, None]),
        ([], []),
    ],
)
def test_small_counts_are_held_back_and_one_alone_takes_the_next_smallest_with_it(counts, shown):
    held = disclosure.held_back(counts, [dict.fromkeys(range(len(counts)), 1)])
    assert [None if place in held else count for place, count in enumerate(counts)] == shown


def test_what_is_left_of_a_sum_does_not_tell_a_held_back_count():
    # 26 identified less 24 verified would tell that 2 are in review, and the column of the sums would tell the 26.
    rows = table((2, 24, 0), (0, 41, 0), (30, 45, 0))
    first, second, _ = shown_of(rows)
    assert first["in_review"] is None
    assert None in (first["identified"], first["verified"])
    assert (second["in_review"], second["rejected"]) == (0, 0)
    assert reckonable(rows) == set()


def test_few_verified_families_whom_nobody_confirmed_are_not_told_by_the_difference():
    rows = [row | {"confirmed": count} for row, count in zip(table((0, 24, 0), (0, 41, 0)), (22, 30), strict=True)]
    assert [row["confirmed"] for row in reckoning.held_back(rows)[0]] == [None, None]


def cells(tables):
    return {(place, name): row[name] for place, row in enumerate(tables) for name in SUMS}


def kind(cell):
    return cell[1]


def reckonable(rows):
    """The cells of 1 to 4 that the page tells in full: from what it shows of the districts and of the whole, the sums of both, and that zeros are shown."""
    shown, _, whole = reckoning.held_back(rows)
    counts = cells([*rows, {name: sum(row[name] for row in rows) for name in SUMS}])
    lines = [{(place, "identified"): -1} | {(place, part): 1 for part in PARTS} for place in range(len(rows) + 1)]
    lines += [{(len(rows), name): -1} | {(place, name): 1 for place in range(len(rows))} for name in SUMS]
    # The length of the list is known: two districts with one family each follow from a list of two.
    told, of_list = cells([*shown, whole]), (len(rows), "verified")
    at_best = {cell: count if cell == of_list or count == told[cell] == 0 else None for cell, count in counts.items()}
    return pinned(counts, told, lines, kind) - pinned(counts, at_best, lines, kind)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(*[st.one_of(st.integers(0, 4), st.integers(0, 40))] * 3), min_size=2, max_size=5))
def test_no_small_count_is_told_and_none_follows_from_the_rest(parts):
    rows = table(*parts)
    shown, _, whole = reckoning.held_back(rows)
    assert not any(count is not None and 0 < count < disclosure.SMALL for row in shown for count in row.values())
    assert not any(count is not None and 0 < count < disclosure.SMALL for name, count in whole.items() if name != "verified")
    assert reckonable(rows) == set()


@pytest.mark.parametrize(
    "parts",
    [
        [(7, 20, 0), (6, 15, 0), (0, 0, 1)],  # 49 identified less 27 and 21 was the 1 that was held back
        [(7, 20, 6), (6, 15, 7), (0, 0, 3)],
        [(7, 20, 0), (0, 0, 1)],
        [(0, 3, 0), (0, 0, 0)],
        [(1, 1, 1), (1, 1, 1)],
        [(0, 24, 2), (0, 24, 0)],
    ],
)
def test_the_whole_less_the_districts_that_are_told_is_not_the_one_held_back(parts):
    assert reckonable(table(*parts)) == set()


def test_the_pages_of_two_weeks_each_hold_back_what_the_other_could_tell():
    about = {"framework_id": "f", "indicative": 60, "confirmed": 0, "in_service": 0, "near_miss": 20, "not_assessed": 50}
    weeks = [table((7, 20, 0), (6, 15, 0), (0, 0, 1)), table((7, 20, 0), (6, 15, 0), (0, 0, 2))]
    rows = [
        row | about | {"district": f"d{n}", "as_of_date": date(2026, 11, 23 + day), "run_id": f"r{day}"}
        for day, week in enumerate(weeks)
        for n, row in enumerate(week)
    ]
    told = managers._weeks(rows, [])
    for week, given_rows in zip(told, weeks, strict=True):
        counts = cells([*given_rows, {name: sum(row[name] for row in given_rows) for name in SUMS}])
        lines = [{(place, "identified"): -1} | {(place, part): 1 for part in PARTS} for place in range(4)]
        lines += [{(3, name): -1} | {(place, name): 1 for place in range(3)} for name in SUMS]
        assert pinned(counts, cells([*week["districts"], week]), lines, kind) == set()
    places = [[(n, name) for n, row in enumerate(week["districts"]) for name in SUMS if row[name] is None] for week in told]
    assert places[0] == places[1], "a count held back in one week and told in the next, with nothing else changed, tells both"


def test_where_all_totals_are_told_the_only_rejected_family_is_hidden_behind_a_zero():
    rows = table((20, 30, 1), (20, 40, 0))
    shown, _, whole = reckoning.held_back(rows, totals_are_told=True)
    assert whole["rejected"] == 1
    assert [row["rejected"] for row in shown] == [None, None]
