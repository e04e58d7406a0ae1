"""The closed list of measures a criterion picks from: what each counts, in which unit, over which windows, and what silence means."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from schemas.extracts import ARREARS_STAGES, BENEFIT_TYPES, CONDITIONALITY, ENROLMENT_STATUSES
from schemas.extracts.needs import NEEDS
from schemas.staging import SOURCES

WindowKind = Literal["days", "months", "terms", "point_in_time"]
Silence = Literal["not_met", "not_assessed"]

DISPOSALS = ("caution", "youth_caution", "conviction")


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing that can be counted, by one SQL file in `sql/score/`: that of its name, or `need.sql` for needs that optional sources tell of.

    `silence` is what no record at all means: a register that is fresh and does not name the household says "no such record" (not met);
    attendance says nothing about a child it does not list (not assessed). A measure of several sources can be met by those that speak, but never
    "not met" while one of them is silent. Of a household measure the whole household has one value; of the others the highest person's counts.
    """

    name: str
    description: str
    sources: tuple[str, ...]
    unit: str
    windows: tuple[WindowKind, ...]
    highest_threshold: float
    silence: Silence = "not_met"
    codes: tuple[str, ...] = ()
    qualifiers: tuple[str, ...] = ()
    is_of_household: bool = False
    can_be_sustained: bool = False
    needs: tuple[str, ...] = ()
    """The needs counted, of optional sources."""
    supplements: tuple[str, ...] = ()
    """Optional sources that add to what the others tell, where there are any; without them nothing is missing."""

    @property
    def statement(self) -> str:
        """The SQL file that counts it."""
        return "need" if self.needs else self.name

    def delivered(self, present: Collection[str] = SOURCES) -> tuple[str, ...]:
        """The sources some partner delivers; `present` are those the authority has profiles of."""
        return tuple(source for source in (*self.sources, *self.supplements) if source in present)

    def undelivered(self, present: Collection[str] = SOURCES) -> tuple[str, ...]:
        """The sources nobody delivers."""
        return tuple(source for source in self.sources if source not in present)

    def is_delivered(self, present: Collection[str] = SOURCES) -> bool:
        """Whether some partner delivers a source of it."""
        return bool(self.delivered(present))


_PAST: tuple[WindowKind, ...] = ("days", "months")


def _school(name: str, description: str, unit: str, highest: float, *, can_be_sustained: bool = False) -> Measure:
    return Measure(name, description, ("school_attendance",), unit, ("terms",), highest, "not_assessed", can_be_sustained=can_be_sustained)


def _need(name: str, description: str, source: str, unit: str, *needs: str) -> Measure:
    """A measure of needs that an optional source tells of; where the authority has no profile of it, a criterion that uses it is not assessed.

    A criterion may count some of the needs only, by its codes.
    """
    counted = needs or NEEDS[source]
    return Measure(name, description, (source,), unit, (*_PAST, "point_in_time"), 100, codes=counted if len(counted) > 1 else (), needs=counted)


_MEASURES = (
    Measure(
        "proven_offence",
        "Different offences with a proven disposal (the criterion's qualifiers) the person committed in the window.",
        ("police_asb",),
        "offences",
        _PAST,
        100,
        qualifiers=DISPOSALS,
        supplements=("youth_justice",),
    ),
    Measure(
        "asb",
        "Incidents that name the person suspect, offender or perpetrator, and interventions the person is subject of; never victims, witnesses or callers.",
        ("police_asb",),
        "incidents",
        _PAST,
        1000,
    ),
    _school(
        "unauthorised_absence",
        "Sessions missed without authority, of sessions possible at all the child's schools.",
        "percent",
        100,
        can_be_sustained=True,
    ),
    _school(
        "overall_absence",
        "Sessions missed with or without authority, of sessions possible at all the child's schools.",
        "percent",
        100,
        can_be_sustained=True,
    ),
    _school("suspensions", "Suspensions (fixed-term exclusions) at all the child's schools.", "suspensions", 200),
    _school("permanent_exclusions", "Permanent exclusions that were not overturned.", "exclusions", 20),
    Measure(
        "school_roll_status",
        "1 when the child's latest standing on any roll is one of the codes; off a roll only counts when no other school has the child.",
        ("school_attendance",),
        "status",
        ("point_in_time",),
        1,
        "not_assessed",
        codes=ENROLMENT_STATUSES,
    ),
    Measure(
        "out_of_work_benefit",
        "Awards at the date of one of the codes; Universal Credit only under one of the qualifiers (conditionality), and indeterminate without any.",
        ("dwp_benefit",),
        "awards",
        ("point_in_time",),
        20,
        codes=BENEFIT_TYPES,
        qualifiers=CONDITIONALITY,
    ),
    Measure(
        "benefit_duration",
        "Whole months since the person's present spell on the codes' benefits began; awards that follow within 28 days are one spell.",
        ("dwp_benefit",),
        "months",
        ("point_in_time",),
        600,
        codes=BENEFIT_TYPES,
        qualifiers=CONDITIONALITY,
    ),
    Measure(
        "rent_arrears",
        "Arrears of a running account in weeks of its rent, without what is technical; one of the codes (stages of recovery) meets it whatever the amount. "
        "Breathing space is left out.",
        ("housing_arrears",),
        "weeks",
        ("point_in_time",),
        520,
        codes=ARREARS_STAGES,
    ),
    Measure(
        "rent_stage",
        "1 when recovery on a running rent account has reached one of the codes (stages), whatever is owed. Breathing space is left out.",
        ("housing_arrears",),
        "status",
        ("point_in_time",),
        1,
        codes=ARREARS_STAGES,
    ),
    Measure(
        "agency_count",
        "Different agencies that act on the household: police (named responsible), schools (suspension, exclusion), DWP (out-of-work benefit), "
        "landlord (recovery of arrears). Those who deliver nothing are not counted, so the count is a lower bound.",
        ("police_asb", "school_attendance", "dwp_benefit", "housing_arrears", "social_care", "early_help", "health"),
        "agencies",
        _PAST,
        7,
        is_of_household=True,
    ),
    _need("child_in_need", "Children in need or on a protection plan.", "social_care", "episodes", "child_in_need", "child_protection_plan"),
    _need("edge_of_care", "Children on the edge of care.", "social_care", "episodes", "edge_of_care"),
    _need("child_in_care", "Children looked after by the council.", "social_care", "episodes", "looked_after", "placed_with_parents"),
    _need("placed_with_parents", "Children in care who are placed at home with their parents.", "social_care", "episodes", "placed_with_parents"),
    _need("exploitation", "Children missing from home or at risk of exploitation.", "social_care", "episodes", "missing_or_exploited"),
    _need("domestic_abuse", "Incidents of domestic abuse.", "domestic_abuse", "incidents"),
    _need(
        "health_referral",
        "Referrals for mental health or substance misuse.",
        "health",
        "referrals",
        "mental_health_referral",
        "substance_misuse_referral",
    ),
    _need("substance_misuse", "People in treatment for drugs or alcohol.", "substance_misuse", "episodes"),
    _need("early_years", "Children under five whose development needs help, or who do not take up their entitlement.", "early_years", "episodes"),
    _need(
        "family_relationships",
        "Assessments that find parental conflict, or a need of parenting support.",
        "early_help",
        "assessments",
        "parental_conflict",
        "parenting_support",
    ),
    _need("early_help_assessment", "Early help assessments that are open.", "early_help", "assessments", "early_help_assessment"),
    _need("neet", "Young people of 16 or 17 not in education, employment or training; a school's silence does not tell.", "careers", "episodes"),
    _need("homelessness", "Applications as homeless, or homes found unsuitable.", "housing_options", "applications"),
    _need("supervised_offender", "Adults on probation, or within a year of release from prison.", "probation", "episodes"),
    _need("new_arrival", "Families new to the country or the district who need help to settle.", "early_help", "episodes", "new_arrival"),
)
MEASURES = {measure.name: measure for measure in _MEASURES}
