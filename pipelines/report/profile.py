"""The profile of the list for managers: which problems families have, which of them together, and what households look like; small counts held back."""

from typing import Any

from pipelines import cohort
from pipelines.report import disclosure
from pipelines.settings import Settings

Rows = list[dict[str, Any]]


def profile(settings: Settings, *, framework: str | None = None, status: str = "verified", exact: bool = False) -> dict[str, Any]:
    """Families by problem, by exact set of problems, and by shape of household; None stands for a count that is held back.

    `exact` holds nothing back: for analysts. How many families there are in all is taken to be known.
    """
    overlaps, shapes = cohort.profile(settings, framework=framework, status=status)
    total = sum(row["family_count"] for row in overlaps)
    problems = _problems(overlaps)
    if not exact:
        _hold_back(problems, overlaps, total)
        held = disclosure.held_back([row["family_count"] for row in shapes], [(dict.fromkeys(range(len(shapes)), 1))])
        shapes = [row | {"family_count": None if n in held else row["family_count"]} for n, row in enumerate(shapes)]
    for row in problems:
        row["share"] = None if row["family_count"] is None or not total else round(row["family_count"] / total, 3)
    return {"status": status, "family_count": total, "is_exact": exact, "problems": problems, "overlaps": overlaps, "shapes": shapes}


def _problems(overlaps: Rows) -> Rows:
    names = sorted({name for row in overlaps for name in _names(row)})
    counts = [sum(row["family_count"] for row in overlaps if name in _names(row)) for name in names]
    return sorted(({"headline": name, "family_count": count} for name, count in zip(names, counts, strict=True)), key=lambda row: -row["family_count"])


def _names(row: dict[str, Any]) -> list[str]:
    return [name for name in row["headlines"].split(",") if name]


def _hold_back(problems: Rows, overlaps: Rows, total: int) -> None:
    """Both tables together: a problem's count is the sum of the sets that hold it, so that one table must not tell what the other holds back."""
    cells = [row["family_count"] for row in overlaps] + [row["family_count"] for row in problems]
    of_problems = len(overlaps)
    equations = [dict.fromkeys(range(len(overlaps)), 1)]
    for place, problem in enumerate(problems, start=of_problems):
        equations.append({n: 1 for n, row in enumerate(overlaps) if problem["headline"] in _names(row)} | {place: -1})
    # Few families *without* a problem point at them as few with it do.
    few_without = {place for place, problem in enumerate(problems, start=of_problems) if 0 < total - problem["family_count"] < disclosure.SMALL}
    held = disclosure.fewest_held_back(cells, equations, few_without)
    for place, row in enumerate([*overlaps, *problems]):
        row["family_count"] = None if place in held else row["family_count"]
