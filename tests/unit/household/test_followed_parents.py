"""Sentences about children whom a school left at an old address, and parents who moved on."""

from tests.support.households import Address, Neighbourhood, families

HOME = Address("12")
ELSEWHERE = Address("7", street="CANAL ROW", postcode="ZC2 2BB")
FAR = Address("3", street="MILL LANE", postcode="ZC3 3CC")


def a_mother_who_moved(town, child, stranger):
    """The mother's award and tenancy are at the new home; the school has her and her child at the old one, where somebody else lives now."""
    mother = town.a_person("ANNA SMITH", age=35)
    town.lives_at(mother, ELSEWHERE, role="claimant")
    town.lives_at(mother, ELSEWHERE, role="tenant")
    town.pupil(child, HOME, parents=(mother,))
    town.lives_at(stranger, HOME, role="tenant")
    return mother


def test_a_child_whose_mother_moved_while_the_school_has_both_at_the_old_home_is_hers_but_not_surely():
    town = Neighbourhood()
    son, stranger = town.a_person("BEN JONES", age=9), town.a_person("FRED OKORO", age=41)
    mother = a_mother_who_moved(town, son, stranger)
    assert town.households() == families((mother, son), (stranger,))
    [(probability, basis, _)] = town.memberships(son)
    assert (probability, basis) == (0.9019, "parental_contact")


def test_a_child_whose_mother_moved_stays_with_kin_at_the_old_home():
    town = Neighbourhood()
    son, aunt = town.a_person("BEN JONES", age=9), town.a_person("VERA JONES", age=41)
    mother = a_mother_who_moved(town, son, aunt)
    assert town.households() == families((son, aunt), (mother,))


def parents_who_moved_apart(town, *children):
    """Mother and father each live at a new home by tenancy and award; a school that has everybody at the old one names her or him first."""
    mother, father = town.a_person("ANNA SMITH", age=35), town.a_person("DAVE JONES", age=38)
    for parent, home in ((mother, ELSEWHERE), (father, FAR)):
        town.lives_at(parent, home, role="claimant")
        town.lives_at(parent, home, role="tenant")
    for child, named in children:
        town.pupil(child, HOME, parents=tuple({"mother": mother, "father": father}[one] for one in named))
    return mother, father


def test_brothers_whose_schools_name_two_first_parents_do_not_bring_the_parents_under_one_roof():
    town = Neighbourhood()
    his, hers = town.a_person("BEN JONES", age=9), town.a_person("TOM JONES", age=15)
    mother, father = parents_who_moved_apart(town, (hers, ["mother"]), (his, ["father"]))
    assert town.households() == families((mother, hers), (father, his))


def test_a_child_whom_no_school_ties_to_a_parent_goes_where_most_of_its_brothers_go():
    town = Neighbourhood()
    son, second, third, little = (town.a_person(f"{name} JONES", age=age) for name, age in (("BEN", 9), ("TOM", 15), ("SAM", 12), ("LEE", 7)))
    mother, father = parents_who_moved_apart(town, (son, ["mother"]), (second, ["mother"]), (third, ["father"]), (little, []))
    assert town.households() == families((mother, son, second, little), (father, third))


def test_a_brother_who_names_nobody_does_not_bring_the_family_to_the_stranger_at_the_old_home():
    town = Neighbourhood()
    son, brother, stranger = town.a_person("BEN JONES", age=9), town.a_person("TOM JONES", age=12), town.a_person("FRED OKORO", age=41)
    mother = a_mother_who_moved(town, son, stranger)
    town.pupil(brother, HOME, parents=())
    assert town.households() == families((mother, son, brother), (stranger,))


def test_brothers_go_together_to_parents_who_moved_together():
    town = Neighbourhood()
    his, hers = town.a_person("BEN JONES", age=9), town.a_person("TOM JONES", age=15)
    mother, father = town.a_person("ANNA SMITH", age=35), town.a_person("DAVE JONES", age=38)
    town.partner_of(mother, father, ELSEWHERE)
    town.lives_at(mother, ELSEWHERE, role="tenant")
    town.lives_at(father, ELSEWHERE, role="tenant")
    town.pupil(hers, HOME, parents=(mother,))
    town.pupil(his, HOME, parents=(father,))
    assert town.households() == families((mother, father, hers, his))


def test_what_a_person_decided_holds_brothers_together_who_follow_two_parents():
    town = Neighbourhood()
    his, hers = town.a_person("BEN JONES", age=9), town.a_person("TOM JONES", age=15)
    mother, father = parents_who_moved_apart(town, (hers, ["mother"]), (his, ["father"]))
    town.decided(his, hers, "belongs")
    assert town.households() == families((mother, father, hers, his))
