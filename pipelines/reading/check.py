"""Checks a delivery's rows against the contract, set-wise: removes what is no row, types the rest, notes every rule a row breaks."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import duckdb

import sql
from pipelines.reading import mojibake, repeats
from pipelines.reading.header import compact
from pipelines.reading.mapping import Mapping, Parameters, quoted
from pipelines.reading.repairs import Repair, repairs
from pipelines.reading.repeats import run
from pipelines.reading.rules import TORN, Rule, in_words, rules

_MACROS = (
    "tidy",
    "compact",
    "part_of",
    "unless_among",
    "unless_like",
    "decode_code",
    "as_date",
    "as_date_or_serial",
    "as_whole_number",
    "as_amount",
    "as_truth",
    "as_academic_year",
    "without_mojibake",
    "without_text_formula",
    "without_decimal_tail",
    "with_check_letter",
)
_TOTAL = "|".join(
    (
        r"^((grand|sub|report)[ -]?)?totals?\b",
        r"^(row|record)s?[ :]*(count|total|\d)",
        r"^(number|count|no\.?) of ",
        r"^\d+ (row|record)s?\b",
        r"^(count|trailer)\b",
        r"^end of ",
    )
)
# Formats seen in suppliers' files, to tell one whose dates changed what they look like now.
_OTHER_FORMATS = ("%Y-%m-%d", "%m/%d/%Y", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y%m%d", "%d-%b-%Y", "%d %b %Y", "%d/%m/%y", "%Y/%m/%d")
_TIMES = ("", " %H:%M", " %H:%M:%S", "T%H:%M:%S")
_FORMATS = {f"{day}{time}": in_words(day) for day in _OTHER_FORMATS for time in _TIMES}
_DAY_NUMBERS = "a spreadsheet's day numbers: give the column a date format before saving"
_REPEATED_NAMES = 3


@dataclass(frozen=True, slots=True)
class Broken:
    """A rule and how many rows broke it."""

    rule: Rule
    count: int
    looks_like: str | None = None

    @property
    def message(self) -> str:
        """In words, without a value."""
        return self.rule.counted(self.count) + (f" (they look like {self.looks_like})" if self.looks_like else "")


@dataclass(frozen=True, slots=True)
class Checked:
    """What checking found: rows removed, rejected and repaired; the rules broken and repairs made in words, most frequent first."""

    removed: int
    rejected: int
    repaired: int
    broken: list[Broken]
    mended: list[str]


def check(con: duckdb.DuckDBPyConnection, mapping: Mapping, delivered: date) -> Checked:
    """Make temp tables `checked`, `rule` and `repair_rule` from `delivered`."""
    mapping = replace(mapping, spoilt=mojibake.find(con, len(mapping.header.names)), formulas=_formulas(con, len(mapping.header.names)))
    for macro in _MACROS:
        con.execute(sql.read(f"ingest/{macro}"))
    removed = _remove_furniture(con, mapping)
    repeats.find_copies(con, mapping)
    contract_rules, contract_repairs = rules(mapping, delivered), repairs(mapping, delivered)
    _check_rows(con, mapping, delivered, contract_rules, contract_repairs)
    repeats.judge(con, mapping, contract_rules)
    repeats.judge_upns(con, mapping, contract_rules, contract_repairs)
    counted = con.execute(sql.read("ingest/rejected_count")).fetchall()
    broken = [_broken(con, mapping, contract_rules[number - 1], count, place) for place, (number, count) in enumerate(counted)]
    mended = [contract_repairs[number - 1].counted(count) for number, count in con.execute(sql.read("ingest/repaired_count")).fetchall()]
    return Checked(removed, _count(con, "len(broken) > 0"), _count(con, "len(broken) = 0 and len(repairs) > 0"), broken, mended)


def _formulas(con: duckdb.DuckDBPyConnection, width: int) -> frozenset[int]:
    """The positions of columns of which some cell begins as a formula does."""
    places = ", ".join(f"coalesce(bool_or(c{place} like '=%' or c{place} like ' %=%'), false)" for place in range(width))
    return frozenset(place for place, found in enumerate(con.execute(sql.read("ingest/formula_place").format(places=places)).fetchall()[0]) if found)


def rejected_rows(mapping: Mapping, file_name: str) -> tuple[str, dict[str, Any]]:
    """The query of extract.rejected, and its parameters: each row as JSON under the supplier's own column names."""
    parameters = Parameters({"file_name": file_name})
    pairs = [f"{parameters.add(name or f'column {place + 1}')}, c{place}" for place, name in enumerate(mapping.header.names)]
    query = sql.read("ingest/rejected").format(row_values=", ".join([*pairs, f"{parameters.add('beyond the header')}, beyond"]))
    return query, parameters.values


def _remove_furniture(con: duckdb.DuckDBPyConnection, mapping: Mapping) -> int:
    parameters = Parameters({"total": _TOTAL})
    required = [mapping.source(c.name) for c in mapping.mapped if c.required and c.name in mapping.header.positions]
    names = sorted(mapping.header.positions.values())[:_REPEATED_NAMES]
    return run(
        con,
        "remove_furniture",
        parameters,
        every_cell=", ".join(f"tidy(c{place})" for place in range(len(mapping.header.names))),
        is_long_enough=" and ".join(f"length(c{place}) >= {len(compact(mapping.header.names[place]))}" for place in sorted(mapping.header.positions.values())),
        repeats_header=" and ".join(f"compact(c{place}) = {parameters.add(compact(mapping.header.names[place]))}" for place in names),
        required_filled="(" + " + ".join(f"(tidy({cell}) is not null)::integer" for cell in required) + ")",
        required_count=str(len(required)),
    )


def _check_rows(con: duckdb.DuckDBPyConnection, mapping: Mapping, delivered: date, contract_rules: list[Rule], contract_repairs: list[Repair]) -> None:
    """Fill `checked`, with the rules each row breaks and the repairs it got, and the tables that say what their numbers mean."""
    mended = ", ".join(mapping.mended())
    run(
        con,
        "checked",
        mapping.parameters,
        originals="".join(f"{expression}, " for expression in mapping.originals()),
        cells="".join(f"{expression}, " for expression in mapping.cells()),
        tidied=", ".join(mapping.tidied()),
        known=", ".join(mapping.known()),
        mended=f"replace ({mended})" if mended else "",
        decoded=", ".join(mapping.decoded()),
        typed=", ".join(mapping.typed()),
        is_stranger=mapping.is_stranger(),
        is_told_before=mapping.is_told_before(),
        is_incomplete=mapping.is_incomplete(),
        accepted=", ".join(mapping.accepted(delivered)),
        torn=" ".join(f"when {rule.broken_when} then [{number}]" for number, rule in enumerate(contract_rules, start=1) if rule.name in TORN),
        broken=", ".join(f"case when {rule.broken_when} then {number} end" for number, rule in enumerate(contract_rules, start=1)),
        repairs=", ".join(repair.as_struct(number) for number, repair in enumerate(contract_repairs, start=1)),
    )
    _name(con, "rule", contract_rules)
    _name(con, "repair_rule", contract_repairs)


def _name(con: duckdb.DuckDBPyConnection, table: str, named: Sequence[Rule | Repair]) -> None:
    lists = {"names": "name", "columns": "column", "headers": "header", "reasons": "reason"}
    con.execute(sql.read(f"ingest/{table}"), {several: [getattr(r, one) for r in named] for several, one in lists.items()})


def _broken(con: duckdb.DuckDBPyConnection, mapping: Mapping, rule: Rule, count: int, place: int) -> Broken:
    """Of the most frequent rules, unreadable dates are looked at again to say what they look like."""
    seen = _looks_like(con, mapping, rule) if rule.name == "date_format" and place < _REPEATED_NAMES else None
    return Broken(rule, count, seen)


def _looks_like(con: duckdb.DuckDBPyConnection, mapping: Mapping, rule: Rule) -> str | None:
    """The format, in words, that reads nearly all of the column's unreadable dates; None when there is no such format."""
    formats = [f"count(as_date(text, ['{form}']))" for form in _FORMATS] + ["count(*) filter (regexp_full_match(text, '[1-6]\\d{4}(\\.\\d+)?'))"]
    parameters = {"expected": mapping.date_formats}
    counts = con.execute(sql.read("ingest/looks_like").format(formats=", ".join(formats), cell=mapping.source(rule.column)), parameters).fetchone()
    if not counts or not counts[0]:
        return None
    most, words = max(zip(counts[1:], [*_FORMATS.values(), _DAY_NUMBERS], strict=True), key=lambda pair: pair[0])
    return re.sub(r"\byy$", "yy", words) if most >= 0.8 * counts[0] else None


def _count(con: duckdb.DuckDBPyConnection, condition: str) -> int:
    """Checked rows that fulfil one of our own conditions."""
    return len(con.table("checked").filter(condition))


def latest(con: duckdb.DuckDBPyConnection, column: str | None) -> date | None:
    """The latest of a date column's accepted values."""
    if column is None:
        return None
    row = con.table("checked").filter("len(broken) = 0").max(quoted(column)).fetchone()
    return row[0] if row else None
