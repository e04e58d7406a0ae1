"""Finds delivered files by their name's pattern; apart from reading because a name is judged before a file is opened."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

# Office programs and transfer tools leave such files beside the real ones.
_PASSING = (".", "~$")


@dataclass(frozen=True, slots=True)
class DeliveredFile:
    """A file in the landing folder whose name follows the pattern; `delivered` is None when the name holds no real date."""

    path: Path
    delivered: date | None


def delivered_files(folder: Path, pattern: str) -> tuple[list[DeliveredFile], list[Path]]:
    """The folder's files that follow the pattern, oldest first, and those that do not."""
    expression = re.compile(pattern, re.IGNORECASE)
    known, unknown = [], []
    paths = sorted(folder.iterdir()) if folder.is_dir() else []
    for path in paths:
        if path.is_dir() or path.name.startswith(_PASSING):
            continue
        match = expression.fullmatch(path.name)
        if match:
            known.append(DeliveredFile(path, _date(match["date"])))
        else:
            unknown.append(path)
    return sorted(known, key=lambda file: (file.delivered or date.min, file.path.name)), unknown


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
