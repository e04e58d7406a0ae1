"""Housing: a row a rent account and tenant, as a rent system exports it; blanks are dots, arrears are a negative balance."""

import numpy as np

from pipelines.synthetic import addresses, dirt
from pipelines.synthetic.borough import Borough
from pipelines.synthetic.delivery import Appearance, Rows, shuffled, spoil
from pipelines.synthetic.dwellings import TOWN
from pipelines.synthetic.frame import Array, Columns, Rng, blank, change, repeated, take, texts
from pipelines.synthetic.lives import people_of
from pipelines.synthetic.people import CHILD, HEAD, PARTNER, YEAR, days

_FORM = "%d-%b-%Y"
_BLANK = "."


def rows(rng: Rng, borough: Borough) -> Rows:
    """All accounts of the social landlord."""
    accounts = borough.lives.accounts
    accounts = take(accounts, np.flatnonzero(accounts["is_social"]))
    account, person, role = _tenants(rng, borough, accounts)
    values, seen = _people(rng, borough, person, role)
    facts = take(accounts, account) | {"person": person, "has_birth_date": values["birth_date"] != texts(None)}
    values |= _account(rng, borough, accounts, account, person)
    result = Rows("housing_arrears", values, np.zeros(len(person), dtype=bool), seen, facts)
    spoil(rng, result, 0.012, {"account_id": _BLANK, "weekly_rent_gbp": None, "arrears_stage": "S99", "tenant_role": "?"})
    return shuffled(rng, result, duplicates=0.004)


def _tenants(rng: Rng, borough: Borough, accounts: Columns) -> tuple[Array, Array, Array]:
    """Account, person and role of each row: the head, often the partner as joint tenant, some adult children as members."""
    people, household = borough.people, accounts["household"]
    total = len(borough.households["size"])
    head, partner = people_of(people, HEAD, total)[household], people_of(people, PARTNER, total)[household]
    luck = rng.random(len(household))
    joint = np.flatnonzero((partner >= 0) & (luck < 0.62))
    member = np.flatnonzero((partner >= 0) & (luck >= 0.62) & (luck < 0.8))
    account_of = np.full(total, -1)
    account_of[household] = np.arange(len(household))
    grown = np.flatnonzero((people["role"] == CHILD) & (people["age"] >= 18) & (account_of[people["household"]] >= 0))
    grown = grown[rng.random(len(grown)) < 0.4]
    account = np.concatenate([np.arange(len(household)), joint, member, account_of[people["household"][grown]]])
    person = np.concatenate([head, partner[joint], partner[member], grown])
    counts = (len(household), len(joint), len(member) + len(grown))
    return account, person, np.repeat(texts(["tenant", "joint_tenant", "household_member"]), counts)


def _people(rng: Rng, borough: Borough, person: Array, role: Array) -> tuple[Columns, tuple[Appearance, ...]]:
    people, count = borough.people, len(person)
    former = people["former_surname"][person]
    surname = np.where((former != texts(None)) & (rng.random(count) < 0.1), former, people["surname"][person])
    forename, surname = dirt.clerk_names(rng, people["forename"][person], surname, typo=0.025, nick=0.05, swap=0.006)
    home = borough.home(rng, person, stale=0.03)
    flat, rest = addresses.two_lines(rng, borough.dwellings, home, short=0.15)
    dots = {name: lambda column: np.where(column == texts(None), _BLANK, column) for name in ("any",)}["any"]
    values: Columns = {
        "source_person_id": texts([f"T{int(p[1:]):08d}" for p in people["person_id"][person]]),
        "tenant_role": role.copy(),
        "title": blank(rng, np.where(people["sex"][person] == "F", "Mrs", "Mr").astype(object), 0.1, _BLANK),
        "forename": forename,
        "surname": surname,
        "birth_date": dirt.birth_texts(rng, people["birth"][person], _FORM, wrong=0.01, lost=0.18, nineteen_hundred=0.03),
        "nino": dots(blank(rng, change(rng, people["nino"][person], 0.02, dirt.untidy), 0.4)),
        "address_line_1": flat,
        "address_line_2": dots(rest),
        "address_line_3": repeated(TOWN, count),
        "postcode": blank(rng, borough.dwellings["postcode"][home], 0.006, _BLANK),
        "uprn": borough.dwellings["uprn"][home],
    }
    values["birth_date"] = np.where(values["birth_date"] == texts(None), np.where(rng.random(count) < 0.5, _BLANK, None), values["birth_date"])
    name = forename + texts(" ") + surname
    return values, tuple(Appearance(r, np.where(role == r, person, -1), name) for r in ("tenant", "joint_tenant", "household_member"))


def _account(rng: Rng, borough: Borough, accounts: Columns, account: Array, person: Array) -> Columns:
    ids = borough.households["household_id"][accounts["household"]]
    since = days(borough.as_of) - rng.integers(60, 5000, len(account))[account]
    moved = borough.households["moved_day"][accounts["household"]][account]
    since = np.where(moved > 0, moved, since)
    adult = (borough.people["birth"][person] + 18 * YEAR).astype(int)
    since = np.maximum(since, np.minimum(adult, days(borough.as_of) - 30))
    count = len(account)
    return {
        "account_id": texts([f"{int(i[1:]):09d}" for i in ids])[account],
        "tenancy_from_date": dirt.date_texts(since, _FORM),
        "tenancy_to_date": repeated(None, count),
        "weekly_rent_gbp": texts(accounts["rent"].tolist())[account],
        "arrears_gbp": texts((accounts["arrears"]).tolist())[account],
        "balance_date": repeated(dirt.date_texts(np.array([days(borough.delivered) - 4]), _FORM)[0], count),
        "arrears_stage": accounts["stage"][account],
        "is_breathing_space": np.where(accounts["is_breathing_space"][account], "true", "false").astype(object),
    }
