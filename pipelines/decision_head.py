"""How far this home has seen the decision store, in a small file apart from it: a hash chain alone does not show that its end was cut off.

It only goes forward, and is written once a decision is kept, so that a crash between the two leaves a note that lies behind: that is no fault.
"""

import hashlib
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from filelock import FileLock
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from pipelines.errors import BadInput, Unnoted
from pipelines.settings import Settings

_WAIT_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Head:
    """Number of the last decision seen, the chain's hash there, and when it was seen (UTC)."""

    number: int
    chain_sha256: str
    noted_at: str


def read(settings: Settings) -> Head | None:
    """The note, None where nothing was noted yet. Raises BadInput when the file is damaged or cannot be read."""
    path = path_of(settings)
    try:
        found = Head(**json.loads(path.read_bytes()))
    except FileNotFoundError:
        return None
    except OSError as error:
        raise BadInput(f"{path.name}, which notes how many decisions there are, cannot be read ({type(error).__name__}). See who may read the home.") from None
    except (ValueError, TypeError):
        found = None
    if found is None or type(found.number) is not int or not isinstance(found.chain_sha256, str):
        raise BadInput(
            f"{path.name}, which notes how many decisions there are, is damaged. Put it back from a backup. If there is none, see that `families runs` and "
            "the store agree, and remove it: the next decision or refresh notes anew."
        )
    return found


def note(number: int, chain_sha256: str, settings: Settings) -> None:
    """Note that the store has been seen to reach decision `number` with this hash; what was seen further on before stays.

    Raises Unnoted where the file cannot be written, or another command keeps it.
    """
    path = path_of(settings)
    try:
        _write(path, number, chain_sha256, settings)
    except OSError as error:  # that the lock was not to be had is one too
        raise Unnoted(
            f"{path.name}, which notes how many decisions there are, could not be written ({type(error).__name__}). See that the disk has room, that the home "
            "can be written and that no other command has hung, then have it noted: families decisions verify"
        ) from None


def _write(path: Path, number: int, chain_sha256: str, settings: Settings) -> None:
    settings.home.mkdir(parents=True, exist_ok=True, mode=0o700)
    with FileLock(path.with_name(f".lock-{path.name}"), timeout=_WAIT_SECONDS, mode=0o600):
        before = read(settings)
        if number <= (before.number if before else 0):
            return
        draft = path.with_name(f".draft-{path.name}")
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:  # noqa: PTH123 - nobody else may read it, from the start
            json.dump(asdict(Head(number, chain_sha256, settings.now().isoformat(timespec="seconds"))), file)
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, path)


def path_of(settings: Settings) -> Path:
    """The file: one for the home's own store, which may be moved with it, and one for each other store, whoever logs in to it."""
    if settings.decisions_url is None:
        return settings.home / "decisions.head"
    try:
        url = make_url(settings.decisions_url)
        about = json.dumps([url.get_backend_name(), url.host, url.port, url.database])
    except (ArgumentError, ModuleNotFoundError, ValueError):
        about = settings.decisions_url  # the store itself says that it cannot be used
    return settings.home / f"decisions-{hashlib.sha256(about.encode()).hexdigest()[:8]}.head"
