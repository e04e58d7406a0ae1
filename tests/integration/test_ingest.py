"""A delivered file becomes an extract: formats, mapping, rejections and receipts."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from pipelines import receipts
from schemas.extracts import CONTRACTS
from tests.support.deliveries import NAMES, ROWS, accepted, csv_text, deliver, home, put_parquet, put_workbook, rejected, rows

HOSTILE = [
    "=cmd|' /C calc'!A0",
    "Robert'); drop table extract.receipt;--",
    'say "hello"',
    "👩‍👧‍👦",
    "two\nlines",
    "a,b;c|d\te",
    "{braces}",
    "$p0",
    "%s",
    "\\",
    "NULL",
]


@pytest.fixture
def settings(tmp_path):
    return home(tmp_path)


@pytest.mark.parametrize("source", NAMES)
def test_an_extract_holds_the_contracts_columns_in_order(settings, source):
    delivery = deliver(settings, source, csv_text(rows(source)))
    found = accepted(settings, delivery)
    assert list(found[0]) == CONTRACTS[source].table.column_names
    assert [row["source_row"] for row in found] == [2, 3, 4]
    assert (delivery.received_count, delivery.accepted_count, delivery.rejected_count, delivery.removed_count) == (3, 3, 0, 0)


def test_a_suppliers_columns_codes_and_dates_become_the_contracts(settings):
    pupil = accepted(settings, deliver(settings, "school_attendance", csv_text(rows("school_attendance"))))[0]
    assert (pupil["source_person_id"], pupil["surname"], pupil["birth_date"], pupil["birth_date_original"]) == (
        "R00001",
        "Okafor",
        date(2014, 3, 5),
        "05/03/2014",
    )
    assert (pupil["enrolment_status"], pupil["academic_year"], pupil["term"], pupil["contact_1_lives_with"]) == ("current", 2025, "summer", True)
    assert (pupil["middle_names"], pupil["contact_2_lives_with"], pupil["title"]) == (None, None, None)


def test_arrears_are_positive_and_a_full_stop_is_nothing(settings):
    tenant = accepted(settings, deliver(settings, "housing_arrears", csv_text(rows("housing_arrears"))))[0]
    assert (tenant["arrears_gbp"], tenant["weekly_rent_gbp"], tenant["account_id"]) == (Decimal("1204.75"), Decimal("110.50"), "000451")
    assert (tenant["nino"], tenant["address_line_2"], tenant["arrears_stage"]) == (None, None, "notice_served")


def test_an_open_award_has_no_end_and_the_statement_dates_the_extract(settings):
    delivery = deliver(settings, "dwp_benefit", csv_text(rows("dwp_benefit")))
    assert accepted(settings, delivery)[0]["award_to_date"] is None
    [receipt] = receipts.receipts(settings)
    assert (receipt["as_at_date"], receipt["delivered_date"]) == (date(2026, 11, 18), date(2026, 11, 20))


@pytest.mark.parametrize("written", ["APPROX 16-18", "approx. 17", "Not Known", "16-18", "C 15 YRS", ""])
def test_an_unknown_birth_date_is_null_and_its_text_is_kept(settings, written):
    nominal = accepted(settings, deliver(settings, "police_asb", csv_text(rows("police_asb", DOB=written))))[0]
    assert (nominal["birth_date"], nominal["birth_date_original"]) == (None, written or None)


@pytest.mark.parametrize(("written", "day"), [("14/06/2026 24:00", date(2026, 6, 14)), ("14/06/2026", date(2026, 6, 14)), (" 1/6/2026 ", date(2026, 6, 1))])
def test_an_incident_is_dated_by_its_day(settings, written, day):
    assert accepted(settings, deliver(settings, "police_asb", csv_text(rows("police_asb", INCIDENT_DT=written))))[0]["incident_date"] == day


@pytest.mark.parametrize(
    ("encoding", "delimiter"),
    [
        *(("utf-8", ","), ("utf-8-sig", ";"), ("cp1252", "|")),
        *(("utf-16", "\t"), ("utf-16-le", ","), ("utf-16-be", ";"), ("utf-32", "\t"), ("utf-32-le", ","), ("utf-32-be", ";")),
    ],
)
def test_encoding_and_delimiter_are_found(settings, encoding, delimiter):
    content = csv_text(rows("police_asb", NOMINAL_NAME="O\u2019NEILL; Zoë, “Zo”"), delimiter=delimiter).encode(encoding)
    assert accepted(settings, deliver(settings, "police_asb", content))[2]["full_name"] == "O\u2019NEILL; Zoë, “Zo”"
    [receipt] = receipts.receipts(settings)
    assert (receipt["encoding"], receipt["delimiter"]) == (encoding.removesuffix("-sig"), delimiter)


@pytest.mark.parametrize("line_end", ["\n", "\r", "\r\n"])
def test_every_line_end_is_read(settings, line_end):
    text = csv_text(rows("dwp_benefit")).replace("\r\n", line_end)
    assert len(accepted(settings, deliver(settings, "dwp_benefit", text))) == 3


def test_headers_are_compared_without_case_spaces_dots_dashes_and_underscores(settings):
    head, rest = csv_text(rows("police_asb")).split("\r\n", 1)
    assert len(accepted(settings, deliver(settings, "police_asb", head.lower().replace("_", " .-") + "\r\n" + rest))) == 3


def test_a_title_above_the_header_and_blank_rows_are_counted_as_removed_and_rows_keep_their_numbers(settings):
    lines = csv_text(rows("dwp_benefit")).splitlines()
    delivery = deliver(settings, "dwp_benefit", "\n".join(["Share for the programme", "", *lines[:2], ",,,", *lines[2:], "", "Total,3"]))
    assert [row["source_row"] for row in accepted(settings, delivery)] == [4, 6, 7]
    assert (delivery.received_count, delivery.removed_count) == (3, 5)


def test_a_quoted_line_break_does_not_shift_the_row_numbers(settings):
    table = rows("dwp_benefit", ADDR1="Flat 2\n10 Mill Road")
    found = accepted(settings, deliver(settings, "dwp_benefit", csv_text(table)))
    assert [(row["source_row"], row["address_line_1"]) for row in found] == [
        (2, "Flat 2\n10 Mill Road"),
        (3, "Flat 2\n10 Mill Road"),
        (4, "Flat 2\n10 Mill Road"),
    ]


def workbook_grid(count=3):
    grid = []
    for row in rows("housing_arrears", count):
        cells = dict(row)
        cells |= {"Date of Birth": datetime(1986, 2, 14), "TenancyStartDate": date(2019, 4, 1), "BalanceDate": 46345, "CurrentBalance": -1204.75}  # noqa: DTZ001
        cells |= {"Weekly Rent": 110.5, "UPRN": 100023336956.0, "BreathingSpace": False, "Account Reference": 451}
        grid.append(list(cells.values()))
    return [list(ROWS["housing_arrears"]), *grid]


def test_a_workbook_keeps_numbers_and_dates_whole(settings):
    notes = {"Notes": [["Prepared by the rent team"]], "Empty": []}
    grid = [["Rent arrears report"], [], *workbook_grid(), ["Total", *[""] * 14, 331.5]]
    put_workbook(settings, "housing_arrears", grid, "rent_arrears_2026-11-20.xlsx", notes)
    delivery = deliver(settings, "housing_arrears")
    tenant = accepted(settings, delivery)[0]
    assert (tenant["source_row"], tenant["birth_date"], tenant["birth_date_original"]) == (4, date(1986, 2, 14), "1986-02-14")
    assert (tenant["uprn"], tenant["account_id"], tenant["arrears_gbp"], tenant["is_breathing_space"]) == ("100023336956", "451", Decimal("1204.75"), False)
    assert (tenant["balance_date"], tenant["tenancy_from_date"]) == (date(2026, 11, 19), date(2019, 4, 1))
    assert (delivery.received_count, delivery.removed_count) == (3, 3)
    assert "Of its 3 sheets, 'Report' was read." in delivery.message
    [receipt] = receipts.receipts(settings)
    assert (receipt["file_format"], receipt["encoding"], receipt["delimiter"]) == ("xlsx", None, None)


def test_parquet_is_read_as_text_and_typed_by_the_contract(settings):
    table = rows("school_attendance")
    columns = {name: [row[name] for row in table] for name in table[0]}
    columns |= {"DOB": [date(2014, 3, 5)] * 3, "UPRN": [100023336956.0] * 3, "Possible Sessions": [120, 120, 120], "Contact 1 Lives With": [True, False, None]}
    put_parquet(settings, "school_attendance", columns, "attendance_2026-11-20.parquet")
    found = accepted(settings, deliver(settings, "school_attendance"))
    assert (found[0]["birth_date"], found[0]["uprn"], found[0]["sessions_possible"]) == (date(2014, 3, 5), "100023336956", 120)
    assert [row["contact_1_lives_with"] for row in found] == [True, False, None]
    assert [row["source_row"] for row in found] == [2, 3, 4]


def test_hostile_text_is_kept_as_text(settings):
    kept = HOSTILE[1:]  # a formula is rejected: tests/integration/test_ingest_bad_rows.py
    table = [row | {"SURNAME": text, "ADDR1": text} for row, text in zip(rows("dwp_benefit", len(kept)), kept, strict=True)]
    found = accepted(settings, deliver(settings, "dwp_benefit", csv_text(table)))
    assert [(row["surname"], row["address_line_1"]) for row in found] == [(text, text) for text in kept]


def test_hostile_text_survives_in_rejections_and_headers(settings):
    table = rows("dwp_benefit", 10, SURNAME=HOSTILE[1]) + rows("dwp_benefit", 1, AWARD_START=HOSTILE[0])
    text = csv_text([row | {"x\"; drop table rule; --' {0} $p1": HOSTILE[2]} for row in table])
    delivery = deliver(settings, "dwp_benefit", text)
    assert rejected(settings, delivery) == [(12, "date_format", "award_from_date")]
    assert "=cmd|' /C calc'!A0" in receipts.rejection_rows(delivery.extract_id, settings)[0]["row_values"]


BROKEN = [
    ("school_attendance", {"Pupil ID": " "}, "required", "source_person_id"),
    ("school_attendance", {"Enrolment Status": "Z"}, "allowed", "enrolment_status"),
    ("school_attendance", {"Possible Sessions": "12O"}, "whole_number", "sessions_possible"),
    ("school_attendance", {"Possible Sessions": "1000"}, "range", "sessions_possible"),
    ("school_attendance", {"Possible Sessions": "23"}, "sum_too_great", ""),
    ("school_attendance", {"Academic Year": "2025/27"}, "academic_year_format", "academic_year"),
    ("school_attendance", {"Academic Year": "2025-26"}, "academic_year_format", "academic_year"),
    ("school_attendance", {"Contact 1 Lives With": "perhaps"}, "yes_or_no", "contact_1_lives_with"),
    ("school_attendance", {"DOB": "31/02/2014"}, "date_format", "birth_date"),
    ("school_attendance", {"DOB": "05/03/14"}, "date_format", "birth_date"),
    ("school_attendance", {"DOB": "41703"}, "date_format", "birth_date"),
    ("dwp_benefit", {"SURNAME": " "}, "needs_one_of", ""),
    ("police_asb", {"INCIDENT_DT": "21/11/2026"}, "after_delivery", "incident_date"),
    ("dwp_benefit", {"AS_AT": "20261121"}, "after_delivery", "as_at_date"),
    ("dwp_benefit", {"AWARD_START": "2025016"}, "date_format", "award_from_date"),
    ("housing_arrears", {"Weekly Rent": "110,50"}, "amount", "weekly_rent_gbp"),
    ("housing_arrears", {"Weekly Rent": "lots"}, "amount", "weekly_rent_gbp"),
]


def test_an_incident_that_names_nobody_is_kept(settings):
    delivery = deliver(settings, "police_asb", csv_text([rows("police_asb", 1)[0] | {"NOMINAL_NAME": "NOT KNOWN"}]))
    assert (delivery.accepted_count, delivery.rejected_count) == (1, 0)


@pytest.mark.parametrize(("source", "changes", "rule", "column"), BROKEN)
def test_a_row_that_breaks_a_rule_is_rejected_with_the_rule(settings, source, changes, rule, column):
    table = [*rows(source, 6), rows(source, 1)[0] | changes]
    delivery = deliver(settings, source, csv_text(table))
    assert (delivery.received_count, delivery.accepted_count, delivery.rejected_count) == (7, 6, 1)
    assert rejected(settings, delivery) == [(8, rule, column)]
    [reason] = receipts.rejections(settings)
    for value in changes.values():
        assert not value.strip() or value not in reason["reason"] + delivery.message


@pytest.mark.parametrize(
    ("written", "amount"), [("£1,204.75", "-1204.75"), ("(1204.75)", "1204.75"), ("-£5", "5.00"), ("1204.7500001", "-1204.75"), (" 12 ", "-12.00")]
)
def test_amounts_are_read_as_people_write_them(settings, written, amount):
    found = accepted(settings, deliver(settings, "housing_arrears", csv_text(rows("housing_arrears", CurrentBalance=written))))
    assert found[0]["arrears_gbp"] == Decimal(amount)


def test_every_broken_rule_of_a_row_is_told(settings):
    table = [*rows("police_asb", 6), rows("police_asb", 1)[0] | {"ROLE": "?", "RECORD_TYPE": "", "INCIDENT_DT": "soon"}]
    delivery = deliver(settings, "police_asb", csv_text(table))
    assert sorted(rejected(settings, delivery)) == [(8, "allowed", "person_role"), (8, "date_format", "incident_date"), (8, "required", "record_type")]
    assert delivery.rejected_count == 1


def test_a_row_delivered_twice_is_rejected_once_and_one_that_differs_is_kept(settings):
    table = rows("police_asb", 6)
    delivery = deliver(settings, "police_asb", csv_text([*table, table[2], table[3] | {"DISPOSAL": "CAU"}]))
    assert rejected(settings, delivery) == [(8, "duplicate_row", "")]
    assert delivery.accepted_count == 7


def test_columns_nobody_named_are_left_out_and_told(settings):
    delivery = deliver(settings, "police_asb", csv_text([row | {"OFFICER": "PC 1234"} for row in rows("police_asb")]))
    assert "Left out, since the profile does not name them: 'OFFICER'." in delivery.message
    assert "PC 1234" not in str(accepted(settings, delivery))
