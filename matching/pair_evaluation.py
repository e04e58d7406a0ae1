"""How well scored pairs agree with the truth: precision and recall over all thresholds, and whether probabilities mean what they say."""

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.evaluation import Scores

Floats = NDArray[np.float64]

# Bounds of the reliability table's bins; finer at the top, where decisions are made.
_BOUNDS = np.array([0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1.0])


@dataclass(frozen=True, slots=True)
class Point:
    """A threshold on the match weight, and the scores of the pairs at or above it."""

    match_weight: float | None
    """None where nothing reaches the threshold: JSON knows no infinity."""
    match_probability: float
    precision: float
    recall: float
    f1: float


@dataclass(frozen=True, slots=True)
class Bin:
    """Pairs whose probability lies in one bin: how many, the mean probability, and the share that is one person."""

    lower: float
    upper: float
    pair_count: int
    mean_probability: float
    share_true: float


def curve(weight: Floats, probability: Floats, count: Floats, true: Floats, true_total: float) -> list[Point]:
    """A point for each different weight, highest first.

    Args:
        weight: match weight by pair or group of pairs of one weight.
        probability: match probability beside it.
        count: pairs behind each entry.
        true: pairs of one person among them.
        true_total: pairs of one person in all, found or not.
    """
    order = np.lexsort((probability, -weight))
    weight, probability, found, right = weight[order], probability[order], np.cumsum(count[order]), np.cumsum(true[order])
    last = np.flatnonzero(np.append(weight[1:] != weight[:-1], True)) if len(weight) else np.empty(0, np.int64)
    return [_point(float(weight[i]), float(probability[i]), float(right[i]), float(found[i]), true_total) for i in last]


def _point(weight: float | None, probability: float, right: float, found: float, true_total: float) -> Point:
    scores = Scores(right / found if found else 1.0, right / true_total if true_total else 1.0)
    return Point(None if weight is None else round(weight, 4), round(probability, 6), **scores.as_dict())


def best(points: list[Point]) -> Point | None:
    """The threshold with the best F1, in hindsight; the highest of several."""
    return max(points, key=lambda point: point.f1, default=None)


def at_probability(points: list[Point], threshold: float, true_total: float) -> Point:
    """The scores at a threshold of probability; nothing found when no pair reaches it."""
    reached = [point for point in points if point.match_probability >= threshold]
    return reached[-1] if reached else _point(None, 1.0, 0.0, 0.0, true_total)


def thinned(points: list[Point], number: int = 250) -> list[Point]:
    """So many points at most, evenly spread, the ends kept: enough to draw."""
    if not points:
        return []
    places = np.unique(np.linspace(0, len(points) - 1, min(number, len(points))).astype(int))
    return [points[place] for place in places]


def calibration(probability: Floats, count: Floats, true: Floats) -> tuple[list[Bin], float]:
    """The reliability table, and the expected calibration error: how far the two differ, weighted with the pairs (Naeini et al. 2015)."""
    place = np.clip(np.searchsorted(_BOUNDS, probability, side="right") - 1, 0, len(_BOUNDS) - 2)
    bins = [_bin(float(_BOUNDS[i]), float(_BOUNDS[i + 1]), probability[place == i], count[place == i], true[place == i]) for i in np.unique(place)]
    total = sum(b.pair_count for b in bins)
    error = sum(abs(b.mean_probability - b.share_true) * b.pair_count for b in bins) / total if total else 0.0
    return bins, round(error, 6)


def _bin(lower: float, upper: float, probability: Floats, count: Floats, true: Floats) -> Bin:
    total = count.sum()
    return Bin(lower, upper, int(total), round(float((probability * count).sum() / total), 6), round(float(true.sum() / total), 6))


def as_tree(rows: list[Any]) -> list[dict[str, Any]]:
    """Dataclasses as JSON holds them."""
    return [asdict(row) for row in rows]
