"""What the auditors' page says of time: trends over deliveries, what changed since the run before, agreements and retention; counts and hashes only."""

from datetime import date
from itertools import groupby
from typing import Any

import sql
from pipelines import provenance, publications, purge, warehouse
from pipelines.errors import WrongUsage
from pipelines.provenance import Run
from pipelines.report import charts
from pipelines.values.text import counted

Rows = list[dict[str, Any]]

_INPUTS = {
    "configuration_sha256": "the authority's files",
    "criteria_sha256": "the criteria",
    "decisions_sha256": "the decisions",
    "code_sha256": "the program",
    "framework_id": "the framework",
}
_SOON_DAYS = 60


def since_before(run: Run, expectations: Rows) -> dict[str, Any]:
    """Which inputs differ from those of the run it follows on, and which expectations broke or hold again; empty at the first run."""
    before = _before(run)
    if before is None:
        return {}
    then = {used.source: used for used in before.manifest.extracts}
    new = [used for used in run.manifest.extracts if used.extract_id != (then[used.source].extract_id if used.source in then else None)]
    broken_then = {(row["suite"], row["expectation"]): row["description"] for row in _broken(before)}
    broken_now = {(row["suite"], row["expectation"]): row["description"] for row in expectations if not row["is_success"]}
    return {
        "run_id": before.run_id,
        "as_of_date": before.as_of,
        "new_extracts": [{"source": used.source, "extract_id": used.extract_id} for used in new],
        "changed_inputs": [words for name, words in _INPUTS.items() if getattr(run.manifest, name) != getattr(before.manifest, name)],
        "newly_broken": [{"suite": key[0], "description": broken_now[key]} for key in broken_now if key not in broken_then],
        "holding_again": [{"suite": key[0], "description": broken_then[key]} for key in broken_then if key not in broken_now],
    }


def terms(extracts: Rows, as_of: date) -> Rows:
    """Each source's agreement, calendar and retention, in dates and in words."""
    return [
        {name: row.get(name) for name in ("source", "agreement_id", "agreement_expires_date", "next_due_date", "kept_until_date", "allowed_outputs")}
        | {"agreement": _agreement(row["agreement_expires_date"], as_of), "timeliness": _timeliness(row.get("next_due_date"), as_of)}
        | {"retention": _retention(row, as_of)}
        for row in extracts
    ]


def purged(run: Run) -> Rows:
    """What was purged so far: what, not whose."""
    return purge.notes(run.settings)


def delivery_trends(trends: Rows) -> Rows:
    """A line for each figure of a source's deliveries: rows, shares rejected and repaired, and every column whose gaps changed."""
    lines = []
    for (kind, about, series), points in groupby((row for row in trends if row["kind"] != "expectation"), key=lambda r: (r["kind"], r["about"], r["series"])):
        values = [point["value"] for point in points]
        if kind != "missing" or max(values) - min(values) >= 0.01:
            what = {"volume": "rows accepted", "rejected": "rows rejected", "repaired": "rows repaired"}.get(kind, f"without {series.replace('_', ' ')}")
            told = [f"{value:,.0f}" if kind == "volume" else f"{value:.1%}" for value in values]
            words = f"{what}, {len(values)} deliveries: {', '.join(told)}"
            lines.append(
                {
                    "source": about,
                    "what": what,
                    "count": len(values),
                    "first": told[0],
                    "now": told[-1],
                    "chart": charts.spark(values, words) if len(values) > 1 else "",
                }
            )
    return sorted(lines, key=lambda line: (line["source"], not line["what"].startswith("rows"), line["what"]))


def expectation_trends(trends: Rows) -> dict[str, str]:
    """The line of every expectation that was broken once in the last runs, by suite and name."""
    drawn = {}
    for (about, series), points in groupby((row for row in trends if row["kind"] == "expectation"), key=lambda r: (r["about"], r["series"])):
        values = [point["value"] for point in points]
        drawn[f"{about}|{series}"] = charts.spark(values, f"broken over {len(values)} runs: {', '.join(f'{value:.1%}' for value in values)}")
    return drawn


def _before(run: Run) -> Run | None:
    if run.manifest.previous_run_id is None:
        return None
    try:
        return provenance.load(run.manifest.previous_run_id, run.settings)
    except WrongUsage:
        return None


def _broken(run: Run) -> Rows:
    path = publications.path_of(run.run_id, run.settings)
    if not path.exists():
        return []
    with warehouse.database(run.settings, path) as con:
        rows = con.execute(sql.read("report/broken_before")).fetchall()
    return [dict(zip(("suite", "expectation", "description"), row, strict=True)) for row in rows]


def _agreement(expires: date, as_of: date) -> str:
    left = (expires - as_of).days
    if left < 0:
        return f"ended {-left:,} days ago: no further delivery is accepted"
    return f"ends in {left:,} days: renew it" if left <= _SOON_DAYS else f"{left:,} days left"


def _retention(row: dict[str, Any], as_of: date) -> str:
    """Whether the extract may still be kept, where its last day is over or near; else nothing."""
    until = row.get("kept_until_date")
    if until is None:
        return ""
    if row.get("extract_id") is None:
        return "ended: the extract is not used"
    left = (until - as_of).days
    if left < 0:
        return f"ended {counted(-left, 'day')} ago"
    return f"{counted(left, 'day')} left: a new file is needed by then" if left <= _SOON_DAYS else ""


def _timeliness(due: date | None, as_of: date) -> str:
    if due is None:
        return "no calendar, or nothing delivered"
    late = (as_of - due).days
    return f"overdue by {late:,} days" if late > 0 else f"next due by {due}"
