"""Disclosure control: small counts are held back before a table leaves those who may see people."""

from collections.abc import Collection, Sequence

# Counts from 1 to 4 could point at somebody; the Office for National Statistics and the Department for Education use like limits.
SMALL = 5


def in_words(count: int | None) -> str:
    """A count for a page: held-back ones say so."""
    return "held back" if count is None else f"{count:,}"


def held_back(counts: Sequence[int], equations: Sequence[dict[int, int]], besides: Collection[int] = ()) -> set[int]:
    """Places of the counts to hold back so that no held-back one can be reckoned from those told.

    Args:
        counts: Every count that may be told.
        equations: What is known to hold between them: the coefficients, by place, of a sum whose value is known.
        besides: Places held back whatever their count.
    """
    held = {place for place, count in enumerate(counts) if 0 < count < SMALL} | set(besides)
    while told := _reckoned(held, equations):
        spare = {place for equation in equations if told & equation.keys() for place in equation if place not in held and counts[place] > 0}
        if not spare:
            spare = {place for place, count in enumerate(counts) if place not in held and count > 0}
        if not spare:
            return held  # nothing more to hold back: what is left is told by the total alone
        held.add(min(spare, key=lambda place: (counts[place], place)))
    return held


def _reckoned(held: set[int], equations: Sequence[dict[int, int]]) -> set[int]:
    """Held-back places whose count the equations settle: those whose unit vector lies in the span of the equations' held-back parts."""
    import numpy as np

    places = sorted(held)
    if not places:
        return set()
    known = np.array([[equation.get(place, 0) for place in places] for equation in equations], dtype=float).reshape(len(equations), len(places))
    rank = np.linalg.matrix_rank(known)
    units = np.eye(len(places))
    return {place for n, place in enumerate(places) if np.linalg.matrix_rank(np.vstack([known, units[n]])) == rank}
