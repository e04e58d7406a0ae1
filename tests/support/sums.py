"""What sums tell of the parts that are hidden: Gauss-Jordan over exact fractions, apart from the product's own reckoning."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import TypeVar

Cell = TypeVar("Cell", bound=Hashable)


def settled(hidden: Sequence[Cell], lines: Iterable[Mapping[Cell, int]]) -> set[Cell]:
    """The hidden cells whose value follows from the lines, each the coefficients of a sum whose value is known."""
    matrix = [row for row in ([Fraction(line.get(cell, 0)) for cell in hidden] for line in lines) if any(row)]
    pivot = 0
    for column in range(len(hidden)):
        found = next((r for r in range(pivot, len(matrix)) if matrix[r][column]), None)
        if found is None:
            continue
        matrix[pivot], matrix[found] = matrix[found], matrix[pivot]
        matrix[pivot] = [value / matrix[pivot][column] if value else value for value in matrix[pivot]]
        matrix = [row if r == pivot or not row[column] else _less(row, row[column], matrix[pivot]) for r, row in enumerate(matrix)]
        pivot += 1
    return {hidden[row.index(1)] for row in matrix if sum(value != 0 for value in row) == 1 and 1 in row}


def _less(row: list[Fraction], times: Fraction, other: list[Fraction]) -> list[Fraction]:
    return [a - times * b if b else a for a, b in zip(row, other, strict=True)]
