"""School attendance: a row a pupil, school and term, with the contacts the school knows."""

import numpy as np

from pipelines.synthetic import addresses, delivery, dirt, identifiers
from pipelines.synthetic.borough import Borough
from pipelines.synthetic.delivery import Appearance, Rows
from pipelines.synthetic.dwellings import TOWN
from pipelines.synthetic.frame import Array, Columns, Rng, blank, change, is_filled, own, repeated, take, texts, where
from pipelines.synthetic.people import days
from pipelines.synthetic.sources import contacts, terms

_NOT_IN_STATE_SCHOOL = 0.03
_AT_FATHERS = 0.2  # of children at home with both separated parents, those whose school has the father's address


def rows(rng: Rng, borough: Borough) -> Rows:
    """The termly summary of all schools."""
    school = borough.lives.school
    school = take(school, np.flatnonzero(rng.random(len(school["person"])) >= _NOT_IN_STATE_SCHOOL))
    person = school["person"]
    at_fathers = (borough.people["other_household"][person] >= 0) & (rng.random(len(person)) < _AT_FATHERS)
    pupils, seen = _pupils(rng, borough, person, at_fathers)
    values, facts, pupil = terms.terms(own(rng), borough, school)
    values = take(pupils, pupil) | values
    _stale_terms(own(rng), borough, values, facts)
    facts["has_birth_date"] = is_filled(values["birth_date"])
    appearances = tuple(Appearance(a.role, a.person[pupil], a.name[pupil]) for a in seen)
    good = delivery.rows("school_attendance", values, appearances, facts)
    ways: dict[str, delivery.Spoiler] = {
        "birth_date": dirt.impossible,
        "source_person_id": None,
        "enrolment_status": "?",
        "sessions_possible": "n/a",
    }
    return delivery.spoiled(rng, good, 0.012, ways)


def _pupils(rng: Rng, borough: Borough, person: Array, at_fathers: Array) -> tuple[Columns, list[Appearance]]:
    """What the school system holds of each pupil, and who stands in its rows."""
    people, count = borough.people, len(person)
    forename, surname = dirt.clerk_names(rng, people["forename"][person], people["surname"][person], typo=0.012, nick=0.02, swap=0.002)
    other = borough.households["dwelling"][people["other_household"][person]]
    home = np.where(at_fathers, other, borough.home(rng, person, stale=0.2))
    flat, rest = addresses.two_lines(rng, borough.dwellings, home, short=0.1)
    upn = change(rng, people["upn"][person], 0.006, lambda upn, _: identifiers.wrong_check_letter(upn))
    values: Columns = {
        "source_person_id": texts([f"A{n:07d}" for n in people["number"][person].tolist()]),
        "upn": blank(rng, change(rng, upn, 0.015, dirt.untidy), 0.012),
        "surname": surname,
        "forename": forename,
        "middle_names": people["middle_names"][person],
        "former_surname": people["former_surname"][person],
        "birth_date": dirt.birth_texts(rng, people["birth"][person], "%d/%m/%Y", wrong=0.006, lost=0.004),
        "sex": blank(rng, people["sex"][person], 0.01),
        "address_line_1": flat,
        "address_line_2": rest,
        "address_line_3": repeated(TOWN, count),
        "postcode": blank(rng, change(rng, borough.dwellings["postcode"][home], 0.03, lambda code, _: code.replace(" ", "").lower()), 0.012),
        "uprn": blank(rng, borough.dwellings["uprn"][home], 0.15),
    }
    named, seen = contacts.contacts(own(rng), borough, person, at_fathers)
    return values | named, [Appearance("pupil", person, where(True, forename + texts(" ") + surname, None)), *seen]


def _stale_terms(rng: Rng, borough: Borough, values: Columns, facts: Columns) -> None:
    """A quarter of the families' summaries of terms before a move still show the address of that time."""
    household = borough.people["household"][facts["person"]]
    previous = borough.households["previous_dwelling"][household]
    ends = np.array([days(term.end) for term in borough.terms])[facts["term"]]
    kept = rng.random(len(borough.households["size"]))[household] < 0.25
    index = np.flatnonzero((previous >= 0) & (ends < borough.households["moved_day"][household]) & kept)
    flat, rest = addresses.two_lines(rng, borough.dwellings, previous[index], short=0.1)
    values["address_line_1"][index], values["address_line_2"][index] = flat, rest
    values["postcode"][index] = borough.dwellings["postcode"][previous[index]]
    values["uprn"][index] = borough.dwellings["uprn"][previous[index]]
