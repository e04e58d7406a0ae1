"""From a supplier's text columns to the contract's typed ones: the expressions of each step, made from the contract and the profile."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from pipelines.reading.cells import DAY_ZERO
from pipelines.reading.header import Header
from schemas.extracts import PARTS, SETS, Contract
from schemas.extracts.contract import CodesInUse
from schemas.profile import Profile
from schemas.table import Column

# How spreadsheets' and Parquet's own dates are written as text; see cells.py.
ISO_FORMATS = ("%Y-%m-%d", "%Y-%m-%d %H:%M:%S")
# Nobody lives who was born before; Hackney's mark for an unknown date, 1900-01-01, is known to standardise.
_FIRST_BIRTH, _OLDEST = date(1900, 1, 1), 126
_YES, _NO = ("TRUE", "T", "YES", "Y", "1"), ("FALSE", "F", "NO", "N", "0")


@dataclass
class Parameters:
    """Values of a statement under composition, each bound by name."""

    values: dict[str, Any] = field(default_factory=dict)

    def add(self, value: Any) -> str:
        """Bind the value; returns the name as SQL writes it."""
        name = f"p{len(self.values)}"
        self.values[name] = value
        return f"${name}"


@dataclass(frozen=True)
class Mapping:
    """One delivery's way from text to types.

    `has_dates_of_its_own` is true of formats whose cells may be dates: spreadsheets and Parquet.
    `day_zero` is the day from which bare day numbers count there.
    `spoilt` are the positions of columns with cells in table `mojibake`, `formulas` those of columns with cells that begin as formulas do.
    """

    contract: Contract
    profile: Profile
    header: Header
    has_dates_of_its_own: bool
    parameters: Parameters
    spoilt: frozenset[int] = frozenset()
    day_zero: date = DAY_ZERO
    formulas: frozenset[int] = frozenset()

    @property
    def mapped(self) -> list[Column]:
        """The contract's columns that the file holds, or the profile states for all its rows."""
        return [column for column in self.contract.delivered if column.name in self.header.positions or column.name in self.profile.fixed]

    def source(self, column: str) -> str:
        """The text of a contract column as delivered: a text column, or several put together with a blank."""
        if column not in self.header.positions:
            return self.parameters.add(self.profile.fixed[column]) + "::varchar"
        return self._together([f"c{place}" for place in self._places(column)])

    def _together(self, cells: list[str]) -> str:
        first, *others = cells
        return f"nullif(trim(concat_ws(' ', {', '.join([first, *others])})), '')" if others else first

    def _places(self, column: str) -> tuple[int, ...]:
        own = self.header.positions.get(column)
        return () if own is None else (own, *self.header.followers.get(column, ()))

    def header_name(self, column: str) -> str:
        """What the supplier calls a contract column."""
        position = self.header.positions.get(column)
        return column if position is None else self.header.names[position]

    @property
    def date_formats(self) -> list[str]:
        """The profile's formats, and ISO where the format itself has dates."""
        return [*self.profile.date_formats, *(ISO_FORMATS if self.has_dates_of_its_own else ())]

    @property
    def mojibake(self) -> set[str]:
        """Text columns whose cells may have been saved in the wrong encoding."""
        return {column.name for column in self.mapped if column.type == "VARCHAR" and not self.spoilt.isdisjoint(self._places(column.name))}

    @property
    def with_formulas(self) -> set[str]:
        """Columns of which some cell begins as a formula does."""
        return {column.name for column in self.mapped if not self.formulas.isdisjoint(self._places(column.name))}

    def cells(self) -> list[str]:
        """Cells as delivered, of the columns in which something may be mended; named `<column>_cell`."""
        mendable = self.mojibake.union(self.with_formulas, self.contract.identifiers, self.contract.upns)
        return [f"{self.source(c.name)} as {quoted(cell_of(c.name))}" for c in self.mapped if c.name in mendable]

    def tidied(self) -> list[str]:
        """Step 1: trimmed text in its right encoding; blank is null."""
        return [f"{self._part(c.name, f'tidy({self._readable(c.name)})')} as {quoted(c.name)}" for c in self.mapped]

    def _part(self, column: str, text: str) -> str:
        """The column's part of a cell that holds several; all of it where it holds one."""
        pattern = self.profile.split.get(column)
        return f"part_of({text}, {self.parameters.add(pattern)})" if pattern else text

    def _readable(self, column: str) -> str:
        text = self.source(column)
        if column in self.with_formulas:
            text = self._together([f"without_text_formula(c{place})" if place in self.formulas else f"c{place}" for place in self._places(column)])
        return f"without_mojibake({text})" if column in self.mojibake else text

    def known(self) -> list[str]:
        """Step 2: what the profile says means unknown, or open-ended, is null."""
        unknown = self.parameters.add([value.upper() for value in self.profile.null_values])
        has_dates = any(column.type == "DATE" for column in self.mapped)
        open_ended = self.parameters.add(self._open_ends()) if has_dates else ""
        return [f"{self._known(column, unknown, open_ended)} as {quoted(column.name)}" for column in self.mapped]

    def _known(self, column: Column, unknown: str, open_ended: str) -> str:
        text = f"unless_among({quoted(column.name)}, {unknown})"
        if column.type == "DATE":
            text = f"unless_among({text}, {open_ended})"
        patterns = self.profile.null_patterns.get(column.name, ())
        if patterns:
            text = f"unless_like({text}, {self.parameters.add('|'.join(f'(?:{pattern})' for pattern in patterns))})"
        return text

    def _open_ends(self) -> list[str]:
        """The open ends as the profile writes them, and as a spreadsheet's date would be written."""
        return [form for text in self.profile.open_end_dates for form in (text.upper(), *_iso(text, self.profile.date_formats))]

    def mended(self) -> list[str]:
        """Step 3: reference numbers without what spreadsheets did to them."""
        return [f"{self._mended(c.name)} as {quoted(c.name)}" for c in self.mapped if c.name in self.contract.identifiers]

    def _mended(self, column: str) -> str:
        number = f"without_decimal_tail({quoted(column)})"
        return f"with_check_letter({number})" if column in self.contract.upns else number

    def decoded(self) -> list[str]:
        """Step 4: the supplier's codes in the contract's words."""
        return [f"{self._decoded(column)} as {quoted(column.name)}" for column in self.mapped]

    def _decoded(self, column: Column) -> str:
        meanings = code_meanings(column, self.profile)
        if not meanings:
            return quoted(column.name)
        return f"decode_code({quoted(column.name)}, {self.parameters.add(list(meanings))}, {self.parameters.add(list(meanings.values()))})"

    def typed(self) -> list[str]:
        """Step 5: typed values beside the text, named `<column>_value`; null where the text cannot be read."""
        return [f"{self._typed(column)} as {quoted(value_of(column.name))}" for column in self.mapped]

    def _typed(self, column: Column) -> str:
        name = quoted(column.name)
        if column.type == "DATE":
            formats = self.parameters.add(self.date_formats)
            return f"as_date_or_serial({name}, {formats}, {self.parameters.add(self.day_zero)})" if self.has_dates_of_its_own else f"as_date({name}, {formats})"
        if column.type == "INTEGER":
            example = self.profile.academic_year_format if column.name == "academic_year" else None
            return f"as_academic_year({name}, {self.parameters.add(year_pattern(example))})" if example else f"as_whole_number({name})"
        if column.type.startswith("DECIMAL"):
            sign = "-" if column.name in self.profile.negate else ""
            text = f"translate({name}, '.,', ',.')" if self.profile.decimal_mark == "," else name
            return f"{sign}try_cast(as_amount({text}) as {column.type})"
        return f"as_truth({name})" if column.type == "BOOLEAN" else name

    def is_stranger(self) -> str:
        """Condition: the row names nobody of the file it is held against. False where it names nobody at all, which is told by itself."""
        tables = self._held_against() if self.contract.refers_to else ()
        return f"not {self._is_named(self.contract.refers_to, tables)}" if tables else "false"

    def _held_against(self) -> tuple[str, ...]:
        part = self.contract.found_in
        return (PARTS[self.contract.source][part].table.qualified,) if part else SETS[self.contract.source].named_in

    def is_told_before(self) -> str:
        """Condition: the row is about somebody whom the main file tells of already."""
        columns = self.contract.not_in_main
        filled = " and ".join(f"{quoted(name)} is not null" for name in columns)
        return f"({filled} and {self._is_named(columns, SETS[self.contract.source].named_in[:1])})" if columns else "false"

    def is_incomplete(self) -> str:
        """Condition: the row is about something of which a part that must complete it says nothing."""
        tables = [PARTS[self.contract.source][part].table.qualified for part in self.contract.completed_by]
        return " or ".join(f"not {self._is_named(self.contract.refers_to, [table])}" for table in tables) or "false"

    def _is_named(self, columns: Sequence[str], tables: Sequence[str]) -> str:
        """Condition: one of the tables has a row of the same columns. True where the row leaves one empty, which is told by itself."""
        named = " || chr(31) || ".join(quoted(name) for name in columns)
        found = " union all ".join(f"select {named} from {table}" for table in tables)  # noqa: S608 - declared names
        return f"coalesce({named} in ({found}), {named} is null)"

    def accepted(self, delivered: date) -> list[str]:
        """The contract's columns in order; what the file does not hold is null, and so is what cannot be."""
        held = {column.name for column in self.mapped}
        values = [f"{self._kept(c, delivered) if c.name in held else 'null'} as {quoted(c.name)}" for c in self.contract.delivered]
        return ["source_row", *values, *(quoted(original) for original in self.contract.originals.values())]

    def _kept(self, column: Column, delivered: date) -> str:
        value, cannot_be = quoted(value_of(column.name)), self.cannot_be(column, delivered)
        return f"case when not coalesce({cannot_be}, false) then {value} end" if cannot_be else value

    def cannot_be(self, column: Column, delivered: date) -> str | None:
        """Condition under which a value is left out of a row that is accepted; None for columns whose values stand or the row is rejected."""
        value = quoted(value_of(column.name))
        if column.name in self.contract.originals:
            earliest = date(delivered.year - (self.contract.greatest_age or _OLDEST) - 1, delivered.month, min(delivered.day, 28))
            return f"not ({value} between {self.parameters.add(max(earliest, _FIRST_BIRTH))} and {self.parameters.add(delivered)})"
        if column.name in self.contract.codes_left_out:
            spans = (self.not_in_use(span) for span in self.contract.codes_in_use if span.column == column.name)
            known = f"not list_contains({self.parameters.add(list(column.allowed))}, {value})"
            return " or ".join([known, *(f"({condition})" for condition in spans if condition)])
        return None

    def not_in_use(self, span: CodesInUse) -> str | None:
        """Condition: the row's code was not in use at its time. None where the file does not hold both."""
        if not {span.column, span.by} <= {column.name for column in self.mapped}:
            return None
        among = f"list_contains({self.parameters.add(list(span.codes))}, {quoted(value_of(span.column))})"
        bound = f"{self.parameters.add(span.first or span.last)}{'::date' if isinstance(span.first or span.last, date) else ''}"
        return f"{among} and {quoted(value_of(span.by))} {'<' if span.first else '>'} {bound}"

    def originals(self) -> list[str]:
        """Personal dates as delivered; null where nothing was."""
        return [f"{self._delivered(name)} as {quoted(original)}" for name, original in self.contract.originals.items()]

    def _delivered(self, column: str) -> str:
        return f"nullif({self.source(column)}, '')" if column in self.header.positions else "null::varchar"


def quoted(name: str) -> str:
    """The name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def value_of(column: str) -> str:
    """Name of the typed value beside a column's text."""
    return f"{column}_value"


def cell_of(column: str) -> str:
    """Name of the cell as delivered beside a column's text."""
    return f"{column}_cell"


def code_meanings(column: Column, profile: Profile) -> dict[str, str | None]:
    """Code, in upper case, to the contract's word; the contract's own words stand for themselves."""
    meanings: dict[str, str | None] = {word.upper(): word for word in column.allowed}
    if column.type == "BOOLEAN":
        meanings = {**dict.fromkeys(_YES, "true"), **dict.fromkeys(_NO, "false")}
    return meanings | {code.strip().upper(): meaning for code, meaning in profile.codes.get(column.name, {}).items()}


def year_pattern(example: str) -> str:
    """A pattern for academic years written like the example; its first group is the year that starts, its second the one that ends."""
    between = "".join(letter for letter in example if not letter.isdigit())
    end = len(example) - len(between) - 4
    return rf"(\d{{4}}){re.escape(between)}(\d{{{end}}})"


def _iso(text: str, formats: tuple[str, ...]) -> list[str]:
    for form in formats:
        try:
            return [datetime.strptime(text, form).date().isoformat()]  # noqa: DTZ007 - a day has no time zone
        except ValueError:
            continue
    return []
