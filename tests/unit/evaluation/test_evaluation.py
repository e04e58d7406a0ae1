"""Pairs and B-cubed against their definitions, counted the slow way."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.evaluation import Scores, b_cubed, item_recall, pair_scores

labelled = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=1, max_size=30)


def columns(items: list[tuple[int, int]]) -> tuple[list[int], list[int]]:
    return [a for a, _ in items], [b for _, b in items]


@given(labelled)
def test_pairs_are_counted_as_if_listed(items: list[tuple[int, int]]):
    pairs = list(combinations(items, 2))
    found = [(a, b) for a, b in pairs if a[0] == b[0]]
    true = [(a, b) for a, b in pairs if a[1] == b[1]]
    both = [(a, b) for a, b in pairs if a == b]
    scores = pair_scores(*columns(items))
    assert scores.precision == pytest.approx(len(both) / len(found) if found else 1)
    assert scores.recall == pytest.approx(len(both) / len(true) if true else 1)


@given(labelled)
def test_b_cubed_is_the_mean_over_items(items: list[tuple[int, int]]):
    precision = [sum(b == item for b in items) / sum(b[0] == item[0] for b in items) for item in items]
    recall = [sum(b == item for b in items) / sum(b[1] == item[1] for b in items) for item in items]
    scores = b_cubed(*columns(items))
    assert scores.precision == pytest.approx(np.mean(precision))
    assert scores.recall == pytest.approx(np.mean(recall))
    assert item_recall(*columns(items)) == pytest.approx(recall)


@given(labelled)
def test_names_of_groups_do_not_matter(items: list[tuple[int, int]]):
    found, true = columns(items)
    assert b_cubed([f"g{n}" for n in found], true) == b_cubed(found, true)
    assert pair_scores(found, true).precision == pytest.approx(pair_scores(true, found).recall)


def test_the_published_example_of_b_cubed():
    """Bagga and Baldwin 1998: {1-5}, {6,7}, {8-C} found as {1-5}, {6-C}."""
    true = [1] * 5 + [2] * 2 + [3] * 5
    found = [1] * 5 + [2] * 7
    scores = b_cubed(found, true)
    assert scores.precision == pytest.approx(16 / 21)
    assert scores.recall == 1


def test_perfect_groups_score_one():
    assert pair_scores(["a", "a", "b"], [1, 1, 2]) == b_cubed(["a", "a", "b"], [1, 1, 2]) == Scores(1, 1)


def test_columns_of_two_lengths_are_refused():
    with pytest.raises(ValueError, match="3 found labels stand against 2 true ones"):
        b_cubed([1, 2, 3], [1, 2])


def test_f1_of_nothing_right_is_nothing():
    assert Scores(0, 0).f1 == 0
    assert Scores(0.5, 1).as_dict() == {"precision": 0.5, "recall": 1, "f1": 0.66667}
