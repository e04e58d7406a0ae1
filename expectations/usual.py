"""Is a delivery as its supplier's usually are: rows, gaps and mix, held against the last deliveries; and has it come when it was due. These only warn."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from statistics import median

import duckdb

from expectations.vocabulary import Expectation, Kind, Suite
from schemas.extracts import CONTRACTS
from schemas.table import Column

# How many deliveries are remembered, and how few say nothing yet.
MOST, FEWEST = 8, 3
VOLUME_SHARE = 0.25
# A part that had so many rows more than now, and now has less than half of them, is nearly gone.
SHRUNK_ROWS, SHRUNK_SHARE = 20, 0.5
MISSING_POINTS = 0.10
MIX_SHARE = 0.15
# Parts with fewer rows are pooled, so that no count of theirs is kept, and a rare text says nothing of anybody.
SMALLEST_PART, POOLED = 20, "other"
# Parts that are missing are named up to so many, each cut to so many letters; the others are counted.
_NAMED, _LETTERS = 20, 60

# By what a delivery is made up; those a contract does not have are left out.
DIMENSIONS = (
    "school_urn",
    "force_area",
    "benefit_type",
    "landlord",
    "need_type",
    "class_code",
    "enrolment_status",
    "person_role",
    "record_type",
    "tenant_role",
    "arrears_stage",
    "liability_role",
    "discount",
)


@dataclass(frozen=True, slots=True)
class Point:
    """One figure of one delivery. `kind` is volume, rejected, missing or mix; `part` a code, for the mix only."""

    kind: str
    series: str
    part: str
    point_id: str
    value: float


_Key = tuple[str, str, str]
Series = dict[_Key, float]
"""A delivery's figures by kind, series and part."""


def suite(source: str) -> Suite:
    """What is usual of a source's deliveries."""
    table = CONTRACTS[source].table
    told = [_usual("volume", "The number of rows accepted is within 25% of the median of the last 8 deliveries (told from the fourth on).")]
    told += [_usual(f"missing:{c.name}", f"Rows without {_words(c.name)} are at most 10 points more than usual of the last 8.") for c in _gaps(source)]
    for name in dimensions(source):
        told.append(_usual(f"mix:{name}", f"The mix by {_words(name)} is as usual: it takes no more than 15% of the rows to give that of the last 8."))
        told.append(_usual(f"there:{name}", f"Each {_words(name)} that had {SMALLEST_PART} rows or more in every one of the last deliveries is in this one."))
        told.append(
            _usual(
                f"kept:{name}",
                f"Each {_words(name)} that had {SMALLEST_PART} rows or more in every one of the last deliveries has at least half of its usual rows.",
            )
        )
    told.append(_usual("on_time", "The next delivery is not overdue by the source's calendar."))
    return Suite(f"{table.qualified}, against earlier deliveries", table, tuple(told))


def dimensions(source: str) -> list[str]:
    """The columns by which the source's mix is watched."""
    columns = {column.name for column in CONTRACTS[source].delivered if not column.personal}
    return [name for name in DIMENSIONS if name in columns]


def measured(con: duckdb.DuckDBPyConnection, source: str, relation: str, point_id: str) -> list[Point]:
    """Gaps by column and mix by dimension of a delivery: shares of its rows, without a value of anybody."""
    # An extract of an earlier version of the contract lacks what came later; its shape is judged elsewhere.
    there = {row[0] for row in con.execute(f"describe from {relation}").fetchall()}
    columns = [column for column in _gaps(source) if column.name in there]
    counted = ", ".join(f'count(*) - count("{column.name}")' for column in columns)
    row = con.execute(f"select count(*), {counted} from {relation}").fetchall()[0]  # noqa: S608 - declared names
    rows = int(row[0])
    if not rows:
        return []
    points = [Point("missing", column.name, "", point_id, count / rows) for column, count in zip(columns, row[1:], strict=True)]
    for name in filter(there.__contains__, dimensions(source)):
        parts: dict[str, int] = defaultdict(int)
        for part, count in _part_counts(con, name, relation):
            parts[str(part) if part is not None and count >= SMALLEST_PART else POOLED] += count
        points += [Point("mix", name, part, point_id, count / rows) for part, count in sorted(parts.items())]
    return points


def rare(con: duckdb.DuckDBPyConnection, source: str, relation: str) -> set[tuple[str, str]]:
    """Dimension and part of those with a row or more in the delivery, yet too few to be told apart: they are not missing. Never kept."""
    there = {row[0] for row in con.execute(f"describe from {relation}").fetchall()}
    names = filter(there.__contains__, dimensions(source))
    return {(name, str(part)) for name in names for part, count in _part_counts(con, name, relation) if part is not None and count < SMALLEST_PART}


def _part_counts(con: duckdb.DuckDBPyConnection, name: str, relation: str) -> list[tuple[object, int]]:
    return con.execute(f'select "{name}"::varchar, count(*) from {relation} group by 1').fetchall()  # noqa: S608 - a declared name


def missing_parts(source: str, points: Iterable[Point], point_id: str, rare: Collection[tuple[str, str]] = ()) -> dict[str, list[str]]:
    """By expectation, the parts of which this delivery has no row though each of the last had enough to tell it apart.

    A school, a landlord or a code, never a person: personal columns are no dimensions. One that closed is missing once, from the first delivery
    without it; for those after it that delivery is among the last. A share would not do: one school of five hundred is a fifth of a hundredth.
    """
    now, before = _split(points, point_id)
    found = {}
    for name in dimensions(source):
        steady = _steady(name, [past for past in before if _knows(past, "mix", name)])
        found[f"there:{name}"] = [part for part in steady if ("mix", name, part) not in now and (name, part) not in rare]
    return found


def shrunk_parts(source: str, points: Iterable[Point], point_id: str, rare: Collection[tuple[str, str]] = ()) -> dict[str, list[str]]:
    """By expectation, the parts that are there with less than half of their usual rows: of five hundred schools one that sent a single class."""
    now, before = _split(points, point_id)
    found = {}
    for name in dimensions(source):
        known = [past for past in before if _knows(past, "mix", name) and _knows(past, "volume", "")]
        found[f"kept:{name}"] = [part for part in _steady(name, known) if _is_shrunk(("mix", name, part), now, known, is_rare=(name, part) in rare)]
    return found


def _is_shrunk(key: _Key, now: Series, known: list[Series], *, is_rare: bool) -> bool:
    usual = median(_rows(past, key) for past in known)
    # Of a rare part only that it has some rows, fewer than can be told apart, is known.
    rows = SMALLEST_PART - 1 if is_rare else _rows(now, key)
    return rows > 0 and usual - rows >= SHRUNK_ROWS and rows < SHRUNK_SHARE * usual


def _rows(of: Series, key: _Key) -> float:
    return of.get(key, 0) * of.get(("volume", "", ""), 0)


def offending_parts(source: str, points: Iterable[Point], point_id: str, rare: Collection[tuple[str, str]] = ()) -> dict[str, list[str]]:
    """By expectation, the parts that are missing or nearly gone."""
    points = list(points)
    return missing_parts(source, points, point_id, rare) | shrunk_parts(source, points, point_id, rare)


def in_words(expectation: str, description: str, offending: list[str]) -> str:
    """An expectation's sentence, with the parts that do not meet it named."""
    if not offending:
        return description
    named = [part if len(part) <= _LETTERS else f"{part[: _LETTERS - 1]}\u2026" for part in offending[:_NAMED]]
    more = f" and {len(offending) - _NAMED:,} more" if len(offending) > _NAMED else ""
    word, ask = ("With far fewer", "rows were left out") if expectation.startswith("kept:") else ("Missing", "they were left out")
    return f"{description} {word}: {', '.join(named)}{more}. Ask the supplier whether {ask}."


def counts(
    source: str, points: Iterable[Point], point_id: str, rows: int, days_late: int | None, rare: Collection[tuple[str, str]] = ()
) -> dict[str, tuple[int, int]]:
    """Checked and unexpected rows of each expectation of the suite; nothing is checked until FEWEST deliveries came before.

    Of the parts that must be there it is parts that are counted; `rare` are those of this delivery that are too few to be among its points.
    """
    points = list(points)
    now, before = _split(points, point_id)
    offending = offending_parts(source, points, point_id, rare)
    found: dict[str, tuple[int, int]] = {}
    for expectation in suite(source).expectations:
        kind, _, name = expectation.name.partition(":")
        if kind == "on_time":
            found[expectation.name] = int(days_late is not None), max(days_late or 0, 0)
        elif kind in ("there", "kept"):
            steady = _steady(name, [past for past in before if _knows(past, "mix", name)])
            found[expectation.name] = len(steady), len(offending[expectation.name])
        else:
            found[expectation.name] = _counted(kind, name, now, before, rows)
    return found


def _counted(kind: str, name: str, now: Series, before: list[Series], rows: int) -> tuple[int, int]:
    known = [past for past in before if _knows(past, kind, name)]
    if len(known) < FEWEST:
        return 0, 0
    if kind == "volume":
        usual = median(past["volume", "", ""] for past in known)
        off = abs(now.get(("volume", "", ""), 0) - usual)
        return rows, round(off) if off > VOLUME_SHARE * usual else 0
    if kind == "missing":
        more = now.get(("missing", name, ""), 0) - median(past["missing", name, ""] for past in known)
        return rows, round(more * rows) if more > MISSING_POINTS else 0
    parts = sorted({part for past in [now, *known] for of, series, part in past if (of, series) == ("mix", name)} - {POOLED})
    moved = sum(abs(now.get(("mix", name, part), 0) - median(past.get(("mix", name, part), 0) for past in known)) for part in parts) / 2
    return rows, round(moved * rows) if moved > MIX_SHARE else 0


def _steady(name: str, known: list[Series]) -> list[str]:
    """Parts of a dimension that every delivery known had apart; none while there are too few to say."""
    if len(known) < FEWEST:
        return []
    parts = {part for of, series, part in known[0] if (of, series) == ("mix", name)} - {POOLED}
    return sorted(part for part in parts if all(("mix", name, part) in past for past in known))


def _knows(past: Series, kind: str, name: str) -> bool:
    return any((of, series) == (kind, name) for of, series, _ in past)


def _split(points: Iterable[Point], point_id: str) -> tuple[Series, list[Series]]:
    by_delivery: dict[str, Series] = defaultdict(dict)
    for point in points:
        by_delivery[point.point_id][point.kind, point.series, point.part] = point.value
    return by_delivery.pop(point_id, {}), list(by_delivery.values())


def days_late(as_of: date, delivered: date, every_days: int, grace_days: int) -> int:
    """Days by which the next delivery is overdue; none or fewer when it is not."""
    return (as_of - delivered).days - every_days - grace_days


def _gaps(source: str) -> list[Column]:
    """Columns that may be empty."""
    return [column for column in CONTRACTS[source].delivered if not column.required]


def _usual(name: str, description: str) -> Expectation:
    return Expectation(name, Kind.USUAL, description, "warning")


def _words(name: str) -> str:
    return name.replace("_", " ")
