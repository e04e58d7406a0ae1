"""The hard cases of household formation, each as a sentence; those about separated parents are in test_second_parents."""

from tests.support.households import Address, Neighbourhood, families

HOME = Address("12")
OTHER_DISTRICT = Address("7", street="CANAL ROW", postcode="ZC2 2BB")
SURNAMES = ("OKORO", "NOWAK", "LI", "JONES", "SINGH", "BROWN", "HASSAN", "COSTA", "MURPHY", "KAYA")


def test_one_family_in_a_house_of_ten_unrelated_adults_is_a_household_and_the_ten_are_ten():
    town = Neighbourhood()
    house = Address("3", kind="hmo")
    mother, son = town.a_person("ANNA SMITH", age=35), town.a_person("BEN SMITH", age=9)
    town.pupil(son, house, parents=(mother,))
    town.lives_at(mother, house, role="claimant")
    others = [town.a_person(f"MAN{n} {surname}", age=25 + n) for n, surname in enumerate(SURNAMES)]
    for other in others:
        town.lives_at(other, house, role="claimant")
    assert town.households() == families((mother, son), *((other,) for other in others))


def test_a_block_of_sixty_flats_delivered_without_numbers_pools_nobody_but_declared_families():
    town = Neighbourhood()
    block, numbered = Address("40"), Address("40", saon="FLAT 2")
    known = town.a_person("OLGA SMITH", age=50)
    town.lives_at(known, numbered, role="tenant")
    homes = []
    for flat in range(60):
        mother, child = town.a_person(f"MOTHER{flat} SMITH", age=35), town.a_person(f"CHILD{flat} SMITH", age=9)
        town.pupil(child, block, parents=(mother,))
        homes.append((mother, child))
    found = town.households()
    assert frozenset((known,)) in found
    assert not [names for names in found if len({home for home in homes if set(home) & names}) > 1]


def test_a_foster_child_lives_with_the_carer_and_not_with_the_mother():
    town = Neighbourhood()
    carer, child, mother = town.a_person("IRIS OKORO", age=52), town.a_person("BEN SMITH", age=9), town.a_person("ANNA SMITH", age=30)
    town.lives_at(carer, HOME, role="tenant")
    town.pupil(child, HOME, parents=(carer,))
    town.parent_of(mother, child, at=OTHER_DISTRICT, same_address=False, rank=2)
    town.lives_at(mother, OTHER_DISTRICT, role="claimant")
    assert town.households() == families((carer, child), (mother,))


def test_a_remarried_mother_under_her_former_name_in_one_source_is_with_her_children_and_husband():
    town = Neighbourhood()
    mother, husband, child = town.a_person("ANNA JONES", age=35), town.a_person("DAVE JONES", age=38), town.a_person("BEN SMITH", age=9)
    town.lives_at(mother, HOME, role="tenant", surname="SMITH")
    town.lives_at(child, HOME, role="pupil")
    town.lives_at(husband, HOME, role="claimant")
    town.lives_at(mother, HOME, role="nominal")
    assert town.households() == families((mother, husband, child))


def test_a_family_that_moves_district_is_whole_while_sources_lag_behind():
    town = Neighbourhood()
    mother, father = town.a_person("ANNA SMITH", age=35), town.a_person("DAVE SMITH", age=38)
    first, second = town.a_person("BEN SMITH", age=9), town.a_person("CARA SMITH", age=11)
    town.partner_of(mother, father, HOME)  # the award still has the former address
    for child in (first, second):
        town.pupil(child, OTHER_DISTRICT, parents=(mother, father))
    town.joint_tenants(mother, father, OTHER_DISTRICT)
    assert town.households() == families((mother, father, first, second))
