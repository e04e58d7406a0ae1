"""The closed list of measures a criterion picks from: what each counts, in which unit, over which windows, and what silence means."""

from dataclasses import dataclass
from typing import Literal

from schemas.extracts import ARREARS_STAGES, BENEFIT_TYPES, CONDITIONALITY, ENROLMENT_STATUSES
from schemas.staging import SOURCES

WindowKind = Literal["days", "terms", "point_in_time"]
Silence = Literal["not_met", "not_assessed"]

DISPOSALS = ("caution", "youth_caution", "conviction")


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing that can be counted, by one SQL file in `sql/score/`, unless nobody delivers its source yet.

    `silence` is what no record at all means: a register that is fresh and does not name the household says "no such record" (not met);
    attendance says nothing about a child it does not list (not assessed).
    """

    name: str
    description: str
    source: str
    unit: str
    windows: tuple[WindowKind, ...]
    highest_threshold: float
    silence: Silence = "not_met"
    codes: tuple[str, ...] = ()
    qualifiers: tuple[str, ...] = ()

    @property
    def is_delivered(self) -> bool:
        """Whether some partner delivers the source."""
        return self.source in SOURCES


def _attendance(name: str, description: str, unit: str, highest: float) -> Measure:
    return Measure(name, description, "school_attendance", unit, ("terms",), highest, "not_assessed")


_MEASURES = (
    Measure(
        "proven_offence",
        "Different offences with a proven disposal (the criterion's qualifiers) the person committed in the window.",
        "police_asb",
        "offences",
        ("days",),
        100,
        qualifiers=DISPOSALS,
    ),
    Measure(
        "asb",
        "Incidents that name the person suspect, offender or perpetrator, and interventions the person is subject of; never victims, witnesses or callers.",
        "police_asb",
        "incidents",
        ("days",),
        1000,
    ),
    _attendance("unauthorised_absence", "Sessions missed without authority, of sessions possible at all the child's schools.", "percent", 100),
    _attendance("overall_absence", "Sessions missed with or without authority, of sessions possible at all the child's schools.", "percent", 100),
    _attendance("suspensions", "Suspensions (fixed-term exclusions) at all the child's schools.", "suspensions", 200),
    _attendance("permanent_exclusions", "Permanent exclusions that were not overturned.", "exclusions", 20),
    Measure(
        "school_roll_status",
        "1 when the child's latest standing on any roll is one of the codes; off a roll only counts when no other school has the child.",
        "school_attendance",
        "status",
        ("point_in_time",),
        1,
        "not_assessed",
        codes=ENROLMENT_STATUSES,
    ),
    Measure(
        "out_of_work_benefit",
        "Awards at the date of one of the codes; Universal Credit only under one of the qualifiers (conditionality), and indeterminate without any.",
        "dwp_benefit",
        "awards",
        ("point_in_time",),
        20,
        codes=BENEFIT_TYPES,
        qualifiers=CONDITIONALITY,
    ),
    Measure(
        "rent_arrears",
        "Arrears of a running account in weeks of its rent; one of the codes (stages of recovery) meets it whatever the amount. Breathing space is left out.",
        "housing_arrears",
        "weeks",
        ("point_in_time",),
        520,
        codes=ARREARS_STAGES,
    ),
    Measure("child_in_need", "Children in need or on a protection plan.", "social_care", "children", ("days", "point_in_time"), 20),
    Measure("domestic_abuse", "Incidents of domestic abuse.", "domestic_abuse", "incidents", ("days",), 100),
    Measure("health_referral", "Referrals for mental health or substance misuse.", "health", "referrals", ("days",), 100),
)
MEASURES = {measure.name: measure for measure in _MEASURES}
