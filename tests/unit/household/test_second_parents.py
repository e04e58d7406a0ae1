"""Sentences about parents who may live apart: what a school's one address for both says, and what it does not."""

from datetime import date

from tests.support.households import Address, Neighbourhood, families

HOME = Address("12")
ELSEWHERE = Address("7", street="CANAL ROW", postcode="ZC2 2BB")
LONG_AGO = date(2024, 3, 1)


def a_family_at_school() -> tuple[Neighbourhood, str, str, str]:
    """A town in which a school names both parents of a boy at his address: town, mother, father, son."""
    town = Neighbourhood()
    mother, father, son = town.a_person("ANNA SMITH", age=35), town.a_person("DAVE SMITH", age=38), town.a_person("BEN SMITH", age=9)
    town.pupil(son, HOME, parents=(mother, father))
    return town, mother, father, son


def apart(town: Neighbourhood, first: str, second: str) -> bool:
    return not any({first, second} <= names for names in town.households())


def test_two_parents_known_to_the_school_alone_are_a_household_in_which_the_second_is_not_sure():
    town, mother, father, son = a_family_at_school()
    assert town.households() == families((mother, father, son))
    probability, basis, _ = town.memberships(father)[0]
    assert (basis, 0.80 <= probability < 0.95) == ("second_contact", True)
    assert min(town.memberships(who)[0][0] for who in (mother, son)) >= 0.95


def test_a_second_parent_whom_another_source_sees_at_the_address_is_sure():
    town, _, father, _ = a_family_at_school()
    town.lives_at(father, HOME, role="nominal")
    assert town.memberships(father)[0][0] >= 0.95


def test_a_second_parent_on_the_award_is_sure():
    town, mother, father, _ = a_family_at_school()
    town.partner_of(mother, father, HOME)
    assert town.memberships(father)[0][0] >= 0.95


def test_any_source_that_places_the_second_parent_outdoes_the_schools_copy_of_the_address():
    town, mother, father, son = a_family_at_school()
    town.lives_at(father, ELSEWHERE, role="nominal")
    assert town.households() == families((mother, son), (father,))


def test_a_mother_who_claims_alone_does_not_live_with_the_father_the_school_writes_at_her_address():
    town, mother, father, son = a_family_at_school()
    town.claims_alone(mother, HOME)
    assert town.households() == families((mother, son), (father,))


def test_a_father_who_claims_alone_from_nowhere_does_not_live_with_the_mother():
    town, mother, father, son = a_family_at_school()
    town.claims_alone(father, None)
    assert town.households() == families((mother, son), (father,))


def test_what_a_person_gets_whoever_is_at_home_says_nothing_of_a_partner():
    town, mother, father, son = a_family_at_school()
    town.claims_alone(mother, HOME, benefit="CA")
    assert town.households() == families((mother, father, son))


def test_a_second_parent_who_may_be_somebody_living_elsewhere_is_left_out_and_shown_as_doubtful():
    town, mother, father, son = a_family_at_school()
    namesake = town.a_person("DAVID SMITH", age=38)
    town.lives_at(namesake, ELSEWHERE, role="tenant")
    town.may_be_one_person(father, namesake)
    assert town.households() == families((mother, son), (father,), (namesake,))
    assert town.doubts() == {father}


def test_a_former_joint_tenant_of_one_who_claims_alone_has_left():
    town = Neighbourhood()
    mother, former, son = town.a_person("ANNA SMITH", age=35), town.a_person("DAVE JONES", age=38), town.a_person("BEN SMITH", age=9)
    town.pupil(son, HOME, parents=(mother,))
    town.joint_tenants(mother, former, HOME)
    town.claims_alone(mother, HOME)
    assert apart(town, mother, former)


def test_an_award_the_two_once_had_together_does_not_outlive_one_that_she_claims_alone():
    town = Neighbourhood()
    mother, former, son = town.a_person("ANNA SMITH", age=35), town.a_person("DAVE JONES", age=38), town.a_person("BEN SMITH", age=9)
    town.pupil(son, HOME, parents=(mother,))
    town.partner_of(mother, former, HOME)
    town.claims_alone(mother, HOME)
    assert apart(town, mother, former)


def test_the_new_address_of_a_survivor_is_not_the_household_of_the_one_she_left():
    """He holds the former home, where records of hers remain; the new school names him second, at the child's address."""
    town = Neighbourhood()
    survivor, former, child = town.a_person("ANNA SMITH", age=35), town.a_person("DAVE SMITH", age=38), town.a_person("BEN SMITH", age=9)
    town.lives_at(former, ELSEWHERE, role="tenant")
    town.lives_at(survivor, ELSEWHERE, role="claimant", seen=LONG_AGO)
    town.pupil(child, HOME, parents=(survivor, former))
    assert town.households() == families((survivor, child), (former,))


def test_a_father_known_at_the_former_home_alone_does_not_follow_the_family_that_left():
    """No source sees him at the new home, though all whom he lived with are known there."""
    town = Neighbourhood()
    survivor, former, child = town.a_person("ANNA SMITH", age=35), town.a_person("DAVE SMITH", age=38), town.a_person("BEN SMITH", age=9)
    town.lives_at(child, ELSEWHERE, role="pupil", seen=LONG_AGO)
    town.parent_of(survivor, child, at=ELSEWHERE)
    town.parent_of(former, child, at=ELSEWHERE, rank=2)
    town.lives_at(child, HOME, role="pupil")
    town.lives_at(survivor, HOME, role="claimant")
    assert apart(town, survivor, former)


def test_an_award_still_joint_at_the_home_she_fled_does_not_bring_him_to_the_new_one():
    town = Neighbourhood()
    survivor, former, child = town.a_person("ANNA SMITH", age=35), town.a_person("DAVE SMITH", age=38), town.a_person("BEN SMITH", age=9)
    town.partner_of(survivor, former, ELSEWHERE)
    town.pupil(child, HOME, parents=(survivor, former))
    town.lives_at(survivor, HOME, role="tenant")
    assert town.households() == families((survivor, child), (former,))


def test_a_child_without_an_address_does_not_tie_its_parents_homes_together():
    town = Neighbourhood()
    mother, father, child = town.a_person("ANNA SMITH", age=35), town.a_person("DAVE JONES", age=38), town.a_person("BEN SMITH", age=9)
    town.lives_at(mother, HOME, role="claimant")
    town.lives_at(father, ELSEWHERE, role="tenant")
    town.pupil(child, None)
    town.parent_of(mother, child)
    town.parent_of(father, child, rank=2)
    assert apart(town, mother, father)
    assert not apart(town, mother, child)
