"""What the benchmark says of a run, on runs small enough to count by hand."""

from pathlib import Path

import numpy as np
import polars as pl
import pytest

from benchmarks.linkage.quality import best_scores, calibration_error, quality

PEOPLE = {"a1": "A", "a2": "A", "a3": "A", "b1": "B", "b2": "B", "c1": "C"}


def a_run(folder: Path, pairs: list[tuple[str, str, float]], clusters: dict[str, str]) -> Path:
    sources = {record: "two" if record == "a3" else "one" for record in PEOPLE}
    records = folder / "records.parquet"
    pl.DataFrame({"record_id": list(PEOPLE), "source": list(sources.values()), "person_id": list(PEOPLE.values())}).write_parquet(records)
    pl.DataFrame(pairs, schema=["record_id_l", "record_id_r", "match_probability"], orient="row").write_parquet(folder / "pairs.parquet")
    pl.DataFrame({"record_id": list(clusters), "person_id": list(clusters.values())}).write_parquet(folder / "clusters.parquet")
    return records


PAIRS = [("a1", "a2", 0.99), ("a1", "a3", 0.7), ("b1", "c1", 0.9), ("b1", "b2", 0.4)]
CLUSTERS = {"a1": "1", "a2": "1", "a3": "2", "b1": "3", "c1": "3"}


def test_pairs_are_judged_at_the_default_and_at_the_best_threshold(tmp_path):
    found = quality(tmp_path, a_run(tmp_path, PAIRS, CLUSTERS), 0.8)
    assert (found.true_pairs, found.scored_pairs, found.scored_true_pairs) == (4, 4, 3)
    assert (found.at_default.precision, found.at_default.recall) == (0.5, 0.25)
    assert (found.best.precision, found.best.recall) == (0.75, 0.75)
    assert found.best_threshold == 0.4


def test_clusters_are_judged_with_records_left_out_as_singletons(tmp_path):
    found = quality(tmp_path, a_run(tmp_path, PAIRS, CLUSTERS), 0.8)
    assert (found.by_cluster.precision, found.by_cluster.recall) == (0.5, 0.25)
    assert found.b_cubed.precision == pytest.approx((1 + 1 + 1 + 0.5 + 1 + 0.5) / 6)
    assert found.b_cubed.recall == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 0.5 + 0.5 + 1) / 6)


def test_between_sources_only_a_pair_within_one_counts_neither_way(tmp_path):
    found = quality(tmp_path, a_run(tmp_path, PAIRS, CLUSTERS), 0.8, across_sources=True)
    assert (found.true_pairs, found.scored_pairs, found.scored_true_pairs) == (2, 1, 1)


def test_pairs_of_one_weight_stand_or_fall_together():
    best, threshold = best_scores(np.array([3.0, 2.0, 2.0, 2.0]), np.array([True, True, False, False]), 2)
    assert (best.precision, best.recall, threshold) == (1.0, 0.5, 3.0)


def test_without_pairs_nothing_is_found():
    best, _ = best_scores(np.array([]), np.array([], dtype=bool), 3)
    assert (best.precision, best.recall) == (1.0, 0.0)


def test_a_probability_that_means_what_it_says_has_no_calibration_error():
    right = np.array([True] * 9 + [False])
    assert calibration_error(np.full(10, 0.9), right) == pytest.approx(0)
    assert calibration_error(np.full(10, 0.9), ~right) == pytest.approx(0.8)


def test_pairs_that_nobody_would_link_do_not_hide_a_calibration_error():
    assert calibration_error(np.array([0.9, 0.0, 0.0, 0.0]), np.array([False] * 4)) == pytest.approx(0.9)
