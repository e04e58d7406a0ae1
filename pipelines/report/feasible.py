"""Which held-back counts the told ones pin: the least and the most a count can be, from every sum together, by linear programming."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Equation = Mapping[int, int]
Proof = tuple[list[int], list[int]]

# A count is safe when at least two whole numbers are possible.
WIDE = 1
_NEAR = 1e-6
# Far beyond what matters, and it keeps every programme bounded.
_FAR = 10_000
# Each attempt looks at all counts at once in other directions; what none of them shows to be free is looked at by itself.
_ATTEMPTS = 8


@dataclass(frozen=True)
class System:
    """What a reader of the tables holds in hand.

    Args:
        counts: Every count, told or not.
        equations: Sums known to hold between them: coefficients by place, adding up to nothing or to a number that is known.
        unprinted: Places that no table has; a reader does not know whether such a count is zero.
        kinds: What each place counts; a zero held back raises doubt of the counts of its kind, or without kinds of those in its sums.
    """

    counts: Sequence[int]
    equations: Sequence[Equation]
    unprinted: frozenset[int] = frozenset()
    kinds: Mapping[int, str] | None = None


def pinned(system: System, held: Collection[int], protected: Collection[int]) -> Iterator[tuple[int, Proof]]:
    """The protected counts with one possible value while these are held back, each with the equations that bound it from above and from below.

    A held-back count is known to be 1 or more, as zeros are told, except among counts of which a zero is held back too.
    """
    places = sorted({*held, *system.unprinted})
    wanted = sorted(set(protected) & set(places))
    if not wanted:
        return
    programme = _Programme(system, places)
    for place in programme.unmoved(wanted):
        (highest, above), (lowest, below) = programme.bound(place, -1), programme.bound(place, 1)
        if highest - lowest < WIDE - _NEAR:
            yield place, (above, below)


class _Programme:
    """The sums over the held-back counts, as a matrix."""

    def __init__(self, system: System, places: Sequence[int]) -> None:
        import numpy as np
        from scipy.sparse import coo_array

        at = {place: n for n, place in enumerate(places)}
        cells = [(k, at[place], times) for k, equation in enumerate(system.equations) for place, times in equation.items() if place in at]
        rows, columns, times = zip(*cells, strict=True) if cells else ((), (), ())
        shape = (len(system.equations), len(places))
        self.at, self.truth = at, np.array([system.counts[place] for place in places], dtype=float)
        self.matrix = coo_array((np.array(times, dtype=float), (rows, columns)), shape=shape).tocsr()
        self.sums = self.matrix @ self.truth
        self.bounds = np.column_stack((self._least(system, places), self.truth + _FAR))

    def _least(self, system: System, places: Sequence[int]) -> Any:
        import numpy as np

        zeros = {place for place in places if system.counts[place] == 0} - system.unprinted
        if system.kinds is None:
            doubtful = zeros | {place for equation in system.equations if not zeros.isdisjoint(equation) for place in equation}
        else:
            kinds = {system.kinds.get(place) for place in zeros}
            doubtful = {place for place in places if system.kinds.get(place) in kinds}
        return np.array([0.0 if place in doubtful or place in system.unprinted else 1.0 for place in places])

    def unmoved(self, wanted: Sequence[int]) -> list[int]:
        """Those of the wanted places that no attempt moved far enough to show that they are free."""
        import numpy as np

        draw = np.random.default_rng(len(wanted))
        columns = np.array([self.at[place] for place in wanted])
        least, most = self.truth.copy(), self.truth.copy()
        for _ in range(_ATTEMPTS):
            still = columns[most[columns] - least[columns] < WIDE - _NEAR]
            if not len(still):
                break
            towards = np.zeros(len(self.truth))
            towards[still] = draw.choice((-1.0, 1.0), len(still)) * draw.uniform(0.5, 1.5, len(still))
            found = self._solved(towards).x
            least, most = np.minimum(least, found), np.maximum(most, found)
        return [place for place, column in zip(wanted, columns, strict=True) if most[column] - least[column] < WIDE - _NEAR]

    def bound(self, place: int, sign: int) -> tuple[float, list[int]]:
        """The most (sign -1) or the least (1) the count can be, and the places of the equations that say so."""
        import numpy as np

        towards = np.zeros(len(self.truth))
        towards[self.at[place]] = sign
        found = self._solved(towards)
        return sign * found.fun, [int(k) for k in np.flatnonzero(np.abs(found.eqlin.marginals) > _NEAR)]

    def _solved(self, towards: Any) -> Any:
        from scipy.optimize import linprog

        found = linprog(towards, A_eq=self.matrix, b_eq=self.sums, bounds=self.bounds, method="highs")
        if found.status != 0:  # The true counts are a solution, so that this is a fault of the solver and no table may be told.
            raise ArithmeticError(f"the tables' counts could not be bounded: {found.message}")
        return found
