"""How well found groups agree with true ones: pairs (precision, recall, F1) and B-cubed, each from two arrays of labels."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Counts = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Scores:
    """Shares between 0 and 1."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall; 0 when both are."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    def as_dict(self) -> dict[str, float]:
        """Rounded, for reports."""
        return {"precision": round(self.precision, 5), "recall": round(self.recall, 5), "f1": round(self.f1, 5)}


def pair_scores(found: ArrayLike, true: ArrayLike) -> Scores:
    """Of the pairs that share a found label, how many share a true one, and the reverse.

    The arrays hold one label an item in the same order. Pairs are counted from the table of label against label, never listed,
    so the work grows with the items. Without a pair to judge a share is 1: nothing was got wrong.
    """
    both, by_found, by_true = _table(found, true)
    common = _pairs(both).sum()
    return Scores(_share(common, _pairs(by_found).sum()), _share(common, _pairs(by_true).sum()))


def b_cubed(found: ArrayLike, true: ArrayLike) -> Scores:
    """B-cubed (Bagga and Baldwin 1998): each item's share of its found group that is truly with it, and the reverse, over all items."""
    found_code, true_code = _codes(found), _codes(true)
    cell, size = np.unique(_cells(found_code, true_code), return_inverse=True, return_counts=True)[1:]
    together = size[cell]
    return Scores(_mean(together / np.bincount(found_code)[found_code]), _mean(together / np.bincount(true_code)[true_code]))


def within(labels: ArrayLike, source: ArrayLike) -> NDArray[np.int64]:
    """Labels that items of one source alone share, for a linkage that compares nothing else."""
    return _cells(_codes(labels), _codes(source))


def pair_scores_across(found: ArrayLike, true: ArrayLike, source: ArrayLike) -> Scores:
    """As `pair_scores`, over the pairs of items of two sources."""
    everywhere, at_home = _table(found, true), _table(within(found, source), within(true, source))
    common, of_found, of_true = (_pairs(all_counts).sum() - _pairs(own).sum() for all_counts, own in zip(everywhere, at_home, strict=True))
    return Scores(_share(common, of_found), _share(common, of_true))


def b_cubed_across(found: ArrayLike, true: ArrayLike, source: ArrayLike) -> Scores:
    """As `b_cubed`, where an item's group is itself and the items of other sources."""
    found_code, true_code = _codes(found), _codes(true)
    both = _cells(found_code, true_code)
    sizes = [_size(labels) - _size(within(labels, source)) + 1 for labels in (both, found_code, true_code)]
    return Scores(_mean(sizes[0] / sizes[1]), _mean(sizes[0] / sizes[2]))


def _size(labels: ArrayLike) -> NDArray[np.int64]:
    """How many items have each item's label."""
    codes = _codes(labels)
    return np.bincount(codes)[codes]


def item_recall(found: ArrayLike, true: ArrayLike) -> NDArray[np.float64]:
    """Each item's own B-cubed recall, so that groups of items (by origin of name, say) can be compared."""
    found_code, true_code = _codes(found), _codes(true)
    cell, size = np.unique(_cells(found_code, true_code), return_inverse=True, return_counts=True)[1:]
    return np.asarray(size[cell] / np.bincount(true_code)[true_code], dtype=np.float64)


def _codes(labels: ArrayLike) -> NDArray[np.int64]:
    return np.asarray(np.unique(np.asarray(labels), return_inverse=True)[1], dtype=np.int64)


def _cells(found: NDArray[np.int64], true: NDArray[np.int64]) -> NDArray[np.int64]:
    if len(found) != len(true):
        raise ValueError(f"{len(found)} found labels stand against {len(true)} true ones")
    return found * (int(true.max(initial=0)) + 1) + true


def _table(found: ArrayLike, true: ArrayLike) -> tuple[Counts, Counts, Counts]:
    """Items by both labels, by the found and by the true."""
    found_code, true_code = _codes(found), _codes(true)
    return np.unique(_cells(found_code, true_code), return_counts=True)[1], np.bincount(found_code), np.bincount(true_code)


def _pairs(counts: Counts) -> Counts:
    wide = counts.astype(np.int64)
    return wide * (wide - 1) // 2


def _share(part: Any, whole: Any) -> float:
    return float(part / whole) if whole else 1.0


def _mean(values: Counts) -> float:
    return float(values.mean()) if len(values) else 1.0
