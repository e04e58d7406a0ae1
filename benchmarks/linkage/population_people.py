"""People in households: ages, names that run in families, twins, marriages with a changed surname, and the addresses they live or lived at."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.linkage.population_names import ORIGINS, Texts, forenames, surnames

Numbers = NDArray[np.int64]
Flags = NDArray[np.bool_]

REFERENCE = np.datetime64("2026-11-01")
# Adults, fewest and most children, fewest and most grandparents, and whether the adults are strangers to one another.
HOUSEHOLDS = {
    "single": (1, 0, 0, 0, 0, False),
    "couple": (2, 0, 0, 0, 0, False),
    "family": (2, 1, 3, 0, 0, False),
    "large_family": (2, 3, 6, 0, 0, False),
    "lone_parent": (1, 1, 4, 0, 0, False),
    "three_generations": (2, 1, 4, 1, 2, False),
    "shared": (4, 0, 0, 0, 0, True),
}


@dataclass(frozen=True)
class Mix:
    """What kind of place: shares of household kinds in the order of HOUSEHOLDS, variety of surnames, and how often things happen."""

    kinds: tuple[float, ...]
    surname_variety: float = 1.0
    twins: float = 0.017
    namesakes: float = 0.02
    like_initials: float = 0.1
    movers: float = 0.22
    married_lately: float = 0.2


@dataclass(frozen=True)
class People:
    """One entry a person in every array."""

    household: Numbers
    sex: Texts
    birth: NDArray[np.datetime64]
    forename: Texts
    middle: Texts
    surname: Texts
    former_surname: Texts
    home: Numbers
    former_home: Numbers
    age: Numbers
    is_sharer: Flags

    def __len__(self) -> int:
        return len(self.household)


def people(count: int, mix: Mix, rng: np.random.Generator) -> People:
    """At least `count` people, cut to it."""
    kind, household, place = _members(count, mix, rng)
    adults = np.array([shape[0] for shape in HOUSEHOLDS.values()])[kind]
    stranger = np.array([shape[5] for shape in HOUSEHOLDS.values()])[kind]
    children = _is_child(kind, household, place)
    elder = ~children & (place >= adults)
    sex, birth = _sexes(household, place, elder | children | stranger, rng), _births(kind, household, place, children, elder, mix, rng)
    age = ((REFERENCE - birth).astype(int) // 365.25).astype(np.int64)
    origin = np.array(ORIGINS, dtype=object)[rng.choice(3, size=household[-1] + 1, p=(0.78, 0.15, 0.07))][household]
    forename = _forenames(origin, sex, age, rng)
    forename = _family_ways(forename, household, place, children, sex, mix, rng)
    surname, former = _surnames(origin, household, place, children, stranger, sex, mix, rng)
    middle = np.where(rng.random(len(sex)) < 0.62, _forenames(origin, sex, age, rng), None)
    home, former_home = _homes(household, stranger, mix, rng)
    return People(household, sex, birth, forename, middle, surname, former, home, former_home, age, stranger)


def _members(count: int, mix: Mix, rng: np.random.Generator) -> tuple[Numbers, Numbers, Numbers]:
    shapes = np.array([shape[:5] for shape in HOUSEHOLDS.values()])
    kinds = rng.choice(len(shapes), size=count, p=np.array(mix.kinds) / sum(mix.kinds))
    size = shapes[kinds, 0] + rng.integers(shapes[kinds, 1], shapes[kinds, 2] + 1) + rng.integers(shapes[kinds, 3], shapes[kinds, 4] + 1)
    households = int(np.searchsorted(np.cumsum(size), count)) + 1
    size = size[:households]
    household = np.repeat(np.arange(households), size)
    place = np.arange(len(household)) - np.repeat(np.cumsum(size) - size, size)
    return kinds[household][:count], household[:count], place[:count]


def _is_child(kind: Numbers, household: Numbers, place: Numbers) -> Flags:
    """Grandparents, where there are any, come last and there is one at most in a small household."""
    shapes = np.array([shape[:5] for shape in HOUSEHOLDS.values()])[kind]
    size = np.bincount(household)[household]
    elders = np.where(shapes[:, 4] > 0, np.where(size > 5, 2, 1), 0)
    return (place >= shapes[:, 0]) & (place < size - elders)


def _sexes(household: Numbers, place: Numbers, free: Flags, rng: np.random.Generator) -> Texts:
    sex = rng.integers(0, 2, len(household))
    second = (place == 1) & ~free & (rng.random(len(household)) < 0.96)
    sex[second] = 1 - sex[np.flatnonzero(second) - 1]
    return np.array(["M", "F"], dtype=object)[sex]


def _births(kind: Numbers, household: Numbers, place: Numbers, children: Flags, elder: Flags, mix: Mix, rng: np.random.Generator) -> NDArray[np.datetime64]:
    """Siblings are twins or at least a year apart; parents are 17 years and more older than the eldest, grandparents 20 and more older than parents."""
    households, count = household[-1] + 1, len(household)
    follows = np.concatenate([[False], children[1:] & children[:-1] & (household[1:] == household[:-1])])
    twin = follows & (rng.random(count) < mix.twins * 2)
    first_child = children & ~follows
    gap = np.where(first_child, rng.random(count) ** 1.5 * 14, np.where(follows & ~twin, 1 + rng.random(count) * 3, 0))
    run = np.cumsum(np.where(children, gap, 0))
    begin = np.zeros(households)
    begin[household[first_child]] = (run - gap)[first_child]
    child_age = run - begin[household]
    eldest = np.zeros(households)
    np.maximum.at(eldest, household[children], child_age[children])
    has_children = np.bincount(household[children], minlength=households) > 0
    base = np.where(has_children, np.maximum(rng.integers(22, 44, households), eldest + 17 + rng.random(households) * 14), rng.integers(19, 90, households))
    adult_age = np.where(place == 0, base[household], np.clip(base[household] + rng.normal(-1, 3, count), eldest[household] + 17, 97))
    adult_age = np.where(np.array([shape[5] for shape in HOUSEHOLDS.values()])[kind], rng.integers(18, 36, count), adult_age)
    adult_age = np.where(elder, np.clip(base[household] + rng.integers(20, 36, count), 40, 99), adult_age)
    days = np.where(children, child_age * 365.25, adult_age * 365.25 + rng.integers(0, 365, count))
    return REFERENCE - np.round(days).astype("timedelta64[D]")


def _forenames(origin: Texts, sex: Texts, age: Numbers, rng: np.random.Generator) -> Texts:
    found = np.empty(len(origin), dtype=object)
    for generation in range(5):
        for (of, given), stock in forenames(generation).items():
            chosen = (np.clip(age // 20, 0, 4) == generation) & (origin == of) & (sex == given)
            found[chosen] = stock.draw(rng, int(chosen.sum()))
    return found


def _family_ways(forename: Texts, household: Numbers, place: Numbers, children: Flags, sex: Texts, mix: Mix, rng: np.random.Generator) -> Texts:
    """Children named after a parent, siblings whose names begin alike, and no two siblings of one name."""
    first = np.arange(len(place)) - place
    after = children & (rng.random(len(place)) < mix.namesakes) & (sex == sex[first])
    forename[after] = forename[first[after]]
    other = np.array([f"{name}" for name in forename], dtype=object)
    before = np.concatenate([[False], children[1:] & children[:-1] & (household[1:] == household[:-1])])
    alike = np.flatnonzero(before & ~after & (rng.random(len(place)) < mix.like_initials))
    by_initial: dict[tuple[str, str], list[str]] = {}
    for name, of in zip(forename.tolist(), sex.tolist(), strict=True):
        by_initial.setdefault((name[0], of), []).append(name)
    for at in alike.tolist():
        pool = by_initial.get((other[at - 1][0], sex[at]), [])
        if pool:
            other[at] = pool[int(rng.integers(len(pool)))]
    by_sex = {of: forename[sex == of] for of in ("M", "F")}
    home, used = -1, set[str]()
    for at in np.flatnonzero(children).tolist():
        if household[at] != home:
            home, used = household[at], set()
        while other[at] in used:
            other[at] = by_sex[sex[at]][int(rng.integers(len(by_sex[sex[at]])))]
        used.add(other[at])
    return other


def _surnames(
    origin: Texts, household: Numbers, place: Numbers, children: Flags, stranger: Flags, sex: Texts, mix: Mix, rng: np.random.Generator
) -> tuple[Texts, Texts]:
    """Surname now and, for who married lately, before."""
    own = np.empty(len(origin), dtype=object)
    for of, stock in surnames(mix.surname_variety).items():
        own[origin == of] = stock.draw(rng, int((origin == of).sum()))
    first = np.arange(len(place)) - place
    married = (place == 1) & ~children & ~stranger & (rng.random(len(place)) < 0.72)
    mothers = np.minimum(first + 1, len(place) - 1)
    shared = np.where(rng.random(household[-1] + 1) < 0.87, 0, 1)[household]
    surname = np.where(married, own[first], own)
    of_mother = np.where(household[mothers] == household, surname[mothers], own[first])
    surname = np.where(children | ((place >= 2) & ~stranger), np.where(shared == 0, own[first], of_mother), surname)
    double = children & (_of_share(0.04, household, rng)) & (own[first] != of_mother)
    surname = np.where(double, own[first] + " " + of_mother, surname)
    lately = married & (sex == "F") & (rng.random(len(place)) < mix.married_lately)
    return surname, np.where(lately, own, None)


def _of_share(share: float, household: Numbers, rng: np.random.Generator) -> Flags:
    return rng.random(household[-1] + 1)[household] < share


def _homes(household: Numbers, stranger: Flags, mix: Mix, rng: np.random.Generator) -> tuple[Numbers, Numbers]:
    """Dwelling now and before (-1: the same for years). Households move as one; sharers, and a few others, alone."""
    households = household[-1] + 1
    dwellings = int(households * 1.2) + 2
    now = rng.permutation(dwellings)[:households]
    before = np.where(rng.random(households) < mix.movers, rng.integers(0, dwellings, households), -1)
    alone = (rng.random(len(household)) < np.where(stranger, 0.5, 0.05)) & (before[household] < 0)
    return now[household], np.where(alone, rng.integers(0, dwellings, len(household)), before[household])
