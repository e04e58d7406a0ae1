"""Disclosure control: small counts are held back before a table leaves those who may see people."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from pipelines.report import feasible

# Counts from 1 to 4 could point at somebody; the Office for National Statistics and the Department for Education use like limits.
SMALL = 5

_WHOLLY = 1e-9
"""How far the length of a unit vector's part within the equations may fall short of 1, for rounding: what is not settled falls short by far more."""

Equation = Mapping[int, int]


@dataclass(frozen=True)
class Printed:
    """What is settled about places before anything is held back.

    Those known anyhow, those in the sums that no table prints, what each counts, and those the table is read for: held back with others only where no
    other can be.
    """

    always: frozenset[int] = frozenset()
    never: frozenset[int] = frozenset()
    kinds: Mapping[int, str] | None = None
    wanted: frozenset[int] = frozenset()


_PLAIN = Printed()


def in_words(count: int | None) -> str:
    """A count for a page: held-back ones say so."""
    return "held back" if count is None else f"{count:,}"


def held_back(counts: Sequence[int], equations: Sequence[Equation], besides: Collection[int] = (), *, about: Printed | None = None) -> set[int]:
    """Places of the counts to hold back so that no small one is told, and none can be narrowed down to one value by all sums together.

    What tells a count is found as the equations that bound it; the smallest count that these leave told is held back with it. Zeros point at nobody:
    one is held back only where nothing else can be. A count that is told even so, as of an authority's only district, takes nothing with it.

    Args:
        counts: Every count that may be told.
        equations: What is known to hold between them: the coefficients, by place, of a sum whose value is known.
        besides: Places held back whatever their count.
        about: Which places are told whatever their count, and which no table prints.
    """
    printed = about or Printed()
    protected = ({place for place, count in enumerate(counts) if 0 < count < SMALL} | set(besides)) - printed.always
    system = feasible.System(counts, equations, printed.never, printed.kinds)
    held = protected | printed.never
    held |= _beside_single_ones(system, held, printed)
    return _widened(system, held, protected, printed) - printed.never


def _widened(system: feasible.System, held: Collection[int], protected: Collection[int], printed: Printed = _PLAIN) -> set[int]:
    """These with what else must be held back so that each protected count can be one of several."""
    wide, open_ones = set(held), set(protected)
    while found := list(feasible.pinned(system, wide, open_ones)):
        added: set[int] = set()
        for place, proof in found:
            parts = [[system.equations[k] for k in part] for part in proof]
            if any(equation.keys() & added for part in parts for equation in part):
                continue
            spares = [spare for part in parts if (spare := _spare_in(system.counts, part, {*wide, *printed.always}, printed.wanted)) is not None]
            added |= set(spares[:1])
            open_ones -= set() if spares else {place}
        wide |= added
    return wide


def _beside_single_ones(system: feasible.System, held: set[int], printed: Printed) -> set[int]:
    """What sums with one hidden count, or with hidden ones of 1 each, need beside them: seen without a programme, which saves most of these."""
    added: set[int] = set()
    seen = held - system.unprinted
    waiting = True
    while waiting:
        waiting = False
        for equation in system.equations:
            if equation.keys() & seen and _is_plain(system.counts, equation, held | added):
                spares = [place for place in equation if system.counts[place] > 0 and place not in held | added and place not in printed.always]
                if spares:
                    added.add(min(spares, key=lambda place: (place in printed.wanted, system.counts[place], place)))
                    seen |= added
                    waiting = True
    return added


def _spare_in(counts: Sequence[int], equations: Sequence[Equation], taken: Collection[int], wanted: Collection[int] = ()) -> int | None:
    """The smallest count of these equations that may still be held back, a wanted one after the others; a zero where there is no other."""
    spares = {place for equation in equations for place in equation} - set(taken)
    return min(spares, key=lambda place: (counts[place] == 0, place in wanted, counts[place], place), default=None)


def fewest_held_back(counts: Sequence[int], equations: Sequence[Equation], besides: Collection[int] = ()) -> set[int]:
    """As `held_back`, with as few places as can be found from above: all are held back at first, then told again one by one as long as that is safe.

    What is left cannot spare a place; then more is held back where all sums together still narrow a count down to one value. Three orders are tried,
    since which is told first decides how many are left; the fewest count, then the smallest counts. It takes a decomposition a place, so it is for
    tables of some hundred cells.
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
    fewest = min(found, key=lambda held: (len(held), sum(counts[place] for place in held)))
    return _narrowed(feasible.System(counts, equations), fewest, protected)


def _narrowed(system: feasible.System, fewest: set[int], protected: set[int]) -> set[int]:
    """These and what else must be held back, less whatever that makes needless."""
    held = _widened(system, fewest, protected)
    if held != fewest:
        unavoidable = {place for place, _ in feasible.pinned(system, held, protected)}
        for place in sorted(held - protected, key=lambda place: -system.counts[place]):
            if {found for found, _ in feasible.pinned(system, held - {place}, protected)} <= unavoidable:
                held.remove(place)
    return held


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


def _is_plain(counts: Sequence[int], equation: Equation, unknown: set[int]) -> bool:
    """Whether one sum by itself tells: of a single hidden count, or of several that are 1 each, as zeros are shown."""
    hidden = equation.keys() & unknown
    return len(hidden) == 1 or (len({equation[place] for place in hidden}) == 1 and sum(counts[place] for place in hidden) == len(hidden))


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
