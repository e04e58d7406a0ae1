"""Optional sources on request: who has a need that an agency knows of, drawn so that needs gather in the same households as other troubles."""

from collections.abc import Callable

import numpy as np

from pipelines.synthetic import addresses, delivery, dirt
from pipelines.synthetic.borough import Borough
from pipelines.synthetic.delivery import Appearance, Rows
from pipelines.synthetic.frame import Array, Columns, Rng, blank, choose, joined, repeated, texts, where
from pipelines.synthetic.lives import expit
from pipelines.synthetic.people import days
from schemas.extracts.needs import EXPECTING, NEEDS, WITHOUT_ADDRESS

_FORM = "%d/%m/%Y"
# By source: the youngest and oldest person concerned, and how common the need is (logit for a household without trouble).
_AGES: dict[str, tuple[int, int, float]] = {
    "youth_justice": (10, 17, -4.0),
    "social_care": (0, 17, -3.2),
    "domestic_abuse": (16, 70, -3.6),
    "early_help": (0, 45, -3.2),
    "careers": (16, 17, -2.6),
    "housing_options": (18, 60, -3.8),
    "health": (12, 70, -3.0),
    "substance_misuse": (18, 60, -4.0),
    "probation": (18, 60, -4.2),
    "early_years": (0, 4, -2.4),
}
_PROVEN = ("youth_caution", "conviction")


def maker(source: str) -> Callable[[Rng, Borough], Rows]:
    """The function that makes the source's rows."""
    return lambda rng, borough: rows(rng, borough, source)


def rows(rng: Rng, borough: Borough, source: str) -> Rows:
    """Episodes of the last three years, a third of them over; youth justice tells of the offences the police know as well."""
    person = _offenders(borough) if source == "youth_justice" else _concerned(rng, borough, source)
    values = _people(rng, borough, person, source) | _needs(rng, borough, person, source)
    seen = Appearance("subject", person, joined(values["forename"], " ", values["surname"]))
    good = delivery.rows(source, values, (seen,), {"person": person})
    ways: dict[str, delivery.Spoiler] = {"birth_date": dirt.impossible, "need_type": "??", "from_date": "31/02/2026"}
    return delivery.spoiled(rng, good, 0.01, ways)


def _offenders(borough: Borough) -> Array:
    police, people = borough.lives.police, borough.people
    proven = np.isin(police["disposal"].astype(str), _PROVEN) & people["is_child"][police["person"]]
    return np.unique(police["person"][proven])


def _concerned(rng: Rng, borough: Borough, source: str) -> Array:
    youngest, oldest, common = _AGES[source]
    age = borough.people["age"]
    need = borough.households["need"][borough.people["household"]]
    chance = expit(common + 1.2 * need)
    return np.flatnonzero((age >= youngest) & (age <= oldest) & (rng.random(len(age)) < chance))


def _may_expect(borough: Borough, person: Array) -> Array:
    """Every fourth woman of those health tells of who is of an age to expect a child."""
    people = borough.people
    age = people["age"][person]
    return np.asarray((people["sex"][person] == "F") & (age >= 18) & (age <= 42) & (people["number"][person].astype(int) % 4 == 0))


def _people(rng: Rng, borough: Borough, person: Array, source: str) -> Columns:
    people = borough.people
    forename, surname = dirt.clerk_names(rng, people["forename"][person], people["surname"][person], typo=0.02, nick=0.04)
    values: Columns = {
        "source_person_id": texts([f"{source[:2].upper()}{n:07d}" for n in people["number"][person].tolist()]),
        "surname": surname,
        "forename": forename,
        "birth_date": dirt.birth_texts(rng, people["birth"][person], _FORM, wrong=0.01, lost=0.02),
        "sex": blank(rng, people["sex"][person], 0.05),
    }
    if source in WITHOUT_ADDRESS:
        return values
    home = borough.home(rng, person, stale=0.15)
    flat, rest = addresses.two_lines(rng, borough.dwellings, home, short=0.15)
    return values | {"address_line_1": flat, "address_line_2": rest, "postcode": blank(rng, borough.dwellings["postcode"][home], 0.03)}


def _needs(rng: Rng, borough: Borough, person: Array, source: str) -> Columns:
    count, today = len(person), days(borough.delivered)
    born_before = borough.people["birth"][person] + (10 * 366 if source == "youth_justice" else 0)
    start = np.maximum(today - rng.integers(10, 700, count), np.minimum(born_before + 5, today - 5)).astype(int)
    is_over = rng.random(count) < 0.33
    end = np.minimum(start + rng.integers(20, 300, count), today - 1)
    need = repeated("proven_offence", count) if source == "youth_justice" else choose(rng, [n for n in NEEDS[source] if n != EXPECTING], count)
    if source == "health":
        need = where(_may_expect(borough, person), EXPECTING, need)
    outcome = choose(rng, _PROVEN, count) if source == "youth_justice" else repeated(None, count)
    role = choose(rng, ("victim", "perpetrator"), count, (0.6, 0.4)) if source == "domestic_abuse" else repeated(None, count)
    return {
        "event_reference": texts([f"{source[:3].upper()}{borough.number:03d}{n:06d}" for n in range(count)]),
        "need_type": need,
        "need_role": role,
        "from_date": dirt.date_texts(start, _FORM),
        "to_date": where(is_over & (source != "youth_justice"), dirt.date_texts(end, _FORM), None),
        "outcome": outcome,
    }
