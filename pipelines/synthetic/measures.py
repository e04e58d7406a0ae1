"""Which households meet which criterion, from the facts of life or from the accepted rows: NumPy alone, without the product's SQL."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from pipelines.synthetic.borough import Borough
from pipelines.synthetic.delivery import Rows
from pipelines.synthetic.frame import Array, Columns, take
from pipelines.synthetic.people import born_after, days

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
Flags = dict[str, Array]


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of life, or of the accepted rows, in one shape: per person and term, or a row a fact."""

    sessions: dict[str, Array]
    police: Columns
    awards: Columns
    accounts: Columns


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
    flags = {name: household_any(borough, flag) for name, flag in by_person.items()}
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
    owed = (accounts["arrears"] - accounts["technical"] >= 8 * accounts["rent"]) | np.isin(accounts["stage"], _SERIOUS_STAGES)
    flag[accounts["household"][owed & ~accounts["is_breathing_space"]]] = True
    return flag


def household_any(borough: Borough, flag: Array) -> Array:
    """Which households hold such a person; a child at home in two counts in both."""
    people, count = borough.people, len(borough.households["size"])
    result = np.zeros(count, dtype=bool)
    result[people["household"][flag]] = True
    other = people["other_household"][flag]
    result[other[other >= 0]] = True
    return result


def in_life(borough: Borough) -> Facts:
    """The facts as they are, whether or not anyone delivers them."""
    school = borough.lives.school
    count, span = len(borough.people["age"]), len(borough.terms)
    sessions = {name: np.zeros((count, span), dtype=int) for name in ("possible", "authorised", "unauthorised", "suspended", "permanent")}
    for name, values in sessions.items():
        values[school["person"]] = school[name] * school["on_roll"]
    for status in ("not_on_roll", "alternative_provision"):
        sessions[status] = _persons(borough.people, school["person"][(school["status"][:, -1] == status) & school["on_roll"][:, -1]])
    return Facts(sessions, borough.lives.police, borough.lives.awards, borough.lives.accounts)


def in_records(borough: Borough, delivered: list[Rows]) -> Facts:
    """The same facts as the accepted rows state them, a row delivered twice counting once."""
    accepted = {rows.source: {k: v[rows.is_accepted] for k, v in rows.facts.items()} for rows in delivered}
    school = accepted["school_attendance"]
    police = accepted["police_asb"]
    police = take(police, np.flatnonzero(police["person"] >= 0))  # the rest name nobody
    count, span = len(borough.people["age"]), len(borough.terms)
    sessions = {name: np.zeros((count, span), dtype=int) for name in ("possible", "authorised", "unauthorised", "suspended", "permanent")}
    for name, values in sessions.items():
        np.add.at(values, (school["person"], school["term"]), school[name])
    for status in ("not_on_roll", "alternative_provision"):
        sessions[status] = _persons(borough.people, school["person"][(school["status"] == status) & (school["term"] == span - 1)])
    return Facts(sessions, police, accepted["dwp_benefit"], accepted["housing_arrears"])


def birth_is_known(borough: Borough, delivered: list[Rows]) -> Array:
    """Who has a date of birth in an accepted row of the schools': only then can the records show a child."""
    rows = next(r for r in delivered if r.source == "school_attendance")
    return _persons(borough.people, rows.facts["person"][rows.is_accepted & rows.facts["has_birth_date"]])


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
