"""The same attendance as a summary and as a set of files: pupils, a mark a session, and exclusions; with marks among them that count for nothing."""

import csv
import io
import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from pipelines.values.dates import term_dates
from tests.support.families import SHIPPED

AUTHORITY = "calderbrook"
DAY = "2026-11-20"
MARKS, COUNTS, EXCLUSIONS = f"attendance_marks_{DAY}.csv", f"attendance_counts_{DAY}.csv", f"attendance_exclusions_{DAY}.csv"
SUMMED_UP = ("Possible Sessions", "Authorised Absences", "Unauthorised Absences", "Fixed Term Exclusions", "Permanent Exclusions")
_PUPIL = {"source_person_id": ["Pupil ID"], "school_urn": ["School URN"]}
PARTS: dict[str, dict[str, Any]] = {
    "session_mark": {
        "file_pattern": r"attendance_marks(_\w+)?_(?P<date>\d{4}-\d{2}-\d{2})\.csv",
        "columns": {**_PUPIL, "session_date": ["Date"], "session": ["Session"], "mark": ["Mark"]},
    },
    "code_count": {
        "file_pattern": r"attendance_counts_(?P<date>\d{4}-\d{2}-\d{2})\.csv",
        "columns": {**_PUPIL, "academic_year": ["Academic Year"], "term": ["Term"], "mark": ["Code"], "session_count": ["Sessions"]},
        "academic_year_format": "2025/26",
        "codes": {"term": {"Autumn": "autumn", "Spring": "spring", "Summer": "summer"}},
    },
    "exclusion": {
        "file_pattern": r"attendance_exclusions_(?P<date>\d{4}-\d{2}-\d{2})\.csv",
        "columns": {**_PUPIL, "start_date": ["Start"], "category": ["Category"], "reinstated_date": ["Reinstated"]},
        "codes": {"category": {"SUSP": "suspension", "PERM": "permanent", "LNCH": "lunchtime"}},
    },
}
_TERMS = {"Aut": "autumn", "Spr": "spring", "Sum": "summer"}
Row = dict[str, str]


def an_authority(folder: Path, *parts: str, names_terms: bool = True, changes_only: bool = False) -> Path:
    """A folder of authorities in which the schools deliver a set with these parts."""
    shutil.copytree(SHIPPED, folder)
    path = folder / AUTHORITY / "extracts.yml"
    tree = YAML(typ="safe").load(path.read_text())
    profile = tree["school_attendance"]
    left_out = [name for name in profile["columns"] if name.startswith("sessions_") or name.endswith("_count")]
    for name in [*left_out, *([] if names_terms else ["academic_year", "term"])]:
        del profile["columns"][name]
    if not names_terms:
        del profile["codes"]["term"], profile["academic_year_format"]
    profile["parts"] = {name: PARTS[name] | {"changes_only": changes_only} for name in parts}
    with path.open("w") as file:
        YAML().dump(tree, file)
    return folder


def text(rows: list[Row]) -> str:
    """The rows as CSV."""
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, rows[0])
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue()


def pupils(summary: list[Row]) -> list[Row]:
    """The summary's rows without what the other files tell."""
    return [{name: value for name, value in row.items() if name not in SUMMED_UP} for row in summary]


def codes(row: Row) -> Iterator[str]:
    """A code for each of the term's sessions, possible or not."""
    possible, authorised, unauthorised = (int(row[name]) for name in SUMMED_UP[:3])
    yield from islice(cycle("GNOU"), unauthorised)
    yield from islice(cycle(["I", "M", "C1", "J1", "E", "S", "T"]), authorised)
    yield from islice(cycle(["/", "/", "L", "V", "B", "K"]), possible - authorised - unauthorised)
    yield from ("D", "X", "Z", "#", "Y1", "Q")


def _sessions(row: Row) -> Iterator[tuple[date, str]]:
    first, last = term_dates(int(row["Academic Year"][:4]), _TERMS[row["Term"][:3]])
    days = (first + timedelta(n) for n in range((last - first).days + 1))
    return ((day, session) for day in days if day.weekday() < 5 for session in ("AM", "PM"))


def marks(summary: list[Row]) -> list[Row]:
    """A row a session."""
    return [
        {"Pupil ID": row["Pupil ID"], "School URN": row["School URN"], "Date": f"{day:%d/%m/%Y}", "Session": session, "Mark": code}
        for row in summary
        for (day, session), code in zip(_sessions(row), codes(row), strict=False)
    ]


def counts(summary: list[Row]) -> list[Row]:
    """A row a code."""
    found = []
    for row in summary:
        every = list(codes(row))
        for code in dict.fromkeys(every):
            about = {name: row[name] for name in ("Pupil ID", "School URN", "Academic Year")} | {"Term": _TERMS[row["Term"][:3]].title()}
            found.append(about | {"Code": code, "Sessions": str(every.count(code))})
    return found


def exclusions(summary: list[Row]) -> list[Row]:
    """A row an exclusion, and for every third pupil one that was reinstated."""
    found = []
    for number, row in enumerate(summary):
        days = iter(dict.fromkeys(day for day, _ in _sessions(row)))
        kinds = [*islice(cycle(["SUSP", "LNCH"]), int(row["Fixed Term Exclusions"] or 0)), *["PERM"] * int(row["Permanent Exclusions"] or 0)]
        about = {name: row[name] for name in ("Pupil ID", "School URN")}
        found += [about | {"Start": f"{next(days):%d/%m/%Y}", "Category": kind, "Reinstated": ""} for kind in kinds]
        if number % 3 == 0:
            day = next(days)
            found.append(about | {"Start": f"{day:%d/%m/%Y}", "Category": "PERM", "Reinstated": f"{day + timedelta(30):%d/%m/%Y}"})
    return found
