"""What a reader of tables can work out: the least and the most each hidden count may be, by two linear programmes a count, apart from the product's own."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import TypeVar

from scipy.optimize import linprog

Cell = TypeVar("Cell", bound=Hashable)


def ranges(told: Mapping[Cell, int | None], lines: Sequence[Mapping[Cell, int]], may_be_zero: frozenset[Cell] = frozenset()) -> dict[Cell, tuple[float, float]]:
    """The range of each hidden count (None), from lines that add up to nothing; hidden counts are 1 or more but for those that may be zero."""
    hidden = [cell for cell, count in told.items() if count is None]
    matrix = [[line.get(cell, 0) for cell in hidden] for line in lines]
    sums = [-sum(times * (told[cell] or 0) for cell, times in line.items() if cell in told) for line in lines]
    limits = [(0 if cell in may_be_zero else 1, 1_000) for cell in hidden]
    found = {}
    for place, cell in enumerate(hidden):
        aim = [float(n == place) for n in range(len(hidden))]
        low, high = (linprog([sign * one for one in aim], A_eq=matrix, b_eq=sums, bounds=limits) for sign in (1, -1))
        found[cell] = (low.fun, -high.fun)
    return found


def pinned(
    counts: Mapping[Cell, int], told: Mapping[Cell, int | None], lines: Sequence[Mapping[Cell, int]], kind: Callable[[Cell], Hashable] | None = None
) -> set[Cell]:
    """The hidden cells of 1 to 4 with one possible value.

    Where a zero is hidden too, counts of its kind, or without kinds those in its sums, may be zero for all that a reader knows.
    """
    zeros = {cell for cell, count in told.items() if count is None and not counts[cell]}
    if kind is None:
        doubtful = zeros | {cell for line in lines if zeros & line.keys() for cell in line}
    else:
        kinds = {kind(cell) for cell in zeros}
        doubtful = {cell for cell in told if kind(cell) in kinds}
    return {cell for cell, (low, high) in ranges(told, lines, frozenset(doubtful)).items() if 0 < counts[cell] < 5 and high - low < 0.5}
