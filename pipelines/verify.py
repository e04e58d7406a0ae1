"""VERIFY: where every household stands, by the rule, the strength of its links and what coordinators decided; and the weekly list."""

import json
from collections.abc import Sequence
from typing import Any

import sql
from pipelines import assessment, criteria, differences, provenance, ranking, standing, warehouse
from pipelines.provenance import Run
from pipelines.warehouse import Connection
from schemas import cohort
from schemas.criterion import Framework
from schemas.measure import MEASURES


def verify(run: Run) -> dict[str, Any]:
    """Make cohort.family, verified_families, member, change and the reconciliations, and date new families in the register; returns counts.

    Reads what scoring found, linked.household and its members, the register with the decisions that stand, and the previous publication.
    """
    frameworks = criteria.in_force(criteria.load(run.authority), run.as_of, run.manifest.framework_id)
    with run.open() as con:
        assessment.place_households(con, run.authority)
        assessment.qualify(con, frameworks)
        _make(con, "successor")
        _make(con, "standing_decision")
        standing.note_unseen_rejections(con, run)
        _read_earlier(con, run)
        _status(con, run)
        ranking.rank(con, run, frameworks)
        _make(con, "arm_found")
        _families(con, run)
        _compare(con, run, frameworks)
        _reconcile(con, run, frameworks)
        return _counts(con, run)


def _status(con: Connection, run: Run) -> None:
    """Make family_status, and date those who are on the list or in review for the first time."""
    rules = run.authority.publication.verification
    _make(con, "family_status", acceptance=rules.acceptance_probability, require_decision=rules.require_decision)
    con.execute(sql.read("verify/register_identified"), {"as_of": run.as_of, "framework_id": run.manifest.framework_id})


def _families(con: Connection, run: Run) -> None:
    about = {
        "as_of": run.as_of,
        "run_id": run.run_id,
        "framework_id": run.manifest.framework_id,
        "criteria_sha256": run.manifest.criteria_sha256,
        "acceptance": run.authority.publication.verification.acceptance_probability,
    }
    for table in ("computed_confidence", "nearest_criterion", "weakest_doubt"):
        _make(con, table)
    warehouse.fill(con, cohort.FAMILY, "verify/family", about)
    warehouse.fill(con, cohort.VERIFIED_FAMILIES, "verify/verified_families", {"framework_id": run.manifest.framework_id})
    warehouse.fill(con, cohort.MEMBER, "verify/member", {"acceptance": about["acceptance"]})


def _compare(con: Connection, run: Run, frameworks: Sequence[Framework]) -> None:
    """Make cohort.change against the previous publication; at the first, everyone on the list joined it."""
    _make(con, "previous_family")
    about: dict[str, Any] = {"framework_id": run.manifest.framework_id, "run_id": run.run_id, "previous_run_id": run.manifest.previous_run_id}
    about |= {"silenced": _json(_silenced(run, frameworks)), "gone": _gone(run)} | _recast(run)
    about["acceptance"] = run.authority.publication.verification.acceptance_probability
    warehouse.fill(con, cohort.CHANGE, "verify/change", about)


def _silenced(run: Run, frameworks: Sequence[Framework]) -> list[dict[str, Any]]:
    """The criteria of the run's framework that a missing or stale source keeps from being assessed, with the source."""
    silent = {extract.source for extract in run.manifest.extracts if extract.is_stale or extract.extract_id is None}
    criteria_of_list = [c for f in frameworks if f.id == run.manifest.framework_id for c in f.criteria]
    return [{"criterion_id": c.id, "source": source} for c in criteria_of_list for source in MEASURES[c.measure].delivered(silent)]


def _recast(run: Run) -> dict[str, Any]:
    """What of the configuration differs from that of the previous publication; or whether the criteria do, where it is not known what."""
    previous = run.manifest.previous_run_id
    if previous is None:
        return {"differences": "[]", "is_recast": False}
    before = provenance.load(previous, run.settings)
    found = differences.since(before, run)
    is_other = before.manifest.criteria_sha256 != run.manifest.criteria_sha256
    return {"differences": _json([one.row for one in found or ()]), "is_recast": is_other and found is None}


def _gone(run: Run) -> list[str]:
    """The sources that the previous publication stood on and this run has no extract of: without their records a household itself may be unknown."""
    if run.manifest.previous_run_id is None:
        return []
    before = {e.source for e in provenance.load(run.manifest.previous_run_id, run.settings).manifest.extracts if e.extract_id}
    return [extract.source for extract in run.manifest.extracts if extract.extract_id is None and extract.source in before]


def _read_earlier(con: Connection, run: Run) -> None:
    """Make earlier_family, the previous publication's families under this run's framework, and earlier_identified, since when it knows those of others."""
    con.execute("create or replace temp table earlier_family (household_id varchar, status varchar, criteria_met varchar)")
    con.execute("create or replace temp table earlier_identified (household_id varchar, framework_id varchar, first_identified_date date)")
    if run.previous_path is not None:
        warehouse.attach(con, run.settings, run.previous_path, "previous")
        for table in ("earlier_family", "earlier_identified"):
            con.execute(sql.read(f"verify/{table}"), {"framework_id": run.manifest.framework_id})
        con.execute("detach previous")


def _reconcile(con: Connection, run: Run, frameworks: Sequence[Framework]) -> None:
    publication = run.authority.publication
    names = [*publication.geography.districts, *(d for d in publication.indicative_family_count if d not in publication.geography.districts), "unplaced"]
    rows = [{"district": name, "indicative_count": publication.indicative_family_count.get(name, 0)} for name in names]
    about = {"frameworks": [f.id for f in frameworks]}
    _make(con, "stage_count")
    warehouse.fill(con, cohort.RECONCILIATION, "verify/reconciliation", about | {"rows": _json(rows), "stages": list(cohort.STAGES)})
    warehouse.fill(con, cohort.WARD_RECONCILIATION, "verify/ward_reconciliation", about | {"districts": names, "stages": list(cohort.WARD_STAGES)})


def _counts(con: Connection, run: Run) -> dict[str, Any]:
    """Households of the run's framework by status, of all frameworks by status, and changes on the list."""
    rows = con.execute("select framework_id, status, count(*) from cohort.family group by all order by all").fetchall()
    statuses: dict[str, dict[str, int]] = {}
    for framework_id, status, number in rows:
        statuses.setdefault(framework_id, {})[status] = number
    own = statuses.get(run.manifest.framework_id, {})
    changes = dict(con.execute("select change, count(*) from cohort.change group by all order by all").fetchall())
    return {
        "assessed_count": sum(own.values()),
        **{f"{status}_count": own.get(status, 0) for status in ("verified", "review", "near_miss")},
        "framework_id": run.manifest.framework_id,
        "statuses": statuses,
        "changes": changes,
    }


def _make(con: Connection, table: str, **parameters: Any) -> None:
    assessment.make(con, table, folder="verify", **parameters)


def _json(rows: list[dict[str, Any]]) -> str:
    return json.dumps(rows, default=str)
