"""From a model to what each pattern weighs (Fellegi and Sunter 1969), with a household class beside match and unrelated."""

from dataclasses import dataclass
from math import log2

from matching.comparison import FIELDS, levels_in_words
from matching.model import Model


@dataclass(frozen=True, slots=True)
class PatternWeight:
    """A pattern's log2 joint probability with each class, and its levels and weights in words."""

    pattern: int
    log_match: float
    log_household: float
    log_unrelated: float
    levels: str
    weights: str


def pattern_weights(patterns: list[int], model: Model, record_count: int) -> list[PatternWeight]:
    """One weight a pattern; a missing field adds nothing to any class."""
    priors = [log2(share) for share in model.priors(record_count)]
    return [_pattern_weight(pattern, model, priors) for pattern in patterns]


def _pattern_weight(pattern: int, model: Model, priors: list[float]) -> PatternWeight:
    match, household, unrelated = priors
    parts = [f"prior={match - unrelated:+.1f}"]
    for field in FIELDS:
        level = field.level(pattern)
        if level:
            part = model.fields[field.name]
            m, h, u = part.m[level - 1], part.h[level - 1], part.u[level - 1]
            match, household, unrelated = match + log2(m), household + log2(h), unrelated + log2(u)
            parts.append(f"{field.name}={log2(m / u):+.1f}")
    return PatternWeight(pattern, match, household, unrelated, levels_in_words(pattern), "; ".join(parts))
