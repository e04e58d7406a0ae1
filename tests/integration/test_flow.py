"""The whole flow: what it promises about quality, repetition, staleness, locks and keys."""

import json
import re
import shutil
from datetime import timedelta
from importlib.resources import files

import pytest

from pipelines import cohort, decisions, flow, list_changes, locks, provenance, publications, publish, report, warehouse
from pipelines.errors import AnotherRunAtWork, BadInput, GateRefused, NotAllowed, WrongUsage
from pipelines.settings import Settings
from pipelines.synthetic import generate
from pipelines.synthetic.evaluation import evaluate
from schemas import audit
from schemas import cohort as contract
from tests.support import flow_runs
from tests.support.flow_runs import AS_OF


@pytest.fixture(scope="module")
def quality(tmp_path_factory):
    """A borough of 12,000 people on a seed that neither the model nor a threshold has seen."""
    settings = Settings(home=tmp_path_factory.mktemp("borough"))
    generate(settings.home, 12_000, 2026, AS_OF)
    run_id = flow_runs.refresh(settings)
    return evaluate(provenance.load(run_id, settings).path, settings.home / "truth", settings)


def test_pairs_of_records_are_linked_with_precision_and_recall(quality):
    assert quality["person"]["precision"] >= 0.995
    assert quality["person"]["recall"] >= 0.95


def test_households_are_those_of_the_truth(quality):
    assert quality["household"]["b_cubed"]["f1"] >= 0.93


def test_verified_families_truly_meet_the_rule(quality):
    assert quality["cohort"]["tf-2012"]["verified_count"] > 40
    assert quality["cohort"]["tf-2012"]["verified_true_share"] >= 0.98


def test_families_that_meet_the_rule_and_have_records_are_found(quality):
    assert quality["cohort"]["tf-2012"]["found_share"] >= 0.93


def test_every_published_table_has_the_declared_columns_and_types():
    settings = flow_runs.published()
    with warehouse.database(settings, publications.current_path(settings)) as con:
        for table in (*contract.COHORT_TABLES, *contract.REGISTER_TABLES, *audit.TABLES):
            assert {row[0]: row[1] for row in con.execute(f"describe {table.qualified}").fetchall()} == table.types, table.qualified
            keys = con.execute(f"select count(*), count(distinct ({', '.join(table.key)})) from {table.qualified}").fetchone()  # noqa: S608 - declared names
            assert keys[0] == keys[1], f"{table.qualified} has two rows of one key"


def test_the_same_inputs_in_another_place_and_on_one_thread_instead_of_two_give_the_same_cohort_to_the_row(tmp_path):
    settings = flow_runs.delivered(tmp_path).model_copy(update={"threads": 1})
    first = flow_runs.published()
    flow_runs.refresh(settings)
    assert publications.current_run_id(settings) == publications.current_run_id(first)
    assert flow_runs.current_digest(settings) == flow_runs.current_digest(first)


def _families(settings):
    """Every family with its status, criteria and reason."""
    told = ("household_id", "framework_id", "status", "criteria_met", "reason")
    return [tuple(row[name] for name in told) for row in cohort.list_families(settings, status="all")]


def test_delivering_the_same_files_again_on_a_later_day_lists_the_same_families(tmp_path):
    settings = flow_runs.refreshed(tmp_path)
    before = _families(settings)
    assert before
    for path in list((settings.landing_dir / "police_asb").iterdir()):
        shutil.copy(path, path.with_name("asb_extract_20261121.csv"))
    flow_runs.refresh(settings)
    assert _families(settings) == before


def test_a_source_grown_stale_makes_its_criteria_not_assessed_and_says_so_of_the_families_that_leave(tmp_path):
    settings = flow_runs.refreshed(tmp_path)
    shutil.copytree(files("schemas").joinpath("authorities"), tmp_path / "authorities")
    profile = tmp_path / "authorities" / flow_runs.AUTHORITY / "extracts.yml"
    text = profile.read_text(encoding="utf-8")
    police = text.index("\npolice_asb:")
    profile.write_text(text[:police] + text[police:].replace("stale_after_days: 35", "stale_after_days: 2", 1), encoding="utf-8")
    flow_runs.refresh(settings.model_copy(update={"authorities": tmp_path / "authorities"}))
    with warehouse.database(settings, publications.current_path(settings)) as con:
        found = con.execute("select distinct assessment from cohort.household_criterion where headline = 'crime_asb'").fetchall()
        others = con.execute("select distinct assessment from cohort.household_criterion where headline = 'work' order by 1").fetchall()
    assert found == [("not_assessed",)]
    assert ("met",) in others
    left = [row for row in list_changes.diff(settings) if row["change"] == "left"]
    assert left
    assert all("could not be assessed: the extract of police_asb delivered on 2026-11-20 is too old." in row["reason"] for row in left)
    assert {row["silent_sources"] for row in left} == {"police_asb"}
    assert report.quality(settings)["warning_count"] >= 2


def test_when_every_source_is_stale_the_run_stops_and_the_last_publication_stays(tmp_path):
    settings = flow_runs.refreshed(tmp_path)
    with pytest.raises(GateRefused, match="every_extract_stale") as refused:
        flow_runs.refresh(settings, AS_OF + timedelta(days=60))
    assert refused.value.exit_code == 5
    assert publications.current_run_id(settings) == publications.current_run_id(flow_runs.published())


def test_a_refused_delivery_leaves_the_extract_before_it_in_use(tmp_path):
    settings = flow_runs.refreshed(tmp_path)
    bad = settings.landing_dir / "dwp_benefit" / "DWP_TF_20261121.csv"
    bad.write_text("NINO,SURNAME\nAB123456C,INVENTED\n", encoding="utf-8")
    told = []
    flow.refresh(flow_runs.AUTHORITY, None, AS_OF, settings, lambda step, counts: told.append(counts))
    [refused] = [counts for counts in told if counts.get("outcome") == "refused"]
    assert refused["file_name"] == bad.name
    used = {e.source: e.extract_id for e in provenance.load(publications.current_run_id(settings), settings).manifest.extracts}
    assert used["dwp_benefit"].startswith("dwp_benefit-2026-11-20")
    assert flow_runs.current_digest(settings) == flow_runs.current_digest(flow_runs.published())


def test_a_past_list_made_again_stands_beside_the_current_one(tmp_path):
    settings = flow_runs.refreshed(tmp_path)
    first, digest = publications.current_run_id(settings), flow_runs.current_digest(settings)
    later = flow_runs.refresh(settings, AS_OF + timedelta(days=7))
    assert publications.current_run_id(settings) == later
    again = flow_runs.refresh(settings)
    assert publications.current_run_id(settings) == later
    assert again == first
    assert publish.digest(publications.path_of(again, settings), settings) == digest


def test_a_refresh_told_again_keeps_every_stage_and_leaves_its_files_alone(tmp_path):
    settings = flow_runs.refreshed(tmp_path)
    run = provenance.load(publications.current_run_id(settings), settings)
    files_of_run = [run.path, publications.current_path(settings), settings.reports_dir / "latest.html"]
    before = [path.read_bytes() for path in files_of_run]
    told = {}
    flow.refresh(flow_runs.AUTHORITY, None, AS_OF, settings, told.__setitem__)
    assert all(counts["is_kept"] for stage, counts in told.items() if stage != "ingest")
    assert told["publish"]["is_current"] is True
    assert [path.read_bytes() for path in files_of_run] == before


def test_a_decision_and_a_restored_list_are_both_followed_by_a_run_of_its_own(tmp_path):
    settings = flow_runs.refreshed(tmp_path)
    first = publications.current_run_id(settings)
    family = cohort.list_families(settings)[0]["household_id"]
    decisions.decide_household(family, "reject", "Told by the test.", "coordinator", settings)
    second = flow_runs.refresh(settings)
    flow.restore(first, "Told by the test.", "analyst", settings)
    assert publications.current_run_id(settings) == first
    third = flow_runs.refresh(settings)
    follows = {run_id: provenance.load(run_id, settings).manifest.previous_run_id for run_id in (first, second, third)}
    assert follows == {first: None, second: first, third: first}
    assert publications.current_run_id(settings) == third
    assert flow.run_stage("publish", second, settings)["is_current"] is False
    assert family not in {row["household_id"] for row in cohort.list_families(settings)}


def test_every_file_that_decides_results_is_part_of_the_runs_name(tmp_path, monkeypatch):
    before = provenance.code_sha256()
    for name in ("matching/nicknames.csv", "matching/models/people.json", "schemas/frameworks/tf-2012.yml", "sql/link/link_record.sql"):
        package, _, rest = name.partition("/")
        copy = tmp_path / name.replace("/", "-") / package
        shutil.copytree(files(package), copy)
        (copy / rest).write_text((copy / rest).read_text(encoding="utf-8") + "\n", encoding="utf-8")
        with monkeypatch.context() as patch:
            patch.setattr(provenance, "files", lambda asked, package=package, copy=copy: copy if asked == package else files(asked))
            provenance.code_sha256.cache_clear()
            assert provenance.code_sha256() != before, name
    provenance.code_sha256.cache_clear()
    assert provenance.code_sha256() == before


def test_nothing_delivered_is_told_as_such(tmp_path):
    with pytest.raises(BadInput, match="There is no extract delivered by 2026-11-23"):
        flow_runs.refresh(Settings(home=tmp_path))


def test_a_second_refresh_at_once_is_refused_and_names_the_first(tmp_path):
    settings = flow_runs.delivered(tmp_path)
    with locks.hold("refresh", settings, purpose="refresh of calderbrook at 2026-11-23"), pytest.raises(AnotherRunAtWork) as refused:
        flow_runs.refresh(settings)
    assert "refresh of calderbrook at 2026-11-23" in str(refused.value)
    assert refused.value.exit_code == 7


def test_a_wrong_key_is_refused_in_clear_words_without_the_key(tmp_path):
    settings = flow_runs.refreshed(tmp_path)
    wrong = Settings(home=settings.home, key="0123456789abcdef" * 4)
    with pytest.raises(NotAllowed, match="the key does not open this file") as refused:
        cohort.list_families(wrong)
    assert wrong.key not in str(refused.value)


def test_a_key_that_others_can_read_is_refused(tmp_path):
    settings = flow_runs.refreshed(tmp_path)
    (settings.home / "key").chmod(0o644)
    with pytest.raises(NotAllowed, match="chmod 600"):
        cohort.list_families(settings)


def test_everything_written_is_readable_by_its_owner_only():
    home = flow_runs.published().home
    open_to_others = [
        path for path in home.rglob("*") if not path.is_symlink() and path.stat().st_mode & 0o077 and "landing" not in path.parts and "truth" not in path.parts
    ]
    assert open_to_others == []


def test_every_listed_family_is_explained_down_to_rows_of_delivered_files():
    settings = flow_runs.published()
    delivered = {path.name for path in settings.landing_dir.rglob("*") if path.is_file()}
    for family in cohort.list_families(settings)[:20]:
        found = cohort.explain(family["household_id"], settings)
        met = {row["criterion_id"] for row in found["criteria"] if row["assessment"] == "met" and row["framework_id"] == family["framework_id"]}
        assert met == set(family["criteria_met"].split(","))
        assert met <= {row["criterion_id"] for row in found["evidence"]}
        assert {row["file_name"] for row in found["evidence"]} <= delivered
        assert any(member["member_role"] == "child" for member in found["members"])


def test_an_id_that_nobody_knows_is_wrong_usage():
    with pytest.raises(WrongUsage, match="No publication knows"):
        cohort.explain("nobody", flow_runs.published())


def test_reports_and_counts_hold_no_name_of_the_borough():
    settings = flow_runs.published()
    with provenance.load(publications.current_run_id(settings), settings).open(read_only=True) as con:
        names = {row[0] for row in con.execute("select surname from linked.person where length(surname) > 4").fetchall()}
        addresses = {row[0] for row in con.execute("select address_original from staging.person_record where length(address_original) > 8").fetchall()}
        stages = " ".join(row[0] for row in con.execute("select counts from audit.stage").fetchall())
    text = re.sub(r"(?s)<style>.*</style>", "", (settings.reports_dir / "latest.html").read_text(encoding="utf-8"))
    told = f"{text} {stages} {json.dumps(report.summary(settings), default=str)} {json.dumps(report.quality(settings), default=str)}".upper()
    words = set("".join(letter if letter.isalpha() else " " for letter in told).split())
    # Surnames that are words of the page itself would be found whoever lives in the borough.
    assert {name for name in names if name in words} <= {"PLACE", "CHILD", "SCHOOL"}
    assert not any(address.upper() in told for address in addresses)
