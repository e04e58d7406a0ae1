"""What a reviewer who knows the borough's truth would answer. Only benchmarks and tests use it: it shows what review can bring at the most."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import sql
from pipelines.provenance import Run
from pipelines.synthetic.evaluation import bring_truth
from pipelines.verdicts import Answer

REVIEWER = "Truth"


def true_answers(questions: Iterable[dict[str, Any]], run: Run, truth_dir: Path) -> list[Answer]:
    """An answer to each question of a review that the truth can answer; records that are about nobody known are left out."""
    with run.open(read_only=True) as con:
        bring_truth(con, truth_dir)
        con.execute(f"create temp table record_person as {sql.read('evaluation/record_person')}")
        person_of = dict(con.execute("select record_id, true_person_id from record_person").fetchall())
        homes = con.execute(sql.read("evaluation/true_home")).fetchall()
    true_homes = {person_id: {home, other} - {None} for person_id, home, other, _ in homes}
    members: dict[str, dict[str, str]] = defaultdict(dict)
    for person_id, home, _, found in homes:
        if found is not None and home is not None:
            members[found][person_id] = home
    answers = []
    for row in questions:
        if row["kind"] == "pair":
            answers += _of_pair(row["record_id_l"], row["record_id_r"], person_of)
        else:
            answers += _of_member(row["household_id"], row["person_id"], members, true_homes)
    return answers


def _of_pair(left: str, right: str, person_of: dict[str, str]) -> list[Answer]:
    if left not in person_of or right not in person_of:
        return []
    decision = "same" if person_of[left] == person_of[right] else "different"
    return [Answer("pair", left, right, decision, "as the truth has it", REVIEWER)]


def _of_member(household_id: str, person_id: str, members: dict[str, dict[str, str]], true_homes: dict[str, set[str]]) -> list[Answer]:
    """By the true household that most others of the found one live in."""
    others = Counter(home for other, home in members[household_id].items() if other != person_id)
    if not others or person_id not in true_homes:
        return []
    most = max(others.values())
    home = min(name for name, count in others.items() if count == most)
    return [Answer("member", household_id, person_id, "belongs" if home in true_homes[person_id] else "apart", "as the truth has it", REVIEWER)]
