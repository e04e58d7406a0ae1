"""Numbers on pages: ticks are round, and a small share shows what it is."""

import pytest

from pipelines.report import charts, linkage


@pytest.mark.parametrize(("highest", "ticks"), [(1, [0, 1]), (132, [0, 50, 100]), (197, [0, 50, 100, 150]), (5, [0, 1, 2, 3, 4, 5]), (2604, [0, 1000, 2000])])
def test_ticks_are_round_numbers_up_to_the_highest(highest, ticks):
    assert charts.round_ticks(highest) == ticks


@pytest.mark.parametrize(("share", "shown"), [(0.9312, "0.9312"), (0.0012, "0.0012"), (0.00003142, "0.000031"), (0.0000002, "0.00000020"), (0.0, "0.0000")])
def test_a_small_share_shows_two_digits(share, shown):
    assert linkage.small(share) == shown
