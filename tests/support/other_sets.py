"""Police records, benefits and rents as sets of files: an extract that came as one file, written as by a supplier who keeps each thing in its own."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from pipelines import authority, warehouse
from pipelines.settings import Settings
from schemas.extracts import PARTS, main_contract
from schemas.profile import FileLayout
from tests.support.layout_files import save

Row = dict[str, Any]
DAY = "2026-11-20"
LAYOUTS = {"police_asb": "records_set", "dwp_benefit": "claims_set", "housing_arrears": "rent_set"}
_PEOPLE = ("title", "forename", "surname", "full_name", "birth_date", "nino")


def profile_keys(source: str) -> Row:
    """What a profile of the source says to have its files read as a set."""
    pattern = r"_(?P<date>\d{4}-\d{2}-\d{2})\.csv"
    parts = authority.read_yaml(authority.LAYOUTS / source / f"{LAYOUTS[source]}.yml")["parts"]
    keys: Row = {"layout": LAYOUTS[source], "file_pattern": f"{source}{pattern}", "parts": {name: {"file_pattern": f"{name}s{pattern}"} for name in parts}}
    if "nominal" in parts:
        keys["parts"]["nominal"]["columns"] = {"full_name": ["Nominal Name"]}
    if "balance" in parts:
        keys["parts"]["balance"]["columns"] = {"technical_arrears_gbp": ["TechnicalArrears"]}
    return keys


def use_sets(path: Path) -> None:
    """Have the profiles of extracts.yml read police records, benefits and rents as sets."""
    tree = YAML(typ="safe").load(path.read_text())
    for source in LAYOUTS:
        kept = {key: value for key, value in tree[source].items() if key not in authority.LAYOUT_KEYS}
        tree[source] = kept | profile_keys(source)
    with path.open("w") as file:
        YAML().dump(tree, file)


def accepted(settings: Settings, source: str) -> list[Row]:
    """The rows of the source's only extract."""
    (path,) = (settings.extracts_dir / source).glob("*.duckdb")
    with warehouse.database(settings, path) as con:
        cursor = con.execute(f"from extract.{source} order by source_row")
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def deliver(settings: Settings, profiles: Any, source: str, rows: list[Row]) -> None:
    """Put the rows into the landing folder as the files of a set."""
    folder = settings.landing_dir / source
    for path in folder.iterdir():
        path.unlink()
    profile = profiles.of(source)
    told = {"police_asb": _occurrences, "dwp_benefit": _claims, "housing_arrears": _accounts}[source](rows)
    contracts = {source: main_contract(source, is_set=True), **PARTS[source]}
    for name, table in told.items():
        layout = profile if name == source else profile.of_part(name)
        headers = {column.name: layout.columns[column.name][0] for column in contracts[name].delivered if column.name in layout.columns}
        path = folder / (f"{source}_{DAY}.csv" if name == source else f"{name}s_{DAY}.csv")
        save(path, [{header: _text(row.get(column), column, layout) for column, header in headers.items()} for row in table])


def _occurrences(rows: list[Row]) -> dict[str, list[Row]]:
    """An occurrence a row; what follows from it is told on its day of those named alone."""
    named = [row | {"intervention_date": row["incident_date"], "outcome_date": row["incident_date"]} for row in rows if row["source_person_id"]]
    return {
        "police_asb": list({row["occurrence_id"]: row for row in rows}.values()),
        "nominal": rows,
        "intervention": [row for row in named if row["record_type"] == "intervention"],
        "outcome": [row for row in named if row["disposal"] not in (None, "none")],
    }


def _claims(rows: list[Row]) -> dict[str, list[Row]]:
    named = [row | {"claim_id": f"C{row['source_row']}"} for row in rows]
    return {
        "dwp_benefit": named,
        "claimant": named,
        "partner": list(_partners(named)),
        "dependant": [{"claim_id": named[0]["claim_id"], "surname": "Dependant"}],
    }


def _partners(rows: list[Row]) -> Iterator[Row]:
    for row in rows:
        partner = {name: row[f"partner_{name}"] for name in _PEOPLE}
        if partner["surname"] or partner["full_name"]:
            same = partner["nino"] == row["nino"]
            yield row | partner | {"sex": None, "nino": None if same else partner["nino"]}


def _accounts(rows: list[Row]) -> dict[str, list[Row]]:
    accounts = list({row["account_id"]: row for row in reversed(rows)}.values())
    steps = [row | {"action_date": row["balance_date"]} for row in accounts if row["arrears_stage"] != "none"]
    return {"housing_arrears": accounts, "tenant": rows, "balance": accounts, "action": steps}


def _text(value: Any, column: str, layout: FileLayout) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return value.strftime(layout.date_formats[0])
    word = str(value).lower() if isinstance(value, bool) else str(value)
    return next((code for code, meaning in layout.codes.get(column, {}).items() if meaning == word), word)
