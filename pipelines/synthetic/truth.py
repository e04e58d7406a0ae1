"""The truth the product never sees: who is who, who lives with whom, what each household really meets, and what its records can show.

Reckoned from the generator's own facts, in NumPy, without the product's SQL, so that the one can judge the other.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np

from pipelines.synthetic.borough import Borough
from pipelines.synthetic.delivery import Rows
from pipelines.synthetic.frame import Array, Columns, repeated, take, texts, where
from pipelines.synthetic.people import CHILD, GRANDPARENT, HEAD, PARTNER, born_after, days
from pipelines.synthetic.structures import OUTSIDE

FRAMEWORKS: dict[str, dict[str, str]] = {
    "tf-2012": {
        "crime_asb.proven_offence": "proven_offence",
        "crime_asb.asb": "asb",
        "education.unauthorised_absence": "unauthorised_absence",
        "education.suspensions": "suspensions",
        "education.permanent_exclusion": "permanent_exclusions",
        "education.not_on_roll": "not_on_roll",
        "education.alternative_provision": "alternative_provision",
        "work.out_of_work_benefit": "out_of_work_benefit",
        "local.rent_arrears": "rent_arrears",
    },
    "tf-2015": {
        "crime_asb.proven_offence": "proven_offence",
        "crime_asb.asb": "asb",
        "education.overall_absence": "overall_absence",
        "education.suspensions": "suspensions",
        "education.permanent_exclusion": "permanent_exclusions",
        "education.not_on_roll": "not_on_roll",
        "education.alternative_provision": "alternative_provision",
        "work_finance.out_of_work_benefit": "out_of_work_benefit",
        "work_finance.rent_arrears": "rent_arrears",
    },
}
_PROVEN = ("caution", "youth_caution", "conviction")
_RESPONSIBLE = ("suspect", "offender", "perpetrator")
_OUT_OF_WORK = ("JSA", "ESA", "IS", "IB", "SDA", "CA")
_NOT_WORKING = ("no_work_related", "work_focused_interview", "work_preparation", "searching")
_SERIOUS_STAGES = ("notice_served", "court", "possession_order", "eviction")
_ROLE_NAMES = {HEAD: "adult", PARTNER: "partner", CHILD: "child", GRANDPARENT: "grandparent"}

Flags = dict[str, Array]


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of life, or of the accepted rows, in one shape: per person and term, or a row a fact."""

    sessions: dict[str, Array]
    police: Columns
    awards: Columns
    accounts: Columns


def tables(borough: Borough, delivered: list[Rows], rows_from: dict[str, Array], files: dict[str, str]) -> dict[str, Columns]:
    """Every truth table of one chunk. `rows_from` gives each source's row numbers in its file."""
    life = measures(borough, _in_life(borough))
    shown = measures(borough, _in_records(borough, delivered))
    has_child = _household_any(borough, borough.people["is_child"])
    known_child = _household_any(borough, borough.people["is_child"] & _birth_is_known(borough, delivered))
    assessable = np.flatnonzero(has_child & (borough.households["kind"] == "private"))
    return {
        "person": _people(borough),
        "household": _households(borough),
        "appearance": _appearances(borough, delivered, rows_from, files),
        "household_criterion": _criteria(borough, assessable, life, shown),
        "household_framework": _frameworks(borough, assessable, life, shown, known_child),
    }


def measures(borough: Borough, facts: Facts) -> Flags:
    """For each measure, which households meet it."""
    people, as_of = borough.people, borough.as_of
    child = people["is_child"]
    s = facts.sessions
    complete = np.array([t.is_complete for t in borough.terms])
    possible = s["possible"][:, complete].sum(axis=1)
    unauthorised = s["unauthorised"][:, complete].sum(axis=1)
    absent = unauthorised + s["authorised"][:, complete].sum(axis=1)
    by_person = {
        "unauthorised_absence": child & (possible > 0) & (unauthorised >= 0.15 * possible),
        "overall_absence": child & (possible > 0) & (absent >= 0.10 * possible),
        "suspensions": child & (s["suspended"][:, complete].sum(axis=1) >= 3),
        "permanent_exclusions": child & (s["permanent"].sum(axis=1) > 0),
        "not_on_roll": s["not_on_roll"] & child,
        "alternative_provision": s["alternative_provision"] & child,
    }
    by_person |= _police(people, facts.police, as_of)
    by_person["out_of_work_benefit"] = _out_of_work(people, facts.awards)
    flags = {name: _household_any(borough, flag) for name, flag in by_person.items()}
    flags["rent_arrears"] = _rent_arrears(borough, facts.accounts)
    return flags


def _police(people: Columns, police: Columns, as_of: date) -> Flags:
    year_ago = days(as_of) - 365
    recent = (police["day"] > year_ago) & np.isin(police["person_role"], _RESPONSIBLE)
    proven = recent & (police["record_type"] == "crime") & np.isin(police["disposal"], _PROVEN)
    asb = recent & np.isin(police["record_type"], ("incident", "intervention"))
    offender = _persons(people, police["person"][proven]) & people["is_child"] & (people["birth"] <= born_after(as_of, 10))
    return {"proven_offence": offender, "asb": _persons(people, police["person"][asb])}


def _persons(people: Columns, index: Array) -> Array:
    flag = np.zeros(len(people["age"]), dtype=bool)
    flag[index] = True
    return flag


def _out_of_work(people: Columns, awards: Columns) -> Array:
    universal = (awards["benefit_type"] == "UC") & np.isin(awards["conditionality"].astype(str), _NOT_WORKING)
    out = (awards["end"] == 0) & (universal | np.isin(awards["benefit_type"], _OUT_OF_WORK))
    partner = awards["partner"][out & universal]
    return np.asarray((_persons(people, awards["person"][out]) | _persons(people, partner[partner >= 0])) & ~people["is_child"])


def _rent_arrears(borough: Borough, accounts: Columns) -> Array:
    flag = np.zeros(len(borough.households["size"]), dtype=bool)
    owed = (accounts["arrears"] >= 8 * accounts["rent"]) | np.isin(accounts["stage"], _SERIOUS_STAGES)
    flag[accounts["household"][owed & ~accounts["is_breathing_space"]]] = True
    return flag


def _household_any(borough: Borough, flag: Array) -> Array:
    """Which households hold such a person; a child at home in two counts in both."""
    people, count = borough.people, len(borough.households["size"])
    result = np.zeros(count, dtype=bool)
    result[people["household"][flag]] = True
    other = people["other_household"][flag]
    result[other[other >= 0]] = True
    return result


def _in_life(borough: Borough) -> Facts:
    school = borough.lives.school
    count, span = len(borough.people["age"]), len(borough.terms)
    sessions = {name: np.zeros((count, span), dtype=int) for name in ("possible", "authorised", "unauthorised", "suspended", "permanent")}
    for name, values in sessions.items():
        values[school["person"]] = school[name] * school["on_roll"]
    for status in ("not_on_roll", "alternative_provision"):
        sessions[status] = _persons(borough.people, school["person"][(school["status"][:, -1] == status) & school["on_roll"][:, -1]])
    return Facts(sessions, borough.lives.police, borough.lives.awards, borough.lives.accounts)


def _in_records(borough: Borough, delivered: list[Rows]) -> Facts:
    """The same facts as the accepted rows state them, a row delivered twice counting once."""
    accepted = {rows.source: {k: v[rows.is_accepted] for k, v in rows.facts.items()} for rows in delivered}
    school = accepted["school_attendance"]
    count, span = len(borough.people["age"]), len(borough.terms)
    sessions = {name: np.zeros((count, span), dtype=int) for name in ("possible", "authorised", "unauthorised", "suspended", "permanent")}
    for name, values in sessions.items():
        np.add.at(values, (school["person"], school["term"]), school[name])
    for status in ("not_on_roll", "alternative_provision"):
        sessions[status] = _persons(borough.people, school["person"][(school["status"] == status) & (school["term"] == span - 1)])
    return Facts(sessions, accepted["police_asb"], accepted["dwp_benefit"], accepted["housing_arrears"])


def _birth_is_known(borough: Borough, delivered: list[Rows]) -> Array:
    rows = next(r for r in delivered if r.source == "school_attendance")
    return _persons(borough.people, rows.facts["person"][rows.is_accepted & rows.facts["has_birth_date"]])


def _people(borough: Borough) -> Columns:
    people, ids = borough.people, borough.households["household_id"]
    other = people["other_household"]
    role = texts([_ROLE_NAMES[r] for r in people["role"].tolist()])
    role[(people["role"] == CHILD) & ~people["is_child"]] = "adult_child"
    outside = borough.households["kind"][people["household"]] == OUTSIDE
    role[outside] = OUTSIDE
    return {
        "person_id": people["person_id"],
        "household_id": where(outside, None, ids[people["household"]]),
        "other_household_id": where(other >= 0, ids[other], None),
        "forename": people["forename"],
        "middle_names": people["middle_names"],
        "surname": people["surname"],
        "former_surname": people["former_surname"],
        "birth_date": people["birth"].astype("datetime64[D]"),
        "sex": people["sex"],
        "role": role,
        "name_origin": people["community"],
        "is_twin": people["is_twin"],
    }


def _households(borough: Borough) -> Columns:
    homes = borough.dwellings
    frame = take(borough.households, np.flatnonzero(borough.households["kind"] != OUTSIDE))
    index = frame["dwelling"]
    parts = [homes[name][index] for name in ("saon", "paon", "street")]
    return {
        "household_id": frame["household_id"],
        "kind": frame["kind"],
        "structure": frame["structure"],
        "address": texts([", ".join(p for p in line if p) for line in zip(*parts, strict=True)]),
        "postcode": homes["postcode"][index],
        "uprn": homes["uprn"][index],
        "district": homes["district"][index],
        "tenure": frame["tenure"],
        "has_moved": frame["previous_dwelling"] >= 0,
    }


def _appearances(borough: Borough, delivered: list[Rows], rows_from: dict[str, Array], files: dict[str, str]) -> Columns:
    ids = borough.people["person_id"]
    parts: list[Columns] = []
    for rows in delivered:
        for seen in rows.appearances:
            # A row without a person (an incident that names nobody) is kept: it must be found rejected.
            index = np.flatnonzero((seen.person >= 0) | (rows.is_fatal & (seen.role == "nominal")))
            person = seen.person[index]
            parts.append(
                {
                    "source": repeated(rows.source, len(index)),
                    "file_name": repeated(files[rows.source], len(index)),
                    "source_row": rows_from[rows.source][index],
                    "role": repeated(seen.role, len(index)),
                    "person_id": where(person >= 0, ids[person], None),
                    "name_delivered": seen.name[index],
                    "is_fatal": rows.is_fatal[index],
                    "is_duplicate": rows.is_duplicate[index],
                }
            )
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def _criteria(borough: Borough, households: Array, life: Flags, shown: Flags) -> Columns:
    ids = borough.households["household_id"][households]
    pairs = [(framework, criterion, measure) for framework, criteria in FRAMEWORKS.items() for criterion, measure in criteria.items()]
    return {
        "household_id": np.tile(ids, len(pairs)),
        "framework_id": np.repeat(texts([p[0] for p in pairs]), len(ids)),
        "criterion_id": np.repeat(texts([p[1] for p in pairs]), len(ids)),
        "is_met": np.concatenate([life[p[2]][households] for p in pairs]),
        "has_records": np.concatenate([(life[p[2]] & shown[p[2]])[households] for p in pairs]),
    }


def _frameworks(borough: Borough, households: Array, life: Flags, shown: Flags, known_child: Array) -> Columns:
    ids = borough.households["household_id"][households]
    met = {framework: qualifies(framework, life) for framework in FRAMEWORKS}
    proved = {framework: met[framework] & qualifies(framework, shown) & known_child for framework in FRAMEWORKS}
    return {
        "household_id": np.tile(ids, len(FRAMEWORKS)),
        "framework_id": np.repeat(texts(list(FRAMEWORKS)), len(ids)),
        "qualifies": np.concatenate([met[f][households] for f in FRAMEWORKS]),
        "has_records": np.concatenate([proved[f][households] for f in FRAMEWORKS]),
    }


def qualifies(framework: str, flags: Flags) -> Array:
    """The framework's rule over the headlines: 2012 all three national ones, or two and the local one; 2015 any two."""
    headlines: Flags = {}
    for criterion, measure in FRAMEWORKS[framework].items():
        headline = criterion.partition(".")[0]
        headlines[headline] = headlines.get(headline, np.zeros_like(flags[measure])) | flags[measure]
    if framework == "tf-2015":
        return np.asarray(sum(headlines.values(), start=np.zeros(len(flags["asb"]), dtype=int)) >= 2)
    national = headlines["crime_asb"].astype(int) + headlines["education"] + headlines["work"]
    return np.asarray((national == 3) | ((national == 2) & headlines["local"]))
