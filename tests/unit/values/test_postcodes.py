import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.values.postcodes import embedded, postcode


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


@given(st.text(max_size=12))
def test_no_text_breaks_a_postcode_and_a_kept_one_stays(text):
    once = postcode(text)
    assert once is None or postcode(once) == once
