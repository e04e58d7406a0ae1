"""Each of the last ten weekly lists is made again to the byte, and one byte changed in what one rests on is found and named."""

import shutil
from datetime import UTC, datetime, time, timedelta

import pytest

from expectations import checkpoints
from pipelines import cohort, decisions, flow, provenance, publications, publish, rebuild
from pipelines.errors import BadInput
from pipelines.settings import Settings
from pipelines.synthetic import generate
from tests.support import flow_runs
from tests.support.families import SHIPPED
from tests.support.flow_runs import AS_OF

WEEKS = [AS_OF + timedelta(days=7 * n) for n in range(10)]


def quiet(step, counts):
    """Progress nobody listens to."""


def on_the_day(settings, day):
    return settings.model_copy(update={"clock": datetime.combine(day, time(12), UTC)})


@pytest.fixture(scope="module")
def settings(tmp_path_factory):
    """Ten weekly lists of a tiny borough: a new delivery, decisions and an edited rule in between. Gates judge, but Great Expectations is spared."""
    folder = tmp_path_factory.mktemp("ten-weeks")
    shutil.copytree(SHIPPED, folder / "authorities")
    extracts = folder / "authorities" / "calderbrook" / "extracts.yml"
    extracts.write_text(extracts.read_text(encoding="utf-8").replace("stale_after_days: 35", "stale_after_days: 365"), encoding="utf-8")
    made = Settings(home=folder / "home", authorities=folder / "authorities", key="0" * 64, threads=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(checkpoints, "_validate", lambda name, checks, frame: {check.meta["position"]: True for check in checks})
        patch.setitem(flow.STAGES, "report", lambda run: {})
        for number, day in enumerate(WEEKS):
            if number in (0, 5):
                generate(made.home, 400, 5, day)
            if number == 7:
                criteria = folder / "authorities" / "calderbrook" / "publication.yml"
                criteria.write_text(
                    criteria.read_text(encoding="utf-8").replace("acceptance_probability: 0.95", "acceptance_probability: 0.9"), encoding="utf-8"
                )
            flow.refresh(flow_runs.AUTHORITY, "tf-2015", day, on_the_day(made, day), quiet)
            if number == 2:
                listed = cohort.list_families(made)[0]["household_id"]
                decisions.decide_household(listed, "reject", "Told by the test.", "coordinator", on_the_day(made, day))
    return on_the_day(made, WEEKS[-1])


@pytest.fixture(scope="module")
def weeks(settings):
    """Runs by week, the earliest first."""
    return [row["run_id"] for row in reversed(cohort.history(settings))]


def test_ten_weeks_are_made_again_to_the_byte(settings, weeks):
    assert len(weeks) == 10
    for run_id in weeks:
        found = rebuild.rebuild(run_id, settings, quiet)
        assert (found["is_identical"], found["differences"]) == (True, []), run_id
    assert len({publish.digest(publications.path_of(run_id, settings), settings) for run_id in weeks}) == 10


def test_one_byte_changed_is_named_for_every_week_that_rests_on_it_and_for_no_other(settings, weeks):
    extract = provenance.load(weeks[6], settings).extract_path("police_asb")
    content = extract.read_bytes()
    place = len(content) // 2
    extract.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
    try:
        for run_id in weeks[5:]:
            with pytest.raises(BadInput, match=f"extracts/police_asb/{extract.name} has changed since the run"):
                rebuild.rebuild(run_id, settings, quiet)
        assert rebuild.rebuild(weeks[4], settings, quiet)["is_identical"]
    finally:
        extract.write_bytes(content)
