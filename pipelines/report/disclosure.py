"""Disclosure control: small counts are held back before a table leaves those who may see people."""

from collections.abc import Callable, Collection, Iterator, Sequence

# Counts from 1 to 4 could point at somebody; the Office for National Statistics and the Department for Education use like limits.
SMALL = 5

_WHOLLY = 1e-9
"""How far the length of a unit vector's part within the equations may fall short of 1, for rounding: what is not settled falls short by far more."""

Equation = dict[int, int]


def in_words(count: int | None) -> str:
    """A count for a page: held-back ones say so."""
    return "held back" if count is None else f"{count:,}"


def held_back(counts: Sequence[int], equations: Sequence[Equation], besides: Collection[int] = ()) -> set[int]:
    """Places of the counts to hold back so that no held-back one can be reckoned from those told.

    Nor may one sum tell that each of several is 1. A count that the equations tell even with every other one held back, as of the only area with
    anybody, is held back and takes nothing with it.

    Args:
        counts: Every count that may be told.
        equations: What is known to hold between them: the coefficients, by place, of a sum whose value is known.
        besides: Places held back whatever their count.
    """
    held = {place for place, count in enumerate(counts) if 0 < count < SMALL} | set(besides)
    told_anyway = _reckoned(held | {place for place, count in enumerate(counts) if count > 0}, equations)
    while added := _more(counts, equations, held, told_anyway):
        held |= added
    return held


def fewest_held_back(counts: Sequence[int], equations: Sequence[Equation], besides: Collection[int] = ()) -> set[int]:
    """As `held_back`, with as few places as can be found from above: all are held back at first, then told again one by one as long as that is safe.

    What is left cannot spare a place. Three orders are tried, since which is told first decides how many are left; the fewest count, then the
    smallest counts. It takes a decomposition a place, so it is for tables of some hundred cells.
    """
    protected = {place for place, count in enumerate(counts) if 0 < count < SMALL} | set(besides)
    everything = protected | {place for place, count in enumerate(counts) if count > 0}
    if not protected:
        return set()
    unavoidable = _told(counts, equations, everything, protected)
    in_equations = {place: sum(place in equation for equation in equations) for place in everything}
    orders: tuple[Callable[[int], tuple[int, int]], ...] = (
        lambda place: (-counts[place], place),
        lambda place: (in_equations[place], -counts[place]),
        lambda place: (-in_equations[place], -counts[place]),
    )
    found = [_without_spare(counts, equations, everything, protected, unavoidable, sorted(everything - protected, key=order)) for order in orders]
    return min(found, key=lambda held: (len(held), sum(counts[place] for place in held)))


def _without_spare(
    counts: Sequence[int], equations: Sequence[Equation], everything: set[int], protected: set[int], unavoidable: set[int], order: Sequence[int]
) -> set[int]:
    held = set(everything)
    for place in order:
        if _told(counts, equations, held - {place}, protected) <= unavoidable:
            held.remove(place)
    return held


def _told(counts: Sequence[int], equations: Sequence[Equation], held: set[int], protected: set[int]) -> set[int]:
    """The protected places whose count follows while these are held back, from the equations together or from one sum of ones alone."""
    told = _reckoned(held, equations) & protected
    for equation in equations:
        if _is_plain(counts, equation, held - told):
            told |= equation.keys() & held & protected
    return told


def _more(counts: Sequence[int], equations: Sequence[Equation], held: set[int], told_anyway: set[int]) -> set[int]:
    """The next counts to hold back; none when nothing held back follows from the rest. Sums that tell by themselves come first."""
    unknown = held - told_anyway
    plain = [equation for equation in equations if _is_plain(counts, equation, unknown) and _has_spare(counts, [equation], held)]
    if plain:
        return {_smallest(counts, plain, held)}
    added: set[int] = set()
    for place in sorted(_reckoned(held, equations) - told_anyway, key=lambda place: (counts[place], place)):
        about = [equation for equation in equations if place in equation]
        if not any(equation.keys() & added for equation in about):
            added |= {_smallest(counts, about, held) if _has_spare(counts, about, held) else _smallest(counts, equations, held)}
    return added


def _is_plain(counts: Sequence[int], equation: Equation, unknown: set[int]) -> bool:
    """Whether one sum by itself tells: of a single hidden count, or of several that are 1 each, as zeros are shown."""
    hidden = equation.keys() & unknown
    return len(hidden) == 1 or (len({equation[place] for place in hidden}) == 1 and sum(counts[place] for place in hidden) == len(hidden))


def _smallest(counts: Sequence[int], equations: Sequence[Equation], held: set[int]) -> int:
    return min(_spare(counts, equations, held), key=lambda place: (counts[place], place))


def _has_spare(counts: Sequence[int], equations: Sequence[Equation], held: set[int]) -> bool:
    return next(_spare(counts, equations, held), None) is not None


def _spare(counts: Sequence[int], equations: Sequence[Equation], held: set[int]) -> Iterator[int]:
    """The counts in these equations that may still be held back: zeros point at nobody."""
    return (place for equation in equations for place in equation if place not in held and counts[place] > 0)


def _reckoned(held: set[int], equations: Sequence[Equation]) -> set[int]:
    """Held-back places whose count the equations settle: those whose unit vector lies in the span of the equations' held-back parts.

    One singular value decomposition tells of all of them: its right vectors are a basis of the span, and a unit vector within it keeps its whole length.
    """
    import numpy as np

    places = sorted(held & {place for equation in equations for place in equation})
    if not places:
        return set()
    at = {place: n for n, place in enumerate(places)}
    known = np.zeros((len(equations), len(places)))
    for row, equation in enumerate(equations):
        for place in equation.keys() & at.keys():
            known[row, at[place]] = equation[place]
    _, sizes, basis = np.linalg.svd(known, full_matrices=False)
    within = basis[sizes > sizes[0] * max(known.shape) * np.finfo(float).eps]
    return {place for place, length in zip(places, (within**2).sum(axis=0), strict=True) if length > 1 - _WHOLLY}
