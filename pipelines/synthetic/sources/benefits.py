"""DWP: a row an award and claimant, with the partner on the claim; capitals without accents, dates as digits."""

import numpy as np

from pipelines.synthetic import addresses, delivery, dirt
from pipelines.synthetic.borough import Borough
from pipelines.synthetic.delivery import Appearance, Rows
from pipelines.synthetic.dwellings import TOWN
from pipelines.synthetic.frame import Array, Columns, Rng, blank, change, is_filled, joined, own, repeated, take, texts, where
from pipelines.synthetic.people import days

_OPEN_END = "99991231"


def rows(rng: Rng, borough: Borough) -> Rows:
    """The share for the programme: 97 awards in a hundred."""
    facts = borough.lives.awards
    facts = take(facts, np.flatnonzero(rng.random(len(facts["person"])) >= 0.03))
    person, partner, people = facts["person"], facts["partner"], borough.people
    values, claimant = _claimants(rng, borough, person)
    values |= {
        "claim_id": texts([f"CL{borough.number:03d}{n:07d}" for n in range(len(person))]),
        "benefit_type": facts["benefit_type"],
        "award_from_date": dirt.date_texts(facts["start"], "%Y%m%d"),
        "award_to_date": where(facts["end"] > 0, dirt.date_texts(facts["end"], "%Y%m%d"), where(rng.random(len(person)) < 0.7, _OPEN_END, None)),
        "conditionality": facts["conditionality"],
        "as_at_date": repeated(dirt.date_texts(np.array([days(borough.delivered) - 2]), "%Y%m%d")[0], len(person)),
    }
    spouse = _partners(rng, borough, values, partner)
    # A clerk sometimes puts the spouse's number on the claimant.
    wrong = np.flatnonzero((partner >= 0) & (own(rng).random(len(person)) < 0.006))
    values["nino"][wrong] = people["nino"][partner[wrong]]
    good = delivery.rows("dwp_benefit", values, (claimant, spouse), facts)
    ways: dict[str, delivery.Spoiler] = {"birth_date": dirt.impossible, "nino": None, "benefit_type": "XX", "award_from_date": "20261350"}
    return delivery.spoiled(rng, good, 0.012, ways)


def _claimants(rng: Rng, borough: Borough, person: Array) -> tuple[Columns, Appearance]:
    people = borough.people
    forename, surname = _names(rng, borough, person)
    home = borough.home(rng, person, stale=0.15)
    line = addresses.first_line(rng, borough.dwellings, home, short=0.2, no_flat=0.02)
    nino = change(rng, people["nino"][person], 0.006, lambda n, _: "QQ" + n[2:])
    values: Columns = {
        "nino": change(rng, nino, 0.02, dirt.untidy),
        "title": np.where(people["sex"][person] == "F", "MS", "MR").astype(object),
        "surname": surname,
        "forename": forename,
        "birth_date": dirt.birth_texts(rng, people["birth"][person], "%Y%m%d", wrong=0.004, lost=0.002),
        "sex": np.where(people["sex"][person] == "F", "F", "M").astype(object),
        "address_line_1": texts([text.upper().replace(",", "") for text in line]),
        "address_line_2": repeated(TOWN.upper(), len(person)),
        "address_line_3": repeated(None, len(person)),
        "postcode": change(rng, blank(rng, borough.dwellings["postcode"][home], 0.008), 0.1, lambda code, _: code.replace(" ", "")),
    }
    return values, Appearance("claimant", person, joined(forename, " ", surname))


def _partners(rng: Rng, borough: Borough, values: Columns, partner: Array) -> Appearance:
    people = borough.people
    forename, surname = _names(rng, borough, partner)
    given = partner >= 0
    filled = {
        "partner_nino": blank(rng, people["nino"][partner], 0.05),
        "partner_surname": surname,
        "partner_forename": forename,
        "partner_birth_date": dirt.birth_texts(rng, people["birth"][partner], "%Y%m%d", wrong=0.006, lost=0.01),
    }
    values |= {name: where(given, column, None) for name, column in filled.items()}
    return Appearance("partner", partner, where(given, joined(forename, " ", surname), None))


def _names(rng: Rng, borough: Borough, person: Array) -> tuple[Array, Array]:
    """Names in capitals; some women still under the name they bore before."""
    people = borough.people
    former = people["former_surname"][person]
    surname = where((is_filled(former)) & (rng.random(len(person)) < 0.08), former, people["surname"][person])
    forename, surname = dirt.clerk_names(rng, people["forename"][person], surname, typo=0.008, nick=0.005)
    middle = people["middle_names"][person]
    in_full = is_filled(middle) & (rng.random(len(person)) < 0.5)
    whole = where(in_full, joined(forename, " ", where(is_filled(middle), middle, "")), forename)
    return texts([dirt.plain_capitals(text) for text in whole]), texts([dirt.plain_capitals(text) for text in surname])
