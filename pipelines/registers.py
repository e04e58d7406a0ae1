"""What the last publication remembers of persons and households; apart from link and household, since both read it and stages do not import one another."""

from pipelines import warehouse
from pipelines.provenance import Run
from schemas.cohort import LINEAGE
from schemas.table import Table


def load(con: warehouse.Connection, run: Run, register: Table, name: str) -> None:
    """Make the temporary table `name` with the register's rows in the last publication; empty at the first."""
    columns = ", ".join(f'"{column.name}" {column.type}' for column in register)
    con.execute(f"create or replace temp table {name} ({columns})")
    if run.previous_path is None:
        return
    warehouse.attach(con, run.settings, run.previous_path, "previous")
    con.execute(f"insert into {name} by name from previous.{register.qualified}")
    con.execute("detach previous")


def load_present(con: warehouse.Connection, run: Run, register: Table, name: str) -> None:
    """As `load`, for a register that says who is present; one published before registers remembered holds present rows only."""
    load(con, run, register, name)
    seen = {"run_id": run.manifest.previous_run_id}
    con.execute(f"update {name} set is_present = true, last_seen_run_id = $run_id where is_present is null", seen)  # noqa: S608 - the caller's own name


def load_lineage(con: warehouse.Connection, run: Run, kind: str) -> None:
    """Make the temporary table previous_lineage with the rows of one kind, `person` or `household`."""
    load(con, run, LINEAGE, "previous_lineage")
    con.execute("delete from previous_lineage where identity_kind <> $kind", {"kind": kind})
