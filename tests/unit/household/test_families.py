"""Sentences about families: who is one household and who is not."""

from datetime import date

from tests.support.households import Address, Neighbourhood, families

HOME = Address("12")
ELSEWHERE = Address("7", street="CANAL ROW", postcode="ZC2 2BB")
LONG_AGO = date(2024, 3, 1)


def test_a_lone_parent_and_her_children_are_one_household():
    town = Neighbourhood()
    mother, son, daughter = town.a_person("ANNA SMITH", age=35), town.a_person("BEN SMITH", age=9), town.a_person("CARA SMITH", age=6)
    town.lives_at(mother, HOME, role="claimant")
    town.pupil(son, HOME, parents=(mother,))
    town.pupil(daughter, HOME, parents=(mother,))
    assert town.households() == families((mother, son, daughter))
    assert town.memberships(son)[0][1] == "parental_contact"


def test_a_step_family_with_two_surnames_is_one_household():
    town = Neighbourhood()
    mother, stepfather = town.a_person("ANNA SMITH", age=35), town.a_person("DAVE JONES", age=38)
    hers, his = town.a_person("BEN SMITH", age=9), town.a_person("EVA JONES", age=11)
    town.partner_of(mother, stepfather, HOME)
    town.pupil(hers, HOME, parents=(mother,))
    town.pupil(his, HOME, parents=(stepfather,))
    assert town.households() == families((mother, stepfather, hers, his))


def test_a_lodger_is_a_household_of_one():
    town = Neighbourhood()
    mother, son, lodger = town.a_person("ANNA SMITH", age=35), town.a_person("BEN SMITH", age=9), town.a_person("FRED OKORO", age=41)
    town.pupil(son, HOME, parents=(mother,))
    town.lives_at(lodger, HOME, role="claimant")
    assert town.households() == families((mother, son), (lodger,))
    assert town.memberships(lodger) == [(1.0, "single_person", True)]


def test_a_father_who_lives_elsewhere_is_not_of_the_household():
    town = Neighbourhood()
    mother, father, son = town.a_person("ANNA SMITH", age=35), town.a_person("DAVE JONES", age=38), town.a_person("BEN JONES", age=9)
    town.pupil(son, HOME, parents=(mother,))
    town.parent_of(father, son, at=ELSEWHERE, same_address=False)
    assert frozenset((mother, father)) not in town.households()
    assert not any({mother, father} <= names for names in town.households())


def test_an_adult_child_of_the_same_surname_stays_with_the_family():
    town = Neighbourhood()
    mother, grown, child = town.a_person("ANNA SMITH", age=45), town.a_person("BEN SMITH", age=22), town.a_person("CARA SMITH", age=12)
    town.pupil(child, HOME, parents=(mother,))
    town.lives_at(grown, HOME, role="claimant")
    assert town.households() == families((mother, grown, child))
    assert town.memberships(grown)[0][1] == "surname_and_address"


def test_three_generations_are_one_household():
    town = Neighbourhood()
    grandmother, mother, child = town.a_person("IRIS SMITH", age=67), town.a_person("ANNA SMITH", age=35), town.a_person("BEN JONES", age=9)
    town.lives_at(grandmother, HOME, role="tenant")
    town.pupil(child, HOME, parents=(mother,))
    assert town.households() == families((grandmother, mother, child))


def test_a_double_barrelled_name_shares_a_part_with_the_mother():
    town = Neighbourhood()
    mother, child = town.a_person("ANNA SMITH", age=35), town.a_person("BEN SMITH OKORO", age=9)
    town.lives_at(mother, HOME, role="claimant")
    town.lives_at(child, HOME, role="pupil")
    assert town.households() == families((mother, child))


def test_a_former_surname_ties_a_mother_who_married_again():
    town = Neighbourhood()
    mother, child = town.a_person("ANNA OKORO", age=35, former_surname="SMITH"), town.a_person("BEN SMITH", age=9)
    town.lives_at(mother, HOME, role="claimant")
    town.lives_at(child, HOME, role="pupil")
    assert town.households() == families((mother, child))


def test_a_letter_left_out_early_in_a_surname_parts_no_family():
    town = Neighbourhood()
    mother, grown = town.a_person("ANNA TURNER", age=45), town.a_person("BEN TUNER", age=22)
    for person in (mother, grown):
        town.lives_at(person, HOME, role="claimant")
    assert town.households() == families((mother, grown))


def test_a_polish_wife_and_husband_have_one_surname():
    town = Neighbourhood()
    wife, husband = town.a_person("EWA KOWALSKA", age=35), town.a_person("JAN KOWALSKI", age=36)
    town.lives_at(wife, HOME, role="claimant")
    town.lives_at(husband, HOME, role="nominal")
    assert town.households() == families((wife, husband))


def test_father_and_son_of_one_name_are_two_people_of_one_household():
    town = Neighbourhood()
    father, son = town.a_person("JOHN1 SMITH", age=45), town.a_person("JOHN2 SMITH", age=16)
    town.pupil(son, HOME, parents=(father,))
    assert town.households() == families((father, son))


def test_twins_are_two_children_of_one_household():
    town = Neighbourhood()
    mother, first, second = town.a_person("ANNA SMITH", age=35), town.a_person("BEN SMITH", age=9), town.a_person("BENA SMITH", age=9)
    town.pupil(first, HOME, parents=(mother,))
    town.pupil(second, HOME, parents=(mother,))
    assert town.households() == families((mother, first, second))


def test_somali_siblings_share_no_surname_and_are_one_household():
    town = Neighbourhood()
    mother, father = town.a_person("HODAN WARSAME", age=35), town.a_person("ALI HASSAN", age=40)
    first, second = town.a_person("AYAAN ALI", age=9), town.a_person("ZAHRA ALI", age=7)
    town.pupil(first, HOME, parents=(mother, father))
    town.pupil(second, HOME, parents=(mother, father))
    assert town.households() == families((mother, father, first, second))


def test_a_kinship_carer_of_another_name_is_of_the_household():
    town = Neighbourhood()
    aunt, child = town.a_person("IRIS OKORO", age=50), town.a_person("BEN SMITH", age=9)
    town.pupil(child, HOME, parents=(aunt,))
    assert town.households() == families((aunt, child))


def test_joint_tenants_of_two_names_are_one_household():
    town = Neighbourhood()
    woman, man = town.a_person("ANNA SMITH", age=35), town.a_person("DAVE JONES", age=38)
    town.joint_tenants(woman, man, HOME)
    assert town.households() == families((woman, man))
    assert town.memberships(man)[0][1] == "joint_tenancy"


def test_a_young_child_nothing_ties_belongs_to_the_one_family_of_its_home():
    town = Neighbourhood()
    grandmother, child = town.a_person("IRIS OKORO", age=60), town.a_person("BEN SMITH", age=9)
    town.lives_at(grandmother, HOME, role="tenant")
    town.lives_at(child, HOME, role="pupil")
    assert town.households() == families((grandmother, child))
    probability, basis, _ = town.memberships(child)[0]
    assert basis == "dependent_child"
    assert 0.80 <= probability < 0.95


def test_one_of_sixteen_whom_nothing_ties_is_left_out_of_the_one_family_of_its_home_and_shown_as_doubtful():
    town = Neighbourhood()
    aunt, little, youth = town.a_person("IRIS OKORO", age=60), town.a_person("LEE OKORO", age=9), town.a_person("BEN SMITH", age=16)
    town.lives_at(aunt, HOME, role="tenant")
    town.pupil(little, HOME, parents=(aunt,))
    town.lives_at(youth, HOME, role="nominal")
    assert town.households() == families((aunt, little), (youth,))
    assert town.doubts() == {youth}


def test_a_misspelt_surname_joins_with_less_certainty():
    town = Neighbourhood()
    mother, grown = town.a_person("ANNA MACDONALD", age=45), town.a_person("BEN MACDONLAD", age=22)
    town.lives_at(mother, HOME, role="claimant")
    town.lives_at(grown, HOME, role="nominal")
    assert town.households() == families((mother, grown))
    assert 0.80 <= town.memberships(grown)[0][0] < 0.95


def test_a_child_of_separated_parents_may_have_two_homes_and_ties_no_parents_together():
    town = Neighbourhood()
    mother, father, son = town.a_person("ANNA SMITH", age=35), town.a_person("DAVE JONES", age=38), town.a_person("BEN JONES", age=9)
    town.pupil(son, HOME, parents=(mother,))
    town.parent_of(father, son, at=ELSEWHERE, same_address=False, lives_with=True)
    assert town.households() == families((mother, son), (father, son))
    assert sorted(primary for _, _, primary in town.memberships(son)) == [False, True]
    assert [primary for _, _, primary in town.memberships(father)] == [True]


def test_a_child_has_one_home_when_its_father_elsewhere_does_not_live_with_it():
    town = Neighbourhood()
    mother, father, son = town.a_person("ANNA SMITH", age=35), town.a_person("DAVE JONES", age=38), town.a_person("BEN JONES", age=9)
    town.pupil(son, HOME, parents=(mother,))
    town.parent_of(father, son, at=ELSEWHERE, same_address=False)
    assert town.households() == families((mother, son), (father,))


def test_the_linkage_models_middle_class_ties_two_people_at_one_address_but_not_across_addresses():
    town = Neighbourhood()
    first, second, third = town.a_person("ANNA SMITH", age=35), town.a_person("BEN SMYTHE", age=30), town.a_person("CARA SMITH", age=30)
    town.lives_at(first, HOME, role="claimant")
    town.lives_at(second, HOME, role="nominal")
    town.lives_at(third, ELSEWHERE, role="claimant")
    town.looks_like_one_household(first, second)
    town.looks_like_one_household(first, third)
    assert town.households() == families((first, second), (third,))


def test_a_stepdaughter_of_the_landlords_list_is_of_the_household():
    town = Neighbourhood()
    tenant, member = town.a_person("ANNA SMITH", age=45), town.a_person("CARA OKORO", age=19)
    town.household_member(member, tenant, HOME)
    assert town.households() == families((tenant, member))


def test_a_person_the_evidence_nearly_ties_is_shown_as_doubtful():
    town = Neighbourhood()
    mother, grown = town.a_person("ANNA MACDONALD", age=45), town.a_person("BEN MACDONLAD", age=22)
    town.lives_at(mother, HOME, role="claimant")
    town.lives_at(grown, HOME, role="nominal", seen=LONG_AGO)
    assert town.households() == families((mother,), (grown,))
    assert len(town.doubts()) == 1


def test_a_pupil_who_carries_a_parents_date_of_birth_is_a_child():
    town = Neighbourhood()
    mother, child = town.a_person("ANNA SMITH", age=35), town.a_person("BEN SMITH", age=35)
    town.pupil(child, HOME, parents=(mother,))
    with town.open() as con:
        assert dict(con.execute("select person_id, member_role from household_person").fetchall()) == {mother: "adult", child: "child"}
