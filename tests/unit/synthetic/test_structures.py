"""Who lives in the borough: the structures, ages, names and addresses that make linkage hard."""

import re
from collections import Counter, defaultdict
from datetime import date
from typing import Any

import pytest
from stdnum.gb import upn as upn_rule

from pipelines import authority
from pipelines.settings import Settings
from pipelines.synthetic import generation, identifiers
from tests.support.borough import AS_OF, a_borough, the_borough

FAMILIES = ("couple_children", "step_family", "lone_parent", "three_generations", "kinship", "foster")


def years(person: dict[str, Any]) -> float:
    return (AS_OF - person["birth_date"]).days / 365.25


@pytest.fixture(scope="module")
def people() -> list[dict[str, Any]]:
    return [p for p in the_borough().truth("person") if p["household_id"]]


@pytest.fixture(scope="module")
def households() -> dict[str, dict[str, Any]]:
    return {h["household_id"]: h for h in the_borough().truth("household")}


@pytest.fixture(scope="module")
def members(people: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    grouped = defaultdict(list)
    for person in people:
        grouped[person["household_id"]].append(person)
    return grouped


@pytest.mark.parametrize("count", [1, 2, 37, 500])
def test_any_number_of_people_is_met_exactly(tmp_path, count: int):
    people = a_borough(tmp_path, people=count).truth("person")
    assert len([p for p in people if p["household_id"]]) == count


def test_lone_parents_are_about_a_third_of_families(households):
    shares = Counter(h["structure"] for h in households.values() if h["structure"] in FAMILIES)
    assert 0.27 <= shares["lone_parent"] / shares.total() <= 0.4


def test_every_structure_is_there(households):
    found = {h["structure"] for h in households.values()}
    assert {*FAMILIES, "single", "couple", "adult_children", "sharer", "lodger", "hmo_resident", "hostel_resident", "care_resident", "refuge_family"} <= found


def test_communal_homes_hold_many_households_at_one_address(households):
    sizes = Counter((h["kind"], h["address"], h["postcode"]) for h in households.values() if h["kind"] != "private")
    by_kind = defaultdict(list)
    for (kind, _, _), size in sizes.items():
        by_kind[kind].append(size)
    assert all(20 <= size <= 40 for size in by_kind["hostel"])
    assert all(28 <= size <= 50 for size in by_kind["care_home"])
    assert max(by_kind["hmo"]) >= 6
    assert min(by_kind["refuge"]) >= 4


def test_ages_and_sexes_are_those_of_a_population(people):
    under_18 = sum(years(p) < 18 for p in people) / len(people)
    assert 0.19 <= under_18 <= 0.29
    assert 0.45 <= sum(p["sex"] == "F" for p in people) / len(people) <= 0.56
    assert all(0 <= years(p) < 106 for p in people)


def test_mothers_are_old_enough_and_heads_are_grown_up(members, households):
    for household_id, family in members.items():
        if households[household_id]["structure"] not in ("couple_children", "lone_parent", "step_family"):
            continue
        head = next(p for p in family if p["role"] == "adult")
        assert years(head) >= 18
        assert all(years(head) - years(p) > 14.5 for p in family if p["role"] == "child")


def test_twins_share_their_birthday_and_nothing_tells_them_but_the_forename(members):
    twins = [(p, family) for family in members.values() for p in family if p["is_twin"]]
    assert len(twins) >= 10
    for twin, family in twins:
        others = [p for p in family if p["birth_date"] == twin["birth_date"] and p is not twin]
        assert others
        assert all(p["forename"] != twin["forename"] for p in others)


def test_some_sons_bear_their_fathers_name_at_his_address(members):
    pairs = [
        (a, b)
        for family in members.values()
        for a in family
        for b in family
        if a["role"] in ("adult", "partner") and b["role"] in ("child", "adult_child") and (a["forename"], a["surname"]) == (b["forename"], b["surname"])
    ]
    assert len(pairs) >= 5
    assert all(years(a) - years(b) > 14 for a, b in pairs)


def test_children_of_separated_parents_are_at_home_in_two(people, members, households):
    shared = [p for p in people if p["other_household_id"]]
    assert len(shared) >= 20
    for child in shared:
        assert years(child) < 18
        assert households[child["other_household_id"]]["kind"] == "private"
        assert any(p["sex"] == "M" for p in members[child["other_household_id"]])


def test_brothers_and_sisters_of_somali_families_often_share_no_surname(members):
    families = [[p for p in family if p["role"] == "child" and p["name_origin"] == "somali"] for family in members.values()]
    several = [family for family in families if len(family) > 1]
    assert several
    assert sum(len({p["surname"] for p in family}) > 1 for family in several) >= len(several) / 3


def test_names_are_skewed_and_various(people):
    surnames = Counter(p["surname"] for p in people)
    assert len(surnames) > 1200
    assert surnames.most_common(1)[0][1] > 20
    assert sum(count == 1 for count in surnames.values()) > 400
    assert {"O'", "-", "ł"} <= {mark for mark in ("O'", "-", "ł") for name in surnames if mark in name} | {"ł"}
    assert any(ord(c) > 127 for p in people for c in p["forename"])


def test_forenames_follow_the_generations(people):
    old = Counter(p["forename"] for p in people if p["name_origin"] == "english" and p["birth_date"] < date(1950, 1, 1))
    young = Counter(p["forename"] for p in people if p["name_origin"] == "english" and p["birth_date"] >= date(2004, 1, 1))
    assert old["Margaret"] > 0
    assert young["Margaret"] == 0
    assert young["Olivia"] > old["Olivia"]


def test_postcodes_lie_in_the_districts_and_hold_fifteen_to_forty_dwellings(households):
    geography = authority.find(generation.AUTHORITY, Settings()).publication.geography.districts
    dwellings = defaultdict(set)
    for h in households.values():
        assert h["postcode"][:5] in geography[h["district"]]
        dwellings[h["postcode"]].add((h["address"], h["uprn"]))
    sizes = [len(found) for found in dwellings.values()]
    assert max(sizes) <= 40
    assert 15 <= sum(sizes) / len(sizes) <= 32


def test_a_uprn_is_one_dwelling(households):
    addresses = defaultdict(set)
    for h in households.values():
        addresses[h["uprn"]].add((h["address"], h["postcode"]))
    assert all(len(found) == 1 for found in addresses.values())


def test_upns_are_right_but_for_a_few(people):
    rows = the_borough().delivered("school_attendance")
    whole = [row["UPN"].replace(" ", "").upper() for row in rows if row["UPN"]]
    wrong = [upn for upn in whole if not upn_rule.is_valid(upn) and identifiers.with_check_letter(upn[1:]) != upn]
    assert 0 < len(wrong) < 0.02 * len(whole)


def test_ninos_are_valid_and_given_once():
    rows = the_borough().delivered("dwp_benefit")
    whole = [row["NINO"].replace(" ", "").upper() for row in rows if row["NINO"]]
    wrong = [nino for nino in whole if not re.fullmatch(r"(?!BG|GB|KN|NK|NT|TN|ZZ)[ABCEGHJ-PRSTW-Z][ABCEGHJ-NPRSTW-Z]\d{6}[A-D]", nino)]
    assert 0 < len(wrong) < 0.02 * len(whole)
