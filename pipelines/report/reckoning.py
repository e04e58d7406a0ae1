"""The reckoning for those who see counts alone: the whole, its districts and their wards, so held back together that none tells what another hides."""

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


def joined(districts: Rows, wards: Rows, *, totals_are_told: bool = False) -> tuple[Rows, Rows]:
    """The rows of both tables, of whatever frameworks, with None for every count held back; see `held_back`."""
    told: tuple[Rows, Rows] = [], []
    for framework_id, found in groupby(districts, key=lambda row: row["framework_id"]):
        parts = list(found), [row for row in wards if row["framework_id"] == framework_id]
        for rows, part, counts in zip(told, parts, held_back(*parts, totals_are_told=totals_are_told)[:2], strict=True):
            rows += [row | line for row, line in zip(part, counts, strict=True)]
    return told


def of_anybody(wards: Rows) -> Rows:
    """The rows for a page: without those of unplaced families where a district has none."""
    return [row for row in wards if row["ward"] != UNPLACED or any(row[name] != 0 for name in WARD_STAGES)]


def held_back(
    districts: Sequence[dict[str, Any]], wards: Sequence[dict[str, Any]] = (), *, totals_are_told: bool = False
) -> tuple[Told, Told, dict[str, int | None]]:
    """The stages of one framework's districts, of their wards and of the whole, so held back that all that is told together pins no small count.

    The length of the list is known. So are all totals where `totals_are_told`, as to auditors, who see every status of the whole.
    The wards of a district, with those unplaced, must add up to it.
    """
    whole = {name: sum(int(row.get(name) or 0) for row in districts) for name in WARD_STAGES}
    rows = [whole, *districts, *wards]
    counts = [int(row.get(name) or 0) for row in rows for name in WARD_STAGES]
    unconfirmed = range(len(counts), len(counts) + len(rows))
    counts += [counts[_at(place, "verified")] - counts[_at(place, "confirmed")] for place in range(len(rows))]
    equations = [*_sums(districts, wards), *(_split(place, unconfirmed[place]) for place in range(len(rows)))]
    always = frozenset(_at(0, name) for name in (WARD_STAGES if totals_are_told else ("verified",)))
    kinds = {_at(place, name): name for place in range(len(rows)) for name in WARD_STAGES}
    wanted = frozenset(_at(place, "verified") for place in range(len(rows)))
    held = disclosure.held_back(counts, equations, about=disclosure.Printed(always, frozenset(unconfirmed), kinds, wanted))
    told: Told = [{name: None if (n := _at(place, name)) in held else counts[n] for name in WARD_STAGES} for place in range(len(rows))]
    return told[1 : len(districts) + 1], told[len(districts) + 1 :], told[0]


def _at(place: int, stage: str) -> int:
    return place * len(WARD_STAGES) + WARD_STAGES.index(stage)


def _sums(districts: Sequence[dict[str, Any]], wards: Sequence[dict[str, Any]]) -> list[disclosure.Equation]:
    """What is known between the cells: the districts of the whole, the wards of each district, and what became of those identified."""
    size = len(districts) + 1
    parts = {0: list(range(1, size))}
    for place, district in enumerate(districts, start=1):
        parts[place] = [n for n, ward in enumerate(wards, start=size) if ward["district"] == district["district"]]
    equations: list[disclosure.Equation] = [
        {_at(n, name): 1 for n in within} | {_at(place, name): -1} for place, within in parts.items() for name in WARD_STAGES if within
    ]
    return equations + [{_at(place, name): 1 for name in _IDENTIFIED} | {_at(place, "identified"): -1} for place in range(size + len(wards))]


def _split(place: int, unconfirmed: int) -> disclosure.Equation:
    """Few verified families that nobody confirmed yet are told by the two counts together."""
    return {_at(place, "verified"): 1, _at(place, "confirmed"): -1, unconfirmed: -1}
