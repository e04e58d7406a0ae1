"""A small borough through the real stages, week after week, with some of its people missing from what partners deliver."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

from pipelines import decisions, household, link, provenance, publish, score, verify, warehouse
from pipelines.provenance import Run
from pipelines.settings import Settings
from pipelines.synthetic import generate
from schemas import staging
from tests.support import flow_runs, published

PEOPLE, SEED = 400, 7


@dataclass
class Absences:
    """The borough's first publication, and weeks that follow on it."""

    first: Run
    runs: list[Run] = field(default_factory=list)

    @property
    def settings(self) -> Settings:
        """Where the borough's files are."""
        return self.first.settings

    def people_of(self, household_id: str) -> list[str]:
        """Who lived in the household in the first week, by person id."""
        return [row[0] for row in rows(self.first, "select person_id from linked.household_member where household_id = $home order by all", home=household_id)]

    def week(self, without: Collection[str] = ()) -> Run:
        """The next week: what the first week delivered, but for the records of these people of the first week."""
        previous = self.runs[-1] if self.runs else self.first
        given = {"as_of_date": previous.as_of + timedelta(days=1), "previous_run_id": previous.run_id}
        run = provenance.start(replace(self.first.manifest, **given, decisions_through=decisions.last_id(self.settings)), self.settings)
        self._deliver(run, without)
        for stage in (link.link, household.household, score.score, verify.verify):
            stage(run)
        published.pass_gates(run)
        publish.publish(run)
        self.runs.append(run)
        return run

    def _deliver(self, run: Run, without: Collection[str]) -> None:
        with run.open() as con:
            warehouse.attach(con, run.settings, self.first.path, "first")
            gone = "select record_id from first.linked.person_record where person_id in (select unnest($without))"
            for table in staging.TABLES:
                keys = [name for name in table.column_names if name.startswith("record_id")]
                where = " and ".join(f"{key} not in ({gone})" for key in keys)
                warehouse.create(con, table)
                warehouse.append(con, table, f"select * from first.{table.qualified} where {where}", {"without": list(without)})  # noqa: S608 - declared names


def absences(home: Path) -> Absences:
    """A borough whose first week is published by the whole flow."""
    settings = Settings(home=home)
    generate(home, PEOPLE, SEED, flow_runs.AS_OF)
    return Absences(provenance.load(flow_runs.refresh(settings), settings))


def rows(run: Run, query: str, **values: object) -> list[tuple[object, ...]]:
    """Rows of a query on the run's file."""
    with run.open(read_only=True) as con:
        return con.execute(query, values or None).fetchall()
