"""Targets: where the list stands, what a week must bring, and what the last eight weeks' pace would give."""

from datetime import date, timedelta

import pytest

from pipelines.report import targets

NOW = date(2026, 11, 23)


def lists(*lengths):
    """Weekly lists, the last as of NOW."""
    return [(NOW - timedelta(days=7 * back), length) for back, length in enumerate(reversed(lengths))]


def one(wanted, days, *lengths):
    (row,) = targets.tracked(lists(*lengths), {NOW + timedelta(days=days): wanted})
    return row


@pytest.mark.parametrize(
    ("wanted", "days", "lengths", "needed", "expected", "standing"),
    [
        (100, 70, (40, 50), 5, 150, "on course"),
        (100, 70, (48, 50), 5, 70, "behind"),
        (100, 70, (60, 50), 5, 0, "behind"),
        (50, 70, (50,), 0, None, "reached"),
        (51, 70, (50,), 1, None, "no pace yet"),
        (51, 0, (40, 50), None, 50, "missed"),
        (51, -7, (40, 50), None, 50, "missed"),
        (50, -7, (40, 50), 0, 50, "reached"),
        (52, 8, (50, 50), 2, 50, "behind"),
    ],
)
def test_a_target_says_what_is_needed_what_is_expected_and_how_it_stands(wanted, days, lengths, needed, expected, standing):
    row = one(wanted, days, *lengths)
    assert (row["needed_per_week"], row["expected_count"], row["standing"]) == (needed, expected, standing)


def test_the_pace_is_that_of_the_last_eight_weeks_alone():
    assert one(100, 70, *range(0, 400, 40), *[400] * 9)["pace_per_week"] == 0
    assert one(1000, 70, 0, *range(100, 190, 10))["pace_per_week"] == 10


def test_targets_stand_in_the_order_of_their_dates_and_without_a_list_there_are_none():
    found = targets.tracked(lists(10, 20), {NOW + timedelta(days=90): 5, NOW + timedelta(days=30): 50})
    assert [row["target_count"] for row in found] == [50, 5]
    assert targets.tracked([], {NOW: 5}) == []
