"""The folder that `families link` writes to: one run at a time in it, and results that are there whole or not at all."""

import json
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryFile, mkdtemp
from typing import Any

from pipelines import locks
from pipelines.errors import WrongUsage
from pipelines.settings import Settings
from pipelines.values.file_names import shown

RESULTS = ("pairs.parquet", "clusters.parquet", "households.parquet", "model.json", "diagnostics.json", "quality.json", "run.json")
"""Every file that a run may write, in the order in which they take their places: where run.json stands, all beside it are of one run."""

_DRAFT = ".draft-link-"


@contextmanager
def drafted(out: Path, files: list[Path], settings: Settings) -> Iterator[tuple[Path, Settings]]:
    """A working folder inside `out` for drafts, and settings for which it is home; when the block ends well the drafts become the results.

    What an earlier run wrote and this one does not, such as quality.json, goes, since it would speak of other results. Drafts of a killed run go too.

    Raises:
        WrongUsage: the folder cannot be made or written to, or one of the records' files stands where a result would.
        AnotherRunAtWork: another run writes to the folder.
    """
    with ExitStack() as stack:
        try:
            out.mkdir(parents=True, exist_ok=True, mode=0o700)
            _spare(out, files)
            # A lock in a folder that takes no file looks like one that another holds.
            with TemporaryFile(dir=out):
                pass
            stack.enter_context(locks.hold("link", settings.model_copy(update={"home": out}), purpose="families link"))
            for left in out.glob(f"{_DRAFT}*"):
                rmtree(left, ignore_errors=True)
            draft = Path(mkdtemp(prefix=_DRAFT, dir=out))
        except OSError as error:
            raise _refusal(out, error) from None
        stack.callback(rmtree, draft, ignore_errors=True)
        yield draft, settings.model_copy(update={"home": draft})
        try:
            _replace(draft, out)
        except OSError as error:
            raise _refusal(out, error) from None


def write_json(tree: dict[str, Any], path: Path) -> None:
    """Write a JSON result."""
    path.write_text(json.dumps(tree, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _spare(out: Path, files: list[Path]) -> None:
    """Refuse to write a result over the records."""
    results = {(out / name).resolve() for name in RESULTS}
    over = [path for path in files if path.resolve() in results]
    if over:
        raise WrongUsage(f"--out {shown(out)}: {shown(over[0].name)} of the records would be written over by a result of that name. Name another folder.")


def _replace(draft: Path, out: Path) -> None:
    """Put every draft in its place; run.json goes first and comes last."""
    (out / RESULTS[-1]).unlink(missing_ok=True)
    for name in RESULTS:
        if (draft / name).exists():
            os.replace(draft / name, out / name)
        else:
            (out / name).unlink(missing_ok=True)


def _refusal(out: Path, error: OSError) -> WrongUsage:
    reason = error.strerror or type(error).__name__
    return WrongUsage(f"--out {shown(out)}: results cannot be written there ({reason}). Name another folder, or mend this one.")
