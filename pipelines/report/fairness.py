"""Whether a group of people is linked, or found to qualify, more or less often than the rest: rates with intervals, small counts held back."""

import csv
import json
from itertools import groupby
from math import sqrt
from pathlib import Path
from typing import Any

import sql
from pipelines import warehouse
from pipelines.provenance import Run
from pipelines.report import disclosure

Rows = list[dict[str, Any]]

NAME_ORIGINS = "name_origins.csv"
# A smaller group's interval says nothing; a rate a fifth off the whole is what equality bodies look at (the four-fifths rule).
SMALLEST, APART = 30, 0.2
_Z = 1.96


def fairness(run: Run, framework_id: str) -> dict[str, Any]:
    """Rates by sex, age band, origin of name and district: of linkage, of qualifying, and of each criterion that carries a difference.

    The origin of names needs the authority's own table, name_origins.csv; without one that part is left out.
    """
    about = {"framework_id": framework_id}
    with run.open(read_only=True) as con:
        groups = {"as_of": run.as_of, "origins": json.dumps(origins(run.authority.folder / NAME_ORIGINS)), **about}
        con.execute(f"create temp table person_group as {sql.read('report/person_group')}", groups)
        linkage = _told(_rows(con, "report/group_linkage", {}))
        qualification = _told(_rows(con, "report/group_qualification", about))
        criteria = _rows(con, "report/group_criterion", about)
        limbs = _rows(con, "report/limb", about)
    of_criterion = [row for _, found in groupby(criteria, key=lambda row: row["criterion_id"]) for row in _told(list(found))]
    held = disclosure.held_back([row["family_count"] for row in limbs], [dict.fromkeys(range(len(limbs)), 1)])
    return {
        "linkage": linkage,
        "qualification": qualification,
        # A criterion about children is met by no adult: that is its rule, and no difference between groups.
        "differing_criteria": [row for row in of_criterion if row["is_apart"] and (row["hits"] or row["dimension"] != "age band")],
        "limbs": [row | {"family_count": None if n in held else row["family_count"]} for n, row in enumerate(limbs)],
    }


def origins(path: Path) -> list[dict[str, str]]:
    """The authority's table of surnames and where they come from: a row an origin, its surnames parted by semicolons; empty without the file."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return [{"origin": row["origin"], "surname": name.strip()} for row in csv.DictReader(file) for name in row["surnames"].split(";") if name.strip()]


def interval(hits: int, people: int) -> tuple[float, float]:
    """Wilson's 95% interval of a share, which holds for small groups and shares near 0 and 1 (Wilson, JASA 22, 1927)."""
    if not people:
        return 0.0, 1.0
    share, spread = hits / people, _Z * _Z / people
    middle = (share + spread / 2) / (1 + spread)
    half = _Z * sqrt(share * (1 - share) / people + spread / (4 * people)) / (1 + spread)
    return max(middle - half, 0.0), min(middle + half, 1.0)


def _told(rows: Rows) -> Rows:
    """Rows with rate, interval and whether the group stands apart from its dimension; those with a small count on either side without any."""
    return [told for _, found in groupby(rows, key=lambda row: row["dimension"]) for told in _of_dimension(list(found))]


def _of_dimension(rows: Rows) -> Rows:
    hits, people = sum(row["hits"] for row in rows), sum(row["people"] for row in rows)
    held = _held(rows)
    return [_rated(row, hits / people if people else 0) if n not in held else _without(row) for n, row in enumerate(rows)]


def _held(rows: Rows) -> set[int]:
    """Groups with a small count of people, of those meant or of the others, and what else would tell one of these."""
    size = len(rows)
    counts = [row["people"] for row in rows] + [row["hits"] for row in rows] + [row["people"] - row["hits"] for row in rows]
    equations = [dict.fromkeys(range(part * size, (part + 1) * size), 1) for part in range(3)]
    equations += [{n: -1, size + n: 1, 2 * size + n: 1} for n in range(size)]
    return {place % size for place in disclosure.held_back(counts, equations)} if size else set()


def _rated(row: dict[str, Any], whole: float) -> dict[str, Any]:
    low, high = interval(row["hits"], row["people"])
    rate = row["hits"] / row["people"]
    is_apart = row["people"] >= SMALLEST and not low <= whole <= high and abs(rate - whole) > APART * whole
    return row | {"rate": round(rate, 4), "low": round(low, 4), "high": round(high, 4), "whole": round(whole, 4), "is_apart": is_apart}


def _without(row: dict[str, Any]) -> dict[str, Any]:
    return row | dict.fromkeys(("people", "hits", "rate", "low", "high", "whole")) | {"is_apart": False}


def _rows(con: warehouse.Connection, statement: str, parameters: dict[str, Any]) -> Rows:
    cursor = con.execute(sql.read(statement), parameters)
    names = [column[0] for column in cursor.description or []]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
