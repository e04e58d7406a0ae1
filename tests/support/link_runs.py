"""Runs whose staging tables are laid by hand, so that the link stage can be run alone; and publications it can follow on."""

import os
from datetime import date
from pathlib import Path

from pipelines import provenance, warehouse
from pipelines.provenance import Manifest, Run, UsedExtract
from pipelines.settings import Settings, prepare_home
from schemas.cohort import LINEAGE, REGISTER_PERSON
from schemas.staging import SOURCES
from tests.support.records import AS_OF, Record, stage


def a_run(home: Path, records: list[Record], as_of: date = AS_OF, previous: Run | None = None, decisions_through: int = 0, threads: int = 2) -> Run:
    """A run whose staging.person_record holds the records; `previous` is a run passed to `publish` before."""
    umask = os.umask(0o077)
    os.umask(umask)
    settings = Settings(home=home, threads=threads)
    prepare_home(settings)
    os.umask(umask)
    extracts = tuple(UsedExtract(source, f"{source}-1", as_of, False) for source in SOURCES)
    previous_id = previous.run_id if previous else None
    manifest = Manifest(as_of, "calderbrook", "tf-2012", extracts, previous_id, decisions_through, f"{threads}", "", "", "")
    run = provenance.start(manifest, settings)
    with run.open() as con:
        stage(con, records)
    return run


def publish(run: Run) -> Run:
    """Lay the run's registers where the next run looks for its previous publication."""
    path = run.settings.published_dir / f"cohort-{run.run_id}.duckdb"
    with warehouse.database(run.settings, path, read_only=False) as con:
        warehouse.attach(con, run.settings, run.path, "run")
        for table in (REGISTER_PERSON, LINEAGE):
            warehouse.create(con, table)
            warehouse.append(con, table, f"from run.{table.qualified}")
    return run


def rows(run: Run, query: str, **values: object) -> list[tuple[object, ...]]:
    """Rows of a query on the run's file."""
    with run.open(read_only=True) as con:
        return con.execute(query, values or None).fetchall()
