"""What an answer would do to families, found out before it is recorded: the run's records linked, put into households and assessed anew, apart."""

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import sql
from pipelines import decision_store, flow, provenance, publications, warehouse
from pipelines.decision_store import Entry
from pipelines.provenance import Run
from pipelines.settings import Settings, encryption_key
from pipelines.verdicts import Answer

# From the first stage that asks for decisions to the last that tells where families stand.
_STAGES = ("link", "household", "score", "verify")

Rows = list[dict[str, Any]]


def effect(answers: Sequence[Answer], run_id: str, settings: Settings) -> Rows:
    """Households that the next refresh would show otherwise if these answers were recorded, on the same records and the same day.

    The decisions that the run knew are reckoned with, and later answers to the same questions. Nothing in use is changed.

    Returns:
        By household: status before and after under the list's framework (None where it is not assessed or not there), people before and after, and who
        joined and left, by name. Personal: analysts only.
    """
    run = provenance.load(run_id, settings)
    with supposed(run, answers) as other, warehouse.connection(settings) as con:
        warehouse.attach(con, settings, run.path, "present")
        warehouse.attach(con, other.settings, other.path, "supposed")
        cursor = con.execute(sql.read("review/effect"), {"framework_id": run.manifest.framework_id})
        names = [column[0] for column in cursor.description or []]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


@contextmanager
def supposed(run: Run, answers: Sequence[Answer]) -> Iterator[Run]:
    """The run as it would be with these answers, linked to verified, apart and for the time being."""
    with _apart(run.settings) as scratch:
        other = _suppose(run, answers, scratch)
        for stage in _STAGES:
            flow.STAGES[stage](other)
        yield other


def _suppose(run: Run, answers: Sequence[Answer], scratch: Settings) -> Run:
    """A copy of the run that follows on its own publication, where there is one, with the answers among its decisions."""
    known = decision_store.entries(run.settings, run.manifest.decisions_through)
    told = [*known, *_later(run, answers, after=known[-1].decision_id if known else 0)]
    # Not their count: numbers of lost decisions are left out.
    last = told[-1].decision_id if told else 0
    decision_store.copy([*told, *_entries(answers, last)], scratch)
    is_published = publications.path_of(run.run_id, run.settings).exists()
    manifest = replace(
        run.manifest,
        previous_run_id=run.run_id if is_published else run.manifest.previous_run_id,
        decisions_through=last + len(answers),
        decisions_sha256=decision_store.sha256(scratch, last + len(answers)),
    )
    supposed = Run(manifest, run.authority, scratch)
    shutil.copyfile(run.path, supposed.path)
    return supposed


def _later(run: Run, answers: Sequence[Answer], after: int) -> list[Entry]:
    about = {(answer.kind, *sorted((answer.subject_id, answer.other_id))) for answer in answers}
    later = decision_store.entries(run.settings, decision_store.last_id(run.settings), run.manifest.decisions_through)
    found = [entry for entry in later if (entry.kind, *sorted((entry.subject_id, entry.other_id))) in about]
    return [replace(entry, decision_id=number) for number, entry in enumerate(found, after + 1)]


def _entries(answers: Sequence[Answer], after: int) -> list[Entry]:
    """The answers as decisions; a pair's records in alphabetical order, as they are recorded."""
    entries = []
    for number, answer in enumerate(answers, after + 1):
        ids = (answer.subject_id, answer.other_id)
        left, right = sorted(ids) if answer.kind == "pair" else ids
        entries.append(Entry(number, **asdict(answer) | {"subject_id": left, "other_id": right}, decided_at="", run_id=""))
    return entries


@contextmanager
def _apart(settings: Settings) -> Iterator[Settings]:
    """A home of its own for the time being, that reads publications and manifests of the home in use and writes nothing there."""
    with tempfile.TemporaryDirectory(prefix=".effect-", dir=settings.home) as folder:
        apart = settings.model_copy(update={"home": Path(folder), "key": encryption_key(settings), "decisions_url": None})
        for made in (apart.runs_dir, apart.published_dir):
            made.mkdir(mode=0o700)
        for kept in (*settings.runs_dir.glob("*.json"), *settings.published_dir.glob("cohort-*.duckdb")):
            (apart.home / kept.parent.name / kept.name).symlink_to(kept.absolute())
        yield apart
