"""What the truth says of a run, the same for every tool: pairs at the default and at the best threshold, and clusters by B-cubed."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from matching import evaluation
from matching.evaluation import Scores


@dataclass(frozen=True)
class Quality:
    """Shares between 0 and 1. `at_default` and `best` judge scored pairs, `by_cluster` all pairs inside clusters, `b_cubed` records inside clusters."""

    true_pairs: int
    scored_pairs: int
    scored_true_pairs: int
    at_default: Scores
    best: Scores
    best_threshold: float
    by_cluster: Scores
    b_cubed: Scores
    calibration_error: float


def quality(folder: Path, records: Path, threshold: float, *, across_sources: bool = False) -> Quality:
    """Judge `pairs.parquet` and `clusters.parquet` against the records' person_id; with `across_sources` a pair within one source is neither true nor false."""
    truth = pl.read_parquet(records, columns=["record_id", "source", "person_id"])
    pairs = _labelled(folder / "pairs.parquet", truth, across_sources=across_sources)
    total = true_pairs(truth, across_sources=across_sources)
    weight = pairs["weight"].to_numpy()
    is_true = pairs["is_true"].to_numpy()
    accepted = pairs["match_probability"].to_numpy() >= threshold
    best, at = best_scores(weight, is_true, total)
    found = truth.join(pl.read_parquet(folder / "clusters.parquet").select("record_id", found="person_id"), on="record_id", how="left")
    found = found.with_columns(pl.col("found").cast(pl.String).fill_null(pl.col("record_id")))
    labels = found["found"].to_numpy(), found["person_id"].to_numpy()
    return Quality(
        total,
        len(pairs),
        int(is_true.sum()),
        scores(int((accepted & is_true).sum()), int(accepted.sum()), total),
        best,
        at,
        evaluation.pair_scores(*labels),
        evaluation.b_cubed(*labels),
        calibration_error(pairs["match_probability"].to_numpy(), is_true),
    )


def true_pairs(truth: pl.DataFrame, *, across_sources: bool) -> int:
    """Pairs of records of one person."""

    def pairs_by(*columns: str) -> int:
        size = pl.col("len").cast(pl.Int64)
        return int(truth.group_by(columns).len().select((size * (size - 1) // 2).sum()).item())

    return pairs_by("person_id") - (pairs_by("person_id", "source") if across_sources else 0)


def scores(right: int, found: int, total: int) -> Scores:
    """Precision and recall from counts; a share of nothing is 1."""
    return Scores(right / found if found else 1.0, right / total if total else 1.0)


def best_scores(weight: NDArray[np.float64], is_true: NDArray[np.bool_], total: int) -> tuple[Scores, float]:
    """The scores at the threshold, chosen in hindsight, that gives the best F1; and that threshold. Pairs of one weight stand or fall together."""
    if not len(weight):
        return scores(0, 0, total), 0.0
    order = np.argsort(-weight, kind="stable")
    ranked = weight[order]
    right = np.cumsum(is_true[order])
    last = np.flatnonzero(np.append(ranked[1:] != ranked[:-1], True))
    f1 = 2 * right[last] / (last + 1 + total)
    at = last[int(np.argmax(f1))]
    return scores(int(right[at]), int(at) + 1, total), float(ranked[at])


def calibration_error(probability: NDArray[np.float64], is_true: NDArray[np.bool_], lowest: float = 0.2, bins: int = 10) -> float:
    """Expected calibration error: how far off a probability is, over pairs of at least `lowest` in bins of one width.

    Pairs below are left out since nearly all are told apart with certainty: they would hide the error of the rest.
    """
    judged = probability >= lowest
    if not judged.any():
        return 0.0
    place = np.minimum((probability[judged] * bins).astype(int), bins - 1)
    size = np.bincount(place, minlength=bins)
    gap = np.abs(np.bincount(place, probability[judged], bins) - np.bincount(place, is_true[judged], bins))
    return float(gap.sum() / size.sum())


def _labelled(path: Path, truth: pl.DataFrame, *, across_sources: bool) -> pl.DataFrame:
    """Scored pairs with a weight to rank by and whether they are one person."""
    columns = pl.scan_parquet(path).collect_schema().names()
    weight = pl.col("match_weight" if "match_weight" in columns else "match_probability").cast(pl.Float64).round(9).alias("weight")
    pairs = pl.read_parquet(path, columns=[c for c in ("record_id_l", "record_id_r", "match_weight", "match_probability") if c in columns])
    for side in "lr":
        of_side = truth.select(
            pl.col("record_id").alias(f"record_id_{side}"), pl.col("person_id").alias(f"person_{side}"), pl.col("source").alias(f"source_{side}")
        )
        pairs = pairs.join(of_side, on=f"record_id_{side}", how="left")
    if across_sources:
        pairs = pairs.filter(pl.col("source_l") != pl.col("source_r"))
    return pairs.select("match_probability", weight, (pl.col("person_l") == pl.col("person_r")).fill_null(value=False).alias("is_true"))
