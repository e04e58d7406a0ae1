"""What a file of worked cases may say: small households, what is known of them, and what must be found."""

from datetime import date

from pydantic import Field

from schemas.criterion import Assessment
from schemas.profile import Strict


class CaseEvent(Strict):
    """One event of a worked case; its day is given as a date, as days before the case's date, or as a term such as '2025/26 spring'.

    A `need` that an optional source tells of names it in `code`. `source` is for an event that several sources tell of.
    A `session_mark` has its attendance code in `code` (`count` of them from the day on, two a school day), an `exclusion` its category, permanent unless
    given; both are summed up by the statements of ingest.
    """

    who: str
    event: str
    source: str | None = None
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
    technical_arrears: float | None = None
    breathing_space: bool | None = None
    in_work: bool | None = None
    reinstated: bool | None = None


class Case(Strict):
    """A small household, what is known of it, and what must be found: criteria not named in `expect` must not be met.

    A criterion may be named without its headline, so that one case serves several frameworks. Ages are whole years at the case's date,
    or a date of birth, or empty when nobody knows. The four sources are delivered; `delivered` names the optional
    ones that are too, `missing` those of which there is no extract. `criterion` (one or several) and `is_boundary` say what the case is there to show.
    """

    case: str
    frameworks: tuple[str, ...] = Field(min_length=1)
    criterion: str | tuple[str, ...] = ()
    is_boundary: bool = Field(default=False, alias="boundary")
    as_of: date | None = None
    district: str | None = None
    ward: str | None = None
    people: dict[str, int | date | None] = Field(min_length=1)
    events: tuple[CaseEvent, ...] = ()
    delivered: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    expect: dict[str, Assessment] = Field(default_factory=dict)
    overall: dict[str, str] = Field(default_factory=dict)
    tier: dict[str, str] = Field(default_factory=dict)
    individuals: dict[str, tuple[str, ...]] = Field(default_factory=dict)

    @property
    def criteria(self) -> tuple[str, ...]:
        """What the case is about."""
        return (self.criterion,) if isinstance(self.criterion, str) else self.criterion


class Cases(Strict):
    """cases.yml: worked cases, run whenever the criteria are loaded for a run."""

    as_of: date
    cases: tuple[Case, ...]
