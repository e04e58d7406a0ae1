"""Weeks in which households are formed from a neighbourhood laid by hand, each with a register that the next one follows on."""

from datetime import date
from pathlib import Path
from typing import Any

from pipelines import decisions, provenance, warehouse
from pipelines.household import household
from pipelines.provenance import Manifest, Run, UsedExtract
from pipelines.settings import Settings, prepare_home
from schemas import cohort
from tests.support.households import AS_OF, Address, Neighbourhood

HOME, ELSEWHERE = Address("12"), Address("7", street="CANAL ROW", postcode="ZC2 2BB")


class Weeks:
    """A council's publications, one after another, as far as households need them."""

    def __init__(self, home: Path) -> None:
        self.settings = Settings(home=home)
        prepare_home(self.settings)
        self.previous: str | None = None
        self.count = 0

    def publish(self, town: Neighbourhood, *, merged: dict[str, str] | None = None) -> Run:
        """Form the week's households and publish their register."""
        run = self.run(town, merged=merged)
        path = self.settings.published_dir / f"cohort-{run.run_id}.duckdb"
        with run.open() as con:
            warehouse.attach(con, self.settings, path, "publication", read_only=False)
            for table in (cohort.EVIDENCE, cohort.REGISTER_PERSON):
                warehouse.create(con, table)
            known = {"run_id": run.run_id, "first_seen_run_id": run.run_id, "last_seen_run_id": run.run_id, "is_present": True}
            held = con.execute("select person_id, record_id from linked.person_record").fetchall()
            warehouse.insert_rows(con, cohort.REGISTER_PERSON, [{"person_id": p, "record_id": r, **known} for p, r in held])
            con.execute("create schema publication.register; create schema publication.cohort")
            for table in (cohort.EVIDENCE, *cohort.REGISTER_TABLES):
                con.execute(f"create table publication.{table.qualified} as from {table.qualified}")
        self.previous = run.run_id
        return run

    def run(self, town: Neighbourhood, *, merged: dict[str, str] | None = None) -> Run:
        """Form the week's households; `merged` are person ids that LINK found to be others."""
        self.count += 1
        run = provenance.start(self._manifest(), self.settings)
        with run.open() as con:
            town.write(con)
            warehouse.create(con, cohort.LINEAGE)
            for gone, kept in (merged or {}).items():
                con.execute("insert into register.lineage values ('person', ?, 'merged', ?, '', ?)", [gone, kept, run.run_id])
        household(run)
        return run

    def _manifest(self) -> Manifest:
        day = date(AS_OF.year, AS_OF.month, AS_OF.day)
        extracts = (UsedExtract("school_attendance", f"E{self.count}", day, False),)
        through = decisions.last_id(self.settings)
        return Manifest(day, "calderbrook", "tf-2012", extracts, self.previous, through, "", "", "", "")


def rows(run: Run, query: str, **values: Any) -> list[tuple[Any, ...]]:
    """Rows of a query on the run's file."""
    with run.open(read_only=True) as con:
        return con.execute(query, values or None).fetchall()


def homes(run: Run) -> dict[str, str]:
    """The main household of each person."""
    return dict(rows(run, "select person_id, household_id from linked.household_member where is_primary"))


def lineage(run: Run) -> set[tuple[str, str, str]]:
    """What the run's lineage tells of households."""
    query = "select identity_id, act, other_id from register.lineage where identity_kind = 'household' and run_id = $run_id"
    return set(rows(run, query, run_id=run.run_id))


def a_family(*children: str, parent: str = "ANNA SMITH", at: Address = HOME, town: Neighbourhood | None = None) -> Neighbourhood:
    """A parent with children at school, in a town of their own unless one is given."""
    town = town or Neighbourhood()
    town.a_person(parent, age=35)
    town.lives_at(parent, at, role="claimant")
    for n, child in enumerate(children):
        town.a_person(child, age=6 + 2 * n)
        town.pupil(child, at, parents=(parent,))
    return town
