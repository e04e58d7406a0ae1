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
_SUMS = ("square", "both", "hit_square")


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


def interval(share: float, people: float) -> tuple[float, float]:
    """Wilson's 95% interval of a share, which holds for small groups and shares near 0 and 1 (Wilson, JASA 22, 1927); `people` who are independent."""
    if not people:
        return 0.0, 1.0
    spread = _Z * _Z / people
    middle = (share + spread / 2) / (1 + spread)
    half = _Z * sqrt(share * (1 - share) / people + spread / (4 * people)) / (1 + spread)
    return max(middle - half, 0.0), min(middle + half, 1.0)


def independent_people(people: int, hits: int, square: int, both: int, hit_square: int) -> float:
    """How many people of different families would tell a rate as closely as these of a group do, who share families and with them the outcome.

    The number is divided by the design effect with families as clusters, as Korn and Graubard (Survey Methodology 24, 1998) do for the interval of a
    share, by the linearised variance of a ratio; where all or nobody is meant, which has no variance, by Kish's for families of unequal size that agree.

    Args:
        people: People of the group.
        hits: Those of them who are meant.
        square: Over the group's families, the sum of their people's number squared.
        both: The sum of their people's number times that of those meant.
        hit_square: The sum of the number meant squared.
    """
    if not people:
        return 0.0
    kish, share = people * people / square, hits / people
    spread = hit_square - 2 * share * both + share * share * square
    if not 0 < hits < people or spread <= 0:
        return kish
    return min(people * people * share * (1 - share) / spread, float(people))


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
    rate = row["hits"] / row["people"]
    # Where nothing is said of families, as of linkage, each person stands alone.
    alone = independent_people(row["people"], row["hits"], **{name: row[name] for name in _SUMS}) if _SUMS[0] in row else row["people"]
    low, high = interval(rate, alone)
    is_apart = alone >= SMALLEST and not low <= whole <= high and abs(rate - whole) > APART * whole
    told = {"rate": round(rate, 4), "low": round(low, 4), "high": round(high, 4), "whole": round(whole, 4), "is_apart": is_apart}
    return _without_sums(row) | told


def _without(row: dict[str, Any]) -> dict[str, Any]:
    return _without_sums(row) | dict.fromkeys(("people", "hits", "rate", "low", "high", "whole")) | {"is_apart": False}


def _without_sums(row: dict[str, Any]) -> dict[str, Any]:
    """The sums over families are for reckoning: they would tell more of small groups than a page may."""
    return {name: value for name, value in row.items() if name not in _SUMS}


def _rows(con: warehouse.Connection, statement: str, parameters: dict[str, Any]) -> Rows:
    cursor = con.execute(sql.read(statement), parameters)
    names = [column[0] for column in cursor.description or []]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
