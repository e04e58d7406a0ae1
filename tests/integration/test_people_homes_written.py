"""`families link --households`: one home written in several ways, and places in a family that name its head alone."""

from pathlib import Path

from tests.integration.test_people_households import a_person, again, home, households, of


def family(first: str = "14", second: str = "14", **values: str) -> list[dict[str, str]]:
    """Two women and a man of one surname, at homes that may be one written in two ways."""
    return [a_person("ANNA SMITH", 35, first), again(a_person("EVE SMITH", 66, first)), a_person("BEN SMITH", 30, second, **values)]


def test_a_sign_wrong_in_the_postcode_leads_to_the_house_of_that_number_and_street(tmp_path: Path):
    assert households(tmp_path, *family(pcode="ZC1 1AB")) == {home("anna", "eveB", "ben")}
    assert households(tmp_path, *family(pcode="ZC1 1BB")) == {home("anna", "eveB")}
    assert households(tmp_path, *family(second="15", pcode="ZC1 1AB")) == {home("anna", "eveB")}
    assert households(tmp_path, *family(street="WELL LANE", pcode="ZC1 1AB")) == {home("anna", "eveB")}


def test_two_streets_of_one_name_under_postcodes_a_sign_apart_stay_two(tmp_path: Path):
    numbers = ("14", "15", "16")
    there = [a_person(f"KIM{number} LI", 50, number) for number in numbers]
    other = [a_person(f"SAM{number} BROWN", 50, number, pcode="ZC1 1AB") for number in numbers]
    assert households(tmp_path, *family(pcode="ZC1 1AB"), *there, *other) == {home("anna", "eveB")}


def test_a_postcode_that_may_be_two_houses_is_nobody_s_slip(tmp_path: Path):
    elsewhere = [a_person("KIM SMITH", 41, pcode="ZC1 1DB"), again(a_person("SAM SMITH", 12, pcode="ZC1 1DB"))]
    assert households(tmp_path, *family(pcode="ZC1 1AB"), *elsewhere) == {home("anna", "eveB"), home("kim", "samB")}


def test_the_name_of_a_house_is_known_by_its_letters_but_for_a_slip(tmp_path: Path):
    assert households(tmp_path, *family("HEN-FELIN", "Hen Felin")) == {home("anna", "eveB", "ben")}
    assert households(tmp_path, *family("HEN FELIN", "HEN FELLIN")) == {home("anna", "eveB", "ben")}
    assert households(tmp_path, *family("HEN FELIN", "HEN FELLIN", pcode="ZC1 9XY")) == {home("anna", "eveB")}
    assert households(tmp_path, *family("MILL FARM", "MILL COTTAGE")) == {home("anna", "eveB")}
    assert households(tmp_path, *family("14", "15")) == {home("anna", "eveB")}


def test_places_in_the_family_of_one_head_make_one_household(tmp_path: Path):
    people = [
        a_person("ANNA JONES", 35, place="Head"),
        a_person("DAVE BROWN", 57, place="Relative"),
        a_person("RUTH STONE", 9, place="Step-daughter"),
        a_person("ZOE KAYA", 33, place="lodger"),
        a_person("IAN COSTA", 52, place="not related"),
    ]
    assert households(tmp_path, *people) == {home("anna", "dave", "ruth")}
    assert of(tmp_path, "dave")["basis"] == "declared_relationship"


def test_beside_two_heads_nobody_says_whose_kin_a_relative_is(tmp_path: Path):
    people = [a_person("ANNA JONES", 35, place="Head"), a_person("OLGA NOWAK", 64, place="Head"), a_person("DAVE BROWN", 57, place="Relative")]
    assert households(tmp_path, *people) == set()
    # What another source says of another head does not count here.
    assert households(tmp_path, people[0], people[1] | {"agency": "B"}, people[2]) == {home("anna", "dave")}


def test_where_no_street_is_told_a_sign_more_in_a_postcode_is_another_house(tmp_path: Path):
    first = [a_person("ANNA SMITH", 35, street=""), again(a_person("EVE SMITH", 66, street=""))]
    second = [a_person("BEN SMITH", 30, street="", pcode="ZC1 1AB"), again(a_person("SAM SMITH", 61, street="", pcode="ZC1 1AB"))]
    assert households(tmp_path, *first, *second) == {home("anna", "eveB"), home("ben", "samB")}
