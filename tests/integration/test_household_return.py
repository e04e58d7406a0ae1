"""Households that no extract mentions for a while, and what waits for them: ids, confirmations, lineage."""

from pathlib import Path

import pytest

from pipelines import decisions, warehouse
from tests.support.weeks import ELSEWHERE, HOME, Weeks, a_family, homes, lineage, rows

REGISTERED = "select person_id, is_present from register.household where household_id = $home order by person_id"


@pytest.fixture
def weeks(tmp_path: Path) -> Weeks:
    return Weeks(tmp_path / "var")


def neighbours():
    return a_family("GINA OKORO", parent="HUGO OKORO", at=ELSEWHERE)


def both():
    return a_family("BEN SMITH", town=neighbours())


@pytest.mark.parametrize("absent_weeks", [1, 3])
def test_a_household_that_was_away_gets_its_id_back(weeks: Weeks, absent_weeks: int):
    first = weeks.publish(both())
    home = homes(first)["BEN SMITH"]
    away = [weeks.publish(neighbours()) for _ in range(absent_weeks)]
    assert lineage(away[0]) == {(home, "retired", "")}
    assert all(lineage(week) == set() for week in away[1:])
    back = weeks.publish(both())
    assert homes(back) == homes(first)
    assert lineage(back) == {(home, "returned", "")}
    assert rows(back, REGISTERED, home=home) == [("ANNA SMITH", True), ("BEN SMITH", True)]


def test_who_is_away_is_remembered_with_the_last_run_that_saw_them(weeks: Weeks):
    first = weeks.publish(both())
    weeks.publish(neighbours())
    third = weeks.publish(neighbours())
    remembered = rows(third, "select distinct household_id, is_present, last_seen_run_id from register.household order by is_present")
    assert remembered == [(homes(first)["BEN SMITH"], False, first.run_id), (homes(first)["GINA OKORO"], True, third.run_id)]
    assert rows(third, "select count(*) from linked.household where household_id = $home", home=homes(first)["BEN SMITH"]) == [(0,)]


def test_a_household_that_comes_and_goes_has_a_row_for_each_time(weeks: Weeks):
    for town in (both, neighbours, both, neighbours, both):
        last = weeks.publish(town())
    query = "select act, count(*) from register.lineage where identity_id = $home group by act order by act"
    told = rows(last, query, home=homes(last)["BEN SMITH"])
    assert told == [("created", 1), ("retired", 2), ("returned", 2)]


def test_one_member_may_be_away_for_a_week(weeks: Weeks):
    first = weeks.publish(a_family("BEN SMITH", "CARA SMITH"))
    second = weeks.publish(a_family("BEN SMITH"))
    assert rows(second, REGISTERED, home=homes(first)["BEN SMITH"]) == [("ANNA SMITH", True), ("BEN SMITH", True), ("CARA SMITH", False)]
    third = weeks.publish(a_family("BEN SMITH", "CARA SMITH"))
    assert homes(third) == homes(first)
    assert lineage(second) == lineage(third) == set()


def test_a_member_who_comes_back_alone_is_told_as_a_part_of_the_household(weeks: Weeks):
    first = weeks.publish(a_family("BEN SMITH", "CARA SMITH"))
    weeks.publish(a_family("BEN SMITH"))
    town = a_family("BEN SMITH")
    town.a_person("CARA SMITH", age=8)
    town.pupil("CARA SMITH", ELSEWHERE)
    third = weeks.publish(town)
    assert homes(third)["BEN SMITH"] == homes(first)["BEN SMITH"]
    assert lineage(third) == {(homes(third)["CARA SMITH"], "split", homes(first)["BEN SMITH"])}


def test_those_who_stayed_keep_the_id_before_more_who_come_back(weeks: Weeks):
    first = weeks.publish(a_family("BEN SMITH", "CARA SMITH", "DORA SMITH"))
    weeks.publish(a_family("BEN SMITH"))
    town = a_family("BEN SMITH")
    for name, age in (("CARA SMITH", 8), ("DORA SMITH", 10), ("IRIS SMITH", 60)):
        town.a_person(name, age=age)
    for name in ("CARA SMITH", "DORA SMITH"):
        town.pupil(name, ELSEWHERE, parents=("IRIS SMITH",))
    third = weeks.publish(town)
    assert homes(third)["ANNA SMITH"] == homes(first)["ANNA SMITH"]
    assert lineage(third) == {(homes(third)["CARA SMITH"], "split", homes(first)["BEN SMITH"])}


def test_a_household_that_comes_back_into_one_that_stayed_merges_into_it(weeks: Weeks):
    first = weeks.publish(both())
    weeks.publish(neighbours())
    joined = a_family("BEN SMITH", at=ELSEWHERE, town=neighbours())
    joined.partner_of("ANNA SMITH", "HUGO OKORO", ELSEWHERE)
    third = weeks.publish(joined)
    stayed, came = homes(first)["GINA OKORO"], homes(first)["BEN SMITH"]
    assert set(homes(third).values()) == {stayed}
    assert lineage(third) == {(came, "merged", stayed)}


def test_an_id_that_went_into_another_stays_gone_and_its_absent_members_are_told_as_split_from_it(weeks: Weeks):
    first = weeks.publish(a_family("BEN SMITH", "CARA SMITH", town=neighbours()))
    stayed, came = homes(first)["GINA OKORO"], homes(first)["BEN SMITH"]
    weeks.publish(neighbours())
    joined = a_family(at=ELSEWHERE, town=neighbours())
    joined.partner_of("ANNA SMITH", "HUGO OKORO", ELSEWHERE)
    assert lineage(weeks.publish(joined)) == {(came, "merged", stayed)}
    for n, child in enumerate(("BEN SMITH", "CARA SMITH")):
        joined.a_person(child, age=8 + n)
        joined.pupil(child, HOME)
    fourth = weeks.publish(joined)
    assert came not in homes(fourth).values()
    assert lineage(fourth) == {(homes(fourth)[child], "split", came) for child in ("BEN SMITH", "CARA SMITH")}


def test_a_person_merged_into_another_while_away_still_brings_the_household_back(weeks: Weeks):
    first = weeks.publish(a_family(town=neighbours()))
    weeks.publish(neighbours())
    back = weeks.publish(a_family(parent="HANNAH SMITH", town=neighbours()), merged={"ANNA SMITH": "HANNAH SMITH"})
    assert homes(back)["HANNAH SMITH"] == homes(first)["ANNA SMITH"]
    assert rows(back, REGISTERED, home=homes(back)["HANNAH SMITH"]) == [("HANNAH SMITH", True)]


def test_a_confirmation_waits_for_those_it_covered(weeks: Weeks):
    first = weeks.publish(both())
    decisions.decide_household(homes(first)["BEN SMITH"], "confirm", "Known to the team.", "coordinator", weeks.settings)
    confirmed = "select person_id from linked.household_member where is_confirmed order by person_id"
    second = weeks.publish(both())
    assert rows(second, confirmed) == [("ANNA SMITH",), ("BEN SMITH",)]
    weeks.publish(neighbours())
    assert rows(weeks.publish(both()), confirmed) == rows(second, confirmed)


def test_a_register_published_before_it_remembered_is_read_as_of_people_present(weeks: Weeks):
    first = weeks.publish(both())
    path = weeks.settings.published_dir / f"cohort-{first.run_id}.duckdb"
    with warehouse.database(weeks.settings, path, read_only=False) as con:
        for column in ("is_present", "last_seen_run_id"):
            con.execute(f"alter table register.household drop column {column}")
    second = weeks.publish(neighbours())
    home = homes(first)["BEN SMITH"]
    assert lineage(second) == {(home, "retired", "")}
    assert rows(second, "select distinct last_seen_run_id from register.household where household_id = $home", home=home) == [(first.run_id,)]
    assert homes(weeks.publish(both())) == homes(first)


def test_weeks_without_absences_give_the_same_register_but_for_the_run_last_seen(weeks: Weeks):
    first, second = weeks.publish(both()), weeks.publish(both())
    register = "select * exclude (last_seen_run_id) from register.household order by household_id, person_id"
    assert rows(first, register) == rows(second, register)
    assert rows(second, "select distinct is_present, last_seen_run_id from register.household") == [(True, second.run_id)]
