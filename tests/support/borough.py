"""A small borough on disk, made once a session, with its files and its truth read as a partner or an auditor would read them."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pyarrow.parquet as pq

from pipelines.synthetic import generation

AS_OF = generation.AS_OF
ENCODINGS = {"school_attendance": "utf-8-sig", "police_asb": "cp1252", "dwp_benefit": "utf-8"}
DELIMITERS = {"school_attendance": ",", "police_asb": ",", "dwp_benefit": "|"}


@dataclass(frozen=True)
class BoroughOnDisk:
    """Where the borough was written and the counts the generator gave."""

    folder: Path
    counts: dict[str, Any]

    @property
    def landing(self) -> Path:
        """Folder of deliveries."""
        return self.folder / "landing"

    @property
    def truth_folder(self) -> Path:
        """Folder of the truth."""
        return self.folder / "truth"

    def file(self, source: str) -> Path:
        """The source's only file."""
        (path,) = (self.landing / source).iterdir()
        return path

    def delivered(self, source: str) -> list[dict[str, str]]:
        """Rows of a CSV delivery by the supplier's headers, with the row's number in the file under `#`."""
        with self.file(source).open(encoding=ENCODINGS.get(source, "utf-8"), newline="") as file:
            return [{**row, "#": str(n)} for n, row in enumerate(csv.DictReader(file, delimiter=DELIMITERS.get(source, ",")), start=2)]

    def truth(self, table: str) -> list[dict[str, Any]]:
        """Rows of a truth table."""
        return pq.read_table(self.truth_folder / f"{table}.parquet").to_pylist()


def a_borough(folder: Path, people: int = 1500, seed: int = 1, **options: Any) -> BoroughOnDisk:
    """A borough written into the folder; the options are the generator's."""
    return BoroughOnDisk(folder, generation.generate(folder, people, seed, **options))


@cache
def the_borough() -> BoroughOnDisk:
    """Six thousand people that many tests look at and none changes."""
    return a_borough(Path(mkdtemp(prefix="borough-")), people=6000, seed=11)
