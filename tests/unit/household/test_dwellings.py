"""Sentences about dwellings: shared ones, former ones, unclear ones, and who is one household there."""

from datetime import date

from tests.support.households import Address, Neighbourhood, families

HOME = Address("12")
ELSEWHERE = Address("7", street="CANAL ROW", postcode="ZC2 2BB")
LONG_AGO = date(2024, 3, 1)


def test_the_residents_of_an_hmo_are_households_of_one():
    town = Neighbourhood()
    house = Address("3", kind="hmo")
    names = [town.a_person(f"MAN{n} {surname}", age=30 + n) for n, surname in enumerate(("SMITH", "JONES", "OKORO", "NOWAK", "SMITH"))]
    for name in names:
        town.lives_at(name, house, role="claimant")
    assert town.households() == families(*((name,) for name in names))


def test_a_house_crowded_by_many_surnames_is_taken_for_lodgings_whatever_its_address_says():
    town = Neighbourhood()
    names = [town.a_person(f"MAN{n} {surname}", age=30 + n) for n, surname in enumerate(("SMITH", "JONES", "OKORO", "NOWAK", "SMITH", "LI"))]
    for name in names:
        town.lives_at(name, HOME, role="claimant")
    assert town.households() == families(*((name,) for name in names))


def test_a_building_that_the_gazetteer_knows_as_divided_pools_nobody_though_no_record_has_a_flat():
    town = Neighbourhood()
    block = Address("12", kind="building")
    mother, son = town.a_person("ANNA SMITH", age=35), town.a_person("BEN SMITH", age=9)
    strangers = [town.a_person(f"{forename} SMITH", age=age) for forename, age in (("CARL", 40), ("DORA", 61))]
    town.pupil(son, block, parents=(mother,))
    for stranger in strangers:
        town.lives_at(stranger, block, role="claimant")
    assert town.households() == families((mother, son), *((stranger,) for stranger in strangers))


def test_a_couple_on_one_award_in_an_hmo_is_one_household():
    town = Neighbourhood()
    house = Address("3", kind="hmo")
    woman, man, other = town.a_person("ANNA SMITH", age=30), town.a_person("DAVE JONES", age=31), town.a_person("FRED OKORO", age=30)
    town.partner_of(woman, man, house)
    town.lives_at(other, house, role="claimant")
    assert town.households() == families((woman, man), (other,))


def test_people_of_one_surname_in_a_hostel_are_not_merged():
    town = Neighbourhood()
    hostel = Address("HOPE HOUSE", kind="communal")
    first, second = town.a_person("FRED SMITH", age=40), town.a_person("GARY SMITH", age=52)
    town.lives_at(first, hostel, role="claimant")
    town.lives_at(second, hostel, role="nominal")
    assert town.households() == families((first,), (second,))


def test_a_mother_and_child_in_a_refuge_are_one_household_among_strangers():
    town = Neighbourhood()
    refuge = Address("ROSE HOUSE", kind="communal")
    mother, son = town.a_person("ANNA SMITH", age=35), town.a_person("BEN JONES", age=9)
    others = [town.a_person(f"WOMAN{n} {surname}", age=25 + n) for n, surname in enumerate(("OKORO", "NOWAK", "LI", "SMITH"))]
    town.pupil(son, refuge, parents=(mother,))
    for other in others:
        town.lives_at(other, refuge, role="claimant")
    assert town.households() == families((mother, son), *((other,) for other in others))


def test_a_grown_son_who_moved_out_has_left_although_an_old_record_keeps_him():
    town = Neighbourhood()
    mother, son = town.a_person("ANNA SMITH", age=45), town.a_person("BEN SMITH", age=22)
    town.lives_at(mother, HOME, role="claimant")
    town.lives_at(son, HOME, role="nominal", seen=LONG_AGO)
    town.lives_at(son, ELSEWHERE, role="claimant")
    assert town.households() == families((mother,), (son,))


def test_an_address_the_source_has_ended_keeps_nobody():
    town = Neighbourhood()
    mother, son = town.a_person("ANNA SMITH", age=45), town.a_person("BEN SMITH", age=22)
    town.lives_at(mother, HOME, role="claimant")
    town.lives_at(son, HOME, role="tenant", until=date(2026, 6, 1))
    town.lives_at(son, ELSEWHERE, role="nominal", seen=date(2026, 3, 1))
    assert town.households() == families((mother,), (son,))


def test_an_ex_partner_still_on_the_joint_tenancy_has_left():
    town = Neighbourhood()
    mother, former, child = town.a_person("ANNA SMITH", age=35), town.a_person("DAVE JONES", age=38), town.a_person("BEN SMITH", age=9)
    town.joint_tenants(mother, former, HOME)
    town.pupil(child, HOME, parents=(mother,))
    town.lives_at(former, ELSEWHERE, role="claimant")
    assert town.households() == families((mother, child), (former,))


def test_flats_without_a_number_are_never_pooled():
    town = Neighbourhood()
    block = Address("40")
    known = town.a_person("ANNA SMITH", age=35)
    first, second = town.a_person("BEN SMITH", age=30), town.a_person("CARA SMITH", age=40)
    town.lives_at(known, Address("40", saon="FLAT 2"), role="claimant")
    town.lives_at(first, block, role="claimant")
    town.lives_at(second, block, role="claimant")
    assert town.households() == families((known,), (first,), (second,))


def test_a_flat_number_left_out_once_is_known_from_the_persons_other_records():
    town = Neighbourhood()
    flat = Address("40", saon="FLAT 2")
    mother, child = town.a_person("ANNA SMITH", age=35), town.a_person("BEN SMITH", age=9)
    town.lives_at(mother, flat, role="claimant")
    town.lives_at(child, Address("40"), role="nominal")
    town.lives_at(child, flat, role="pupil")
    assert town.households() == families((mother, child))


def test_one_dwelling_with_and_without_its_uprn_is_one_dwelling():
    town = Neighbourhood()
    mother, child = town.a_person("ANNA SMITH", age=35), town.a_person("BEN SMITH", age=9)
    town.lives_at(mother, Address("12"), role="claimant")
    town.lives_at(child, Address("12", uprn="10012345678"), role="pupil")
    assert town.households() == families((mother, child))


def test_care_of_and_no_fixed_abode_place_nobody():
    town = Neighbourhood()
    first, second, third = town.a_person("ANNA SMITH", age=35), town.a_person("BEN SMITH", age=30), town.a_person("CARA SMITH", age=40)
    town.lives_at(first, Address("12"), role="claimant")
    town.lives_at(second, Address("12", kind="care_of"), role="nominal")
    town.lives_at(third, None, role="nominal")
    assert town.households() == families((first,), (second,), (third,))


def test_a_pupil_without_an_address_lives_with_the_parent_it_is_declared_to_live_with():
    town = Neighbourhood()
    mother, child = town.a_person("ANNA SMITH", age=35), town.a_person("BEN JONES", age=9)
    town.lives_at(child, None, role="pupil")
    town.lives_at(mother, HOME, role="claimant")
    town.parent_of(mother, child)
    assert town.households() == families((mother, child))


def test_a_young_child_among_lodgers_is_left_to_a_person():
    town = Neighbourhood()
    first, second, child = town.a_person("IRIS OKORO", age=60), town.a_person("FRED LI", age=30), town.a_person("BEN SMITH", age=9)
    town.lives_at(first, HOME, role="tenant")
    town.lives_at(second, HOME, role="claimant")
    town.lives_at(child, HOME, role="pupil")
    assert frozenset((child,)) in town.households()


def test_a_household_over_the_size_limit_needs_declared_ties():
    town = Neighbourhood()
    names = [town.a_person(f"N{n} SMITH", age=20 + n) for n in range(17)]
    for name in names:
        town.lives_at(name, HOME, role="claimant")
    assert town.households() == families(*((name,) for name in names))


def test_parents_told_apart_once_are_not_put_together_by_a_siblings_contact():
    town = Neighbourhood()
    mother, father = town.a_person("ANNA SMITH", age=35), town.a_person("DAVE JONES", age=38)
    first, second = town.a_person("BEN JONES", age=9), town.a_person("CARA JONES", age=11)
    town.lives_at(mother, HOME, role="claimant")
    town.pupil(first, HOME, parents=(mother,))
    town.parent_of(father, first, at=ELSEWHERE, same_address=False, lives_with=True)
    town.pupil(second, HOME, parents=(mother, father))
    assert frozenset((mother, first, second)) in town.households()
    assert not any({mother, father} <= names for names in town.households())


def test_a_family_that_moved_is_together_although_one_school_has_the_old_address():
    town = Neighbourhood()
    mother, first, second = town.a_person("ANNA SMITH", age=35), town.a_person("BEN JONES", age=9), town.a_person("CARA JONES", age=11)
    town.lives_at(mother, ELSEWHERE, role="claimant")
    town.pupil(first, ELSEWHERE, parents=(mother,))
    town.pupil(second, HOME, parents=(mother,))
    assert town.households() == families((mother, first, second))


def test_siblings_whose_school_addresses_disagree_stay_with_their_parents():
    town = Neighbourhood()
    parents = town.a_person("ANNA SMITH", age=35), town.a_person("DAVE JONES", age=38)
    children = town.a_person("BEN JONES", age=9), town.a_person("CARA JONES", age=11)
    town.pupil(children[0], HOME, parents=parents)
    town.pupil(children[1], ELSEWHERE, parents=parents)
    assert town.households() == families((*parents, *children))


def test_two_families_that_a_wrongly_linked_parent_joins_stay_two():
    town = Neighbourhood()
    namesake = town.a_person("DAVE JONES", age=38)
    mothers = town.a_person("ANNA SMITH", age=35), town.a_person("IRIS OKORO", age=35)
    children = town.a_person("BEN SMITH", age=9), town.a_person("CARA OKORO", age=11)
    town.lives_at(namesake, HOME, role="claimant")
    town.pupil(children[0], HOME, parents=(mothers[0], namesake))
    town.pupil(children[1], ELSEWHERE, parents=(mothers[1], namesake))
    assert town.households() == families((mothers[0], namesake, children[0]), (mothers[1], children[1]))
