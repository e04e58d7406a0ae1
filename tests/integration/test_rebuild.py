"""Past lists: shown as they stood, and made again to the byte from what was kept; what stands in the way is named."""

import json
import shutil
from datetime import UTC, date, datetime, time, timedelta

import pytest
from typer.testing import CliRunner

from pipelines import cli, cohort, decisions, flow, individuals, provenance, publications, publish, rebuild, seals, warehouse
from pipelines.errors import BadInput, WrongUsage
from pipelines.settings import Settings
from pipelines.synthetic import generate
from tests.support import flow_runs
from tests.support.families import SHIPPED
from tests.support.flow_runs import AS_OF

WEEKS = [AS_OF + timedelta(days=7 * n) for n in range(3)]


def quiet(step, counts):
    """Progress nobody listens to."""


def refreshed(settings, as_of):
    """A refresh on the day itself."""
    return flow.refresh(flow_runs.AUTHORITY, None, as_of, settings.model_copy(update={"clock": at_noon(as_of)}), quiet)


def at_noon(day):
    return datetime.combine(day, time(12), UTC)


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """Three weekly runs with a decision between the first and the second, and another threshold and other wards from the third on."""
    folder = tmp_path_factory.mktemp("weeks")
    shutil.copytree(SHIPPED, folder / "authorities")
    settings = Settings(home=folder / "home", authorities=folder / "authorities", key="0" * 64)
    _edit(folder / "authorities" / "calderbrook" / "criteria.yml", "  - framework: tf-2015", "  - framework: islington-parents\n  - framework: tf-2015")
    generate(settings.home, 900, 5, AS_OF)
    refreshed(settings, WEEKS[0])
    listed = cohort.list_families(settings)[0]["household_id"]
    decisions.decide_household(listed, "reject", "Told by the test.", "coordinator", settings.model_copy(update={"clock": at_noon(WEEKS[0])}))
    refreshed(settings, WEEKS[1])
    _edit(folder / "authorities" / "calderbrook" / "publication.yml", "acceptance_probability: 0.95", "acceptance_probability: 0.9")
    _edit(folder / "authorities" / "calderbrook" / "wards.csv", "ZC1 1,Alderclough,", "ZC1 1,Newbound,")
    refreshed(settings, WEEKS[2])
    return folder


@pytest.fixture
def settings(home, tmp_path):
    """A copy of the three weeks that a test may damage."""
    shutil.copytree(home, tmp_path / "copy", symlinks=True)
    return Settings(home=tmp_path / "copy" / "home", authorities=tmp_path / "copy" / "authorities", key="0" * 64)


def _edit(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def run_ids(settings):
    """Runs by week, the earliest first."""
    return [row["run_id"] for row in reversed(cohort.history(settings))]


def change_a_byte(path):
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def files(settings):
    return {path.relative_to(settings.home): path.stat().st_mtime_ns for path in settings.home.rglob("*") if path.is_file() and ".lock" not in path.name}


def test_every_weekly_run_is_made_again_to_the_byte_and_nothing_in_use_is_touched(settings):
    before, weeks = files(settings), run_ids(settings)
    assert len(weeks) == 3
    for run_id in weeks:
        found = rebuild.rebuild(run_id, settings, quiet)
        assert (found["is_identical"], found["differences"], found["notes"]) == (True, [], [])
        assert found["rebuilt_sha256"] == publish.digest(publications.path_of(run_id, settings), settings)
    assert files(settings) == before


def test_a_changed_byte_of_an_extract_is_named(settings):
    run_id = run_ids(settings)[1]
    extract = provenance.load(run_id, settings).extract_path("police_asb")
    change_a_byte(extract)
    with pytest.raises(BadInput, match=f"extracts/police_asb/{extract.name} has changed since the run"):
        rebuild.rebuild(run_id, settings, quiet)


@pytest.mark.parametrize(
    ("said", "instead"), [('"2026-11-23"', '"2026-11-22"'), ('"decisions_through": 0', '"decisions_through": 1'), ('"is_stale": false', '"is_stale": true')]
)
def test_a_changed_byte_of_the_manifest_is_named(settings, said, instead):
    first = run_ids(settings)[0]
    _edit(settings.runs_dir / f"{first}.json", said, instead)
    with pytest.raises(BadInput, match=f"runs/{first}.json has changed since the run was started"):
        rebuild.rebuild(first, settings, quiet)


def test_a_missing_extract_is_named(settings):
    run_id = run_ids(settings)[0]
    extract = provenance.load(run_id, settings).extract_path("dwp_benefit")
    extract.unlink()
    with pytest.raises(BadInput, match=f"extracts/dwp_benefit/{extract.name} is missing"):
        rebuild.rebuild(run_id, settings, quiet)


def test_people_one_by_one_are_told_of_the_week_asked_for(settings):
    first, *_ = run_ids(settings)
    told = individuals.individuals(settings, "islington-parents", as_at=WEEKS[0]).rows
    with warehouse.database(settings, publications.path_of(first, settings)) as con:
        known = con.execute("select distinct person_id from cohort.evidence where framework_id = 'islington-parents'").fetchall()
        adults = con.execute("select person_id from cohort.member where member_role = 'adult'").fetchall()
    assert told
    assert {row["run_id"] for row in told} == {first}
    assert {row["person_id"] for row in told} <= {person for (person,) in known} & {person for (person,) in adults}


@pytest.mark.parametrize("name", ["criteria.yml", "name_origins.csv", "wards.csv"])
def test_a_changed_byte_of_the_configuration_kept_is_named(settings, name):
    run = provenance.load(run_ids(settings)[0], settings)
    change_a_byte(seals.kept_root(run) / "calderbrook" / name)
    with pytest.raises(BadInput, match=rf"configurations/\w+/calderbrook/{name} has changed since the run"):
        rebuild.rebuild(run.run_id, settings, quiet)


def test_a_changed_byte_of_the_publication_is_named(settings):
    run_id = run_ids(settings)[2]
    change_a_byte(publications.path_of(run_id, settings))
    found = rebuild.rebuild(run_id, settings, quiet)
    assert found["differences"][0] == f"published/cohort-{run_id}.duckdb has changed since it was published."
    assert found["is_identical"] is not None


def test_a_changed_publication_before_is_named_as_an_input(settings):
    first, second, _ = run_ids(settings)
    change_a_byte(publications.path_of(first, settings))
    with pytest.raises(BadInput, match=f"published/cohort-{first}.duckdb has changed"):
        rebuild.rebuild(second, settings, quiet)


def test_a_publication_before_that_is_no_longer_kept_is_made_again_first(settings):
    first, second, _ = run_ids(settings)
    publications.path_of(first, settings).unlink()
    assert rebuild.rebuild(second, settings, quiet)["is_identical"]


def test_a_missing_publication_is_put_back_when_asked(settings):
    run_id = run_ids(settings)[0]
    path = publications.path_of(run_id, settings)
    digest = publish.digest(path, settings)
    path.unlink()
    found = rebuild.rebuild(run_id, settings, quiet, restore=True)
    assert (found["is_identical"], found["is_restored"]) == (None, True)
    assert publish.digest(path, settings) == digest


def test_rows_that_differ_are_counted_by_table_and_another_version_of_the_program_is_told(settings, monkeypatch):
    run_id = run_ids(settings)[0]
    monkeypatch.setitem(flow.STAGES, "verify", _verify_otherwise(flow.STAGES["verify"]))
    monkeypatch.setattr(provenance, "code_sha256", lambda: "f" * 64)
    found = rebuild.rebuild(run_id, settings, quiet)
    assert found["is_identical"] is False
    assert found["differences"][0] == "cohort.verified_families: 1 rows are in the publication only, 1 in the rebuilt one only."
    assert found["differences"][-1].startswith("Another version of the program")


def _verify_otherwise(verify):
    def changed(run):
        counts = verify(run)
        with run.open() as con:
            con.execute(
                "update cohort.verified_families set reason = 'Otherwise.' where household_id = (select min(household_id) from cohort.verified_families)"
            )
        return counts

    return changed


def test_a_family_suppressed_since_still_stands_on_the_past_list(settings):
    first = run_ids(settings)[0]
    listed = cohort.list_families(settings, as_at=WEEKS[0])[1]["household_id"]
    decisions.decide_household(listed, "suppress", "Told by the test.", "coordinator", settings)
    assert rebuild.rebuild(first, settings, quiet)["is_identical"]


def test_decisions_that_are_gone_are_told(settings):
    second = run_ids(settings)[1]
    (settings.home / "decisions.sqlite").unlink()
    with pytest.raises(BadInput, match="no longer holds the first 1 decisions"):
        rebuild.rebuild(second, settings, quiet)


def test_an_unknown_run_is_refused(settings):
    with pytest.raises(WrongUsage, match="There is no run 2020-01-01-0"):
        rebuild.rebuild("2020-01-01-0", settings, quiet)


def test_the_list_as_at_a_date_is_the_one_that_stood_then(settings):
    first, second, third = run_ids(settings)
    for day, run_id in ((WEEKS[0], first), (WEEKS[1] - timedelta(days=1), first), (WEEKS[1], second), (date(2030, 1, 1), third)):
        assert {row["run_id"] for row in cohort.list_families(settings, as_at=day)} == {run_id}


def test_a_past_list_has_the_wards_of_its_time(settings):
    wards = [{row["ward"] for row in cohort.list_families(settings, status="all", as_at=day)} for day in WEEKS]
    assert wards[0] == wards[1]
    assert wards[2] - wards[1] == {"Newbound"}


def test_a_date_before_the_first_list_is_refused(settings):
    with pytest.raises(WrongUsage, match=f"the first is as of {WEEKS[0]}"):
        cohort.list_families(settings, as_at=WEEKS[0] - timedelta(days=1))


def test_a_list_that_is_no_longer_kept_says_how_to_make_it_again(settings):
    first = run_ids(settings)[0]
    publications.path_of(first, settings).unlink()
    with pytest.raises(WrongUsage, match=f"families rebuild {first} --restore"):
        cohort.list_families(settings, as_at=WEEKS[0])


def test_the_commands_tell_and_end_with_a_code(settings):
    first = run_ids(settings)[0]
    environment = {"FAMILIES_HOME": str(settings.home), "FAMILIES_KEY": "0" * 64, "FAMILIES_AUTHORITIES": str(settings.authorities)}
    listed = CliRunner(env=environment).invoke(cli.app, ["cohort", "list", "--as-at", WEEKS[0].isoformat(), "--json"])
    assert {row["run_id"] for row in json.loads(listed.stdout)} == {first}
    assert isinstance(CliRunner(env=environment).invoke(cli.app, ["cohort", "list", "--as-at", "last week"]).exception, WrongUsage)
    change_a_byte(publications.path_of(first, settings))
    told = CliRunner(env=environment).invoke(cli.app, ["rebuild", first])
    assert told.exit_code == 4
    assert f"published/cohort-{first}.duckdb has changed since it was published." in told.stdout
