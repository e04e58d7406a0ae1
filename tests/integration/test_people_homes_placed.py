"""`families link --households`: where people are placed when the address says less than it could."""

from pathlib import Path
from typing import Any

from tests.integration.test_people_households import BASIC, SECTION, a_person, again, home, households
from tests.support.people_tables import Row, read_json

NO_POSTCODE = BASIC.replace(", postcode: pcode", "")
WITH_TOWN = BASIC.replace("postcode: pcode", "postcode: pcode, city: class")


def a_family(name: str = "SMITH", mother: str = "ANNA", child: str = "BEN", **values: Any) -> list[Row]:
    return [a_person(f"{mother} {name}", 35, **values), a_person(f"{child} {name}", 9, **values)]


def test_a_table_without_postcodes_has_households_by_house_and_street(tmp_path: Path):
    rows = [*a_family(), *a_family("OKORO", "KIM", "JOE", house="90"), a_person("CARL SMITH", 40, house="92")]
    assert households(tmp_path, *rows, model=NO_POSTCODE) == {home("anna", "ben"), home("kim", "joe")}


def test_who_leaves_the_postcode_out_is_placed_where_the_table_has_the_house_once(tmp_path: Path):
    mother, child = a_family()
    assert households(tmp_path, mother, child | {"pcode": ""}) == {home("anna", "ben")}


def test_who_leaves_the_postcode_out_is_placed_nowhere_where_the_table_has_the_house_twice_and_no_relative_there(tmp_path: Path):
    mother, child = a_family()
    elsewhere = a_person("OLGA NOWAK", 64, pcode="ZC9 9ZZ")
    assert households(tmp_path, mother, child | {"pcode": "", "last": "OKORO"}, elsewhere) == set()


def test_two_without_a_postcode_on_a_street_of_two_towns_are_not_taken_for_neighbours_of_one_house(tmp_path: Path):
    streets = [a_person("OLGA NOWAK", 64, house="3"), a_person("CARL STONE", 40, house="5", pcode="ZC9 9ZZ")]
    rows = [row | {"pcode": ""} for row in a_family(house="90")]
    assert households(tmp_path, *rows, streets[0]) == {home("anna", "ben")}
    assert households(tmp_path, *rows, *streets) == set()


def test_a_house_in_another_town_is_not_the_one_that_the_table_has_with_a_postcode(tmp_path: Path):
    mother, child = a_family()
    here, there = {"class": "Millthorpe"}, {"class": "Eastwick", "pcode": ""}
    assert households(tmp_path, mother | here, child | there, model=WITH_TOWN) == set()
    assert households(tmp_path, mother | here, child | there | here, model=WITH_TOWN) == {home("anna", "ben")}


def test_that_most_people_are_placed_nowhere_is_told_with_what_would_place_them(tmp_path: Path):
    rows = [row | {"street": ""} for row in a_family()]
    assert households(tmp_path, *rows, model=NO_POSTCODE) == set()
    told = [message for message in read_json(tmp_path, "run")["messages"] if "placed in no home" in message]
    assert len(told) == 1
    assert told[0].startswith("2 of 2 people")
    assert "`paon` with `street` or `postcode`" in told[0]
    households(tmp_path, *(again(row, "A") for row in a_family()), model=BASIC + SECTION)
    assert not [message for message in read_json(tmp_path, "run")["messages"] if "placed in no home" in message]


def test_house_13_is_not_taken_for_flat_1_of_house_3(tmp_path: Path):
    flat, house = a_family(house="3", flat="FLAT 1")[0], a_family(house="13")[1]
    assert households(tmp_path, flat, house) == set()


def test_house_and_flat_with_a_sign_between_them_are_the_flat_that_another_record_has(tmp_path: Path):
    flat, house = a_family(house="3", flat="FLAT 1")[0], a_person("CARL SMITH", 40, house="31")
    for written in ("3/1", "1 / 3"):
        assert households(tmp_path, flat, a_family(house=written)[1], house) == {home("anna", "ben")}


def test_a_street_of_several_towns_is_no_obstacle_where_the_towns_of_house_and_record_agree(tmp_path: Path):
    mother, child = a_family()
    here = {"class": "Millthorpe"}
    elsewhere = a_person("OLGA NOWAK", 64, house="3", pcode="ZC9 9ZZ") | {"class": "Eastwick"}
    assert households(tmp_path, mother | here, child | here | {"pcode": ""}, elsewhere, model=WITH_TOWN) == {home("anna", "ben")}
