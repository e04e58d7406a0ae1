"""What happens between two weekly deliveries, beyond moves: people part, take names and die, and partners keep what they wrote till they correct it.

Drawn once for a seed, so that each week adds to the last.
"""

import re
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from pipelines.synthetic.borough import Borough
from pipelines.synthetic.delivery import Rows
from pipelines.synthetic.frame import Array, Columns, Rng, length, repeated, stack, take, texts
from pipelines.synthetic.people import days, reference
from pipelines.synthetic.roles import HEAD, PARTNER

# Chances in the year after the borough was drawn.
_SEPARATION, _NEW_NAME, _DEATH, _DEATH_OF_THE_OLD = 0.03, 0.02, 0.004, 0.06
_OLD = 75

_OF_PERSONS = re.compile("name|title|birth|sex|nino|upn|address|postcode|uprn|saon|paon|street")


@dataclass(slots=True)
class Memory:
    """What each partner wrote of whom in the weeks before, by chunk, source, people of the row and how many rows of theirs came before."""

    written_anew: float = 0.01
    """What a partner has written of a person stays as it is from week to week; this share is written anew, an error mended or made."""
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
    day = days(reference(chunk.as_of)) + rng.integers(1, 365, count)
    luck, happened = rng.random((3, count)), day <= days(chunk.as_of) - 7
    age = chunk.people["age"]
    dead = happened & (luck[0] < np.where(age >= _OLD, _DEATH_OF_THE_OLD, _DEATH))
    partner = chunk.people["role"] == PARTNER
    renamed = happened & partner & (luck[1] < _NEW_NAME)
    left = partner & (luck[2] < _SEPARATION)
    people, households, dwellings = _renamed(chunk.people, renamed), *_spare(chunk, int(left.sum()))
    _leave(people, households, np.flatnonzero(left), happened, day, length(chunk.households))
    awards = dict(chunk.lives.awards)
    gone = (awards["partner"] >= 0) & (left & happened)[awards["partner"]]
    awards["partner"] = np.where(gone, -1, awards["partner"])
    return replace(chunk, people=people, households=households, dwellings=dwellings, lives=replace(chunk.lives, awards=awards)), dead


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
