"""Which decisions stand, for whom, and what they cover, week after week; used by the household and verify stages.

A decision is about what the person who took it saw: the household as it was in the publication that was current then. From there it is carried
from publication to publication: a suppression with the people it protects, a confirmation with the links and memberships that stood when it was given.
"""

import json
from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING

import sql
from pipelines import publications, registers, warehouse
from pipelines.provenance import Run, load
from pipelines.warehouse import Connection
from schemas import cohort

if TYPE_CHECKING:
    from pipelines.decisions import HouseholdDecision

_CARRIED = {
    "carried_decision": (cohort.REGISTER_DECISION, "where basis = 'household'"),
    "carried_hold": (cohort.HELD_PERSON, ""),
    "carried_record": (cohort.HELD_RECORD, ""),
    "carried_cover": (cohort.CONFIRMED_LINK, ""),
}


def decide(con: Connection, run: Run) -> None:
    """Make decision_now, confirmed_household and register.confirmed_link.

    Reads the previous publication, the decisions recorded since its run, and register.lineage with this run's acts and all before.
    """
    new = _new_decisions(con, run, after=_carry(con, run))
    _see(con, run, sorted({d.run_id for d in new}))
    _make(con, "own_decision", previous_run_id=run.manifest.previous_run_id or "")
    _make(con, "decision_now", run_id=run.run_id)
    _make(con, "confirmed_household")
    warehouse.fill(con, cohort.CONFIRMED_LINK, "standing/confirmed_link")


def hold(con: Connection, run: Run) -> None:
    """Make register.held_person, register.held_record and register.decision, once linked.household_member stands."""
    previous = {"previous_run_id": run.manifest.previous_run_id or ""}
    _make(con, "held_before", **previous)
    warehouse.fill(con, cohort.HELD_PERSON, "standing/held_person", {"run_id": run.run_id} | previous)
    warehouse.fill(con, cohort.HELD_RECORD, "standing/held_record")
    warehouse.fill(con, cohort.REGISTER_DECISION, "standing/register_decision")


def note_unseen_rejections(con: Connection, run: Run) -> None:
    """Make unseen_rejection: rejections of households that qualify now and did not in the publication that their coordinator looked at.

    Versions before this one recorded such; where the publication is no longer kept, it cannot be told, and the rejection holds.
    """
    con.execute("create or replace temp table unseen_rejection (decision_id bigint)")
    asked = {row[0] for row in con.execute(sql.read("standing/standing_rejection")).fetchall()}
    if not asked:
        return
    from pipelines import decisions  # here, since a what-if on a list without such rejections needs no database of decisions

    taken: dict[str, list[dict[str, object]]] = {}
    for decided in decisions.household_decisions(run.settings, run.manifest.decisions_through):
        if decided.decision_id in asked:
            taken.setdefault(decided.run_id, []).append({"decision_id": decided.decision_id, "household_id": decided.household_id})
    for run_id, rows in taken.items():
        path = publications.path_of(run_id, run.settings)
        if run_id and path.exists():
            warehouse.attach(con, run.settings, path, "seen")
            con.execute(f"insert into unseen_rejection {sql.read('standing/unseen_rejection')}", {"rows": json.dumps(rows)})
            con.execute("detach seen")


def _carry(con: Connection, run: Run) -> int:
    """Make what stood in the previous publication; returns the number of the last decision that it knew."""
    for name, (table, _) in _CARRIED.items():
        warehouse.create(con, table)
        con.execute(f"create or replace temp table {name} as from {table.qualified}")
    registers.load_lineage(con, run, "household")
    if run.manifest.previous_run_id is None or run.previous_path is None:
        return 0
    warehouse.attach(con, run.settings, run.previous_path, "previous")
    # Publications made before decisions were carried do not have the tables: every decision is new to them.
    is_carried = con.execute("from duckdb_tables() where database_name = 'previous' and table_name = 'held_record'").fetchone() is not None
    for name, (table, chosen) in _CARRIED.items() if is_carried else ():
        con.execute(f"insert into {name} by name from previous.{table.qualified} {chosen}")
    con.execute("detach previous")
    return load(run.manifest.previous_run_id, run.settings).manifest.decisions_through if is_carried else 0


def _new_decisions(con: Connection, run: Run, after: int) -> "list[HouseholdDecision]":
    """Make new_decision: those numbered above `after` that the run froze."""
    from pipelines import decisions

    found = decisions.household_decisions(run.settings, run.manifest.decisions_through, after)
    told = ("decision_id", "household_id", "decision", "decided_by", "run_id")
    rows = [{name: getattr(d, name) for name in told} | {"decided_at": d.decided_at.astimezone(UTC).replace(tzinfo=None)} for d in found]
    _make(con, "new_decision", rows=json.dumps(rows, default=str))
    return found


def _see(con: Connection, run: Run, seen: list[str]) -> None:
    """Make seen_member from the publications that the deciders looked at."""
    con.execute("create or replace temp table seen_member (decision_id bigint, person_id varchar, record_id varchar, is_primary boolean, is_former boolean)")
    for run_id in seen:
        path = _publication(run, run_id)
        if path is not None:
            warehouse.attach(con, run.settings, path, "seen")
            con.execute(f"insert into seen_member {sql.read('standing/seen_member')}", {"run_id": run_id})
            con.execute("detach seen")


def _publication(run: Run, run_id: str) -> Path | None:
    """The publication of that run; where it is gone, the previous one stands in, since a hold on somebody too many is lifted sooner than mended."""
    path = publications.path_of(run_id, run.settings)
    return path if run_id and path.exists() else run.previous_path


def _make(con: Connection, table: str, **parameters: object) -> None:
    con.execute(f"create or replace temp table {table} as {sql.read(f'standing/{table}')}", parameters or None)
