"""`families link --households`: one home written in several ways, and homes that were left."""

from pathlib import Path
from typing import Any

import pytest

from tests.integration.test_people_households import a_person, again, home, households

# Other houses of the street, by which its postcode is known.
NEIGHBOURS = [a_person("OLGA NOWAK", 64, house="90"), a_person("CY LI", 44, house="92")]


@pytest.mark.parametrize(
    "slip",
    [{"pcode": "ZC1 1AE"}, {"pcode": "ZC1 1A"[:6] + "X"}, {"street": "MIL LANE"}, {"street": "MILLE LAEN"}],
    ids=["postcode", "last letter", "letter left out", "two letters"],
)
def test_a_sign_or_two_wrong_in_an_address_part_no_family(tmp_path: Path, slip: dict[str, Any]):
    rows = [a_person("ANNA SMITH", 35), a_person("DAVE SMITH", 37), a_person("BEN SMITH", 9, **slip)]
    assert households(tmp_path, *rows, *NEIGHBOURS) == {home("anna", "dave", "ben")}


@pytest.mark.parametrize(("name", "other"), [("HEN FELIN", "HEN-FELIN"), ("PLAS FELIN WEN", "PAS FELIN WEN")])
def test_a_house_s_name_with_a_slip_or_another_sign_is_the_same_house(tmp_path: Path, name: str, other: str):
    rows = [a_person("ANNA SMITH", 35, name), a_person("DAVE SMITH", 37, name), a_person("BEN SMITH", 9, other)]
    assert households(tmp_path, *rows) == {home("anna", "dave", "ben")}


def test_the_same_house_of_two_postcodes_that_several_houses_have_is_two_homes(tmp_path: Path):
    other_end = [a_person("ADA STONE", 51, house="90", pcode="ZC1 1AE"), a_person("BEN SMITH", 9, pcode="ZC1 1AE")]
    assert households(tmp_path, a_person("ANNA SMITH", 35), *NEIGHBOURS, *other_end) == set()


def test_house_numbers_are_never_taken_for_slips_of_one_another(tmp_path: Path):
    assert households(tmp_path, a_person("ANNA SMITH", 35, house="14"), a_person("BEN SMITH", 9, house="15")) == set()


def test_two_properties_of_two_reference_numbers_are_two_however_alike_they_are_written(tmp_path: Path):
    model = (
        "record_id: id\nsource: agency\ncolumns: {forename: first, surname: last, birth_date: dob, paon: house, street: street, postcode: pcode, uprn: left}\n"
    )
    rows = [a_person("ANNA SMITH", 35, left="100021"), a_person("BEN SMITH", 9, left="100022", street="MIL LANE")]
    assert households(tmp_path, *rows, model=model) == set()
    assert households(tmp_path, rows[0], rows[1] | {"left": ""}, model=model) == {home("anna", "ben")}


def test_who_leaves_the_postcode_out_is_placed_by_relatives_where_the_table_has_the_house_twice(tmp_path: Path):
    child = a_person("BEN SMITH", 9, pcode="")
    elsewhere = [a_person("OLGA NOWAK", 64, pcode="ZC9 9ZZ"), a_person("CY LI", 44, house="92", pcode="ZC9 9ZZ")]
    assert households(tmp_path, a_person("ANNA SMITH", 35), child, *elsewhere) == {home("anna", "ben")}
    assert households(tmp_path, a_person("ANNA SMITH", 35), child, elsewhere[0] | {"last": "SMITH"}, elsewhere[1]) == set()


def test_nobody_is_carried_back_to_a_home_that_was_left(tmp_path: Path):
    old, new = {"house": "90", "since": "2010-01-01", "until": "2020-05-01"}, {"since": "2020-05-01"}
    parents = [a_person("ANNA SMITH", 60, **new), a_person("DAVE SMITH", 61, **new)]
    son = a_person("BEN SMITH", 30, since="2020-05-01", until="2025-06-01")
    rows = [*parents, *(again(row, "B", **old) for row in (*parents, son)), son, again(son, "C", house="92", since="2025-06-01", until="")]
    assert households(tmp_path, *rows) == {home("anna", "annaB", "dave", "daveB"), home("ben", "benB", "benC")}


def test_a_parent_s_own_address_in_one_record_outdoes_the_child_s_address_in_another(tmp_path: Path):
    mother, father = a_person("ANNA JONES", 35), a_person("DAVE SMITH", 37)
    child, other = a_person("BEN SMITH", 9, mother="anna", father="dave"), a_person("KIM SMITH", 7, mother="anna", father="dave2")
    rows = [mother, father, child, other, father | {"id": "dave2", "house": "90"}]
    assert households(tmp_path, *rows) == {home("anna", "ben", "kim"), home("dave", "dave2")}


def test_a_second_parent_beside_a_declared_partner_of_the_first_is_left_out(tmp_path: Path):
    mother, stepfather = a_person("ANNA JONES", 35, spouse="carl"), a_person("CARL STONE", 39)
    rows = [mother, stepfather, a_person("DAVE SMITH", 37), a_person("BEN SMITH", 9, mother="anna", father="dave")]
    assert households(tmp_path, *rows) == {home("anna", "ben", "carl")}
