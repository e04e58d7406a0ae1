"""What is mended is certain, and only that: properties over any text, and letters checked against a library that knows UPNs."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from stdnum.gb import upn

import sql
from pipelines import warehouse
from pipelines.reading.mojibake import PATTERN, mended
from pipelines.rejection_report import safe_text
from pipelines.settings import Settings, prepare_home

# Letters of names in the languages of Europe, and the punctuation word processors put into them.
EUROPEAN = "".join(chr(code) for code in range(0xC0, 0x180) if code not in (0xD7, 0xF7)) + "\u2019\u2018\u2013\u201c\u201d"
NAMES = st.text(st.one_of(st.sampled_from(EUROPEAN), st.sampled_from("ABCXYZabcxyz -'")), min_size=1, max_size=20)


def spoilt(text):
    """UTF-8 read as Windows-1252, as browsers and Excel do it: bytes without a letter become control characters."""
    return "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in text.encode())


@pytest.fixture(scope="module")
def con(tmp_path_factory):
    home = Settings(home=tmp_path_factory.mktemp("home"))
    prepare_home(home)
    with warehouse.connection(home) as con:
        for macro in ("without_decimal_tail", "with_check_letter"):
            con.execute(sql.read(f"ingest/{macro}"))
        yield con


@given(NAMES)
def test_a_spoilt_name_is_mended(name):
    assume(not name.isascii())
    assume(mended(name) is None)
    assert mended(spoilt(name)) == name
    assert mended(spoilt(spoilt(name))) == name


@given(st.text(max_size=30))
@settings(max_examples=500)
def test_what_is_mended_gets_shorter_and_comes_back_when_spoilt_again(text):
    meant = mended(text)
    if meant is not None:
        assert len(meant) < len(text)
        assert mended(spoilt(meant)) == meant


@pytest.mark.parametrize(
    "name",
    [
        "Zo\u00eb",
        "\u0141ukasz",
        "O\u2019Neill",
        "Bj\u00f6rk",
        "\u00c9lodie",
        "Nu\u00f1ez",
        "\u00d8yvind",
        "\u0394\u03b7\u03bc\u03ae\u03c4\u03c1\u03b7\u03c2",
        "\u674e\u5c0f\u9f99",
        "Smith",
    ],
)
def test_a_name_as_it_is_meant_is_left_alone(name):
    assert mended(name) is None


@given(NAMES)
def test_every_spoilt_name_is_looked_at(name):
    import re

    assume(not name.isascii())
    assert re.search(PATTERN, spoilt(name))


@given(st.integers(0, 10**12 - 1))
@settings(max_examples=200, deadline=None)
def test_a_check_letter_is_the_one_the_library_knows(con, number):
    digits = f"{number:012}"
    assume(not digits.endswith("00000"))
    [(found,)] = con.execute("select with_check_letter($digits)", {"digits": digits}).fetchall()
    assert found == upn.calc_check_digit(digits) + digits


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("R201100018042", "R201100018042"),
        ("20110001804", "20110001804"),
        ("2011000180421", "2011000180421"),
        ("", ""),
        (None, None),
        ("201000000000", "201000000000"),
        ("201100100000", "201100100000"),
    ],
)
def test_only_twelve_digits_that_no_spreadsheet_cut_off_get_a_letter(con, written, read):
    assert con.execute("select with_check_letter($upn)", {"upn": written}).fetchall() == [(read,)]


@pytest.mark.parametrize(("written", "read"), [("100023336956.0", "100023336956"), ("12.00", "12"), ("12.5", "12.5"), ("A1.0", "A1.0"), ("1.0.0", "1.0.0")])
def test_only_noughts_are_taken_off(con, written, read):
    assert con.execute("select without_decimal_tail($text)", {"text": written}).fetchall() == [(read,)]


@given(st.text(max_size=30))
def test_a_safe_text_begins_no_formula_and_loses_nothing(text):
    safe = safe_text(text)
    assert safe.endswith(text)
    first = safe.lstrip(" \ufeff\u200b")[:1]
    assert first not in set("=@\t\r\n|%\uff1d\uff0b\uff0d\uff20")
    assert first not in ("+", "-") or float(text.replace(",", "").replace("\u00a3", "")) is not None


@pytest.mark.parametrize("text", ["-1204.75", "-1,204.75", "+5", "12", "Smith", "O'Neill", "-\u00a35.00"])
def test_a_number_or_a_name_is_not_changed(text):
    assert safe_text(text) == text


@pytest.mark.parametrize("text", ["=1+1", " =1", "+44 20 7946 0000", "-1+cmd|' /C calc'!A0", "@SUM(A1)", "\t=1", "\uff1d1", "-", "%0A"])
def test_what_could_be_a_formula_is_quoted(text):
    assert safe_text(text) == f"'{text}"
