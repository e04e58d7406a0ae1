"""People tables as strangers have them, on disk: CSV files with a model file beside them, and what `families link` made of them."""

import csv
import json
from pathlib import Path
from typing import Any

import duckdb

from pipelines import people
from pipelines.settings import Settings
from tests.support.records import Population

Row = dict[str, Any]

MODEL = """
record_id: id
source: agency
columns:
  forename: first
  middle_names: middle
  surname: last
  birth_date: dob
  sex: gender
  paon: house
  saon: flat
  street: street
  postcode: pcode
  numbers: {nino: ni, upn: upn}
"""
NAMES_ONLY = "record_id: id\ncolumns: {forename: first, surname: last}\n"
FEW = "record_id: id\ncolumns: {forename: first, surname: last, birth_date: dob, postcode: pcode}\n"


def rows_of(made: Population) -> list[Row]:
    """A simulated population as a table of text."""
    names = {
        **{"id": "record_id", "agency": "source", "first": "forename", "middle": "middle_names", "last": "surname", "dob": "birth_date"},
        **{"gender": "sex", "house": "paon", "flat": "saon", "street": "street", "pcode": "postcode", "ni": "nino", "upn": "upn"},
    }
    return [{name: record[column] for name, column in names.items()} | {"person": made.person_of[record["record_id"]]} for record in made.records]


def a_row(key: str, **values: Any) -> Row:
    """A row of the names-only kind, with whatever else is given."""
    return {"id": key, "first": "ANN", "last": "FISHER"} | values


def write_csv(path: Path, rows: list[Row], columns: list[str] | None = None) -> Path:
    """Write rows as CSV; without rows the header stands alone."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns or list(dict.fromkeys(name for row in rows for name in row)))
        writer.writeheader()
        writer.writerows(rows)
    return path


def linked(folder: Path, rows: list[Row] | dict[str, list[Row]], model: str = FEW, threads: int = 2, **options: Any) -> dict[str, Any]:
    """Link the rows (of one file, or of several by name); returns run.json's content, the results lie in `folder`/out."""
    tables = rows if isinstance(rows, dict) else {"records": rows}
    columns = options.pop("columns", None)
    files = [write_csv(folder / f"{name}.csv", table, columns) for name, table in tables.items()]
    model_path = folder / "model.yml"
    model_path.write_text(model, encoding="utf-8")
    request = people.Request(files, model_path, folder / "out", **options)
    return people.link(request, Settings(home=folder / "out", threads=threads))


def found(folder: Path, name: str = "clusters") -> list[Row]:
    """Rows of a result, as dictionaries."""
    with duckdb.connect() as con:
        result = con.execute("from read_parquet(?)", [str(folder / "out" / f"{name}.parquet")])
        names = [column[0] for column in result.description]
        return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def groups(folder: Path, column: str = "person_id") -> set[frozenset[str]]:
    """The people found, as sets of record ids."""
    people_found: dict[str, set[str]] = {}
    for row in found(folder):
        people_found.setdefault(row[column], set()).add(row["record_id"])
    return {frozenset(ids) for ids in people_found.values()}


def read_json(folder: Path, name: str) -> dict[str, Any]:
    """A JSON result."""
    tree: dict[str, Any] = json.loads((folder / "out" / f"{name}.json").read_text(encoding="utf-8"))
    return tree
