import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipelines.values.addresses import address

ADDRESSES = """
10 Mill Rd                                    -> -         10              MILL ROAD          -
10 MILL ROAD, Calderbrook, ZC1 1AB            -> -         10              MILL ROAD          ZC1 1AB
Flat 2, 10 Mill Road                          -> FLAT 2    10              MILL ROAD          -
FLAT 2 10 Mill Road                           -> FLAT 2    10              MILL ROAD          -
Apt. 02; 10 Mill Road                         -> FLAT 2    10              MILL ROAD          -
10 Flat 2 Mill Road                           -> FLAT 2    10              MILL ROAD          -
2/10 Mill Rd.                                 -> FLAT 2    10              MILL ROAD          -
10b Mill Road                                 -> -         10B             MILL ROAD          -
10 B Mill Road                                -> -         10B             MILL ROAD          -
1O Mill Road                                  -> -         10              MILL ROAD          -
No. 10 Mill Road                              -> -         10              MILL ROAD          -
12-14 High St                                 -> -         12-14           HIGH STREET        -
3 St. James St                                -> -         3               ST JAMES STREET    -
3 St John's Rd                                -> -         3               ST JOHNS ROAD      -
Rose Cottage, Mill Lane, Calderbrook          -> -         ROSE COTTAGE    MILL LANE          -
Flat 2 Mill House, Mill Road                  -> FLAT 2    MILL HOUSE      MILL ROAD          -
Flat 12A, Kestrel Court, Long Lane            -> FLAT 12A  KESTREL COURT   LONG LANE          -
Flat 12, Kestrel Ct, Long Ln                  -> FLAT 12   KESTREL COURT   LONG LANE          -
FLAT 3 HERON POINT CHERRY COURT CALDERBROOK   -> FLAT 3    HERON POINT     CHERRY COURT CALDERBROOK  -
FLAT 3 HERON POINT CHERRY ROAD                -> FLAT 3    HERON POINT     CHERRY ROAD        -
CALDER HOUSE HOSTEL MILL ROAD                 -> -         CALDER HOUSE HOSTEL  MILL ROAD     -
MILL HOUSE ROAD                               -> -         -               MILL HOUSE ROAD    -
Ground Floor Flat, 3 Elm Grove                -> GROUND FLOOR FLAT  3      ELM GROVE          -
GFF 3 Elm Gr                                  -> GROUND FLOOR FLAT  3      ELM GROVE          -
Mill Road                                     -> -         -               MILL ROAD          -
10 Mill Road, Flat 2, Calderbrook             -> FLAT 2    10              MILL ROAD          -
Heron Point, Mill Road, Flat 2                -> FLAT 2    HERON POINT     MILL ROAD          -
Mill Road, 10, Calderbrook                    -> -         10              MILL ROAD          -
Mill Lane, Rose Cottage                       -> -         ROSE COTTAGE    MILL LANE          -
10 MILL ROAD CALDERBROOK                      -> -         10              MILL ROAD          -
10 HIGH ST CALDERBROOK                        -> -         10              HIGH STREET        -
10 High Street North                          -> -         10              HIGH STREET NORTH  -
10 Park View Road                             -> -         10              PARK VIEW ROAD     -
10 Saint Anne's Rd                            -> -         10              ST ANNES ROAD      -
c/o 4 High Street                             -> -         4               HIGH STREET        -
"""

KINDS = {
    "10 Mill Road": "dwelling",
    "c/o 4 High Street": "care_of",
    "Care of Mrs Jones, 4 High Street": "care_of",
    "NFA": "no_fixed_abode",
    "No fixed abode, Calderbrook": "no_fixed_abode",
    "OF NO FIXED ABODE": "no_fixed_abode",
    "Calder House Hostel, 3 Mill Road": "communal",
    "The Willows Care Home, Elm Grove": "communal",
    "Room 4, Station Hotel, High Street": "communal",
    "Elm Children's Home, Long Lane": "communal",
    "HMP Calder, Long Lane": "communal",
    "12 Hospital Road": "dwelling",
    "3 Hotel Street": "dwelling",
    "UNKNOWN": "unknown",
    ".": "unknown",
    "": "unknown",
    "Mill Road": "unknown",
}


@pytest.mark.parametrize("line", [line for line in ADDRESSES.splitlines() if line])
def test_an_address_is_split_into_flat_house_street_and_postcode(line):
    written, expected = line.split(" -> ")
    parts = [part.strip() for part in expected.split("  ") if part.strip()]
    saon, paon, street, code = (None if part == "-" else part for part in parts)
    assert address(written.strip())[:4] == (saon, paon, street, code)


@pytest.mark.parametrize(("written", "kind"), KINDS.items())
def test_the_text_shows_what_kind_of_address_it_is(written, kind):
    assert address(written).kind == kind


def test_the_name_of_a_numbered_house_is_kept_apart():
    found = address("Flat 3, Heron Point, 12 Mill Road")
    assert (found.building, found.unit, found.building_name) == ("12", "3", "HERON POINT")


def test_lines_and_one_line_agree():
    assert address("Flat 2", "10 Mill Road", "Calderbrook", "zc11ab") == address("FLAT 2, 10 MILL RD, CALDERBROOK, ZC1 1AB")


def test_house_and_street_on_two_lines_agree_with_one():
    assert address("10", "Mill Road")[:3] == address("10 Mill Road")[:3]


def test_a_letter_at_the_house_and_at_the_flat_compare_as_one():
    assert address("10B Mill Road")[5:7] == address("Flat B, 10 Mill Road")[5:7] == ("10", "B")


def test_the_postcode_column_wins_over_one_in_the_lines():
    assert address("10 Mill Road ZC1 1AB", code="ZC2 2AB").postcode == "ZC2 2AB"


@given(st.lists(st.none() | st.text(max_size=40), min_size=4, max_size=4))
def test_no_text_breaks_an_address(lines):
    read = address(*lines)
    for part in read[:3]:
        assert part is None or (part.isascii() and part == part.upper() and part == " ".join(part.split()))


@example("1./,1")
@example("1./1")
@example("1.A11AA/")
@example("1.A11A'A")
@given(st.text(alphabet="ABCDEFLTRO'. ,/-0123456789", max_size=40))
def test_a_standardised_address_stays_as_it_is(text):
    once = address(text)
    if once.paon and once.street and once.kind == "dwelling" and address(once.paon).paon == once.paon and " " not in once.paon and "0" not in text:
        again = address(", ".join(part for part in (once.saon, once.paon) if part), once.street, code=once.postcode)
        assert again[1:4] == once[1:4]
