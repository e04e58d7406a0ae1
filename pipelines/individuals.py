"""People listed one by one: those who meet a criterion of a framework that lists individuals, such as Islington's workless parents."""

from datetime import date
from pathlib import Path
from typing import NamedTuple

from pipelines import authority, cohort, criteria, leaving, private, provenance, seals, tabular, warehouse
from pipelines.authority import Authority
from pipelines.errors import WrongUsage
from pipelines.published_rows import Rows, current, fetched
from pipelines.settings import Settings
from schemas.purposes import OutputName

STATUSES = ("verified", "review")
COLUMNS = (
    *("framework_id", "as_of_date", "status", "person_id", "forename", "surname", "birth_date", "household_id", "address", "postcode"),
    *("district", "criteria_met", "sources", "confidence", "decision", "run_id"),
)


class Individuals(NamedTuple):
    """The people, a dictionary of COLUMNS each, and how many more are told by rows that may not reach the output."""

    rows: Rows
    kept_back_count: int


def individuals(settings: Settings, framework: str, *, status: str = "verified", output: OutputName = "list", as_at: date | None = None) -> Individuals:
    """The people who meet a criterion of the framework by records of their own, in families that qualify under it: now, or `as_at` a date.

    `verified`: the family is, and the person's own links and membership reach the acceptance probability or were confirmed; `review`: one of them is not.
    Whom rows tell of that may not reach the output is kept back and counted; members of families suppressed since the list was made are left out.
    A past list is told as it stood, by the criteria and the acceptance probability of its day as far as they are kept.
    Raises WrongUsage for another status, a date without a list, and for a framework that the list does not have or that lists households.
    """
    if status not in STATUSES:
        raise WrongUsage(f"Unknown status '{status}'. Known: {', '.join(STATUSES)}.")
    with current(settings, as_at) as con:
        council = _council(con, settings, as_at)
        _refuse_households(con, council, framework)
        acceptance = council.publication.verification.acceptance_probability
        found = fetched(con, "cohort/individuals", {"framework": framework, "status": status, "acceptance": acceptance})
    standing = cohort.not_held(found, settings, are_past=as_at is not None)
    # By what may leave now, whatever was allowed in a past list's day; a criterion that has gone since is not told.
    rows = leaving.of(output, council.name, settings).of_sources(standing, "sources")
    return Individuals(rows, rows.kept_back_count)


def _council(con: warehouse.Connection, settings: Settings, as_at: date | None) -> Authority:
    """The publication's authority: as it is, or of a past list as its run knew it where that is kept."""
    name, run_id = con.execute("select authority, run_id from audit.run").fetchall()[0]
    kept = seals.kept_authority(provenance.load(str(run_id), settings)) if as_at else None
    return kept or authority.find(str(name), settings)


def write(rows: Rows, out: Path) -> None:
    """Write the people to a CSV or XLSX file that only its owner can read. Raises WrongUsage for another ending or folder."""
    with private.written(out, ".csv", ".xlsx") as draft:
        if out.suffix.lower() == ".csv":
            tabular.write_csv(draft, COLUMNS, rows)
        else:
            _write_xlsx(draft, rows)


def _write_xlsx(draft: Path, rows: Rows) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(str(draft), tabular.OPTIONS) as book:
        tabular.write_sheet(book, "individuals", COLUMNS, rows)


def _refuse_households(con: warehouse.Connection, council: Authority, framework: str) -> None:
    published = [str(row[0]) for row in con.execute("select distinct framework_id from cohort.family order by 1").fetchall()]
    listing = [f.id for f in criteria.load(council).frameworks if f.unit == "individual" and f.id in published]
    known = f"Known: {', '.join(listing)}." if listing else "The list has none; use islington-parents in criteria.yml, or one with unit: individual."
    if framework not in listing:
        told = f"Framework '{framework}' lists households, not individuals" if framework in published else f"The list has no framework '{framework}'"
        raise WrongUsage(f"{told}. {known}")
