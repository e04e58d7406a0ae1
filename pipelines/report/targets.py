"""Whether the list will be as long as was promised by the promised dates: pure reckoning over the weekly lists so far."""

from collections.abc import Mapping, Sequence
from datetime import date
from math import ceil
from typing import Any

# The pace is that of the last weeks: one of the year's first weeks tells nothing about its last.
PACE_DAYS = 56


def tracked(lists: Sequence[tuple[date, int]], targets: Mapping[date, int]) -> list[dict[str, Any]]:
    """Each target with where the list stands, what a week must bring until then, and what it would be at the pace of the last eight weeks.

    Args:
        lists: As-of date and length of each list so far, in any order.
        targets: How many families are to be on the list by a date.
    """
    if not lists:
        return []
    known = sorted(lists)
    return [_of_target(day, wanted, known) for day, wanted in sorted(targets.items())]


def _of_target(day: date, wanted: int, known: list[tuple[date, int]]) -> dict[str, Any]:
    now, listed = known[-1]
    left, missing = max((day - now).days, 0), max(wanted - listed, 0)
    pace = weekly_pace(known)
    expected = listed if not left else None if pace is None else max(round(listed + pace * left / 7), 0)
    return {
        "target_date": day,
        "target_count": wanted,
        "listed_count": listed,
        "missing_count": missing,
        "weeks_left": round(left / 7, 1),
        "needed_per_week": 0 if not missing else ceil(missing * 7 / left) if left else None,
        "pace_per_week": None if pace is None else round(pace, 1),
        "expected_count": expected,
        "standing": _standing(missing, left, expected, wanted),
    }


def weekly_pace(known: Sequence[tuple[date, int]]) -> float | None:
    """Families a week that the list grew by over the last eight weeks; None from one list alone."""
    now, listed = known[-1]
    day, then = next((one for one in known if (now - one[0]).days <= PACE_DAYS), known[-1])
    return (listed - then) * 7 / (now - day).days if day < now else None


def _standing(missing: int, left: int, expected: int | None, wanted: int) -> str:
    if not missing:
        return "reached"
    if not left:
        return "missed"
    if expected is None:
        return "no pace yet"
    return "on course" if expected >= wanted else "behind"
