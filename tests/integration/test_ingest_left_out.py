"""What cannot be: a date of birth nobody can have and a code that is not of its day are told, and never reach a row that is accepted."""

from datetime import date

import pytest

from pipelines import authority, ingest, receipts
from tests.support import layout_files
from tests.support.deliveries import AS_OF, NOW, accepted, csv_text, deliver, home, rejected, rows
from tests.support.suppliers import an_authority


@pytest.fixture
def settings(tmp_path):
    return home(tmp_path)


@pytest.mark.parametrize(
    ("source", "column", "text", "kept"),
    [
        ("school_attendance", "DOB", "20/11/2026", date(2026, 11, 20)),
        ("school_attendance", "DOB", "21/11/2026", None),
        ("school_attendance", "DOB", "20/11/2000", date(2000, 11, 20)),
        ("school_attendance", "DOB", "19/11/2000", None),
        ("dwp_benefit", "DATE_OF_BIRTH", "19000101", date(1900, 1, 1)),
        ("dwp_benefit", "DATE_OF_BIRTH", "18991231", None),
        ("dwp_benefit", "DATE_OF_BIRTH", "19661120", date(1966, 11, 20)),
        ("dwp_benefit", "DATE_OF_BIRTH", "20261121", None),
        ("housing_arrears", "Date of Birth", "01-Jan-2030", None),
        ("police_asb", "DOB", "01/01/1850", None),
    ],
)
def test_a_date_of_birth_that_nobody_here_can_have_is_left_out_and_kept_as_delivered(settings, source, column, text, kept):
    delivery = deliver(settings, source, csv_text([*rows(source, 4), rows(source, 5)[4] | {column: text}]))
    last = accepted(settings, delivery)[4]
    assert (last["birth_date"], last["birth_date_original"]) == (kept, text)
    repairs = [(row["source_row"], row["rule"], row["before"], row["after"]) for row in receipts.repair_rows(delivery.extract_id, settings)]
    assert repairs == ([] if kept else [(6, "impossible_birth_date", text, None)])
    assert text not in delivery.message


def test_a_partner_born_tomorrow_is_left_without_a_date_of_birth(settings):
    table = rows("dwp_benefit", 3, PARTNER_SURNAME="OKAFOR", PARTNER_DOB="20991231")
    assert [row["partner_birth_date"] for row in accepted(settings, deliver(settings, "dwp_benefit", csv_text(table)))] == [None] * 3


@pytest.mark.parametrize(
    ("benefit", "start", "rule"),
    [
        ("UC", "20130428", "code_not_yet"),
        ("UC", "20130429", None),
        ("ESA", "20081026", "code_not_yet"),
        ("ESA", "20081027", None),
        ("IB", "20081026", None),
        ("IB", "20081027", "code_retired"),
        ("SDA", "20010405", None),
        ("SDA", "20010406", "code_retired"),
        ("IS", "20210126", None),
        ("IS", "20210127", "code_retired"),
        ("JSA", "20240101", None),
        ("HB", "20240101", None),
    ],
)
def test_a_benefit_is_accepted_by_the_day_its_award_began(settings, benefit, start, rule):
    table = [*rows("dwp_benefit", 9), rows("dwp_benefit", 10)[9] | {"BEN_TYPE": benefit, "AWARD_START": start, "COND_REGIME": ""}]
    delivery = deliver(settings, "dwp_benefit", csv_text(table))
    assert rejected(settings, delivery) == ([(11, rule, "benefit_type")] if rule else [])
    assert (f"({benefit})" in delivery.message) is bool(rule)


@pytest.fixture(scope="module")
def council(tmp_path_factory):
    """A council whose police deliver the power that an intervention used."""
    keys = {"layout": "interventions", "file_pattern": r"cases_(?P<date>\d{8})\.csv"}
    return an_authority(tmp_path_factory.mktemp("council"), {"police_asb": keys}, clock=NOW)


@pytest.mark.parametrize(
    ("power", "day", "kept"),
    [
        ("CBO", "19-Oct-2014", None),
        ("CBO", "20-Oct-2014", "criminal_behaviour_order"),
        ("Injunction", "22-Mar-2015", None),
        ("Injunction", "23-Mar-2015", "civil_injunction"),
        ("ASBO", "22-Mar-2015", "asb_order"),
        ("ASBO", "23-Mar-2015", None),
        ("ABC", "01-Jun-2026", "acceptable_behaviour_contract"),
        ("Stern word", "01-Jun-2026", None),
        ("", "01-Jun-2026", None),
    ],
)
def test_a_power_that_was_not_in_force_is_left_out_and_the_intervention_stays(council, tmp_path, power, day, kept):
    settings = council.model_copy(update={"home": tmp_path})
    profile = authority.find("calderbrook", settings).profiles.police_asb
    row = dict.fromkeys((names[0] for names in profile.columns.values()), "")
    row |= {
        "Case Ref": "C1",
        "Person Ref": "N1",
        "Person": "OKAFOR, Emeka",
        "Role in Case": "Subject",
        "Entry": "Intervention",
        "Power Used": power,
        "Entry Date": day,
    }
    folder = settings.landing_dir / "police_asb"
    folder.mkdir(parents=True)
    settings.extracts_dir.mkdir()
    layout_files.save(folder / "cases_20261120.csv", [row])
    (delivery,) = ingest.ingest(authority.find("calderbrook", settings), "police_asb", AS_OF, settings)
    (found,) = accepted(settings, delivery)
    assert (found["intervention_type"], found["record_type"]) == (kept, "intervention")
    assert delivery.repaired_count == (0 if kept or not power else 1)
