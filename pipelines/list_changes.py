"""What changed on the list: who is new, who left and why, who stays for other criteria; and as a file. Apart, since here criteria tell of sources too."""

from pathlib import Path

from pipelines import authority, cohort, criteria, leaving, private, publications, tabular, warehouse
from pipelines.published_rows import Rows, current, fetched
from pipelines.settings import Settings
from schemas.measure import MEASURES

COLUMNS = ("change", "household_id", "status_before", "status_after", "reason", "decision", "decided_by", "decided_at", "previous_run_id", "run_id")
_OF_ANY_TWO = ("change", "household_id", "status_before", "status_after", "criteria_before", "criteria_after", "decision", "decided_by", "decided_at")
_SHEETS = (("joined", "new"), ("left", "left"), ("changed", "changed"))


def diff(settings: Settings, since: str | None = None) -> Rows:
    """Who joined the list, who left and whose criteria changed, and by whose decision: since the publication before, or since the run named."""
    with current(settings) as con:
        if since is None:
            return fetched(con, "cohort/changes")
        warehouse.attach(con, settings, publications.existing(since, settings), "earlier")
        return fetched(con, "cohort/compared")


def export(settings: Settings, out: Path, since: str | None = None) -> int:
    """Write what changed since the publication before, or since the run named, to a CSV or XLSX file that only its owner can read; returns how many rows.

    A workbook has a sheet each for the new, for those who left and for those who stay. Raises WrongUsage for another ending or folder, and an unknown run.
    """
    columns = COLUMNS if since is None else _OF_ANY_TWO
    with private.written(out, ".csv", ".xlsx") as draft:
        rows = _told(settings, since)
        if out.suffix.lower() == ".csv":
            tabular.write_csv(draft, columns, rows)
        else:
            tabular.write_book(draft, _sheets(columns, rows))
    return len(rows)


def sheets(settings: Settings) -> list[tabular.Sheet]:
    """What changed since the publication before, a sheet each, to stand beside the list in a workbook. Raises WrongUsage without a publication."""
    return _sheets(COLUMNS, _told(settings, None))


def _told(settings: Settings, since: str | None) -> Rows:
    """The changes that may leave: none of a family suppressed since, and none that tells of rows which may not reach a list."""
    rows = cohort.not_held(diff(settings, since), settings)
    with current(settings) as con:
        council = authority.find(str(con.execute("select authority from audit.run").fetchall()[0][0]), settings)
        barred = leaving.barred("list", council.name, settings)
        if not barred:
            return rows
        families = fetched(con, "cohort/families", {"status": None, "district": None, "framework": None})
    kept_back = {row["household_id"] for row in families} - {row["household_id"] for row in leaving.allowed(families, barred, "identifying_sources")}
    telling = [c.id for f in criteria.load(council).frameworks for c in f.criteria if barred & {*MEASURES[c.measure].sources, *MEASURES[c.measure].supplements}]
    return [row for row in rows if row["household_id"] not in kept_back and not any(name in str(value) for value in row.values() for name in telling)]


def _sheets(columns: tuple[str, ...], rows: Rows) -> list[tabular.Sheet]:
    return [tabular.Sheet(title, columns, [row for row in rows if row["change"] == change]) for change, title in _SHEETS]
