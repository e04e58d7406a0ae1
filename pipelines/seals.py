"""What a run stood on, kept and sealed: its configuration is copied, and the bytes of every file are noted, so that a later change shows and can be named."""

import hashlib
import json
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from pipelines import authority as authorities
from pipelines import provenance, publications, purge
from pipelines.authority import Authority
from pipelines.errors import BadInput
from pipelines.provenance import Run
from pipelines.settings import Settings

_OWN = "\nsha256 "
_CHANGED = "is not as the run wrote it, so that what it seals cannot be told"


@dataclass(frozen=True, slots=True)
class Broken:
    """A file that is no longer what the run knew: its path within the home, and what is wrong."""

    path: str
    what: str
    is_purged: bool = False


def keep(run: Run) -> None:
    """Copy the authority's files, once for each content, and seal the files the run reads; a run that is at work already keeps its seals."""
    _keep_configuration(run)
    if _seals_path(run).exists() and provenance.finished_stages(run):
        return
    extracts = [path for used in run.manifest.extracts if (path := run.extract_path(used.source))]
    kept = Authority(run.authority.name, kept_root(run) / run.authority.name).files()
    _write(run, {_name(path, run.settings): _sha256(path) for path in (*extracts, *kept)})


def seal_publication(run: Run) -> None:
    """Note the bytes of the run's publication beside those of what it stands on."""
    path = publications.path_of(run.run_id, run.settings)
    _write(run, {**_read(run), _name(path, run.settings): _sha256(path)})


def kept_authority(run: Run) -> Authority | None:
    """The authority as it was for the run, from the copy kept or from its folder where that has not changed since; else None."""
    folder = kept_root(run) / run.manifest.authority
    for council in (Authority(run.manifest.authority, folder), _now(run)):
        if council is not None and council.folder.is_dir() and council.sha256() == run.manifest.configuration_sha256:
            return council
    return None


def kept_root(run: Run) -> Path:
    """The folder that holds the authority's folder as the run knew it."""
    return run.settings.configurations_dir / run.manifest.configuration_sha256[:16]


def broken_inputs(run: Run) -> list[Broken]:
    """Files the run stood on that are missing or changed, in order. Of runs before files were sealed only missing ones can be told."""
    publication = _name(publications.path_of(run.run_id, run.settings), run.settings)
    try:
        seals = _read(run)
    except BadInput:
        # Nothing that it says of other files counts any more.
        return [Broken(_name(_seals_path(run), run.settings), _CHANGED)]
    sealed = {name: seal for name, seal in seals.items() if name != publication}
    extracts = [path for used in run.manifest.extracts if (path := run.extract_path(used.source))]
    known = {**{_name(path, run.settings): "" for path in extracts}, **sealed}
    return [found for name, seal in sorted(known.items()) if (found := _checked(name, seal, run.settings))]


def broken_publication(run: Run) -> Broken | None:
    """What is wrong with the bytes of the run's publication; None when it is as it was published, or was never sealed."""
    name = _name(publications.path_of(run.run_id, run.settings), run.settings)
    try:
        return _checked(name, _read(run).get(name, ""), run.settings)
    except BadInput:
        return Broken(_name(_seals_path(run), run.settings), _CHANGED)


def _checked(name: str, seal: str, settings: Settings) -> Broken | None:
    path = settings.home / name
    if not path.exists():
        note = purge.note_of(path.stem, path.parent.name, settings)
        return Broken(name, purge.in_words(note) if note else "is missing", is_purged=note is not None)
    return Broken(name, "has changed since the run: its bytes are not those it read") if seal and _sha256(path) != seal else None


def _keep_configuration(run: Run) -> None:
    target = kept_root(run)
    if target.exists() or run.authority.sha256() != run.manifest.configuration_sha256:
        return
    draft = target.with_name(f".draft-{os.getpid()}-{target.name}")
    shutil.rmtree(draft, ignore_errors=True)
    (draft / run.authority.name).mkdir(parents=True, mode=0o700)
    for path in run.authority.files():
        shutil.copyfile(path, draft / run.authority.name / path.name)
    try:
        os.rename(draft, target)  # noqa: PTH104 - as os.replace
    except OSError:
        shutil.rmtree(draft)  # another run kept the same one meanwhile


def _now(run: Run) -> Authority | None:
    return authorities.find(run.manifest.authority, run.settings)


def _name(path: Path, settings: Settings) -> str:
    return path.relative_to(settings.home).as_posix()


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _seals_path(run: Run) -> Path:
    return run.settings.runs_dir / f"{run.run_id}.seals"


def _read(run: Run) -> dict[str, str]:
    """The seals, by path; none of runs before files were sealed. The last line is a hash over the others; files of earlier versions have none.

    Raises:
        BadInput: the file is not as it was written.
    """
    path = _seals_path(run)
    if not path.exists():
        return {}
    try:
        text = path.read_bytes().decode("ascii")
        body, _, own = text.partition(_OWN)
        seals = json.loads(body)
        is_whole = text == _text(seals) or (not own and body == json.dumps(seals, indent=1, sort_keys=True))
    except (ValueError, TypeError, AttributeError):
        is_whole = False
    if not is_whole or not all(isinstance(seal, str) for seal in seals.values()):
        name = _name(path, run.settings)
        raise BadInput(f"{name} {_CHANGED}. Put it back from a backup; until then it cannot be told whether the run's other files have changed.")
    return dict(seals)


def _text(seals: dict[str, str]) -> str:
    body = json.dumps(seals, indent=1, sort_keys=True)
    return f"{body}{_OWN}{hashlib.sha256(body.encode()).hexdigest()}\n"


def _write(run: Run, seals: dict[str, str]) -> None:
    draft = _seals_path(run).with_suffix(".seals-draft")
    draft.write_text(_text(seals), encoding="utf-8")
    os.replace(draft, _seals_path(run))
