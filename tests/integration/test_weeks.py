"""A borough delivered week after week: households stay what they are, and every id that comes or goes is told."""

from pathlib import Path

import pytest

from benchmarks.weeks import Week, weeks
from expectations import checkpoints
from pipelines import flow


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> list[Week]:
    """The first weeks of a small borough. Gates judge, but Great Expectations is spared."""
    home: Path = tmp_path_factory.mktemp("weeks") / "home"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(checkpoints, "_validate", lambda name, checks, frame: {check.meta["position"]: True for check in checks})
        patch.setitem(flow.STAGES, "report", lambda run: {})
        return list(weeks(home, people=400, seed=8, count=3))


def test_households_are_right_every_week(year: list[Week]):
    assert all(week.f1 > 0.95 and week.precision > 0.98 for week in year)


def test_nearly_no_household_has_another_id_for_no_reason(year: list[Week]):
    assert sum(week.unchanged for week in year) > 100
    assert sum(week.changed_ids for week in year) <= 2


def test_every_id_that_comes_or_goes_has_its_row_of_lineage(year: list[Week]):
    assert [week.untold_ids for week in year] == [0, 0, 0]
