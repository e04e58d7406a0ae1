"""What a criteria file may say: frameworks, criteria and worked cases as values."""

from datetime import date
from typing import Literal

from pydantic import Field

from schemas.authority import Strict
from schemas.measure import WindowKind

Subject = Literal["child", "adult", "member"]
Assessment = Literal["met", "not_met", "not_assessed"]


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
    """A small household, what is known of it, and what must be found: criteria not named in `expect` must not be met.

    A criterion may be named without its headline, so that one case serves several frameworks. Ages are whole years at the case's date,
    or a date of birth, or empty when nobody knows. `criterion` and `is_boundary` say what the case is there to show.
    """

    case: str
    frameworks: tuple[str, ...] = Field(min_length=1)
    criterion: str | None = None
    is_boundary: bool = Field(default=False, alias="boundary")
    as_of: date | None = None
    people: dict[str, int | date | None] = Field(min_length=1)
    events: tuple[CaseEvent, ...] = ()
    missing: tuple[str, ...] = ()
    expect: dict[str, Assessment] = Field(default_factory=dict)
    overall: dict[str, str] = Field(default_factory=dict)


class Cases(Strict):
    """cases.yml: worked cases, run whenever the criteria are loaded for a run."""

    as_of: date
    cases: tuple[Case, ...]
