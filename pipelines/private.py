"""Files that people take away: only their owner can read them, and they are there whole or not at all."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipelines.errors import WrongUsage


@contextmanager
def written(out: Path, *endings: str) -> Iterator[Path]:
    """A draft to write to, which takes the file's name when it is done. Raises WrongUsage for another ending than those given, or no such folder."""
    if out.suffix.lower() not in endings:
        raise WrongUsage(f"{out}: the file must end in {' or '.join(endings)}.")
    if not out.parent.is_dir():
        raise WrongUsage(f"{out.parent} is no folder. Make it, or write elsewhere.")
    draft = out.with_name(f".draft-{os.getpid()}-{out.name}")
    os.close(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
    try:
        yield draft
        draft.chmod(0o600)
        os.replace(draft, out)
    finally:
        draft.unlink(missing_ok=True)
