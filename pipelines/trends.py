"""Keeps the figures of the last deliveries and runs in the run's own file, so that a delivery is held against what is usual and a trend can be drawn."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import sql
from expectations import checkpoints, usual
from expectations.checkpoints import Judgements
from expectations.usual import Point
from expectations.vocabulary import Outcome
from pipelines import audit_trail, chains, volumes, warehouse
from pipelines.provenance import Run, UsedExtract
from schemas.audit import TREND

Row = dict[str, Any]


def carry(con: warehouse.Connection, run: Run) -> None:
    """Fill audit.trend with what the previous publication remembers; one of an earlier version remembers nothing."""
    if run.previous_path is None or not run.previous_path.exists():
        return
    warehouse.attach(con, run.settings, run.previous_path, "previous")
    known = con.execute("select 1 from duckdb_tables() where database_name = 'previous' and schema_name = 'audit' and table_name = 'trend'").fetchall()
    if known:
        warehouse.append(con, TREND, sql.read("trend/carried"), {"most": usual.MOST})
    con.execute("detach previous")


def judge(con: warehouse.Connection, run: Run, used: UsedExtract, place: str, judgements: Judgements | None = None) -> list[Outcome]:
    """Remember a delivery's figures, and judge them against those of the last ones. The extract is attached as `delivered`."""
    receipt = audit_trail.fetch(con, "from delivered.extract.receipt")[0] | {"standing_count": chains.standing(chains.files(con))}
    for earlier in volumes.earlier(run, used, usual.MOST):
        _note(con, used.source, earlier, _of_receipt(earlier))
    extract_id = receipt["extract_id"]
    _note(con, used.source, receipt, [*_of_receipt(receipt), *usual.measured(con, used.source, place, extract_id)])
    until = {"source": used.source, "until": receipt["delivered_date"]}
    known = [Point(**row) for row in audit_trail.fetch(con, sql.read("trend/of_source"), until)]
    calendar = run.authority.profiles.of(used.source).calendar
    late = usual.days_late(run.as_of, receipt["delivered_date"], calendar.every_days, calendar.grace_days) if calendar else None
    rare = usual.rare(con, used.source, place)
    counted = usual.counts(used.source, known, extract_id, receipt["standing_count"], late, rare)
    judged = checkpoints.judge(usual.suite(used.source), counted, judgements)
    offending = usual.offending_parts(used.source, known, extract_id, rare)
    return [replace(o, description=usual.in_words(o.expectation, o.description, offending.get(o.expectation, []))) for o in judged]


def note_outcomes(con: warehouse.Connection, run: Run, outcomes: Iterable[Outcome]) -> None:
    """Remember which share broke each expectation."""
    rows = [
        {"kind": "expectation", "about": o.suite, "series": o.expectation, "part": "", "point_id": run.run_id, "point_date": run.as_of}
        | {"value": o.unexpected_count / o.checked_count if o.checked_count else 0.0}
        for o in outcomes
    ]
    for suite in dict.fromkeys(row["about"] for row in rows):
        con.execute("delete from audit.trend where kind = 'expectation' and about = $suite and point_id = $run", {"suite": suite, "run": run.run_id})
    audit_trail.insert(con, TREND, rows)


def _note(con: warehouse.Connection, source: str, receipt: Row, points: list[Point]) -> None:
    """Put a delivery's points in place of those of their kinds that are there already."""
    about = {"source": source, "point": receipt["extract_id"], "kinds": sorted({point.kind for point in points})}
    con.execute("delete from audit.trend where about = $source and point_id = $point and list_contains($kinds, kind)", about)
    rows = [{"kind": p.kind, "about": source, "series": p.series, "part": p.part, "point_id": p.point_id, "value": p.value} for p in points]
    audit_trail.insert(con, TREND, [row | {"point_date": receipt["delivered_date"]} for row in rows])


def _of_receipt(receipt: Row) -> list[Point]:
    received = max(receipt["received_count"], 1)
    values = {"volume": receipt["standing_count"], "rejected": receipt["rejected_count"] / received, "repaired": receipt["repaired_count"] / received}
    return [Point(kind, "", "", receipt["extract_id"], float(value)) for kind, value in values.items()]
