"""An authority's configuration: supplier profiles, thresholds and publication rules, checked before anything runs."""

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from schemas import purposes
from schemas.extracts import CONTRACTS

Share = Annotated[float, Field(ge=0, le=1)]


class Strict(BaseModel):
    """A part of a configuration file: unknown keys are mistakes."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Agreement(Strict):
    """The sharing agreement a delivery rests on."""

    id: str
    expires: date


def _compiled(pattern: str) -> re.Pattern[str]:
    try:
        return re.compile(pattern)
    except re.error as error:
        raise ValueError(f"is not a regular expression: {error}") from None


class Volume(Strict):
    """How far the accepted rows may fall below those of the extract the last publication stood on."""

    warn_fall: Share = 0.2
    refuse_fall: Share = 0.5
    allowed_falls: tuple[date | Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")], ...] = ()
    """Deliveries that may fall all the same, by day of delivery or SHA-256 of the file."""

    @model_validator(mode="after")
    def _warns_before_it_refuses(self) -> "Volume":
        if self.warn_fall > self.refuse_fall:
            raise ValueError("warn_fall must not exceed refuse_fall")
        return self

    def allows(self, delivered: date, sha256: str) -> bool:
        """Whether the analyst allowed this very delivery to hold fewer rows."""
        return delivered in self.allowed_falls or sha256 in self.allowed_falls


class Profile(Strict):
    """How one supplier writes its file, and the contract columns its headers stand for."""

    supplier: str
    controller: str
    file_pattern: str
    agreement: Agreement
    purpose: str | None = None
    outputs: tuple[purposes.OutputName, ...] | None = None
    """Where this source's rows may go; all that the contract allows unless given."""
    keep_days: int | None = Field(default=None, gt=0)
    """How long an extract is kept after its delivery; as long as the contract allows unless given."""
    stale_after_days: int = Field(gt=0)
    refuse_when_rejected_share_over: Share
    volume: Volume = Volume()
    layout: str | None = None
    """A layout of the library in `schemas/layouts/`: it gives what the profile itself does not say."""
    date_formats: tuple[str, ...] = ()
    null_values: tuple[str, ...] = ()
    null_patterns: dict[str, tuple[str, ...]] = {}
    """Contract column: regular expressions; a value that one matches as a whole, in either case, means unknown."""
    open_end_dates: tuple[str, ...] = ()
    negate: tuple[str, ...] = ()
    decimal_mark: Literal[".", ","] = "."
    """What stands before the pence in amounts; the other sign is taken for that between thousands."""
    academic_year_format: str | None = None
    columns: dict[str, tuple[str, ...]] = {}
    combined: dict[str, tuple[str, ...]] = {}
    """Contract column: further headers of the supplier's whose text belongs behind that of the column, in this order."""
    split: dict[str, str] = {}
    """Contract column: a regular expression whose first group is the column's part of a cell; several columns may share a header so."""
    fixed: dict[str, str] = {}
    """Contract column that the file lacks: what it would say in every row, in the supplier's words or the contract's."""
    codes: dict[str, dict[str, str | None]] = {}

    @field_validator("file_pattern")
    @classmethod
    def _names_the_date(cls, pattern: str) -> str:
        if "date" not in _compiled(pattern).groupindex:
            raise ValueError("file_pattern must name a group (?P<date>...) that holds the delivery date")
        return pattern

    @field_validator("null_patterns")
    @classmethod
    def _are_patterns(cls, patterns: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
        for pattern in (p for several in patterns.values() for p in several):
            _compiled(pattern)
        return patterns

    @field_validator("split")
    @classmethod
    def _take_a_part(cls, patterns: dict[str, str]) -> dict[str, str]:
        for column, pattern in patterns.items():
            if _compiled(pattern).groups < 1:
                raise ValueError(f"{column}: the pattern needs a group ( ) around the part that is meant")
        return patterns

    @field_validator("academic_year_format")
    @classmethod
    def _is_an_example(cls, example: str | None) -> str | None:
        if example is not None and not re.fullmatch(r"\d{4}(\D?(\d{2}|\d{4}))?", example):
            raise ValueError("academic_year_format must be an example such as '2025/26', '2025-2026' or '2025'")
        return example

    @model_validator(mode="after")
    def _says_how_to_read(self) -> "Profile":
        missing = [name for name in ("date_formats", "columns") if not getattr(self, name)]
        if missing:
            raise ValueError(f"{' and '.join(missing)} must be given, here or by a layout")
        loose = sorted({*self.combined, *self.split} - set(self.columns))
        if loose:
            raise ValueError(f"{', '.join(loose)} under combined or split must stand under columns too")
        return self

    @property
    def named_columns(self) -> set[str]:
        """Every contract column the profile speaks of."""
        return {*self.columns, *self.fixed, *self.codes, *self.negate, *self.null_patterns}


class Profiles(Strict):
    """extracts.yml: one profile a source."""

    school_attendance: Profile
    police_asb: Profile
    dwp_benefit: Profile
    housing_arrears: Profile

    @model_validator(mode="after")
    def _columns_are_the_contracts(self) -> "Profiles":
        for source, contract in CONTRACTS.items():
            unknown = sorted(self.of(source).named_columns - {column.name for column in contract.delivered})
            if unknown:
                raise ValueError(f"{source}: {', '.join(unknown)} not in the contract; see docs/extracts.md for its columns")
        return self

    def of(self, source: str) -> Profile:
        """The profile of a source."""
        profile: Profile = getattr(self, source)
        return profile

    def outputs(self, source: str) -> tuple[purposes.OutputName, ...]:
        """Where the source's rows may go."""
        named = self.of(source).outputs
        return purposes.terms(source).outputs if named is None else named

    def keep_days(self, source: str) -> int:
        """How long an extract of the source is kept after its delivery."""
        return self.of(source).keep_days or purposes.terms(source).keep_days


class HouseholdRules(Strict):
    """Thresholds of household formation."""

    membership_probability: Share
    size_limit: int = Field(gt=1)


class LinkageRules(Strict):
    """linkage.yml: the model and the thresholds."""

    model: str
    link_probability: Share
    review_probability: Share
    cluster_size_limit: int = Field(gt=1)
    household: HouseholdRules

    @model_validator(mode="after")
    def _review_lies_below_link(self) -> "LinkageRules":
        if self.review_probability > self.link_probability:
            raise ValueError("review_probability must not exceed link_probability")
        return self


class Verification(Strict):
    """What a family must pass to be on the list."""

    require_decision: bool
    acceptance_probability: Share


class AbsentSources(Strict):
    """Whether a run stops, leaving the last publication in place, or warns, when sources are missing or older than their limit."""

    every_source: Literal["stop", "warn"] = "stop"
    """All of them are, or the list is emptied by those that are."""
    one_source: Literal["stop", "warn"] = "warn"
    """One of them is."""
    families_leaving: Literal["stop", "warn"] = "warn"
    """A family leaves the list since one is."""


class Ranking(Strict):
    """How the listed families are put in order, and what keeps tiers and places from changing hands for every small change."""

    places: int = Field(default=0, ge=0)
    """Places on the list of a framework without tiers; 0 where there is no limit. Tiers have the places of their arms."""
    keep_tier_days: int = Field(default=28, ge=0)
    """A family falls to a lower tier only when that has fitted for so long."""
    keep_place_margin: int = Field(default=1, ge=0)
    """How many headline problems more another family needs to take the place of one that holds it."""


class ExpectedChange(Strict):
    """How much the list may change from one publication to the next before a person must look; shares are of the list before.

    `accepted` names as-of dates whose change somebody looked at and accepted, with who and why: there the gate only warns.
    """

    when_exceeded: Literal["stop", "warn"] = "stop"
    smallest_list: int = Field(default=30, gt=0)
    """Shorter lists are not judged: a few families are a large share of them."""
    size_share: float = Field(default=0.3, gt=0)
    joined_share: float = Field(default=0.4, gt=0)
    left_share: float = Field(default=0.4, gt=0)
    composition_share: Share = 0.25
    """How far any district's or criterion's share of the list may move."""
    accepted: dict[date, str] = {}

    def at(self, as_of: date) -> Literal["stop", "warn"]:
        """What an exceeded bound does at the date."""
        return "warn" if as_of in self.accepted else self.when_exceeded


class Geography(Strict):
    """Postcode sectors (outward code, space, first digit of the inward code) of each district and cluster."""

    districts: dict[str, tuple[str, ...]]
    clusters: dict[str, tuple[str, ...]] = {}


class Publication(Strict):
    """publication.yml: who publishes what."""

    name: str
    is_fictional: bool = False
    published_framework: str
    indicative_family_count: dict[str, int] = {}
    verification: Verification
    absent_sources: AbsentSources = AbsentSources()
    expected_change: ExpectedChange = ExpectedChange()
    ranking: Ranking = Ranking()
    geography: Geography
