"""Suppliers that deliver changes between full files: the authority that reads them, and their files."""

import shutil
from datetime import date
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from pipelines import authority, ingest, warehouse
from pipelines.ingest import Delivery
from pipelines.settings import Settings, prepare_home
from tests.support.deliveries import AS_OF, NOW, Row, csv_text, put, rows
from tests.support.families import SHIPPED

AUTHORITY, POLICE, HOUSING = "calderbrook", "police_asb", "housing_arrears"
_FILES = {"school_attendance": "attendance", POLICE: "asb", "dwp_benefit": "dwp", HOUSING: "rent"}
# What each source's row is known by, in its supplier's words.
KEYS = {
    "school_attendance": ("Pupil ID", "School URN", "Academic Year", "Term"),
    POLICE: ("OCCURRENCE_NO", "NOMINAL_REF"),
    "dwp_benefit": ("NINO", "BEN_TYPE", "AWARD_START"),
    HOUSING: ("Account Reference", "Person Reference"),
}


def profile(source: str, **more: Any) -> dict[str, Any]:
    """How a source's files of changes are named and written."""
    return {
        "file_pattern": rf"{_FILES.get(source, source)}_changes_(?P<date>\d{{4}}-\d{{2}}-\d{{2}})\.csv",
        "columns": {"change_type": ["Change"]},
        "codes": {"change_type": {"D": "deleted", "U": "stated"}},
        "refuse_when_rejected_share_over": 0.6,
    } | more


def authorities(folder: Path, *sources: str, **more: Any) -> Path:
    """A folder of authorities in which these sources' suppliers deliver changes too."""
    shutil.copytree(SHIPPED / AUTHORITY, folder / AUTHORITY)
    path = folder / AUTHORITY / "extracts.yml"
    tree = YAML(typ="safe").load(path.read_text())
    for source in sources or _FILES:
        tree[source]["file_pattern"] = rf"{_FILES[source]}_full_(?P<date>\d{{4}}-\d{{2}}-\d{{2}})\.csv"
        tree[source]["changes"] = profile(source, **more)
    with path.open("w") as file:
        YAML().dump(tree, file)
    return folder


def a_home(folder: Path, known: Path) -> Settings:
    """Settings of a new home under these authorities, whose clock stands at NOW."""
    settings = Settings(home=folder, clock=NOW, authorities=known)
    prepare_home(settings)
    return settings


def full(settings: Settings, source: str, day: str, table: list[Row]) -> str:
    """Put a full file into the landing folder; returns its name."""
    return put(settings, source, csv_text(table), f"{_FILES[source]}_full_{day}.csv").name


def changes(settings: Settings, source: str, day: str, stated: list[Row] = (), deleted: list[Row] = ()) -> str:  # type: ignore[assignment]
    """Put a file of changes into the landing folder; of what it deletes only the key is told. Returns its name."""
    blank = dict.fromkeys(rows(source, 1)[0], "")
    table = [row | {"Change": "U"} for row in stated]
    table += [blank | {name: row[name] for name in KEYS[source]} | {"Change": "D"} for row in deleted]
    text = csv_text(table) if table else csv_text([blank | {"Change": ""}]).splitlines()[0] + "\r\n"
    return put(settings, source, text, f"{_FILES[source]}_changes_{day}.csv").name


def take_in(settings: Settings, source: str, as_of: date = AS_OF) -> dict[str, Delivery]:
    """Ingest the source; what became of each file, by its name."""
    return {delivery.file_name: delivery for delivery in ingest.ingest(authority.find(AUTHORITY, settings), source, as_of, settings)}


def in_use(settings: Settings, source: str, as_of: date = AS_OF) -> str:
    """The id of the extract that a run would stand on."""
    used = {u.source: u.extract_id for u in ingest.used_extracts(authority.find(AUTHORITY, settings), as_of, settings)}
    return str(used[source])


def told(settings: Settings, source: str, query: str, as_of: date = AS_OF) -> list[tuple[Any, ...]]:
    """Rows of a query on the extract in use."""
    with warehouse.database(settings, settings.extracts_dir / source / f"{in_use(settings, source, as_of)}.duckdb") as con:
        return con.execute(query).fetchall()


def standing(settings: Settings, source: str, as_of: date = AS_OF) -> list[tuple[Any, ...]]:
    """The rows of the extract in use, without their numbers."""
    return told(settings, source, f"select * exclude (source_row) from extract.{source} order by all", as_of)  # noqa: S608 - a declared name
