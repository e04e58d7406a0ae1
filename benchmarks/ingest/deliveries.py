"""The home the benchmark ingests: an authority whose schools send pupils and session marks, and a delivery of both."""

import csv
import shutil
from importlib.resources import files
from pathlib import Path

import duckdb
from ruamel.yaml import YAML

from pipelines.settings import Settings, prepare_home

SOURCE, AUTHORITY, DAY = "school_attendance", "calderbrook", "2026-11-20"
MARKS_A_PUPIL = 400
MARKS = f"attendance_marks_{DAY}.csv"
_PARTS = {
    "session_mark": {
        "file_pattern": r"attendance_marks_(?P<date>\d{4}-\d{2}-\d{2})\.csv",
        "columns": {"source_person_id": ["Pupil ID"], "school_urn": ["School URN"], "session_date": ["Date"], "session": ["Session"], "mark": ["Mark"]},
    }
}
_PUPIL = {
    "source_person_id": ["Pupil ID"],
    "surname": ["Surname"],
    "forename": ["Forename"],
    "birth_date": ["DOB"],
    "school_urn": ["School URN"],
    "enrolment_status": ["Status"],
}


def settings(folder: Path) -> Settings:
    """Settings of the home, with two threads and the shipped bound on memory."""
    return Settings(home=folder / "home", authorities=folder / "authorities")


def prepare(folder: Path, marks: int, seed: int) -> None:
    """Write the authority and the delivery; the same seed gives the same bytes."""
    shutil.rmtree(folder, ignore_errors=True)
    made = settings(folder)
    prepare_home(made)
    _authority(folder / "authorities")
    landing = made.landing_dir / SOURCE
    _pupils(landing / f"attendance_{DAY}.csv", max(marks // MARKS_A_PUPIL, 1))
    _marks(landing / MARKS, marks, seed)


def _authority(folder: Path) -> None:
    shutil.copytree(Path(str(files("schemas").joinpath("authorities"))), folder)
    path = folder / AUTHORITY / "extracts.yml"
    tree = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    profile = tree[SOURCE]
    profile["columns"], profile["codes"], profile["parts"] = _PUPIL, {"enrolment_status": {"C": "current"}}, _PARTS
    profile.pop("academic_year_format")
    with path.open("w", encoding="utf-8") as file:
        YAML().dump(tree, file)


def _pupils(path: Path, count: int) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow([names[0] for names in _PUPIL.values()])
        writer.writerows([f"A{n:07d}", f"Surname{n % 7919}", f"Forename{n % 4001}", f"{1 + n % 28:02}/03/2014", 100_000 + n // 900, "C"] for n in range(count))


def _marks(path: Path, marks: int, seed: int) -> None:
    query = Path(__file__).with_name("marks.sql").read_text(encoding="utf-8")
    with duckdb.connect() as con:
        con.execute(f"copy ({query}) to '{path}' (header, delimiter ',', quote '')", {"marks": marks, "seed": seed})
