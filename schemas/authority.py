"""An authority's configuration: supplier profiles, thresholds and publication rules, checked before anything runs."""

from collections.abc import Iterator
from datetime import date
from typing import Literal, NamedTuple

from pydantic import Field, model_validator

from schemas import purposes
from schemas.extracts import CONTRACTS, PARTS, SETS, Contract, main_contract, of_changes
from schemas.profile import FileLayout, Profile, Share, Strict


class Profiles(Strict):
    """extracts.yml: one profile a source."""

    school_attendance: Profile
    police_asb: Profile
    dwp_benefit: Profile
    housing_arrears: Profile
    youth_justice: Profile | None = None
    social_care: Profile | None = None
    domestic_abuse: Profile | None = None
    early_help: Profile | None = None
    careers: Profile | None = None
    housing_options: Profile | None = None
    health: Profile | None = None
    substance_misuse: Profile | None = None
    probation: Profile | None = None
    early_years: Profile | None = None
    council_tax: Profile | None = None
    gazetteer: Profile | None = None

    @model_validator(mode="after")
    def _columns_are_the_contracts(self) -> "Profiles":
        for where, layout, contract in self.layouts():
            unknown = sorted(layout.named_columns - {column.name for column in contract.delivered})
            if unknown:
                raise ValueError(f"{where}: {', '.join(unknown)} not in the contract; see docs/extracts.md for its columns")
        return self

    @model_validator(mode="after")
    def _parts_make_a_set(self) -> "Profiles":
        for source in self.sources:
            parts, known = self.of(source).parts, PARTS.get(source, {})
            unknown = sorted(set(parts) - set(known))
            if unknown:
                raise ValueError(f"{source}.parts: {', '.join(unknown)} is no part of a set; known: {', '.join(known) or 'none'}")
            if parts:
                _check_set(source, set(parts))
        return self

    @model_validator(mode="after")
    def _changes_find_their_rows(self) -> "Profiles":
        for source in self.sources:
            changes, contract = self.of(source).changes, CONTRACTS[source]
            if changes is None:
                continue
            if self.of(source).parts:
                raise ValueError(f"{source}.changes: a set's main file is delivered whole each time; give changes_only to those of its parts that hold changes")
            unknown = sorted(set(changes.key) - {column.name for column in contract.delivered})
            if unknown:
                raise ValueError(f"{source}.changes.key: {', '.join(unknown)} not in the contract; see docs/extracts.md for its columns")
            if changes.key and not set(changes.key) & set(contract.identifiers):
                raise ValueError(
                    f"{source}.changes.key: names no reference, so a row would change those of others; add one of {', '.join(contract.identifiers)}"
                )
            key = changes.key or contract.table.key
            unread = set(key) - self.of(source).of_changes().named_columns
            if unread.intersection(changes.key) or not set(key) & set(contract.identifiers) - unread:
                raise ValueError(f"{source}.changes: {', '.join(sorted(unread))} of its key has no header; add it to columns, or give another key")
        return self

    def layouts(self) -> Iterator[tuple[str, FileLayout, Contract]]:
        """Each file a profile speaks of: where it stands in extracts.yml, its layout and its contract."""
        for source in self.sources:
            profile = self.of(source)
            yield source, profile, main_contract(source, is_set=bool(profile.parts))
            for name in profile.parts:
                if name in PARTS.get(source, {}):
                    yield f"{source}.parts.{name}", profile.of_part(name), PARTS[source][name]
            if profile.changes is not None:
                yield f"{source}.changes", profile.of_changes(), of_changes(CONTRACTS[source], profile.changes.key)

    @property
    def sources(self) -> tuple[str, ...]:
        """The sources that have a profile, in the contracts' order."""
        return tuple(source for source in CONTRACTS if getattr(self, source) is not None)

    def of(self, source: str) -> Profile:
        """The profile of a source. Raises KeyError for an optional one that has none."""
        profile: Profile | None = getattr(self, source)
        if profile is None:
            raise KeyError(source)
        return profile

    def outputs(self, source: str) -> tuple[purposes.OutputName, ...]:
        """Where the source's rows may go."""
        profile = getattr(self, source)
        return purposes.terms(source).outputs if profile is None or profile.outputs is None else tuple(profile.outputs)

    def use_ends_with_agreement(self, source: str) -> bool:
        """Whether the source's extracts may not be used as of a day after their agreement's last, by contract or by the agreement itself."""
        profile = getattr(self, source)
        return purposes.terms(source).ends_with_agreement or (profile is not None and profile.agreement.ends_use)

    def keep_days(self, source: str) -> int:
        """How long an extract of the source is kept after its delivery."""
        profile = getattr(self, source)
        return (profile and profile.keep_days) or purposes.terms(source).keep_days


def _check_set(source: str, given: set[str]) -> None:
    """Raise ValueError for parts that say the same, or without which the source's table cannot be filled."""
    for several in SETS[source].instead:
        if set(several) <= given:
            raise ValueError(f"{source}.parts: {' and '.join(several)} tell the same; give one of them")
    missing = [name for name in SETS[source].needed if name not in given]
    if missing:
        raise ValueError(f"{source}.parts: {' and '.join(missing)} must be given too; a set of {source} cannot be read without")


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
    keep_place_days: int = Field(default=7, ge=0)
    """For how long a place waits for a family that left the list, from the first list without it."""


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
    accepted: dict[date, str] = Field(default_factory=dict)

    def at(self, as_of: date) -> Literal["stop", "warn"]:
        """What an exceeded bound does at the date."""
        return "warn" if as_of in self.accepted else self.when_exceeded


class Geography(Strict):
    """Postcode sectors (outward code, space, first digit of the inward code) of each district and cluster."""

    districts: dict[str, tuple[str, ...]]
    clusters: dict[str, tuple[str, ...]] = Field(default_factory=dict)


class WardPlace(NamedTuple):
    """A line of wards.csv: the ward and district of a place; `kind` is uprn, postcode or sector."""

    kind: str
    place: str
    ward: str
    district: str


class Publication(Strict):
    """publication.yml: who publishes what."""

    name: str
    is_fictional: bool = False
    published_framework: str
    indicative_family_count: dict[str, int] = Field(default_factory=dict)
    verification: Verification
    absent_sources: AbsentSources = AbsentSources()
    expected_change: ExpectedChange = ExpectedChange()
    ranking: Ranking = Ranking()
    targets: dict[date, int] = Field(default_factory=dict)
    """How many families are to be on the list by a date."""
    geography: Geography
