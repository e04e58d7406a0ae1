"""What each source's rows say happened."""

from datetime import date

import pytest

import sql
from tests.support.extract_rows import a_row, staged, standardised


def test_a_term_gives_sessions_suspensions_and_the_roll(tmp_path):
    rows = [
        a_row("school_attendance", sessions_unauthorised=9),
        a_row("school_attendance", term="summer", academic_year=2025, suspension_count=2, permanent_exclusion_count=1, enrolment_status="off_roll"),
    ]
    run = standardised(tmp_path, {"school_attendance": rows})
    query = "select event_type, source_row, from_date, to_date, code, qualifier, sessions_unauthorised, occurrence_count from staging.event order by 1, 2"
    autumn, summer = (date(2026, 8, 1), date(2026, 12, 31)), (date(2026, 4, 6), date(2026, 7, 31))
    assert staged(run, query) == [
        ("attendance", 2, *autumn, "current", "autumn", 9, None),
        ("attendance", 3, *summer, "off_roll", "summer", 3, None),
        ("permanent_exclusion", 3, *summer, "off_roll", "summer", None, 1),
        ("school_roll", 2, autumn[0], None, "current", "autumn", None, None),
        ("suspension", 3, *summer, "off_roll", "summer", None, 2),
    ]


def test_the_roll_is_that_of_the_newest_term_delivered(tmp_path):
    rows = [
        a_row("school_attendance", term="summer", academic_year=2025),
        a_row("school_attendance", term="spring", academic_year=2025, enrolment_status="not_on_roll"),
    ]
    run = standardised(tmp_path, {"school_attendance": rows})
    assert staged(run, "select code, from_date, to_date from staging.event where event_type = 'school_roll'") == [
        ("current", date(2026, 4, 6), date(2026, 7, 31))
    ]


# record type, role and disposal of a police row, and what it counts as
POLICE = """
incident      suspect      none                  asb_incident
incident      offender     none                  asb_incident
incident      perpetrator  none                  asb_incident
incident      victim       none                  police_contact
incident      witness      none                  police_contact
incident      caller       none                  police_contact
incident      other        none                  police_contact
intervention  perpetrator  none                  asb_intervention
intervention  victim       none                  police_contact
crime         offender     conviction            proven_offence
crime         suspect      youth_caution         proven_offence
crime         offender     caution               proven_offence
crime         offender     community_resolution  police_contact
crime         suspect      none                  police_contact
crime         suspect      -                     police_contact
crime         victim       conviction            police_contact
"""


def test_only_perpetrators_and_proven_offences_count_against_a_person(tmp_path):
    lines = [line.split() for line in POLICE.strip().splitlines()]
    rows = [
        a_row("police_asb", occurrence_id=f"O{number}", record_type=kind, person_role=role, disposal=None if disposal == "-" else disposal)
        for number, (kind, role, disposal, _) in enumerate(lines)
    ]
    run = standardised(tmp_path, {"police_asb": rows})
    found = staged(run, "select person_role, event_type from staging.event order by source_row")
    assert found == [(role, event_type) for _, role, _, event_type in lines]


# record type, role and disposal of two rows of one person in one occurrence, and what the first counts as
TWO_ROLES = """
incident      suspect  none        victim   police_contact
incident      suspect  none        witness  police_contact
incident      suspect  none        caller   police_contact
incident      suspect  none        other    asb_incident
intervention  suspect  none        victim   asb_intervention
crime         suspect  conviction  victim   proven_offence
"""


@pytest.mark.parametrize("line", TWO_ROLES.strip().splitlines())
@pytest.mark.parametrize("reference", ["N001", None], ids=["by reference", "by name"])
def test_an_incident_does_not_count_against_its_own_victim_unless_a_row_says_so_on_its_own(tmp_path, line, reference):
    kind, role, disposal, other, counts_as = line.split()
    about = {"record_type": kind, "source_person_id": reference}
    rows = [a_row("police_asb", person_role=role, disposal=disposal, **about), a_row("police_asb", person_role=other, **about)]
    run = standardised(tmp_path, {"police_asb": rows})
    assert staged(run, "select event_type from staging.event order by source_row")[0] == (counts_as,)
    assert len(staged(run, sql.read("gate/two_roles_in_an_incident"))) == (kind == "incident" and other != "other")


def test_a_victim_of_one_incident_may_be_the_suspect_of_another(tmp_path):
    rows = [a_row("police_asb"), a_row("police_asb", person_role="victim", occurrence_id="OCC2")]
    run = standardised(tmp_path, {"police_asb": rows})
    assert staged(run, "select event_type from staging.event order by source_row") == [("asb_incident",), ("police_contact",)]


def test_a_crime_and_an_incident_of_one_night_stay_two_events(tmp_path):
    rows = [a_row("police_asb"), a_row("police_asb", occurrence_id="C9", record_type="crime", disposal="caution")]
    run = standardised(tmp_path, {"police_asb": rows})
    assert staged(run, "select occurrence_id, event_type, qualifier from staging.event order by 1") == [
        ("C9", "proven_offence", "caution"),
        ("OCC1", "asb_incident", "N"),
    ]


def test_universal_credit_alone_says_whether_the_claimant_works(tmp_path):
    expected = [
        ("UC", "searching", False),
        ("UC", "no_work_related", False),
        ("UC", "working_with_requirements", True),
        ("UC", "working_no_requirements", True),
        ("UC", None, None),
        ("JSA", None, None),
    ]
    run = standardised(tmp_path, {"dwp_benefit": [a_row("dwp_benefit", benefit_type=benefit, conditionality=regime) for benefit, regime, _ in expected]})
    assert staged(run, "select code, qualifier, is_in_work from staging.event order by source_row") == expected


def test_earnings_tell_of_work_where_no_regime_is_given_and_a_regime_outdoes_them(tmp_path):
    told = [("UC", None, "420.50", True), ("UC", None, "0", False), ("UC", "searching", "90", False), ("UC", None, None, None), ("ESA", None, "60", None)]
    rows = [a_row("dwp_benefit", benefit_type=benefit, conditionality=regime, earnings_gbp=earned) for benefit, regime, earned, _ in told]
    run = standardised(tmp_path, {"dwp_benefit": rows})
    assert [row[0] for row in staged(run, "select is_in_work from staging.event order by source_row")] == [is_in_work for *_, is_in_work in told]


def test_an_award_is_the_claimants_and_not_the_partners(tmp_path):
    run = standardised(tmp_path, {"dwp_benefit": [a_row("dwp_benefit", partner_surname="JONES", partner_forename="BOB")]})
    assert staged(run, "select role from staging.event join staging.person_record using (record_id)") == [("claimant",)]


def test_each_tenant_owes_the_accounts_rent_and_a_member_does_not(tmp_path):
    rows = [
        a_row("housing_arrears"),
        a_row("housing_arrears", source_person_id="T2", tenant_role="joint_tenant", forename="Bob"),
        a_row("housing_arrears", source_person_id="T3", tenant_role="household_member", forename="Ben"),
    ]
    run = standardised(tmp_path, {"housing_arrears": rows})
    query = (
        "select person_role, occurrence_id, code, weekly_rent_gbp::float, arrears_gbp::float, technical_arrears_gbp::float, is_breathing_space"
        " from staging.event order by 1"
    )
    assert staged(run, query) == [(role, "A1", "letter", 110.0, 950.0, 330.0, False) for role in ("joint_tenant", "tenant")]


def test_a_tenancy_without_a_first_day_holds_from_the_balance(tmp_path):
    run = standardised(tmp_path, {"housing_arrears": [a_row("housing_arrears", tenancy_from_date=None)]})
    assert staged(run, "select from_date, to_date from staging.event") == [(date(2026, 11, 20), None)]
