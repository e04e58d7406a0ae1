"""Checks a delivery's rows against the contract, set-wise: removes what is no row, types the rest, notes every rule a row breaks."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb

import sql
from pipelines.reading.header import compact
from pipelines.reading.mapping import Mapping, Parameters, quoted
from pipelines.reading.rules import Rule, in_words, rules

_MACROS = (
    "tidy",
    "compact",
    "unless_among",
    "unless_like",
    "decode_code",
    "as_date",
    "as_date_or_serial",
    "as_whole_number",
    "as_amount",
    "as_truth",
    "as_academic_year",
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


def check(con: duckdb.DuckDBPyConnection, mapping: Mapping, delivered: date) -> tuple[int, list[Broken]]:
    """Make temp tables `checked` and `rule` from `delivered`; returns rows removed, and the rules broken, most frequent first."""
    for macro in _MACROS:
        con.execute(sql.read(f"ingest/{macro}"))
    removed = _remove_furniture(con, mapping)
    _run(con, "duplicate", Parameters(), cells=_cells(mapping))
    contract_rules = rules(mapping, delivered)
    _check_rows(con, mapping, contract_rules)
    counted = con.execute(sql.read("ingest/rejected_count")).fetchall()
    return removed, [_broken(con, mapping, contract_rules[number - 1], count, place) for place, (number, count) in enumerate(counted)]


def rejected_rows(mapping: Mapping) -> tuple[str, dict[str, Any]]:
    """The query of extract.rejected, and its parameters: each row as JSON under the supplier's own column names."""
    parameters = Parameters()
    pairs = [f"{parameters.add(name or f'column {place + 1}')}, c{place}" for place, name in enumerate(mapping.header.names)]
    query = sql.read("ingest/rejected").format(row_values=", ".join([*pairs, f"{parameters.add('beyond the header')}, beyond"]))
    return query, parameters.values


def _remove_furniture(con: duckdb.DuckDBPyConnection, mapping: Mapping) -> int:
    parameters = Parameters({"total": _TOTAL})
    required = [mapping.source(c.name) for c in mapping.mapped if c.required]
    names = sorted(mapping.header.positions.values())[:_REPEATED_NAMES]
    return _run(
        con,
        "remove_furniture",
        parameters,
        every_cell=", ".join(f"tidy(c{place})" for place in range(len(mapping.header.names))),
        repeats_header=" and ".join(f"compact(c{place}) = {parameters.add(compact(mapping.header.names[place]))}" for place in names),
        required_filled="(" + " + ".join(f"(tidy({cell}) is not null)::integer" for cell in required) + ")",
        required_count=str(len(required)),
    )


def _check_rows(con: duckdb.DuckDBPyConnection, mapping: Mapping, contract_rules: list[Rule]) -> None:
    """Fill `checked`, with the numbers of the rules each row breaks, and `rule`."""
    _run(
        con,
        "checked",
        mapping.parameters,
        originals="".join(f"{expression}, " for expression in mapping.originals()),
        tidied=", ".join(mapping.tidied()),
        known=", ".join(mapping.known()),
        decoded=", ".join(mapping.decoded()),
        typed=", ".join(mapping.typed()),
        accepted=", ".join(mapping.accepted()),
        broken=", ".join(f"case when {rule.broken_when} then {number} end" for number, rule in enumerate(contract_rules, start=1)),
    )
    names = {"names": [r.name for r in contract_rules], "columns": [r.column for r in contract_rules], "reasons": [r.reason for r in contract_rules]}
    con.execute(sql.read("ingest/rule"), names)


def _run(con: duckdb.DuckDBPyConnection, statement: str, parameters: Parameters, **pieces: str) -> int:
    """Run a statement of `sql/ingest` with its column lists put in; returns the count it reports."""
    row = con.execute(sql.read(f"ingest/{statement}").format(**pieces), parameters.values).fetchone()
    return int(row[0]) if row else 0


def _cells(mapping: Mapping) -> str:
    return ", ".join([*(f"c{place}" for place in range(len(mapping.header.names))), "beyond"])


def _broken(con: duckdb.DuckDBPyConnection, mapping: Mapping, rule: Rule, count: int, place: int) -> Broken:
    """Of the most frequent rules, unreadable dates are looked at again to say what they look like."""
    seen = _looks_like(con, mapping, rule) if rule.name == "date_format" and place < _REPEATED_NAMES else None
    return Broken(rule, count, seen)


def _looks_like(con: duckdb.DuckDBPyConnection, mapping: Mapping, rule: Rule) -> str | None:
    """The format, in words, that reads nearly all of the column's unreadable dates; None when there is no such format."""
    formats = ", ".join(f"count(as_date(text, ['{form}']))" for form in _FORMATS)
    parameters = {"expected": mapping.date_formats}
    counts = con.execute(sql.read("ingest/looks_like").format(formats=formats, cell=mapping.source(rule.column)), parameters).fetchone()
    if not counts or not counts[0]:
        return None
    best = max(zip(counts[1:], _FORMATS, strict=True), key=lambda pair: pair[0])
    words = re.sub(r"\byy$", "yy", _FORMATS[best[1]])
    return words if best[0] >= 0.8 * counts[0] else None


def rejected_count(con: duckdb.DuckDBPyConnection) -> int:
    """Rows that broke a rule."""
    row = con.execute("select count(*) from checked where len(broken) > 0").fetchone()
    return int(row[0]) if row else 0


def latest(con: duckdb.DuckDBPyConnection, column: str | None) -> date | None:
    """The latest of a date column's accepted values."""
    if column is None:
        return None
    row = con.table("checked").filter("len(broken) = 0").max(quoted(column)).fetchone()
    return row[0] if row else None
