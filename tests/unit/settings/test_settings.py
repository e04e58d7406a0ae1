"""The council's day: when it begins, and that nobody looks from a day that has not come."""

import dataclasses
from datetime import UTC, date, datetime, timedelta

import pytest

from pipelines import flow, provenance
from pipelines.cli import common
from pipelines.errors import WrongUsage
from pipelines.settings import Settings
from tests.support import published

TODAY, TOMORROW = date(2026, 11, 23), date(2026, 11, 24)


@pytest.fixture
def settings(tmp_path):
    return published.a_home(tmp_path, clock=datetime(2026, 11, 23, 9, tzinfo=UTC))


@pytest.mark.parametrize(
    ("clock", "day"),
    [
        ("2026-07-14T22:59:00+00:00", date(2026, 7, 14)),
        ("2026-07-14T23:00:00+00:00", date(2026, 7, 15)),
        ("2026-11-23T23:59:00+00:00", date(2026, 11, 23)),
        ("2026-07-14T22:30:00-01:00", date(2026, 7, 15)),
        ("2026-07-14T23:30:00", date(2026, 7, 15)),
    ],
)
def test_the_day_begins_at_midnight_in_london(clock, day, monkeypatch):
    monkeypatch.setenv("FAMILIES_CLOCK", clock)
    assert Settings().today() == day


def test_the_time_is_told_in_utc_whatever_the_clock_is_set_in(monkeypatch):
    monkeypatch.setenv("FAMILIES_CLOCK", "2026-07-15T00:30:00+01:00")
    assert Settings().now() == datetime(2026, 7, 14, 23, 30, tzinfo=UTC)
    assert Settings().now().utcoffset() == timedelta(0)


def test_a_command_takes_today_and_refuses_tomorrow(settings):
    assert common.day(TODAY.isoformat(), settings) == common.day(None, settings) == TODAY
    with pytest.raises(WrongUsage, match="2026-11-24 lies ahead: today is 2026-11-23"):
        common.day(TOMORROW.isoformat(), settings)


def test_no_run_starts_ahead_of_its_day_and_no_file_is_made(settings):
    run = published.a_run(settings)
    ahead = dataclasses.replace(run.manifest, as_of_date=TOMORROW)
    with pytest.raises(WrongUsage, match="lies ahead"):
        provenance.start(ahead, settings)
    assert provenance.run_ids(settings) == [run.run_id]


def test_nothing_is_ingested_ahead_of_its_day(settings):
    with pytest.raises(WrongUsage, match="lies ahead"):
        flow.refresh("calderbrook", None, TOMORROW, settings, lambda step, counts: None)
    assert list(settings.extracts_dir.rglob("*.duckdb")) == []
