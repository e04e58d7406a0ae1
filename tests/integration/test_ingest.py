"""A delivered file becomes an extract: formats, mapping, rejections, receipts, repetition and interruption."""

import os
import signal
import subprocess
import sys
from datetime import date, datetime
from decimal import Decimal

import pytest

from pipelines import authority, ingest, receipts, warehouse
from pipelines.errors import WrongUsage
from schemas.extracts import CONTRACTS
from tests.support.deliveries import AS_OF, NAMES, ROWS, csv_text, deliver, home, put, put_parquet, put_workbook, rows

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


def accepted(settings, delivery):
    assert delivery.outcome == "ingested", delivery.message
    with warehouse.database(settings, settings.extracts_dir / delivery.source / f"{delivery.extract_id}.duckdb") as con:
        cursor = con.execute(f"from extract.{delivery.source} order by source_row")
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def rejected(settings, delivery):
    return [(row["source_row"], row["rule"], row["column_name"]) for row in receipts.rejection_rows(delivery.extract_id, settings)]


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
    ("encoding", "delimiter"), [("utf-8", ","), ("utf-8-sig", ";"), ("cp1252", "|"), ("utf-16", "\t"), ("utf-16-le", ","), ("utf-16-be", ";")]
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
    table = [row | {"SURNAME": text, "ADDR1": text} for row, text in zip(rows("dwp_benefit", len(HOSTILE)), HOSTILE, strict=True)]
    found = accepted(settings, deliver(settings, "dwp_benefit", csv_text(table)))
    assert [(row["surname"], row["address_line_1"]) for row in found] == [(text, text) for text in HOSTILE]


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
    ("police_asb", {"NOMINAL_NAME": "NOT KNOWN"}, "needs_one_of", ""),
    ("police_asb", {"INCIDENT_DT": "21/11/2026"}, "after_delivery", "incident_date"),
    ("dwp_benefit", {"AS_AT": "20261121"}, "after_delivery", "as_at_date"),
    ("dwp_benefit", {"AWARD_START": "2025016"}, "date_format", "award_from_date"),
    ("housing_arrears", {"Weekly Rent": "110,50"}, "amount", "weekly_rent_gbp"),
    ("housing_arrears", {"Weekly Rent": "lots"}, "amount", "weekly_rent_gbp"),
]


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


def test_the_same_file_again_changes_nothing(settings):
    first = deliver(settings, "police_asb", csv_text(rows("police_asb")))
    path = settings.extracts_dir / "police_asb" / f"{first.extract_id}.duckdb"
    before = path.stat()
    again = deliver(settings, "police_asb")
    assert (again.outcome, again.extract_id) == ("already_ingested", first.extract_id)
    assert "was ingested before" in again.message
    assert (path.stat().st_mtime_ns, path.stat().st_ino) == (before.st_mtime_ns, before.st_ino)
    assert len(receipts.receipts(settings)) == 1


@pytest.mark.parametrize("name", ["asb_extract_20261120.txt", "asb_extract_20261121.csv"])
def test_the_same_content_under_another_name_is_recognised(settings, name):
    first = deliver(settings, "police_asb", csv_text(rows("police_asb")))
    again = deliver(settings, "police_asb", csv_text(rows("police_asb")), name)
    assert (again.outcome, again.extract_id) == ("already_ingested", first.extract_id)
    assert f"{name} has the same content as asb_extract_20261120.csv" in again.message


def test_two_files_of_the_same_content_at_once_are_ingested_once(settings):
    put(settings, "police_asb", csv_text(rows("police_asb")), "asb_extract_20261119.csv")
    put(settings, "police_asb", csv_text(rows("police_asb")), "asb_extract_20261120.csv")
    found = ingest.ingest(authority.find("calderbrook", settings), "police_asb", AS_OF, settings)
    assert [d.outcome for d in found] == ["ingested", "already_ingested"]


def changed(settings, **changes):
    council = authority.find("calderbrook", settings)
    profile = council.profiles.police_asb.model_copy(update=changes)
    council.__dict__["profiles"] = council.profiles.model_copy(update={"police_asb": profile})
    return council


def test_a_changed_profile_reads_the_file_anew_and_the_new_extract_is_used(settings):
    first = deliver(settings, "police_asb", csv_text(rows("police_asb")))
    council = changed(settings, null_values=("OKAFOR, EMEKA",), refuse_when_rejected_share_over=1.0)
    [second] = ingest.ingest(council, "police_asb", AS_OF, settings)
    assert (second.outcome, second.accepted_count) == ("ingested", 0)
    used = {u.source: u for u in ingest.used_extracts(council, AS_OF, settings)}
    assert used["police_asb"].extract_id == second.extract_id != first.extract_id


def test_a_changed_staleness_limit_reads_nothing_anew(settings):
    deliver(settings, "police_asb", csv_text(rows("police_asb")))
    [again] = ingest.ingest(changed(settings, stale_after_days=7), "police_asb", AS_OF, settings)
    assert again.outcome == "already_ingested"


def test_a_correction_of_the_same_day_replaces_the_first_delivery(settings):
    deliver(settings, "police_asb", csv_text(rows("police_asb")))
    second = deliver(settings, "police_asb", csv_text(rows("police_asb", 4)))
    third = deliver(settings, "police_asb", csv_text(rows("police_asb", 5)))
    used = {u.source: u for u in ingest.used_extracts(authority.find("calderbrook", settings), AS_OF, settings)}
    assert used["police_asb"].extract_id == third.extract_id != second.extract_id
    assert [r["delivery_number"] for r in receipts.receipts(settings)] == [1, 2, 3]


def test_a_run_stands_on_the_newest_extract_by_its_date(settings):
    old = deliver(settings, "police_asb", csv_text(rows("police_asb", 3)), "asb_extract_20261030.csv")
    new = deliver(settings, "police_asb", csv_text(rows("police_asb", 4)), "asb_extract_20261120.csv")
    council = authority.find("calderbrook", settings)

    def police(as_of):
        used = {u.source: u for u in ingest.used_extracts(council, as_of, settings)}["police_asb"]
        return used.extract_id, used.delivered_date, used.is_stale

    assert police(AS_OF) == (new.extract_id, date(2026, 11, 20), False)
    assert police(date(2026, 11, 19)) == (old.extract_id, date(2026, 10, 30), False)
    assert police(date(2026, 10, 29)) == (None, None, True)
    assert police(date(2026, 12, 25)) == (new.extract_id, date(2026, 11, 20), False)
    assert police(date(2026, 12, 26)) == (new.extract_id, date(2026, 11, 20), True)


def test_a_file_refused_once_and_then_accepted_is_refused_no_longer(settings):
    text = csv_text(rows("police_asb", 3, ROLE="?"))
    assert deliver(settings, "police_asb", text).outcome == "refused"
    assert [r["outcome"] for r in receipts.receipts(settings)] == ["refused"]
    [delivery] = ingest.ingest(changed(settings, refuse_when_rejected_share_over=1.0), "police_asb", AS_OF, settings)
    assert (delivery.outcome, delivery.rejected_count) == ("ingested", 3)
    assert [r["outcome"] for r in receipts.receipts(settings)] == ["accepted"]


def test_extract_files_are_closed_to_others_and_encrypted(settings):
    delivery = deliver(settings, "police_asb", csv_text(rows("police_asb")))
    deliver(settings, "police_asb", csv_text(rows("police_asb", ROLE="?")), "asb_extract_20261121.csv")
    files = [path for path in (settings.extracts_dir / "police_asb").rglob("*") if path.is_file()]
    assert len(files) == 2
    for path in files:
        assert path.stat().st_mode & 0o077 == 0
        assert b"OKAFOR" not in path.read_bytes()
    assert not (settings.extracts_dir / "police_asb" / f"{delivery.extract_id}.duckdb.wal").exists()


def test_an_unknown_extract_is_told(settings):
    for name in ("police_asb-2026-11-20-000000000000", "../key", ""):
        with pytest.raises(WrongUsage, match="families extracts"):
            receipts.rejection_rows(name, settings)


def test_an_ingest_killed_before_its_extract_is_in_place_leaves_a_draft_that_the_next_removes(settings):
    put(settings, "police_asb", csv_text(rows("police_asb")))
    code = """
import os, signal, sys
from pathlib import Path
from tests.support.deliveries import NOW, Settings, deliver
from pipelines.reading import extract
extract.os.replace = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
deliver(Settings(home=Path(sys.argv[1]), clock=NOW), "police_asb")
"""
    killed = subprocess.run([sys.executable, "-c", code, str(settings.home)], env=os.environ | {"PYTHONPATH": "."}, check=False)
    assert killed.returncode == -signal.SIGKILL
    folder = settings.extracts_dir / "police_asb"
    assert [path.name.startswith(".draft-") for path in folder.glob(".*")] == [True]
    assert receipts.receipts(settings) == []
    delivery = deliver(settings, "police_asb")
    assert delivery.outcome == "ingested"
    assert list(folder.glob(".*")) == []
    assert [r["extract_id"] for r in receipts.receipts(settings)] == [delivery.extract_id]


def test_the_same_file_gives_the_same_rows_in_two_homes(tmp_path):
    found = []
    for name in ("one", "two"):
        settings = home(tmp_path / name)
        found.append(accepted(settings, deliver(settings, "police_asb", csv_text(rows("police_asb", 50)))))
    assert found[0] == found[1]
