"""What a contract is: a table of an extract, and the rules that concern more than one of its columns."""

from dataclasses import dataclass, field
from datetime import date

from schemas.table import Column, Table

# How a column's text is read; `pipelines/sources` turns each into a cast and a plain-English rule.
TEXT_TYPES = ("VARCHAR", "DATE", "INTEGER", "DECIMAL(10,2)", "BOOLEAN")

ADDRESS = tuple(
    Column(name, "VARCHAR", description, personal=True)
    for name, description in (
        ("address_line_1", "First line of the address, or the whole of it."),
        ("address_line_2", "Second line."),
        ("address_line_3", "Third line."),
        ("postcode", "Postcode."),
        ("uprn", "Unique property reference number."),
    )
)


def text(name: str, description: str, *, personal: bool = True, required: bool = False) -> Column:
    """A column of text."""
    return Column(name, "VARCHAR", description, personal=personal, required=required)


def person(prefix: str = "", who: str = "the person") -> tuple[Column, ...]:
    """The columns of a name, split or whole."""
    return (
        text(f"{prefix}title", f"Title of {who}."),
        text(f"{prefix}forename", f"Forename of {who}."),
        text(f"{prefix}surname", f"Surname of {who}."),
        text(f"{prefix}full_name", f"Whole name of {who} in one field, where not split."),
    )


@dataclass(frozen=True, slots=True)
class CodesInUse:
    """Codes of a column that were used only in part of the time, by another column of the row: a date, or the year in which an academic year starts."""

    column: str
    by: str
    codes: tuple[str, ...]
    first: date | int | None = None
    last: date | int | None = None


@dataclass(frozen=True, slots=True)
class Contract:
    """A source's contract: its table, and the rules that concern more than one column."""

    source: str
    table: Table
    needs_one_of: tuple[tuple[str, ...], ...]
    """Each tuple: at least one of these columns must be filled in every row."""
    required_unless: tuple[tuple[str, str, tuple[str, ...]], ...] = ()
    """Each: a column that every row must have, unless the second column has one of the values."""
    not_after_delivery: tuple[str, ...] = ()
    """Dates that cannot lie after the day of delivery."""
    sums_within: tuple[tuple[tuple[str, ...], str], ...] = ()
    """Each pair: the first columns' sum must not exceed the last column."""
    identifiers: tuple[str, ...] = ()
    """Texts that are reference numbers: spreadsheets cut them down or hang a decimal tail on them."""
    upns: tuple[str, ...] = ()
    """Those of them that are unique pupil numbers, whose lost check letter follows from the digits."""
    codes_in_use: tuple[CodesInUse, ...] = ()
    """Codes that the nation's guidance brought in or took out at some time."""
    one_row_a_key: bool = False
    """Whether two rows of one key contradict each other: which of them holds nobody can say, so both are refused."""
    refers_to: tuple[str, ...] = ()
    """Columns that must name a row of the delivery's main file, or of the part `found_in`, where the table is a part of a set."""
    as_at: str | None = None
    """The date column whose latest value is the day the statements hold for; the delivery date when none."""
    codes_left_out: tuple[str, ...] = ()
    """Columns whose code is left out, as a repair, where it is none of the known or not of its time: the row says enough without it."""
    greatest_age: int | None = None
    """Years after which a date of birth cannot be that of the row's person; 126 unless given. One that cannot be is left out, as a repair."""
    # Not told by repr, which says how a full file is read: that has not changed.
    changes_by: tuple[str, ...] = field(default=(), repr=False)
    """Of files of changes: the key by which a row stands in the place of earlier ones; empty for any other."""

    key_of_changes: tuple[str, ...] = field(default=(), repr=False)
    """The key that a file of changes goes by unless its profile says another: the table's without what a correction may change, or both rows would stand."""

    # Nor are these, which only files of sets have that no earlier version knew.
    not_in_main: tuple[str, ...] = field(default=(), repr=False)
    """Columns that must not name a row of the set's main file: who is told there is not told here."""
    found_in: str | None = field(default=None, repr=False)
    """The part of the set in which `refers_to` must name a row; the main file unless given."""
    completed_by: tuple[str, ...] = field(default=(), repr=False)
    """Parts of the set that must name what `refers_to` names: without them the row says too little."""
    may_be_empty: bool = field(default=False, repr=False)
    """Whether a file without rows is a delivery: nobody left, nothing was done."""

    @property
    def delivered(self) -> tuple[Column, ...]:
        """The columns a supplier can fill: all but those ingest adds."""
        added = {column.name for column in _added(self.table.columns)} | {FILE_NUMBER.name}
        return tuple(column for column in self.table if column.name not in added)

    @property
    def originals(self) -> dict[str, str]:
        """The personal dates, each with the column that keeps its text as delivered."""
        names = set(self.table.column_names)
        return {name: f"{name}_original" for name in self.table.column_names if f"{name}_original" in names}


def _added(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """What ingest adds to a supplier's columns: the row's place, and personal dates as written."""
    dates = [c for c in columns if c.type == "DATE" and c.personal]
    originals = (text(f"{c.name}_original", f"{c.description.rstrip('.')}, as delivered.") for c in dates)
    return (Column("source_row", "BIGINT", "Row number in the delivered file; the header is counted.", required=True, minimum=1), *originals)


def table(name: str, grain: str, description: str, key: tuple[str, ...], columns: tuple[Column, ...]) -> Table:
    """A table of an extract: the delivered columns and those ingest adds."""
    return Table("extract", name, grain, description, key, (*columns, *_added(columns)))


FILE_NUMBER = Column("file_number", "INTEGER", "Which of the set's files the row stands in; see extract.part.", required=True, minimum=1)


def part(name: str, grain: str, description: str, key: tuple[str, ...], columns: tuple[Column, ...]) -> Table:
    """A table of a set: as `table`, and the file each row stands in, since a part may come as several files."""
    return Table("extract", name, grain, description, key, (*columns, *_added(columns), FILE_NUMBER))
