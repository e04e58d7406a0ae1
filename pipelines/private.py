"""Files that people take away: only their owner can read them, and they are there whole or not at all."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipelines.errors import WrongUsage
from pipelines.values.file_names import shown


@contextmanager
def written(out: Path, *endings: str) -> Iterator[Path]:
    """A draft to write to, 0600, which takes the file's name when the block ends well and is removed when it does not.

    Raises WrongUsage, saying why, for another ending than those given, and when the folder is missing or cannot be written.
    """
    if out.suffix.lower() not in endings:
        raise WrongUsage(f"{shown(out)}: the file must end in {' or '.join(endings)}.")
    if not out.parent.is_dir():
        raise WrongUsage(f"There is no folder {shown(out.parent)}, so nothing was written. Make it, or give another place with --out.")
    if out.is_dir():
        raise WrongUsage(f"{shown(out)} is a folder. Give the name of a file with --out.")
    draft = out.with_name(f".draft-{os.getpid()}-{out.name}")
    try:
        os.close(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600))
        draft.chmod(0o600)
        yield draft
        os.replace(draft, out)
    except OSError as error:
        raise WrongUsage(f"{shown(out)} cannot be written ({error.strerror or type(error).__name__}). Give another place with --out.") from None
    finally:
        # Where the folder refused the draft it will refuse this too, and the first refusal is the one to tell.
        if draft.exists():
            draft.unlink()
