"""A borough delivered week after week: households stay what they are, and every id that comes or goes is told."""

from pathlib import Path

import pytest

from benchmarks.weekly import Week
from benchmarks.weeks import judged, quarters, weeks


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> list[Week]:
    """The first weeks of a small borough."""
    home: Path = tmp_path_factory.mktemp("weeks") / "home"
    return list(weeks(home, people=400, seed=8, count=3))


def test_households_are_right_every_week(found: list[Week]):
    assert all(week.f1 > 0.95 and week.precision > 0.98 for week in found)


def test_nearly_no_household_has_another_id_for_no_reason(found: list[Week]):
    assert sum(week.unchanged for week in found) > 100
    assert sum(week.changed_ids for week in found) <= 2


def test_every_id_that_comes_or_goes_has_its_row_of_lineage(found: list[Week]):
    assert [week.untold_ids for week in found] == [0, 0, 0]


def test_a_quarter_tells_the_worst_of_its_weeks(found: list[Week]):
    whole = quarters(found)[-1]
    assert whole[0] == "all 3 weeks"
    assert whole[2] == f"{min(week.f1 for week in found):.4f}"
    assert [line for line in judged(found) if "lineage" in line] == ["held: every id that comes or goes has its row of lineage"]
