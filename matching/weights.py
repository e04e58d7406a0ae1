"""What each pattern of levels weighs under a model (Fellegi and Sunter 1969), the household class beside the two classical ones."""

from dataclasses import dataclass
from math import log2

import numpy as np
from numpy.typing import NDArray

from matching.comparison import UNSEEN, ComparedField, levels_in_words
from matching.model import Model

Floats = NDArray[np.float64]

# A housemate of one's own whole name is mostly a parent or child named alike, and so of one's own sex as well.
_INHERITED = ("surname", "sex")

# Namesakes of one household are of other generations, so that their dates agree by chance only.
_BORN = ("birth_date", "year")


@dataclass(frozen=True, slots=True)
class PatternWeight:
    """A pattern's log2 joint probability with each class, and its levels and weights in words."""

    pattern: int
    log_match: float
    log_household: float
    log_unrelated: float
    levels: str
    weights: str


def pattern_weights(patterns: list[int], model: Model, fields: tuple[ComparedField, ...], record_count: int) -> list[PatternWeight]:
    """One weight a pattern; a missing field adds nothing to any class."""
    priors = [log2(share) for share in model.priors(record_count)]
    return [_pattern_weight(pattern, model, fields, priors) for pattern in patterns]


def _pattern_weight(pattern: int, model: Model, fields: tuple[ComparedField, ...], priors: list[float]) -> PatternWeight:
    match, household, unrelated = priors
    parts = [f"prior={match - unrelated:+.1f}"]
    is_namesake = all(field.level(pattern) == field.exact for field in fields if field.kind.name in ("forename", "surname"))
    for field in fields:
        level = field.level(pattern)
        if level:
            part = model.fields[field.name]
            m, h, u = part.m[level - 1], part.h[level - 1], part.u[level - 1]
            if is_namesake and field.kind.name in _INHERITED:
                h = max(h, m)
            if is_namesake and field.kind.name in _BORN:
                h = min(h, u)
            match, household, unrelated = match + log2(m), household + log2(h), unrelated + log2(u)
            parts.append(f"{field.name}={log2(m / u):+.1f}")
    return PatternWeight(pattern, match, household, unrelated, levels_in_words(pattern, fields), "; ".join(parts))


def pattern_bounds(patterns: list[int], model: Model, fields: tuple[ComparedField, ...], record_count: int) -> list[tuple[int, float, float]]:
    """For patterns seen at a glance: the most that log2 odds of match, and of household, against unrelated can come to."""
    match, household, unrelated = (log2(share) for share in model.priors(record_count))
    best = {field.name: _best(model, field) for field in fields}
    rows = []
    for pattern in patterns:
        levels = [(field.name, field.level(pattern)) for field in fields]
        odds = [best[name][level] for name, level in levels if level]
        rows.append((pattern, match - unrelated + sum(m for m, _ in odds), household - unrelated + sum(h for _, h in odds)))
    return rows


def field_weights(patterns: NDArray[np.uint64], model: Model, fields: tuple[ComparedField, ...]) -> tuple[Floats, Floats]:
    """Pattern x field: log2 of m and of h against u, 0 where a side is missing; an unseen level weighs the most that it can."""
    odds = np.zeros((2, len(patterns), len(fields)))
    for place, field in enumerate(fields):
        by_level = np.zeros((2, UNSEEN + 1))
        for level, pair in _best(model, field).items():
            by_level[:, level] = pair
        odds[:, :, place] = by_level[:, (patterns >> np.uint64(field.shift)).astype(np.int64) & UNSEEN]
    return odds[0], odds[1]


def _best(model: Model, field: ComparedField) -> dict[int, tuple[float, float]]:
    """log2 of m and of h against u by level; an unseen level may be any but the exact one, or say nothing, as a surname swapped with the forename does."""
    part = model.fields[field.name]
    odds = {level: (log2(m / u), log2(h / u)) for level, (m, h, u) in enumerate(zip(part.m, part.h, part.u, strict=True), start=1)}
    if field.kind.name == "company":
        # Company says nothing after all where the two dwellings are one.
        return odds | {UNSEEN: (max(0.0, *(m for m, _ in odds.values())), max(0.0, *(h for _, h in odds.values())))}
    others = [(0.0, 0.0), *(pair for level, pair in odds.items() if level != field.exact)]
    return odds | {UNSEEN: (max(m for m, _ in others), max(h for _, h in others))}
