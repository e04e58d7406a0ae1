"""Sentences about families: who is one household and who is not."""

from datetime import date

from tests.support.households import Address, Neighbourhood

HOME = Address("12")
ELSEWHERE = Address("7", street="CANAL ROW", postcode="ZC2 2BB")
LONG_AGO = date(2024, 3, 1)


def families(*households: tuple[str, ...]) -> set[frozenset[str]]:
    return {frozenset(names) for names in households}


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


def test_a_polish_wife_and_husband_have_one_surname():
    town = Neighbourhood()
    wife, husband = town.a_person("EWA KOWALSKA", age=35), town.a_person("JAN KOWALSKI", age=36)
    town.lives_at(wife, HOME, role="claimant")
    town.lives_at(husband, HOME, role="nominal")
    assert town.households() == families((wife, husband))


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


def test_an_ex_partner_still_on_the_joint_tenancy_has_left():
    town = Neighbourhood()
    mother, former, child = town.a_person("ANNA SMITH", age=35), town.a_person("DAVE JONES", age=38), town.a_person("BEN SMITH", age=9)
    town.joint_tenants(mother, former, HOME)
    town.pupil(child, HOME, parents=(mother,))
    town.lives_at(former, ELSEWHERE, role="claimant")
    assert town.households() == families((mother, child), (former,))


def test_joint_tenants_of_two_names_are_one_household():
    town = Neighbourhood()
    woman, man = town.a_person("ANNA SMITH", age=35), town.a_person("DAVE JONES", age=38)
    town.joint_tenants(woman, man, HOME)
    assert town.households() == families((woman, man))
    assert town.memberships(man)[0][1] == "joint_tenancy"


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


def test_a_young_child_nothing_ties_belongs_to_the_one_family_of_its_home():
    town = Neighbourhood()
    grandmother, child = town.a_person("IRIS OKORO", age=60), town.a_person("BEN SMITH", age=9)
    town.lives_at(grandmother, HOME, role="tenant")
    town.lives_at(child, HOME, role="pupil")
    assert town.households() == families((grandmother, child))
    probability, basis, _ = town.memberships(child)[0]
    assert basis == "dependent_child"
    assert 0.80 <= probability < 0.95


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
