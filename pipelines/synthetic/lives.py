"""What happens in people's lives: school, police, benefits and rent, drawn so that troubles gather in the same households."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from pipelines.synthetic import school
from pipelines.synthetic.calendar import Term
from pipelines.synthetic.frame import Array, Columns, Rng, choose, repeated, stack, told, where
from pipelines.synthetic.people import Span, days
from pipelines.synthetic.roles import CHILD, HEAD, PARTNER, YEAR
from pipelines.synthetic.structures import LODGER, OUTSIDE
from schemas.extracts.dwp_benefit import BENEFITS_IN_USE

_BEFORE = 1090  # days before the borough was drawn for which incidents are drawn


@dataclass(frozen=True, slots=True)
class Lives:
    """Facts of one chunk: `school` is a row a pupil with a column a term; the others are a row a fact."""

    school: Columns
    police: Columns
    awards: Columns
    accounts: Columns


def lives(rng: Rng, people: Columns, households: Columns, terms: list[Term], as_of: date, delivered: date, span: Span) -> Lives:
    """The facts of everyone's life that partners could know of on the day they deliver."""
    streams = rng.spawn(4)
    return Lives(
        school.school(streams[0], people, households, terms),
        _police(streams[1], people, households, as_of, delivered, span),
        _awards(streams[2], people, households, as_of, span),
        _accounts(streams[3], people, households, as_of, span),
    )


def expit(x: Array) -> Array:
    """The logistic function."""
    return np.asarray(1 / (1 + np.exp(-x)))


def _police(rng: Rng, people: Columns, households: Columns, as_of: date, delivered: date, span: Span) -> Columns:
    """Incidents and crimes of three years with the part each person had in them."""
    age, male = people["age"], people["sex"] == "M"
    need = households["need"][people["household"]]
    temper = rng.normal(0, 0.8, len(age)) + need
    young = np.select([age < 9, age < 26, age < 46, age < 61], [-99.0, 1.0, 0.2, -1.0], -2.6)
    years = (_BEFORE + span.after) / 365
    asb = rng.poisson(np.minimum(np.exp(-4.9 + 0.95 * temper + 0.8 * male + young) * years, 9))
    crime = rng.poisson(np.minimum(np.exp(-5.3 + 0.95 * temper + 0.7 * male + young) * years, 6))
    seen = rng.poisson(np.where(age > 9, 0.022 * np.exp(0.35 * need), 0.0) * years)
    everyone = np.arange(len(age))
    frame = stack([_incidents(rng, np.repeat(everyone, n), kind, people, as_of, span) for n, kind in ((asb, "incident"), (crime, "crime"), (seen, "seen"))])
    frame["occurrence"] = np.arange(len(frame["person"]))
    # Nobody has a record from before the tenth birthday, and what a child did who is one no longer is left out: "under 18" would hang on the day.
    age_then = (frame["day"] - people["birth"][frame["person"]]) / YEAR
    unclear = (frame["record_type"] == "crime") & (age_then < 18) & ~people["is_child"][frame["person"]]
    known = (frame["day"] <= days(delivered) - 3) & (frame["day"] > days(delivered) - _BEFORE)
    return told(rng, frame, (age_then >= 10.1) & ~unclear & known)


def _incidents(rng: Rng, person: Array, kind: str, people: Columns, as_of: date, span: Span) -> Columns:
    count, year_ago = len(person), days(as_of) - 365
    day = span.start + rng.integers(-_BEFORE, span.after, count)
    day = np.where(np.abs(day - year_ago) < 6, day - 12, day)  # nobody's fact hangs on the first day of the window
    disposal = repeated("none", count)
    if kind == "incident":
        role = choose(rng, ("suspect", "offender", "perpetrator"), count, (0.6, 0.15, 0.25))
        record_type = where(rng.random(count) < 0.12, "intervention", repeated("incident", count))
    elif kind == "crime":
        role, record_type = repeated("offender", count), repeated("crime", count)
        young = day - people["birth"][person] < 18 * YEAR
        caution = where(young, "youth_caution", repeated("caution", count))
        outcome = rng.random(count)
        disposal = np.select(
            [outcome < 0.22, outcome < 0.6, outcome < 0.82], [disposal, caution, repeated("conviction", count)], repeated("community_resolution", count)
        )
    else:
        role = choose(rng, ("victim", "witness", "caller"), count, (0.45, 0.25, 0.3))
        record_type = choose(rng, ("incident", "crime"), count, (0.7, 0.3))
    return {"person": person, "day": day, "record_type": record_type, "person_role": role, "disposal": disposal}


def _awards(rng: Rng, people: Columns, households: Columns, as_of: date, span: Span) -> Columns:
    """Benefit awards, open and closed; couples claim together."""
    need, lone = households["need"], households["structure"] == "lone_parent"
    household, age, role = people["household"], people["age"], people["role"]
    out = rng.random(len(need)) < expit(-2.6 + 1.2 * need + 0.4 * lone)
    in_work = ~out & (rng.random(len(need)) < expit(-2.6 + 0.35 * need + 0.9 * (households["children"] > 0)))
    here = households["kind"][household] != OUTSIDE
    working_age = (age >= 18) & (age < 66) & here
    own = rng.random(len(age))
    grown = (role == CHILD) & working_age & (own < expit(-1.9 + 0.6 * need[household]))
    head = (role == HEAD) & working_age
    partner = people_of(people, PARTNER, len(need))
    partner = np.where((partner >= 0) & working_age[partner], partner, -1)
    kinds = {
        "out_of_work": (head & out[household]) | grown,
        "in_work": head & in_work[household],
        "pension": (age >= 67) & here & (own < 0.17),
        "carer": working_age & (role != CHILD) & (own > 0.985),
        "closed": working_age & (rng.random(len(age)) < 0.05),
    }
    frame = stack([_award(rng, np.flatnonzero(whom), partner, people, as_of, span, kind) for kind, whom in kinds.items()])
    return told(rng, frame, frame["start"] <= days(as_of) - 10)


def _award(rng: Rng, person: Array, partner: Array, people: Columns, as_of: date, span: Span, kind: str) -> Columns:
    types: dict[str, tuple[tuple[str, ...], tuple[float, ...]]] = {
        "out_of_work": (("UC", "ESA", "JSA", "IS", "IB", "SDA"), (0.76, 0.13, 0.05, 0.035, 0.015, 0.01)),
        "in_work": (("UC",), (1.0,)),
        "pension": (("PC", "HB"), (0.7, 0.3)),
        "carer": (("CA",), (1.0,)),
        "closed": (("UC", "JSA", "ESA", "HB"), (0.6, 0.2, 0.1, 0.1)),
    }
    count = len(person)
    benefit = choose(rng, types[kind][0], count, types[kind][1])
    regime = choose(rng, ("no_work_related", "work_focused_interview", "work_preparation", "searching"), count, (0.35, 0.12, 0.1, 0.43))
    if kind == "in_work":
        regime = choose(rng, ("working_no_requirements", "working_with_requirements"), count, (0.65, 0.35))
    unknown = rng.random(count) < 0.04  # Universal Credit without conditionality says nothing about work
    start, end = _award_days(rng, people["birth"][person], as_of, span, is_closed=kind == "closed")
    start = _while_open(benefit, start)
    # Only the head's claim is a couple's.
    with_partner = np.where((people["role"][person] == HEAD) & (benefit != "CA"), partner[people["household"][person]], -1)
    regime = where((benefit == "UC") & ~unknown, regime, None)
    return {"person": person, "partner": with_partner, "benefit_type": benefit, "conditionality": regime, "start": start, "end": end}


def _while_open(benefit: Array, start: Array) -> Array:
    """The first days, moved to when the benefit still took claims: who is on one that is closed has been on it for long."""
    for span in BENEFITS_IN_USE:
        if isinstance(span.last, date):
            start = np.where(np.isin(benefit, span.codes), np.minimum(start, days(span.last)), start)
    return start


def _award_days(rng: Rng, birth: Array, as_of: date, span: Span, *, is_closed: bool) -> tuple[Array, Array]:
    """First and last day (0 while it goes on). An end after the as-of date is not known yet."""
    at, count = span.start, len(birth)
    adult = birth + int(18.02 * YEAR)
    if is_closed:
        end = at - rng.integers(45, 900, count)
        return np.maximum(end - rng.integers(30, 900, count), np.minimum(adult, end - 5)), end
    start = np.maximum(at - rng.integers(-60 * span.after // 365, 2400, count), adult)
    end = np.where(rng.random(count) < 0.25 * span.years_after, at + rng.integers(0, span.after, count), 0)
    return start, np.where((end > 0) & (end <= days(as_of) - 10), np.maximum(end, start + 7), 0)


def _accounts(rng: Rng, people: Columns, households: Columns, as_of: date, span: Span) -> Columns:
    """Rent accounts of social tenants, and the debts of private ones, which no partner delivers."""
    renting = np.flatnonzero(np.isin(households["tenure"], ("social", "private")) & (households["structure"] != LODGER))
    need, count = households["need"][renting], len(renting)
    rent = np.round(rng.uniform(78, 158, count), 2)
    weeks = np.exp(rng.normal(0.2 + 0.75 * need, 1.0, count))
    weeks = np.where(rng.random(count) < 0.28, -rng.uniform(0, 4, count), weeks)  # in credit
    weeks += rng.normal(0, 0.06, count) * (days(as_of) - span.start) / 7
    weeks = np.where(np.abs(weeks - 8) < 0.15, 7.6, np.minimum(weeks, 80))
    luck = rng.random(count)
    some = where(luck < 0.12, "notice_served", repeated("letter", count))
    steps = [weeks < 2, weeks < 5, weeks < 8, luck < 0.35, luck < 0.75, luck < 0.88, luck < 0.96]
    stages = ("none", "letter", some, "letter", "notice_served", "court", "possession_order")
    stage = np.select(steps, [s if isinstance(s, np.ndarray) else repeated(s, count) for s in stages], repeated("eviction", count))
    return {
        "household": renting,
        "is_social": households["tenure"][renting] == "social",
        "is_former": np.zeros(count, dtype=bool),
        "rent": rent,
        "arrears": np.round(weeks * rent, 2),
        "technical": _technical(renting, weeks, rent),
        "stage": stage,
        "is_breathing_space": (weeks > 3) & (rng.random(count) < 0.05),
    }


def _technical(household: Array, weeks: Array, rent: Array) -> Array:
    """What of the arrears is technical: in every third household that owes up to five weeks, all of it. Universal Credit's first payment takes that long."""
    return np.where((household % 3 == 0) & (weeks > 0) & (weeks <= 5), np.round(weeks * rent, 2), 0.0)


def people_of(people: Columns, role: int, households: int) -> Array:
    """Index of the household's first person of that role; -1 where there is none."""
    found = np.full(households, -1)
    index = np.flatnonzero((people["role"] == role) & (people["rank"] == 0))
    found[people["household"][index]] = index
    return found
