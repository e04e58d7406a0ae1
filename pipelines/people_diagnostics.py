"""What `families link report` draws and no other result holds: weights of all pairs, rates by group, records that cannot link."""

import json
from pathlib import Path
from typing import Any

import sql
from matching import scoring, tables
from matching.model import Model
from matching.specification import Specification
from pipelines import people_files
from pipelines.warehouse import Connection
from schemas.linkage_model import LinkageModel

_LOWEST_WEIGHT, _HIGHEST_WEIGHT = -30, 40
# Records compared with themselves: enough for a share to a few thousandths.
_SELF_PAIRS = 20_000
_THRESHOLDS = [0.5, 0.8, 0.9, 0.95, 0.98, 0.99, 0.999]
# A group of more values is no group.
_MOST_VALUES = 40


def gather(con: Connection, files: list[Path], asked: LinkageModel, specification: Specification, model: Model, unit_count: int, year: int) -> dict[str, Any]:
    """Bins of weights, rates by group and the share that cannot link. Comes last: it makes the working tables of scoring anew.

    Raises:
        BadInput: a file lacks a column of `groups`.
    """
    bins = _rows(con, "weight_bin", {"lowest": _LOWEST_WEIGHT, "highest": _HIGHEST_WEIGHT})
    groups = _groups(con, files, asked, year)
    tables.make(con, "candidate_pair", "../people/self_pair", {"unit_limit": _SELF_PAIRS})
    scoring.compare(con, specification)
    scoring.score(con, model, specification, unit_count)
    unlinkable = _rows(con, "unlinkable", {"thresholds": sorted({*_THRESHOLDS, asked.thresholds.link})})
    return {"weights": bins, "groups": groups, "unlinkable": unlinkable}


def write(diagnostics: dict[str, Any], path: Path) -> None:
    """Write diagnostics.json."""
    path.write_text(json.dumps(diagnostics, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _groups(con: Connection, files: list[Path], asked: LinkageModel, year: int) -> list[dict[str, Any]]:
    con.execute("create or replace temp table people_group (given_n integer, name varchar, value varchar)")
    for name, column in asked.groups.items():
        people_files.read_column(con, files, asked, column, "group_column", f"to report by. Mend `groups` in the model file; {name} names it")
        con.execute("insert into people_group by name select given_n, $name as name, value from group_column", {"name": name.replace("_", " ")})
    # Without a truth there is nothing to judge by.
    con.execute("create temp table if not exists people_truth (given_n integer, record_id varchar, source varchar, true_person varchar)")
    record_count = con.execute("select count(*) from people_unit").fetchall()[0][0]
    thresholds = {"review_probability": asked.thresholds.review, "link_probability": asked.thresholds.link}
    rows = _rows(con, "group_rate", thresholds | {"year": year, "record_count": record_count})
    by_name: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        by_name.setdefault(row.pop("name"), []).append(row)
    return [{"name": name, "values": values} for name, values in by_name.items() if 1 < len(values) <= _MOST_VALUES]


def _rows(con: Connection, statement: str, parameters: dict[str, Any]) -> list[dict[str, Any]]:
    found = con.execute(sql.read(f"people/{statement}"), parameters)
    names = [column[0] for column in found.description or []]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
