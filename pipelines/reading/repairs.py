"""What is mended because it is certain: each repair has a short name, a wording without the value, and the condition under which it was made."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from pipelines.reading.mapping import Mapping, cell_of, quoted, value_of
from schemas.table import Column


@dataclass(frozen=True, slots=True)
class Repair:
    """`made_when`, `before` and `after` are SQL over the delivery's cells, texts and values; `wording` follows 'was' or 'were'."""

    name: str
    column: str
    header: str
    wording: str
    made_when: str
    before: str
    after: str

    @property
    def reason(self) -> str:
        """One value's repair."""
        return f"'{self.header}' was {self.wording}"

    def counted(self, rows: int) -> str:
        """So many values' repair."""
        return f"column '{self.header}': {rows:,} {'value was' if rows == 1 else 'values were'} {self.wording}"

    def as_struct(self, number: int) -> str:
        """The repair as an SQL value, null when it was not made."""
        return f"case when {self.made_when} then {{'number': {number}, 'before': {self.before}, 'after': {self.after}}} end"


def repairs(mapping: Mapping, delivered: date) -> list[Repair]:
    """Every repair this delivery may need; what cannot be and is left out comes last."""
    found = [repair for column in mapping.mapped for repair in _of_column(column, mapping)]
    return found + [_left_out(column, condition, mapping) for column in mapping.mapped if (condition := mapping.cannot_be(column, delivered))]


def _left_out(column: Column, condition: str, mapping: Mapping) -> Repair:
    if column.name in mapping.contract.originals:
        before = f"more than {mapping.contract.greatest_age} years before it" if mapping.contract.greatest_age else "before 1900"
        name, wording = "impossible_birth_date", f"a date of birth that nobody here can have (after the delivery, or {before}) and was left out"
    else:
        name, wording = "unknown_code", f"none of the codes known for its day ({', '.join(column.allowed)}) and was left out"
    return Repair(name, column.name, mapping.header_name(column.name), wording, f"coalesce({condition}, false)", quoted(column.name), "null")


def _of_column(column: Column, mapping: Mapping) -> Iterator[Repair]:
    header, text, cell = mapping.header_name(column.name), quoted(column.name), quoted(cell_of(column.name))

    def repair(name: str, wording: str, made_when: str, before: str = cell, after: str = text) -> Repair:
        return Repair(name, column.name, header, wording, made_when, before, after)

    if column.name in mapping.mojibake:
        spoilt = f"{cell} is distinct from without_mojibake({cell})"
        yield repair("mojibake", "saved in the wrong encoding and read back as it was meant", spoilt)
    if column.name in mapping.with_formulas:
        kept_as_text = f'regexp_matches({cell}, \'="[^"]*"\')'
        yield repair("text_formula", 'a text that a formula (="...") kept from becoming a number, and was taken out of it', kept_as_text)
    if column.name in mapping.contract.identifiers:
        yield repair("decimal_tail", "a reference number with '.0' behind it, which was taken off", f"regexp_full_match(tidy({cell}), '\\d+\\.0+')")
    if column.name in mapping.contract.upns:
        digits = f"regexp_full_match(without_decimal_tail(tidy({cell})), '\\d{{12}}') and {text} is not null"
        yield repair("check_letter", "a UPN without its check letter, which follows from its digits and was put back", digits)
    if column.type.startswith("DECIMAL"):
        # The third or fourth decimal; a number that a spreadsheet worked out may differ from what it shows in the sixteenth.
        finer = f"regexp_matches({text}, '{re.escape(mapping.profile.decimal_mark)}\\d{{2}}0?[1-9]') and {quoted(value_of(column.name))} is not null"
        yield repair("rounded", "an amount finer than a penny and rounded to one", finer, text, f"{quoted(value_of(column.name))}::varchar")
    if column.type == "DATE" and mapping.has_dates_of_its_own:
        serial = f"regexp_full_match({text}, '\\d{{5}}(\\.\\d+)?') and {quoted(value_of(column.name))} is not null"
        yield repair("serial_date", "a spreadsheet's day number and read as its date", serial, text, f"{quoted(value_of(column.name))}::varchar")
