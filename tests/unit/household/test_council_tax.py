"""Sentences about what a council tax account says of who lives with whom, and what it does not."""

from tests.support.households import AS_OF, Address, Neighbourhood, families

HOME = Address("12")
SHARED = Address("3", street="CANAL ROW", postcode="ZC2 2BB", kind="hmo")


def a_family_at_school() -> tuple[Neighbourhood, str, str, str]:
    """A town in which a school names both parents of a boy at his address."""
    town = Neighbourhood()
    mother, father, son = town.a_person("ANNA SMITH", age=35), town.a_person("DAVE JONES", age=38), town.a_person("BEN SMITH", age=9)
    town.pupil(son, HOME, parents=(mother, father))
    return town, mother, father, son


def test_a_couple_liable_together_is_a_household_though_it_shares_no_name():
    town = Neighbourhood()
    first, second = town.a_person("ANNA SMITH", age=35), town.a_person("DAVE JONES", age=38)
    town.jointly_liable(first, second, HOME)
    assert town.households() == families((first, second))
    assert town.memberships(first)[0][1] == "council_tax_occupancy"


def test_sharers_of_a_house_are_no_family_for_being_liable_together():
    town = Neighbourhood()
    sharers = [town.a_person(name, age=25) for name in ("ANNA SMITH", "DAVE JONES", "OMAR KHAN", "LIAM WEBB")]
    for other in sharers[1:]:
        town.jointly_liable(sharers[0], other, SHARED)
    assert town.households() == {frozenset([name]) for name in sharers}


def test_a_second_parent_on_the_account_is_sure():
    town, mother, father, son = a_family_at_school()
    town.jointly_liable(mother, father, HOME)
    assert town.households() == families((mother, father, son))
    assert town.memberships(father)[0][0] >= 0.95


def test_a_mother_with_a_single_persons_discount_does_not_live_with_the_father_the_school_writes_at_her_address():
    town, mother, father, son = a_family_at_school()
    town.pays_council_tax(mother, HOME, single=True)
    assert town.households() == families((mother, son), (father,))


def test_an_account_without_a_discount_or_with_one_that_has_ended_says_nothing_of_the_second_parent():
    for values in ({"single": False}, {"single": True, "until": AS_OF.replace(year=AS_OF.year - 1)}):
        town, mother, father, son = a_family_at_school()
        town.pays_council_tax(mother, HOME, **values)
        assert town.households() == families((mother, father, son))


def test_a_discount_is_no_evidence_against_an_award_of_both():
    """Who keeps a discount wrongly is not the one to decide whether a couple is a couple."""
    town, mother, father, son = a_family_at_school()
    town.partner_of(mother, father, HOME)
    town.pays_council_tax(mother, HOME, single=True)
    assert town.households() == families((mother, father, son))
