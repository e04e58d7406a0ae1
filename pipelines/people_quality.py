"""Judges a linkage against a column of the true person. Read after everything else is done, so that no step of linking can see the truth."""

import json
from pathlib import Path
from typing import Any

import sql
from matching import evaluation
from matching import pair_evaluation as pairs
from pipelines import people_files
from pipelines.warehouse import Connection
from schemas.linkage_model import LinkageModel


def judge(con: Connection, files: list[Path], asked: LinkageModel, column: str) -> dict[str, Any]:
    """Precision, recall and F1 of pairs at the default and the best threshold, B-cubed, blocking recall and calibration.

    Raises:
        BadInput: a file has no such column.
    """
    people_files.read_truth(con, files, asked, column)
    everything, within = con.execute(sql.read("people/true_pair_count")).fetchall()[0]
    true_total = {"link_only": everything - within, "dedupe_only": within}.get(asked.link_type, everything)
    blocked = con.execute(sql.read("people/blocked_true_pair"), {"is_link_only": asked.link_type == "link_only"}).fetchall()[0][0]
    judged = con.sql(sql.read("people/judged_pair")).fetchnumpy()
    weight, probability, count, true = (judged[name].astype("float64") for name in ("match_weight", "match_probability", "pair_count", "true_count"))
    points = pairs.curve(weight, probability, count, true, true_total)
    best = pairs.best(points)
    bins, error = pairs.calibration(probability, count, true)
    shown = probability >= asked.thresholds.review
    return {
        "true_pair_count": true_total,
        "compared_pair_count": int(count.sum()),
        "blocking_recall": round(blocked / true_total, 6) if true_total else 1.0,
        "default": pairs.as_tree([pairs.at_probability(points, asked.thresholds.link, true_total)])[0],
        "best": pairs.as_tree([best])[0] if best else None,
        **_clusters(con, asked.link_type),
        "calibration": {
            "expected_calibration_error": error,
            "expected_calibration_error_from_review_up": pairs.calibration(probability[shown], count[shown], true[shown])[1],
            "bins": pairs.as_tree(bins),
        },
        "curve": pairs.as_tree(pairs.thinned(points)),
    }


def _clusters(con: Connection, link_type: str) -> dict[str, Any]:
    """People found against true ones, over the pairs that the link type lets meet; else its restriction would count as a mistake."""
    labels = con.sql(sql.read("people/labelled_record")).fetchnumpy()
    judged = {}
    for name, column in (("clusters", "person_id"), ("strict_clusters", "strict_person_id")):
        found, true, source = labels[column], labels["true_person"], labels["source"]
        if link_type == "link_only":
            scores = evaluation.pair_scores_across(found, true, source), evaluation.b_cubed_across(found, true, source)
        else:
            sides = [evaluation.within(side, source) for side in (found, true)] if link_type == "dedupe_only" else [found, true]
            scores = evaluation.pair_scores(*sides), evaluation.b_cubed(*sides)
        judged[name] = {"pairs": scores[0].as_dict(), "b_cubed": scores[1].as_dict()}
    return judged


def write(quality: dict[str, Any], path: Path) -> None:
    """Write quality.json."""
    path.write_text(json.dumps(quality, indent=1) + "\n", encoding="utf-8")
