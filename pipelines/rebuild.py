"""Makes a past list again from what was kept of its run, apart from everything in use, and says whether it is the same to the byte, or what differs."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

from pipelines import decisions, flow, provenance, publications, publish, seals, warehouse
from pipelines.errors import BadInput, NotAllowed
from pipelines.provenance import Run
from pipelines.settings import Settings, encryption_key, prepare_home
from schemas import cohort

_PURGED = (
    "What was purged is not to be put back. The publication, as long as it is kept, still tells who was on the list and why: families cohort list --as-at, "
    "families quality --run."
)
_TABLES = (*cohort.COHORT_TABLES, *cohort.REGISTER_TABLES)


def rebuild(run_id: str, settings: Settings, progress: flow.Progress, *, restore: bool = False) -> dict[str, Any]:
    """Make the run's cohort again and hold it against its publication.

    Returns the digests of both, whether they are the same, and every difference in words. A publication that is no longer kept and is needed as the
    one before is made again first. With `restore`, a publication that is missing is put back.

    Raises:
        BadInput: when a file the list rests on is missing or has changed; each is named, and nothing is made.
        WrongUsage: for an unknown run.
    """
    run = provenance.load(run_id, settings)
    notes = _checked(run)
    with _apart(settings) as scratch:
        is_restored = restore and not publications.path_of(run_id, settings).exists()
        made = _made(run, scratch, progress, with_publication=is_restored)
        digest = publish.digest(made.path, made.settings)
        published, differences = _compared(run, made.path, digest)
        if is_restored:
            os.replace(publications.path_of(run_id, scratch), publications.path_of(run_id, settings))
    is_identical = published == digest
    return {
        "run_id": run_id,
        "as_of_date": run.as_of,
        "rebuilt_sha256": digest,
        "published_sha256": published,
        "is_identical": is_identical if published or differences else None,
        "is_restored": is_restored,
        "differences": [] if is_identical else [*differences, *notes],
        "notes": notes,
    }


def _checked(run: Run) -> list[str]:
    """What may make the result differ. Raises BadInput where an input is gone or changed, since that result would prove nothing."""
    inputs = seals.broken_inputs(run)
    broken = [f"{b.path} {b.what}." for b in inputs]
    if seals.kept_authority(run) is None:
        broken.append(f"The files of authority '{run.manifest.authority}' as the run knew them are not kept, and its folder has changed since.")
    broken += _changed_decisions(run)
    if broken:
        lines = [f"Run {run.run_id} cannot be made again: {len(broken)} of the things it rests on are not as they were.", *(f"- {line}" for line in broken)]
        remedy = _PURGED if any(b.is_purged for b in inputs) else "Put them back from a backup, or deliver the extract's file again, and call the same command."
        raise BadInput("\n".join([*lines, remedy]))
    if run.manifest.code_sha256 != provenance.code_sha256():
        return [f"Another version of the program: the run was made by {run.manifest.code_sha256[:12]}, this is {provenance.code_sha256()[:12]}."]
    return []


def _changed_decisions(run: Run) -> list[str]:
    through = run.manifest.decisions_through
    try:
        is_same = decisions.last_id(run.settings) >= through and decisions.sha256(run.settings, through) == run.manifest.decisions_sha256
    except (NotAllowed, BadInput) as error:
        return [str(error)]
    return [] if is_same else [f"The decision store no longer holds the first {through:,} decisions as the run knew them."]


@contextmanager
def _apart(settings: Settings) -> Iterator[Settings]:
    """A home of its own for the time being: it reads the extracts, the decisions and the key of the home in use, and writes nothing there."""
    prepare_home(settings)
    with tempfile.TemporaryDirectory(prefix=".rebuild-", dir=settings.home) as folder:
        apart = settings.model_copy(update={"home": Path(folder), "key": encryption_key(settings), "decisions_url": settings.decisions})
        (apart.home / "extracts").symlink_to(settings.extracts_dir.absolute())
        for made in (apart.runs_dir, apart.published_dir, apart.reports_dir):
            made.mkdir()
        for kept in settings.runs_dir.glob("*.json"):
            (apart.runs_dir / kept.name).symlink_to(kept.absolute())
        current = publications.current_run_id(settings)
        if current is not None:
            # A past list, put back, stays beside it; in a home without a current one it would be judged as if readers were to see it.
            (apart.published_dir / publications.CURRENT).symlink_to(publications.path_of(current, settings).name)
            _lend(current, settings, apart)
        yield apart


def _lend(run_id: str, settings: Settings, apart: Settings) -> None:
    """Let the home apart read a publication of the home in use, where it is kept."""
    kept, lent = publications.path_of(run_id, settings), publications.path_of(run_id, apart)
    if kept.exists() and not lent.is_symlink():
        lent.symlink_to(kept.absolute())


def _made(run: Run, scratch: Settings, progress: flow.Progress, *, with_publication: bool) -> Run:
    """The run made again apart; the publication it follows on is the one kept, or else is made again first."""
    if run.manifest.previous_run_id is not None:
        _bring_previous(provenance.load(run.manifest.previous_run_id, run.settings), scratch, progress)
    # What a rejection was taken on decides whether it holds (pipelines/standing.py).
    for seen in {d.run_id for d in decisions.household_decisions(run.settings, run.manifest.decisions_through) if d.decision == "reject" and d.run_id}:
        _lend(seen, run.settings, scratch)
    kept = seals.kept_authority(run)
    assert kept is not None  # noqa: S101 - checked before
    apart = scratch.model_copy(update={"authorities": kept.folder.parent})
    return flow.remake(run.manifest, apart, progress, with_publication=with_publication)


def _bring_previous(previous: Run, scratch: Settings, progress: flow.Progress) -> None:
    kept = publications.path_of(previous.run_id, previous.settings)
    broken = seals.broken_publication(previous)
    if kept.exists() and broken:
        raise BadInput(f"{broken.path} {broken.what}. The run follows on it. Move it away to have it made again first, or put it back from a backup.")
    if kept.exists():
        _lend(previous.run_id, previous.settings, scratch)
        return
    _checked(previous)
    _made(previous, scratch, progress, with_publication=True)


def _compared(run: Run, rebuilt: Path, digest: str) -> tuple[str | None, list[str]]:
    """Digest of the publication, None when it cannot be had, and what differs from it in words."""
    path, settings = publications.path_of(run.run_id, run.settings), run.settings
    if not path.exists():
        return None, []
    broken = seals.broken_publication(run)
    is_of_publication = broken is not None and broken.path == path.relative_to(settings.home).as_posix()
    told = [f"{broken.path} {'has changed since it was published' if is_of_publication else broken.what}."] if broken else []
    try:
        published = publish.digest(path, settings)
        return published, told if published == digest else [*told, *_differing(path, rebuilt, settings)]
    except (duckdb.Error, OSError):
        return None, [*told, f"{path.relative_to(settings.home)} cannot be read: it is damaged."]


def _differing(published: Path, rebuilt: Path, settings: Settings) -> list[str]:
    """By table, how many rows only one of the two holds."""
    told = []
    with warehouse.connection(settings) as con:
        warehouse.attach(con, settings, published, "published")
        warehouse.attach(con, settings, rebuilt, "rebuilt")
        for table in _TABLES:
            sides = (f"{a}.{table.qualified} except all from {b}.{table.qualified}" for a, b in (("published", "rebuilt"), ("rebuilt", "published")))
            only = [con.execute(f"select count(*) from (from {side})").fetchall()[0][0] for side in sides]  # noqa: S608 - declared names
            if any(only):
                told.append(f"{table.qualified}: {only[0]:,} rows are in the publication only, {only[1]:,} in the rebuilt one only.")
    return told
