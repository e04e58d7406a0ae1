"""Finds delivered files by their name's pattern; apart from reading because a name is judged before a file is opened."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

# How a report is saved or packed is found out from its content, so any of these endings stands for any other.
_ENDINGS = ("csv", "tsv", "txt", "dat", "xlsx", "xlsm", "xls", "ods", "parquet")
_PACKINGS = (".gz", ".zip")

# Office programs and transfer tools leave such files beside the real ones.
_PASSING = (".", "~$")


@dataclass(frozen=True, slots=True)
class DeliveredFile:
    """A file in the landing folder whose name follows the pattern; `delivered` is None when the name holds no real date."""

    path: Path
    delivered: date | None


def delivered_files(folder: Path, pattern: str) -> tuple[list[DeliveredFile], list[Path]]:
    """The folder's files that follow the pattern, oldest first, and those that do not; a folder with files in it is one of those, and is not looked into."""
    expression = re.compile(pattern, re.IGNORECASE)
    known, unknown = [], []
    paths = sorted(folder.iterdir()) if folder.is_dir() else []
    for path in paths:
        if path.name.startswith(_PASSING) or (path.is_dir() and not _holds_files(path)):
            continue
        if path.is_dir():
            unknown.append(path)
            continue
        match = next(filter(None, map(expression.fullmatch, _spellings(path.name))), None)
        if match:
            known.append(DeliveredFile(path, _date(match["date"])))
        else:
            unknown.append(path)
    return sorted(known, key=lambda file: (file.delivered or date.min, file.path.name)), unknown


def _holds_files(folder: Path) -> bool:
    return any(not path.is_dir() and not path.name.startswith(_PASSING) for path in folder.rglob("*"))


def _spellings(name: str) -> Iterator[str]:
    """The name, and the same with other endings."""
    yield name
    stem = name
    for packing in _PACKINGS:
        stem = stem[: -len(packing)] if stem.lower().endswith(packing) else stem
    base, _, ending = stem.rpartition(".")
    if ending.lower() in _ENDINGS:
        yield from (f"{base}.{other}" for other in (ending, *_ENDINGS))
    elif stem != name:
        yield from (f"{stem}.{other}" for other in _ENDINGS)


def _date(text: str) -> date | None:
    for form in ("%Y-%m-%d", "%Y%m%d"):
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no time zone
        except ValueError:
            continue
    return None


def pattern_in_words(pattern: str) -> str:
    """The pattern as a supplier would read it: `attendance_YYYY-MM-DD.csv (or .xlsx, .parquet)`."""
    text = re.sub(r"\(\?P<date>([^)]*)\)", lambda m: "YYYY-MM-DD" if "-" in m[1] else "YYYYMMDD", pattern)
    choice = re.search(r"\(([^()]*\|[^()]*)\)$", text)
    if choice:
        first, *others = choice[1].split("|")
        text = f"{text[: choice.start()]}{first} (or {', '.join('.' + other for other in others)})"
    return text.replace("\\.", ".")
