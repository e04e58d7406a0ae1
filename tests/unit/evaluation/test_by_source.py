"""Groups judged over the pairs that a link type lets meet, against their definitions, counted the slow way."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.evaluation import b_cubed_across, pair_scores, pair_scores_across, within

Item = tuple[int, int, int]
sourced = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4), st.integers(0, 2)), min_size=1, max_size=30)


def share(part: int, whole: int) -> float:
    return part / whole if whole else 1


def counted(pairs: list[tuple[Item, Item]]) -> tuple[float, float]:
    both = sum(a[:2] == b[:2] for a, b in pairs)
    return share(both, sum(a[0] == b[0] for a, b in pairs)), share(both, sum(a[1] == b[1] for a, b in pairs))


@given(sourced)
def test_pairs_of_two_sources_are_counted_as_if_listed(items: list[Item]):
    scores = pair_scores_across(*zip(*items, strict=True))
    assert (scores.precision, scores.recall) == pytest.approx(counted([(a, b) for a, b in combinations(items, 2) if a[2] != b[2]]))


@given(sourced)
def test_pairs_of_one_source_are_counted_as_if_listed(items: list[Item]):
    found, true, source = zip(*items, strict=True)
    scores = pair_scores(within(found, source), within(true, source))
    assert (scores.precision, scores.recall) == pytest.approx(counted([(a, b) for a, b in combinations(items, 2) if a[2] == b[2]]))


@given(sourced)
def test_b_cubed_across_sources_is_the_mean_over_items_of_themselves_and_those_of_other_sources(items: list[Item]):
    shares = []
    for n, item in enumerate(items):
        others = [other for place, other in enumerate(items) if place == n or other[2] != item[2]]
        both = sum(other[:2] == item[:2] for other in others)
        shares.append((both / sum(other[0] == item[0] for other in others), both / sum(other[1] == item[1] for other in others)))
    scores = b_cubed_across(*zip(*items, strict=True))
    assert (scores.precision, scores.recall) == pytest.approx(tuple(np.mean(shares, axis=0)))
