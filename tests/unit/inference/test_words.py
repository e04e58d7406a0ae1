"""What a header says, however it is spelled."""

import pytest

from pipelines.inference.words import likeness, subjects_of, words, words_in


@pytest.mark.parametrize(
    ("header", "other"),
    [
        ("DateOfBirth", "D_O_B"),
        ("D.o.B.", "Birth Date"),
        ("A/C No.", "Account Number"),
        ("NI_NUMBER", "Nat. Ins. No"),
        ("POST CODE", "Post-Code"),
        ("First Contact Name", "Contact 1 Name"),
        ("Fore Name", "FORENAME"),
        ("Sess. Unauth.", "unauthorised sessions"),
    ],
)
def test_two_spellings_of_one_header_are_the_same_words(header, other):
    assert words(header) == words(other)


@pytest.mark.parametrize(
    ("header", "source", "column", "stranger"),
    [
        ("Partner DOB", "dwp_benefit", "partner_birth_date", "birth_date"),
        ("Previous Surname", "school_attendance", "former_surname", "surname"),
        ("Parent 2 Postcode", "school_attendance", "contact_2_postcode", "contact_1_full_name"),
        ("Tenancy End", "housing_arrears", "tenancy_to_date", "tenancy_from_date"),
        ("Tenant", "housing_arrears", "full_name", "tenant_role"),
        ("Unauth Abs", "school_attendance", "sessions_unauthorised", "sessions_authorised"),
    ],
)
def test_a_header_is_most_like_its_own_column(header, source, column, stranger):
    said = words_in(header, source, {})
    own, other = likeness(said, source, column)[0], likeness(said, source, stranger)[0]
    assert own > 0.6
    assert own > other + 0.1


@pytest.mark.parametrize(
    ("header", "key", "meant"),
    [
        ("CLMT_DOB", "dwp_benefit", {"claimant", "birth", "date"}),
        ("PTNR_SNAME", "dwp_benefit", {"partner", "surname"}),
        ("claimstartdate", "dwp_benefit", {"claim", "start", "date"}),
        ("ACCNO", "housing_arrears", {"account", "reference"}),
        ("Tenancy Terminated", "housing_arrears", {"tenancy", "end"}),
        ("termlysessionspossible", "school_attendance", {"termly", "session", "possible"}),
        ("LMR", "dwp_benefit", {"labour", "market", "regime"}),
        ("Registration AM/PM", "session_mark", {"registration", "am", "pm"}),
    ],
)
def test_what_is_cut_short_is_written_out_by_the_words_of_the_contract(header, key, meant):
    assert words_in(header, key, {}) == meant


def test_a_word_that_begins_many_headers_is_what_a_system_calls_its_people_and_is_left_out():
    headers = ["ContactFirstName", "ContactLastName", "ContactDob", "ContactNiNumber", "WeeklyCharge", "AccountBalance"]
    subjects = subjects_of(headers, "housing_arrears")
    assert subjects == {"contact": ()}
    assert words_in("ContactDob", "housing_arrears", subjects) == words("DOB")


def test_a_word_that_tells_columns_of_the_contract_apart_is_never_left_out():
    headers = [f"Contact {n} {what}" for n in (1, 2) for what in ("Name", "Relationship", "Postcode")]
    assert not subjects_of(headers, "school_attendance")


def test_a_second_word_under_which_the_same_is_told_is_the_next_person_of_the_contract():
    told = ("NINO", "Surname", "Forename", "DOB")
    subjects = subjects_of([f"{who}{what}" for who in ("Cu", "Sp") for what in told], "dwp_benefit")
    assert words_in("SpDOB", "dwp_benefit", subjects) == {"partner", "birth", "date"}
    assert words_in("CuDOB", "dwp_benefit", subjects) == {"birth", "date"}


@pytest.mark.parametrize("header", ["Allocated Worker Surname", "Officer Name", "NHS Number", "Landlord Ward"])
def test_what_belongs_to_somebody_else_is_not_the_persons(header):
    said = words_in(header, "housing_arrears", {})
    assert max(likeness(said, "housing_arrears", column)[0] for column in ("surname", "full_name", "nino", "source_person_id")) < 0.5


def test_the_day_of_an_incident_is_rather_when_it_began_than_when_it_was_reported():
    began, reported = (words_in(header, "police_asb", {}) for header in ("Date/Time From", "Date Reported"))
    assert likeness(began, "police_asb", "incident_date")[0] > likeness(reported, "police_asb", "incident_date")[0] + 0.1
