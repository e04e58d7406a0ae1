"""The reckoning for those who see counts alone: districts and their wards together, so held back that neither table tells what the other hides."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from pipelines import cohort
from pipelines.report import disclosure
from pipelines.settings import Settings
from schemas.cohort import UNPLACED, WARD_STAGES

Rows = list[dict[str, Any]]
Told = list[dict[str, int | None]]

# Identified is the sum of what became of them.
_IDENTIFIED = ("in_review", "verified", "rejected", "in_service")


def by_district(settings: Settings) -> Rows:
    """From the indicative number to the verified one, by framework and district; None stands for a count that is held back."""
    return joined(cohort.reconcile(settings), cohort.reconcile_wards(settings))[0]


def by_ward(settings: Settings) -> Rows:
    """As `by_district`, by framework, district and ward, without the indicative number; none where no wards are told."""
    return joined(cohort.reconcile(settings), cohort.reconcile_wards(settings))[1]


def joined(districts: Rows, wards: Rows) -> tuple[Rows, Rows]:
    """The rows of both tables, of whatever frameworks, with None for every count held back."""
    told: tuple[Rows, Rows] = [], []
    for framework_id, found in groupby(districts, key=lambda row: row["framework_id"]):
        parts = list(found), [row for row in wards if row["framework_id"] == framework_id]
        for rows, part, counts in zip(told, parts, held_back(*parts), strict=True):
            rows += [row | line for row, line in zip(part, counts, strict=True)]
    return told


def of_anybody(wards: Rows) -> Rows:
    """The rows for a page: without those of unplaced families where a district has none."""
    return [row for row in wards if row["ward"] != UNPLACED or any(row[name] != 0 for name in WARD_STAGES)]


def held_back(districts: Sequence[dict[str, Any]], wards: Sequence[dict[str, Any]] = ()) -> tuple[Told, Told]:
    """The stages of one framework's districts and of their wards, so held back that no total, no district's sum and no row's sum tells a small count.

    The totals of the whole authority are taken to be known. The wards of a district, with those unplaced, must add up to it.
    """
    rows = [*districts, *wards]
    counts = [int(row.get(name) or 0) for row in rows for name in WARD_STAGES]
    held = disclosure.held_back(counts, _equations(districts, wards), _few_unconfirmed(counts, len(rows)))
    told: Told = [{name: None if (n := _at(place, name)) in held else counts[n] for name in WARD_STAGES} for place in range(len(rows))]
    return told[: len(districts)], told[len(districts) :]


def _at(place: int, stage: str) -> int:
    return place * len(WARD_STAGES) + WARD_STAGES.index(stage)


def _equations(districts: Sequence[dict[str, Any]], wards: Sequence[dict[str, Any]]) -> list[disclosure.Equation]:
    """What is known between the cells: totals by stage, what became of those identified, and the wards of each district."""
    size = len(districts)
    equations = [{_at(place, name): 1 for place in range(size)} for name in WARD_STAGES]
    equations += [{_at(place, name): 1 for name in _IDENTIFIED} | {_at(place, "identified"): -1} for place in range(size + len(wards))]
    for place, district in enumerate(districts):
        within = [n for n, ward in enumerate(wards, start=size) if ward["district"] == district["district"]]
        equations += [{_at(n, name): 1 for n in within} | {_at(place, name): -1} for name in WARD_STAGES if within]
    return equations


def _few_unconfirmed(counts: list[int], row_count: int) -> set[int]:
    """Few verified families that nobody confirmed yet are told by the two counts together."""
    pairs = [(_at(place, "verified"), _at(place, "confirmed")) for place in range(row_count)]
    return {confirmed for verified, confirmed in pairs if 0 < counts[verified] - counts[confirmed] < disclosure.SMALL and counts[confirmed]}
