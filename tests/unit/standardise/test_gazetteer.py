"""What the council's gazetteer makes of addresses: which home a text is, what stands there, and doubt that gives no home."""

import pytest

from tests.support.extract_rows import a_row, staged, standardised

FOUND = "select address_key, match_round from staging.person_record left join staging.address_match using (record_id)"
KINDS = "select address_kind, address_key from staging.person_record"

# UPRN, class, parent, address, postcode
TOWN = [
    ("1", "RD04", None, "10 MILL ROAD", "ZC1 1AA"),
    ("2", "RD04", None, "11 MILL ROAD", "ZC1 1AA"),
    ("3", "PP", None, "12 MILL ROAD", "ZC1 1AA"),
    ("4", "RD06", "3", "FLAT 1, 12 MILL ROAD", "ZC1 1AA"),
    ("5", "RD06", "3", "FLAT 2, 12 MILL ROAD", "ZC1 1AA"),
    ("6", "RD06", None, "FLAT 1, HERON POINT, 20 MILL ROAD", "ZC1 1AA"),
    ("7", "RD04", None, "30 MILL ROAD", "ZC1 1AA"),
    ("8", "RD06", None, "30A MILL ROAD", "ZC1 1AA"),
    ("9", "RD06", None, "30B MILL ROAD", "ZC1 1AA"),
    ("20", "RD04", None, "10 CHURCH ROAD", "ZC1 2AA"),
    ("21", "RD04", None, "10 CHURCH ROAD", "ZC3 2AA"),
    ("22", "RD04", None, "14 ELM GROVE", "ZC2 2BB"),
    ("23", "RD04", None, "14 OAK GROVE", "ZC2 2BB"),
    ("24", "RD04", None, "15 ELM GROVE", "ZC2 2BB"),
    ("25", "RD04", None, "15 ELM GROVE", "ZC2 2BD"),
    ("26", "RD04", None, "16 ASH WAY", "ZC2 2BQ"),
    ("27", "RD02", None, "ROSE COTTAGE, ASH WAY", "ZC2 2BQ"),
]


def a_place(uprn="1", class_code="RD04", parent=None, address="10 MILL ROAD", postcode="ZC1 1AA", **values):
    return a_row("gazetteer", uprn=uprn, class_code=class_code, parent_uprn=parent, address_line_1=address, postcode=postcode, **values)


def a_nominal(text, postcode="ZC1 1AA", number=1, **values):
    return a_row("police_asb", occurrence_id=f"OCC{number}", source_person_id=f"N{number}", address_line_1=text, postcode=postcode, **values)


def found(folder, *nominals, town=TOWN):
    run = standardised(folder, {"police_asb": list(nominals), "gazetteer": [a_place(*place) for place in town]})
    return staged(run, f"{FOUND} order by source_person_id")


@pytest.fixture(scope="module")
def place_of(tmp_path_factory):
    """What the gazetteer makes of each text of this module, all in one run."""
    texts = [(text, postcode) for text, postcode, _, _ in (*NAMED, *DOUBTFUL, *BUILDINGS)]
    places = found(tmp_path_factory.mktemp("town"), *(a_nominal(text, postcode, n) for n, (text, postcode) in enumerate(texts, 100)))
    return dict(zip(texts, places, strict=True))


NAMED = [
    ("10 Mill Rd, Calderbrook", "ZC1 1AA", "1", "exact"),
    ("Mill Road, 10, Calderbrook", "ZC1 1AA", "1", "exact"),
    ("10 MILL ROAD CALDERBROOK", "ZC1 1AA", "1", "exact"),
    ("Calderbrook, 10 Mill Road", "ZC1 1AA", "1", "exact"),
    ("10 Mlil Road", "ZC1 1AA", "1", "street_alike"),
    ("10 Mill Road", "ZC1 1AB", "1", "postcode_alike"),
    ("10 Mill Road", None, "1", "postcode_missing"),
    ("12 Mill Road, Flat 2", "ZC1 1AA", "5", "exact"),
    ("2/12 Mill Road", "ZC1 1AA", "5", "exact"),
    ("12B Mill Road", "ZC1 1AA", "5", "flat_respelled"),
    ("Flat 1, 20 Mill Road", "ZC1 1AA", "6", "exact"),
    ("Flat 1, Heron Pt, Mill Road", "ZC1 1AA", None, None),
    ("Flat 1, Heron Point, Mill Road", "ZC1 1AA", "6", "exact"),
    ("30 Mill Road", "ZC1 1AA", "7", "exact"),
    ("Rose Cottage, Ash Way", "ZC2 2BQ", "27", "exact"),
]
# Here a guess could be wrong, so none is made: the text stays the key, or nothing does.
DOUBTFUL = [
    ("10 Church Road", None, None, None),  # two quarters have one
    ("14 Elm Grove", "ZC2 2BD", "22", "postcode_alike"),
    ("14 Oka Elm Grove", "ZC2 2BB", None, None),
    ("15 Elm Grove", "ZC2 2BE", None, None),  # as near to two postcodes
    ("99 Mill Road", "ZC1 1AA", None, None),
    ("Flat 9, 12 Mill Road", "ZC1 1AA", None, None),
    ("Flat 2, 30 Mill Road", "ZC1 1AA", None, None),  # 30A, where 30 is flat 1, or 30B
    ("Flat 2, 10 Mill Road", "ZC1 1AA", None, None),
    ("10 Station Parade", "ZC1 1AA", None, None),
    ("16 Oak Grove", "ZC2 2BB", None, None),
    ("10 Mill Road", "ZC9 9ZZ", None, None),
]
BUILDINGS = [
    ("12 Mill Road, Calderbrook", "ZC1 1AA", None, "building"),
    ("20 Mill Road", "ZC1 1AA", None, "building"),
]


@pytest.mark.parametrize(("text", "postcode", "uprn", "match_round"), [*NAMED, *DOUBTFUL])
def test_a_text_is_the_one_home_it_can_be_or_none(place_of, text, postcode, uprn, match_round):
    key, how = place_of[text, postcode]
    assert (key if how else None, how) == (uprn, match_round)


@pytest.mark.parametrize(("text", "postcode", "uprn", "match_round"), BUILDINGS)
def test_a_building_whose_flat_is_left_out_is_nobodys_home(place_of, text, postcode, uprn, match_round):
    key, how = place_of[text, postcode]
    assert how == match_round
    assert key.startswith(f"{postcode}|")


def test_the_class_tells_what_stands_there_and_outweighs_the_text(tmp_path):
    classes = {"RH03": "hmo", "RI01": "communal", "RI02NC": "communal", "CC02": "communal", "CH03": "communal", "RD01": "hmo", "RD04": "dwelling"}
    town = [(str(n), code, None, f"{n} MILL ROAD", "ZC1 1AA") for n, code in enumerate(classes, 1)]
    nominals = [a_nominal(f"{n} Mill Road", number=n) for n in range(1, len(classes))] + [a_nominal("Old Hostel, 7 Mill Road", number=7)]
    run = standardised(tmp_path, {"police_asb": nominals, "gazetteer": [a_place(*place) for place in town]})
    assert staged(run, f"{KINDS} order by source_person_id") == [(kind, str(n)) for n, kind in enumerate(classes.values(), 1)]


def test_a_surgery_or_an_office_places_nobody(tmp_path):
    run = standardised(tmp_path, {"police_asb": [a_nominal("10 Mill Road")], "gazetteer": [a_place(class_code="CM02")]})
    assert staged(run, KINDS) == [("care_of", None)]


def test_the_number_of_a_shell_that_a_source_gives_is_no_home(tmp_path):
    tenants = [a_row("housing_arrears", account_id=f"A{n}", source_person_id=f"T{n}", uprn="3", address_line_1="12 Mill Road") for n in (1, 2)]
    tenants.append(a_row("housing_arrears", account_id="A3", source_person_id="T3", uprn="3", address_line_1="Flat 2, 12 Mill Road"))
    run = standardised(tmp_path, {"housing_arrears": tenants, "gazetteer": [a_place(*place) for place in TOWN]})
    assert staged(run, f"{KINDS} order by source_person_id") == [("building", "ZC1 1AA|12|"), ("building", "ZC1 1AA|12|"), ("dwelling", "5")]


def test_a_number_beside_a_text_that_is_another_home_to_the_letter_is_left(tmp_path):
    tenants = [a_row("housing_arrears", uprn="2", address_line_1="10 Mill Road")]
    run = standardised(tmp_path, {"housing_arrears": tenants, "gazetteer": [a_place(*place) for place in TOWN]})
    assert staged(run, "select address_key from staging.person_record") == [("1",)]


def test_a_delivered_number_says_which_flat_where_the_text_does_not(tmp_path):
    tenants = [a_row("housing_arrears", uprn="5", address_line_1="12 Mill Road")]
    run = standardised(tmp_path, {"housing_arrears": tenants, "gazetteer": [a_place(*place) for place in TOWN]})
    assert staged(run, FOUND) == [("5", "delivered")]


def test_a_house_that_was_taken_down_is_not_found(tmp_path):
    run = standardised(tmp_path, {"police_asb": [a_nominal("10 Mill Road")], "gazetteer": [a_place(status="historical")]})
    assert staged(run, FOUND) == [("ZC1 1AA|10|", None)]


def test_without_a_gazetteer_nothing_is_matched(tmp_path):
    run = standardised(tmp_path, {"police_asb": [a_nominal("10 Mill Road")]})
    assert staged(run, FOUND) == [("ZC1 1AA|10|", None)]
    assert staged(run, "select count(*) from staging.address_match") == [(0,)]
