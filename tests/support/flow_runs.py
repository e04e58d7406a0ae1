"""Whole refreshes of a small borough, made once a test session and copied where a test wants to break something."""

import atexit
import shutil
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from pipelines import flow, publications, publish
from pipelines.settings import Settings
from pipelines.synthetic import generate

AS_OF = date(2026, 11, 23)
AUTHORITY = "calderbrook"
PEOPLE, SEED = 2000, 7


@cache
def _delivered() -> Path:
    """A home with deliveries and nothing else."""
    home = _folder("families-delivered-")
    generate(home, PEOPLE, SEED, AS_OF)
    return home


@cache
def _refreshed() -> Path:
    home = _folder("families-refreshed-") / "home"
    shutil.copytree(_delivered(), home)
    refresh(Settings(home=home, threads=2))
    return home


def delivered(folder: Path) -> Settings:
    """A home of one's own with the borough's deliveries."""
    return _copied(_delivered(), folder)


def refreshed(folder: Path) -> Settings:
    """A home of one's own with the borough published."""
    return _copied(_refreshed(), folder)


def published() -> Settings:
    """The shared home with the borough published: to be read, not changed."""
    return Settings(home=_refreshed())


def refresh(settings: Settings, as_of: date = AS_OF) -> str:
    """Run the whole flow; returns the run's id."""
    return flow.refresh(AUTHORITY, None, as_of, settings, lambda step, counts: None)


def current_digest(settings: Settings) -> str:
    """Digest of the current publication's cohort."""
    path = publications.current_path(settings)
    assert path is not None
    return publish.digest(path, settings)


def _folder(prefix: str) -> Path:
    """A temporary folder that goes when the test session ends."""
    folder = Path(mkdtemp(prefix=prefix))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def _copied(home: Path, folder: Path) -> Settings:
    target = folder / "home"
    shutil.copytree(home, target, symlinks=True)
    return Settings(home=target)
