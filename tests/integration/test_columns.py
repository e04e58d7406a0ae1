"""Columns that are not one to one: several read together, one read as several, one that the file lacks, amounts with their sign behind."""

import pytest

from pipelines import authority
from pipelines.settings import Settings
from tests.support.bad_layouts import CLAIM, NEC
from tests.support.deliveries import NOW, accepted, csv_text, deliver, refused, rejected, rows
from tests.support.suppliers import an_authority


def council(folder, source, **profile):
    """Settings of an authority that reads the source by these keys of a profile."""
    return an_authority(folder, {source: profile}, clock=NOW)


@pytest.mark.parametrize(
    ("written", "owed"), [("1,204.75 DR", "1204.75"), ("35.10CR", "-35.10"), ("£1,204.75-", "-1204.75"), ("-12.00", "-12.00"), ("(12.00)", "-12.00")]
)
def test_an_amount_is_read_with_its_sign_before_or_behind(tmp_path, written, owed):
    settings = council(tmp_path, "housing_arrears", layout="nec")
    delivery = deliver(settings, "housing_arrears", csv_text([NEC | {"ACC_BALANCE": written}]))
    assert [str(row["arrears_gbp"]) for row in accepted(settings, delivery)] == [owed]


def test_a_decimal_comma_is_read_where_the_profile_says_so(tmp_path):
    settings = council(tmp_path, "housing_arrears", layout="nec", decimal_mark=",")
    delivery = deliver(settings, "housing_arrears", csv_text([NEC | {"ACC_BALANCE": "1.204,75 DR", "WEEKLY_CHARGE": "110,50"}]))
    assert [(str(row["arrears_gbp"]), str(row["weekly_rent_gbp"])) for row in accepted(settings, delivery)] == [("1204.75", "110.50")]


@pytest.mark.parametrize("written", ["12.00 CRDR", "CR 12", "12,50 DR", "--12"])
def test_what_is_no_amount_stays_none(tmp_path, written):
    settings = council(tmp_path, "housing_arrears", layout="nec")
    delivery = deliver(settings, "housing_arrears", csv_text([NEC | {"PERSON_NO": f"T{n}"} for n in range(9)] + [NEC | {"ACC_BALANCE": written}]))
    assert rejected(settings, delivery) == [(11, "amount", "arrears_gbp")]


def test_columns_are_read_together_in_the_profiles_order(tmp_path):
    columns = {column: [header] for column, header in zip(_police_columns(), rows("police_asb")[0], strict=True)}
    settings = council(
        tmp_path,
        "police_asb",
        date_formats=["%d/%m/%Y %H:%M", "%d/%m/%Y"],
        columns=columns | {"address_line_1": ["House No"]},
        combined={"address_line_1": ["Street", "HOME_ADDRESS"]},
        codes={"person_role": {"SUS": "suspect"}, "record_type": {"INC": "incident"}},
    )
    parts = ({"House No": "10", "Street": "Mill Road"}, {"House No": "", "Street": " Mill Road "}, {"House No": "", "Street": ""})
    table = [part | row | {"HOME_ADDRESS": "" if not any(part.values()) else "Calderbrook"} for part, row in zip(parts, rows("police_asb"), strict=True)]
    delivery = deliver(settings, "police_asb", csv_text(table))
    assert [row["address_line_1"] for row in accepted(settings, delivery)] == ["10 Mill Road Calderbrook", "Mill Road  Calderbrook", None]


def test_a_missing_half_of_a_column_refuses_the_file(tmp_path):
    settings = council(tmp_path, "housing_arrears", layout="nec", combined={"address_line_1": ["PRO_STREET"]})
    refused(deliver(settings, "housing_arrears", csv_text([NEC])), "lacks one of 'PRO_STREET'", "correct combined in extracts.yml")


def test_one_column_is_read_as_two_and_what_does_not_fit_is_rejected(tmp_path):
    settings = council(
        tmp_path,
        "housing_arrears",
        layout="nec",
        columns={"tenant_role": ["Person"], "title": ["Person"]},
        split={"tenant_role": r"(\w+) - \w+", "title": r"\w+ - (\w+)"},
    )
    plain = {name: value for name, value in NEC.items() if name not in ("TENANCY_PERSON_TYPE", "PER_TITLE")}
    table = [plain | {"PERSON_NO": f"T{n}", "Person": "JOINT - Mrs"} for n in range(9)] + [plain | {"Person": "somebody"}]
    delivery = deliver(settings, "housing_arrears", csv_text(table))
    assert {(row["tenant_role"], row["title"]) for row in accepted(settings, delivery)} == {("joint_tenant", "Mrs")}
    assert rejected(settings, delivery) == [(11, "allowed", "tenant_role")]


def test_what_the_file_lacks_the_profile_states_for_every_row(tmp_path):
    profile = authority.with_layout(authority.find("calderbrook", Settings()).profiles.housing_arrears, "housing_arrears", "nec").model_dump(mode="json")
    columns = {name: headers for name, headers in profile["columns"].items() if name not in ("tenant_role", "is_breathing_space")}
    own = {key: profile[key] for key in ("date_formats", "codes")}
    settings = council(tmp_path, "housing_arrears", **own, columns=columns, fixed={"tenant_role": "MAIN", "is_breathing_space": "N"})
    table = [{name: value for name, value in NEC.items() if name not in ("TENANCY_PERSON_TYPE", "BREATHING_SPACE_IND")}]
    (row,) = accepted(settings, deliver(settings, "housing_arrears", csv_text(table)))
    assert (row["tenant_role"], row["is_breathing_space"]) == ("tenant", False)


def test_each_person_on_a_claim_may_have_a_row_and_only_the_claimant_needs_a_number(tmp_path):
    settings = council(tmp_path, "dwp_benefit", layout="claimant_rows")
    partner = CLAIM | {"Claimant Role": "P", "National Insurance Number": "", "First Names": "Emeka"}
    child = CLAIM | {"Claimant Role": "D", "National Insurance Number": "", "First Names": "Ada", "DOB": "05/03/2014"}
    nobody = CLAIM | {"Claim Ref": "CL2", "National Insurance Number": ""}
    delivery = deliver(settings, "dwp_benefit", csv_text([CLAIM, partner, child, CLAIM | {"Claim Ref": "CL3"}, CLAIM | {"Claim Ref": "CL4"}, nobody]))
    assert rejected(settings, delivery) == [(7, "required", "nino")]
    assert [row["claimant_role"] for row in accepted(settings, delivery)][:3] == ["claimant", "partner", "dependant"]
    assert {row["award_to_date"] for row in accepted(settings, delivery)} == {None}


def _police_columns():
    return (
        *("occurrence_id", "source_person_id", "full_name", "birth_date", "sex", "address_line_1", "postcode", "person_role", "record_type"),
        *("incident_type", "qualifier", "incident_date", "disposal", "force_area"),
    )
