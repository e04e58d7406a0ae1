"""What has been kept as long as it may be goes, is noted without a person, and what rested on it still explains itself."""

import json
import shutil
from datetime import date, datetime, timedelta

import pytest
from typer.testing import CliRunner

from pipelines import authority, cohort, ingest, provenance, publications, purge, rebuild, receipts, report
from pipelines.cli import app
from pipelines.errors import BadInput, WrongUsage
from pipelines.settings import Settings
from schemas import purposes
from tests.support import deliveries, flow_runs

SECOND = date(2026, 11, 22)
# Calderbrook keeps police extracts for 2,190 days: both deliveries are past their time, and only the first is out of use.
YEARS_ON = datetime(2032, 12, 1, 9, 0)  # noqa: DTZ001 - the setting takes it for UTC


@pytest.fixture(scope="module")
def weeks(tmp_path_factory):
    """A home with two lists, of which the second stands on a later police delivery; to be copied."""
    settings = flow_runs.refreshed(tmp_path_factory.mktemp("weeks"))
    folder = settings.landing_dir / "police_asb"
    (folder / f"asb_extract_{SECOND:%Y%m%d}.csv").write_bytes(next(folder.iterdir()).read_bytes() + b"\n")
    flow_runs.refresh(settings, flow_runs.AS_OF + timedelta(days=1))
    return settings


@pytest.fixture
def aged(weeks, tmp_path):
    """The same home six years on."""
    shutil.copytree(weeks.home, tmp_path / "home", symlinks=True)
    return Settings(home=tmp_path / "home", clock=YEARS_ON)


@pytest.fixture
def purged(aged):
    purge.purge(council(aged), aged, "an analyst")
    return aged


def council(settings):
    return authority.find(flow_runs.AUTHORITY, settings)


def first_police(settings):
    return next(row for row in receipts.receipts(settings) if row["source"] == "police_asb")


def listed(settings):
    return sorted(path.relative_to(settings.home).as_posix() for path in settings.home.rglob("*") if path.is_file() and ".lock" not in path.name)


def run_ids(settings):
    """Runs by week, the earliest first."""
    return [row["run_id"] for row in reversed(cohort.history(settings))]


def families(settings, *arguments):
    env = {"FAMILIES_CLOCK": settings.clock.isoformat(), "FAMILIES_AUTHORITIES": str(settings.authorities) if settings.authorities else None}
    return CliRunner().invoke(app, [*arguments, "--home", str(settings.home)], env=env, catch_exceptions=False)


def test_nothing_is_due_before_its_time(weeks):
    assert purge.due(council(weeks), weeks) == []


def test_an_extract_may_be_kept_through_its_last_day(aged):
    last = purposes.last_day(first_police(aged)["delivered_date"], 2190)
    on = {day: aged.model_copy(update={"clock": datetime.combine(day, datetime.min.time())}) for day in (last, last + timedelta(days=1))}
    assert [row["source"] for row in purge.due(council(aged), on[last])].count("police_asb") == 0
    assert [row["source"] for row in purge.due(council(aged), on[last + timedelta(days=1)])].count("police_asb") == 1


@pytest.fixture(scope="module")
def without_police(weeks, tmp_path_factory):
    """The home of two lists some days on, under a council that keeps police extracts for five days, refreshed: what the command said."""
    folder = tmp_path_factory.mktemp("short")
    shutil.copytree(weeks.home, folder / "home", symlinks=True)
    shutil.copytree(authority.find(flow_runs.AUTHORITY, weeks).folder, folder / "authorities" / flow_runs.AUTHORITY)
    profiles = folder / "authorities" / flow_runs.AUTHORITY / "extracts.yml"
    before, police, after = profiles.read_text(encoding="utf-8").partition("police_asb:")
    profiles.write_text(before + police + after.replace("keep_days: 2190", "keep_days: 5", 1), encoding="utf-8")
    settings = Settings(home=folder / "home", authorities=folder / "authorities", clock=datetime(2026, 11, 28, 9, 0))  # noqa: DTZ001 - taken for UTC
    said = families(settings, "refresh")
    assert said.exit_code == 0
    return settings, said.stderr + said.stdout


def test_a_new_list_stands_on_no_extract_past_its_retention_and_says_so(without_police):
    settings, said = without_police
    run = provenance.load(publications.current_run_id(settings), settings)
    assert run.as_of == date(2026, 11, 28)
    (used,) = (used for used in run.manifest.extracts if used.source == "police_asb")
    assert (used.extract_id, used.is_past_retention) == (None, True)
    assert "police_asb: 2 files refused, as told above; the extract delivered on 2026-11-22 is past its retention" in said
    assert "past its retention (2026-11-27), not used: its criteria are not assessed" in said


def test_what_such_an_extract_would_tell_is_not_assessed_for_that_reason_and_a_gate_warns(without_police):
    settings, _ = without_police
    run = provenance.load(publications.current_run_id(settings), settings)
    with run.open(read_only=True) as con:
        reasons = con.execute("select distinct assessment, reason from cohort.household_criterion where criterion_id = 'crime_asb.asb'").fetchall()
        gate = con.execute("select severity, offender_count, is_passed from audit.gate where gate = 'extract_past_retention'").fetchall()
        leaving = con.execute("select count(*) from cohort.change where change = 'left' and silent_sources = ''").fetchall()
    assert reasons == [("not_assessed", "Not assessed: the extract of police_asb delivered on 2026-11-22 is past its retention and is not used.")]
    assert gate == [("warning", 1, False)]
    assert leaving == [(0,)]


def test_the_report_marks_the_source_whose_extract_is_past_its_retention(without_police):
    settings, _ = without_police
    found = report.quality(settings)
    (police,) = (row for row in found["terms"] if row["source"] == "police_asb")
    assert (str(police["kept_until_date"]), police["retention"]) == ("2026-11-27", "ended: the extract is not used")
    page = (settings.reports_dir / f"{found['run_id']}.html").read_text(encoding="utf-8")
    assert '<span class="bad">past its retention</span>, not used' in page


def test_once_no_list_stands_on_it_an_extract_past_its_retention_is_purged(without_police, tmp_path):
    settings, _ = without_police
    shutil.copytree(settings.home, tmp_path / "home", symlinks=True)
    apart = settings.model_copy(update={"home": tmp_path / "home"})
    gone = purge.purge(council(apart), apart, "an analyst")
    assert {row["source"] for row in gone["extracts"]} == {"police_asb"}
    assert purge.due(council(apart), apart) == []
    assert cohort.list_families(apart) is not None


def test_without_delete_all_is_told_and_nothing_changes(aged):
    before = listed(aged)
    done = families(aged, "purge", "--json")
    told = {row["extract_id"]: row["is_in_use"] for row in json.loads(done.stdout)}
    assert len(told) == 5
    assert [extract for extract, is_in_use in told.items() if not is_in_use] == [first_police(aged)["extract_id"]]
    assert listed(aged) == before


def test_only_what_the_list_does_not_stand_on_goes_with_the_tables_that_copied_it(aged):
    gone, (first, second) = first_police(aged)["extract_id"], run_ids(aged)
    before = set(listed(aged))
    assert "With --delete 1 of 5 extracts goes, and the working tables of 1 run with such rows" in families(aged, "purge").stdout
    done = families(aged, "purge", "--delete")
    assert done.exit_code == 0
    assert "1 extract purged, and the working tables of 1 run that held such rows." in done.stdout
    assert "4 extracts in use stay: the current list stands on them. A refresh uses them no longer" in done.stdout
    assert before - set(listed(aged)) == {f"extracts/police_asb/{gone}.duckdb", f"runs/{first}.duckdb"}
    assert set(listed(aged)) - before == {f"extracts/police_asb/purged/{gone}.json"}
    assert publications.current_run_id(aged) == second
    assert purge.purge(council(aged), aged, "an analyst") == {"extracts": [], "runs": []}


def test_the_note_says_what_went_and_not_whose(purged):
    (note,) = purge.notes(purged)
    assert note["purged_date"] == "2032-12-01"
    assert (note["keep_days"], note["purged_by"], note["outcome"]) == (2190, "an analyst", "accepted")
    assert set(note) == {*purge.NOTED, "purged_date", "purged_by"}
    assert families(purged, "purge", "--log").exit_code == 0


def test_a_list_on_a_purged_extract_is_read_and_its_quality_explained_but_it_is_not_made_again(purged):
    first = run_ids(purged)[0]
    assert cohort.list_families(purged, as_at=flow_runs.AS_OF)
    assert report.quality(purged, first)["extracts"]
    with pytest.raises(BadInput, match=r"was purged on 2032-12-01: delivered on 2026-11-20, it could be kept for 2,190 days") as refused:
        rebuild.rebuild(first, purged, lambda step, counts: None)
    assert "not to be put back" in str(refused.value)
    assert "backup" not in str(refused.value)


def test_the_tables_of_its_run_are_said_to_be_gone(purged):
    with pytest.raises(WrongUsage, match="no longer kept"), provenance.load(run_ids(purged)[0], purged).open(read_only=True):
        pass


def test_a_file_delivered_too_long_ago_is_refused_at_the_door(tmp_path):
    settings = deliveries.home(tmp_path).model_copy(update={"clock": YEARS_ON})
    deliveries.put(settings, "police_asb", deliveries.csv_text(deliveries.rows("police_asb")))
    (delivery,) = ingest.ingest(council(settings), "police_asb", YEARS_ON.date(), settings)
    deliveries.refused(delivery, "may be kept for 2,190 days", "Take it out of the landing folder")
    deliveries.nothing_is_kept(settings, "police_asb")
