"""What each pattern of levels weighs under a model (Fellegi and Sunter 1969), the household class beside the two classical ones."""

from dataclasses import dataclass
from math import log2

from matching.comparison import ComparedField, levels_in_words
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


def pattern_weights(patterns: list[int], model: Model, fields: tuple[ComparedField, ...], record_count: int) -> list[PatternWeight]:
    """One weight a pattern; a missing field adds nothing to any class."""
    priors = [log2(share) for share in model.priors(record_count)]
    return [_pattern_weight(pattern, model, fields, priors) for pattern in patterns]


def _pattern_weight(pattern: int, model: Model, fields: tuple[ComparedField, ...], priors: list[float]) -> PatternWeight:
    match, household, unrelated = priors
    parts = [f"prior={match - unrelated:+.1f}"]
    for field in fields:
        level = field.level(pattern)
        if level:
            part = model.fields[field.name]
            m, h, u = part.m[level - 1], part.h[level - 1], part.u[level - 1]
            match, household, unrelated = match + log2(m), household + log2(h), unrelated + log2(u)
            parts.append(f"{field.name}={log2(m / u):+.1f}")
    return PatternWeight(pattern, match, household, unrelated, levels_in_words(pattern, fields), "; ".join(parts))
