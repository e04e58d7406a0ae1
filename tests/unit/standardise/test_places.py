"""Address keys that agree across sources, and addresses that are no family's dwelling."""

from datetime import date

from tests.support.extract_rows import a_row, staged, standardised

FAMILIES = ("Smith", "Khan", "Dutton", "Okafor")
KEYS = "select distinct address_key from staging.person_record order by 1"
KINDS = "select distinct address_kind from staging.person_record order by 1"


def a_tenant(number=1, **values):
    return a_row("housing_arrears", account_id=f"A{number}", source_person_id=f"T{number}", **values)


def a_nominal(number=1, **values):
    return a_row("police_asb", occurrence_id=f"OCC{number}", source_person_id=f"N{number}", **values)


# one dwelling as a source with property numbers writes it, and as one without does
SPELLINGS = [
    ("10 Mill Road", "10 MILL RD., CALDERBROOK"),
    ("Flat 2, 10 Mill Road", "FLAT 2 10 MILL ROAD"),
    ("Flat 2, 10 Mill Road", "2/10 Mill Road"),
    ("Flat 2, 10 Mill Road", "10B Mill Road"),
    ("Flat B, 10 Mill Road", "10b Mill Rd"),
    ("Flat 3, Heron Point, Cherry Court", "FLAT 3 HERON POINT CHERRY COURT"),
    ("The Lodge, Mill Road", "THE LODGE, MILL RD"),
]


def test_a_source_without_property_numbers_gets_the_key_of_one_with(tmp_path):
    tenants, nominals = [], []
    for n, (with_uprn, without) in enumerate(SPELLINGS, 1):
        postcode = f"ZC1 {n}AB"
        tenants.append(a_tenant(n, address_line_1=with_uprn, postcode=postcode, uprn=str(n)))
        nominals.append(a_nominal(n, address_line_1=without, postcode=postcode))
    run = standardised(tmp_path, {"housing_arrears": tenants, "police_asb": nominals})
    found = staged(run, "select postcode, address_key from staging.person_record where source = 'police_asb' order by 1")
    assert found == [(f"ZC1 {n}AB", str(n)) for n in range(1, len(SPELLINGS) + 1)]


def test_without_any_property_number_the_text_is_the_key(tmp_path):
    rows = {"police_asb": [a_nominal(1, address_line_1="Flat 2, 10 Mill Road"), a_nominal(2, address_line_1="10B Mill Rd", postcode="zc11aa")]}
    assert staged(standardised(tmp_path, rows), KEYS) == [("ZC1 1AA|10|2",)]


def test_a_flat_left_out_is_not_the_flat(tmp_path):
    rows = {"housing_arrears": [a_tenant(1, address_line_1="Flat 2, 10 Mill Road")], "police_asb": [a_nominal()]}
    assert staged(standardised(tmp_path, rows), KEYS) == [("100023336956",), ("ZC1 1AA|10|",)]


def test_a_text_whose_records_disagree_on_the_property_number_gives_none(tmp_path):
    tenants = [a_tenant(n, uprn=f"10002333695{n}") for n in (1, 2)]
    run = standardised(tmp_path, {"housing_arrears": tenants, "police_asb": [a_nominal()]})
    assert staged(run, "select address_key from staging.person_record where source = 'police_asb'") == [("ZC1 1AA|10|",)]


def test_a_property_number_of_a_whole_building_is_no_key(tmp_path):
    tenants = [a_tenant(n, address_line_1=f"Flat {n}, 10 Mill Road") for n in range(1, 6)]
    run = standardised(tmp_path, {"housing_arrears": tenants})
    assert staged(run, KEYS) == [(f"ZC1 1AA|10|{n}",) for n in range(1, 6)]


def test_a_missing_postcode_is_completed_from_the_street(tmp_path):
    rows = {"housing_arrears": [a_tenant()], "police_asb": [a_nominal(postcode=None)]}
    run = standardised(tmp_path, rows)
    assert staged(run, KEYS) == [("100023336956",)]
    assert staged(run, "select distinct postcode from staging.person_record") == [("ZC1 1AA",)]


def test_a_missing_postcode_is_not_guessed_where_two_sectors_have_the_street(tmp_path):
    rows = {
        "housing_arrears": [a_tenant()],
        "police_asb": [a_nominal(1, postcode=None), a_nominal(2, postcode="ZC3 2AB", address_line_1="9 Mill Road")],
    }
    run = standardised(tmp_path, rows)
    assert staged(run, "select address_key from staging.person_record where source = 'police_asb' and paon = '10'") == [(None,)]


def test_the_text_of_an_address_tells_its_kind(tmp_path):
    written = ["NFA", "c/o 4 High Street", "Calder Hostel, 3 Mill Road", "NOT KNOWN", "5 Mill Road"]
    run = standardised(tmp_path, {"police_asb": [a_nominal(n, address_line_1=text) for n, text in enumerate(written)]})
    assert staged(run, "select source_person_id, address_kind, address_key from staging.person_record order by 1") == [
        ("N0", "no_fixed_abode", None),
        ("N1", "care_of", None),
        ("N2", "communal", "ZC1 1AA|3|"),
        ("N3", "unknown", None),
        ("N4", "dwelling", "ZC1 1AA|5|"),
    ]
    assert staged(run, "select count(*) from staging.address_spell") == [(2,)]


def test_adults_of_three_names_without_ties_make_a_house_in_multiple_occupation(tmp_path):
    adults = [a_nominal(n, full_name=name, birth_date=date(1990, 1, n)) for n, name in enumerate(("SMITH, Al", "KHAN, Bo", "DUTTON, Cy"), 2)]
    assert staged(standardised(tmp_path / "three", {"police_asb": adults}), KINDS) == [("hmo",)]
    assert staged(standardised(tmp_path / "two", {"police_asb": adults[:2]}), KINDS) == [("dwelling",)]


def test_strangers_in_a_block_without_their_flats_are_no_shared_house(tmp_path):
    adults = [a_nominal(n, full_name=name, birth_date=date(1990, 1, n)) for n, name in enumerate(("SMITH, Al", "KHAN, Bo", "DUTTON, Cy"), 2)]
    run = standardised(tmp_path, {"police_asb": [*adults, a_nominal(9, address_line_1="Flat 2, 10 Mill Road")]})
    assert staged(run, KINDS) == [("dwelling",)]


def test_two_spellings_of_a_surname_count_once(tmp_path):
    adults = [a_nominal(n, full_name=name, birth_date=date(1990, 1, n)) for n, name in enumerate(("SMITH, Al", "SMYTH, Al", "KHAN, Bo"), 2)]
    assert staged(standardised(tmp_path, {"police_asb": adults}), KINDS) == [("dwelling",)]


def test_a_step_family_of_three_names_is_a_dwelling(tmp_path):
    parents = {"contact_1_full_name": "Jane Dutton", "contact_1_relationship": "Mother", "contact_1_lives_with": True} | {
        "contact_2_full_name": "Bob Khan", "contact_2_relationship": "Step-father", "contact_2_lives_with": True
    }  # fmt: skip
    pupils = [a_row("school_attendance", **parents), a_row("school_attendance", source_person_id="P2", surname="Khan", forename="Ben", **parents)]
    claims = [a_row("dwp_benefit", surname="DUTTON", forename="JANE", partner_surname="KHAN", partner_forename="BOB")]
    run = standardised(
        tmp_path, {"school_attendance": pupils, "dwp_benefit": claims, "police_asb": [a_nominal(full_name="SMITH, Old", birth_date=date(1950, 3, 4))]}
    )
    assert staged(run, KINDS) == [("dwelling",)]


def test_four_families_at_one_address_are_a_refuge(tmp_path):
    pupils = [
        a_row(
            "school_attendance",
            source_person_id=f"P{n}",
            surname=name,
            contact_1_full_name=f"Jane {name}",
            contact_1_relationship="Mother",
            contact_1_lives_with=True,
        )
        for n, name in enumerate(("Smith", "Khan", "Dutton", "Okafor"))
    ]
    assert staged(standardised(tmp_path, {"school_attendance": pupils}), KINDS) == [("communal",)]


def test_one_hostel_in_the_text_marks_all_who_use_the_address(tmp_path):
    rows = {"housing_arrears": [a_tenant()], "police_asb": [a_nominal(address_line_1="Hope Hostel, 10 Mill Road")]}
    assert staged(standardised(tmp_path, rows), KINDS) == [("communal",)]


def test_a_tenancy_gives_the_spell_its_days(tmp_path):
    rows = {"housing_arrears": [a_tenant(1, tenancy_to_date=date(2026, 9, 30))]}
    run = standardised(tmp_path, rows)
    assert staged(run, "select from_date, to_date, seen_date from staging.address_spell") == [(date(2020, 4, 6), date(2026, 9, 30), date(2026, 9, 30))]
