"""What a partner delivers: rows in the contract's columns, who stands in each, and which rows must be refused."""

from dataclasses import dataclass, field

import numpy as np

from pipelines.synthetic.frame import Array, Columns, length, take


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
    is_fatal: Array
    appearances: tuple[Appearance, ...]
    facts: Columns = field(default_factory=dict)

    def at(self, index: Array) -> "Rows":
        """The rows of that index in that order; repeats make duplicates."""
        seen = tuple(Appearance(a.role, a.person[index], a.name[index]) for a in self.appearances)
        return Rows(self.source, take(self.values, index), self.is_fatal[index], seen, take(self.facts, index))

    @property
    def count(self) -> int:
        """Number of rows."""
        return length(self.values)


def spoil(rng: np.random.Generator, rows: Rows, share: float, ways: dict[str, object]) -> None:
    """Make a share of the rows unreadable in one of the ways: column to the value, or the function on the value, that no reader can accept."""
    columns = list(ways)
    for i in np.flatnonzero(rng.random(rows.count) < share):
        column = columns[int(rng.integers(len(columns)))]
        how = ways[column]
        value = rows.values[column][i]
        if callable(how) and not value:
            continue
        rows.values[column][i] = how(value, rng) if callable(how) else how
        rows.is_fatal[i] = True


def shuffled(rng: np.random.Generator, rows: Rows, duplicates: float) -> Rows:
    """The rows in a partner's order, a share of them delivered twice."""
    again = np.flatnonzero(rng.random(rows.count) < duplicates)
    return rows.at(rng.permutation(np.concatenate([np.arange(rows.count), again])))
