"""Finds delivered files by their name's pattern; apart from reading because a name is judged before a file is opened."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

# How a report is saved or packed is found out from its content, so any of these endings stands for any other.
_ENDINGS = ("csv", "tsv", "txt", "dat", "xlsx", "xlsm", "xls", "ods", "parquet")
_PACKINGS = (".gz", ".zip")

# A month may be a number or a name, whole or its first three letters; a year may be without its century.
_BY_PARTS = tuple(f"%d {month} {year}" for month in ("%m", "%b", "%B") for year in ("%Y", "%y"))

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
            known.append(DeliveredFile(path, _date(match)))
        else:
            unknown.append(path)
    return sorted(known, key=lambda file: (file.delivered or date.min, file.path.name)), unknown


def _holds_files(folder: Path) -> bool:
    return any(not path.is_dir() and not path.name.startswith(_PASSING) for path in folder.rglob("*"))


def day_in_name(name: str, pattern: str) -> date | None:
    """The day of delivery that a file's name tells by the pattern; None where it does not follow it, or holds no real day."""
    expression = re.compile(pattern, re.IGNORECASE)
    match = next(filter(None, map(expression.fullmatch, _spellings(name))), None)
    return _date(match) if match else None


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


def _date(match: re.Match[str]) -> date | None:
    """The day that the groups of a file's name tell: `date`, the year first, or `day`, `month` and `year` in any order."""
    groups = match.groupdict()
    if "date" in groups:
        return _first_read(groups["date"], ("%Y-%m-%d", "%Y%m%d"))
    return _first_read(" ".join(groups[name] or "" for name in ("day", "month", "year")), _BY_PARTS)


def _first_read(text: str | None, forms: tuple[str, ...]) -> date | None:
    for form in forms:
        try:
            return datetime.strptime(text or "", form).date()  # noqa: DTZ007 - a day has no time zone
        except ValueError:
            continue
    return None


def pattern_in_words(pattern: str) -> str:
    """The pattern as a supplier would read it: `attendance_YYYY-MM-DD.csv (or .xlsx, .parquet)`."""
    text = re.sub(r"\(\?P<(date|day|month|year)>([^)]*)\)", lambda m: _part_in_words(m[1], m[2]), pattern)
    choice = re.search(r"\(([^()]*\|[^()]*)\)$", text)
    if choice:
        first, *others = choice[1].split("|")
        text = f"{text[: choice.start()]}{first} (or {', '.join('.' + other for other in others)})"
    return text.replace("\\.", ".")


def _part_in_words(part: str, pattern: str) -> str:
    if part == "date":
        return "YYYY-MM-DD" if "-" in pattern else "YYYYMMDD"
    if part == "month" and re.search("[A-Za-z]", pattern.replace("\\d", "")):
        return "MON"
    return {"day": "DD", "month": "MM", "year": "YY" if pattern == "\\d{2}" else "YYYY"}[part]
