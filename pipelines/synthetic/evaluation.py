"""Holds a run against the borough's truth: linkage, households and the list. Only the demonstration and the tests use it."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np

import sql
from matching import evaluation
from pipelines import warehouse
from pipelines.settings import Settings

_TRUTH = {
    "true_appearance": "appearance",
    "true_person": "person",
    "true_household": "household",
    "true_framework": "household_framework",
    "true_criterion": "household_criterion",
}


def evaluate(run_path: Path, truth_dir: Path, settings: Settings, acceptance: float = 0.95) -> dict[str, Any]:
    """Quality of a finished run (its file or its publication's run file) against `truth_dir`, as shares between 0 and 1.

    `person`: pairs of records, and B-cubed over records. `household`: B-cubed over the people of private households, the separated
    parents put in one (surely: on memberships that reach `acceptance`), and by basis of membership what is stated beside what is true.
    `cohort`: by framework, the share of verified families that truly qualify and of qualifying ones with records that are verified
    or in review, and each missed one with its cause. `origin`: B-cubed recall by origin of name, so that nobody is served worse unnoticed.
    """
    with warehouse.database(settings, run_path) as con:
        bring_truth(con, truth_dir)
        con.execute(f"create temp table record_person as {sql.read('evaluation/record_person')}")
        records = con.execute("from record_person order by record_id").fetchnumpy()
        homes = con.execute(sql.read("evaluation/person_household")).fetchnumpy()
        separated = con.execute(sql.read("evaluation/separated_parents"), {"acceptance": acceptance}).fetchone() or (0, 0, 0)
        bases = con.execute(sql.read("evaluation/membership")).fetchall()
        con.execute(f"create temp table family_truth as {sql.read('evaluation/family_truth')}")
        cohort = con.execute(sql.read("evaluation/cohort_quality")).fetchall()
        missed = con.execute(sql.read("evaluation/missed_family")).fetchall()
    return {
        "record_count": len(records["record_id"]),
        "person": evaluation.pair_scores(records["found_person_id"], records["true_person_id"]).as_dict()
        | {"b_cubed": evaluation.b_cubed(records["found_person_id"], records["true_person_id"]).as_dict()},
        "household": {
            "b_cubed": evaluation.b_cubed(homes["found_household_id"], homes["true_household_id"]).as_dict(),
            "separated_parents": _separated(*separated),
            "basis": {row[0]: {"member_count": row[1], "stated": row[2], "true_share": row[3]} for row in bases},
        },
        "cohort": {row[0]: _cohort(*row[1:]) | {"missed": _missed(row[0], missed)} for row in cohort},
        "origin": _by_origin(records),
    }


def bring_truth(con: warehouse.Connection, truth_dir: Path) -> None:
    """Truth tables beside the run's, for this connection only."""
    for view, name in _TRUTH.items():
        con.execute(f"create temp table {view} as from read_parquet($path)", {"path": str(truth_dir / f"{name}.parquet")})


def _separated(pairs: int, joined: int, surely: int) -> dict[str, Any]:
    return {
        "pair_count": pairs,
        "joined_share": round(joined / pairs, 5) if pairs else None,
        "surely_joined_share": round(surely / pairs, 5) if pairs else None,
    }


def _cohort(verified: int, verified_true: int | None, review: int, review_true: int | None, qualifying: int, provable: int, found: int) -> dict[str, Any]:
    return {
        "verified_count": verified,
        "verified_true_share": round(verified_true / verified, 5) if verified and verified_true is not None else None,
        "review_count": review,
        "review_true_share": round(review_true / review, 5) if review and review_true is not None else None,
        "qualifying_count": qualifying,
        "qualifying_with_records_count": provable,
        "found_share": round(found / provable, 5) if provable else None,
    }


def _missed(framework_id: str, rows: list[tuple[Any, ...]]) -> list[dict[str, Any]]:
    """The missed families of a framework: where each stands, why, and which criteria it truly meets that were not found."""
    return [dict(zip(("true_household_id", "status", "cause", "criteria_lacking"), row[1:], strict=True)) for row in rows if row[0] == framework_id]


def _by_origin(records: dict[str, Any]) -> dict[str, dict[str, Any]]:
    recall = evaluation.item_recall(records["found_person_id"], records["true_person_id"])
    origin = np.asarray(records["name_origin"])
    names: Iterable[str] = sorted(set(origin.tolist()))
    return {name: {"record_count": int((origin == name).sum()), "recall": round(float(recall[origin == name].mean()), 5)} for name in names}
