"""What changed on the list: who is new, who left and why, who stays for other criteria; and as a file. Apart, since here criteria tell of sources too."""

from pathlib import Path

import duckdb

from pipelines import cohort, leaving, private, publications, tabular, warehouse
from pipelines.published_rows import Rows, current, fetched
from pipelines.settings import Settings

COLUMNS = ("change", "household_id", "status_before", "status_after", "reason", "decision", "decided_by", "decided_at", "previous_run_id", "run_id")
_OF_ANY_TWO = ("change", "household_id", "status_before", "status_after", "criteria_before", "criteria_after", "decision", "decided_by", "decided_at")
_SHEETS = (("joined", "new"), ("left", "left"), ("changed", "changed"), ("moved", "decided, and moved"))


def diff(settings: Settings, since: str | None = None, *, with_held: bool = True) -> leaving.Told:
    """Who joined the list, who left and whose criteria changed, and by whose decision: since the publication before, or since the run named.

    Since the publication before it also tells decisions whose family stands under another id now (`moved`), listed or not: they are to be taken anew.

    What tells of rows that may not reach a list is kept back and counted. `with_held` False leaves out families suppressed since the current list was made.
    """
    with current(settings) as con:
        if since is not None:
            warehouse.attach(con, settings, publications.existing(since, settings), "earlier")
        rows = _changes(con) if since is None else fetched(con, "cohort/compared")
        limits = leaving.of("list", str(con.execute("select authority from audit.run").fetchall()[0][0]), settings)
        families = fetched(con, "cohort/families", {"status": None, "district": None, "framework": None}) if limits.sources else []
    return limits.changes(rows if with_held else cohort.not_held(rows, settings), families)


def _changes(con: warehouse.Connection) -> Rows:
    """What changed since the publication before, and the decisions that lost their family to another id."""
    rows = fetched(con, "cohort/changes")
    try:
        moved = fetched(con, "cohort/moved_decision")
    except duckdb.CatalogException:
        return rows  # published before decisions were carried
    listed = {row["household_id"] for row in rows}
    return [*rows, *(row for row in moved if row["household_id"] not in listed)]


def export(settings: Settings, out: Path, since: str | None = None) -> int:
    """Write what changed since the publication before, or since the run named, to a CSV or XLSX file that only its owner can read; returns how many rows.

    A workbook has a sheet each for the new, for those who left and for those who stay. Raises WrongUsage for another ending or folder, and an unknown run.
    """
    columns = COLUMNS if since is None else _OF_ANY_TWO
    with private.written(out, ".csv", ".xlsx") as draft:
        rows = diff(settings, since, with_held=False)
        if out.suffix.lower() == ".csv":
            tabular.write_csv(draft, columns, rows)
        else:
            tabular.write_book(draft, _sheets(columns, rows))
    return len(rows)


def sheets(settings: Settings) -> list[tabular.Sheet]:
    """What changed since the publication before, a sheet each, to stand beside the list in a workbook. Raises WrongUsage without a publication."""
    return _sheets(COLUMNS, diff(settings, with_held=False))


def _sheets(columns: tuple[str, ...], rows: Rows) -> list[tabular.Sheet]:
    return [tabular.Sheet(title, columns, [row for row in rows if row["change"] == change]) for change, title in _SHEETS]
