"""Answers of a clerical review, read back from the returned file and recorded; apart from review, which asks."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sql
from pipelines import annotated, decisions, provenance, publications, reached, verdicts, warehouse
from pipelines.errors import BadInput, WrongUsage
from pipelines.reading import returned
from pipelines.rejection_report import safe_text
from pipelines.review_files import ANNOTATION, ANSWERS, MEMBER_IDS, RECORD_IDS
from pipelines.settings import Settings
from pipelines.values.file_names import shown
from pipelines.verdicts import Answer

LONGEST = {"reason": 1_000, "decided_by": 128}
_IDS = {"pair": RECORD_IDS, "member": MEMBER_IDS}


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a returned file's rows; `refused` says of each refused one its number and why, without a value."""

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
    def about(self) -> tuple[str, str, str]:
        """What the answer is about: the records in alphabetical order, since a pair is one pair whichever comes first."""
        ids = (self.answer.subject_id, self.answer.other_id)
        left, right = sorted(ids) if self.answer.kind == "pair" else ids
        return self.answer.kind, left, right


def record(path: Path, settings: Settings, *, reason: str = "", decided_by: str = "") -> Imported:
    """Record the good rows in one transaction and refuse the others; rows without a decision are left, and so are answers that stand already.

    Args:
        path: a spreadsheet or annotation file that `families review export` wrote, filled in.
        settings: where decisions go.
        reason: of every answer of an annotation file, which has no room for one.
        decided_by: who gave them.

    Raises:
        BadInput: when the file is another; then nothing is recorded.
    """
    rows = list(_annotated(path, reason, decided_by) if path.suffix.lower() == ANNOTATION else _rows(path))
    return record_rows(rows, settings)


def record_rows(rows: list[_Row], settings: Settings) -> Imported:
    """As `record`, for rows that were read already."""
    answered = [row for row in rows if row.answer.decision or row.has_formula]
    faults = _faults(answered, settings)
    good = {row.about: row.answer for row in answered if row.number not in faults}
    said = _said(settings)
    new = [answer for about, answer in good.items() if said.get((*about, verdicts.reviewer(answer.decided_by))) != answer.decision]
    verdicts.decide(new, settings)
    refused = [f"row {number}: {'; '.join(found)}" for number, found in sorted(faults.items())]
    return Imported(len(new), len(answered) - len(faults) - len(new), len(rows) - len(answered), refused)


def decide(answer: Answer, settings: Settings) -> int:
    """Record one answer, checked as a returned row is; returns its number. Raises WrongUsage, saying what is wrong."""
    check(answer, settings)
    return verdicts.decide([answer], settings)[0]


def check(answer: Answer, settings: Settings) -> None:
    """Raise WrongUsage, saying what is wrong, for an answer that could not be recorded."""
    faults = _faults([_Row(1, answer, has_formula=False)], settings)
    if faults:
        raise WrongUsage(f"Nothing was recorded: {'; '.join(faults[1])}.")


def _said(settings: Settings) -> dict[tuple[str, str, str, str], str]:
    """What each reviewer said last of each pair and membership."""
    through = decisions.last_id(settings)
    found = (v for kind in verdicts.ANSWERS for v in verdicts.verdicts(settings, through, kind))
    return {(v.kind, v.subject_id, v.other_id, verdicts.reviewer(o.decided_by)): o.decision for v in found for o in v.opinions}


def _annotated(path: Path, reason: str, decided_by: str) -> Iterator[_Row]:
    for number, (left, right, decision) in enumerate(annotated.labels(path), start=1):
        yield _Row(number, Answer("pair", left, right, decision, reason, decided_by), has_formula=False)


def _rows(path: Path) -> Iterator[_Row]:
    try:
        sheet = returned.sheet(path, (*RECORD_IDS, *ANSWERS), MEMBER_IDS)
    except BadInput as refusal:
        raise BadInput(f"{shown(path.name)}: {refusal} Return the file that `families review export` wrote. Nothing was recorded.") from None
    for number, cells in sheet.rows:
        values: dict[str, Any] = {name: " ".join(text.split()) for name, text in cells.items()}
        kind = "member" if any(values[name] for name in MEMBER_IDS) and not any(values[name] for name in RECORD_IDS) else "pair"
        subject, other = (values[name] for name in _IDS[kind])
        answer = Answer(kind, subject, other, values["decision"].lower(), values["reason"], values["decided_by"])
        yield _Row(number, answer, number in sheet.formula_rows)


def _faults(rows: list[_Row], settings: Settings) -> dict[int, list[str]]:
    """What is wrong with each bad row, by its number."""
    known = _known({subject for row in rows for subject in row.about[1:]}, settings)
    faults = {row.number: found for row in rows if (found := list(_wrong(row, known)))}
    for row, others in _conflicting(rows):
        faults.setdefault(row.number, []).append(f"row {', '.join(map(str, others))} answers the same question otherwise")
    return faults


def _wrong(row: _Row, known: dict[str, set[str]]) -> Iterator[str]:
    answer = row.answer
    if row.has_formula:
        yield "a cell is a formula; put in its value"
    if answer.subject_id == answer.other_id:
        yield "two different record ids are needed"
    for name, subject in zip(_IDS[answer.kind], (answer.subject_id, answer.other_id), strict=True):
        if subject not in known[name.removesuffix("_l").removesuffix("_r")]:
            yield f"no {'record has' if answer.kind == 'pair' else 'list knows'} this {name}; leave the ids as they were exported"
    words = (*verdicts.ANSWERS[answer.kind], verdicts.REVOKE)
    if answer.decision not in words:
        yield f"the decision must be one of {', '.join(words)}"
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
    """Rows whose question another row of the same reviewer answers otherwise, with the numbers of those."""
    of_question: dict[tuple[str, ...], list[_Row]] = defaultdict(list)
    for row in rows:
        of_question[*row.about, verdicts.reviewer(row.answer.decided_by)].append(row)
    for row in rows:
        same = of_question[*row.about, verdicts.reviewer(row.answer.decided_by)]
        others = [other.number for other in same if other.answer.decision != row.answer.decision]
        if others:
            yield row, others


def _known(ids: Iterable[str], settings: Settings) -> dict[str, set[str]]:
    """Of these ids, by kind, those that the current publication knows, or the newest run whose families stand: its questions may be answered unpublished."""
    paths = [publications.current_path(settings), _newest_run(settings)]
    found: dict[str, set[str]] = {"record_id": set(), "household_id": set(), "person_id": set()}
    for path in (path for path in paths if path and path.exists()):
        with warehouse.database(settings, path) as con:
            for kind, known_id in con.execute(sql.read("review/known_id"), {"ids": sorted(ids)}).fetchall():
                found[kind].add(known_id)
    return found


def _newest_run(settings: Settings) -> Path | None:
    try:
        return provenance.load(reached.newest("verify", settings), settings).path
    except WrongUsage:
        return None
