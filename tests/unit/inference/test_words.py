"""What a header says, however it is spelled."""

import pytest

from pipelines.inference.words import likeness, words


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
    own, other = likeness(header, source, column)[0], likeness(header, source, stranger)[0]
    assert own > 0.6
    assert own > other + 0.1
