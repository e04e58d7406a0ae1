"""Housing: a row a rent account and tenant, as a rent system exports it; blanks are dots, arrears are a negative balance."""

import numpy as np

from pipelines.synthetic import addresses, delivery, dirt
from pipelines.synthetic.borough import Borough
from pipelines.synthetic.delivery import Appearance, Rows
from pipelines.synthetic.dwellings import TOWN
from pipelines.synthetic.frame import Array, Columns, Rng, Steady, blank, change, is_filled, joined, length, own, repeated, stack, take, texts, where
from pipelines.synthetic.lives import people_of
from pipelines.synthetic.people import days
from pipelines.synthetic.roles import CHILD, HEAD, PARTNER, YEAR

_FORM = "%d-%b-%Y"
_BLANK = "."
_ROLES = ("tenant", "joint_tenant", "household_member")


def rows(rng: Rng, borough: Borough) -> Rows:
    """All accounts of the social landlord, with those its movers left."""
    accounts = borough.lives.accounts
    accounts = take(accounts, np.flatnonzero(accounts["is_social"]))
    accounts = stack([accounts, _former(rng, borough, accounts)])
    account, person, role = _tenants(rng, borough, accounts)
    facts = take(accounts, account) | {"person": person}
    values, name = _people(rng, borough, facts, role)
    values |= _account(rng, borough, accounts, account, person)
    seen = tuple(Appearance(r, np.where(role == r, person, -1), name) for r in _ROLES)
    good = delivery.rows("housing_arrears", values, seen, facts)
    ways: dict[str, delivery.Spoiler] = {"account_id": _BLANK, "weekly_rent_gbp": None, "arrears_stage": "S99", "tenant_role": "?"}
    return delivery.spoiled(rng, good, 0.012, ways)


def _former(rng: Rng, borough: Borough, accounts: Columns) -> Columns:
    """The ended account of half of those who moved, with a small debt or credit."""
    moved = borough.households["previous_dwelling"][accounts["household"]] >= 0
    frame = take(accounts, np.flatnonzero(moved & (rng.random(len(moved)) < 0.5)))
    rng, count = own(rng), len(frame["rent"])
    frame["arrears"] = np.round(rng.uniform(-1.5, 1.9, count) * frame["rent"], 2)
    none = {"technical": np.zeros(count)}
    return frame | none | {"is_former": np.ones(count, dtype=bool), "stage": repeated("none", count), "is_breathing_space": np.zeros(count, dtype=bool)}


def _tenants(rng: Rng, borough: Borough, accounts: Columns) -> tuple[Array, Array, Array]:
    """Account, person and role of each row: the head, often the partner, some grown children, now and then the father who left."""
    people, household = borough.people, accounts["household"]
    total = len(borough.households["size"])
    head, partner = people_of(people, HEAD, total)[household], people_of(people, PARTNER, total)[household]
    father = np.full(total, -1)
    left = np.flatnonzero(people["father"] >= 0)
    father[people["household"][left]] = people["father"][left]
    luck = own(rng).random(len(household))
    current = np.where(accounts["is_former"], -1, np.arange(len(household)))
    account_of = np.full(total, -1)
    account_of[household[current >= 0]] = current[current >= 0]
    grown = np.flatnonzero((people["role"] == CHILD) & ~people["is_child"] & (account_of[people["household"]] >= 0))
    grown = grown[_lots(rng, people, grown) < 0.4]
    young = _newborn(rng, borough, account_of)
    parts = [
        (np.arange(len(household)), head, "tenant"),
        (np.flatnonzero((partner >= 0) & (luck < 0.62)), partner, "joint_tenant"),
        (np.flatnonzero((partner >= 0) & (luck >= 0.62) & (luck < 0.8)), partner, "household_member"),
        (np.flatnonzero((father[household] >= 0) & (partner < 0) & (luck < 0.08)), father[household], "joint_tenant"),
    ]
    account = np.concatenate([index for index, _, _ in parts] + [account_of[people["household"][np.concatenate([grown, young])]]])
    person = np.concatenate([who[index] for index, who, _ in parts] + [grown, young])
    role = np.concatenate([repeated(role, len(index)) for index, _, role in parts] + [repeated("household_member", len(grown) + len(young))])
    return account, person, role


def _lots(rng: Rng, people: Columns, whom: Array) -> Array:
    """A lot for each of them; week after week the same one."""
    return own(rng).random(length(people))[whom] if isinstance(rng, Steady) else rng.random(len(whom))


def _newborn(rng: Rng, borough: Borough, account_of: Array) -> Array:
    """Children born since the borough was drawn whom the landlord has been told of."""
    people = borough.people
    born = (people["birth"] > borough.span.start) & (people["birth"] <= days(borough.delivered) - 20)
    young = np.flatnonzero(born & (account_of[people["household"]] >= 0))
    return young[_lots(rng, people, young) < 0.6] if len(young) else young


def _people(rng: Rng, borough: Borough, facts: Columns, role: Array) -> tuple[Columns, Array]:
    """The tenants as the rent system knows them, at the account's address."""
    people, person, count = borough.people, facts["person"], len(role)
    former = people["former_surname"][person]
    surname = where(is_filled(former) & (rng.random(count) < 0.1), former, people["surname"][person])
    forename, surname = dirt.clerk_names(rng, people["forename"][person], surname, typo=0.025, nick=0.05, swap=0.006)
    households = borough.households
    home = np.where(facts["is_former"], households["previous_dwelling"][facts["household"]], households["dwelling"][facts["household"]])
    flat, rest = addresses.two_lines(rng, borough.dwellings, home, short=0.15)
    birth = dirt.birth_texts(rng, people["birth"][person], _FORM, wrong=0.01, lost=0.18, nineteen_hundred=0.03)
    values: Columns = {
        "source_person_id": texts([f"T{n:08d}" for n in people["number"][person].tolist()]),
        "tenant_role": role,
        "title": blank(rng, where(people["sex"][person] == "F", "Mrs", repeated("Mr", count)), 0.1, _BLANK),
        "forename": forename,
        "surname": surname,
        "birth_date": where(is_filled(birth), birth, where(rng.random(count) < 0.5, _BLANK, None)),
        "nino": _dotted(blank(rng, change(rng, people["nino"][person], 0.02, dirt.untidy), 0.4)),
        "address_line_1": flat,
        "address_line_2": where(rest == "", _BLANK, rest),
        "address_line_3": repeated(TOWN, count),
        "postcode": blank(rng, borough.dwellings["postcode"][home], 0.006, _BLANK),
        "uprn": borough.dwellings["uprn"][home],
    }
    return values, joined(forename, " ", surname)


def _dotted(column: Array) -> Array:
    """A dot for what is not there."""
    return np.asarray(where(is_filled(column), column, _BLANK))


def _account(rng: Rng, borough: Borough, accounts: Columns, account: Array, person: Array) -> Columns:
    household, count = accounts["household"], len(account)
    former = accounts["is_former"]
    number = np.array([int(i[1:]) for i in borough.households["household_id"]])[household] * 10 + former
    moved = borough.households["moved_day"][household]
    since = np.where((moved > 0) & ~former, moved, borough.span.start - rng.integers(500, 5000, len(household)))[account]
    # Nobody rents before the eighteenth birthday, and a child is told of from its birth; a tenancy that ended began before its end.
    birth = borough.people["birth"][person]
    grown = np.where(birth > borough.span.start, birth, np.minimum(birth + 18 * YEAR, days(borough.as_of) - 30)).astype(int)
    since = np.where(former[account], np.minimum(since, moved[account] - 60), np.maximum(since, grown))
    return {
        "landlord": where(borough.households["district"][household] == "Calder East", "Calder East Homes", "Calderbrook Homes")[account],
        "account_id": texts([f"{n:010d}" for n in number.tolist()])[account],
        "tenancy_from_date": dirt.date_texts(since, _FORM),
        "tenancy_to_date": where(former[account], dirt.date_texts(moved[account], _FORM), None),
        "weekly_rent_gbp": texts(accounts["rent"].tolist())[account],
        "arrears_gbp": texts(accounts["arrears"].tolist())[account],
        "technical_arrears_gbp": texts(accounts["technical"].tolist())[account],
        "balance_date": repeated(dirt.date_texts(np.array([days(borough.delivered) - 4]), _FORM)[0], count),
        "arrears_stage": accounts["stage"][account],
        "is_breathing_space": where(accounts["is_breathing_space"][account], "true", repeated("false", count)),
    }
