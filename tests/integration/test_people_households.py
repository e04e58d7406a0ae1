"""`families link --households`: households of any people table, from addresses, names, ages and what the table declares."""

from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from benchmarks.linkage import population
from pipelines.cli import app
from pipelines.errors import BadConfiguration, BadInput
from tests.support.people_tables import Row, found, linked, read_json

BASIC = """
record_id: id
source: agency
columns: {forename: first, surname: last, birth_date: dob, sex: gender, saon: flat, paon: house, street: street, postcode: pcode}
"""
SECTION = """
households:
  as_of: 2026-11-23
  seen_date: seen
  from_date: since
  to_date: until
  address_class: class
  position: place
  relationships: {parent: [mother, father], partner: spouse, apart: left}
  units: {tenancy: tenancy}
"""
COLUMNS = [
    *("id", "agency", "first", "last", "dob", "gender", "flat", "house", "street", "pcode"),
    *("seen", "since", "until", "class", "place", "mother", "father", "spouse", "left", "tenancy"),
]
# Nobody of a test shares a birthday; over all tests they come round again.
DAYS = cycle(f"{month:02}-{day:02}" for month in range(1, 13) for day in range(1, 29))


def a_person(name: str, age: int, house: str | None = "14", **values: Any) -> Row:
    """A record of the person, whose forename is the record id; the house stands in Mill Lane."""
    first, last = name.split(" ", 1)
    home = {"house": house, "street": "MILL LANE", "pcode": "ZC1 1AA"} if house else {}
    return {"id": first.lower(), "agency": "A", "first": first, "last": last, "dob": f"{2025 - age}-{next(DAYS)}", **home} | values


def again(row: Row, agency: str = "B", **values: Any) -> Row:
    """A record of the same person in another source."""
    return row | {"id": row["id"] + agency, "agency": agency} | values


def households(folder: Path, *rows: Row, model: str = BASIC + SECTION) -> set[frozenset[str]]:
    """Households of two people and more, as sets of record ids."""
    linked(folder, list(rows), model, columns=COLUMNS, households=True)
    together: dict[str, set[str]] = {}
    for row in found(folder, "households"):
        together.setdefault(row["household_id"], set()).add(row["record_id"])
    return {frozenset(ids) for ids in together.values() if len(ids) > 1}


def home(*ids: str) -> frozenset[str]:
    return frozenset(ids)


def of(folder: Path, record_id: str) -> Row:
    return next(row for row in found(folder, "households") if row["record_id"] == record_id)


def test_every_record_has_one_household_with_a_probability_and_a_basis(tmp_path: Path):
    rows = [a_person("ANNA SMITH", 35), a_person("BEN SMITH", 9), a_person("CARL STONE", 40, house=None)]
    households(tmp_path, *rows)
    told = found(tmp_path, "households")
    assert [row["record_id"] for row in told] == ["anna", "ben", "carl"]
    assert {row["basis"] for row in told} == {"surname_and_address", "alone"}
    assert all(0.7 <= row["membership_probability"] <= 1 for row in told)
    assert of(tmp_path, "ben")["member_role"] == "child"
    assert read_json(tmp_path, "run")["households"]["household_count"] == 2


def test_no_section_is_needed_where_names_and_addresses_are_all_there_is(tmp_path: Path):
    assert households(tmp_path, a_person("ANNA SMITH", 35), a_person("BEN SMITH", 9), model=BASIC) == {home("anna", "ben")}


def test_three_generations_of_two_names_are_one_household(tmp_path: Path):
    rows = [a_person("ANNA SMITH", 35, gender="F"), a_person("DAVE SMITH", 37, gender="M"), a_person("BEN SMITH", 9), a_person("OLGA NOWAK", 64, gender="F")]
    assert households(tmp_path, *rows) == {home("anna", "dave", "ben", "olga")}
    assert of(tmp_path, "olga")["basis"] == "generation_by_age"


def test_a_child_goes_to_its_parents_by_age_whatever_its_name(tmp_path: Path):
    rows = [a_person("ANNA JONES", 35, gender="F"), a_person("DAVE SMITH", 37, gender="M"), a_person("KIM OKORO", 9)]
    assert households(tmp_path, *rows) == {home("anna", "dave", "kim")}
    assert of(tmp_path, "kim")["basis"] == "child_by_age"


def test_a_child_whom_a_record_puts_elsewhere_too_is_not_given_to_whoever_lives_at_the_one_address(tmp_path: Path):
    child = a_person("KIM OKORO", 9)
    rows = [a_person("ANNA JONES", 35, gender="F"), a_person("DAVE SMITH", 37, gender="M"), child, again(child, house="90")]
    assert home("anna", "dave") in households(tmp_path, *rows)


def test_a_child_whom_one_source_alone_puts_at_a_home_that_others_know_too_is_not_given_to_it_by_age(tmp_path: Path):
    couple = [a_person("ANNA JONES", 35, gender="F"), a_person("DAVE SMITH", 37, gender="M")]
    child = a_person("KIM OKORO", 9)
    rows = [*couple, *map(again, couple), child]
    assert households(tmp_path, *rows) == {home("anna", "annaB", "dave", "daveB")}
    assert households(tmp_path, *rows, again(child)) == {home("anna", "annaB", "dave", "daveB", "kim", "kimB")}


def test_a_couple_of_two_names_is_left_apart_where_the_table_declares_nearly_every_couple(tmp_path: Path):
    pair = [a_person("ANNA JONES", 35, gender="F"), a_person("DAVE SMITH", 37, gender="M")]
    names = ("NOWAK", "LI", "SINGH", "BROWN", "HASSAN", "COSTA", "MURPHY", "KAYA", "STONE", "FISHER", "OKORO", "DRACUP")
    couples = [
        person
        for place, name in enumerate(names * 2)
        for person in (
            a_person(f"WIFE{place} {name}", 30 + place, str(100 + place), gender="F", spouse=f"husband{place}"),
            a_person(f"HUSBAND{place} {name}", 32 + place, str(100 + place), gender="M"),
        )
    ]
    assert home("anna", "dave") in households(tmp_path, *pair, *(person | {"spouse": ""} for person in couples))
    assert home("anna", "dave") not in households(tmp_path, *pair, *couples)


def test_an_elder_of_another_name_beside_a_family_that_is_declared_is_left_out_and_told(tmp_path: Path):
    rows = [a_person("ANNA SMITH", 35, gender="F"), a_person("BEN SMITH", 9, mother="anna"), a_person("OLGA NOWAK", 64, gender="F")]
    assert households(tmp_path, *rows) == {home("anna", "ben")}


def test_two_of_two_names_at_two_spellings_of_one_address_did_not_move_together(tmp_path: Path):
    first, second = a_person("CARL STONE", 27, gender="M"), a_person("FRED NOWAK", 29, gender="M")
    rows = [first, second, *(again(row, pcode="ZC1 1AB") for row in (first, second))]
    assert households(tmp_path, *rows) == {home("carl", "carlB"), home("fred", "fredB")}


def test_landlady_and_lodger_are_two_households(tmp_path: Path):
    assert households(tmp_path, a_person("OLGA NOWAK", 64, gender="F"), a_person("CARL STONE", 27, gender="M")) == set()


def test_sharers_are_as_many_households_and_the_family_among_them_is_one(tmp_path: Path):
    names = ("ADA OKORO", "BO NOWAK", "CY LI", "DI JONES", "ED SINGH", "FI BROWN", "GUS HASSAN", "HAL COSTA", "IDA MURPHY", "JO KAYA")
    rows = [a_person(name, 25 + place) for place, name in enumerate(names)]
    assert households(tmp_path, *rows, a_person("ANNA DRACUP", 35), a_person("BEN DRACUP", 9)) == {home("anna", "ben")}


def test_flats_without_a_number_are_never_pooled(tmp_path: Path):
    numbered = a_person("OLGA STONE", 64, flat="FLAT 2")
    block = [a_person(f"ANNA{n} SMITH", 35 + n) for n in range(6)] + [a_person(f"BEN{n} SMITH", 3 + n) for n in range(6)]
    assert households(tmp_path, numbered, *block) == set()
    assert read_json(tmp_path, "run")["households"]["flats_without_number"] == 12


def test_a_block_delivered_wholly_without_flat_numbers_is_known_by_its_many_names(tmp_path: Path):
    names = ("OKORO", "NOWAK", "LI", "JONES", "SINGH", "BROWN", "HASSAN", "COSTA", "MURPHY", "KAYA", "STONE", "FISHER")
    block = [a_person(f"{first}{place} {name}", 30 + place) for place, name in enumerate(names) for first in ("ADAM", "JUNE")]
    assert households(tmp_path, *block) == set()


def test_a_flat_number_left_out_once_is_known_from_the_persons_other_record(tmp_path: Path):
    mother = a_person("ANNA SMITH", 35, flat="FLAT 2")
    assert households(tmp_path, mother, again(mother, flat=""), a_person("BEN SMITH", 9, flat="FLAT 2")) == {home("anna", "annaB", "ben")}


def test_a_hostel_is_told_by_its_class_and_only_declared_families_are_households_in_it(tmp_path: Path):
    hostel = {"class": "Hostel"}
    rows = [a_person("ANNA SMITH", 35, **hostel), a_person("BEN SMITH", 9, mother="anna", **hostel), a_person("CARL SMITH", 40, **hostel)]
    assert households(tmp_path, *rows) == {home("anna", "ben")}
    assert of(tmp_path, "ben")["basis"] == "declared_relationship"


def test_separated_parents_are_apart_and_the_child_has_a_home_with_each(tmp_path: Path):
    mother, father = a_person("ANNA JONES", 35, gender="F"), a_person("DAVE SMITH", 37, house="90", gender="M")
    child = a_person("BEN SMITH", 9, mother="anna", father="dave")
    assert households(tmp_path, mother, father, child, again(child), again(child, "C", house="90")) == {home("anna", "ben", "benB", "benC")}
    told = of(tmp_path, "ben")
    assert (told["other_household_id"], told["other_basis"]) == (of(tmp_path, "dave")["household_id"], "second_home")


def test_two_whom_the_table_tells_apart_are_never_one_household(tmp_path: Path):
    rows = [a_person("ANNA SMITH", 35, left="dave"), a_person("DAVE SMITH", 37), a_person("BEN SMITH", 9, mother="anna")]
    assert not [names for names in households(tmp_path, *rows) if {"anna", "dave"} <= names]


def test_people_of_one_tenancy_are_a_household_and_its_lodger_is_not(tmp_path: Path):
    rows = [a_person("ANNA JONES", 35, tenancy="T1"), a_person("CARL STONE", 61, tenancy="T1"), a_person("HAL COSTA", 25, tenancy="T1", place="Lodger")]
    assert households(tmp_path, *rows) == {home("anna", "carl")}
    assert of(tmp_path, "carl")["basis"] == "declared_unit"


def test_who_left_before_the_next_came_did_not_live_with_them(tmp_path: Path):
    rows = [
        a_person("ANNA SMITH", 35, since="2020-01-01", until="2026-12-31"),
        a_person("DAVE SMITH", 37, since="2010-01-01", until="2019-05-01"),
    ]
    assert households(tmp_path, *rows) == set()


def test_a_family_that_moved_is_together_although_one_record_is_behind(tmp_path: Path):
    mother, child, father = a_person("ANNA SMITH", 35), a_person("BEN SMITH", 9), a_person("DAVE SMITH", 37)
    rows = [mother, again(mother, house="90"), again(mother, "C", house="90"), child, father, again(father, house="90")]
    rows += [again(father, "C", house="90"), again(child, house="90")]
    assert households(tmp_path, *rows) == {frozenset(row["id"] for row in rows)}


def test_a_grown_son_who_moved_out_has_left_although_an_old_record_keeps_him(tmp_path: Path):
    parents, son = [a_person("ANNA SMITH", 60), a_person("DAVE SMITH", 61)], a_person("BEN SMITH", 30)
    rows = [*parents, *(again(row) for row in parents), son, again(son, house="90"), again(son, "C", house="90")]
    assert home("anna", "annaB", "dave", "daveB") in households(tmp_path, *rows)


def test_a_column_the_section_names_and_the_file_lacks_is_refused_with_its_key(tmp_path: Path):
    with pytest.raises(BadInput, match=r"households\.relationships\.parent\.1: guardian"):
        linked(tmp_path, [a_person("ANNA SMITH", 35)], BASIC + "households: {relationships: {parent: guardian}}\n", columns=COLUMNS, households=True)


def test_an_unknown_key_of_the_section_is_refused(tmp_path: Path):
    with pytest.raises(BadConfiguration, match="households"):
        linked(tmp_path, [a_person("ANNA SMITH", 35)], BASIC + "households: {cousins: x}\n", columns=COLUMNS, households=True)


@pytest.mark.parametrize(("setting", "least_f1", "least_precision"), [("dense", 0.965, 0.985), ("population", 0.95, 0.96)])
def test_households_of_populations_of_another_generator_are_found(tmp_path: Path, setting: str, least_f1: float, least_precision: float):
    records = tmp_path / "records.parquet"
    population.write(records, setting, 5_000, seed=12)
    model = str(Path(population.__file__).parent / "models" / f"{setting}.yml")
    arguments = ["link", str(records), "--model", model, "--out", str(tmp_path / "out"), "--train", "--household-truth", "household_id"]
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 0, result.output
    assert "address only" in result.output
    judged = read_json(tmp_path, "run")["household_quality"]
    assert judged["households"]["b_cubed"]["f1"] > least_f1
    assert judged["households"]["pairs"]["precision"] > least_precision
    for baseline in ("address_only", "address_and_surname"):
        assert judged["households"]["b_cubed"]["f1"] > judged[baseline]["b_cubed"]["f1"]


def test_the_same_table_gives_the_same_households_whatever_the_order_of_its_rows(tmp_path: Path):
    rows = [a_person("ANNA SMITH", 35), a_person("BEN SMITH", 9), a_person("CARL STONE", 40), a_person("KIM JONES", 38, gender="F")]
    for name, table in (("one", rows), ("other", rows[::-1])):
        (tmp_path / name).mkdir()
        households(tmp_path / name, *table)
    assert found(tmp_path / "one", "households") == found(tmp_path / "other", "households")
