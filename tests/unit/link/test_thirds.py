"""What three pairs among three records say together: the algebra behind the weight of a third record."""

from math import log2

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom, hypergeom

from matching.thirds import overlap_weights, together

bits = st.floats(-20, 20, allow_nan=False).map(lambda x: round(x, 3))
three = st.lists(bits, min_size=3, max_size=3)


def said(m: list[list[float]], h: list[list[float]]) -> dict[str, float]:
    """One combination of own, near and far pair, each a list of fields."""
    return {name: float(value[0]) for name, value in together(np.array(m)[:, None, :], np.array(h)[:, None, :]).items()}


def test_a_third_record_that_says_the_same_as_one_of_two_adds_nothing_but_its_own_tie():
    own = [5.0, -3.0, 0.0]
    found = said([own, [8.0, 9.0, 4.0], own], [[1.0, 2.0, 0.5], [7.0, 7.0, 7.0], [1.0, 2.0, 0.5]])
    assert found["all_one"] == sum(own) + 21
    assert found["beside_near"] == 3.5


def test_what_only_two_of_three_records_say_counts_once():
    assert said([[0.0], [0.0], [-9.0]], [[0.0], [0.0], [0.1]])["all_one"] == -9
    assert said([[0.0], [0.0], [14.0]], [[0.0], [0.0], [3.0]])["all_one"] == 14


@given(three, three)
def test_it_does_not_matter_which_wing_is_looked_at_first(m: list[float], h: list[float]):
    one = said([[x] for x in m], [[x] for x in h])
    other = said([[m[0]], [m[2]], [m[1]]], [[h[0]], [h[2]], [h[1]]])
    assert one["all_one"] == pytest.approx(other["all_one"])
    if len(set(m)) == 3:
        assert one["beside_own"] == pytest.approx(other["beside_own"])
        assert one["beside_near"] == pytest.approx(other["beside_far"])


def test_two_mistakes_are_not_held_against_a_person_three_times():
    """Susan, Suan and Sue: the third pair is as unlike as the two mistakes make it."""
    assert said([[6.0], [5.0], [-6.0]], [[-4.0], [-4.0], [0.1]])["all_one"] == 11


def test_sources_that_hold_both_speak_against_one_person_and_the_more_the_more():
    weight = {(left, right, both): bits for left, right, both, bits in overlap_weights(4, 0.05)}
    assert weight[1, 1, 1] < 0 < weight[1, 1, 0]
    assert weight[3, 3, 3] < weight[3, 3, 2] < weight[2, 2, 1] < weight[2, 2, 0]


@given(st.integers(2, 8), st.floats(0.001, 0.3))
def test_what_sources_share_never_speaks_for_one_person(sources: int, same: float):
    assert all(bits <= 0 for *_, both, bits in overlap_weights(sources, same) if both)


@pytest.mark.parametrize(("sources", "same"), [(1, 0.2), (4, 0.1), (5, 0.03), (12, 0.5), (14, 0.2)])
def test_overlaps_weigh_as_scipys_distributions_say(sources, same):
    for left, right, both, bits in overlap_weights(sources, same):
        few = min(left, right)
        one = binom.pmf(both, few, min(max(left, right) * same, 0.5))
        expected = log2(one / hypergeom.pmf(both, sources, left, right))
        assert bits == pytest.approx(min(expected, 0.0 if both else 60.0), abs=1e-9)
