"""Any source may come as a set of files: what completes what, which files must be there, and what becomes of rows that stand alone."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pytest
from pydantic import ValidationError

from pipelines import authority, chains, ingest, receipts, warehouse
from pipelines.settings import Settings
from schemas.authority import Profiles
from tests.support import other_sets
from tests.support.attendance_sets import Row, text
from tests.support.deliveries import AS_OF, NOW
from tests.support.suppliers import an_authority

DAY = other_sets.DAY
PATTERN = r"_(?P<date>\d{4}-\d{2}-\d{2})\.csv"
SCHOOL = {
    "layout": "mis_marks",
    "file_pattern": f"pupils{PATTERN}",
    "parts": {name: {"file_pattern": f"{name}s{PATTERN}"} for name in ("session_mark", "off_roll_pupil", "contact")},
}


@pytest.fixture(scope="module")
def council(tmp_path_factory) -> Settings:
    """A council to which schools, the DWP and a landlord deliver sets."""
    keys = {source: other_sets.profile_keys(source) for source in other_sets.LAYOUTS} | {"school_attendance": SCHOOL}
    # Of so few rows one is a large share.
    return an_authority(
        tmp_path_factory.mktemp("council"), {source: change | {"refuse_when_rejected_share_over": 0.5} for source, change in keys.items()}, clock=NOW
    )


def an_account(number: str, **changes: str) -> Row:
    account = {
        "AccountReference": number,
        "LocalAuthority": "Homes",
        "TenancyStartDate": "2019-04-01",
        "TenancyEndDate": ".",
        "WeeklyRent": "110.50",
        "BreathingSpace": "FALSE",
    }
    return account | changes


def a_tenant(account: str, number: str, **changes: str) -> Row:
    person = {
        "AccountReference": account,
        "PersonReference": number,
        "TenantType": "Tenant",
        "Title": "Mrs",
        "TenantFirstName": "Ngozi",
        "TenantSurName": "Okafor",
    }
    home = {"Address1": "10 Mill Road", "Address2": ".", "Address3": ".", "PostCode": "ZC1 1AA", "UPRN": "."}
    return person | {"DateOfBirth": "1986-02-14", "NINumber": "."} | home | changes


def a_balance(account: str, owed: str, day: str = "2026-11-19") -> Row:
    return {"AccountReference": account, "CurrentBalance": owed, "TechnicalArrears": "", "BalanceDate": day}


def an_action(account: str, day: str, code: str) -> Row:
    return {"AccountReference": account, "ActionDate": day, "ActionCode": code}


NO_ACTION = "AccountReference,ActionDate,ActionCode\n"


def deliver(council: Settings, folder, source: str, files: Mapping[str, list[Row] | str]) -> tuple[Settings, ingest.Delivery]:
    """A new home's delivery of these files, by the name up to its date."""
    settings = council.model_copy(update={"home": folder / "home"})
    landing = settings.landing_dir / source
    landing.mkdir(parents=True)
    settings.extracts_dir.mkdir(parents=True, exist_ok=True)
    for name, rows in files.items():
        (landing / f"{name}_{DAY}.csv").write_text(rows if isinstance(rows, str) else text(rows), newline="")
    return settings, ingest.ingest(authority.find("calderbrook", settings), source, AS_OF, settings)[0]


def fetched(settings: Settings, delivery: ingest.Delivery, query: str) -> list[tuple[object, ...]]:
    assert delivery.outcome == "ingested", delivery.message
    with warehouse.database(settings, settings.extracts_dir / delivery.source / f"{delivery.extract_id}.duckdb") as con:
        return con.execute(query).fetchall()


def files_behind(settings: Settings, delivery: ingest.Delivery) -> dict[str, Row]:
    path = settings.extracts_dir / delivery.source / f"{delivery.extract_id}.duckdb"
    with warehouse.connection(settings) as con:
        warehouse.attach(con, settings, path, "delivered")
        return {file["part"]: file for file in chains.files(con)}


def rejected(settings: Settings, delivery: ingest.Delivery) -> list[tuple[str, int, str]]:
    return [(row["file_name"], row["source_row"], row["rule"]) for row in receipts.rejection_rows(delivery.extract_id, settings)]


def test_a_tenants_row_has_the_accounts_last_balance_and_the_stage_of_its_last_action(council, tmp_path):
    files = {
        "housing_arrears": [an_account("A1"), an_account("A2", WeeklyRent="90")],
        "tenants": [a_tenant("A1", "T1"), a_tenant("A1", "T2", TenantType="Joint"), a_tenant("A2", "T3")],
        "balances": [a_balance("A1", "20.00", "2026-11-05"), a_balance("A1", "640.25"), a_balance("A2", "0.00")],
        "actions": [an_action("A1", "2026-11-10", "NTS"), an_action("A1", "2026-10-01", "S01"), an_action("A1", "2026-11-10", "S02")],
    }
    settings, delivery = deliver(council, tmp_path, "housing_arrears", files)
    query = "select source_person_id, tenant_role, weekly_rent_gbp, arrears_gbp, balance_date, arrears_stage from extract.housing_arrears order by 1"
    owed = (Decimal("110.50"), Decimal("640.25"), date(2026, 11, 19), "notice_served")
    assert fetched(settings, delivery, query) == [
        ("T1", "tenant", *owed),
        ("T2", "joint_tenant", *owed),
        ("T3", "tenant", Decimal(90), Decimal(0), date(2026, 11, 19), "none"),
    ]
    assert fetched(settings, delivery, "select as_at_date from extract.receipt") == [(date(2026, 11, 19),)]


def test_a_row_of_a_set_is_told_by_its_file_and_its_number_there(council, tmp_path):
    files = {"housing_arrears": [an_account("A1")], "tenants": [a_tenant("A1", "T1")], "balances": [a_balance("A1", "1.00")], "actions": NO_ACTION}
    settings, delivery = deliver(council, tmp_path, "housing_arrears", files)
    ((row,),) = fetched(settings, delivery, "select source_row from extract.housing_arrears")
    told = files_behind(settings, delivery)
    assert set(told) == {"main", "tenant", "balance", "action"}
    assert row - told["tenant"]["rows_before"] == 2
    assert [told[part]["rows_before"] for part in ("main", "balance", "action")] == [None] * 3


def test_an_account_without_a_balance_and_one_nobody_knows_are_told_with_the_rows_they_leave_out(council, tmp_path):
    files = {
        "housing_arrears": [an_account("A1"), an_account("A2")],
        "tenants": [a_tenant("A1", "T1"), a_tenant("A2", "T2"), a_tenant("A1", "T4")],
        "balances": [a_balance("A1", "1.00"), a_balance("A9", "5.00")],
        "actions": NO_ACTION,
    }
    settings, delivery = deliver(council, tmp_path, "housing_arrears", files)
    assert set(rejected(settings, delivery)) == {(f"tenants_{DAY}.csv", 3, "incomplete"), (f"balances_{DAY}.csv", 3, "stranger")}
    assert "the set's balance file does not tell of" in delivery.message
    assert fetched(settings, delivery, "select source_person_id from extract.housing_arrears order by all") == [("T1",), ("T4",)]


@pytest.mark.parametrize("missing", ["tenants", "balances", "actions"])
def test_a_set_of_which_a_file_is_missing_is_refused_with_its_name_and_what_to_do(council, tmp_path, missing):
    files = {"housing_arrears": [an_account("A1")], "tenants": [a_tenant("A1", "T1")], "balances": [a_balance("A1", "1.00")], "actions": NO_ACTION}
    del files[missing]
    _, delivery = deliver(council, tmp_path, "housing_arrears", files)
    assert delivery.outcome == "refused"
    assert f"named {missing}_YYYY-MM-DD.csv with the same day, is not there. Put it beside it and run again." in delivery.message


def a_claim(number: str, **changes: str) -> Row:
    claim = {"Claim Ref": number, "Benefit": "Universal Credit", "Start Date": "06/01/2025", "End Date": "31/12/9999", "Regime": "Intensive work search"}
    return claim | {"Earnings": "", "Data As At": "18/11/2026"} | changes


def somebody(claim: str, surname: str, nino: str = "AB123456C", **changes: str) -> Row:
    person = {
        "Claim Ref": claim,
        "National Insurance Number": nino,
        "Title": "",
        "Surname": surname,
        "First Names": "Ngozi",
        "DOB": "14/02/1986",
        "Gender": "Female",
    }
    return person | {"Address 1": "10 Mill Road", "Address 2": "", "Address 3": "", "Postcode": "ZC1 1AA"} | changes


def test_claimants_partners_and_dependants_have_the_award_of_their_claim(council, tmp_path):
    files = {
        "dwp_benefit": [a_claim("C1"), a_claim("C2", Benefit="Carer's Allowance", Regime="")],
        "claimants": [somebody("C1", "Okafor"), somebody("C2", "Lowe", "AB223456C"), somebody("C7", "Stranger", "AB323456C")],
        "partners": [somebody("C1", "Okafor-Reed", "")],
        "dependants": [somebody("C1", "Okafor", DOB="05/03/2014")],
    }
    settings, delivery = deliver(council, tmp_path, "dwp_benefit", files)
    query = "select claim_id, claimant_role, surname, benefit_type, conditionality, award_to_date, as_at_date from extract.dwp_benefit order by source_row"
    award = ("UC", "searching", None, date(2026, 11, 18))
    assert fetched(settings, delivery, query) == [
        ("C1", "claimant", "Okafor", *award),
        ("C2", "claimant", "Lowe", "CA", None, None, date(2026, 11, 18)),
        ("C1", "partner", "Okafor-Reed", *award),
        ("C1", "dependant", "Okafor", *award),
    ]
    assert rejected(settings, delivery) == [(f"claimants_{DAY}.csv", 4, "stranger")]


def test_two_claims_of_one_reference_contradict_each_other(council, tmp_path):
    claims = [a_claim("C1"), a_claim("C1", Benefit="Carer's Allowance"), a_claim("C2"), a_claim("C3"), a_claim("C4")]
    people = [somebody(f"C{n}", "Okafor", f"AB{n}23456C") for n in range(2, 5)]
    files = {"dwp_benefit": claims, "claimants": people, "partners": people[:1], "dependants": people[:1]}
    settings, delivery = deliver(council, tmp_path, "dwp_benefit", files)
    assert rejected(settings, delivery) == [(f"dwp_benefit_{DAY}.csv", row, "contradiction") for row in (2, 3)]


@pytest.mark.parametrize(("source", "left_out"), [("housing_arrears", "balance"), ("housing_arrears", "tenant"), ("dwp_benefit", "claimant")])
def test_a_profile_of_a_set_that_lacks_a_needed_file_is_a_mistake(council, source, left_out):
    profiles = authority.find("calderbrook", council).profiles.model_dump()
    del profiles[source]["parts"][left_out]
    with pytest.raises(ValidationError, match=f"{source}.parts: {left_out} must be given too"):
        Profiles.model_validate(profiles)


def a_pupil(number: str, **changes: str) -> Row:
    pupil = {
        "Adno": number,
        "UPN": "",
        "Legal Surname": "Okafor",
        "Legal Forename": "Ada",
        "Middle Name(s)": "",
        "Former Surname": "",
        "DOB": "05/03/2014",
        "Gender": "F",
    }
    home = {"Address Line 1": "10 Mill Road", "Address Line 2": "", "Town": "", "Postcode": "ZC1 1AA"}
    contacts = {f"Contact {n} {what}": "" for n in "12" for what in ("Name", "Relationship", "Lives With")} | {
        "Contact 2 Address": "",
        "Contact 2 Postcode": "",
    }
    return pupil | home | contacts | {"School URN": "100001", "Enrolment Status": "C"} | changes


def a_contact(number: str, surname: str, lives_with: str, order: str, **changes: str) -> Row:
    contact = {
        "Adno": number,
        "School URN": "100001",
        "Contact Title": "Mrs",
        "Contact Forename": "Ngozi",
        "Contact Surname": surname,
        "Relationship": "Mother",
    }
    return contact | {"Lives With Pupil": lives_with, "Priority": order, "Contact Address": "", "Contact Postcode": ""} | changes


def a_leaver(number: str) -> Row:
    return {name: value for name, value in a_pupil(number).items() if not name.startswith(("Contact", "Enrolment"))}


def test_pupils_on_and_off_roll_and_their_contacts_come_in_files_of_their_own(council, tmp_path):
    marks = [{"Adno": number, "School URN": "100001", "Date": "18/11/2026", "AM/PM": "AM", "Mark": mark} for number, mark in (("P1", "/"), ("P2", "O"))]
    contacts = [
        a_contact("P1", "Elsewhere", "N", "1", **{"Contact Address": "3 Far Lane"}),
        a_contact("P1", "Athome", "Y", "2"),
        a_contact("P2", "Leaver", "Y", "1"),
    ]
    contacts.append(a_contact("P1", "Third", "N", "3"))
    files = {"pupils": [a_pupil("P1")], "off_roll_pupils": [a_leaver("P2"), a_leaver("P3"), a_leaver("P1")], "contacts": contacts, "session_marks": marks}
    settings, delivery = deliver(council, tmp_path, "school_attendance", files)
    query = """
        select source_person_id, enrolment_status, sessions_unauthorised, contact_1_surname, contact_2_surname, contact_2_address
        from extract.school_attendance order by all
    """
    assert fetched(settings, delivery, query) == [
        ("P1", "current", 0, "Athome", "Elsewhere", "3 Far Lane"),
        ("P2", "off_roll", 1, "Leaver", None, None),
        ("P3", "off_roll", 0, None, None, None),
    ]
    assert rejected(settings, delivery) == [(f"off_roll_pupils_{DAY}.csv", 4, "told_before")]
    told = files_behind(settings, delivery)
    ((row,),) = fetched(settings, delivery, "select source_row from extract.school_attendance where source_person_id = 'P3'")
    assert row - told["off_roll_pupil"]["rows_before"] == 3
