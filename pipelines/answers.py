"""Answers of a clerical review, read back from the returned spreadsheet and recorded; apart from review, which asks."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sql
from pipelines import decisions, provenance, publications, verdicts, warehouse
from pipelines.errors import BadInput, WrongUsage
from pipelines.reading import returned
from pipelines.rejection_report import safe_text
from pipelines.review import ANSWERS, RECORD_IDS
from pipelines.settings import Settings
from pipelines.values.file_names import shown
from pipelines.verdicts import Answer

LONGEST = {"reason": 1_000, "decided_by": 128}


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a returned spreadsheet's rows; `refused` says of each refused one its number and why, without a value."""

    recorded: int
    standing: int
    unanswered: int
    refused: list[str]


@dataclass(frozen=True, slots=True)
class _Row:
    number: int
    answer: Answer
    has_formula: bool

    @property
    def pair(self) -> tuple[str, str]:
        """The records in alphabetical order, since a pair is one pair whichever comes first."""
        left, right = sorted((self.answer.subject_id, self.answer.other_id))
        return left, right


def record(path: Path, settings: Settings) -> Imported:
    """Record the good rows in one transaction and refuse the others; rows without a decision are left, and so are answers that stand already.

    Raises:
        BadInput: when the file is not the spreadsheet that `families review export` wrote; then nothing is recorded.
    """
    rows = list(_rows(path))
    answered = [row for row in rows if row.answer.decision or row.has_formula]
    faults = _faults(answered, settings)
    good = {row.pair: row.answer for row in answered if row.number not in faults}
    said = {
        (v.subject_id, v.other_id, verdicts.reviewer(o.decided_by)): o.decision
        for v in verdicts.verdicts(settings, decisions.last_id(settings), "pair")
        for o in v.opinions
    }
    new = [answer for pair, answer in good.items() if said.get((*pair, verdicts.reviewer(answer.decided_by))) != answer.decision]
    verdicts.decide(new, settings)
    refused = [f"row {number}: {'; '.join(found)}" for number, found in sorted(faults.items())]
    return Imported(len(new), len(answered) - len(faults) - len(new), len(rows) - len(answered), refused)


def _rows(path: Path) -> Iterator[_Row]:
    try:
        sheet = returned.sheet(path, (*RECORD_IDS, *ANSWERS))
    except BadInput as refusal:
        raise BadInput(f"{shown(path.name)}: {refusal} Return the file that `families review export` wrote. Nothing was recorded.") from None
    for number, cells in sheet.rows:
        values: dict[str, Any] = {name: " ".join(cells[name].split()) for name in (*RECORD_IDS, *ANSWERS)}
        left, right, decision, reason, decided_by = values.values()
        yield _Row(number, Answer("pair", left, right, decision.lower(), reason, decided_by), number in sheet.formula_rows)


def _faults(rows: list[_Row], settings: Settings) -> dict[int, list[str]]:
    """What is wrong with each bad row, by its number."""
    known = _known(sorted({record_id for row in rows for record_id in row.pair}), settings)
    faults = {row.number: found for row in rows if (found := list(_wrong(row, known)))}
    for row, others in _conflicting(rows):
        faults.setdefault(row.number, []).append(f"row {', '.join(map(str, others))} answers the same pair otherwise")
    return faults


def _wrong(row: _Row, known: set[str]) -> Iterator[str]:
    answer = row.answer
    if row.has_formula:
        yield "a cell is a formula; put in its value"
    if answer.subject_id == answer.other_id:
        yield "two different record ids are needed"
    for name, record_id in zip(RECORD_IDS, (answer.subject_id, answer.other_id), strict=True):
        if record_id not in known:
            yield f"no record has this {name}; leave the ids as they were exported"
    if answer.decision not in verdicts.ANSWERS[answer.kind]:
        yield f"the decision must be one of {', '.join(verdicts.ANSWERS[answer.kind])}"
    for name, longest in LONGEST.items():
        yield from wrong_text(name, getattr(answer, name), longest)


def wrong_text(name: str, text: str, longest: int) -> Iterator[str]:
    """What keeps a reason, or the name of who decides, from being recorded: in words, without the text."""
    if not text:
        yield f"{name} is needed"
    if len(text) > longest:
        yield f"{name} has more than {longest:,} letters"
    if safe_text(text) != text:
        yield f"{name} looks like a formula; write it in words"
    if not text.isprintable():
        yield f"{name} holds letters that do not print"


def _conflicting(rows: list[_Row]) -> Iterator[tuple[_Row, list[int]]]:
    """Rows whose pair another row answers otherwise, with the numbers of those."""
    of_pair: dict[tuple[str, str], list[_Row]] = defaultdict(list)
    for row in rows:
        of_pair[row.pair].append(row)
    for row in rows:
        others = [other.number for other in of_pair[row.pair] if other.answer.decision != row.answer.decision]
        if others:
            yield row, others


def _known(record_ids: list[str], settings: Settings) -> set[str]:
    """Those that the current publication knows, or the newest run, whose pairs may have been reviewed before it was published."""
    paths = [publications.current_path(settings), _newest_run(settings)]
    found: set[str] = set()
    for path in (path for path in paths if path and path.exists()):
        with warehouse.database(settings, path) as con:
            found |= {row[0] for row in con.execute(sql.read("review/known_record"), {"record_ids": record_ids}).fetchall()}
    return found


def _newest_run(settings: Settings) -> Path | None:
    try:
        return provenance.load(provenance.newest_run_id(settings), settings).path
    except WrongUsage:
        return None
