"""Columns of NumPy arrays, the generator's only container: rows are indices, so that everything stays vectorised."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

Columns = dict[str, Any]
Array = np.ndarray[Any, np.dtype[Any]]
Rng = np.random.Generator


class Steady(np.random.Generator):
    """The stream of a borough that is delivered week after week: what happens to one person must not draw others' lots anew.

    So what has not happened yet is drawn as well and left out at the end (`told`), and steps whose number of draws hangs on what
    they write draw from a stream of their own (`own`). A single delivery, whose stream is a plain one, keeps the bytes it always had.
    """


def own(rng: Rng) -> Rng:
    """A stream for one step alone, where the borough is delivered week after week."""
    return rng.spawn(1)[0] if isinstance(rng, Steady) else rng


def told(rng: Rng, columns: Columns, is_told: Array) -> Columns:
    """What is known by now; in a borough delivered week after week everything, marked, since its rows are chosen at the end."""
    return columns | {"is_told": is_told} if isinstance(rng, Steady) else take(columns, np.flatnonzero(is_told))


def take(columns: Columns, index: Array) -> Columns:
    """The rows of that index, in that order."""
    return {name: values[index] for name, values in columns.items()}


def stack(parts: Sequence[Columns]) -> Columns:
    """The parts' rows one after another; all have the same columns."""
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def length(columns: Columns) -> int:
    """Number of rows."""
    return len(next(iter(columns.values())))


def texts(values: Any) -> Array:
    """An object array, so that text may be missing (None) and may be joined with `+`."""
    return np.array(values, dtype=object)


def repeated(value: str | None, count: int) -> Array:
    """An object array that holds one value."""
    return np.full(count, value, dtype=object)


def zipf(count: int, exponent: float, shift: float = 2.0) -> Array:
    """Probabilities that fall with rank as names' do."""
    weights = 1 / (np.arange(count) + shift) ** exponent
    return np.asarray(weights / weights.sum())


def choose(rng: Rng, values: Sequence[Any], count: int, p: Array | Sequence[float] | None = None) -> Array:
    """`count` draws as an object array."""
    return np.asarray(texts(list(values))[rng.choice(len(values), size=count, p=p)])


def change(rng: Rng, values: Array, share: float, how: Callable[[Any, Rng], Any]) -> Array:
    """A copy in which a share of the filled values went through `how`; Python touches only those."""
    result = values.copy()
    for i in np.flatnonzero(rng.random(len(values)) < share):
        if result[i]:
            result[i] = how(result[i], rng)
    return result


def blank(rng: Rng, values: Array, share: float, by: str | None = None) -> Array:
    """A copy in which a share of the values was replaced by `by`."""
    result = values.copy()
    result[rng.random(len(values)) < share] = by
    return result


def where(mask: Any, then: Any, otherwise: Any) -> Any:
    """`numpy.where` for columns that may hold None, whose type NumPy's own annotation refuses."""
    return np.where(mask, then, otherwise)


def is_filled(values: Array) -> Array:
    """Which values are not None."""
    return np.array([value is not None for value in values.tolist()], dtype=bool)


def joined(*parts: Any) -> Array:
    """Text columns put together, row by row."""
    result = parts[0]
    for part in parts[1:]:
        result = result + (texts(part) if isinstance(part, str) else part)
    return np.asarray(result, dtype=object)
