"""What a criteria file may say: frameworks, criteria and the rules that combine them, as values."""

import re
from datetime import date
from typing import Any, Literal

from pydantic import Field, model_validator

from schemas.measure import MEASURES, WindowKind
from schemas.profile import Strict

Subject = Literal["child", "adult", "member", "household"]
Assessment = Literal["met", "not_met", "not_assessed"]

_PERCENT = re.compile(r"^(\d+(\.\d+)?) ?%$")
_MEASURE_NAMES: dict[str, Any] = {"enum": sorted(MEASURES)}
# A threshold in percent may be written 10 or 10%; what it may be of a measure, the check of meaning says.
_THRESHOLD: dict[str, Any] = {"type": ["number", "string"], "pattern": _PERCENT.pattern}

# What a label may leave open, and how often in words.
LABEL_VALUES = ("threshold", "times")
RULE_VALUES = ("count", "count_of")
NUMBERS = dict(enumerate(["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], start=1))
TIMES: dict[float, str] = {1: "once", 2: "twice", 3: "three times", 4: "four times", 5: "five times", 6: "six times"}


class Window(Strict):
    """The span looked at, both ends included: days or months back from the as-of date, complete terms before it, or the date alone.

    Sustained: the threshold must be reached in every term of the window, not over all of it together.
    """

    kind: WindowKind
    count: int = Field(default=0, ge=0, le=3660)
    include_current: bool = False
    sustained: bool = False


class Ages(Strict):
    """Ages in whole years at the as-of date, both ends included."""

    lowest: int = Field(alias="from", ge=0, le=120)
    highest: int = Field(alias="to", ge=0, le=120)


class Criterion(Strict):
    """One thing a household can meet: a measure, a threshold and a window, with the policy they come from.

    A label may say {threshold} or {times} (twice, three times) for the value.
    The headline is the first part of the id unless given; the unit and the sources (the evidence needed) are the measure's.
    Criteria of one `need` are one need where a framework counts needs. A criterion with districts or wards exists in those only;
    with both, in those wards of those districts.
    """

    id: str = Field(pattern=r"^[a-z_]+\.[a-z_]+$")
    headline: str = ""
    need: str = ""
    label: str
    policy: str
    citation: str
    owner: str
    effective_from: date | None = None
    effective_to: date | None = None
    measure: str = Field(json_schema_extra=_MEASURE_NAMES)
    subject: Subject
    ages: Ages | None = None
    compulsory_school_age: bool = False
    operator: Literal[">=", ">"] = ">="
    threshold: float = Field(gt=0, json_schema_extra=_THRESHOLD)
    unit: str = ""
    window: Window
    codes: tuple[str, ...] = ()
    qualifiers: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    districts: tuple[str, ...] = ()
    wards: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """The label with its values filled in, so that it follows a changed threshold."""
        times = TIMES.get(self.threshold, f"{self.threshold:g} times")
        return self.label.replace("{threshold}", f"{self.threshold:g}").replace("{times}", times)

    @model_validator(mode="before")
    @classmethod
    def _what_follows(cls, given: Any) -> Any:
        """Fill in what the id and the measure already say."""
        if not isinstance(given, dict):
            return given
        measure = MEASURES.get(str(given.get("measure")))
        name = str(given.get("id", ""))
        follows: dict[str, Any] = {"headline": name.partition(".")[0], "need": name}
        if measure is not None:
            follows |= {"unit": measure.unit, "sources": measure.sources}
        if measure is not None and measure.unit == "percent" and (percent := _PERCENT.fullmatch(str(given.get("threshold")))):
            follows["threshold"] = float(percent[1])
            given = {name: value for name, value in given.items() if name != "threshold"}
        return {**follows, **given}

    def is_in_force(self, as_of: date) -> bool:
        """Whether the criterion holds at the date."""
        return (self.effective_from is None or self.effective_from <= as_of) and (self.effective_to is None or as_of <= self.effective_to)


class Requirement(Strict):
    """At least `count` of the headline problems, or of the needs under them where the framework counts needs.

    A single criterion may be named by its id among them; a requirement for all of those it names makes each of them required.
    """

    count: int = Field(gt=0)
    of: tuple[str, ...] = Field(min_length=1)


class Rule(Strict):
    """One way to qualify: every requirement is met; in the named districts and wards only, where any are named.

    A label may say {count} (two) or {count_of} (two of the six, all three) for what the first requirement asks.
    """

    name: str = Field(pattern=r"^[a-z0-9_]+$")
    label: str
    require: tuple[Requirement, ...] = Field(min_length=1)
    districts: tuple[str, ...] = ()
    wards: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """The label with its numbers filled in, so that it follows a changed count."""
        count, known = self.require[0].count, len(self.require[0].of)
        asked, of = NUMBERS.get(count, f"{count}"), NUMBERS.get(known, f"{known}")
        return self.label.replace("{count_of}", f"all {of}" if count == known > 1 else f"{asked} of the {of}").replace("{count}", asked)


class Arm(Strict):
    """A service within a tier and the places it has."""

    name: str
    places: int = Field(gt=0)


class Tier(Strict):
    """A tier, for households with at least so many headline problems, and one of the named headlines or criteria where any are; the first that fits counts."""

    name: str
    label: str = ""
    headlines_at_least: int = Field(ge=0)
    any_of: tuple[str, ...] = ()
    arms: tuple[Arm, ...] = ()

    @property
    def places(self) -> int:
        """Places of all arms; 0 where the tier has no limit."""
        return sum(arm.places for arm in self.arms)


class Household(Strict):
    """What a household must hold to be assessed at all: a child under 18; or, where `expectant_parent` is true, somebody who expects one.

    The health source tells of it; without one nobody is assessed for it.
    """

    dependent_child: Literal[True]
    expectant_parent: bool = False


class Framework(Strict):
    """One set of criteria and the rules that combine them.

    `count_unit` says whether rules count headline problems or single needs. `unit: individual` makes it a list of the people who meet a criterion.
    """

    id: str = Field(pattern=r"^[a-z0-9-]+$")
    version: str
    name: str
    citation: str
    scope: Literal["national", "local"] = "local"
    effective_from: date
    effective_to: date | None = None
    programme_ended: date | None = None
    household: Household
    unit: Literal["household", "individual"] = "household"
    count_unit: Literal["headline", "need"] = "headline"
    headlines: dict[str, str] = Field(min_length=1)
    qualification: tuple[Rule, ...] = Field(min_length=1)
    tiers: tuple[Tier, ...] = ()
    criteria: tuple[Criterion, ...] = Field(min_length=1)
    cases: tuple[str, ...] = ()

    def is_in_force(self, as_of: date) -> bool:
        """Whether the framework holds at the date."""
        return self.effective_from <= as_of and (self.effective_to is None or as_of <= self.effective_to)

    @property
    def named_criteria(self) -> dict[str, None]:
        """The criteria that its rules name by themselves, in the rules' order: whatever in them is no headline."""
        return {name: None for rule in self.qualification for requirement in rule.require for name in requirement.of if name not in self.headlines}

    @property
    def districts(self) -> set[str]:
        """Every district the framework names."""
        named = [c.districts for c in self.criteria] + [rule.districts for rule in self.qualification]
        return {district for districts in named for district in districts}

    @property
    def wards(self) -> set[str]:
        """Every ward the framework names."""
        named = [c.wards for c in self.criteria] + [rule.wards for rule in self.qualification]
        return {ward for wards in named for ward in wards}


class Use(Strict):
    """A framework of the shared library, as the authority uses it: with other values, without some criteria, with some of its own, in tiers of its own."""

    framework: str
    values: dict[str, Any] = Field(default_factory=dict, alias="set")
    drop: tuple[str, ...] = ()
    add: tuple[Criterion, ...] = ()
    tiers: tuple[Tier, ...] = ()


class CriteriaFile(Strict):
    """criteria.yml: the frameworks the authority uses from the shared library, and those of its own."""

    use: tuple[Use, ...] = ()
    frameworks: tuple[Framework, ...] = ()

    @model_validator(mode="after")
    def _is_not_empty(self) -> "CriteriaFile":
        if not self.use and not self.frameworks:
            raise ValueError("name at least one framework under 'use' or 'frameworks'")
        return self


class Criteria(Strict):
    """Every framework the authority assesses its households against, in the order of criteria.yml.

    `changed` holds what the authority changed of library frameworks: (framework, criterion), or (framework, '') for its rules or tiers;
    and besides (framework, 'qualification.' and the rule, 'count_unit' or 'household') for what its own cases must show the outcome of.
    """

    frameworks: tuple[Framework, ...] = Field(min_length=1)
    changed: frozenset[tuple[str, str]] = frozenset()

    def at(self, as_of: date) -> tuple[Framework, ...]:
        """The frameworks in force at the date, each with its criteria in force."""
        chosen = (f for f in self.frameworks if f.is_in_force(as_of))
        return tuple(f.model_copy(update={"criteria": tuple(c for c in f.criteria if c.is_in_force(as_of))}) for f in chosen)

    def is_changed(self, framework_id: str) -> bool:
        """Whether the authority changed anything that can alter a finding under the library framework."""
        return any(framework == framework_id for framework, _ in self.changed)
