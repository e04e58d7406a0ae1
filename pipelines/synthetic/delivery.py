"""What a partner delivers: rows in the contract's columns, who stands in each, and which rows must be refused."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from pipelines.synthetic.frame import Array, Columns, Rng, length, own, take

_DELIVERED_TWICE = 0.006
Spoiler = str | None | Callable[[Any, Rng], Any]


@dataclass(frozen=True, slots=True)
class Appearance:
    """The person (an index; -1 for none) and the name as written that stand in each row in one role."""

    role: str
    person: Array
    name: Array


@dataclass(frozen=True, slots=True)
class Rows:
    """One source's rows for one chunk. `facts` says what each row states, for the truth about what the records can show."""

    source: str
    values: Columns
    appearances: tuple[Appearance, ...]
    facts: Columns
    is_fatal: Array
    is_duplicate: Array

    @property
    def count(self) -> int:
        """Number of rows."""
        return length(self.values)

    @property
    def is_accepted(self) -> Array:
        """Rows that must be accepted: neither unreadable nor delivered before."""
        return np.asarray(~self.is_fatal & ~self.is_duplicate)

    def at(self, index: Array) -> "Rows":
        """The rows of that index in that order; of a row that comes twice the later one is the duplicate."""
        first = np.zeros(len(index), dtype=bool)
        first[np.unique(index, return_index=True)[1]] = True
        seen = tuple(Appearance(a.role, a.person[index], a.name[index]) for a in self.appearances)
        duplicate = self.is_duplicate[index] | ~first
        return Rows(self.source, take(self.values, index), seen, take(self.facts, index), self.is_fatal[index], duplicate)


def rows(source: str, values: Columns, appearances: tuple[Appearance, ...], facts: Columns) -> Rows:
    """Rows that are all well."""
    well = np.zeros(length(values), dtype=bool)
    return Rows(source, values, appearances, facts, well, well.copy())


def spoiled(rng: Rng, good: Rows, share: float, ways: dict[str, Spoiler]) -> Rows:
    """A share of the rows made unreadable in one of the ways: a column with a value, or a function on its value, that no reader can accept."""
    rng = own(rng)
    columns, values, fatal = list(ways), dict(good.values), good.is_fatal.copy()
    for column in columns:
        values[column] = values[column].copy()
    for i in np.flatnonzero(rng.random(good.count) < share):
        column = columns[int(rng.integers(len(columns)))]
        how, value = ways[column], values[column][i]
        if callable(how) and not value:
            continue
        values[column][i] = how(value, rng) if callable(how) else how
        fatal[i] = True
    return replace(good, values=values, is_fatal=fatal)


def shuffled(rng: Rng, ordered: Rows) -> Rows:
    """The rows in a partner's order, a share of them delivered twice, to the letter."""
    again = np.flatnonzero(rng.random(ordered.count) < _DELIVERED_TWICE)
    return ordered.at(rng.permutation(np.concatenate([np.arange(ordered.count), again])))
