"""Optional sources: used where the authority has a profile of them, not assessed where it has none; the four others say the same with and without."""

from collections import Counter

import pytest
from typer.testing import CliRunner

import sql
from pipelines import assessment, authority, gates, household, ingest, link, publish, score, verify, what_if
from pipelines.authority import LAYOUT_KEYS
from pipelines.cli import app
from pipelines.settings import Settings, prepare_home
from pipelines.synthetic.layouts import plain_profile
from schemas.extracts import CONTRACTS
from schemas.extracts.needs import EXPECTING, NEEDS, WITHOUT_ADDRESS
from schemas.measure import MEASURES
from schemas.staging import OPTIONAL_SOURCES, REFERENCE_SOURCES, SOURCES
from tests.support import published
from tests.support.deliveries import AS_OF, NOW, accepted, csv_text, rejected
from tests.support.extract_rows import staged
from tests.support.suppliers import a_standardised_borough, an_authority

_NOT_OF_THE_FILE = """
    select source, event_type, from_date, to_date, code, person_role, qualifier, occurrence_id, occurrence_count, arrears_gbp
    from staging.event where source in ('school_attendance', 'police_asb', 'dwp_benefit', 'housing_arrears')
"""


@pytest.fixture(scope="module")
def runs(tmp_path_factory):
    """The borough without and with the optional sources and the council's gazetteer, scored."""
    made = [a_standardised_borough(tmp_path_factory.mktemp("borough"), {}, also, people=1000) for also in ((), (*OPTIONAL_SOURCES, *REFERENCE_SOURCES))]
    for run in made:
        gates.check_landing(run)
        gates.check_staging(run)
        link.link(run)
        household.household(run)
        score.score(run)
    return made


def test_every_optional_source_becomes_records_and_events(runs):
    found = dict(staged(runs[1], "select source, count(distinct record_id) from staging.event group by source"))
    assert set(OPTIONAL_SOURCES) <= set(found)
    assert {source for (source,) in staged(runs[0], "select distinct source from staging.event")} == set(SOURCES)


def test_the_other_sources_tell_the_same_beside_them(runs):
    without, with_them = (Counter(staged(run, _NOT_OF_THE_FILE)) for run in runs)
    assert without == with_them


def test_the_gazetteer_tells_what_addresses_are_and_names_nobody(runs):
    assert staged(runs[0], "select count(*) from staging.address_match") == [(0,)]
    rounds = dict(staged(runs[1], "select match_round, count(*) from staging.address_match group by match_round"))
    known, *_ = staged(runs[1], "select count(*) from staging.person_record where street is not null")
    assert rounds["exact"] > 100
    assert sum(rounds.values()) > 0.85 * known[0]
    assert staged(runs[1], "select count(*) from staging.record_source where source = 'gazetteer'") == [(0,)]
    shells = "select count(*) from staging.person_record where uprn in (select parent_uprn from staging.address_match)"
    assert staged(runs[1], shells) == [(0,)]


def test_an_offence_is_one_whoever_tells_it(runs):
    told = staged(runs[1], "select distinct event_type, person_role, qualifier from staging.event where source = 'youth_justice'")
    assert told
    assert {row[:2] for row in told} == {("proven_offence", "offender")}
    assert {row[2] for row in told} <= {"youth_caution", "conviction"}
    evidence = staged(runs[1], "select count(*) from cohort.evidence where source = 'youth_justice' and criterion_id like '%proven_offence'")
    assert evidence[0][0] > 0


def test_what_if_hears_an_optional_source_as_the_run_did(runs):
    run = runs[1]
    verify.verify(run)
    gates.check_cohort(run)
    published.finish(run, *published.CHECKS)
    publish.publish(run)
    criterion = "child_help.child_in_need"
    met = staged(
        run, "select count(*) from cohort.household_criterion where criterion_id like '%child_in_need' and assessment = 'met' and framework_id = 'tf-2015'"
    )
    assert met[0][0] > 0
    found = what_if.what_if(run.settings, [f"{criterion}.ages={{from: 0, to: 17}}"], "tf-2015")
    (row,) = [row for row in found["by_criterion"] if row["criterion_id"] == criterion]
    assert (row["met_before_count"], row["met_after_count"], row["not_assessed_after_count"]) == (met[0][0], met[0][0], row["not_assessed_before_count"])
    assert (found["would_join_count"], found["would_leave_count"]) == (0, 0)


def test_no_address_is_learnt_from_domestic_abuse(runs):
    (source,) = WITHOUT_ADDRESS
    assert not {column.name for column in CONTRACTS[source].table} & {"address_line_1", "postcode", "uprn"}
    addresses = staged(runs[1], "select count(*), count(postcode), count(uprn), count(street) from staging.person_record where source = 'domestic_abuse'")
    assert addresses[0][0] > 10
    assert addresses[0][1:] == (0, 0, 0)


def test_council_tax_tells_households_where_people_live_and_criteria_nothing(runs):
    ties = dict(staged(runs[1], "select relationship_type, count(*) from staging.relationship where source = 'council_tax' group by all"))
    assert set(ties) == {"jointly_liable_with", "household_member_of"}
    assert staged(runs[1], "select count(*) from linked.household_member where basis = 'council_tax_occupancy'")[0][0] > 50
    assert staged(runs[1], "select count(*) from cohort.evidence where source = 'council_tax'") == [(0,)]
    assert not [name for name, measure in MEASURES.items() if "council_tax" in (*measure.sources, *measure.supplements)]


def test_council_tax_puts_fewer_separated_parents_into_one_home(runs):
    """A school writes one address for both parents; a single person's discount, or an account elsewhere, tells them apart."""
    doubtful = [staged(run, "select count(*) from linked.household_member where basis = 'second_contact'")[0][0] for run in runs]
    assert doubtful[1] < doubtful[0] / 2


def test_both_layouts_of_council_tax_are_read_alike(tmp_path):
    plain = {"Account Reference": "800", "Person Reference": "CT1", "Role": "J", "Title": "Ms", "Forename": "Ada", "Surname": "Okafor"}
    plain |= {"Date of Birth": "", "Address": "10 Mill Road", "Address 2": "", "Postcode": "ZC1 1AA", "UPRN": "100090000001", "From": "01/04/2025", "To": ""}
    other = {"CTAX_ACCT_REF": "800", "PARTY_REF": "CT1", "PARTY_TYPE": "JOINT", "PARTY_NAME": "OKAFOR, Ada (MS)", "PARTY_DOB": ""}
    other |= {"PROPERTY_ADDRESS": "10 Mill Road", "PROPERTY_POSTCODE": "ZC1 1AA", "PROPERTY_UPRN": "100090000001", "LIAB_START": "01-Apr-2025"}
    read = []
    for name, row in (("plain", plain | {"Discount": "SPD"}), ("revenues", other | {"LIAB_END": "31-Dec-2099", "DISC_TYPE": "SPD25"})):
        profile = plain_profile("council_tax").model_dump(mode="json", exclude_defaults=True)
        settings = an_authority(tmp_path / name, {"council_tax": {k: v for k, v in profile.items() if k not in LAYOUT_KEYS} | {"layout": name}}, clock=NOW)
        folder = settings.landing_dir / "council_tax"
        folder.mkdir(parents=True)
        (folder / "council_tax_2026-11-20.csv").write_text(csv_text([row]))
        (delivery,) = ingest.ingest(authority.find("calderbrook", settings), "council_tax", AS_OF, settings)
        assert delivery.outcome == "ingested", delivery.message
        (kept,) = accepted(settings, delivery)
        read.append({name: kept[name] for name in ("account_id", "liability_role", "uprn", "liable_from_date", "liable_to_date", "discount", "postcode")})
    assert read[0] == read[1]
    assert (read[0]["liability_role"], read[0]["discount"]) == ("joint_liable", "single_person")


def test_measures_of_needs_count_what_the_sources_tell_and_nothing_without_them(runs):
    for run, present in zip(runs, (SOURCES, (*SOURCES, *OPTIONAL_SOURCES)), strict=True):
        with run.open() as con:
            reached = {name: _persons(con, run, MEASURES[name]) for name in MEASURES if MEASURES[name].needs}
        if present == SOURCES:
            assert set(reached.values()) == {0}
        else:
            assert len([name for name, count in reached.items() if count]) >= 12


def _persons(con, run, measure):
    values = {"codes": list(measure.needs), "window_from": run.as_of, "window_to": run.as_of}
    assessment.choose_households(con)
    con.execute("create or replace temp table criterion as select 'any' as subject")
    assessment.make(con, "possible_record", acceptance=0.95)
    assessment.make(con, "doubtful_member", acceptance=0.95)
    assessment.make(con, "subject", as_of=run.as_of, school_year_eve=run.as_of, acceptance=0.95)
    assessment.make(con, "member_event", acceptance=0.95)
    return len(con.execute(sql.read(f"score/{measure.statement}"), values).fetchall())


@pytest.mark.parametrize("source", NEEDS)
def test_every_need_of_a_source_that_is_a_problem_is_counted_by_a_measure(source):
    counted = {need for measure in MEASURES.values() if source in measure.sources for need in measure.needs}
    assert counted == set(NEEDS[source]) - {EXPECTING} or source == "youth_justice"


def test_a_measure_is_delivered_by_the_sources_that_are_there():
    offence, care = MEASURES["proven_offence"], MEASURES["child_in_need"]
    assert offence.delivered() == ("police_asb",)
    assert offence.undelivered() == ()
    assert offence.delivered((*SOURCES, "youth_justice")) == ("police_asb", "youth_justice")
    assert not care.is_delivered()
    assert care.undelivered((*SOURCES, "social_care")) == ()


def test_a_row_of_an_unknown_need_is_rejected_and_told(tmp_path):
    settings = an_authority(tmp_path, {"social_care": plain_profile("social_care").model_dump(mode="json", exclude_defaults=True)}, clock=NOW)
    row = {"Reference": "E1", "Person Reference": "C1", "Surname": "Okafor", "Forename": "Ada", "Date of Birth": "05/03/2014", "Sex": "F"}
    row |= {"Address": "10 Mill Road", "Address 2": "", "Postcode": "ZC1 1AA", "Need": "CIN", "Role": "", "From": "01/02/2026", "To": ""}
    table = [row | {"Reference": f"E{n}"} for n in range(9)] + [row | {"Need": "S47"}]
    folder = settings.landing_dir / "social_care"
    folder.mkdir(parents=True)
    (folder / "social_care_2026-11-20.csv").write_text(csv_text(table))
    (delivery,) = ingest.ingest(authority.find("calderbrook", settings), "social_care", AS_OF, settings)
    assert rejected(settings, delivery) == [(11, "allowed", "need_type")]
    assert {row["need_type"] for row in accepted(settings, delivery)} == {"child_in_need"}


def test_a_source_without_a_profile_is_unknown_to_the_command(tmp_path):
    settings = Settings(home=tmp_path)
    prepare_home(settings)
    result = CliRunner().invoke(app, ["ingest", "social_care", "--home", str(tmp_path)])
    assert result.exit_code != 0
    assert "need a profile in extracts.yml" in str(result.exception)
