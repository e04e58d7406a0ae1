"""One chunk of the borough as it is in life, before any partner looks at it."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from pipelines.synthetic import calendar, dwellings, lives, people, structures
from pipelines.synthetic.frame import Array, Columns, Rng, Steady, length, texts
from pipelines.synthetic.people import Span


@dataclass(frozen=True, slots=True)
class Borough:
    """Some thousands of people with their households, homes and lives."""

    number: int
    people: Columns
    households: Columns
    dwellings: Columns
    lives: lives.Lives
    terms: list[calendar.Term]
    as_of: date
    delivered: date
    span: Span
    last_postcode: int

    def home(self, rng: Rng, person: Array, stale: float, day: Array | None = None) -> Array:
        """The dwelling a source believes each person lives in.

        A share of households has not told it of the last move, and of the others a person here and there; nobody tells before moving.
        """
        household = self.people["household"][person]
        previous = self.households["previous_dwelling"][household]
        old = (rng.random(length(self.households)) < stale)[household] | (rng.random(len(person)) < 0.03)
        if day is not None:
            old |= day < self.households["moved_day"][household]
        return np.asarray(np.where((previous >= 0) & old, previous, self.households["dwelling"][household]))


@dataclass(frozen=True, slots=True)
class Start:
    """Where a chunk's numbering begins, so that no two chunks share a person, a household, a postcode or a UPRN."""

    number: int = 0
    person: int = 1
    household: int = 1
    postcode: int = 0
    dwelling: int = 0

    def after(self, chunk: Borough) -> "Start":
        """Where the next chunk begins."""
        return Start(
            self.number + 1,
            self.person + length(chunk.people),
            self.household + length(chunk.households),
            chunk.last_postcode,
            self.dwelling + length(chunk.dwellings),
        )


def borough(rng: Rng, count: int, start: Start, as_of: date, delivered: date, span: Span) -> Borough:
    """A chunk of so many people. Each step has a random stream of its own, so that what a later week adds disturbs nothing else."""
    streams = rng.spawn(4)
    households = structures.households(streams[0], count)
    households["household_id"] = texts([f"H{start.household + i:07d}" for i in range(length(households))])
    persons = people.people(streams[1], households, as_of, span, start.person)
    homes, last_postcode = dwellings.dwellings(streams[2], households, as_of, span, start.postcode, start.dwelling)
    terms = calendar.all_terms(span.drawn, span.after, as_of, delivered) if isinstance(rng, Steady) else calendar.terms(as_of, delivered)
    facts = lives.lives(streams[3], persons, households, terms, as_of, delivered, span)
    return Borough(start.number, persons, households, homes, facts, terms, as_of, delivered, span, last_postcode)
