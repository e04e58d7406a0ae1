"""The hard cases of who lives with whom: each is written as partners would deliver it, goes through the whole flow, and is held against what is true.

One town holds them all, so that no case is helped by being alone. How often a whole borough's such cases come right is in test_household_quality.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from pipelines import cohort
from pipelines.synthetic import names
from tests.support.town import Found, Place, Someone, Town, homes

SURNAMES = ("Okoro", "Nowak", "Lindqvist", "Jones", "Singh", "Brown", "Hassan", "Costa", "Murphy", "Kaya")
BLOCK = Place("Heron Point, Quarry Street", "ZC2 3AB")


@dataclass(frozen=True)
class Case:
    """The people of one case, and the homes that are true, as forenames."""

    people: tuple[Someone, ...]
    truth: set[frozenset[str]]


def separated_parents(town: Town) -> Case:
    hers, his = Place("12 Mill Road", "ZC1 1AB", "100001"), Place("7 Canal Row", "ZC2 2AB", "100002")
    mother, father = town.person("Harriet Ashworth", "1988-02-14"), town.person("Gareth Ashworth", "1986-07-03", "M")
    child = town.person("Poppy Ashworth", "2014-03-05")
    town.pupil(child, hers, (mother, "Mother", True, None), (father, "Father", True, his))
    town.claim(mother, hers)
    town.tenancy("000101", his, father)
    return Case((mother, father, child), homes((mother, child), (father, child)))


def survivor(town: Town) -> Case:
    """She fled; he keeps their former home, where the landlord and an award still have both, and one school still has her and one child."""
    old, new = Place("31 Cherry Lane", "ZC1 2AB", "100003"), Place("Flat 4, 9 Weir Terrace", "ZC3 1AB", "100004")
    mother, ex = town.person("Bethan Holroyd", "1990-05-21"), town.person("Declan Holroyd", "1987-01-30", "M")
    first, second = town.person("Tegan Holroyd", "2013-09-12"), town.person("Rhys Holroyd", "2016-11-02", "M")
    partner, her_son = town.person("Roxanne Pickles", "1991-08-08"), town.person("Corey Pickles", "2012-04-17", "M")
    town.pupil(first, new, (mother, "Mother", True, None), suspended=3)
    town.pupil(second, new, (mother, "Mother", True, None), (ex, "Father", False, old))
    town.claim(mother, new)
    town.tenancy("000102", new, mother)
    town.tenancy("000103", old, ex, mother)
    town.incident(ex, old)
    town.incident(first, new)
    town.pupil(her_son, old, (partner, "Mother", True, None), suspended=3)
    town.claim(ex, old, partner)
    town.incident(her_son, old)
    return Case((mother, ex, first, second, partner, her_son), homes((mother, first, second), (ex, partner, her_son)))


def twins(town: Town) -> Case:
    home = Place("4 Mill Road", "ZC1 1AB", "100005")
    mother = town.person("Anita Sharma", "1989-12-01")
    first, second = town.person("Jaya Sharma", "2013-06-30"), town.person("Maya Sharma", "2013-06-30")
    for twin in (first, second):
        town.pupil(twin, home, (mother, "Mother", True, None))
        town.incident(twin, home)
    town.claim(mother, home)
    return Case((mother, first, second), homes((mother, first, second)))


def twins_without_numbers(town: Town) -> Case:
    home = Place("6 Mill Road", "ZC1 1AB", "100016")
    mother = town.person("Ruth Lindqvist", "1988-02-11")
    first, second = town.person("Zahra Lindqvist", "2012-09-09"), town.person("Zara Lindqvist", "2012-09-09")
    for twin in (first, second):
        town.pupil(twin, home, (mother, "Mother", True, None), has_upn=False)
        town.incident(twin, home)
    town.claim(mother, home)
    return Case((mother, first, second), homes((mother, first, second)))


def three_generations(town: Town) -> Case:
    home = Place("18 Mill Road", "ZC1 1AB", "100006")
    grandmother, mother = town.person("Maureen Dobson", "1955-03-19"), town.person("Kirsty Dobson", "1992-10-10")
    child = town.person("Alfie Dobson", "2017-01-20", "M")
    town.pupil(child, home, (mother, "Mother", True, None), (grandmother, "Grandmother", True, None))
    town.tenancy("000104", home, grandmother)
    town.claim(mother, home)
    return Case((grandmother, mother, child), homes((grandmother, mother, child)))


def house_of_ten(town: Town) -> Case:
    """Ten strangers, each on an award of their own, and a mother with her son."""
    house = Place("3 Station Road", "ZC2 1AB", "100007")
    mother, son = town.person("Olena Kovalenko", "1991-04-04"), town.person("Danylo Kovalenko", "2015-05-05", "M")
    town.pupil(son, house, (mother, "Mother", True, None))
    town.claim(mother, house)
    forenames = _forenames(town)
    others = [town.person(f"{next(forenames)} {surname}", f"{1975 + n}-0{n % 9 + 1}-17", "M") for n, surname in enumerate(SURNAMES)]
    for other in others:
        town.claim(other, house)
    return Case((mother, son, *others), homes((mother, son), *((other,) for other in others)))


def block_of_sixty(town: Town) -> Case:
    """Sixty families of eight surnames in a block, of whom no source writes the flat; one tenant's is known."""
    known = town.person("Ottilie Smith", "1960-02-02")
    town.tenancy("000105", Place("Flat 2, Heron Point, Quarry Street", BLOCK.postcode), known)
    families: list[tuple[Someone, Someone]] = []
    forenames = _forenames(town)
    for flat in range(60):
        surname = ("Smith", "Khan", "Jones", "Patel", "Taylor", "Begum", "Walker", "Hughes")[flat % 8]
        mother = town.person(f"{next(forenames)} {surname}", f"{1980 + flat % 15}-{flat % 12 + 1:02}-{flat % 27 + 1:02}")
        child = town.person(f"{next(forenames)} {surname}", f"{2010 + flat % 8}-{flat % 12 + 1:02}-{28 - flat % 27:02}")
        town.pupil(child, BLOCK, (mother, "Mother", True, None))
        town.claim(mother, BLOCK)
        families.append((mother, child))
    return Case((known, *(who for family in families for who in family)), homes((known,), *families))


def foster_child(town: Town) -> Case:
    """The school knows the mother, who lives elsewhere and does not have the child."""
    home, hers = Place("22 Mill Road", "ZC1 1AB", "100008"), Place("5 Canal Row", "ZC2 2AB", "100009")
    carer, mother = town.person("Lorraine Entwistle", "1970-09-09"), town.person("Shannon Greaves", "1996-06-16")
    child = town.person("Kayden Greaves", "2016-02-11", "M")
    town.pupil(child, home, (carer, "Foster Carer", True, None), (mother, "Mother", False, hers))
    town.tenancy("000106", home, carer)
    town.claim(mother, hers)
    return Case((carer, mother, child), homes((carer, child), (mother,)))


def remarried_mother(town: Town) -> Case:
    """The landlord still has her former name, which her child bears; the award has the new one, with her husband."""
    home = Place("26 Mill Road", "ZC1 1AB", "100010")
    mother, husband = town.person("Yolanda Thackray", "1987-08-27"), town.person("Piers Thackray", "1984-03-03", "M")
    child = town.person("Ellis Barraclough", "2013-12-24", "M")
    town.tenancy("000107", home, mother, surname="Barraclough")
    town.claim(mother, home, husband)
    town.pupil(child, home, (mother, "Mother", True, None))
    return Case((mother, husband, child), homes((mother, husband, child)))


def family_that_moved(town: Town) -> Case:
    """From Calder South to Calder North: the school and the new landlord know, the award does not, and the former tenancy has ended."""
    old, new = Place("9 Canal Row", "ZC2 2AB", "100011"), Place("30 Mill Road", "ZC1 1AB", "100012")
    mother, father = town.person("Imelda Sugden", "1985-05-15"), town.person("Barnaby Sugden", "1983-11-23", "M")
    children = town.person("Monty Sugden", "2012-08-01", "M"), town.person("Tilda Sugden", "2015-10-29")
    for child in children:
        town.pupil(child, new, (mother, "Mother", True, None), (father, "Father", True, None))
    town.claim(mother, old, father)
    town.tenancy("000108", old, mother, father, until="30-Jun-2026")
    town.tenancy("000109", new, mother, father)
    return Case((mother, father, *children), homes((mother, father, *children)))


CASES = (
    *(
        separated_parents,
        survivor,
        twins,
        twins_without_numbers,
        three_generations,
        foster_child,
        remarried_mother,
        family_that_moved,
        house_of_ten,
        block_of_sixty,
    ),
)


def _forenames(town: Town) -> Iterator[str]:
    """Forenames that nobody of the town has yet."""
    every = {name for row in names.rows("forenames.csv") for name in row["names"].split(";") if name.isascii() and name.isalpha()}
    return (name for name in sorted(every) if name not in {who.forename for who in town.people})


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Found, dict[str, Case]]:
    """The refreshed town and its cases."""
    town = Town()
    cases = {case.__name__: case(town) for case in CASES}
    assert len({who.forename for who in town.people}) == len(town.people)
    return town.refreshed(tmp_path_factory.mktemp("town")), cases


def is_true(made: tuple[Found, dict[str, Case]], case: str) -> bool:
    """Whether the households that the case's people are in are the true ones: nobody missing, nobody else there."""
    found, cases = made
    assert found.homes(*cases[case].people) == cases[case].truth
    return True


def test_a_child_of_separated_parents_is_in_both_homes_and_brings_nobody_else_along(made):
    assert is_true(made, "separated_parents")
    found, cases = made
    _, _, child = cases["separated_parents"].people
    about = "select count(*), count(*) filter (where is_primary) from linked.household_member inner join linked.person using (person_id) where forename = $name"
    assert found.rows(about, name=child.forename.upper()) == [(2, 1)]


def test_a_survivor_and_the_one_she_fled_are_never_in_one_household(made):
    assert is_true(made, "survivor")
    found, cases = made
    mother, ex, *_ = cases["survivor"].people
    assert not found.households_of(mother) & found.households_of(ex)


def test_no_table_of_the_publication_tells_of_one_household_where_a_survivor_and_the_one_she_fled_live(made):
    """Both families are on the list; in none of its tables does a row about the one hold the other's postcode."""
    found, cases = made
    mother, ex, *_ = cases["survivor"].people
    (hers,), (his,) = found.households_of(mother), found.households_of(ex)
    postcodes = {hers: "ZC3 1AB", his: "ZC1 2AB"}
    query = "select household_id, postcode from cohort.member where household_id in (select unnest($ids)) group by all"
    assert dict(found.rows(query, ids=[hers, his])) == postcodes
    assert {row[0] for row in found.rows("select household_id from cohort.verified_families")} >= {hers, his}
    for table in _tables(found):
        told = found.rows(f"select household_id, to_json(t)::varchar from {table} as t where household_id in (select unnest($ids))", ids=[hers, his])  # noqa: S608 - ours
        assert not [1 for home, row in told if postcodes[his if home == hers else hers] in row], table


def test_nothing_handed_out_about_one_of_the_two_families_holds_the_others_home_or_names(made, tmp_path):
    found, cases = made
    mother, ex, *_ = cases["survivor"].people
    (hers,), (his,) = found.households_of(mother), found.households_of(ex)
    secrets = {his: ("ZC3 1AB", "WEIR TERRACE", mother.forename.upper(), hers), hers: ("ZC1 2AB", "CHERRY LANE", ex.forename.upper(), his)}
    cohort.export(found.run.settings, tmp_path / "list.csv")
    with (tmp_path / "list.csv").open(encoding="utf-8-sig", newline="") as file:
        handed_out = {row["household_id"]: str(row) for row in csv.DictReader(file)}
    for home, hidden in secrets.items():
        assert not [word for word in hidden if word in handed_out[home].upper()]
        assert not [word for word in hidden if word.upper() in str(cohort.explain(home, found.run.settings)).upper()]


def test_twins_whose_names_differ_in_one_letter_are_two_children_of_one_home(made):
    assert is_true(made, "twins")


def test_twins_whose_names_differ_in_one_letter_are_two_though_no_number_tells_them_apart(made):
    assert is_true(made, "twins_without_numbers")
    found, cases = made
    _, *twins = cases["twins_without_numbers"].people
    about = "select count(*), count(distinct person_id) from linked.person_record inner join staging.person_record using (record_id) where forename = $name"
    assert [found.rows(about, name=twin.forename.upper()) for twin in twins] == [[(2, 1)], [(2, 1)]]


def test_three_generations_in_one_home_are_one_household(made):
    assert is_true(made, "three_generations")


def test_a_foster_child_lives_with_the_carer_and_not_with_the_mother(made):
    assert is_true(made, "foster_child")


def test_a_remarried_mother_under_her_former_name_in_one_source_is_one_person_with_her_child_and_husband(made):
    assert is_true(made, "remarried_mother")
    found, cases = made
    query = "select count(*), max(source_count) from linked.person where forename = $name"
    assert found.rows(query, name=cases["remarried_mother"].people[0].forename.upper()) == [(1, 3)]


def test_a_family_that_moved_to_another_district_is_whole_at_the_new_home(made):
    assert is_true(made, "family_that_moved")
    found, cases = made
    (home,) = found.households_of(cases["family_that_moved"].people[0])
    assert found.rows("select postcode from linked.household where household_id = $id", id=home) == [("ZC1 1AB",)]
    assert found.rows("select distinct district from cohort.family where household_id = $id", id=home) == [("Calder North",)]


def test_one_family_in_a_house_of_ten_unrelated_adults_is_a_household_and_the_ten_are_ten(made):
    assert is_true(made, "house_of_ten")


def test_a_block_of_sixty_flats_without_numbers_pools_no_two_families(made):
    assert is_true(made, "block_of_sixty")


def _tables(found: Found) -> list[str]:
    query = "select schema_name || '.' || table_name from duckdb_columns() where schema_name = 'cohort' and column_name = 'household_id' order by 1"
    return [table for (table,) in found.rows(query)]
