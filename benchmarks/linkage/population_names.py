"""Name stock of the benchmark's population: commonest first, with a long tail made of place-name parts.

Apart from the product's own lists on purpose.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Texts = NDArray[np.object_]

ORIGINS = ("british", "south_asian", "other")


@dataclass(frozen=True)
class Stock:
    """Names and how likely each is."""

    names: Texts
    shares: NDArray[np.float64]

    def draw(self, rng: np.random.Generator, count: int) -> Texts:
        """Independent draws."""
        return self.names[rng.choice(len(self.names), size=count, p=self.shares)]


def _stock(listed: list[str], skew: float) -> Stock:
    weight = 1.0 / np.arange(2, len(listed) + 2) ** skew
    return Stock(np.array(listed, dtype=object), weight / weight.sum())


@cache
def names() -> dict[str, list[str]]:
    """The lists of names.txt by their heading."""
    found: dict[str, list[str]] = {}
    current: list[str] = []
    for line in (Path(__file__).parent / "names.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            current = found.setdefault(line.strip("[]"), [])
        elif not line.startswith("#"):
            current += line.split()
    return found


@cache
def nicknames() -> dict[str, str]:
    """Everyday form of a forename."""
    return dict(pair.split(":") for pair in names()["nicknames"])


def surnames(variety: float = 1.0) -> dict[str, Stock]:
    """Surnames by origin; `variety` is the share of the long tail that is used."""
    tail = [stem + ending for ending in names()["surnames endings"] for stem in names()["surnames stems"]]
    british = names()["surnames british"] + tail[: int(len(tail) * variety)]
    return {
        "british": _stock(british, 0.75),
        "south_asian": _stock(names()["surnames south_asian"], 0.9),
        "other": _stock(names()["surnames other"], 0.6),
    }


def forenames(generation: int) -> dict[tuple[str, str], Stock]:
    """Forenames by origin and sex as one generation liked them: each generation has favourites of its own among the same names."""
    rng = np.random.default_rng(900 + generation)
    found = {}
    for origin in ORIGINS:
        for sex in "MF":
            known = names()[f"forenames {origin} {sex}"]
            liked = np.argsort(np.arange(len(known)) + rng.normal(0, len(known) / 4, len(known)), kind="stable")
            found[origin, sex] = _stock([known[place] for place in liked], 0.85)
    return found
