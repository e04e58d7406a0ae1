"""The shape of a table, declared once: casts, DDL checks, suites and the data dictionary are all made from it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum


class Audience(StrEnum):
    """Who may see a column, from design.md, 'Who may see what'."""

    ANALYST = "analyst"
    COORDINATOR = "coordinator"
    AUDITOR = "auditor"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its DuckDB type, meaning and who may see it.

    `minimum` and `maximum` are inclusive and in `unit`; `allowed` lists every value the column may hold.
    """

    name: str
    type: str
    description: str
    required: bool = False
    allowed: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    unit: str = ""
    personal: bool = False

    @property
    def audience(self) -> tuple[Audience, ...]:
        """Auditors see every column that is not personal; analysts and coordinators see all."""
        everyone = (Audience.ANALYST, Audience.COORDINATOR, Audience.AUDITOR)
        return everyone[:2] if self.personal else everyone


@dataclass(frozen=True, slots=True)
class Table:
    """One table: `grain` says in words what a row is, `key` names the columns that make it unique."""

    schema: str
    name: str
    grain: str
    description: str
    key: tuple[str, ...]
    columns: tuple[Column, ...] = field(default=())

    @property
    def qualified(self) -> str:
        """The name with its DuckDB schema, as SQL files write it."""
        return f"{self.schema}.{self.name}"

    @property
    def column_names(self) -> list[str]:
        """Column names in declared order."""
        return [column.name for column in self.columns]

    @property
    def types(self) -> dict[str, str]:
        """DuckDB type of each column, in declared order."""
        return {column.name: column.type for column in self.columns}

    def __iter__(self) -> Iterator[Column]:
        """The columns, in declared order."""
        return iter(self.columns)

    def __getitem__(self, name: str) -> Column:
        """The column of that name; raises KeyError."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(f"{self.qualified} has no column {name!r}")
