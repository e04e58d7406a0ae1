"""What happens in people's lives: school, police, benefits and rent, drawn so that troubles gather in the same households."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from pipelines.synthetic.calendar import Term
from pipelines.synthetic.frame import Array, Columns, Rng, choose, length, repeated
from pipelines.synthetic.people import CHILD, HEAD, PARTNER, YEAR, days

_COMPULSORY_FROM, _COMPULSORY_TO = 5.0, 16.0


@dataclass(frozen=True, slots=True)
class Lives:
    """Facts of one chunk: `school` is a row a pupil with a column a term; the others are a row a fact."""

    school: Columns
    police: Columns
    awards: Columns
    accounts: Columns


def lives(rng: Rng, people: Columns, households: Columns, terms: list[Term], as_of: date, delivered: date) -> Lives:
    """The facts of everyone's life that partners could know of."""
    return Lives(
        _school(rng, people, households, terms),
        _police(rng, people, households, as_of, delivered),
        _awards(rng, people, households, as_of),
        _accounts(rng, people, households),
    )


def _expit(x: Array) -> Array:
    return np.asarray(1 / (1 + np.exp(-x)))


def _school(rng: Rng, people: Columns, households: Columns, terms: list[Term]) -> Columns:
    """Sessions, suspensions, exclusions and standing on the roll of every pupil in each term."""
    reception = np.array([days(date(t.academic_year - 4, 8, 31)) for t in terms])
    oldest = np.array([days(date(t.academic_year - 16, 9, 1)) for t in terms])
    on_roll = (people["birth"][:, None] <= reception) & (people["birth"][:, None] >= oldest)
    pupil = np.flatnonzero(on_roll.any(axis=1))
    need = households["need"][people["household"][pupil]]
    count, span = len(pupil), len(terms)
    child = rng.normal(0, 1, count)
    unauthorised_rate = _expit(-4.25 + 0.85 * need + 0.95 * child + 0.25 * (people["age"][pupil] > 11))
    authorised_rate = _expit(-3.25 + 0.2 * need + rng.normal(0, 0.55, count))
    wobble = np.exp(rng.normal(0, 0.2, (count, span)))
    possible = np.array([t.sessions for t in terms]) - rng.integers(0, 5, (count, span)) * 2
    possible = np.maximum(possible, 2)
    unauthorised = rng.binomial(possible, np.minimum(unauthorised_rate[:, None] * wobble, 0.9))
    authorised = rng.binomial(possible - unauthorised, np.minimum(authorised_rate[:, None] * wobble, 0.9))
    secondary = people["age"][pupil] > 11
    suspended = rng.poisson(np.minimum(np.exp(-3.5 - 1.8 * ~secondary + 0.8 * need + 0.9 * child), 4)[:, None], (count, span))
    excluded = rng.random(count) < np.minimum(np.exp(-5.6 - 1.5 * ~secondary + 0.8 * need + 0.8 * child), 0.3)
    when = rng.integers(0, span, count)
    permanent = np.zeros((count, span), dtype=int)
    permanent[np.flatnonzero(excluded), when[excluded]] = 1
    permanent *= on_roll[pupil]
    status = np.full((count, span), "current", dtype=object)
    placed = (rng.random(count) < np.where(permanent.any(axis=1), 0.75, 0.003 * secondary)) & secondary
    missing = (rng.random(count) < np.minimum(np.exp(-6.0 + 0.6 * need), 0.1)) & ~placed
    for k in range(span):
        status[placed & (permanent[:, : k + 1].any(axis=1) | (k == span - 1)), k] = "alternative_provision"
    status[missing, span - 1] = "not_on_roll"
    possible[status == "not_on_roll"] = 0
    for values in (authorised, unauthorised, suspended, permanent):
        values[possible == 0] = 0
    return {
        "person": pupil,
        "on_roll": on_roll[pupil],
        "status": status,
        "possible": possible,
        "authorised": authorised,
        "unauthorised": unauthorised,
        "suspended": suspended,
        "permanent": permanent,
    }


def _police(rng: Rng, people: Columns, households: Columns, as_of: date, delivered: date) -> Columns:
    """Incidents and crimes of three years with the part each person had in them."""
    age, male = people["age"], people["sex"] == "M"
    need = households["need"][people["household"]]
    temper = rng.normal(0, 0.8, len(age)) + need
    young = np.select([age < 10, age < 26, age < 46, age < 61], [-99.0, 1.0, 0.2, -1.0], -2.6)
    asb = rng.poisson(np.minimum(np.exp(-5.0 + 0.95 * temper + 0.8 * male + young) * 3, 9))
    crime = rng.poisson(np.minimum(np.exp(-5.5 + 0.95 * temper + 0.7 * male + young) * 3, 6))
    seen = rng.poisson(np.where(age > 9, 0.05 * np.exp(0.35 * need), 0.0))
    parts = [_incidents(rng, np.repeat(np.arange(len(age)), n), kind, as_of, delivered) for n, kind in ((asb, "incident"), (crime, "crime"), (seen, "seen"))]
    frame = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    # Nobody has a record from before the tenth birthday, and offenders close to eighteen are left out: "under 18" would hang on the day.
    age_then = (frame["day"] - people["birth"][frame["person"]]) / YEAR
    unclear = (frame["record_type"] == "crime") & (age_then < 18) & (age[frame["person"]] >= 18)
    keep = np.flatnonzero((age_then >= 10.1) & ~unclear)
    return {name: values[keep] for name, values in frame.items()}


def _incidents(rng: Rng, person: Array, kind: str, as_of: date, delivered: date) -> Columns:
    count = len(person)
    last, year_ago = days(delivered) - 3, days(as_of) - 365
    day = last - rng.integers(0, 1090, count)
    day = np.where(np.abs(day - year_ago) < 6, day - 12, day)  # nobody's fact hangs on the first day of the window
    incident = kind == "incident"
    role = choose(rng, ("suspect", "offender", "perpetrator"), count, (0.6, 0.15, 0.25)) if incident else repeated("offender", count)
    if kind == "seen":
        role = choose(rng, ("victim", "witness", "caller"), count, (0.45, 0.25, 0.3))
    record_type = np.where(rng.random(count) < 0.12, "intervention", "incident").astype(object) if incident else repeated("incident", count)
    if kind == "crime":
        record_type = repeated("crime", count)
    elif kind == "seen":
        record_type = choose(rng, ("incident", "crime"), count, (0.7, 0.3))
    disposal = repeated("none", count)
    if kind == "crime":
        disposal = choose(rng, ("none", "caution", "youth_caution", "conviction", "community_resolution"), count, (0.22, 0.18, 0.2, 0.22, 0.18))
    return {"person": person, "day": day, "record_type": record_type, "person_role": role, "disposal": disposal}


def _awards(rng: Rng, people: Columns, households: Columns, as_of: date) -> Columns:
    """Benefit awards, open and closed; couples claim together."""
    structure, need = households["structure"], households["need"]
    household, age, role = people["household"], people["age"], people["role"]
    lone = structure == "lone_parent"
    has_children = households["children"] > 0
    out = rng.random(len(need)) < _expit(-2.6 + 1.2 * need + 0.4 * lone)
    in_work = ~out & (rng.random(len(need)) < _expit(-2.6 + 0.35 * need + 0.9 * has_children))
    working_age = (age >= 18) & (age < 66)
    own = rng.random(len(age))
    adult_child = (role == CHILD) & working_age & (own < _expit(-1.9 + 0.6 * need[household]))
    head = (role == HEAD) & working_age
    partner = np.full(len(need), -1)
    is_partner = np.flatnonzero((role == PARTNER) & working_age)
    partner[household[is_partner]] = is_partner
    of_work = np.flatnonzero((head & out[household]) | adult_child)
    at_work = np.flatnonzero(head & in_work[household])
    pension = np.flatnonzero((age >= 67) & (role != CHILD) & (own < 0.17))
    carers = np.flatnonzero(working_age & (role != CHILD) & (own > 0.985))
    closed = np.flatnonzero(working_age & (rng.random(len(age)) < 0.05))
    parts = [
        _award(rng, of_work, partner, people, as_of, "out_of_work"),
        _award(rng, at_work, partner, people, as_of, "in_work"),
        _award(rng, pension, partner, people, as_of, "pension"),
        _award(rng, carers, partner, people, as_of, "carer"),
        _award(rng, closed, partner, people, as_of, "closed"),
    ]
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def _award(rng: Rng, person: Array, partner: Array, people: Columns, as_of: date, kind: str) -> Columns:
    count = len(person)
    types = {
        "out_of_work": (("UC", "ESA", "JSA", "IS", "IB", "SDA"), (0.76, 0.13, 0.05, 0.035, 0.015, 0.01)),
        "in_work": (("UC",), (1.0,)),
        "pension": (("PC", "HB"), (0.7, 0.3)),
        "carer": (("CA",), (1.0,)),
        "closed": (("UC", "JSA", "ESA", "HB"), (0.6, 0.2, 0.1, 0.1)),
    }[kind]
    benefit = choose(rng, types[0], count, types[1])
    regimes = ("no_work_related", "work_focused_interview", "work_preparation", "searching")
    regime = choose(rng, regimes, count, (0.35, 0.12, 0.1, 0.43))
    if kind == "in_work":
        regime = choose(rng, ("working_no_requirements", "working_with_requirements"), count, (0.65, 0.35))
    unknown = rng.random(count) < 0.04  # Universal Credit without conditionality says nothing about work
    regime = np.where((benefit == "UC") & ~unknown, regime, None)
    start = days(as_of) - rng.integers(50, 2400, count)
    earliest = people["birth"][person] + int(18.02 * YEAR)
    start = np.minimum(np.maximum(start, earliest), days(as_of) - 20)
    end = np.full(count, 0)
    if kind == "closed":
        end = np.maximum(start + 10, days(as_of) - rng.integers(45, 900, count))
        end = np.minimum(end, days(as_of) - 40)
        start = np.minimum(start, end - 5)
    # Only the head's claim is a couple's.
    with_partner = np.where((people["role"][person] == HEAD) & (benefit != "CA"), partner[people["household"][person]], -1)
    return {"person": person, "partner": with_partner, "benefit_type": benefit, "conditionality": regime, "start": start, "end": end}


def _accounts(rng: Rng, people: Columns, households: Columns) -> Columns:
    """Rent accounts of social tenants, and the debts of private ones, which no partner delivers."""
    renting = np.flatnonzero(np.isin(households["tenure"], ("social", "private")) & (households["kind"] == "private"))
    need = households["need"][renting]
    count = len(renting)
    rent = np.round(rng.uniform(78, 158, count), 2)
    weeks = np.exp(rng.normal(0.2 + 0.75 * need, 1.0, count))
    weeks = np.where(rng.random(count) < 0.28, -rng.uniform(0, 4, count), weeks)  # in credit
    weeks = np.where(np.abs(weeks - 8) < 0.15, 7.6, np.minimum(weeks, 80))
    luck = rng.random(count)
    stage = np.select(
        [weeks < 2, weeks < 5, weeks < 8, luck < 0.35, luck < 0.75, luck < 0.88, luck < 0.96],
        ["none", "letter", np.where(luck < 0.12, "notice_served", "letter"), "letter", "notice_served", "court", "possession_order"],
        "eviction",
    ).astype(object)
    breathing = (weeks > 3) & (rng.random(count) < 0.05)
    return {
        "household": renting,
        "is_social": households["tenure"][renting] == "social",
        "rent": rent,
        "arrears": np.round(weeks * rent, 2),
        "stage": stage,
        "is_breathing_space": breathing,
        "start": np.full(count, 0),
    }


def people_of(people: Columns, role: int, households: int) -> Array:
    """Index of the household's first person of that role; -1 where there is none."""
    found = np.full(households, -1)
    index = np.flatnonzero((people["role"] == role) & (people["rank"] == 0))
    found[people["household"][index]] = index
    return found


def count_of(columns: Columns) -> int:
    """Number of facts."""
    return length(columns)
