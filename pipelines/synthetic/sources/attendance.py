"""School attendance: a row a pupil, school and term, with the contacts the school knows."""

import numpy as np

from pipelines.synthetic import addresses, dirt, identifiers
from pipelines.synthetic.borough import Borough
from pipelines.synthetic.delivery import Appearance, Rows, shuffled, spoil
from pipelines.synthetic.dwellings import TOWN
from pipelines.synthetic.frame import Array, Columns, Rng, blank, change, repeated, take, texts
from pipelines.synthetic.lives import people_of
from pipelines.synthetic.people import HEAD, PARTNER, date_of_birth_year

_NOT_IN_STATE_SCHOOL = 0.03
_UNIT_URN = "149990"  # the pupil referral unit


def rows(rng: Rng, borough: Borough) -> Rows:
    """The termly summary of all schools."""
    school = borough.lives.school
    school = take(school, np.flatnonzero(rng.random(len(school["person"])) >= _NOT_IN_STATE_SCHOOL))
    pupils, seen = _pupils(rng, borough, school["person"])
    pupil, term = np.nonzero(school["on_roll"])
    values = take(pupils, pupil)
    values |= _term(rng, borough, school, pupil, term)
    _stale_terms(rng, borough, values, school["person"][pupil], term)
    facts: Columns = {"person": school["person"][pupil], "term": term, "has_birth_date": values["birth_date"] != texts(None)}
    facts |= {name: school[name][pupil, term] for name in ("status", "possible", "authorised", "unauthorised", "suspended", "permanent")}
    result = Rows("school_attendance", values, np.zeros(len(pupil), dtype=bool), tuple(Appearance(a.role, a.person[pupil], a.name[pupil]) for a in seen), facts)
    spoil(rng, result, 0.012, {"birth_date": dirt.impossible, "source_person_id": None, "enrolment_status": "?", "sessions_possible": "n/a"})
    return shuffled(rng, result, duplicates=0.006)


def _pupils(rng: Rng, borough: Borough, person: Array) -> tuple[Columns, list[Appearance]]:
    """What the school system holds of each pupil, and who stands in its rows."""
    people, count = borough.people, len(person)
    forename, surname = dirt.clerk_names(rng, people["forename"][person], people["surname"][person], typo=0.012, nick=0.02, swap=0.002)
    home = _home(rng, borough, person)
    flat, rest = addresses.two_lines(rng, borough.dwellings, home, short=0.1)
    upn = change(rng, people["upn"][person], 0.006, lambda upn, _: identifiers.wrong_check_letter(upn))
    values: Columns = {
        "source_person_id": texts([f"A{int(p[1:]):07d}" for p in people["person_id"][person]]),
        "upn": blank(rng, change(rng, upn, 0.015, dirt.untidy), 0.012),
        "surname": surname,
        "forename": forename,
        "middle_names": people["middle_names"][person],
        "former_surname": repeated(None, count),
        "birth_date": dirt.birth_texts(rng, people["birth"][person], "%d/%m/%Y", wrong=0.006, lost=0.004),
        "sex": blank(rng, people["sex"][person], 0.01, None),
        "address_line_1": flat,
        "address_line_2": rest,
        "address_line_3": repeated(TOWN, count),
        "postcode": blank(rng, change(rng, borough.dwellings["postcode"][home], 0.03, lambda code, _: code.replace(" ", "").lower()), 0.012),
        "uprn": blank(rng, borough.dwellings["uprn"][home], 0.15),
    }
    first, second = _contacts(borough, person)
    names_1, names_2 = (_contact(rng, borough, values, person, contact, place) for place, contact in ((1, first), (2, second)))
    return values, [Appearance("pupil", person, forename + texts(" ") + surname), names_1, names_2]


def _home(rng: Rng, borough: Borough, person: Array) -> Array:
    """The pupil's home; one in six of those at home with both separated parents is listed at the father's."""
    home = borough.home(rng, person, stale=0.22)
    other = borough.people["other_household"][person]
    at_fathers = (other >= 0) & (rng.random(len(person)) < 0.17)
    return np.where(at_fathers, borough.households["dwelling"][other], home)


def _contacts(borough: Borough, person: Array) -> tuple[Array, Array]:
    """The household's head, and the partner or else the father who lives elsewhere; -1 for nobody."""
    count = len(borough.households["size"])
    household = borough.people["household"][person]
    partner = people_of(borough.people, PARTNER, count)[household]
    return people_of(borough.people, HEAD, count)[household], np.where(partner >= 0, partner, borough.people["father"][person])


def _contact(rng: Rng, borough: Borough, values: Columns, person: Array, contact: Array, place: int) -> Appearance:
    """Fill the columns of the first or second contact."""
    people = borough.people
    given = (contact >= 0) & (rng.random(len(contact)) < (0.96 if place == 1 else 0.78))
    contact = np.where(given, contact, -1)
    forename, surname = dirt.clerk_names(rng, people["forename"][contact], people["surname"][contact], typo=0.012, nick=0.05)
    title = np.where(people["sex"][contact] == "F", np.where(rng.random(len(contact)) < 0.5, "Mrs ", "Ms "), "Mr ")
    title = np.where(rng.random(len(contact)) < 0.35, title, "").astype(object)
    name = np.where(given, title + forename + texts(" ") + surname, None)
    at_home = people["household"][contact] == people["household"][person]
    shared = people["household"][contact] == people["other_household"][person]
    values[f"contact_{place}_full_name"] = name
    values[f"contact_{place}_relationship"] = np.where(given, _relationship(borough, person, contact), None)
    values[f"contact_{place}_lives_with"] = np.where(given, np.where(at_home | shared, "true", "false"), None)
    if place == 2:
        elsewhere = given & ~at_home & (rng.random(len(contact)) < 0.65)
        home = borough.home(rng, contact, stale=0.2)
        values["contact_2_address"] = np.where(elsewhere, addresses.one_line(rng, borough.dwellings, home, short=0.3), None)
        values["contact_2_postcode"] = np.where(elsewhere, borough.dwellings["postcode"][home], None)
    return Appearance("parent", contact, name)


def _relationship(borough: Borough, person: Array, contact: Array) -> Array:
    people = borough.people
    structure = borough.households["structure"][people["household"][person]]
    female = people["sex"][contact] == "F"
    is_partner = people["role"][contact] == PARTNER
    own_home = people["household"][contact] == people["household"][person]
    step = (structure == "step_family") & is_partner & (people["surname"][contact] != people["surname"][person])
    words = np.where(female, "Mother", "Father")
    words = np.where(step & own_home, np.where(female, "Step-mother", "Step-father"), words)
    words = np.where((structure == "kinship") & own_home, np.where(female, "Grandmother", "Grandfather"), words)
    return np.where((structure == "foster") & own_home, "Foster carer", words).astype(object)


def _term(rng: Rng, borough: Borough, school: Columns, pupil: Array, term: Array) -> Columns:
    """The term's columns: school, standing, sessions, suspensions, exclusions."""
    people = borough.people
    person = school["person"][pupil]
    status = school["status"][pupil, term]
    year = np.array([t.academic_year for t in borough.terms])[term]
    phase = np.where(year - date_of_birth_year(people["birth"][person]) >= 11, 2, 0)
    area = np.array([sum(ord(c) for c in code[:5]) for code in borough.dwellings["postcode"]])[borough.households["dwelling"][people["household"][person]]]
    urn = 140_000 + (area % 40) * 4 + phase + (people["household"][person] % 2) * (phase == 0)
    return {
        "school_urn": np.where(status == "alternative_provision", _UNIT_URN, texts(urn.astype(str).tolist())),
        "enrolment_status": status,
        "academic_year": texts(year.tolist()),
        "term": texts([t.name for t in borough.terms])[term],
        "sessions_possible": texts(school["possible"][pupil, term].tolist()),
        "sessions_authorised": texts(school["authorised"][pupil, term].tolist()),
        "sessions_unauthorised": texts(school["unauthorised"][pupil, term].tolist()),
        "suspension_count": texts(school["suspended"][pupil, term].tolist()),
        "permanent_exclusion_count": texts(school["permanent"][pupil, term].tolist()),
    }


def _stale_terms(rng: Rng, borough: Borough, values: Columns, person: Array, term: Array) -> None:
    """A quarter of the summaries of terms before a move still show the address of that time."""
    household = borough.people["household"][person]
    previous = borough.households["previous_dwelling"][household]
    from pipelines.synthetic.people import days

    ends = np.array([days(t.end) for t in borough.terms])[term]
    old = (previous >= 0) & (ends < borough.households["moved_day"][household]) & (rng.random(len(borough.people["role"]))[person] < 0.25)
    index = np.flatnonzero(old)
    flat, rest = addresses.two_lines(rng, borough.dwellings, previous[index], short=0.1)
    values["address_line_1"][index], values["address_line_2"][index] = flat, rest
    values["postcode"][index] = borough.dwellings["postcode"][previous[index]]
    values["uprn"][index] = borough.dwellings["uprn"][previous[index]]
