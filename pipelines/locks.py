"""One writer at a time: a lock that the kernel lets go when its holder dies, with a note of who holds it."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager

from filelock import FileLock, Timeout

from pipelines.errors import AnotherRunAtWork
from pipelines.settings import Settings


@contextmanager
def hold(name: str, settings: Settings, *, purpose: str, wait_seconds: float = 0) -> Iterator[None]:
    """Hold the lock `name` while the block runs. Raises AnotherRunAtWork, naming the holder, when it is not to be had in time."""
    path = settings.home / f".lock-{name}"
    note = path.with_name(f"{path.name}.holder")
    lock = FileLock(path, timeout=wait_seconds, mode=0o600)
    try:
        lock.acquire()
    except Timeout:
        raise AnotherRunAtWork(f"{_holder(note)} holds {settings.home}. Wait for it to end, then run again; nothing was changed.") from None
    try:
        note.write_text(json.dumps({"purpose": purpose, "pid": os.getpid(), "since": settings.now().isoformat(timespec="seconds")}), encoding="utf-8")
        yield
    finally:
        note.unlink(missing_ok=True)
        lock.release()


def _holder(note: os.PathLike[str]) -> str:
    try:
        with open(note, encoding="utf-8") as file:  # noqa: PTH123 - the note may vanish between two calls
            held = json.load(file)
    except (OSError, ValueError):
        return "Another run"
    return f"Another run ({held['purpose']}, process {held['pid']}, since {held['since']})"
