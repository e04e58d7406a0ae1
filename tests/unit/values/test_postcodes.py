import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.values.postcodes import embedded, postcode, shaped


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("ZC1 1AB", "ZC1 1AB"),
        ("zc11ab", "ZC1 1AB"),
        ("ZC1  1AB.", "ZC1 1AB"),
        ("ZC1 lAB", "ZC1 1AB"),
        ("ZCI 1AB", "ZC1 1AB"),
        ("ZC1O 1AB", "ZC10 1AB"),
        ("0X1 2JD", "OX1 2JD"),
        ("OX1 2JD", "OX1 2JD"),
        ("SO14 OAA", "SO14 0AA"),
        ("EC1A 1BB", "EC1A 1BB"),
        ("M1 1AE", "M1 1AE"),
        ("W1A 0AX", "W1A 0AX"),
        ("1P1 3BA", "IP1 3BA"),
        ("E1 6AN", "E1 6AN"),
    ],
)
def test_a_postcode_gets_capitals_one_space_and_its_letters_right(written, kept):
    assert postcode(written) == kept


@pytest.mark.parametrize("written", [None, "", "ZZ99 3VZ", "ZZ993WZ", "AA1 1AA", "XX1 1XX", "N/A", "UNKNOWN", "ZC1", "12345", "ZC1 1CI", "."])
def test_what_stands_for_no_place_is_null(written):
    assert postcode(written) is None


def test_a_postcode_at_the_end_of_a_line_is_taken_off():
    assert embedded("10 MILL ROAD, CALDERBROOK ZC1 1AB") == ("10 MILL ROAD, CALDERBROOK", "ZC1 1AB")
    assert embedded("10 MILL ROAD") == ("10 MILL ROAD", None)


@pytest.mark.parametrize(
    ("written", "kept"),
    [("xj1 2ab", "XJ1 2AB"), ("QQ123VI", "QQ12 3VI"), ("ZZ1 2AB", "ZZ1 2AB"), ("ZC1 1AB", "ZC1 1AB"), ("XX1 2AB", "XX1 2AB")],
)
def test_a_code_of_an_area_that_is_none_has_the_shape_of_a_postcode(written, kept):
    assert shaped(written) == kept


@pytest.mark.parametrize("written", [None, "", "ZZ99 3VZ", "AA1 1AA", "XX1 1XX", "ZZ1 1ZZ", "12345", "K1A 0B1", "1234 AB", "C1425CLA", "UNKNOWN"])
def test_fillings_and_codes_of_other_countries_have_not(written):
    assert shaped(written) is None


def test_an_invented_postcode_is_taken_off_a_line_where_that_is_asked_for():
    assert embedded("10 MILL ROAD, XJ1 2AB") == ("10 MILL ROAD, XJ1 2AB", None)
    assert embedded("10 MILL ROAD, XJ1 2AB", shaped) == ("10 MILL ROAD", "XJ1 2AB")


@given(st.text(max_size=12))
def test_no_text_breaks_a_postcode_and_a_kept_one_stays(text):
    once = postcode(text)
    assert once is None or postcode(once) == once
