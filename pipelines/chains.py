"""The files an attached extract came from: one, a set, or a full delivery and the changes to it; apart because ingest, audit and reading ask alike."""

from typing import Any

import sql
from pipelines import warehouse
from schemas.extracts import MAIN, PART, SETS
from schemas.extracts.changes import CHANGES, FULL, ROWS_A_FILE

Row = dict[str, Any]

OF_NO_SET = {MAIN, FULL, CHANGES}
"""Parts that fill the source's own table; any other is a table of a set."""
# Asked of the columns, which views have too.
_HAS = "select 1 from duckdb_columns() where database_name = 'delivered' and schema_name = 'extract' and table_name = ?"


def files(con: warehouse.Connection) -> list[Row]:
    """Every file of the extract attached as `delivered`, the main or the full one first: the columns of extract.part, and `rows_before`.

    `rows_before` is what to take from the number of a row of the source's table to have its number in the file; None where the file fills another table.
    """
    main = _fetch(con, "ingest/receipts")[0]
    parts = _fetch(con, "ingest/parts") if con.execute(_HAS, ["part"]).fetchall() else []
    if any(part["part"] == FULL for part in parts):
        return [part | {"rows_before": (part["file_number"] - 1) * ROWS_A_FILE} for part in parts]
    alone = {name: main.get(name) for name in PART.column_names} | {"file_number": 0, "part": MAIN}
    told = dict.fromkeys(PART.column_names)
    rows_of = SETS[main["source"]].rows_of if parts and main["source"] in SETS else (MAIN,)
    return [_of_set(told | row, rows_of) for row in (alone, *parts)]


def _of_set(row: Row, rows_of: tuple[str, ...]) -> Row:
    """A file of a set, or one alone: its rows stand in the source's table behind those of the files before it, or complete the rows of others."""
    if row["part"] not in rows_of:
        return row | {"rows_before": None}
    # Extracts of earlier versions do not tell, and in their sets every accepted row of such a file stands.
    standing = row["accepted_count"] if row["standing_count"] is None else row["standing_count"]
    return row | {"rows_before": row["file_number"] * ROWS_A_FILE, "standing_count": standing}


def has_reasons(con: warehouse.Connection) -> bool:
    """Whether the extract attached as `delivered` tells why rows of its earlier files were rejected or repaired; those of earlier versions do not."""
    return bool(con.execute(_HAS, ["reason"]).fetchall())


def standing(found: list[Row]) -> int:
    """Rows of the source's table that stand, of an extract of these files."""
    return sum(row["standing_count"] or 0 for row in found)


def full_file(receipt_file: Row) -> Row:
    """A file that came alone, as the first of those that changes are made to."""
    return receipt_file | {"file_number": 1, "part": FULL, "replaced_count": 0, "deleted_count": 0, "deletion_count": 0}


def is_changed(found: list[Row]) -> bool:
    """Whether the files are a full delivery and changes to it."""
    return any(row["part"] == CHANGES for row in found)


def _fetch(con: warehouse.Connection, statement: str) -> list[Row]:
    cursor = con.execute(sql.read(statement))
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
