"""The rules a row must keep, made from the contract: each has a short name, a wording without the value, and the condition that breaks it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from pipelines.reading.mapping import Mapping, code_meanings, quoted, value_of
from schemas.extracts.changes import CHANGE_TYPE, DELETED
from schemas.table import Column

_ROW = ""
TORN = ("open_quote", "swallowed")
"""Rules beside which no other counts: what such a row's cells hold is not known."""
# What the files of a set have in common.
_ABOUT = {"school_attendance": "pupils", "police_asb": "incidents", "dwp_benefit": "claims", "housing_arrears": "accounts"}
_FORMULA_ERRORS = r"#(REF!|N/A|NAME\?|VALUE!|DIV/0!|NULL!|NUM!|SPILL!|CALC!|UNCALCULATED!|#{2,})"


@dataclass(frozen=True, slots=True)
class Rule:
    """`broken_when` is an SQL condition over the delivery's text, and values named `<column>_value`; `wording` follows 'is' or 'are'."""

    name: str
    column: str
    header: str
    wording: str
    broken_when: str

    @property
    def reason(self) -> str:
        """One row's fault."""
        return f"'{self.header}' is {self.wording}" if self.column else f"the row is {self.wording}"

    def counted(self, rows: int) -> str:
        """So many rows' fault."""
        verb = "row is" if rows == 1 else "rows are"
        where = f"column '{self.header}': " if self.column else ""
        return f"{where}{rows:,} {verb} {self.wording}"


def rules(mapping: Mapping, delivered: date) -> list[Rule]:
    """Every rule of the contract for this delivery, the row's shape first."""
    of_columns = [rule for column in mapping.mapped for rule in _of_column(column, mapping, delivered)]
    of_statements = [_of_statements_only(rule, mapping) for rule in (*of_columns, *_of_row(mapping), *_of_times(mapping))]
    return [*_of_shape(), *of_statements, *_of_sets(mapping), *_of_changes(mapping)]


def _of_shape() -> Iterator[Rule]:
    length = "of more or fewer fields than the header; a field that holds the delimiter or a line break must stand in quotation marks"
    yield Rule("row_length", _ROW, "", length, "fault = 'row_length'")
    quote = "run into the rows after it, since a quotation mark opens and does not close where its field ends; mend it and deliver again"
    yield Rule("open_quote", _ROW, "", quote, "fault = 'open_quote'")
    yield Rule("swallowed", _ROW, "", "swallowed by a quotation mark that opens in a row before; mend that row and deliver again", "fault = 'swallowed'")
    yield Rule("duplicate_row", _ROW, "", "the same, in every column, as an earlier row", "is_duplicate")


def _of_column(column: Column, mapping: Mapping, delivered: date) -> Iterator[Rule]:
    header, text, value = mapping.header_name(column.name), quoted(column.name), quoted(value_of(column.name))

    def rule(name: str, wording: str, condition: str) -> Rule:
        return Rule(name, column.name, header, wording, condition)

    if column.required:
        yield rule("required", "empty or unknown; every row must have it", f"{text} is null")
    if column.type == "VARCHAR" and not column.allowed:
        yield from _of_formulas(column, mapping)
    if column.name in mapping.contract.identifiers:
        wording = "a number cut down by a spreadsheet (as 1.23E+11): its digits are lost; format the column as text and export again"
        yield rule("scientific_notation", wording, f"regexp_full_match({text}, '\\d([.,]\\d+)?E\\+\\d{{1,3}}', 'i')")
    if column.name in mapping.contract.upns:
        wording = "a number whose last digits a spreadsheet made noughts: they are lost; format the column as text and export again"
        yield rule("digits_lost", wording, f"regexp_full_match({text}, '\\d{{7}}0{{5}}')")
        wording = "a UPN without its check letter that several pupils have, so that it is not theirs; format the column as text and export again"
        yield rule("shared_upn", wording, "false")
    if column.type != "VARCHAR":
        name, wording = _type_rule(column, mapping)
        yield rule(name, wording, f"{text} is not null and {value} is null")
    if column.allowed and column.name not in mapping.contract.codes_left_out:
        codes = ", ".join(code for code in mapping.profile.codes.get(column.name, column.allowed) if code)
        yield rule("allowed", f"none of the known codes ({codes})", f"not list_contains({mapping.parameters.add(list(column.allowed))}, {value})")
    if column.minimum is not None and column.maximum is not None:
        low, high = mapping.parameters.add(column.minimum), mapping.parameters.add(column.maximum)
        yield rule("range", f"not between {column.minimum:,g} and {column.maximum:,g}", f"not ({value} between {low} and {high})")
    if column.name in mapping.contract.not_after_delivery:
        yield rule("after_delivery", f"later than the delivery ({delivered})", f"{value} > {mapping.parameters.add(delivered)}")


def _of_formulas(column: Column, mapping: Mapping) -> Iterator[Rule]:
    """Of a text: what a spreadsheet writes where it has no value, and a formula that stands as text."""
    header, text = mapping.header_name(column.name), quoted(column.name)
    failed = f"starts_with({text}, '#') and regexp_full_match({text}, '{_FORMULA_ERRORS}', 'i')"
    wording = "a spreadsheet's error or a formula without a result, not a value; save the sheet with its results as values"
    yield Rule("formula_error", column.name, header, wording, failed)
    if column.name in mapping.with_formulas:
        wording = "a formula, not a value; formulas are never worked out, so save the sheet with its results as values"
        within = f" or {text} like '% =%'" if mapping.header.followers.get(column.name) else ""
        yield Rule("formula", column.name, header, wording, f"({text} like '=%'{within})")


def _type_rule(column: Column, mapping: Mapping) -> tuple[str, str]:
    if column.type == "DATE":
        return "date_format", f"not {' or '.join(in_words(form) for form in mapping.profile.date_formats)}"
    if column.name == "academic_year" and mapping.profile.academic_year_format:
        return "academic_year_format", f"not an academic year like {mapping.profile.academic_year_format}"
    if column.type == "BOOLEAN":
        codes = ", ".join(code for code in code_meanings(column, mapping.profile) if code)
        return "yes_or_no", f"none of the known codes ({codes})"
    return ("whole_number", "not a whole number") if column.type == "INTEGER" else ("amount", "not an amount such as 1234.50")


def _of_row(mapping: Mapping) -> Iterator[Rule]:
    held = {column.name for column in mapping.mapped}
    for group in mapping.contract.needs_one_of:
        present = [column for column in group if column in held]
        names = " and ".join(f"'{mapping.header_name(column)}'" for column in present) or " and ".join(group)
        yield Rule("needs_one_of", _ROW, "", f"without {names}", " and ".join(f"{quoted(column)} is null" for column in present) or "true")
    for column, other, values in mapping.contract.required_unless:
        spared = f"coalesce(list_contains({mapping.parameters.add(list(values))}, {quoted(value_of(other))}), false)" if other in held else "false"
        if column in held:
            wording = "empty or unknown; every row must have it"
            yield Rule("required", column, mapping.header_name(column), wording, f"{quoted(column)} is null and not {spared}")
    for parts, whole in mapping.contract.sums_within:
        if {*parts, whole} <= held:
            total = " + ".join(quoted(value_of(part)) for part in parts)
            names = " and ".join(f"'{mapping.header_name(part)}'" for part in parts)
            wording = f"impossible: {names} add up to more than '{mapping.header_name(whole)}'"
            yield Rule("sum_too_great", _ROW, "", wording, f"{total} > {quoted(value_of(whole))}")


def _of_times(mapping: Mapping) -> Iterator[Rule]:
    for span in mapping.contract.codes_in_use:
        condition = None if span.column in mapping.contract.codes_left_out else mapping.not_in_use(span)
        if condition:
            name, when = ("code_not_yet", f"from {span.first}") if span.first else ("code_retired", f"until {span.last}")
            wording = f"a code that was in use only {when} by '{mapping.header_name(span.by)}' ({', '.join(span.codes)})"
            yield Rule(name, span.column, mapping.header_name(span.column), wording, condition)


def _of_sets(mapping: Mapping) -> Iterator[Rule]:
    if mapping.contract.one_row_a_key:
        key = " and ".join(f"'{mapping.header_name(name)}'" for name in mapping.contract.table.key if name in mapping.header.positions)
        yield Rule("contradiction", _ROW, "", f"in contradiction with another row of the same {key}; deliver the one that holds", "false")
    if mapping.contract.refers_to:
        yield Rule("stranger", _ROW, "", _stranger(mapping), "is_stranger")
    if mapping.contract.not_in_main:
        wording = "about somebody who stands in the delivery's main file too; deliver each in the file that holds"
        yield Rule("told_before", _ROW, "", wording, "is_told_before")
    if mapping.contract.completed_by:
        parts = " and ".join(mapping.contract.completed_by)
        named = " and ".join(f"'{mapping.header_name(name)}'" for name in mapping.contract.refers_to)
        yield Rule("incomplete", _ROW, "", f"of a {named} that the set's {parts} file does not tell of; deliver all of them", "is_incomplete")


def _stranger(mapping: Mapping) -> str:
    about, part = _ABOUT[mapping.contract.source], mapping.contract.found_in
    where = f"none of those in the set's {part} file" if part else f"none of the {about} in the delivery's main file"
    return f"about {where}, or one whose row there was rejected; deliver both files of the same {about}"


def _of_statements_only(rule: Rule, mapping: Mapping) -> Rule:
    """The rule, spared to rows that only take others away: of these the key is needed and nothing else is kept."""
    is_told = any(column.name == CHANGE_TYPE.name for column in mapping.mapped)
    if not is_told or rule.column in (*mapping.contract.changes_by, CHANGE_TYPE.name):
        return rule
    return replace(rule, broken_when=f"({rule.broken_when}) and {quoted(value_of(CHANGE_TYPE.name))} is distinct from '{DELETED}'")


def _of_changes(mapping: Mapping) -> Iterator[Rule]:
    key = [column for column in mapping.mapped if column.name in mapping.contract.changes_by]
    if key:
        references = [column for column in key if column.name in mapping.contract.identifiers]
        names = " and ".join(f"'{mapping.header_name(column.name)}'" for column in references)
        wording = f"without {names}, so that nobody can say which earlier row it is about"
        yield Rule("without_key", _ROW, "", wording, " and ".join(f"{quoted(column.name)} is null" for column in references))
        names = " and ".join(f"'{mapping.header_name(column.name)}'" for column in key)
        how = "they state different values, or one deletes what the other states"
        wording = f"in contradiction with another row of the same {names}: {how}; deliver the one that holds"
        yield Rule("contradiction", _ROW, "", wording, "false")


def in_words(form: str) -> str:
    """A date format as a supplier would write it: dd/mm/yyyy."""
    for code, words in (("%d", "dd"), ("%m", "mm"), ("%Y", "yyyy"), ("%y", "yy"), ("%b", "mmm"), ("%B", "month"), ("%H:%M", "hh:mm"), ("%S", "ss")):
        form = form.replace(code, words)
    return form
