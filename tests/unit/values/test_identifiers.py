import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.gb import upn as peer

from pipelines.values.identifiers import nino, upn, upn_check_letter, uprn

# domain.md 3.1: examples whose check letters were verified.
UPNS = ["R201100018042", "A950000178301", "H801200001001"]


@pytest.mark.parametrize("number", UPNS)
def test_a_right_pupil_number_is_kept(number):
    assert upn(number) == number
    assert upn(f" {number[:4].lower()} {number[4:]} ") == number


@pytest.mark.parametrize("number", UPNS)
def test_a_lost_check_letter_is_worked_out_again(number):
    assert upn(number[1:]) == number


@pytest.mark.parametrize("number", UPNS)
def test_a_pupil_number_with_one_digit_wrong_is_null(number):
    for place in range(1, 13):
        wrong = number[:place] + str((int(number[place]) + 1) % 10) + number[place + 1 :]
        assert upn(wrong) is None


def test_letters_typed_for_digits_in_a_pupil_number_are_mended():
    assert upn("R2O11OOOl8042") == "R201100018042"


@pytest.mark.parametrize("text", [None, "", "2.01E+11", "000000000000", "A123", "R2011000180421"])
def test_what_is_no_pupil_number_is_null(text):
    assert upn(text) is None


@given(st.from_regex(r"[0-9]{11}[0-9A-HJ-NP-RT-Z]", fullmatch=True))
def test_the_check_letter_agrees_with_python_stdnum(body):
    assert upn_check_letter(body) == peer.calc_check_digit(body)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("AB123456C", "AB123456"),
        ("ab 12 34 56 c", "AB123456"),
        ("AB123456", "AB123456"),
        ("AB 123456 ", "AB123456"),
        ("AB12345OC", "AB123450"),
        ("ABl23456C", "AB123456"),
    ],
)
def test_a_national_insurance_number_loses_spaces_and_suffix(written, kept):
    assert nino(written) == kept


@pytest.mark.parametrize(
    "written",
    [None, "", "TN123456F", "TN123456A", "AB111111C", "QQ123456C", "AO123456C", "GB123456A", "AB12345", "AB123456E", "."],
)
def test_a_temporary_or_wrong_national_insurance_number_is_null(written):
    assert nino(written) is None


@pytest.mark.parametrize(
    ("written", "kept"), [("100023336956", "100023336956"), ("000010001234", "10001234"), ("100023336956.0", "100023336956"), (" 1 ", "1")]
)
def test_a_property_number_keeps_its_digits(written, kept):
    assert uprn(written) == kept


@pytest.mark.parametrize("written", [None, "", "1.0002E+11", "0", "000", "1000233369561", "999999999999", "ABC", "-5"])
def test_a_rounded_or_empty_property_number_is_null(written):
    assert uprn(written) is None


@given(st.text(max_size=20))
def test_no_text_breaks_an_identifier_and_a_kept_one_stays(text):
    for rule in (nino, upn, uprn):
        once = rule(text)
        assert once is None or rule(once) == once
