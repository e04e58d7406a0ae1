"""HOUSEHOLD: who lives with whom, under ids that stay from week to week."""

from typing import Any

import sql
from pipelines import registers, standing, verdicts, warehouse
from pipelines.provenance import Run
from pipelines.warehouse import Connection
from schemas import cohort, linked

Counts = dict[str, Any]


def household(run: Run) -> Counts:
    """Make linked.household, linked.household_member, linked.household_doubt, register.household and the lineage of household ids; returns counts."""
    from matching import households

    rules = run.authority.linkage.household
    with run.open() as con:
        _previous(con, run)
        _decided(con, run)
        households.form(con, households.Rules(run.as_of, rules.membership_probability, rules.size_limit))
        _identify(con, run)
        warehouse.fill(con, linked.HOUSEHOLD_MEMBER, "household/household_member")
        warehouse.fill(con, linked.HOUSEHOLD, "household/household")
        warehouse.fill(con, linked.HOUSEHOLD_DOUBT, "household/linked_doubt")
        warehouse.fill(con, cohort.REGISTER_HOUSEHOLD, "household/register_household", {"run_id": run.run_id})
        standing.hold(con, run)
        return _counts(con, run)


def _previous(con: Connection, run: Run) -> None:
    """Make previous_register and previous_lineage from the last publication, empty at the first."""
    registers.load_present(con, run, cohort.REGISTER_HOUSEHOLD, "previous_register")
    registers.load_lineage(con, run, "household")
    _ensure_lineage(con)


def _decided(con: Connection, run: Run) -> None:
    """Make decided_membership from what people decided about who belongs to which household of the last publication."""
    from matching import tables

    columns = {"household_id": "varchar", "person_id": "varchar", "decision": "varchar"}
    tables.fill(con, "recorded_member", columns, verdicts.member_decisions(run.settings, run.manifest.decisions_through))
    con.execute(f"create or replace temp table decided_membership as {sql.read('household/decided_membership')}")


def _ensure_lineage(con: Connection) -> None:
    """LINK makes the table; a run of this stage alone, as in tests, makes it here."""
    if not con.execute("from duckdb_tables() where schema_name = 'register' and table_name = 'lineage'").fetchone():
        warehouse.create(con, cohort.LINEAGE)


def _identify(con: Connection, run: Run) -> None:
    """Give each group its id: the one most of its people had, or a new one; tell what became of ids, and which decisions stand for them."""
    from matching import households

    parameters = {"run_id": run.run_id, "previous_run_id": run.manifest.previous_run_id or ""}
    con.execute(f"create or replace temp table person_merge as {sql.read('household/person_merge')}")
    for table in ("person_now", "previous_household", "household_successor", "household_identity"):
        households.make(con, table, parameters)
    _write_lineage(con, run)
    standing.decide(con, run)
    households.make(con, "confirmed_member", parameters)


def _write_lineage(con: Connection, run: Run) -> None:
    """Carry the earlier rows of kind household over and add this run's."""
    con.execute("delete from register.lineage where identity_kind = 'household'")
    warehouse.append(con, cohort.LINEAGE, "from previous_lineage")
    warehouse.append(con, cohort.LINEAGE, sql.read("household/household_lineage"), {"run_id": run.run_id})


def _counts(con: Connection, run: Run) -> Counts:
    acceptance = run.authority.publication.verification.acceptance_probability
    shown = con.execute(sql.read("household/household_count"), {"acceptance_probability": acceptance})
    names = [column[0] for column in shown.description or []]
    counts: Counts = dict(zip(names, shown.fetchone() or (), strict=True))
    counts["basis"] = dict(con.execute("select basis, count(*) from linked.household_member group by basis order by basis").fetchall())
    acts = "select act, count(*) from register.lineage where identity_kind = 'household' and run_id = $run_id group by act order by act"
    counts["lineage"] = dict(con.execute(acts, {"run_id": run.run_id}).fetchall())
    return counts
