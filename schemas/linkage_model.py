"""MODEL.yml of `families link`: which columns of a people table mean what. Ten lines are enough; everything else has a default."""

import re
from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

_NAME = re.compile(r"[a-z][a-z0-9_]{0,30}")

Probability = Annotated[float, Field(gt=0, lt=1)]


def _named(columns: dict[str, str]) -> dict[str, str]:
    for name in columns:
        if not _NAME.fullmatch(name):
            raise ValueError(f"'{name}' must be a plain lower-case name, such as phone")
    return columns


NamedColumns = Annotated[dict[str, str], AfterValidator(_named)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Columns(_Strict):
    """Which column of the files holds what; leave out what there is none for."""

    forename: str | None = None
    middle_names: str | None = None
    surname: str | None = None
    former_surname: str | None = None
    full_name: str | None = None
    birth_date: str | None = None
    birth_year: str | None = None
    age: str | None = None
    sex: str | None = None
    address: str | list[str] | None = None
    """One to three columns of free address lines."""
    saon: str | None = None
    paon: str | None = None
    street: str | None = None
    postcode: str | None = None
    uprn: str | None = None
    city: str | None = None
    region: str | None = None
    numbers: NamedColumns = {}
    """Numbers issued to one person: National Insurance, NHS, social security, pupil number."""
    codes: NamedColumns = {}
    """Codes that people of one household may share: telephone, e-mail, account."""
    categories: NamedColumns = {}
    """Plain categories: equal or not."""
    texts: NamedColumns = {}
    """Short texts that are alike or not: occupation, birthplace."""
    quantities: NamedColumns = {}
    """Whole numbers that may be one apart."""

    @model_validator(mode="after")
    def _some_name_or_number(self) -> "Columns":
        if not any((self.forename, self.surname, self.full_name, self.numbers, self.codes)):
            raise ValueError("name at least one of forename, surname, full_name, numbers or codes; nothing else says who a record is about")
        if isinstance(self.address, list) and not 1 <= len(self.address) <= 3:
            raise ValueError("address takes one to three columns")
        return self

    def plain(self) -> dict[str, str]:
        """Columns of the files by the names that people's standard columns have."""
        lines = [self.address] if isinstance(self.address, str) else self.address or []
        single = {name: value for name, value in self.model_dump(exclude={"address", *FURTHER}).items() if value}
        return single | {f"line_{place}": line for place, line in enumerate(lines, 1)}

    def further(self) -> dict[str, tuple[str, str]]:
        """Kind of comparison and column by name, of numbers, codes, categories, texts and quantities."""
        return {name: (kind, column) for group, kind in FURTHER.items() for name, column in getattr(self, group).items()}


FURTHER = {"numbers": "number", "codes": "code", "categories": "category", "texts": "text", "quantities": "quantity"}


class Thresholds(_Strict):
    """Match probabilities: at or above `link` one person, from `review` up shown in pairs, `strict` for the stricter of the two published clusterings."""

    link: Probability = 0.9
    review: Probability = 0.2
    strict: Probability = 0.98

    @model_validator(mode="after")
    def _in_order(self) -> "Thresholds":
        if not self.review <= self.link <= self.strict:
            raise ValueError("review must not be above link, nor link above strict")
        return self


class BlockingRule(_Strict):
    """Parts that must all agree for two records to be compared; a block of more records than `limit` is split, or refused with a message."""

    parts: list[str] = Field(min_length=1)
    limit: int = Field(default=60, ge=2, le=10_000)


Kinship = Literal["parent", "child", "partner", "kin", "apart"]


class Households(_Strict):
    """What `--households` needs beyond names and addresses; all may be left out."""

    SINGLE: ClassVar = ("seen_date", "from_date", "to_date", "address_class", "position")
    DATES: ClassVar = ("seen_date", "from_date", "to_date")

    as_of: date | None = None
    """The day the households stand for; the last seen_date unless given, and today where there is none."""
    seen_date: str | None = None
    """Column of the day on which the source last had the record so."""
    from_date: str | None = None
    to_date: str | None = None
    address_class: str | None = None
    """Column that tells hostels, homes and houses in multiple occupation."""
    position: str | None = None
    """Column of the place in the unit, such as tenant, wife, lodger: lodgers and the like are not tied by it."""
    relationships: dict[Kinship, str | list[str]] = {}
    """Columns that hold the record id of the record's parent, child, partner or other kin at home; apart: of somebody it does not live with."""
    units: NamedColumns = {}
    """Columns of a reference that people of one home share within a source, such as a tenancy, a claim or a family number."""
    membership: Probability = 0.7
    size_limit: int = Field(default=15, ge=2)

    def single(self) -> dict[str, str]:
        """Columns of the files by key, of the keys that name one."""
        return {name: value for name in self.SINGLE if (value := getattr(self, name))}

    def references(self) -> list[tuple[str, str]]:
        """Kinship and column of each column of record ids."""
        return [(kind, column) for kind, columns in self.relationships.items() for column in ([columns] if isinstance(columns, str) else columns)]

    def columns(self) -> dict[str, str]:
        """Every column named, by the key that names it."""
        related = {f"relationships.{kind}.{place}": column for place, (kind, column) in enumerate(self.references(), 1)}
        return self.single() | related | {f"units.{name}": column for name, column in self.units.items()}


class LinkageModel(_Strict):
    """The whole file."""

    record_id: str
    source: str | None = None
    """The column that names a record's source; each file is a source unless given."""
    role: str | None = None
    """The column that tells what a record is in its source, such as pupil or parent: one person is seldom both."""
    link_type: Literal["link_and_dedupe", "link_only", "dedupe_only"] = "link_and_dedupe"
    columns: Columns
    thresholds: Thresholds = Thresholds()
    blocking: list[list[str] | BlockingRule] = []
    """Rules in place of the default ones."""
    comparisons: dict[str, Literal["number", "checked_number", "code", "category", "text", "quantity", "ignore"]] = {}
    """Another kind of comparison for a field, or ignore to leave it out."""
    date_formats: list[str] = []
    """strptime formats of the dates, in place of those found by trying."""
    groups: NamedColumns = {}
    """Columns by which the report tells how many records link, such as {origin: ethnicity}; nothing is linked by them."""
    cluster_size_limit: int = Field(default=60, ge=2)
    """How many different records a person may have; those that say exactly the same count as one."""
    households: Households = Households()
    """What forms households, where `--households` asks for them."""
