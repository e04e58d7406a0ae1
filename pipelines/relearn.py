"""Corrects the model in use by what reviewers decided, into a new file with figures before and after; nothing uses it until the authority names it."""

from dataclasses import replace
from typing import Any

import numpy as np

from matching import blocking, labels, scoring, tables
from matching.labels import Candidates, Label
from matching.model import Model
from matching.specification import PEOPLE
from pipelines import decisions, link, verdicts
from pipelines.errors import BadInput
from pipelines.provenance import Run
from pipelines.warehouse import Connection

# Fewer say nothing about a field's levels.
FEWEST_LABELS = 20


def relearn(run: Run, name: str) -> tuple[Model, dict[str, Any]]:
    """The model of the run's authority corrected by every decision on two of the run's records, and the figures.

    Returns:
        The new model under `name`, and by `before`, `after` and `held_out` how many labels stand on the right side of the link threshold and the loss in
        bits; `held_out` is judged on labels that the correction did not see.

    Raises:
        BadInput: fewer than 20 decisions on pairs that linkage proposes, or all of one kind.
    """
    model = link.read_model(run.authority.linkage.model)
    threshold = run.authority.linkage.link_probability
    with run.open() as con:
        candidates = _candidates(con)
        known = _labels(con, run)
    _refuse_few(known)
    found = replace(labels.corrected(model, candidates, known), name=name)
    return found, {
        "from_model": model.name,
        "same_count": sum(label.is_same for label in known),
        "different_count": sum(not label.is_same for label in known),
        "before": labels.figures(model, candidates, known, threshold),
        "after": labels.figures(found, candidates, known, threshold),
        "held_out": labels.held_out(model, candidates, known, threshold),
    }


def _candidates(con: Connection) -> Candidates:
    record_count = blocking.prepare_records(con)
    blocking.candidate_pairs(con, PEOPLE.rules)
    counted = scoring.compare(con, PEOPLE)
    return Candidates([pattern for pattern, _ in counted], np.array([count for _, count in counted], np.float64), PEOPLE.fields, record_count)


def _labels(con: Connection, run: Run) -> list[Label]:
    """Decisions that stand now, by what is compared of the two records, in the order of their ids."""
    said = verdicts.pair_decisions(run.settings, decisions.last_id(run.settings))
    tables.fill(con, "given_decision", {"record_id_l": "varchar", "record_id_r": "varchar", "decision": "varchar"}, said)
    tables.make(con, "link_decision")
    tables.make(con, "labelled_pair")
    return [
        Label(pattern, is_same) for pattern, is_same in con.execute("select pattern, is_same from labelled_pair order by record_id_l, record_id_r").fetchall()
    ]


def _refuse_few(known: list[Label]) -> None:
    if len(known) < FEWEST_LABELS or len({label.is_same for label in known}) < 2:
        raise BadInput(
            f"{len(known)} decisions on pairs that linkage proposes are too few to learn from: {FEWEST_LABELS} are needed, same and different. "
            "Answer more with `families review`, or train without labels."
        )
