"""Rows of a source reach no output that its purpose does not allow."""

import shutil

import pytest
from typer.testing import CliRunner

from pipelines import authority, cohort, configuration, gates, leaving, publications, review
from pipelines.cli import app
from pipelines.errors import BadConfiguration, GateRefused
from pipelines.settings import Settings
from schemas import purposes
from tests.support import flow_runs, published

DWP = "dwp_benefit"


@pytest.fixture(scope="module")
def settings():
    return flow_runs.published()


@pytest.fixture
def narrowed(settings, tmp_path):
    """The same home under profiles that let benefit rows reach the list and nothing else."""
    shutil.copytree(authority.find(flow_runs.AUTHORITY, settings).folder, tmp_path / flow_runs.AUTHORITY)
    edit(tmp_path, "outputs: [list, evidence, review]", "outputs: [list]")
    return settings.model_copy(update={"authorities": tmp_path})


def edit(folder, old, new):
    path = folder / flow_runs.AUTHORITY / "extracts.yml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_list_for_another_agency_holds_no_family_known_through_benefits(settings, tmp_path):
    every = cohort.list_families(settings, status="all")
    known = [row for row in every if DWP in row["identifying_sources"].split(",")]
    passed_on = cohort.list_families(settings, status="all", output="partner")
    assert known
    assert [row["household_id"] for row in passed_on] == [row["household_id"] for row in every if row not in known]


def test_the_file_for_another_agency_is_that_list_and_the_command_says_how_many_are_kept_back(settings, tmp_path):
    out = tmp_path / "list.csv"
    done = CliRunner().invoke(app, ["cohort", "export", "--out", str(out), "--for", "housing", "--home", str(settings.home)], catch_exceptions=False)
    assert done.exit_code == 0
    text = out.read_text(encoding="utf-8")
    assert DWP not in text
    kept_back = len(cohort.list_families(settings)) - (len(text.splitlines()) - 1)
    assert kept_back > 0
    assert f"{kept_back:,} more are kept back from housing" in done.output


def test_evidence_of_a_barred_source_is_counted_and_not_shown(settings, narrowed):
    family = next(row for row in cohort.list_families(settings) if DWP in row["identifying_sources"])
    whole, told = (cohort.explain(family["household_id"], home) for home in (settings, narrowed))
    of_benefits = [row for row in whole["evidence"] if row["source"] == DWP]
    assert of_benefits
    assert told["evidence"] == [row for row in whole["evidence"] if row not in of_benefits]
    assert (whole["evidence_kept_back_count"], told["evidence_kept_back_count"]) == (0, len(of_benefits))


def test_criteria_that_read_a_barred_source_are_counted_and_not_shown_met_or_not(settings, narrowed):
    family = next(row for row in cohort.list_families(settings) if DWP in row["identifying_sources"])
    whole, told = (cohort.explain(family["household_id"], home) for home in (settings, narrowed))
    shown = {row["criterion_id"] for row in told["criteria"]}
    hidden = {row["criterion_id"]: row["assessment"] for row in whole["criteria"]}.keys() - shown
    assert "work.out_of_work_benefit" in hidden
    assert {"education.unauthorised_absence", "crime_asb.asb"} <= shown
    assert not any(DWP in row["reason"] for row in told["criteria"])
    assert (whole["criteria_kept_back_count"], told["criteria_kept_back_count"]) == (0, len(whole["criteria"]) - len(told["criteria"]))
    done = CliRunner().invoke(
        app, ["cohort", "explain", family["household_id"], "--home", str(settings.home)], env={"FAMILIES_AUTHORITIES": str(narrowed.authorities)}
    )
    assert "criteria are kept back" in done.output
    assert "out_of_work_benefit" not in done.output.partition("Criteria")[2]


def test_pairs_with_a_record_of_a_barred_source_are_not_put_before_a_reviewer(settings, narrowed):
    run_id = publications.current_run_id(settings)
    whole, told = (review.questions(run_id, home, kind="pair") for home in (settings, narrowed))
    assert told == [pair for pair in whole if DWP not in (pair["source_l"], pair["source_r"])]
    assert len(told) < len(whole)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("outputs: [list, evidence, review]", "outputs: [list, partner]", "dwp_benefit rows may not go to 'partner'"),
        ("keep_days: 1825", "keep_days: 4000", "dwp_benefit extracts may be kept for 2,190 days at most"),
        ("outputs: [list, evidence, review]", "outputs: [everywhere]", "there is no 'everywhere'; known: evidence, list, partner, review"),
    ],
)
def test_a_profile_that_widens_what_the_contract_allows_is_refused(narrowed, old, new, told):
    shutil.rmtree(narrowed.authorities / flow_runs.AUTHORITY)
    shutil.copytree(authority.find(flow_runs.AUTHORITY, Settings()).folder, narrowed.authorities / flow_runs.AUTHORITY)
    edit(narrowed.authorities, old, new)
    with pytest.raises(BadConfiguration, match=told):
        configuration.check(authority.find(flow_runs.AUTHORITY, narrowed), None, flow_runs.AS_OF)


def test_a_run_on_an_extract_delivered_after_its_agreement_ended_stops(narrowed, tmp_path):
    edit(narrowed.authorities, "ISA-2024-03, expires: 2027-03-31", "ISA-2024-03, expires: 2026-11-19")
    run = published.a_run(published.a_home(tmp_path, authorities=narrowed.authorities))
    with pytest.raises(GateRefused, match=r"agreement_expired: .* Offenders: 1\. Have the agreement renewed"):
        gates.check_landing(run)


@pytest.mark.parametrize(
    ("old", "new", "offenders"),
    [
        ("ISA-2024-03, expires: 2027-03-31", "ISA-2024-03, expires: 2026-11-22", 0),
        ("ISA-2024-03, expires: 2027-03-31", "ISA-2024-03, expires: 2026-11-22, ends_use: true", 1),
        ("ISA-2024-03, expires: 2027-03-31", "ISA-2024-03, expires: 2026-11-23, ends_use: true", 0),
    ],
)
def test_a_list_as_of_a_day_after_an_agreements_end_stops_where_the_end_ends_the_use(narrowed, tmp_path, old, new, offenders):
    edit(narrowed.authorities, old, new)
    run = published.a_run(published.a_home(tmp_path, authorities=narrowed.authorities))
    if offenders:
        with pytest.raises(GateRefused, match=r"agreement_expired: .* Offenders: 1\. Have the agreement renewed"):
            gates.check_landing(run)
    else:
        gates.check_landing(run)


def test_the_use_of_benefits_ends_with_their_agreement_whatever_the_profile_says(settings):
    profiles = authority.find(flow_runs.AUTHORITY, settings).profiles
    assert not profiles.dwp_benefit.agreement.ends_use
    assert [source for source in profiles.sources if profiles.use_ends_with_agreement(source)] == [DWP]


def test_optional_sources_are_barred_as_the_others_are(settings):
    assert {"domestic_abuse", "health", "substance_misuse", DWP} <= leaving.barred("partner", flow_runs.AUTHORITY, settings)


def test_no_output_is_forgotten_and_benefit_rows_never_go_to_another_agency():
    assert set(purposes.OUTPUTS) == set(purposes.EVERY_OUTPUT)
    assert "partner" not in purposes.terms(DWP).outputs
