"""Every file with bad rows has a message that says what is wrong and what to do, and changes nothing."""

from itertools import chain, repeat

import pytest

from pipelines import authority, ingest, receipts
from tests.support.deliveries import AS_OF, accepted, csv_text, deliver, home, nothing_is_kept, put, refused, rows


@pytest.fixture
def settings(tmp_path):
    return home(tmp_path)


def test_two_header_rows_are_counted_as_removed(settings):
    text = csv_text(rows("police_asb", 4))
    header = text.splitlines()[0]
    delivery = deliver(settings, "police_asb", f"{header}\r\n{text}")
    assert (delivery.outcome, delivery.received_count, delivery.removed_count) == ("ingested", 4, 1)
    assert "1 title, blank, total or repeated-header row was left out" in delivery.message


def test_a_header_split_over_two_rows_is_read_as_one(settings):
    lines = csv_text(rows("police_asb", 4)).splitlines()
    names = lines[0].split(",")
    upper, lower = [n.split("_")[0] for n in names], [n.partition("_")[2] for n in names]
    delivery = deliver(settings, "police_asb", "\n".join([",".join(upper), ",".join(lower), *lines[1:]]))
    assert (delivery.outcome, delivery.received_count, delivery.removed_count) == ("ingested", 4, 0)


@pytest.mark.parametrize("total", ["Total,4", "GRAND TOTAL,,,,4", "Row count: 4", "4 rows", "Number of records,4", "End of report", '"Total",' + "," * 11])
def test_a_totals_row_is_left_out_and_counted(settings, total):
    delivery = deliver(settings, "police_asb", f"{csv_text(rows('police_asb', 4))}\r\n{total}\r\n")
    assert (delivery.outcome, delivery.received_count, delivery.accepted_count, delivery.removed_count) == ("ingested", 4, 4, 2)


def test_a_person_called_total_stays(settings):
    table = rows("dwp_benefit", 3, SURNAME="TOTAL") + rows("dwp_benefit", 1, NINO="Total recall")
    delivery = deliver(settings, "dwp_benefit", csv_text(table))
    assert (delivery.accepted_count, delivery.removed_count) == (4, 0)


def test_dates_in_another_format_are_counted_and_named(settings):
    table = rows("school_attendance", 6) + rows("school_attendance", 14, DOB="2014-03-05", **{"Town": "Elsewhere"})
    delivery = deliver(settings, "school_attendance", csv_text(table))
    refused(delivery, "column 'DOB': 14 rows are not dd/mm/yyyy (they look like yyyy-mm-dd)", "14 of 20 rows (70.0%)")
    assert "2014-03-05" not in delivery.message


@pytest.mark.parametrize(
    ("written", "words"), [("03/25/2014", "mm/dd/yyyy"), ("25/03/14", "dd/mm/yy"), ("25-Mar-2014", "dd-mmm-yyyy"), ("20140325", "yyyymmdd")]
)
def test_the_format_dates_are_in_is_told(settings, written, words):
    refused(deliver(settings, "school_attendance", csv_text(rows("school_attendance", DOB=written))), f"not dd/mm/yyyy (they look like {words})")


def test_three_bad_rows_in_ten_refuse_the_file_and_the_previous_extract_stays_in_use(settings):
    earlier = deliver(settings, "police_asb", csv_text(rows("police_asb")), "asb_extract_20261113.csv")
    table = rows("police_asb", 10)
    for row in table[:3]:
        row["ROLE"] = "NEIGHBOUR'S CAT"
    delivery = deliver(settings, "police_asb", csv_text(table))
    refused(
        delivery,
        "3 of 10 rows (30.0%) broke a rule, more than the limit of 20% (refuse_when_rejected_share_over in extracts.yml)",
        "column 'ROLE': 3 rows are none of the known codes (SUS, SUSPECT,",
        "The previous extract stays in use",
    )
    assert (delivery.received_count, delivery.accepted_count, delivery.rejected_count) == (10, 7, 3)
    assert "CAT" not in delivery.message
    used = {used.source: used for used in ingest.used_extracts(authority.find("calderbrook", settings), AS_OF, settings)}
    assert used["police_asb"].extract_id == earlier.extract_id


def test_the_rejections_of_a_refused_file_can_be_read(settings):
    deliver(settings, "police_asb", csv_text(rows("police_asb", 3, INCIDENT_DT="yesterday")))
    [refusal] = receipts.rejections(settings)
    assert (refusal["outcome"], refusal["rule"], refusal["rejected_count"]) == ("refused", "date_format", 3)
    found = receipts.rejection_rows(refusal["extract_id"], settings)
    assert [row["source_row"] for row in found] == [2, 3, 4]
    assert '"INCIDENT_DT":"yesterday"' in found[0]["row_values"]
    assert "yesterday" not in found[0]["reason"]


def test_a_future_dated_file_is_refused(settings):
    delivery = deliver(settings, "police_asb", csv_text(rows("police_asb")), "asb_extract_20261125.csv")
    refused(delivery, "dates it 2026-11-25, and today is 2026-11-24: it is future-dated", "the day it was delivered")


def test_a_file_after_the_as_of_date_waits(settings):
    delivery = deliver(settings, "police_asb", csv_text(rows("police_asb")), "asb_extract_20261124.csv")
    assert delivery.outcome == "later"
    nothing_is_kept(settings, "police_asb")


def test_a_name_without_a_real_date_is_refused(settings):
    refused(deliver(settings, "police_asb", csv_text(rows("police_asb")), "asb_extract_20261399.csv"), "holds no real date", "asb_extract_YYYYMMDD.csv")


def test_a_delivery_after_the_agreement_ended_is_refused(tmp_path):
    settings = home(tmp_path).model_copy(update={"clock": None})
    council = authority.find("calderbrook", settings)
    expired = council.profiles.police_asb.model_copy(
        update={"agreement": council.profiles.police_asb.agreement.model_copy(update={"expires": AS_OF.replace(year=2025)})}
    )
    council.__dict__["profiles"] = council.profiles.model_copy(update={"police_asb": expired})
    put(settings, "police_asb", csv_text(rows("police_asb")), "asb_extract_20260101.csv")
    [delivery] = ingest.ingest(council, "police_asb", AS_OF, settings)
    refused(delivery, "sharing agreement ISA-2024-03 expired on 2025-11-23", "Renew it")


def test_a_file_that_cannot_be_opened_is_told(settings, monkeypatch):
    put(settings, "police_asb", csv_text(rows("police_asb")))

    def denied(path):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pipelines.reading.extract.sha256", denied)
    refused(deliver(settings, "police_asb"), "cannot be read (Permission denied)")


def test_a_file_that_changes_while_it_is_read_is_refused(settings, monkeypatch):
    put(settings, "police_asb", csv_text(rows("police_asb")))
    digests = chain(["a" * 64], repeat("b" * 64))
    monkeypatch.setattr("pipelines.reading.extract.sha256", lambda path: next(digests))
    refused(deliver(settings, "police_asb"), "changed while it was read", "run again")
    nothing_is_kept(settings, "police_asb")


def test_ragged_rows_are_rejected_alone(settings):
    lines = csv_text(rows("police_asb", 12)).splitlines()
    lines[2] += ",beyond,the header"
    lines[4] = ",".join(lines[4].split(",")[:5])
    lines[6] += ",,,"
    delivery = deliver(settings, "police_asb", "\n".join(lines))
    assert (delivery.outcome, delivery.accepted_count, delivery.rejected_count) == ("ingested", 10, 2)
    assert "2 rows are of more or fewer fields than the header" in delivery.message
    found = receipts.rejection_rows(delivery.extract_id, settings)
    assert [row["source_row"] for row in found if row["rule"] == "row_length"] == [3, 5]
    assert "the header" in found[0]["row_values"]


@pytest.mark.parametrize("quoted", [True, False], ids=["in quotation marks", "bare, as Excel's users type it"])
def test_a_text_kept_by_a_formula_is_read_as_that_text_and_a_person_is_never_called_a_formula(settings, quoted):
    table = rows("housing_arrears", 8)
    text = csv_text([table[0] | {"Account Reference": '="000987"'}, *table[1:]])
    if not quoted:
        text = text.replace('"=""000987"""', '="000987"')
    delivery = deliver(settings, "housing_arrears", text)
    assert '="' not in "".join(str(row) for row in accepted(settings, delivery))
    assert accepted(settings, delivery)[0]["account_id"] == "000987"
    assert (delivery.rejected_count, delivery.repaired_count) == (0, 1)
