"""Which households there are: their structures, sizes and the disadvantage their members share."""

from dataclasses import dataclass

import numpy as np

from pipelines.synthetic import names
from pipelines.synthetic.frame import Array, Columns, Rng, length, repeated, stack, take, texts, where


@dataclass(frozen=True, slots=True)
class Structure:
    """One kind of household; `children` are the probabilities of 0, 1, 2 ... children."""

    share: float
    partner: float = 0.0
    children: tuple[float, ...] = (1.0,)
    youngest: tuple[float, float] = (0.0, 18.0)
    grandparents: float = 0.0
    need: float = 0.0


LODGER = "lodger"  # a stranger in a family's home
OUTSIDE = "outside"  # lives beyond the borough: a father whom schools name as contact

# Shares of private households; with lone parents about a third of the families with children.
STRUCTURES: dict[str, Structure] = {
    "single": Structure(0.285, need=0.1),
    "couple": Structure(0.205, partner=1.0, need=-0.5),
    "couple_children": Structure(0.185, partner=1.0, children=(0, 0.40, 0.42, 0.13, 0.04, 0.01), need=-0.35),
    "step_family": Structure(0.03, partner=1.0, children=(0, 0.15, 0.40, 0.27, 0.13, 0.05), need=0.55),
    "lone_parent": Structure(0.115, children=(0, 0.48, 0.33, 0.13, 0.045, 0.015), need=0.75),
    "three_generations": Structure(0.022, partner=0.75, children=(0, 0.35, 0.35, 0.2, 0.1), grandparents=1.4, need=0.2),
    "kinship": Structure(0.005, partner=0.45, children=(0, 0.6, 0.3, 0.1), need=0.7),
    "foster": Structure(0.003, partner=0.8, children=(0, 0.5, 0.35, 0.15), need=-0.2),
    LODGER: Structure(0.006, need=0.2),
    "adult_children": Structure(0.085, partner=0.65, children=(0, 0.65, 0.3, 0.05), youngest=(18.0, 36.0), need=0.0),
}
WITH_CHILDREN = ("couple_children", "step_family", "lone_parent", "three_generations", "kinship", "foster", "refuge_family")

_MANY_TROUBLES = 0.115
_OUTSIDERS = 0.24  # for each lone parent

_GROUPS = {  # structure: kind, people a group, share of the population, smallest borough that has one
    "sharer": ("hmo", (3, 4), 0.022, 60),
    "hmo_resident": ("hmo", (5, 10), 0.014, 300),
    "hostel_resident": ("hostel", (20, 40), 0.0016, 1000),
    "care_resident": ("care_home", (28, 50), 0.0045, 1000),
    "refuge_family": ("refuge", (4, 8), 0.0003, 1000),
}


def households(rng: Rng, people: int) -> Columns:
    """Households that hold exactly so many people. `group` numbers those who share a dwelling; -1 for a dwelling of one's own.

    Households of people outside the borough stand at the end and are not counted.
    """
    communal = _communal(rng, people)
    frame = stack([_private(rng, people - int(communal["size"].sum())), communal])
    frame = take(frame, rng.permutation(length(frame)))
    outsiders = _sized(rng, repeated(OUTSIDE, int((frame["structure"] == "lone_parent").sum() * _OUTSIDERS)))
    outsiders["kind"][:] = OUTSIDE
    frame = stack([frame, outsiders])
    count = length(frame)
    frame["community"] = names.communities(rng, count)
    frame["partner_community"] = where(rng.random(count) < 0.93, frame["community"], names.communities(rng, count))
    frame["need"] = _needs(rng, frame["structure"])
    return frame


def _needs(rng: Rng, structure: Array) -> Array:
    """How hard life is there, in standard deviations; in some families everything comes together."""
    base = np.array([STRUCTURES[s].need if s in STRUCTURES else 0.6 for s in structure])
    many = rng.random(len(structure)) < np.where(np.isin(structure, WITH_CHILDREN), _MANY_TROUBLES, 0.02)
    return np.asarray(base + rng.normal(0, 1, len(structure)) + many * rng.uniform(1.2, 3.0, len(structure)))


def _private(rng: Rng, people: int) -> Columns:
    """Private households, drawn until they hold so many people, the last ones single."""
    shares = np.array([s.share for s in STRUCTURES.values()])
    drawn = _sized(rng, texts(list(STRUCTURES))[rng.choice(len(shares), size=people // 2 + 20, p=shares / shares.sum())])
    fits = np.cumsum(drawn["size"]) <= people
    kept = take(drawn, np.flatnonzero(fits))
    singles = _sized(rng, repeated("single", people - int(kept["size"].sum())))
    return stack([kept, singles])


def _communal(rng: Rng, people: int) -> Columns:
    """Groups at one address; each resident, or each family of a refuge, is a household of its own."""
    parts = [_sized(rng, repeated("single", 0))]
    group = 0
    for structure, (kind, (low, high), share, smallest) in _GROUPS.items():
        total = share * people if people >= smallest else 0
        while total > 0:
            size = int(rng.integers(low, high + 1))
            part = _sized(rng, repeated(structure, size))
            part["kind"][:] = kind
            part["group"][:] = group
            group += 1
            total -= int(part["size"].sum())
            parts.append(part)
    return stack(parts)


def _sized(rng: Rng, structure: Array) -> Columns:
    """The counts of each role for households of these structures."""
    count = len(structure)
    frame: Columns = {"structure": structure, "kind": repeated("private", count), "group": np.full(count, -1)}
    frame |= {name: np.zeros(count, dtype=int) for name in ("partners", "children", "grandparents")}
    for name in sorted(set(structure)):
        shape = STRUCTURES["lone_parent" if name == "refuge_family" else "single" if name not in STRUCTURES else name]
        index = np.flatnonzero(structure == name)
        frame["partners"][index] = rng.random(len(index)) < shape.partner
        frame["children"][index] = rng.choice(len(shape.children), size=len(index), p=shape.children)
        frame["grandparents"][index] = np.minimum(rng.poisson(max(shape.grandparents - 1, 0), len(index)), 1) + 1 if shape.grandparents else 0
    frame["size"] = 1 + frame["partners"] + frame["children"] + frame["grandparents"]
    return frame
