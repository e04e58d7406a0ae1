"""The contacts a school holds of a pupil: whom the child lives with first, the other parent second."""

import numpy as np

from pipelines.synthetic import addresses, dirt
from pipelines.synthetic.borough import Borough
from pipelines.synthetic.delivery import Appearance
from pipelines.synthetic.frame import Array, Columns, Rng, joined, where
from pipelines.synthetic.lives import people_of
from pipelines.synthetic.roles import HEAD, PARTNER

_GIVEN = {1: 0.96, 2: 0.78}


def contacts(rng: Rng, borough: Borough, person: Array, at_fathers: Array) -> tuple[Columns, list[Appearance]]:
    """The columns of both contacts of each pupil and who they are. A pupil listed at the father's has him first."""
    count = len(borough.households["size"])
    household = borough.people["household"][person]
    head, partner = (people_of(borough.people, role, count)[household] for role in (HEAD, PARTNER))
    second = np.where(partner >= 0, partner, borough.people["father"][person])
    listed = np.where(at_fathers, borough.people["other_household"][person], household)
    values: Columns = {}
    seen = []
    for place, whom in ((1, np.where(at_fathers, second, head)), (2, np.where(at_fathers, head, second))):
        contact = np.where((whom >= 0) & (rng.random(len(whom)) < _GIVEN[place]), whom, -1)
        name = _names(rng, borough, contact)
        values |= _columns(borough, person, contact, name, place)
        if place == 2:
            values |= _address(rng, borough, contact, listed)
        seen.append(Appearance("parent", contact, name))
    return values, seen


def _names(rng: Rng, borough: Borough, contact: Array) -> Array:
    """Names as the office typed them, a third with a title."""
    people = borough.people
    forename, surname = dirt.clerk_names(rng, people["forename"][contact], people["surname"][contact], typo=0.012, nick=0.05)
    title = where(people["sex"][contact] == "F", where(rng.random(len(contact)) < 0.5, "Mrs ", "Ms "), "Mr ")
    title = where(rng.random(len(contact)) < 0.35, title, "").astype(object)
    return np.asarray(where(contact >= 0, joined(title, forename, " ", surname), None))


def _columns(borough: Borough, person: Array, contact: Array, name: Array, place: int) -> Columns:
    people, given = borough.people, contact >= 0
    at_home = (people["household"][contact] == people["household"][person]) | (people["household"][contact] == people["other_household"][person])
    return {
        f"contact_{place}_full_name": name,
        f"contact_{place}_relationship": where(given, _relationship(borough, person, contact), None),
        f"contact_{place}_lives_with": where(given, where(at_home, "true", "false"), None),
    }


def _relationship(borough: Borough, person: Array, contact: Array) -> Array:
    people = borough.people
    structure = borough.households["structure"][people["household"][person]]
    female = people["sex"][contact] == "F"
    own_home = people["household"][contact] == people["household"][person]
    step = (structure == "step_family") & (people["role"][contact] == PARTNER) & (people["surname"][contact] != people["surname"][person])
    words = where(female, "Mother", "Father")
    words = where(step & own_home, where(female, "Step-mother", "Step-father"), words)
    words = where((structure == "kinship") & own_home, where(female, "Grandmother", "Grandfather"), words)
    return np.asarray(where((structure == "foster") & own_home, "Foster carer", words), dtype=object)


def _address(rng: Rng, borough: Borough, contact: Array, listed: Array) -> Columns:
    """The second contact's own address, mostly, where it is another than the pupil's."""
    elsewhere = (contact >= 0) & (borough.people["household"][contact] != listed) & (rng.random(len(contact)) < 0.65)
    home = borough.home(rng, contact, stale=0.2)
    line = addresses.one_line(rng, borough.dwellings, home, short=0.3)
    return {"contact_2_address": where(elsewhere, line, None), "contact_2_postcode": where(elsewhere, borough.dwellings["postcode"][home], None)}
