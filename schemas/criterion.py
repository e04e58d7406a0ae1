"""What a criteria file may say: frameworks, criteria and worked cases as values; the closed list of measures they pick from."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from pydantic import Field

from schemas.authority import Strict
from schemas.extracts import ARREARS_STAGES, BENEFIT_TYPES, CONDITIONALITY, ENROLMENT_STATUSES
from schemas.staging import SOURCES

Subject = Literal["child", "adult", "member"]
WindowKind = Literal["days", "terms", "point_in_time"]
Assessment = Literal["met", "not_met", "not_assessed"]
CaseKind = Literal["met", "not_met", "not_assessed", "boundary"]

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
    silence: Assessment = "not_met"
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


class Window(Strict):
    """The span looked at, both ends included: days back from the as-of date, complete terms before it, or the date alone."""

    kind: WindowKind
    count: int = Field(default=0, ge=0, le=3660)
    include_current: bool = False


class Ages(Strict):
    """Ages in whole years at the as-of date, both ends included."""

    lowest: int = Field(alias="from", ge=0, le=120)
    highest: int = Field(alias="to", ge=0, le=120)


class Criterion(Strict):
    """One thing a household can meet: a measure, a threshold and a window, with the policy they come from."""

    id: str = Field(pattern=r"^[a-z_]+\.[a-z_]+$")
    headline: str
    label: str
    policy: str
    citation: str
    owner: str
    effective_from: date
    effective_to: date | None = None
    measure: str
    subject: Subject
    ages: Ages | None = None
    compulsory_school_age: bool = False
    operator: Literal[">=", ">"] = ">="
    threshold: float = Field(gt=0)
    unit: str
    window: Window
    codes: tuple[str, ...] = ()
    qualifiers: tuple[str, ...] = ()
    sources: tuple[str, ...]

    def is_in_force(self, as_of: date) -> bool:
        """Whether the criterion holds at the date."""
        return self.effective_from <= as_of and (self.effective_to is None or as_of <= self.effective_to)


class Requirement(Strict):
    """At least `count` of the headline problems."""

    count: int = Field(gt=0)
    of: tuple[str, ...] = Field(min_length=1)


class Rule(Strict):
    """One way to qualify: every requirement is met."""

    name: str = Field(pattern=r"^[a-z0-9_]+$")
    label: str
    require: tuple[Requirement, ...] = Field(min_length=1)


class Tier(Strict):
    """A tier, for households with at least so many headline problems; the first that fits counts."""

    name: str
    headlines_at_least: int = Field(ge=0)


class Household(Strict):
    """What a household must hold to be assessed at all."""

    dependent_child: Literal[True]


class Framework(Strict):
    """One set of criteria and the rule that combines them."""

    id: str = Field(pattern=r"^[a-z0-9-]+$")
    version: str
    name: str
    citation: str
    effective_from: date
    effective_to: date | None = None
    household: Household
    headlines: dict[str, str]
    qualification: tuple[Rule, ...] = Field(min_length=1)
    tiers: tuple[Tier, ...] = ()
    criteria: tuple[Criterion, ...] = Field(min_length=1)

    def is_in_force(self, as_of: date) -> bool:
        """Whether the framework holds at the date."""
        return self.effective_from <= as_of and (self.effective_to is None or as_of <= self.effective_to)


class Criteria(Strict):
    """criteria.yml: every framework the authority assesses its households against."""

    frameworks: tuple[Framework, ...] = Field(min_length=1)

    def at(self, as_of: date) -> tuple[Framework, ...]:
        """The frameworks in force at the date, each with its criteria in force."""
        chosen = (f for f in self.frameworks if f.is_in_force(as_of))
        return tuple(f.model_copy(update={"criteria": tuple(c for c in f.criteria if c.is_in_force(as_of))}) for f in chosen)


class CaseEvent(Strict):
    """One event of a worked case; its day is given as a date, as days before the case's date, or as a term such as '2025/26 spring'."""

    who: str
    event: str
    on: date | None = None
    days_ago: int | None = None
    term: str | None = Field(default=None, pattern=r"^\d{4}/\d{2} (autumn|spring|summer)$")
    until: date | None = None
    until_days_ago: int | None = None
    code: str | None = None
    role: str | None = None
    qualifier: str | None = None
    occurrence: str | None = None
    possible: int | None = None
    authorised: int | None = None
    unauthorised: int | None = None
    count: int | None = None
    rent: float | None = None
    arrears: float | None = None
    breathing_space: bool | None = None
    in_work: bool | None = None


class Case(Strict):
    """A small household, what is known of it, and what must be found: criteria not named in `expect` must not be met."""

    case: str
    frameworks: tuple[str, ...]
    criterion: str | None = None
    shows: CaseKind | None = None
    as_of: date | None = None
    people: dict[str, int | date | None]
    events: tuple[CaseEvent, ...] = ()
    missing: tuple[str, ...] = ()
    expect: dict[str, Assessment]
    overall: str | None = None


class Cases(Strict):
    """cases.yml: worked cases, run whenever the criteria are loaded for a run."""

    as_of: date
    cases: tuple[Case, ...]
