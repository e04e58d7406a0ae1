"""Districts with their wards: no small count is told, and none follows from the two tables together, by linear programmes of the test's own."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.report import disclosure, reckoning
from schemas.cohort import WARD_STAGES
from tests.support.ranges import pinned

PARTS = ("in_review", "verified", "rejected", "in_service")
EMPTY = dict.fromkeys(WARD_STAGES, 0)


def a_row(parts, **about):
    counts = EMPTY | dict(zip(PARTS, parts, strict=True))
    return {"framework_id": "f", **about, **counts, "identified": sum(parts)}


def summed(rows, **about):
    return {"framework_id": "f", **about, **{name: sum(row[name] for row in rows) for name in WARD_STAGES}}


def tables(districts):
    """Tables of districts and of wards from the parts of each ward, by district."""
    wards = [a_row(parts, district=f"d{n}", ward=f"w{m}") for n, found in enumerate(districts) for m, parts in enumerate(found)]
    return [summed([w for w in wards if w["district"] == f"d{n}"], district=f"d{n}") for n in range(len(districts))], wards


def known(districts, wards):
    """What an outsider knows beside the cells told: sums that hold, written without the product's own list of them."""
    cells = [("t", "", "", s) for s in WARD_STAGES]
    cells += [("d", d["district"], "", s) for d in districts for s in WARD_STAGES] + [("w", w["district"], w["ward"], s) for w in wards for s in WARD_STAGES]
    at = {cell: n for n, cell in enumerate(cells)}
    lines = []
    for s in WARD_STAGES:
        lines.append({at[cell]: 1 for cell in cells if cell[0] == "d" and cell[3] == s} | {at["t", "", "", s]: -1})
        for d in districts:
            lines.append({at[cell]: 1 for cell in cells if cell[:2] == ("w", d["district"]) and cell[3] == s} | {at["d", d["district"], "", s]: -1})
    lines += [{at[(*row, s)]: 1 for s in PARTS} | {at[(*row, "identified")]: -1} for row in {cell[:3] for cell in cells}]
    return cells, lines


def worked_out(districts, wards):
    """The counts, what is told of them, and the small cells that follow from it though they need not: a lone ward is its district."""
    told_districts, told_wards, whole = reckoning.held_back(districts, wards)
    cells, lines = known(districts, wards)
    counts = dict(enumerate(int(row[name]) for row in (summed(districts), *districts, *wards) for name in WARD_STAGES))
    told = dict(enumerate(line[name] for line in (whole, *told_districts, *told_wards) for name in WARD_STAGES))
    assert [count for n, count in counts.items() if told[n] not in (None, count)] == []
    at_best = {n: count if (cells[n][0] == "t" and cells[n][3] == "verified") or count == told[n] == 0 else None for n, count in counts.items()}
    follow, anyhow = (pinned(counts, shown, lines, lambda n: cells[n][3]) for shown in (told, at_best))
    return counts, told, follow - anyhow


A_SPARSE_WARD = st.tuples(st.sampled_from([0, 1, 1, 6]), st.integers(0, 9), st.sampled_from([0, 1]), st.just(0))
A_WARD = st.tuples(st.integers(0, 12), st.integers(0, 40), st.sampled_from([0, 0, 1, 7]), st.sampled_from([0, 0, 3]))


@settings(max_examples=15, deadline=None)
@given(st.lists(st.lists(st.one_of(A_WARD, A_SPARSE_WARD), min_size=1, max_size=4), min_size=1, max_size=3))
def test_no_small_count_is_told_and_none_follows_from_the_whole_districts_and_wards_together(given_parts):
    districts, wards = tables(given_parts)
    counts, told, follow = worked_out(districts, wards)
    of_list = WARD_STAGES.index("verified")
    assert not any(count is not None and 0 < count < disclosure.SMALL for n, count in told.items() if n != of_list)
    assert follow == set()
    assert any(counts.values()) is any(count != 0 for count in told.values()), "nobody is told of where there is nobody"


def test_a_small_ward_is_not_told_by_its_district_nor_a_small_district_by_its_wards():
    districts, wards = tables([[(0, 30, 0, 0), (0, 3, 0, 0), (0, 25, 0, 0)], [(0, 40, 0, 0), (0, 50, 0, 0)]])
    _, told, _ = reckoning.held_back(districts, wards)
    assert [row["verified"] for row in told] == [30, None, None, 40, 50]
    assert disclosure.held_back([30, 3, 25], [{0: 1, 1: 1, 2: 1}]) == {1, 2}


def test_one_rejected_family_in_the_whole_authority_takes_the_sums_it_stands_in_and_not_the_table():
    districts, wards = tables([[(20, 30, 1, 0), (20, 30, 0, 0)], [(20, 40, 0, 0), (20, 50, 0, 0)]])
    told_districts, told_wards, whole = reckoning.held_back(districts, wards)
    shown = sum(count is not None for row in (*told_districts, *told_wards) for count in row.values())
    assert (told_wards[0]["rejected"], told_districts[0]["rejected"], whole["rejected"]) == (None, None, None)
    assert shown >= 6 * len(WARD_STAGES) - 8


def test_a_district_without_unplaced_families_has_no_row_for_them_on_a_page():
    none = EMPTY | {"district": "d", "ward": "unplaced"}
    kept = [none | {"ward": "w"}, none | {"verified": 7}, none | {"verified": None}]
    assert reckoning.of_anybody([none, *kept]) == kept


def test_a_hundred_and_fifty_wards_are_held_back_so_that_none_follows():
    draw = np.random.default_rng(5)
    parts = [[tuple(int(n) for n in draw.poisson((2, 9, 0.3, 0.5))) for _ in range(15)] for _ in range(10)]
    districts, wards = tables(parts)
    told_districts, told_wards, whole = reckoning.held_back(districts, wards)
    counts = [row[name] for row in (summed(districts), *districts, *wards) for name in WARD_STAGES]
    shown = [line[name] for line in (whole, *told_districts, *told_wards) for name in WARD_STAGES]
    assert not any(count is not None and 0 < count < disclosure.SMALL for count in shown)
    _, lines = known(districts, wards)
    hidden = [n for n, count in enumerate(shown) if count is None]
    # Two tables that agree in all that is told and differ in a hidden cell show that it does not follow: a null vector of the lines that is not 0 there.
    matrix = np.array([[line.get(n, 0) for n in hidden] for line in lines], dtype=float)
    _, sizes, basis = np.linalg.svd(matrix)
    free = basis[(sizes > 1e-9).sum() :]
    assert [n for n, most in zip(hidden, np.abs(free).max(axis=0), strict=True) if most < 1e-9 and 0 < counts[n] < disclosure.SMALL] == []
