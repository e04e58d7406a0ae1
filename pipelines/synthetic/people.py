"""Who lives in the households: sex, date of birth, names and numbers, as they are in life."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from pipelines.synthetic import identifiers, naming
from pipelines.synthetic.frame import Array, Columns, Rng, length, stack, texts, where
from pipelines.synthetic.roles import CHILD, GRANDPARENT, HEAD, PARTNER, YEAR
from pipelines.synthetic.structures import LODGER, OUTSIDE, STRUCTURES

EPOCH = date(1970, 1, 1)


def days(day: date) -> int:
    """Days since 1970, the form in which the generator keeps dates."""
    return (day - EPOCH).days


@dataclass(frozen=True, slots=True)
class Span:
    """The time a borough is drawn for: as on the day `drawn`, with what happens in so many days `after` it."""

    drawn: date
    after: int = 365

    @classmethod
    def of(cls, as_of: date) -> "Span":
        """From the last 23 November: a later week of the same year sees the same people, a little older."""
        day = date(as_of.year, 11, 23)
        return cls(day if day <= as_of else date(as_of.year - 1, 11, 23))

    @property
    def start(self) -> int:
        """The day `drawn`, in days since 1970."""
        return days(self.drawn)

    @property
    def years_after(self) -> float:
        """The days after in years of 365 days."""
        return self.after / 365


def born_after(as_of: date, years: int) -> int:
    """Whoever was born later than this day is under so many years old at the as-of date."""
    return days(date(as_of.year - years, as_of.month, 28 if (as_of.month, as_of.day) == (2, 29) else as_of.day))


def people(rng: Rng, households: Columns, as_of: date, span: Span, first_person: int) -> Columns:
    """The people of the households, in household order. `household` is an index; `other_household` -1 unless a child is at home in two."""
    fathers = _separate(rng, households)
    frame = _slots(households)
    _ages(rng, frame, households, span.drawn)
    _sexes(rng, frame, households, fathers)
    _father_ages(rng, frame, fathers)
    naming.surnames(rng, frame, households, fathers)
    naming.forenames(rng, frame)
    number = first_person + np.arange(length(frame))
    frame["number"] = number
    frame["person_id"] = texts([f"P{i:08d}" for i in number.tolist()])
    frame["nino"] = where(frame["age"] >= 16, identifiers.ninos(rng, number), None)
    frame["upn"] = identifiers.upns(frame, number)
    frame["is_child"] = frame["birth"] > born_after(as_of, 18)
    frame["father"] = _father_of(frame, fathers)
    shared = (rng.random(len(fathers)) < 0.4) & (fathers >= 0) & (households["kind"][fathers] != OUTSIDE)
    of_child = (frame["role"] == CHILD) & shared[frame["household"]] & (frame["age"] < 18)
    frame["other_household"] = np.where(of_child, fathers[frame["household"]], -1)
    return frame


def _separate(rng: Rng, households: Columns) -> Array:
    """For each lone mother's household, the index of the household in which the children's father lives; -1 when nobody knows him."""
    fathers = np.full(length(households), -1)
    mothers = rng.permutation(np.flatnonzero(households["structure"] == "lone_parent"))
    singles = rng.permutation(np.flatnonzero(households["structure"] == "single"))[: int(len(mothers) * 0.4)]
    homes = np.concatenate([singles, np.flatnonzero(households["structure"] == OUTSIDE)])[: len(mothers)]
    chosen = mothers[: len(homes)]
    fathers[chosen] = homes
    same = rng.random(len(chosen)) < 0.9
    households["community"][homes[same]] = households["community"][chosen[same]]
    return fathers


def _slots(households: Columns) -> Columns:
    """A row a person, in household order, with its role and its rank within the role."""
    index = np.arange(length(households))
    parts: list[Columns] = []
    for role, counts in ((HEAD, 1), (PARTNER, households["partners"]), (CHILD, households["children"]), (GRANDPARENT, households["grandparents"])):
        household = np.repeat(index, counts)
        starts = np.searchsorted(household, household, side="left")
        parts.append({"household": household, "role": np.full(len(household), role), "rank": np.arange(len(household)) - starts})
    frame = stack(parts)
    order = np.lexsort((frame["rank"], frame["role"], frame["household"]))
    return {name: values[order] for name, values in frame.items()}


def _ages(rng: Rng, frame: Columns, households: Columns, at: date) -> None:
    """Ages in years at that date: children from the youngest up, parents from the eldest child, everyone else by structure."""
    household, role, count = frame["household"], frame["role"], length(frame)
    structure = households["structure"]
    age = np.zeros(count)
    low = np.array([STRUCTURES[s].youngest[0] if s in STRUCTURES else 0.0 for s in structure])
    high = np.array([STRUCTURES[s].youngest[1] if s in STRUCTURES else 16.0 for s in structure])
    youngest = low + rng.random(len(structure)) * (high - low)
    gap = np.clip(rng.normal(2.9, 1.2, count), 0.9, 7)
    frame["is_twin"] = (role == CHILD) & (frame["rank"] > 0) & (rng.random(count) < 0.022)
    gap[frame["is_twin"]] = 0
    gap[(role != CHILD) | (frame["rank"] == 0)] = 0
    running = np.cumsum(gap)
    first = np.searchsorted(household, np.arange(len(structure)), side="left")
    child = role == CHILD
    age[child] = (youngest[household] + running - running[first[household]])[child]
    eldest = np.zeros(len(structure))
    np.maximum.at(eldest, household[child], age[child])
    head = np.flatnonzero(role == HEAD)
    age[head] = _head_ages(rng, structure, eldest)
    partner, grandparent = role == PARTNER, role == GRANDPARENT
    head_age = age[head]
    age[partner] = np.clip(head_age[household[partner]] + rng.normal(2, 3.5, partner.sum()), 18.1, 97)
    age[grandparent] = np.clip(head_age[household[grandparent]] + np.clip(rng.normal(26, 4, grandparent.sum()), 17, 42), 38, 99)
    frame["birth"] = np.floor(days(at) - age * YEAR).astype(int)
    frame["age"] = age


def _head_ages(rng: Rng, structure: Array, eldest: Array) -> Array:
    count = len(structure)
    age = np.clip(eldest + np.clip(rng.normal(26.5, 5.2, count), 16, 43), 18.1, 92)
    old = rng.random(count) < 0.45
    by_structure = {
        "single": np.where(old, np.clip(rng.normal(73, 9, count), 55, 99), rng.uniform(19, 62, count)),
        "couple": np.where(old, np.clip(rng.normal(70, 7, count), 50, 94), rng.uniform(21, 62, count)),
        "sharer": rng.uniform(19, 34, count),
        LODGER: rng.uniform(20, 55, count),
        "hmo_resident": rng.uniform(19, 58, count),
        "hostel_resident": rng.uniform(18.2, 62, count),
        "care_resident": np.clip(rng.normal(85, 6, count), 66, 102),
        "kinship": np.clip(eldest + rng.normal(47, 6, count), 35, 80),
        "foster": rng.uniform(35, 65, count),
    }
    for name, values in by_structure.items():
        age = np.where(structure == name, values, age)
    return np.asarray(age)


def _sexes(rng: Rng, frame: Columns, households: Columns, fathers: Array) -> None:
    """In families the head is the mother; one lone parent in eight is a father, unless the father lives elsewhere."""
    structure = households["structure"]
    count = len(structure)
    female = np.isin(structure, ("couple", "couple_children", "step_family", "three_generations", "adult_children", "foster", "refuge_family"))
    female |= (structure == "lone_parent") & ((rng.random(count) < 0.87) | (fathers >= 0))
    female |= (structure == "kinship") & (rng.random(count) < 0.8)
    female |= (structure == "care_resident") & (rng.random(count) < 0.68)
    female |= np.isin(structure, ("single", "sharer", LODGER)) & (rng.random(count) < 0.48)
    female |= np.isin(structure, ("hmo_resident", "hostel_resident")) & (rng.random(count) < 0.25)
    female[fathers[fathers >= 0]] = False
    household, role = frame["household"], frame["role"]
    own = rng.random(length(frame)) < 0.489
    same_sex = rng.random(count) < 0.02
    sex = np.where(role == HEAD, female[household], own)
    sex = np.where(role == PARTNER, female[household] == same_sex[household], sex)
    sex = np.where(role == GRANDPARENT, frame["rank"] == 0, sex)
    frame["sex"] = np.where(sex, "F", "M").astype(object)


def _father_ages(rng: Rng, frame: Columns, fathers: Array) -> None:
    """A separated father is about as old as the mother."""
    head = np.flatnonzero(frame["role"] == HEAD)
    mothers = np.flatnonzero(fathers >= 0)
    age = np.clip(frame["age"][head[mothers]] + rng.normal(2.5, 3.5, len(mothers)), 18.5, 75)
    shift = ((frame["age"][head[fathers[mothers]]] - age) * YEAR).astype(int)
    frame["birth"][head[fathers[mothers]]] += shift
    frame["age"][head[fathers[mothers]]] = age


def _father_of(frame: Columns, fathers: Array) -> Array:
    """Index of the separated father of each child of a lone mother, -1 when he is not of the borough."""
    head = np.flatnonzero(frame["role"] == HEAD)
    own = fathers[frame["household"]]
    return np.where((frame["role"] == CHILD) & (own >= 0), head[np.maximum(own, 0)], -1)


def date_of_birth_year(birth: Array) -> Array:
    """The academic year a person was born in: September and later count to the next."""
    return np.floor(1970 + (birth - 243) / YEAR).astype(int)
