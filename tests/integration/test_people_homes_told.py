"""`families link --households`: what a table tells of who belongs to a home, and who only has its address or its name."""

from pathlib import Path
from typing import Any

import pytest

from tests.integration.test_people_households import BASIC, SECTION, a_person, again, home, households, of
from tests.support.people_tables import Row

NAMES = ("NOWAK", "LI", "SINGH", "BROWN", "HASSAN", "COSTA", "MURPHY", "KAYA", "STONE", "FISHER", "OKORO", "DRACUP")


def pairs_of_two_names(first: str, second: str, first_sex: str, second_sex: str, street: int) -> list[Row]:
    """Twelve homes of two adults of two names."""
    return [
        a_person(f"{call}{place} {NAMES[place - shift]}", 30 + place, str(street + place), gender=sex)
        for place in range(12)
        for call, sex, shift in ((first, first_sex, 0), (second, second_sex, 5))
    ]


def test_who_came_long_ago_and_has_no_end_lives_there_still(tmp_path: Path):
    rows = [a_person("ANNA SMITH", 75, since="1972-01-19"), a_person("DAVE SMITH", 77, since="2004-11-01")]
    assert households(tmp_path, *rows) == {home("anna", "dave")}


def test_who_came_to_another_home_later_has_left_although_nobody_wrote_an_end(tmp_path: Path):
    father = a_person("DAVE SMITH", 37, since="2010-01-01")
    rows = [a_person("ANNA SMITH", 35, since="2010-01-01"), a_person("BEN SMITH", 9, since="2017-01-01"), father, again(father, house="90", since="2021-05-01")]
    assert households(tmp_path, *rows) == {home("anna", "ben"), home("dave", "daveB")}


def test_a_letter_left_out_early_in_a_surname_parts_no_family(tmp_path: Path):
    rows = [a_person("ANNA TURNER", 35, gender="F"), a_person("BEN TUNER", 9), a_person("DAVE TURNER", 37, gender="M")]
    assert households(tmp_path, *rows) == {home("anna", "ben", "dave")}
    assert of(tmp_path, "ben")["basis"] == "surname_and_address"


def test_a_flat_number_left_out_is_known_from_the_one_family_of_that_name_in_the_building(tmp_path: Path):
    rows = [a_person("ANNA SMITH", 35, flat="FLAT 2"), a_person("OLGA NOWAK", 64, flat="FLAT 3"), a_person("BEN SMITH", 9)]
    assert households(tmp_path, *rows) == {home("anna", "ben")}
    other = a_person("KIM SMITH", 41, flat="FLAT 5")
    assert households(tmp_path, *rows, other) == set()


def test_a_flat_number_left_out_is_known_from_a_declared_parent(tmp_path: Path):
    rows = [a_person("ANNA JONES", 35, flat="FLAT 2"), a_person("OLGA NOWAK", 64, flat="FLAT 3"), a_person("BEN SMITH", 9, mother="anna")]
    assert households(tmp_path, *rows) == {home("anna", "ben")}


def test_a_second_parent_whom_another_source_knows_elsewhere_does_not_live_at_the_child_s_address(tmp_path: Path):
    mother, father, child = a_person("ANNA JONES", 35), a_person("DAVE SMITH", 37), a_person("BEN SMITH", 9, mother="anna", father="dave")
    rows = [mother, father, child, again(mother), again(father, house="90", place=""), again(child, mother="", father="")]
    family = home("anna", "annaB", "ben", "benB")
    assert households(tmp_path, *rows) == {family, home("dave", "daveB")}
    # Seen there by a third source, or elsewhere long ago only, he is at home.
    everybody = frozenset(row["id"] for row in rows)
    assert households(tmp_path, *rows, again(father, "C")) == {everybody | {"daveC"}}
    old = [row | {"seen": "2026-10-01" if row["id"] != "daveB" else "2024-01-01"} for row in rows]
    assert households(tmp_path, *old) == {everybody}


def test_partners_whom_the_table_declares_are_no_second_parents(tmp_path: Path):
    mother, father = a_person("ANNA JONES", 35, spouse="dave"), a_person("DAVE SMITH", 37)
    child = a_person("BEN SMITH", 9, mother="anna", father="dave")
    rows = [mother, father, child, again(mother, spouse=""), again(father, house="90"), again(child, mother="", father="")]
    assert households(tmp_path, *rows) == {frozenset(row["id"] for row in rows)}


def test_a_man_and_a_woman_are_a_couple_unless_as_many_homes_have_two_men_or_two_women(tmp_path: Path):
    pair = [a_person("ANNA JONES", 35, gender="F"), a_person("DAVE SMITH", 37, gender="M")]
    mixed, alike = pairs_of_two_names("MAVIS", "HUGH", "F", "M", 100), pairs_of_two_names("COLIN", "PIERS", "M", "M", 200)
    assert home("anna", "dave") in households(tmp_path, *pair)
    assert home("anna", "dave") in households(tmp_path, *pair, *mixed)
    assert home("anna", "dave") not in households(tmp_path, *pair, *mixed, *alike)


def test_two_of_two_names_and_eleven_years_between_them_are_not_taken_for_a_couple(tmp_path: Path):
    assert households(tmp_path, a_person("ANNA JONES", 35, gender="F"), a_person("DAVE SMITH", 46, gender="M")) == set()


def test_a_child_whom_one_source_alone_knows_belongs_to_the_only_adult_of_its_home(tmp_path: Path):
    mother = a_person("ANNA JONES", 35, gender="F")
    assert households(tmp_path, mother, again(mother), a_person("KIM OKORO", 3)) == {home("anna", "annaB", "kim")}


def test_a_young_adult_of_another_name_beside_a_parent_and_child_may_lodge_and_is_left_out(tmp_path: Path):
    rows = [a_person("ANNA SMITH", 50, gender="F"), a_person("BEN SMITH", 12), a_person("HAL COSTA", 25, gender="M")]
    assert households(tmp_path, *rows) == {home("anna", "ben")}


def test_an_elder_of_another_name_beside_a_couple_without_children_is_left_out(tmp_path: Path):
    rows = [a_person("ANNA SMITH", 35, gender="F"), a_person("DAVE SMITH", 37, gender="M"), a_person("OLGA NOWAK", 64, gender="F")]
    assert households(tmp_path, *rows) == {home("anna", "dave")}


@pytest.mark.parametrize(
    ("second", "is_couple"), [({"age": 40}, True), ({"age": 43}, False), ({"age": 40, "gender": ""}, True), ({"age": 43, "gender": ""}, False)]
)
def test_two_of_two_names_are_the_likelier_a_couple_the_nearer_their_ages(tmp_path: Path, second: dict[str, Any], is_couple: bool):
    other = a_person("DAVE SMITH", **{"gender": "M"} | second)
    assert households(tmp_path, a_person("ANNA JONES", 35, gender="F"), other) == ({home("anna", "dave")} if is_couple else set())


def test_a_child_of_the_right_age_tells_the_partner_of_somebody_without_an_age(tmp_path: Path):
    rows = [a_person("DAVE SHAW", 40, gender="M", dob=""), a_person("KIM SHAW", 3), a_person("ANNA JONES", 29, gender="F")]
    assert households(tmp_path, *rows) == {home("dave", "kim", "anna")}
    assert of(tmp_path, "anna")["basis"] == "couple_by_age"
    assert households(tmp_path, *rows[:2], rows[2] | {"dob": "1950-03-01"}) == {home("dave", "kim")}


def test_nobody_is_taken_for_the_partner_of_one_half_of_a_couple_of_whom_little_is_known(tmp_path: Path):
    rows = [a_person("DAVE SHAW", 48, gender="M"), a_person("KIM SHAW", 47, dob=""), a_person("ANNA JONES", 49, gender="F")]
    assert households(tmp_path, *rows) == {home("dave", "kim")}


def test_who_was_last_seen_three_years_ago_is_taken_for_nobody_s_partner(tmp_path: Path):
    rows = [a_person("ANNA JONES", 35, gender="F", seen="2026-11-01"), a_person("DAVE SMITH", 37, gender="M", seen="2026-11-01")]
    assert households(tmp_path, *rows) == {home("anna", "dave")}
    assert households(tmp_path, rows[0], rows[1] | {"seen": "2023-05-01"}) == set()


def test_a_child_at_its_mother_s_is_not_carried_to_its_father_s_however_many_live_there(tmp_path: Path):
    mother, father = a_person("ANNA JONES", 35), a_person("DAVE SMITH", 37, "90")
    child = a_person("BEN SMITH", 9, mother="anna", father="dave")
    there = [a_person(f"{name} SMITH", age, "90", father="dave") for name, age in (("KIM", 5), ("JOE", 3))]
    siblings = [row | {"mother": "ben"} for row in there]
    rows = [mother, father, child, *there, *(again(row, mother="", father="") for row in siblings)]
    assert home("anna", "ben") in households(tmp_path, *rows)


def test_a_second_parent_whom_one_source_alone_knows_is_there_at_nine_in_ten(tmp_path: Path):
    mother, child = a_person("ANNA SMITH", 35), a_person("BEN SMITH", 9, mother="anna", father="dave")
    rows = [mother, again(mother), a_person("DAVE SMITH", 37), child, again(child, mother="", father="")]
    together = home("anna", "annaB", "dave", "ben", "benB")
    assert households(tmp_path, *rows) == {together}
    assert of(tmp_path, "dave")["membership_probability"] == 0.9
    assert households(tmp_path, *rows, model=BASIC + SECTION + "  membership: 0.95\n") != {together}


def test_people_of_one_name_of_whom_one_came_after_the_other_left_do_not_carry_one_another(tmp_path: Path):
    left = a_person("ANNA SMITH", 35, since="2010-01-01", until="2020-05-01")
    rows = [left, again(left, house="90", since="2020-05-01", until=""), a_person("CARL SMITH", 48, since="2022-03-01")]
    child = a_person("BEN SMITH", 9, since="2017-06-01", until="2020-05-01")
    rows += [child, again(child, house="90", since="2020-05-01", until="")]
    assert households(tmp_path, *rows) == {home("anna", "annaB", "ben", "benB")}


def test_two_who_came_years_apart_are_a_couple_as_often_as_the_table_shows(tmp_path: Path):
    pair = [a_person("ANNA JONES", 35, gender="F", since="2023-07-01"), a_person("DAVE SMITH", 37, gender="M", since="1998-07-01")]
    alike = pairs_of_two_names("COLIN", "PIERS", "M", "M", 200)
    for place, row in enumerate(alike):
        row["since"] = "2010-01-01" if place % 2 else "2020-01-01"
    assert home("anna", "dave") not in households(tmp_path, *pair, *alike)
    assert home("anna", "dave") in households(tmp_path, pair[0], pair[1] | {"since": "2023-06-01"}, *alike)


def test_a_sex_that_no_record_gives_is_that_of_the_others_of_the_forename(tmp_path: Path):
    pair = [a_person("MAVIS JONES", 35, gender=""), a_person("OLIVE SMITH", 37, gender="F")]
    others = [a_person(f"MAVIS {name}", 50 + place, str(100 + place), gender="F", id=f"m{place}") for place, name in enumerate(NAMES)]
    assert households(tmp_path, *pair) == {home("mavis", "olive")}
    assert households(tmp_path, *pair, *others) == set()


def test_an_older_statement_of_one_source_gives_way_to_its_newer_one(tmp_path: Path):
    mother, child = a_person("ANNA SMITH", 35, seen="2026-10-01"), a_person("BEN SMITH", 9, seen="2026-10-01")
    father = a_person("DAVE SMITH", 37, seen="2022-07-01")
    rows = [mother, again(mother), child, again(child), father, father | {"id": "dave2", "house": "90", "seen": "2026-06-01"}]
    assert households(tmp_path, *rows) == {home("anna", "annaB", "ben", "benB"), home("dave", "dave2")}


def test_a_parent_is_not_carried_to_where_the_other_parent_and_the_children_are(tmp_path: Path):
    mother, father = a_person("ANNA JONES", 35), a_person("DAVE SMITH", 37, "90")
    kim, joe = (a_person(f"{name} SMITH", age, mother="anna", father="dave") for name, age in (("KIM", 9), ("JOE", 7)))
    rows = [mother, father, kim, joe, *(again(row, mother="", father="") for row in (mother, kim, joe)), again(kim, "C", house="90", mother="", father="")]
    assert not [names for names in households(tmp_path, *rows) if {"anna", "dave"} <= names]


def test_a_tenancy_ties_nobody_who_left_it_long_before_the_others_were_seen(tmp_path: Path):
    tenants = [a_person(name, age, tenancy="T1", seen="2026-10-01") for name, age in (("ANNA JONES", 35), ("CARL STONE", 61))]
    former = a_person("HAL COSTA", 38, tenancy="T1", seen="2020-03-01")
    assert households(tmp_path, *tenants, former) == {home("anna", "carl")}
    assert households(tmp_path, *tenants, former | {"seen": "2026-09-01"}) == {home("anna", "carl", "hal")}
    assert households(tmp_path, *tenants, former | {"seen": "", "until": "2026-05-01"}) == {home("anna", "carl")}


def test_a_grown_son_whom_as_much_and_as_lately_places_elsewhere_away_from_his_family_is_left_out_and_told(tmp_path: Path):
    parents, son = [a_person("ANNA SMITH", 60), a_person("DAVE SMITH", 61)], a_person("BEN SMITH", 30)
    rows = [row | {"seen": "2026-09-01"} for row in (*parents, *(again(row) for row in parents), son, again(son, house="90"))]
    assert households(tmp_path, *rows) == {home("anna", "annaB", "dave", "daveB"), home("ben", "benB")}
    assert of(tmp_path, "ben")["other_household_id"] == of(tmp_path, "anna")["household_id"]
    # His mother was seen there too: the family moved, and one record of his is behind.
    assert households(tmp_path, *rows, again(parents[0], "C", house="90", seen="2026-09-01")) == {frozenset(row["id"] for row in rows) | {"annaC"}}
    # Without dates the other home is mostly a former one.
    assert home("ben", "benB") not in households(tmp_path, *(row | {"seen": ""} for row in rows))


def test_the_table_tells_how_many_second_parents_live_where_the_child_s_record_has_them(tmp_path: Path):
    def a_family(mother: str, father: str, child: str, house: str) -> list[Row]:
        """The mother is known to another source, the father to the school alone."""
        parents = [a_person(f"{mother} JONES", 35, house, gender="F"), a_person(f"{father} OKORO", 37, house, gender="M")]
        return [*parents, a_person(f"{child} OKORO", 9, house, mother=mother.lower(), father=father.lower()), again(parents[0])]

    names = [("MAVIS", "HUGH", "KIM"), ("OLGA", "PIERS", "JOE"), ("IVY", "COLIN", "GUS"), ("WANDA", "FELIX", "TIA"), ("NORA", "BASIL", "ZOE")]
    separated = [a_family(*family, str(100 + place)) for place, family in enumerate(names)]
    known = [again(family[1], house=str(200 + place)) for place, family in enumerate(separated)]
    asked = a_family("ANNA", "DAVE", "BEN", "14")
    assert home("anna", "annaB", "dave", "ben") in households(tmp_path, *asked)
    assert home("anna", "annaB", "ben") in households(tmp_path, *asked, *(row for family in separated for row in family), *known)


def test_a_child_whom_its_own_records_have_with_foster_carers_is_not_carried_to_a_declared_parent(tmp_path: Path):
    child, mother = a_person("BEN SHAW", 9, mother="anna"), a_person("ANNA SHAW", 35, house="7")
    carers = [a_person("OLGA NOWAK", 54), again(a_person("IVAN NOWAK", 56))]
    found = households(tmp_path, child, again(child), mother, again(mother), *carers)
    assert not [ids for ids in found if {"ben", "anna"} <= ids]


def test_declared_parents_of_a_table_of_one_source_are_sure_of_their_child(tmp_path: Path):
    family = [a_person("ANNA JONES", 35), a_person("DAVE BROWN", 37), a_person("BEN SMITH", 9, mother="anna", father="dave")]
    strict = BASIC + SECTION.replace("households:", "households:\n  membership: 0.95")
    assert households(tmp_path, *family, model=strict) == {home("anna", "dave", "ben")}


def test_a_mother_is_not_doubted_for_what_the_table_shows_of_fathers(tmp_path: Path):
    rows: list[Row] = []
    for place, surname in enumerate(NAMES):
        mother = a_person(f"MUM{place} {surname}", 35, str(100 + place), gender="F")
        father = a_person(f"DAD{place} STONEHAM", 37, str(100 + place), gender="M")
        child = a_person(f"KID{place} {surname}", 9, str(100 + place), mother=mother["id"], father=father["id"])
        rows += [mother, father, child, again(father, house=str(200 + place)), again(child, mother="", father="")]
    unknown = [a_person("ANNA SMITH", 35, gender="F"), a_person("DAVE JONES", 37, gender="M"), a_person("BEN SMITH", 9, mother="anna", father="dave")]
    found = households(tmp_path, *rows, *unknown)
    assert {home(f"mum{place}", f"kid{place}", f"kid{place}B") for place in range(len(NAMES))} <= found
    # Of whom nothing else is known the mother is at home, and the father as likely as the table's others.
    assert home("anna", "ben") in found


def test_who_has_a_declared_child_would_have_a_declared_partner_too(tmp_path: Path):
    own = [a_person("DAVE STONE", 37, gender="M"), a_person("KIM STONE", 9), a_person("LEO STONE", 7)]
    other = [a_person("ANNA JONES", 35, gender="F"), a_person("BEN FISHER", 5, mother="anna")]
    assert households(tmp_path, *own, *other) == {home("dave", "kim", "leo"), home("anna", "ben")}
    assert households(tmp_path, *own, other[0], other[1] | {"mother": ""}) == {home("dave", "kim", "leo", "anna", "ben")}
