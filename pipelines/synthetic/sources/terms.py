"""A pupil's terms as rows: one a school, and so two where a pupil is registered at two schools."""

import numpy as np

from pipelines.synthetic.borough import Borough
from pipelines.synthetic.frame import Array, Columns, Rng, texts, where

_UNIT_URN = "149990"  # the pupil referral unit
_DUAL_SHARE = 0.004
_WHOLE, _MAIN, _SUBSIDIARY = range(3)
_COUNTS = ("possible", "authorised", "unauthorised", "suspended", "permanent")


def terms(rng: Rng, borough: Borough, school: Columns) -> tuple[Columns, Columns, Array]:
    """The term's columns of every row, what each row states, and the row's pupil (an index into `school`)."""
    pupil, term = np.nonzero(school["on_roll"])
    is_dual = (rng.random(len(school["person"])) < _DUAL_SHARE) & (school["status"] == "current").all(axis=1)
    copies = np.where(is_dual[pupil], 2, 1)
    pupil, term = np.repeat(pupil, copies), np.repeat(term, copies)
    part = np.where(is_dual[pupil], _MAIN, _WHOLE)
    part[np.flatnonzero(np.diff(pupil * 8 + term, prepend=-1) == 0)] = _SUBSIDIARY
    facts: Columns = {"person": school["person"][pupil], "term": term, "part": part}
    facts["status"] = where(part == _MAIN, "dual_main", where(part == _SUBSIDIARY, "dual_subsidiary", school["status"][pupil, term])).astype(object)
    for name in _COUNTS:
        facts[name] = _part_of(school[name][pupil, term], part)
    return _columns(borough, facts), facts, pupil


def _part_of(whole: Array, part: Array) -> Array:
    """Three fifths at the main school, the rest at the other."""
    main = (whole * 3 + 4) // 5
    return np.where(part == _WHOLE, whole, np.where(part == _MAIN, main, whole - main))


def _columns(borough: Borough, facts: Columns) -> Columns:
    status = facts["status"]
    urn = where((status == "alternative_provision") | (status == "dual_subsidiary"), _UNIT_URN, _schools(borough, facts))
    return {
        "school_urn": urn,
        "enrolment_status": status,
        "academic_year": texts(np.array([t.academic_year for t in borough.terms])[facts["term"]].tolist()),
        "term": texts([t.name for t in borough.terms])[facts["term"]],
        "sessions_possible": texts(facts["possible"].tolist()),
        "sessions_authorised": texts(facts["authorised"].tolist()),
        "sessions_unauthorised": texts(facts["unauthorised"].tolist()),
        "suspension_count": texts(facts["suspended"].tolist()),
        "permanent_exclusion_count": texts(facts["permanent"].tolist()),
    }


def _schools(borough: Borough, facts: Columns) -> Array:
    """The URN of the school of the pupil's age in the family's postcode sector; brothers and sisters go to one primary school."""
    people, households = borough.people, borough.households
    person = facts["person"]
    year = np.array([t.academic_year for t in borough.terms])[facts["term"]]
    # Born in September or later counts to the next school year; year 7 starts at eleven.
    born = np.floor(1970 + (people["birth"][person] - 243) / 365.25)
    sectors, sector = np.unique([code[:5] for code in borough.dwellings["postcode"]], return_inverse=True)
    household = people["household"][person]
    area = np.array([sum(map(ord, s)) for s in sectors])[sector][households["dwelling"][household]]
    urn = 140_000 + area % 40 * 4 + np.where(year - born >= 12, 2, household % 2)
    return texts(urn.astype(str).tolist())
