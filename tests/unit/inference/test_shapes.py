"""What a column's values look like."""

import pytest

from pipelines.inference.shapes import shape


@pytest.mark.parametrize(
    ("values", "formats"),
    [
        (["14/02/1986", "31/12/1990", "31/12/9999"], ("%d/%m/%Y",)),
        (["19860214", "19901231"], ("%Y%m%d",)),
        (["2025-Feb-14 00:00:00"], ("%Y-%b-%d %H:%M:%S",)),
        (["14-Feb-1986", "."], ("%d-%b-%Y",)),
        (["02/14/1986", "12/31/1990", "03/25/2001"], ("%m/%d/%Y",)),
        (["2026-11-20 22:15:00"] * 9 + ["20/11/2026"], ("%Y-%m-%d %H:%M:%S", "%d/%m/%Y")),
        (["1998021", "5/3/14"], ()),
    ],
)
def test_dates_are_read_by_the_fewest_formats(values, formats):
    assert shape(values).date_formats == formats


@pytest.mark.parametrize(
    ("values", "name"),
    [
        (["AB123456C", "AB 12 34 56 C"], "nino"),
        (["R201100018042"], "upn"),
        (["ZC1 1AA", "zc11aa"], "postcode"),
        (["1,204.75 DR", "-35.10", "£12"], "money"),
        (["Autumn 2025/26", "Spring term 2025-26"], "term_and_year"),
        (["10 Mill Road", "Flat 2, 10 Mill Road"], "address"),
        (["SMITH, John Paul"], "full_name"),
    ],
)
def test_values_of_one_form_are_known(values, name):
    assert shape(values).share(name) == 1


@pytest.mark.parametrize(("values", "name"), [([f"CL{number:06d}" for number in range(30)], "nino"), (["13261012-0123", "28/10/2026 12:30"], "upn")])
def test_a_systems_own_numbers_are_not_taken_for_those_of_the_state(values, name):
    assert shape(values).share(name) == 0


def test_marks_for_unknown_are_no_values():
    found = shape([".", "N/K", "", None, "Okafor"])
    assert (found.filled, found.blank) == (1, 4)


def test_a_column_of_many_different_values_holds_no_codes():
    assert not shape([f"name {number}" for number in range(100)]).codes
    assert shape(["A", "B"] * 10).codes == {"A": 10, "B": 10}


def test_minus_signs_and_decimal_commas_are_noticed():
    assert shape(["-12.00", "-3.50", "4.00"]).negative_share == pytest.approx(2 / 3)
    assert shape(["1.204,75", "12,00"]).decimal_comma == 1
    assert shape(["1,204.75", "1,204"]).decimal_comma == 0
