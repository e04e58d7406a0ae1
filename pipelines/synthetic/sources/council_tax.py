"""The council tax service's file on request: an account for each home, its liable people, and now and then who else lives there."""

import numpy as np

from pipelines.synthetic import addresses, delivery, dirt
from pipelines.synthetic.borough import Borough
from pipelines.synthetic.delivery import Appearance, Rows
from pipelines.synthetic.frame import Array, Columns, Rng, blank, joined, repeated, texts, where
from pipelines.synthetic.lives import people_of
from pipelines.synthetic.people import days
from pipelines.synthetic.roles import CHILD, HEAD, PARTNER
from pipelines.synthetic.structures import LODGER

_FORM = "%d/%m/%Y"
_ROLES = ("liable", "joint_liable", "occupant")
# Homes of which the service knows, partners it has on the account, grown children and others it knows of, and discounts kept though a partner has come.
_BILLED, _JOINT, _KNOWN, _KEPT = 0.96, 0.88, 0.3, 0.04
# Who moved and has not told: they are billed for the home they left.
_STALE = 0.05


def rows(rng: Rng, borough: Borough) -> Rows:
    """Accounts as they stand on the day of delivery; hostels, homes for the elderly and lodgers pay none."""
    account, person, role, is_kept = _named(rng, borough)
    values, name = _people(rng, borough, account, person, role)
    values |= _liability(borough, account, person, is_kept)
    seen = tuple(Appearance(r, np.where(role == r, person, -1), name) for r in _ROLES)
    good = delivery.rows("council_tax", values, seen, {"person": person})
    return delivery.spoiled(rng, good, 0.008, {"account_id": None, "liability_role": "??", "liable_from_date": "31/02/2026"})


def _named(rng: Rng, borough: Borough) -> tuple[Array, Array, Array, Array]:
    """Household, person and role of each row, and whether the account keeps a single person's discount though a partner lives there."""
    people, households = borough.people, borough.households
    total = len(households["size"])
    head, partner = people_of(people, HEAD, total), people_of(people, PARTNER, total)
    pays = (households["kind"] == "private") & (households["structure"] != LODGER) & (head >= 0)
    billed = np.flatnonzero(pays & (rng.random(total) < _BILLED))
    is_kept = np.zeros(total, dtype=bool)
    is_kept[billed] = (partner[billed] >= 0) & (rng.random(len(billed)) < _KEPT)
    joint = billed[(partner[billed] >= 0) & ~is_kept[billed] & (rng.random(len(billed)) < _JOINT)]
    grown = np.flatnonzero((people["role"] == CHILD) & ~people["is_child"] & np.isin(people["household"], billed))
    grown = grown[rng.random(len(grown)) < _KNOWN]
    parts = [(billed, head[billed], "liable"), (joint, partner[joint], "joint_liable"), (people["household"][grown], grown, "occupant")]
    account = np.concatenate([household for household, _, _ in parts])
    role = np.concatenate([repeated(name, len(household)) for household, _, name in parts])
    return account, np.concatenate([who for _, who, _ in parts]), role, is_kept[account]


def _people(rng: Rng, borough: Borough, account: Array, person: Array, role: Array) -> tuple[Columns, Array]:
    people, households = borough.people, borough.households
    forename, surname = dirt.clerk_names(rng, people["forename"][person], people["surname"][person], typo=0.02, nick=0.03)
    old = (rng.random(len(households["size"])) < _STALE) & (households["previous_dwelling"] >= 0)
    home = np.where(old, households["previous_dwelling"], households["dwelling"])[account]
    flat, rest = addresses.two_lines(rng, borough.dwellings, home, short=0.1)
    values: Columns = {
        "source_person_id": texts([f"CT{n:08d}" for n in people["number"][person].tolist()]),
        "liability_role": role,
        "title": blank(rng, where(people["sex"][person] == "F", "Ms", repeated("Mr", len(person))), 0.3),
        "forename": forename,
        "surname": surname,
        "birth_date": dirt.birth_texts(rng, people["birth"][person], _FORM, wrong=0.01, lost=0.75),
        "address_line_1": flat,
        "address_line_2": rest,
        "postcode": borough.dwellings["postcode"][home],
        "uprn": borough.dwellings["uprn"][home],
    }
    return values, joined(forename, " ", surname)


def _liability(borough: Borough, account: Array, person: Array, is_kept: Array) -> Columns:
    """Since the last move, or a day that goes by the household's number; one quarter off where one adult lives there, or is said to."""
    households, people = borough.households, borough.people
    adults = np.bincount(people["household"][~people["is_child"]], minlength=len(households["size"]))
    moved = households["moved_day"][account]
    since = np.where(moved > 0, moved, days(borough.as_of) - 400 - account % 3000)
    single = (adults[account] == 1) | is_kept
    return {
        "account_id": texts([f"8{int(i[1:]):08d}" for i in households["household_id"][account].tolist()]),
        "liable_from_date": dirt.date_texts(since, _FORM),
        "liable_to_date": repeated(None, len(account)),
        "discount": where(single, "single_person", repeated("none", len(account))),
    }
