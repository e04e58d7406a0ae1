"""The profile of the list for managers: which problems families have, which of them together, and what households look like; small counts held back."""

from typing import Any

from pipelines import cohort
from pipelines.report import disclosure
from pipelines.settings import Settings
from schemas.cohort import STAGES

Rows = list[dict[str, Any]]

# The indicative number was given by the authority and is about nobody. Identified is the sum of what became of them.
_STAGES = [stage for stage in STAGES if stage != "indicative"]
_IDENTIFIED = ("in_review", "verified", "rejected", "in_service")


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


def reconciliation(settings: Settings) -> Rows:
    """From the indicative number to the verified one, by framework and district; None stands for a count that is held back."""
    found = cohort.reconcile(settings)
    told: Rows = []
    for framework_id in dict.fromkeys(row["framework_id"] for row in found):
        rows = [row for row in found if row["framework_id"] == framework_id]
        told += [row | counts for row, counts in zip(rows, held_back(rows), strict=True)]
    return told


def held_back(rows: Rows) -> list[dict[str, int | None]]:
    """The stages of one framework's districts, so held back that neither a stage's total nor a district's sum tells a small count."""
    cells = [(place, name) for place in range(len(rows)) for name in _STAGES]
    counts = [int(rows[place].get(name) or 0) for place, name in cells]
    at = {cell: n for n, cell in enumerate(cells)}
    equations = [{at[place, name]: 1 for place in range(len(rows))} for name in _STAGES]
    equations += [{at[place, name]: 1 for name in _IDENTIFIED} | {at[place, "identified"]: -1} for place in range(len(rows))]
    # Few verified families that nobody confirmed yet are told by the two counts together.
    few = {at[n, "confirmed"] for n in range(len(rows)) if 0 < counts[at[n, "verified"]] - counts[at[n, "confirmed"]] < disclosure.SMALL}
    held = disclosure.held_back(counts, equations, {n for n in few if counts[n]})
    return [{name: None if at[place, name] in held else counts[at[place, name]] for name in _STAGES} for place in range(len(rows))]


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
    held = disclosure.held_back(cells, equations, few_without)
    for place, row in enumerate([*overlaps, *problems]):
        row["family_count"] = None if place in held else row["family_count"]
