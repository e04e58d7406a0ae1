"""The kinds of expectation there are, each with its sentence for auditors; a suite is a list of these."""

from dataclasses import dataclass
from enum import StrEnum

from schemas.table import Column, Table


class Kind(StrEnum):
    """What an expectation is about; each kind has a counting form (metrics) and a Great Expectations form (checkpoints)."""

    SHAPE = "shape"
    FILLED = "filled"
    REQUIRED = "required"
    ALLOWED = "allowed"
    RANGE = "range"
    UNIQUE = "unique"
    NEVER = "never"
    USUAL = "usual"


@dataclass(frozen=True, slots=True)
class Expectation:
    """One thing that must be true of a table.

    `condition` is SQL that is true of an offending row (kind NEVER), looked for `among` the rows of which that SQL is true;
    `tolerated_share` is the share of them that may offend.
    """

    name: str
    kind: Kind
    description: str
    severity: str = "critical"
    columns: tuple[str, ...] = ()
    allowed: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    condition: str = ""
    among: str = "true"
    tolerated_share: float = 0.0


@dataclass(frozen=True, slots=True)
class Suite:
    """The expectations of one table; `is_small` says that Great Expectations may read the table itself."""

    name: str
    table: Table
    expectations: tuple[Expectation, ...]
    is_small: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one expectation: counts only, never a value."""

    suite: str
    position: int
    expectation: str
    description: str
    severity: str
    is_success: bool
    checked_count: int
    unexpected_count: int


def shape(table: Table, severity: str = "critical") -> Expectation:
    """The table is there with every declared column, each of the declared type."""
    return Expectation("shape", Kind.SHAPE, f"{table.qualified} holds its {len(table.columns)} declared columns, each of the declared type.", severity)


def filled(table: Table, severity: str = "critical") -> Expectation:
    """The table has a row."""
    return Expectation("filled", Kind.FILLED, f"{table.qualified} is not empty.", severity)


def required(column: Column, severity: str = "critical") -> Expectation:
    """No null in the column."""
    return Expectation(f"required:{column.name}", Kind.REQUIRED, f"Every row has {_named(column)}.", severity, (column.name,))


def allowed(column: Column, severity: str = "critical") -> Expectation:
    """Only declared values in the column; null passes."""
    words = ", ".join(column.allowed)
    return Expectation(
        f"allowed:{column.name}", Kind.ALLOWED, f"{_capital(_named(column))} is one of: {words}.", severity, (column.name,), allowed=column.allowed
    )


def within(column: Column, severity: str = "critical") -> Expectation:
    """The column's values lie in the declared range, bounds included; null passes."""
    sentence = f"{_capital(_named(column))} is {_range(column)}."
    return Expectation(f"range:{column.name}", Kind.RANGE, sentence, severity, (column.name,), minimum=column.minimum, maximum=column.maximum)


def unique(table: Table, severity: str = "critical") -> Expectation:
    """The declared key names one row; two nulls count as equal."""
    return Expectation("unique", Kind.UNIQUE, f"No two rows of {table.qualified} have the same {', '.join(table.key)}.", severity, table.key)


def never(name: str, description: str, condition: str, severity: str = "critical") -> Expectation:
    """No row meets the SQL condition."""
    return Expectation(name, Kind.NEVER, description, severity, condition=condition)


def seldom(name: str, description: str, condition: str, tolerated_share: float, *, among: str = "true", severity: str = "warning") -> Expectation:
    """No more than a share of the rows (of those `among`) meets the SQL condition."""
    return Expectation(name, Kind.NEVER, description, severity, condition=condition, among=among, tolerated_share=tolerated_share)


def _named(column: Column) -> str:
    return column.name.replace("_", " ")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _range(column: Column) -> str:
    unit = f" {column.unit}" if column.unit else ""
    if column.minimum is not None and column.maximum is not None:
        return f"between {column.minimum:g} and {column.maximum:g}{unit}"
    return f"at least {column.minimum:g}{unit}" if column.minimum is not None else f"at most {column.maximum:g}{unit}"
