"""Deliveries that come as a set of files: what is noted of each file, and the summary that a supplier without a set would have sent."""

from datetime import date
from typing import Any

import sql
from pipelines import warehouse
from pipelines.reading.rows import Rows
from pipelines.values.dates import term_dates
from schemas.extracts import ATTENDANCE_CODES, CONTRACTS, PART, SETS, TERMS
from schemas.extracts.changes import ROWS_A_FILE

# DfE: a school should settle why a pupil was away within five school days.
_SCHOOL_DAYS_TO_RESOLVE = 5
# Marks of several files that are compared with one another at a time: about 250 MB.
_MARKS_AT_ONCE = 2_000_000


def about(written: Rows) -> dict[str, Any]:
    """What is noted of any delivered file."""
    file, found = written.file, written.found
    return {
        "file_name": file.name,
        "file_sha256": file.sha256,
        "file_bytes": file.path.stat().st_size,
        "file_format": found.file_format,
        "encoding": found.encoding,
        "delimiter": found.delimiter,
        **{f"{name}_count": count for name, count in written.counts._asdict().items()},
    }


def fill_parts(con: warehouse.Connection, written: list[Rows], standing: dict[int, int] | None) -> None:
    """Note the further files of a set, each with its rows that stand in the source's table where that was filled (`standing`, by the file's number)."""
    warehouse.create(con, PART)
    for each in written:
        noted = dict.fromkeys(PART.column_names) | {"file_number": each.file.number, "part": each.file.contract.table.name, **about(each)}
        if standing is not None and noted["part"] in SETS[each.file.contract.source].rows_of:
            noted["standing_count"] = standing.get(each.file.number, 0)
        warehouse.append(con, PART, sql.read("ingest/part"), noted)


def fill_summary(con: warehouse.Connection, source: str, delivered: date, parts: set[str]) -> dict[int, int]:
    """Put the set together into the source's own table; what is summed up on the way is made first. Returns its rows by number of the file they stand in.

    These may be fewer than the file's accepted rows: a later file tells some again, and some complete the row of another.
    """
    if source in _SUMMED_UP:
        _SUMMED_UP[source](con)
    statement = f"ingest/{source}_from_parts"
    told = {"delivered_date": delivered, "has_exclusions": "exclusion" in parts, "has_contacts": "contact" in parts, "rows_a_file": ROWS_A_FILE}
    used = {name: value for name, value in told.items() if f"${name}" in sql.read(statement)}
    table = CONTRACTS[source].table
    warehouse.fill(con, table, statement, used)
    return dict(con.execute(sql.read("ingest/standing_part"), {"source_table": table.qualified, "rows_a_file": ROWS_A_FILE}).fetchall())


def tally(con: warehouse.Connection) -> None:
    """Make session_tally and exclusion_tally, a row a pupil, school and term, from the set's tables."""
    _terms(con)
    codes = {"codes": [c.code for c in ATTENDANCE_CODES], "counts_as": [c.counts_as for c in ATTENDANCE_CODES]}
    con.execute(sql.read("ingest/attendance_code"), codes)
    con.execute(sql.read("ingest/session_day"), {"unresolved_days": _SCHOOL_DAYS_TO_RESOLVE})
    _sessions(con)
    con.execute(sql.read("ingest/exclusion_tally"))


def _sessions(con: warehouse.Connection) -> None:
    """Make session_tally, of so many parts of the pupils one after the other that the marks of each can be compared in memory."""
    several, marks = con.execute("select count(distinct file_number) > 1, count(*) from extract.session_mark").fetchall()[0]
    parts = marks // _MARKS_AT_ONCE + 2 if several else 1
    for part in range(parts):
        begin = "insert into session_tally" if part else "create or replace temp table session_tally as"
        con.execute(f"{begin} {sql.read('ingest/session_tally')}", {"part": part, "parts": parts})


def _terms(con: warehouse.Connection) -> None:
    """Every term a session may lie in."""
    years = range(2000, 2101)
    terms = [(year, term, *term_dates(year, term)) for year in years for term in TERMS]
    names = ("academic_years", "terms", "from_dates", "to_dates")
    con.execute(sql.read("ingest/school_term"), dict(zip(names, map(list, zip(*terms, strict=True)), strict=True)))


_SUMMED_UP = {"school_attendance": tally}
