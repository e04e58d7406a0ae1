"""Mistakes that people and forms make. Each takes an array of values and the places to spoil, and returns a new array."""

from collections.abc import Callable

import numpy as np

from benchmarks.linkage.population_names import Texts, nicknames
from benchmarks.linkage.population_people import Flags

_KEYS = "QWERTYUIOPASDFGHJKLZXCVBNM"
_SOUNDS = (
    ("PH", "F"),
    ("CK", "K"),
    ("IE", "Y"),
    ("EE", "EA"),
    ("LL", "L"),
    ("SS", "S"),
    ("TH", "T"),
    ("AI", "AY"),
    ("Y", "IE"),
    ("C", "K"),
    ("S", "Z"),
    ("E", "A"),
)
Spoil = Callable[[str, np.random.Generator], str | None]


def spoiled(values: Texts, places: Flags, spoil: Spoil, rng: np.random.Generator) -> Texts:
    """The values with those at `places` spoiled, one after another, so that a seed gives the same mistakes."""
    found = values.copy()
    for at in np.flatnonzero(places).tolist():
        if found[at] is not None:
            found[at] = spoil(found[at], rng)
    return found


def blank(values: Texts, share: float, rng: np.random.Generator) -> Texts:
    """The values with a share of them missing."""
    return np.where(rng.random(len(values)) < share, None, values)


def typing(text: str, rng: np.random.Generator) -> str:
    """A letter left out, doubled by a neighbour, hit wrongly, or two swapped; the first letter seldom."""
    if len(text) < 3:
        return text
    at = int(rng.integers(0 if rng.random() < 0.1 else 1, len(text)))
    key = _KEYS[(_KEYS.find(text[at]) + (1 if rng.random() < 0.5 else -1)) % 26]
    way = int(rng.integers(4))
    if way == 0:
        return text[:at] + text[at + 1 :]
    if way == 1:
        return text[:at] + key + text[at:]
    if way == 2 or at + 1 >= len(text):
        return text[:at] + key + text[at + 1 :]
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def hearing(text: str, rng: np.random.Generator) -> str:
    """Written as it sounds."""
    fitting = [pair for pair in _SOUNDS if pair[0] in text[1:]]
    if not fitting:
        return typing(text, rng)
    old, new = fitting[int(rng.integers(len(fitting)))]
    return text[0] + text[1:].replace(old, new, 1)


def nickname(text: str, rng: np.random.Generator) -> str:
    """The everyday form, or the first letters where there is none."""
    return nicknames().get(text) or (text[:3] if len(text) > 5 and rng.random() < 0.3 else text)


def initial(text: str, rng: np.random.Generator) -> str:
    """The first letter alone."""
    return text[:1]


def date_mistake(text: str, rng: np.random.Generator) -> str:
    """A date (yyyy-mm-dd) with day and month swapped, a digit wrong, a year off, or 1 January; always a real date."""
    year, month, day = int(text[:4]), int(text[5:7]), int(text[8:])
    way = rng.random()
    if way < 0.25 and day <= 12:
        month, day = day, month
    elif way < 0.5:
        day = int(np.clip(day + rng.choice((-10, -1, 1, 10)), 1, 28))
    elif way < 0.7:
        month = 1 + (month + int(rng.integers(0, 11))) % 12
        day = min(day, 28)
    elif way < 0.92:
        year += int(rng.choice((-10, -1, 1, 10)))
        day = min(day, 28)
    else:
        month, day = 1, 1
    return f"{year:04d}-{month:02d}-{day:02d}"
