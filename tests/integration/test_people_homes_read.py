"""`families link --households` on tables of other habits: invented postcodes, a census, columns that do not hold what they are named for."""

from pathlib import Path

import pytest

from tests.support.people_tables import Row, found, groups, linked

MODEL = "record_id: id\ncolumns: {full_name: name, birth_date: dob, address: addr, postcode: pcode}\n"
LINE = "record_id: id\ncolumns: {full_name: name, birth_date: dob, address: addr}\n"
AGES = "record_id: id\ncolumns: {forename: first, surname: last, age: age, sex: gender, address: addr, postcode: pcode}\n"


def a_home(key: str, surname: str, **home: str) -> list[Row]:
    """Two of one surname at one address, other people for another key."""
    forenames = {"a": ("Anna", "Ben"), "b": ("Olga", "Tom")}[key]
    births = {"a": 71, "b": 54}[key]
    return [{"id": f"{key}{place}", "name": f"{first} {surname}", "dob": f"19{births + place}-0{place}-11", **home} for place, first in enumerate(forenames, 7)]


def homes(folder: Path, rows: list[Row], model: str, **options: object) -> set[frozenset[str]]:
    """Homes of two and more, as sets of record ids."""
    linked(folder, rows, model, households=True, **options)
    together: dict[str, set[str]] = {}
    for row in found(folder, "households"):
        together.setdefault(row["household_id"], set()).add(row["record_id"])
    return {frozenset(ids) for ids in together.values() if len(ids) > 1}


@pytest.mark.parametrize("area", ["ZC", "XJ", "QQ"])
def test_a_house_number_and_a_postcode_are_a_home_whatever_area_was_invented(tmp_path: Path, area: str):
    rows = [*a_home("a", "Shaw", addr="12", pcode=f"{area}1 2AB"), *a_home("b", "Shaw", addr="14", pcode=f"{area.lower()}12ab")]
    assert homes(tmp_path, rows, MODEL) == {frozenset({"a7", "a8"}), frozenset({"b7", "b8"})}


@pytest.mark.parametrize("area", ["ZC", "XJ"])
def test_a_postcode_at_the_end_of_a_line_tells_two_streets_of_one_name_apart(tmp_path: Path, area: str):
    child = {"id": "c", "name": "Cy Shaw", "dob": "2014-03-01", "addr": f"ROSE COTTAGE {area.lower()}12ab"}
    first = [*a_home("a", "Shaw", addr=f"Rose Cottage, {area}1 2AB"), child]
    rows = [*first, *a_home("b", "Shaw", addr=f"Rose Cottage, {area}9 9XY")]
    assert homes(tmp_path, rows, LINE) == {frozenset({"a7", "a8", "c"}), frozenset({"b7", "b8"})}


def test_a_postcode_alone_places_nobody_and_what_would_is_told(tmp_path: Path):
    run = linked(tmp_path, a_home("a", "Shaw", addr="", pcode="ZC1 2AB"), MODEL, households=True)
    assert any("2 of 2 people are placed in no home" in message and "a house and its street or postcode" in message for message in run["messages"])


def test_codes_of_another_country_are_taken_as_they_are(tmp_path: Path):
    rows = [*a_home("a", "Shaw", addr="12 Mill Lane", pcode="1234 AB"), *a_home("b", "Shaw", addr="12 Mill Lane", pcode="1234 XY")]
    assert homes(tmp_path, rows, MODEL) == {frozenset({"a7", "a8"}), frozenset({"b7", "b8"})}


def test_father_and_son_of_one_name_are_told_apart_by_their_ages(tmp_path: Path):
    home = {"gender": "M", "addr": "12 Mill Lane", "pcode": "ZC1 2AB"}
    rows = [{"id": "father", "first": "Ahmed", "last": "Shah", "age": "31", **home}, {"id": "son", "first": "Ahmed", "last": "Shah", "age": "0", **home}]
    linked(tmp_path, rows, AGES)
    assert len(groups(tmp_path)) == 2


def test_a_table_that_holds_nobody_twice_forms_homes_where_no_records_may_meet(tmp_path: Path):
    rows = a_home("a", "Shaw", addr="12 Mill Lane", pcode="ZC1 2AB")
    rows += [rows[0] | {"id": "twin"}]
    assert homes(tmp_path, rows, f"link_type: link_only\n{MODEL}") == {frozenset({"a7", "a8", "twin"})}
    run = linked(tmp_path, rows, f"link_type: link_only\n{MODEL}", households=True)
    assert run["person_count"] == 3
    assert any("as in a census" in message for message in run["messages"])


@pytest.mark.parametrize(
    ("section", "told"),
    [
        ("seen_date: name", "households.seen_date"),
        ("relationships: {partner: name}", "households.relationships.partner"),
        ("relationships: {partner: other}", None),
        ("from_date: dob", None),
    ],
)
def test_a_column_that_does_not_hold_what_it_is_named_for_is_told(tmp_path: Path, section: str, told: str | None):
    rows = [row | {"other": "a8" if row["id"] == "a7" else ""} for row in a_home("a", "Shaw", addr="12 Mill Lane", pcode="ZC1 2AB")]
    run = linked(tmp_path, rows, f"{MODEL}households:\n  {section}\n", households=True)
    of_homes = [message for message in run["messages"] if "households." in message]
    assert len(of_homes) == (told is not None)
    assert all(f"{told} names" in message and "Shaw" not in message for message in of_homes)
