"""Disclosure control: small counts are held back before a table leaves those who may see people."""

from collections.abc import Collection, Sequence

# Counts from 1 to 4 could point at somebody; the Office for National Statistics and the Department for Education use like limits.
SMALL = 5

# A count's place in a table: row number and column. A line is a set of counts whose sum is known.
Cell = tuple[int, str]
Line = list[Cell]


def suppressed_table(rows: Sequence[dict[str, int]], sums: Sequence[str]) -> list[dict[str, int | None]]:
    """A table of counts by area, held back so that neither a column's total nor a sum within a row tells a small count.

    Args:
        rows: One dict of counts an area, all with the same columns. The total of every column is taken to be known.
        sums: Columns of which the first is the sum of the others in every row.
    """
    held = {(place, name) for place, row in enumerate(rows) for name, count in row.items() if 0 < count < SMALL}
    names = sorted(rows[0] if rows else [], key=lambda name: name in sums[:1])
    columns = [[(place, name) for place in range(len(rows))] for name in names]
    # The sums' own column comes last: once the parts are safe it mostly is as well.
    lines = [*columns[: len(names) - 1], *([(place, name) for name in sums] for place in range(len(rows))), *columns[len(names) - 1 :]]
    while telling := _telling(lines, held, rows):
        # What leaves fewest counts to reckon; among equals a sum rather than a part, then the smallest.
        rank = {
            cell: (len(_telling(lines, held | {cell}, rows)), cell[1] not in sums[:1], rows[cell[0]][cell[1]]) for cell in _still_told(telling[0], held, rows)
        }
        held.add(min(rank, key=lambda cell: (rank[cell], cell)))
    return [{name: None if (place, name) in held else count for name, count in row.items()} for place, row in enumerate(rows)]


def _telling(lines: Sequence[Line], held: set[Cell], rows: Sequence[dict[str, int]]) -> list[Line]:
    """The lines in which one count alone is held back, so that it could be reckoned from the rest."""
    return [line for line in lines if sum(cell in held for cell in line) == 1 and _still_told(line, held, rows)]


def _still_told(line: Line, held: set[Cell], rows: Sequence[dict[str, int]]) -> list[Cell]:
    """What of a line could be held back besides; zeros say that there is nobody, and stay."""
    return [(place, name) for place, name in line if (place, name) not in held and rows[place][name] > 0]


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
