"""Packed and unusual formats give the rows of plain CSV; repairs are told with their values to analysts only; the supplier's report is safe to open."""

import csv
import gzip
import io
from datetime import date

import openpyxl
import pytest
from typer.testing import CliRunner

from pipelines import authority, ingest, receipts, rejection_report
from pipelines.cli import app
from pipelines.errors import WrongUsage
from tests.support.deliveries import AS_OF, ROWS, accepted, csv_text, deliver, home, rows
from tests.support.spreadsheets import ods, xls, zipped

PLAIN = csv_text(rows("housing_arrears", 12)).encode()
GRID = [list(ROWS["housing_arrears"]), *(list(row.values()) for row in rows("housing_arrears", 12))]


@pytest.fixture
def settings(tmp_path):
    return home(tmp_path)


@pytest.fixture(scope="module")
def as_csv(tmp_path_factory):
    settings = home(tmp_path_factory.mktemp("plain"))
    return accepted(settings, deliver(settings, "housing_arrears", PLAIN))


@pytest.mark.parametrize(
    ("name", "content", "file_format"),
    [
        ("rent_arrears_2026-11-20.csv.gz", gzip.compress(PLAIN), "csv.gz"),
        ("rent_arrears_2026-11-20.csv.zip", zipped({"anything.csv": PLAIN}), "csv.zip"),
        ("rent_arrears_2026-11-20.zip", zipped({"folder/rent.csv": PLAIN}), "csv.zip"),
        ("rent_arrears_2026-11-20.xlsx.gz", gzip.compress(ods(GRID)), "ods.gz"),
        ("rent_arrears_2026-11-20.tsv", csv_text(rows("housing_arrears", 12), delimiter="\t").encode(), "csv"),
        ("rent_arrears_2026-11-20.ods", ods(GRID), "ods"),
        ("rent_arrears_2026-11-20.xls", xls(GRID), "xls"),
        ("RENT_ARREARS_2026-11-20.XLS.ZIP", zipped({"REPORT.XLS": xls(GRID)}), "xls.zip"),
    ],
)
def test_every_format_gives_the_rows_of_the_plain_file(settings, as_csv, name, content, file_format):
    delivery = deliver(settings, "housing_arrears", content, name)
    assert accepted(settings, delivery) == as_csv
    assert receipts.find(delivery.extract_id, settings)["file_format"] == file_format


def test_an_unpacked_file_lies_nowhere(settings, monkeypatch):
    seen = []
    monkeypatch.setattr("pipelines.reading.load.load", lambda *_: seen.extend(p for p in settings.home.rglob("*") if b"Okafor" in _content(p)) or 0)
    deliver(settings, "housing_arrears", gzip.compress(PLAIN), "rent_arrears_2026-11-20.csv.gz")
    assert seen == []


def _content(path):
    return path.read_bytes() if path.is_file() else b""


def test_a_repair_is_told_with_its_values_before_and_after(settings):
    table = [*rows("school_attendance", 6), rows("school_attendance", 7)[6] | {"UPN": "201100018042", "Legal Forename": "Zo\u00c3\u00ab"}]
    delivery = deliver(settings, "school_attendance", csv_text(table))
    found = {row["column_name"]: row for row in receipts.repair_rows(delivery.extract_id, settings)}
    assert (found["upn"]["before"], found["upn"]["after"], found["upn"]["source_row"]) == ("201100018042", "R201100018042", 8)
    assert (found["forename"]["before"], found["forename"]["after"]) == ("Zo\u00c3\u00ab", "Zo\u00eb")
    assert accepted(settings, delivery)[6]["forename"] == "Zo\u00eb"
    assert (delivery.accepted_count, delivery.repaired_count) == (7, 1)
    assert [row["repaired_count"] for row in receipts.repairs(settings)] == [1, 1]


def test_a_header_that_swallowed_a_row_shows_nobody(settings):
    lines = csv_text(rows("dwp_benefit", 4)).splitlines()
    merged = lines[0].removesuffix("AS_AT") + "AS_" + lines[1]
    delivery = deliver(settings, "dwp_benefit", "\n".join([merged, *lines[2:]]))
    assert "is the line break after the header lost?" in delivery.message
    assert "NGOZI" not in delivery.message
    assert "MILL" not in delivery.message


def hostile(settings):
    table = [*rows("dwp_benefit", 6), rows("dwp_benefit", 7)[6] | {"SURNAME": '=HYPERLINK("http://x")', "AWARD_START": "@SUM(A1)", "ADDR1": "-2+3"}]
    return deliver(settings, "dwp_benefit", csv_text(table))


def test_the_report_as_csv_has_row_column_rule_reason_and_the_row_and_no_formula(settings, tmp_path):
    delivery = hostile(settings)
    assert rejection_report.write(delivery.extract_id, tmp_path / "report.csv", settings) == 2
    content = (tmp_path / "report.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    formula, row = sorted(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")), key=lambda told: told["Rule"] == "date_format")
    assert (formula["Row number"], formula["Column"], formula["Rule"]) == ("8", "SURNAME", "formula")
    assert (row["Row number"], row["Column"], row["Rule"], row["Reason"]) == ("8", "AWARD_START", "date_format", "'AWARD_START' is not yyyymmdd")
    assert (row["SURNAME"], row["AWARD_START"], row["ADDR1"], row["FORENAMES"]) == ('\'=HYPERLINK("http://x")', "'@SUM(A1)", "'-2+3", "NGOZI")
    assert (tmp_path / "report.csv").stat().st_mode & 0o077 == 0


def test_the_report_as_workbook_is_text_throughout(settings, tmp_path):
    delivery = hostile(settings)
    rejection_report.write(delivery.extract_id, tmp_path / "report.xlsx", settings)
    book = openpyxl.load_workbook(tmp_path / "report.xlsx")
    cells = [cell for sheet in book for line in sheet for cell in line if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.value for cell in book["Rejections"][2]][:3] == ["8", "AWARD_START", "date_format"]
    assert ("Received rows", "7") in list(book["Summary"].values)
    assert ("'AWARD_START' is not yyyymmdd", "1") in list(book["Summary"].values)


def test_the_summary_and_the_report_without_values_show_nobody(settings, tmp_path):
    delivery = hostile(settings)
    rejection_report.write(delivery.extract_id, tmp_path / "report.csv", settings, with_values=False)
    told = (tmp_path / "report.csv").read_text() + str(rejection_report.summary(delivery.extract_id, settings))
    assert "AWARD_START" in told
    assert "NGOZI" not in told
    assert "HYPERLINK" not in told


def test_a_refused_file_has_a_report_too(settings, tmp_path):
    deliver(settings, "dwp_benefit", csv_text(rows("dwp_benefit", 5, AWARD_START="soon")))
    [receipt] = receipts.receipts(settings)
    assert receipt["outcome"] == "refused"
    assert rejection_report.write(receipt["extract_id"], tmp_path / "report.xlsx", settings) == 5


@pytest.mark.parametrize(
    ("extract_id", "name", "says"), [("", "report.csv", "no extract"), (None, "report.pdf", "must end in"), (None, "no/where.csv", "There is no folder")]
)
def test_a_report_that_cannot_be_written_is_told(settings, tmp_path, extract_id, name, says):
    delivery = hostile(settings)
    with pytest.raises(WrongUsage, match=says):
        rejection_report.write(delivery.extract_id if extract_id is None else extract_id, tmp_path / name, settings)


def test_the_command_line_lists_counts_and_writes(settings, tmp_path, monkeypatch):
    monkeypatch.setenv("COLUMNS", "250")
    delivery = hostile(settings)
    where = ["--home", str(settings.home)]

    def call(*words):
        result = CliRunner().invoke(app, ["extracts", *words, *where])
        assert result.exit_code == 0, result.output
        return result.output

    assert call() == call("list")
    assert delivery.extract_id in call()
    assert "date_format" in call("rejections")
    assert "date_format" in call("rejections", delivery.extract_id)
    assert "for that supplier only" in call("rejections", delivery.extract_id, "--out", str(tmp_path / "report.csv"))
    assert isinstance(CliRunner().invoke(app, ["extracts", "rejections", "--out", "x.csv", *where]).exception, WrongUsage)


def test_a_late_statement_takes_its_place_by_the_day_it_speaks_of(settings):
    newer = deliver(settings, "dwp_benefit", csv_text(rows("dwp_benefit", 3)), "DWP_TF_20261120.csv")
    late = deliver(settings, "dwp_benefit", csv_text(rows("dwp_benefit", 4, AS_AT="20261021")), "DWP_TF_20261122.csv")
    corrected = deliver(settings, "dwp_benefit", csv_text(rows("dwp_benefit", 5, AS_AT="20261021")), "DWP_TF_20261123.csv")
    used = {u.source: u for u in ingest.used_extracts(authority.find("calderbrook", settings), AS_OF, settings)}
    assert (used["dwp_benefit"].extract_id, used["dwp_benefit"].delivered_date) == (newer.extract_id, date(2026, 11, 20))
    replaced = {row["extract_id"]: row["replaced_by"] for row in receipts.receipts(settings)}
    assert replaced == {late.extract_id: corrected.extract_id, corrected.extract_id: None, newer.extract_id: None}
