"""Puts the listed families in order and gives out the places there are, so that neither tiers nor places change hands for every small change."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

import sql
from pipelines import assessment, warehouse
from pipelines.provenance import Run
from pipelines.warehouse import Connection
from schemas import cohort
from schemas.criterion import Framework

LIST = "list"
"""The one arm of a framework whose tiers name none, where the authority offers places."""


def rank(con: Connection, run: Run, frameworks: Sequence[Framework]) -> None:
    """Make cohort.ranking and cohort.kept_place for every framework.

    Reads family_status, standing_decision, criterion_found, tier, tier_found, successor, the register, and the ranking of the publication before.
    """
    rules = run.authority.publication.ranking
    _read_earlier(con, run)
    _make(con, "standing_place")
    _make(con, "kept_tier", as_of=run.as_of, keep_tier_days=rules.keep_tier_days)
    _make(con, "place_offered", rows=json.dumps([row for f in frameworks for row in _offered(f, rules.places)]))
    about = {"run_id": run.run_id, "as_of": run.as_of, "keep_place_days": rules.keep_place_days}
    warehouse.fill(con, cohort.KEPT_PLACE, "rank/kept_place", about)
    _make(con, "ranked", keep_place_margin=rules.keep_place_margin)
    _make(con, "kept_arm")
    warehouse.fill(con, cohort.RANKING, "rank/ranking", {"run_id": run.run_id})


def _offered(framework: Framework, places: int) -> Iterator[dict[str, Any]]:
    arms = [(tier.name, arm) for tier in framework.tiers for arm in tier.arms]
    for position, (tier, arm) in enumerate(arms):
        yield {"framework_id": framework.id, "tier": tier, "arm": arm.name, "position": position, "places": arm.places}
    if places and not framework.tiers:
        yield {"framework_id": framework.id, "tier": None, "arm": LIST, "position": 0, "places": places}


def _read_earlier(con: Connection, run: Run) -> None:
    """Make earlier_place; empty where the publication before has no ranking, and without places that waited where it knew of none."""
    columns = "household_id varchar, framework_id varchar, tier varchar, arm varchar, fits_lower_since_date date, off_list_since_date date"
    con.execute(f"create or replace temp table earlier_place ({columns})")
    if run.previous_path is None:
        return
    warehouse.attach(con, run.settings, run.previous_path, "previous")
    known = con.execute("select table_name from duckdb_tables() where database_name = 'previous' and schema_name = 'cohort'").fetchall()
    for table, statement in (("ranking", "earlier_place"), ("kept_place", "earlier_kept_place")):
        if (table,) in known:
            con.execute(sql.read(f"rank/{statement}"))
    con.execute("detach previous")


def _make(con: Connection, table: str, **parameters: Any) -> None:
    assessment.make(con, table, folder="rank", **parameters)
