"""Lets people's answers on pairs correct a trained model, as fixed responsibilities in one step of EM over all candidate pairs.

Reviewed pairs are the doubtful ones, so their levels counted alone would teach that one person's records mostly differ. Here every candidate pair counts
with the model's own responsibility, and a pattern that was answered with the answers beside it (Nigam et al. 2000 for EM with few labels). What changes
between this step with and without the answers is what the model's probabilities are changed by: without answers it stays exactly as it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import log2

import numpy as np
from numpy.typing import NDArray

from matching import weights
from matching.comparison import ComparedField
from matching.model import FieldModel, Model

Floats = NDArray[np.float64]

# What the model says of a pattern counts as so many answers.
MODEL_ANSWERS = 4.0
_FOLDS = 5
_SUREST = 1e-6
_RAREST = 1e-7


@dataclass(frozen=True, slots=True)
class Label:
    """A pair's pattern of levels, and whether people said that it is one person."""

    pattern: int
    is_same: bool


@dataclass(frozen=True, slots=True)
class Candidates:
    """Patterns of all candidate pairs with their counts, what is compared, and how many records there are."""

    patterns: list[int]
    counts: Floats
    fields: tuple[ComparedField, ...]
    record_count: int


def corrected(model: Model, candidates: Candidates, labels: Sequence[Label]) -> Model:
    """The model with m of every field, and the share of matches, moved by the labels."""
    posterior = probabilities(model, candidates)
    answered = _answered(posterior, candidates.patterns, labels)
    before, after = posterior * candidates.counts, answered * candidates.counts
    ratio = float(after.sum() / before.sum()) if before.sum() else 1.0
    fields = {f.name: _moved(model.fields[f.name], f, candidates, before, after) for f in candidates.fields}
    return replace(model, fields=model.fields | fields, matches_per_record=round(model.matches_per_record * ratio, 6))


def probabilities(model: Model, candidates: Candidates) -> Floats:
    """Probability of one person by pattern, before a name's rarity is looked at."""
    weighed = weights.pattern_weights(candidates.patterns, model, candidates.fields, candidates.record_count)
    logs = np.array([(w.log_match, w.log_household, w.log_unrelated) for w in weighed]).reshape(-1, 3)
    shares = np.exp2(logs - logs.max(axis=1, initial=-np.inf, keepdims=True))
    return np.asarray(shares[:, 0] / shares.sum(axis=1))


def figures(model: Model, candidates: Candidates, labels: Sequence[Label], link_probability: float) -> dict[str, float | int]:
    """How a model does on labels: the share on the right side of the threshold, and the loss in bits (0 is perfect, 1 is a coin)."""
    of_pattern = dict(zip(candidates.patterns, probabilities(model, candidates).tolist(), strict=True))
    right, loss = 0, 0.0
    for label in labels:
        probability = min(max(of_pattern[label.pattern], _SUREST), 1 - _SUREST)
        right += (probability >= link_probability) == label.is_same
        loss -= log2(probability if label.is_same else 1 - probability)
    count = max(len(labels), 1)
    return {"label_count": len(labels), "right_share": round(right / count, 4), "loss_bits": round(loss / count, 4)}


def held_out(model: Model, candidates: Candidates, labels: Sequence[Label], link_probability: float) -> dict[str, float | int]:
    """As `figures` after correction, each fifth of the labels judged by a model that the other four corrected: what new answers will see."""
    totals = {"right_share": 0.0, "loss_bits": 0.0}
    for fold in range(_FOLDS):
        kept, judged = [label for n, label in enumerate(labels) if n % _FOLDS != fold], labels[fold::_FOLDS]
        found = figures(corrected(model, candidates, kept), candidates, judged, link_probability)
        for name in totals:
            totals[name] += float(found[name]) * len(judged)
    return {"label_count": len(labels), **{name: round(total / max(len(labels), 1), 4) for name, total in totals.items()}}


def _answered(posterior: Floats, patterns: list[int], labels: Sequence[Label]) -> Floats:
    """The responsibility of each pattern with its answers beside the model's view."""
    place = {pattern: n for n, pattern in enumerate(patterns)}
    same, all_ = np.zeros(len(patterns)), np.zeros(len(patterns))
    for label in labels:
        all_[place[label.pattern]] += 1
        same[place[label.pattern]] += label.is_same
    return np.asarray((MODEL_ANSWERS * posterior + same) / (MODEL_ANSWERS + all_))


def _moved(part: FieldModel, field: ComparedField, candidates: Candidates, before: Floats, after: Floats) -> FieldModel:
    levels = np.array([field.level(pattern) for pattern in candidates.patterns])
    seen = [np.bincount(levels, weights=mass, minlength=len(part.m) + 1)[1:] + 1.0 for mass in (before, after)]
    moved = np.array(part.m) * (seen[1] / seen[1].sum()) / (seen[0] / seen[0].sum())
    return replace(part, m=tuple(round(max(float(p), _RAREST), 9) for p in moved / moved.sum()))
