"""Figures of the last deliveries are carried from publication to publication, eight of them, and no further."""

from datetime import timedelta

import pytest

from expectations import usual
from pipelines import audit_trail, gates, publish, trends
from schemas.audit import TREND
from tests.support import published

DAYS = 11


@pytest.fixture(scope="module")
def last(tmp_path_factory):
    """The last of eleven daily runs, each published, on one extract."""
    settings = published.a_home(tmp_path_factory.mktemp("days"))
    run = None
    for day in range(DAYS):
        run = published.a_run(settings, published.AS_OF + timedelta(days=day), previous_run_id=run.run_id if run else None)
        gates.check_landing(run)
        published.pass_the_rest(run)
        publish.publish(run)
    return run


def points(run, query="select distinct point_id from audit.trend where kind = 'expectation'"):
    with run.open(read_only=True) as con:
        return con.execute(query).fetchall()


def test_a_run_remembers_the_last_eight_and_itself(last):
    assert len(points(last)) == usual.MOST + 1
    assert (last.run_id,) in points(last)


def test_an_extract_used_for_days_is_one_delivery(last):
    assert points(last, "select count(distinct point_id) from audit.trend where kind = 'volume'") == [(1,)]


def test_checking_again_remembers_nothing_twice(last):
    before = points(last, "from audit.trend order by all")
    gates.check_landing(last)
    assert points(last, "from audit.trend order by all") == before


def test_an_area_of_the_force_that_every_earlier_delivery_had_is_missed_by_name(last, tmp_path):
    run = published.copied(last, tmp_path)
    used = next(used for used in run.manifest.extracts if used.source == "police_asb")
    earlier = [{"point_id": f"earlier {n}", "point_date": published.DELIVERED - timedelta(days=n)} for n in (7, 14, 21)]
    area = {"kind": "mix", "about": "police_asb", "series": "force_area", "part": "Northmere", "value": 0.002}
    with run.open() as con:
        audit_trail.insert(con, TREND, [area | point for point in earlier])
        with audit_trail.delivered(con, run, used) as place:
            told = {outcome.expectation: outcome for outcome in trends.judge(con, run, used, place)}
    found = told["there:force_area"]
    assert (found.is_success, found.checked_count, found.unexpected_count) == (False, 1, 1)
    assert "Missing: Northmere. Ask the supplier" in found.description


def test_nothing_personal_is_remembered(last):
    told = str(points(last, "from audit.trend"))
    assert not any(value in told for value in published.PERSONAL)
