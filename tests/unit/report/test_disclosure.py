import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.report import disclosure, reckoning
from tests.support.sums import settled

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
        ([3, 0, 0], [None, 0, 0]),
        ([4, 5, 5], [None, None, 5]),
        ([1, 1, 1, 30, 40], [None, None, None, None, 40]),
        ([1, 2, 30, 40], [None, None, 30, 40]),
        ([1, 1, 0], [None, None, 0]),
        ([], []),
    ],
)
def test_small_counts_are_held_back_and_one_alone_takes_the_next_smallest_with_it(counts, shown):
    held = disclosure.held_back(counts, [dict.fromkeys(range(len(counts)), 1)])
    assert [None if place in held else count for place, count in enumerate(counts)] == shown


def test_what_is_left_of_a_sum_does_not_tell_a_held_back_count():
    # 26 identified less 24 verified would tell that 2 are in review, and the column of the sums would tell the 26.
    rows = table((2, 24, 0), (0, 41, 0), (30, 45, 0))
    first, second, third = shown_of(rows)
    assert first["in_review"] is None
    assert None in (first["identified"], first["verified"])
    assert (second["in_review"], second["rejected"]) == (0, 0)
    assert third["in_review"] is None
    assert reckonable(rows, [first, second, third]) == set()


def test_few_verified_families_whom_nobody_confirmed_are_not_told_by_the_difference():
    rows = [row | {"confirmed": count} for row, count in zip(table((0, 24, 0), (0, 41, 0)), (22, 30), strict=True)]
    assert [row["confirmed"] for row in reckoning.held_back(rows)[0]] == [None, None]


def reckonable(rows, shown):
    """The held-back cells that follow from what is shown, the totals of the columns and the sums of the rows."""
    unknown = [(place, name) for place, row in enumerate(shown) for name, count in row.items() if count is None]
    lines = [[((place, name), 1) for place in range(len(rows))] for name in SUMS]
    lines += [[((place, "identified"), -1), *(((place, part), 1) for part in PARTS)] for place in range(len(rows))]
    return settled(unknown, [dict(line) for line in lines])


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(*[st.integers(0, 40)] * 3), min_size=1, max_size=6))
def test_no_small_count_is_told_and_none_follows_from_the_rest(parts):
    rows = table(*parts)
    shown = shown_of(rows)
    assert not any(count is not None and 0 < count < disclosure.SMALL for row in shown for count in row.values())
    small = {cell for cell in reckonable(rows, shown) if 0 < rows[cell[0]][cell[1]] < disclosure.SMALL}
    # A lone area, or one beside areas of nobody, is the whole: its total stands on the page anyhow.
    assert {cell for cell in small if sum(row[cell[1]] > 0 for row in rows) > 1} == set()
