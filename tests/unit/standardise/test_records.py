"""Who becomes a record, which rows share one, and what a record's values are."""

from datetime import date

from tests.support.extract_rows import a_row, staged, standardised


def a_pupil(**values):
    return a_row("school_attendance", **values)


def test_a_pupil_seen_in_three_terms_is_one_record_with_three_rows(tmp_path):
    terms = [a_pupil(term="autumn"), a_pupil(term="summer", academic_year=2025), a_pupil(term="spring", academic_year=2025)]
    run = standardised(tmp_path, {"school_attendance": terms})
    assert staged(run, "select count(*), max(seen_date) from staging.person_record") == [(1, date(2026, 11, 20))]
    assert staged(run, "select source_row from staging.record_source order by 1") == [(2,), (3,), (4,)]


def test_an_older_address_is_a_record_of_its_own_seen_until_the_terms_end(tmp_path):
    run = standardised(tmp_path, {"school_attendance": [a_pupil(), a_pupil(term="spring", academic_year=2025, address_line_1="4 Elm Grove")]})
    assert staged(run, "select street, seen_date from staging.person_record order by street") == [
        ("ELM GROVE", date(2026, 4, 5)),
        ("MILL ROAD", date(2026, 11, 20)),
    ]


def test_contacts_are_parents_and_the_one_who_lives_with_the_pupil_has_the_pupils_address(tmp_path):
    pupil = a_pupil(
        uprn="100023336956",
        contact_1_full_name="Mrs Jane Smith",
        contact_1_relationship="Mother",
        contact_1_lives_with=True,
        contact_2_full_name="JONES, Bob",
        contact_2_relationship="Father",
        contact_2_lives_with=False,
        contact_2_address="Flat 2, 5 High St",
        contact_2_postcode="ZC1 1AB",
    )
    run = standardised(tmp_path, {"school_attendance": [pupil]})
    assert staged(run, "select forename, sex, address_key from staging.person_record where role = 'parent' order by forename") == [
        ("BOB", "M", "ZC1 1AB|5|2"),
        ("JANE", "F", "100023336956"),
    ]
    assert staged(
        run, "select l.forename, is_same_address from staging.relationship join staging.person_record as l on l.record_id = record_id_l order by 1"
    ) == [
        ("BOB", False),
        ("JANE", True),
    ]


def test_a_contact_elsewhere_without_an_address_has_none(tmp_path):
    pupil = a_pupil(contact_2_full_name="Bob Jones", contact_2_relationship="Father", contact_2_lives_with=False)
    run = standardised(tmp_path, {"school_attendance": [pupil]})
    assert staged(run, "select address_key, address_kind from staging.person_record where role = 'parent'") == [(None, "unknown")]
    assert staged(run, "select is_same_address from staging.relationship") == [(False,)]


def test_the_mother_of_two_pupils_in_one_home_is_one_record_born_before_the_elder(tmp_path):
    mother = {"contact_1_full_name": "Jane Smith", "contact_1_relationship": "Mother", "contact_1_lives_with": True}
    pupils = [a_pupil(**mother), a_pupil(source_person_id="P2", forename="Ben", birth_date=date(2011, 5, 6), **mother)]
    run = standardised(tmp_path, {"school_attendance": pupils})
    assert staged(run, "select birth_date_latest from staging.person_record where role = 'parent'") == [(date(1998, 5, 6),)]
    assert staged(run, "select count(*) from staging.relationship") == [(2,)]


def test_two_pupils_parents_of_one_name_and_no_address_are_not_taken_for_one(tmp_path):
    father = {"contact_2_full_name": "John Smith", "contact_2_relationship": "Father", "contact_2_lives_with": False}
    run = standardised(tmp_path, {"school_attendance": [a_pupil(**father), a_pupil(source_person_id="P2", surname="Khan", **father)]})
    assert staged(run, "select count(*) from staging.person_record where role = 'parent'") == [(2,)]


def test_other_contacts_count_where_the_pupil_lives_with_them(tmp_path):
    contacts = [
        ("Grandmother", True, "household_member_of", date(1986, 3, 5)),
        ("Grandmother", False, None, None),
        ("Childminder", False, None, None),
        ("Social Worker", True, None, None),
        ("Foster carer", True, "parent_of", None),
        ("Step-father", True, "parent_of", date(2001, 3, 5)),
    ]
    pupils = [
        a_pupil(
            source_person_id=f"P{n}",
            address_line_1=f"{n} Elm Grove",
            contact_1_full_name="Pat Lee",
            contact_1_relationship=word,
            contact_1_lives_with=lives_with,
        )
        for n, (word, lives_with, _, _) in enumerate(contacts, 1)
    ]
    run = standardised(tmp_path, {"school_attendance": pupils})
    query = (
        "select paon::integer, relationship_type, birth_date_latest from staging.relationship join staging.person_record on record_id = record_id_l order by 1"
    )
    assert staged(run, query) == [(n, tie, latest) for n, (_, _, tie, latest) in enumerate(contacts, 1) if tie]
    assert staged(run, "select count(*) from staging.person_record where role = 'parent'") == [(3,)]


def test_a_partner_is_a_record_at_the_claimants_address_without_the_claimants_number(tmp_path):
    claim = a_row("dwp_benefit", partner_surname="JONES", partner_forename="BOB", partner_nino="AB123456C", partner_birth_date=date(1980, 2, 3))
    run = standardised(tmp_path, {"dwp_benefit": [claim]})
    assert staged(run, "select role, nino, address_key from staging.person_record order by role") == [
        ("claimant", "AB123456", "ZC1 1AA|10|"),
        ("partner", None, "ZC1 1AA|10|"),
    ]
    assert staged(run, "select relationship_type, is_same_address from staging.relationship") == [("partner_of", True)]


def test_people_of_one_rent_account_are_tied_to_its_tenant(tmp_path):
    account = [
        a_row("housing_arrears", source_person_id="T3", tenant_role="household_member", forename="Ben"),
        a_row("housing_arrears", source_person_id="T2", tenant_role="joint_tenant", forename="Bob"),
        a_row("housing_arrears"),
        a_row("housing_arrears", account_id="A2", source_person_id="T9", forename="Zoe"),
    ]
    run = standardised(tmp_path, {"housing_arrears": account})
    query = """select l.forename, relationship_type, r.forename from staging.relationship
        join staging.person_record as l on l.record_id = record_id_l join staging.person_record as r on r.record_id = record_id_r order by 1"""
    assert staged(run, query) == [("BEN", "household_member_of", "ANNA"), ("BOB", "joint_tenant_of", "ANNA")]


def test_a_row_that_names_nobody_makes_no_record_and_no_event(tmp_path):
    nobody = [a_row("police_asb", occurrence_id="OCC2", full_name=written) for written in ("UNKNOWN", ".", "Calder Housing Ltd", "NOT KNOWN")]
    run = standardised(tmp_path, {"police_asb": [a_row("police_asb"), *nobody]})
    assert staged(run, "select role, forename, surname from staging.person_record") == [("nominal", "ANNA", "SMITH")]
    assert staged(run, "select occurrence_id from staging.event") == [("OCC1",)]


def test_a_date_of_birth_is_kept_where_it_can_be_true(tmp_path):
    expected = [
        ("school_attendance", date(2014, 3, 5), date(2014, 3, 5), "full"),
        ("school_attendance", date(2014, 1, 1), date(2014, 1, 1), "placeholder"),
        ("school_attendance", date(1985, 3, 5), None, "implausible"),
        ("school_attendance", date(2025, 3, 5), None, "implausible"),
        ("school_attendance", None, None, "missing"),
        ("dwp_benefit", date(2027, 3, 5), None, "implausible"),
        ("dwp_benefit", date(1901, 3, 5), None, "implausible"),
        ("dwp_benefit", date(2013, 3, 5), None, "implausible"),
        ("housing_arrears", date(1900, 1, 1), None, "missing"),
        ("housing_arrears", date(1985, 1, 1), date(1985, 1, 1), "placeholder"),
    ]
    rows = {}
    for n, (source, born, _, _) in enumerate(expected):
        rows.setdefault(source, []).append(a_row(source, forename=f"A{chr(97 + n)}", birth_date=born, birth_date_original="as written"))
    run = standardised(tmp_path, rows)
    found = staged(run, "select source, birth_date, birth_date_quality from staging.person_record order by forename")
    assert found == [(source, kept, quality) for source, _, kept, quality in expected]
    assert staged(run, "select distinct birth_date_original from staging.person_record") == [("as written",)]


def test_a_pupils_impossible_birth_date_says_nothing_of_the_parent(tmp_path):
    pupil = a_pupil(birth_date=date(1985, 3, 5), contact_1_full_name="Jane Smith", contact_1_relationship="Mother", contact_1_lives_with=True)
    run = standardised(tmp_path, {"school_attendance": [pupil]})
    assert staged(run, "select birth_date_latest from staging.person_record where role = 'parent'") == [(None,)]


def test_the_original_values_stand_beside(tmp_path):
    run = standardised(tmp_path, {"police_asb": [a_row("police_asb", full_name="SMITH, Zoë (Decd)", address_line_1="Flat 2, 10 Mill Rd.")]})
    query = "select forename, name_original, saon, address_original from staging.person_record"
    assert staged(run, query) == [("ZOE", "SMITH, Zoë (Decd)", "FLAT 2", "Flat 2, 10 Mill Rd., ZC1 1AA")]
