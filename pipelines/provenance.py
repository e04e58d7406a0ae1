"""A run: which five things it is a function of, by hash; its id follows from them, so the same inputs give the same run."""

import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from pipelines import authority, warehouse
from pipelines.authority import Authority
from pipelines.errors import BadInput, WrongUsage
from pipelines.settings import Settings
from schemas import audit
from schemas.staging import DELIVERED_SOURCES

CODE_PACKAGES = ("schemas", "sql", "matching", "expectations", "pipelines")
# Names people use for each other, models and the library of frameworks decide results as code does; an authority's files are hashed apart.
_CODE_SUFFIXES = frozenset({".py", ".sql", ".json", ".html", ".csv", ".yml"})


@dataclass(frozen=True, slots=True)
class UsedExtract:
    """The delivery a source stands on in a run; `extract_id` is None when there is none that may be used."""

    source: str
    extract_id: str | None
    delivered_date: date | None
    is_stale: bool

    @property
    def is_past_retention(self) -> bool:
        """Whether the source has no extract because the last one, of the day told, may be kept no longer."""
        return self.extract_id is None and self.delivered_date is not None


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a run is a function of. Nothing in it is personal."""

    as_of_date: date
    authority: str
    framework_id: str
    extracts: tuple[UsedExtract, ...]
    previous_run_id: str | None
    decisions_through: int
    decisions_sha256: str
    configuration_sha256: str
    criteria_sha256: str
    code_sha256: str

    @property
    def extracts_sha256(self) -> str:
        """Hash over the extracts used."""
        return _sha256([[e.source, e.extract_id, e.is_stale] for e in self.extracts])

    @property
    def run_id(self) -> str:
        """As-of date and the first digits of a hash over everything above."""
        return _run_id(self)


@dataclass(frozen=True, slots=True)
class Run:
    """A run at work: its manifest, its authority and its file."""

    manifest: Manifest
    authority: Authority
    settings: Settings

    @property
    def run_id(self) -> str:
        """The run's id."""
        return self.manifest.run_id

    @property
    def as_of(self) -> date:
        """The date the run looks from."""
        return self.manifest.as_of_date

    @property
    def path(self) -> Path:
        """The run's file."""
        return self.settings.runs_dir / f"{self.run_id}.duckdb"

    @property
    def previous_path(self) -> Path | None:
        """The publication the run follows on, or None at the first."""
        previous = self.manifest.previous_run_id
        return self.settings.published_dir / f"cohort-{previous}.duckdb" if previous else None

    def extract_path(self, source: str) -> Path | None:
        """File of the extract the source stands on; None when missing. Stale ones are still read: their criteria are not assessed."""
        used = next((e for e in self.manifest.extracts if e.source == source), None)
        return self.settings.extracts_dir / source / f"{used.extract_id}.duckdb" if used and used.extract_id else None

    @contextmanager
    def open(self, *, read_only: bool = False) -> Iterator[warehouse.Connection]:
        """The run's file as the default database. Raises WrongUsage when its working tables are no longer kept."""
        if read_only and not self.path.exists():
            raise WrongUsage(f"The working tables of run {self.run_id} are no longer kept. What it published is: families quality --run {self.run_id}.")
        with warehouse.database(self.settings, self.path, read_only=read_only) as con:
            yield con


def start(manifest: Manifest, settings: Settings) -> Run:
    """Write the manifest and make the run's file, keeping the stages an earlier, broken-off attempt finished. Raises WrongUsage for a future date."""
    settings.refuse_future(manifest.as_of_date)
    run = Run(manifest, authority.find(manifest.authority, settings), settings)
    _write_whole(_manifest_path(run.run_id, settings), _text(manifest))
    if not run.path.exists():
        _discard_wal(run.path)
    elif _has_stages(run):
        return run
    with run.open() as con:
        warehouse.create(con, audit.STAGE)
    return run


def load(run_id: str, settings: Settings) -> Run:
    """The run of that id.

    Raises:
        WrongUsage: there is none.
        BadInput: its manifest says what another run's would, so it was changed.
    """
    path = _manifest_path(run_id, settings)
    if not path.exists():
        raise WrongUsage(f"There is no run {run_id} in {settings.runs_dir}. `families runs` lists them.")
    manifest = _read_manifest(path)
    # The id is a hash over all of it, reckoned anew since a changed value may be a list; a byte that means nothing, such as a space, shows in the text.
    if manifest is None or _run_id.__wrapped__(manifest) != run_id or path.read_bytes() != _text(manifest).encode():
        raise BadInput(
            f"{settings.runs_dir.name}/{path.name} has changed since the run was started: it is no longer that of run {run_id}. Put it back from a backup."
        )
    return Run(manifest, authority.find(manifest.authority, settings), settings)


def _read_manifest(path: Path) -> Manifest | None:
    """The manifest in the file, None when it is no manifest."""
    try:
        tree = json.loads(path.read_bytes())
        return Manifest(**tree | {"as_of_date": date.fromisoformat(tree["as_of_date"]), "extracts": tuple(_used(e) for e in tree["extracts"])})
    except (ValueError, TypeError, KeyError, AttributeError):  # whatever a damaged byte does to JSON, to a date or to a name
        return None


def whole_and_damaged(settings: Settings) -> tuple[list[Run], dict[str, str]]:
    """All runs whose manifest can be read, the one started last first, and what is wrong with the others, by id: one damaged file hides no other run."""
    runs, damaged = [], {}
    for run_id in run_ids(settings):
        try:
            runs.append(load(run_id, settings))
        except BadInput as error:
            damaged[run_id] = str(error)
    return runs, damaged


def run_ids(settings: Settings) -> list[str]:
    """Ids of all runs, the one started last first."""
    manifests = sorted(settings.runs_dir.glob("*.json"), key=lambda path: (path.stat().st_mtime_ns, path.name), reverse=True)
    return [path.stem for path in manifests]


def newest_run_id(settings: Settings) -> str:
    """Id of the run started last. Raises WrongUsage when there is none."""
    found = run_ids(settings)
    if not found:
        raise WrongUsage(f"There is no run in {settings.home_in_words}. Start one with `families refresh`, or name another home with --home or FAMILIES_HOME.")
    return found[0]


def finished_stages(run: Run) -> dict[str, dict[str, Any]]:
    """Stages the run has finished, in flow order, with the counts each reported."""
    with run.open(read_only=True) as con:
        return {stage: json.loads(counts) for stage, counts in con.execute("from audit.stage select stage, counts order by position").fetchall()}


def forget_stages(run: Run, position: int) -> None:
    """Forget that the stage at the position and those after it were done, so that they are made anew."""
    with run.open() as con:
        _forget_stages(con, position)


def finish_stage(con: warehouse.Connection, run: Run, stage: str, position: int, counts: dict[str, Any]) -> None:
    """Note that a stage is done; later ones are forgotten, since they stood on its earlier result."""
    _forget_stages(con, position)
    con.execute("insert into audit.stage values (?, ?, ?, ?)", [run.run_id, stage, position, json.dumps(counts, sort_keys=True, default=str)])


@cache
def code_sha256() -> str:
    """Hash over the program's own files."""
    digest = hashlib.sha256()
    for package in CODE_PACKAGES:
        root = Path(str(files(package)))
        for path in sorted(p for p in root.rglob("*") if p.suffix in _CODE_SUFFIXES and "authorities" not in p.relative_to(root).parts):
            digest.update(f"{package}/{path.relative_to(root).as_posix()}".encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _forget_stages(con: warehouse.Connection, position: int) -> None:
    con.execute("delete from audit.stage where position >= $position", {"position": position})


def _text(manifest: Manifest) -> str:
    return json.dumps(asdict(manifest), default=str, indent=1)


def _manifest_path(run_id: str, settings: Settings) -> Path:
    return settings.runs_dir / f"{run_id}.json"


def _write_whole(path: Path, text: str) -> None:
    draft = path.with_suffix(".draft")
    draft.write_text(text, encoding="utf-8")
    os.replace(draft, path)


def _discard_wal(path: Path) -> None:
    """A log left without its database would break opening (a crash between the two)."""
    Path(f"{path}.wal").unlink(missing_ok=True)


def _has_stages(run: Run) -> bool:
    with run.open(read_only=True) as con:
        return bool(con.execute("select 1 from duckdb_tables() where database_name = 'db' and schema_name = 'audit' and table_name = 'stage'").fetchall())


def _used(tree: dict[str, Any]) -> UsedExtract:
    if tree["source"] not in DELIVERED_SOURCES:
        raise ValueError("an unknown source")
    delivered = tree["delivered_date"]
    return UsedExtract(tree["source"], tree["extract_id"], date.fromisoformat(delivered) if delivered else None, tree["is_stale"])


@cache
def _run_id(manifest: Manifest) -> str:
    """Asked for once for nearly each row that a run writes about itself."""
    return f"{manifest.as_of_date.isoformat()}-{_sha256(asdict(manifest))[:12]}"


def _sha256(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True, default=str).encode()).hexdigest()
