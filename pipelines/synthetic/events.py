"""What happens between two weekly deliveries, beyond moves: people part, take names and die, and partners keep what they wrote till they correct it.

Drawn once for a seed, so that each week adds to the last.
"""

import re
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from pipelines.synthetic import calendar, naming
from pipelines.synthetic.borough import Borough
from pipelines.synthetic.delivery import Rows
from pipelines.synthetic.frame import Array, Columns, Rng, choose, length, repeated, stack, take, texts
from pipelines.synthetic.people import Span, days
from pipelines.synthetic.roles import CHILD, HEAD, NOBODY, PARTNER, YEAR
from pipelines.synthetic.structures import LODGER, OUTSIDE

# Chances in a year.
_SEPARATION, _NEW_NAME, _DEATH, _DEATH_OF_THE_OLD, _BIRTH = 0.03, 0.02, 0.004, 0.06, 0.07
_MOTHERS = (18, 43)
_OLD = 75

_OF_PERSONS = re.compile("name|title|birth|sex|nino|upn|address|postcode|uprn|saon|paon|street")


@dataclass(slots=True)
class Memory:
    """What each partner wrote of whom in the weeks before, by chunk, source, people of the row and how many rows of theirs came before."""

    written_anew: float = 0.01
    """What a partner has written of a person stays as it is from week to week; this share is written anew, an error mended or made."""
    span: Span | None = None
    """The time the borough is drawn for; from the last 23 November, for a year, unless given."""
    written: dict[tuple[Any, ...], tuple[Any, ...]] = field(default_factory=dict)

    def kept(self, rng: Rng, chunk: Borough, rows: Rows) -> Rows:
        """The rows with people described as they were, but those whose home or name is another now, and a few."""
        columns = [name for name in rows.values if _OF_PERSONS.search(name)]
        values = dict(rows.values) | {name: np.array(rows.values[name], dtype=object) for name in columns}
        seen = tuple(replace(one, name=np.array(one.name, dtype=object)) for one in rows.appearances)
        state = list(zip(chunk.households["dwelling"][chunk.people["household"]].tolist(), chunk.people["surname"].tolist(), strict=True))
        places: dict[tuple[Any, ...], int] = {}
        people = zip(*(one.person.tolist() for one in rows.appearances), strict=True)
        for row, (who, anew) in enumerate(zip(people, (rng.random(rows.count) < self.written_anew).tolist(), strict=True)):
            places[who] = places.get(who, -1) + 1
            key = (chunk.number, rows.source, who, places[who])
            now = tuple(state[person] for person in who if person >= 0)
            before = self.written.get(key)
            if rows.is_fatal[row]:
                continue
            if before is None or before[0] != now or anew:
                self.written[key] = (now, [values[name][row] for name in columns], [one.name[row] for one in seen])
                continue
            for name, value in zip(columns, before[1], strict=True):
                values[name][row] = value
            for one, text in zip(seen, before[2], strict=True):
                one.name[row] = text
        return replace(rows, values=values, appearances=seen)


def lived_through(rng: Rng, chunk: Borough) -> tuple[Borough, Array]:
    """The chunk with what has happened by its as-of date, and whom has died; the same draws for every week, whatever the week."""
    count = length(chunk.people)
    years = chunk.span.years_after
    day = chunk.span.start + rng.integers(1, chunk.span.after, count)
    luck, happened = rng.random((3, count)), day <= days(chunk.as_of) - 7
    age = chunk.people["age"]
    dead = happened & (luck[0] < years * np.where(age >= _OLD, _DEATH_OF_THE_OLD, _DEATH))
    partner = chunk.people["role"] == PARTNER
    renamed = happened & partner & (luck[1] < _NEW_NAME * years)
    left = partner & (luck[2] < _SEPARATION * years)
    people, households, dwellings = _renamed(chunk.people, renamed), *_spare(chunk, int(left.sum()))
    _leave(people, households, np.flatnonzero(left), happened, day, length(chunk.households))
    people = stack([people, _born(rng, chunk, people)])
    dead = np.concatenate([dead, np.zeros(length(people) - count, dtype=bool)])
    awards = dict(chunk.lives.awards)
    gone = (awards["partner"] >= 0) & (left & happened)[awards["partner"]]
    awards["partner"] = np.where(gone, -1, awards["partner"])
    return replace(chunk, people=people, households=households, dwellings=dwellings, lives=replace(chunk.lives, awards=awards)), dead


def _born(rng: Rng, chunk: Borough, people: Columns) -> Columns:
    """A row for every child born within the span; whose day has not come has no role yet, and is in no file and no truth."""
    lots, day = rng.random(length(people)), chunk.span.start + rng.integers(1, chunk.span.after, length(people))
    structure = chunk.households["structure"][chunk.people["household"]]
    own_home = ~np.isin(structure, (LODGER, OUTSIDE)) & (chunk.households["kind"][chunk.people["household"]] == "private")
    may = own_home & (people["sex"] == "F") & (people["age"] > _MOTHERS[0]) & (people["age"] < _MOTHERS[1]) & np.isin(chunk.people["role"], (HEAD, PARTNER))
    mothers = np.flatnonzero(may & (lots < _BIRTH * chunk.span.years_after))
    count = len(mothers)
    child, is_born = take(people, mothers), day[mothers] <= days(chunk.as_of) - 7
    number = 50_000_000 + chunk.number * 100_000 + np.arange(count)
    child |= {"number": number, "person_id": texts([f"P{n:08d}" for n in number.tolist()]), "birth": day[mothers], "sex": choose(rng, ("F", "M"), count)}
    child |= {"age": (chunk.span.start - day[mothers]) / YEAR, "role": np.full(count, CHILD), "rank": np.full(count, 90), "is_child": is_born}
    child |= {name: repeated(None, count) for name in ("nino", "upn", "middle_names", "former_surname")}
    child |= {name: np.full(count, -1) for name in ("father", "other_household")} | {"is_twin": np.zeros(count, dtype=bool)}
    naming.forenames(rng, child)
    return child | {"role": np.where(is_born, CHILD, NOBODY)}


def by_now(chunk: Borough) -> Borough:
    """The chunk with what is known by its as-of date only, as the truth is told."""
    window = calendar.terms(chunk.as_of, chunk.delivered)
    part = _part(chunk, window)
    school = {name: values[:, part] if values.ndim == 2 else values for name, values in chunk.lives.school.items()}
    known = {name: take(facts, np.flatnonzero(facts["is_told"])) for name, facts in (("police", chunk.lives.police), ("awards", chunk.lives.awards))}
    return replace(chunk, terms=window, lives=replace(chunk.lives, school=school, **known))


def told_by_now(chunk: Borough, rows: Rows) -> Rows:
    """The rows whose facts have come to pass, of the school's those of the terms that a delivery of that day holds."""
    if "is_told" in rows.facts:
        return rows.at(np.flatnonzero(rows.facts["is_told"]))
    if "term" not in rows.facts:
        return rows
    part = _part(chunk, calendar.terms(chunk.as_of, chunk.delivered))
    rows = rows.at(np.flatnonzero((rows.facts["term"] >= part.start) & (rows.facts["term"] < part.stop)))
    return replace(rows, facts=rows.facts | {"term": rows.facts["term"] - part.start})


def _part(chunk: Borough, window: list[calendar.Term]) -> slice:
    first = [(term.academic_year, term.name) for term in chunk.terms].index((window[0].academic_year, window[0].name))
    return slice(first, first + len(window))


def without(rows: Rows, dead: Array) -> Rows:
    """The rows that still come: none in which somebody who has died is the one the row is about."""
    first = rows.appearances[0].person
    others = [a.person for a in rows.appearances if a.role in ("joint_tenant", "household_member", "pupil")]
    lost = np.logical_or.reduce([(person >= 0) & dead[np.maximum(person, 0)] for person in (first, *others)])
    return rows.at(np.flatnonzero(~lost))


def _renamed(people: Columns, whom: Array) -> Columns:
    """They bear the surname of the household's head from now on."""
    head = np.zeros(int(people["household"].max()) + 1, dtype=int)
    index = np.flatnonzero(people["role"] == HEAD)
    head[people["household"][index]] = index
    surname, former = people["surname"].copy(), people["former_surname"].copy()
    changed = whom & (surname != surname[head[people["household"]]])
    former[changed] = surname[changed]
    surname[changed] = surname[head[people["household"]]][changed]
    return dict(people) | {"surname": surname, "former_surname": former}


def _spare(chunk: Borough, count: int) -> tuple[Columns, Columns]:
    """Households and dwellings with a place for everyone who leaves within the year, so that no week's draws differ in number from another's."""
    model = np.zeros(count, dtype=int)
    spare = take(chunk.households, model)
    total = length(chunk.dwellings)
    ids = texts([f"S{chunk.number:03d}{n:04d}" for n in range(count)])
    spare |= {"household_id": ids, "structure": repeated("single", count), "kind": repeated("private", count), "tenure": repeated("private", count)}
    spare |= {"dwelling": total + np.arange(count), "previous_dwelling": np.full(count, -1), "moved_day": np.full(count, -1), "group": np.full(count, -1)}
    own = take(chunk.dwellings, np.arange(count) * 7 % max(total, 1))
    own |= {"saon": repeated(None, count), "paon": texts([str(400 + n) for n in range(count)]), "uprn": repeated(None, count)}
    return stack([chunk.households, spare]), stack([chunk.dwellings, own])


def _leave(people: Columns, households: Columns, whom: Array, happened: Array, day: Array, first: int) -> None:
    """Those who have left by now live alone, at an address of their own."""
    household, role = people["household"].copy(), people["role"].copy()
    spare = first + np.arange(len(whom))
    gone = happened[whom]
    households["previous_dwelling"][spare[gone]] = households["dwelling"][household[whom[gone]]]
    households["moved_day"][spare[gone]] = day[whom[gone]]
    household[whom[gone]], role[whom[gone]] = spare[gone], HEAD
    people |= {"household": household, "role": role}
