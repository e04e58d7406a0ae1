"""Scores over all thresholds, and calibration."""

import numpy as np
import pytest

from matching import pair_evaluation as pairs

WEIGHT = np.array([9.0, 9.0, 3.0, -2.0])
PROBABILITY = np.array([0.99, 0.99, 0.9, 0.2])
COUNT = np.array([1.0, 2.0, 1.0, 1.0])
TRUE = np.array([1.0, 2.0, 0.0, 1.0])


def test_pairs_of_one_weight_stand_or_fall_together():
    points = pairs.curve(WEIGHT, PROBABILITY, COUNT, TRUE, 5)
    assert [(p.match_weight, p.precision, p.recall) for p in points] == [(9, 1, 0.6), (3, 0.75, 0.6), (-2, 0.8, 0.8)]


def test_the_best_threshold_is_the_one_with_the_best_f1():
    assert pairs.best(pairs.curve(WEIGHT, PROBABILITY, COUNT, TRUE, 5)).match_weight == -2


def test_at_a_probability_all_pairs_at_or_above_it_count():
    points = pairs.curve(WEIGHT, PROBABILITY, COUNT, TRUE, 5)
    assert pairs.at_probability(points, 0.9, 5).precision == 0.75
    assert pairs.at_probability(points, 0.999, 5).recall == 0
    assert pairs.at_probability(points, 0.999, 5).match_weight is None


def test_nothing_to_judge_has_no_best():
    nothing = np.empty(0)
    assert pairs.curve(nothing, nothing, nothing, nothing, 0) == []
    assert pairs.best([]) is None
    assert pairs.calibration(nothing, nothing, nothing) == ([], 0.0)
    assert pairs.thinned([]) == []


def test_calibration_compares_what_was_said_with_what_is():
    bins, error = pairs.calibration(np.array([0.85, 0.85, 0.05]), np.array([4.0, 6.0, 90.0]), np.array([4.0, 5.0, 0.0]))
    assert [(b.lower, b.pair_count, b.share_true) for b in bins] == [(0.0, 90, 0.0), (0.8, 10, 0.9)]
    assert error == pytest.approx((0.05 * 90 + 0.05 * 10) / 100)


def test_a_thinned_curve_keeps_its_ends():
    points = pairs.curve(np.arange(500.0), np.linspace(0, 1, 500), np.ones(500), np.ones(500), 500)
    assert len(pairs.thinned(points, 20)) == 20
    assert pairs.thinned(points, 20)[0] == points[0]
    assert pairs.thinned(points, 20)[-1] == points[-1]
