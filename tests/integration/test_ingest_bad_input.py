"""Every bad input has a message that says what is wrong and what to do, and changes nothing."""

import io
import zipfile

import duckdb
import pytest

from pipelines import authority, authority_mistakes, ingest, receipts, refusals
from tests.support.deliveries import AS_OF, csv_text, deliver, home, nothing_is_kept, put, put_parquet, put_workbook, refused, rows


@pytest.fixture
def settings(tmp_path):
    return home(tmp_path)


def test_a_missing_file_is_told_with_the_folder_and_the_expected_name(settings):
    delivery = deliver(settings, "school_attendance")
    assert delivery.outcome == "missing"
    assert "attendance_YYYY-MM-DD.csv (or .xlsx, .parquet)" in delivery.message
    assert str(settings.landing_dir / "school_attendance") in delivery.message


def test_an_unknown_file_is_reported_and_left_alone(settings):
    put(settings, "police_asb", "hello", "notes.docx")
    found = ingest.ingest(authority.find("calderbrook", settings), "police_asb", AS_OF, settings)
    assert [(d.file_name, d.outcome) for d in found] == [("notes.docx", "unknown_file"), ("", "missing")]
    assert found[0].message.startswith("notes.docx was not read, because its name is not that of a police_asb delivery")
    assert "asb_extract_YYYYMMDD.csv (or .txt, .xlsx, .parquet)" in found[0].message
    assert "If it is one, rename it so" in found[0].message


def test_a_file_name_cannot_steer_a_terminal(settings):
    put(settings, "police_asb", "hello", "notes\x1b[2J\n\u202etxt.csv")
    found = ingest.ingest(authority.find("calderbrook", settings), "police_asb", AS_OF, settings)
    assert found[0].file_name == r"notes\x1b[2J\n\u202etxt.csv"
    assert found[0].message.startswith(found[0].file_name)


def test_a_file_name_that_is_no_text_is_shown_by_its_bytes(settings):
    put(settings, "police_asb", "hello", "caf\udce9.csv")
    found = ingest.ingest(authority.find("calderbrook", settings), "police_asb", AS_OF, settings)
    assert found[0].file_name == r"caf\udce9.csv"


def test_an_empty_file_is_refused(settings):
    refused(deliver(settings, "police_asb", ""), "it is empty (0 bytes)", "export it again")


@pytest.mark.parametrize("content", ["\n\n\n", "\ufeff", "  \n"])
def test_a_file_of_blank_lines_is_refused(settings, content):
    refused(deliver(settings, "police_asb", content), "Ask the supplier")


def test_a_header_alone_is_refused(settings):
    header = csv_text(rows("police_asb", 1)).splitlines()[0]
    refused(deliver(settings, "police_asb", header + "\r\n"), "a header (row 1) but no row", "right dates")
    nothing_is_kept(settings, "police_asb")


def test_a_file_without_a_header_is_refused_without_showing_its_cells(settings):
    delivery = deliver(settings, "dwp_benefit", csv_text(rows("dwp_benefit"), header=False))
    refused(delivery, "none of the first 50 rows is a header", "'NINO'", "extracts.yml")
    assert "OKAFOR" not in delivery.message


def test_names_that_resemble_the_expected_ones_are_told(settings):
    text = "NINOS,SURNAMES,BENTYP,Towns\n" + "a,b,c,d\n" * 3
    delivery = deliver(settings, "dwp_benefit", text)
    refused(delivery, "Names like 'NINO', 'SURNAME', 'BEN_TYPE' were found.")
    assert "Towns" not in delivery.message


def test_a_renamed_column_is_named_with_the_likely_new_name(settings):
    text = csv_text(rows("school_attendance")).replace("Unauthorised Absences", "Unauth. Absence Count", 1).replace("UPRN", "Property No", 1)
    refused(
        deliver(settings, "school_attendance", text),
        "lacks 2 of the 30 expected columns: 'UPRN' (uprn), 'Unauthorised Absences' (sessions_unauthorised)",
        "Columns nobody expects: 'Property No', 'Unauth. Absence Count'",
        "Perhaps 'Unauth. Absence Count' is 'Unauthorised Absences'",
        "extracts.yml",
    )


def test_another_report_altogether_is_refused(settings):
    refused(deliver(settings, "school_attendance", "Staff No,Grade,Salary\n1,A,2\n"), "is a header with the expected columns: 'Pupil ID'")


def test_a_column_given_twice_is_refused(settings):
    text = csv_text(rows("police_asb")).replace("NSIR_QUALIFIER", "DOB", 1).replace("SEX", "NSIR_QUALIFIER", 1).replace("DISPOSAL", "SEX", 1)
    text = text.replace("SEX", "SEX,DISPOSAL", 1)
    refused(deliver(settings, "police_asb", text), "names 'DOB' (birth_date) in columns 4 and 11", "Remove or rename")


def test_damaged_utf_8_is_refused_with_the_line(settings):
    table = rows("police_asb", 20, NOMINAL_NAME="ŁUKASZ, Zoë")
    content = csv_text(table).encode().replace("Zoë".encode(), b"Zo\xeb", 1)
    refused(deliver(settings, "police_asb", content), "at or after line 2 there are bytes that are not UTF-8", "again as UTF-8")


def test_utf_32_that_breaks_off_is_refused(settings):
    content = csv_text(rows("police_asb")).encode("utf-32")[:-1]
    refused(deliver(settings, "police_asb", content), "not UTF-32", "again as UTF-8")


def test_utf_16_that_breaks_off_is_refused(settings):
    content = csv_text(rows("police_asb")).encode("utf-16")[:-1]
    refused(deliver(settings, "police_asb", content), "not UTF-16")


def test_bytes_of_no_encoding_are_refused(settings):
    content = csv_text(rows("police_asb")).encode().replace(b"Emeka", bytes([0x81, 0x8D, 0x9D, 0x81, 0x90]))
    refused(deliver(settings, "police_asb", content), "neither UTF-8 nor Windows-1252 (it may be ", "as UTF-8")


def test_a_nul_byte_is_refused_with_its_line(settings):
    content = csv_text(rows("police_asb")).encode().replace(b"R00002", b"R0\x0002")
    refused(deliver(settings, "police_asb", content), "line 3 holds a NUL byte")


def test_an_endless_line_is_refused(settings):
    content = csv_text(rows("police_asb")) + "x" * 3_000_000
    refused(deliver(settings, "police_asb", content), "longer than a million characters")


def test_an_open_quotation_mark_is_refused_with_its_row(settings):
    lines = csv_text(rows("dwp_benefit", 5)).splitlines()
    lines[3] = lines[3].replace("NGOZI", '"NGOZI')
    refused(deliver(settings, "dwp_benefit", "\r\n".join(lines)), "row 4 opens a quotation mark that is never closed")


def test_a_quotation_mark_that_closes_rows_later_rejects_what_it_swallowed(settings):
    lines = csv_text(rows("police_asb", 12)).splitlines()
    lines[3] = lines[3].replace("NOISE", '"NOISE')
    delivery = deliver(settings, "police_asb", "\r\n".join(lines))
    assert (delivery.outcome, delivery.accepted_count, delivery.rejected_count) == ("ingested", 10, 2)
    assert "1 row is run into the rows after it, since a quotation mark opens and does not close where its field ends" in delivery.message
    found = [(row["source_row"], row["rule"]) for row in receipts.rejection_rows(delivery.extract_id, settings)]
    assert found == [(4, "open_quote"), (5, "swallowed")]


def test_an_address_over_several_lines_is_one_row_and_later_rows_keep_their_line(settings):
    table = rows("dwp_benefit", 5)
    table[1]["ADDR1"] = "Flat 2, The Towers,\n10, Mill Road"
    assert deliver(settings, "dwp_benefit", csv_text(table)).accepted_count == 5
    lines = csv_text(table).replace("\r\n", "\n").split("\n")
    lines[5] = lines[5].replace("NGOZI", '"NGOZI')
    refused(deliver(settings, "dwp_benefit", "\n".join(lines)), "row 5 (line 6 of the file) opens a quotation mark that is never closed")


def test_an_open_quotation_mark_before_a_long_rest_is_refused_with_its_row(settings):
    lines = csv_text(rows("dwp_benefit", 5)).splitlines() + ["x" * 1000] * 200
    lines[3] = lines[3].replace("NGOZI", '"NGOZI')
    refused(deliver(settings, "dwp_benefit", "\r\n".join(lines)), "row 4 holds a field of more than 131,072 characters", "never closed")


def workbook_bytes(settings, source="housing_arrears"):
    table = rows(source)
    path = put_workbook(settings, source, [list(table[0]), *[list(row.values()) for row in table]], "rent_arrears_2026-11-20.xlsx")
    content = path.read_bytes()
    path.unlink()
    return content


def test_a_truncated_workbook_is_refused(settings):
    content = workbook_bytes(settings)[:-200]
    refused(deliver(settings, "housing_arrears", content, "rent_arrears_2026-11-20.xlsx"), "workbook is cut short or damaged", "deliver it again")
    nothing_is_kept(settings, "housing_arrears")


def test_a_workbook_with_a_damaged_sheet_is_refused(settings):
    file = io.BytesIO(workbook_bytes(settings))
    damaged = io.BytesIO()
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(damaged, "w") as new:
        for member in old.namelist():
            content = old.read(member)
            new.writestr(member, content[:200] if "sheet1.xml" in member else content)
    refused(deliver(settings, "housing_arrears", damaged.getvalue(), "rent_arrears_2026-11-20.xlsx"), "cut short or damaged")


def test_a_truncated_parquet_file_is_refused(settings):
    table = rows("police_asb")
    path = put_parquet(settings, "police_asb", {name: [row[name] for row in table] for name in table[0]}, "asb_extract_20261120.parquet")
    path.write_bytes(path.read_bytes()[:-40])
    refused(deliver(settings, "police_asb"), "Parquet file is cut short")


def test_a_damaged_parquet_file_is_refused(settings):
    refused(deliver(settings, "police_asb", b"PAR1" + b"x" * 100 + b"PAR1", "asb_extract_20261120.parquet"), "Parquet file is damaged")


def test_a_parquet_file_with_text_that_is_no_text_is_refused(settings):
    columns = {name: [value.encode()] for name, value in rows("police_asb", 1)[0].items()} | {"NOMINAL_NAME": [b"\xff"]}
    put_parquet(settings, "police_asb", columns, "asb_extract_20261120.parquet")
    refused(deliver(settings, "police_asb"), "Parquet file is damaged (UnicodeDecodeError)")


def test_a_fault_of_the_database_is_told_without_its_message(settings, monkeypatch):
    def fail(*_):
        raise duckdb.ConversionException("Could not convert string 'OKAFOR'")

    monkeypatch.setattr("pipelines.reading.check.check", fail)
    delivery = deliver(settings, "police_asb", csv_text(rows("police_asb")))
    refused(delivery, "DuckDB cannot work on it (ConversionException)")
    assert "OKAFOR" not in delivery.message


def test_a_workbook_named_csv_is_read_and_remarked_on(settings):
    delivery = deliver(settings, "housing_arrears", workbook_bytes(settings))
    assert delivery.outcome == "ingested"
    assert "It is named .csv but is an Excel workbook, and was read as one; ask the supplier to name it .xlsx." in delivery.message


def test_a_zip_archive_with_a_password_is_refused(settings):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("data.csv", "a,b")
    content = bytearray(file.getvalue())
    content[content.rindex(b"PK\x01\x02") + 8] |= 1
    refused(deliver(settings, "housing_arrears", bytes(content)), "password-protected zip archive")


@pytest.mark.parametrize(("content", "what"), [(b"%PDF-1.7 ...", "PDF"), (b"<html><table>", "web page")])
def test_other_kinds_of_file_are_refused_by_name(settings, content, what):
    refused(deliver(settings, "housing_arrears", content), what)


@pytest.mark.parametrize(
    "cell", ["OKAFOR, Emeka", "Okafor Emeka", "OKAFOR", "Chidi Okonkwo-Bright", "Mrs Ash", "Chris", "John Street", "ZC1 1AA", "12 34 56 78"]
)
def test_a_value_in_the_header_is_shown_neither_where_it_is_left_out_nor_where_columns_lack(settings, cell):
    lines = [line for line in csv_text(rows("police_asb", 9)).split("\r\n") if line]
    text = "\n".join([f'{lines[0]},"{cell}"', *(f"{line},x" for line in lines[1:])])
    taken = deliver(settings, "police_asb", text)
    assert taken.outcome == "ingested", taken.message
    assert "1 column whose name looks like a value" in taken.message
    lacking = deliver(settings, "police_asb", text.replace("NSIR_QUALIFIER", "Qualification", 1))
    refused(lacking, "lacks 1 of the 14 expected columns", "2 of its fields look like a row's values")
    [note] = refusals.notes(settings)
    for told in (taken.message, lacking.message, str(note)):
        assert cell not in told


@pytest.mark.parametrize("cell", ["Officer's Remarks", "OFFICER", "Property No", "Crime Class", "UDPRN", "NSIR code 2"])
def test_a_name_of_a_column_that_nobody_expects_is_shown(settings, cell):
    lines = [line for line in csv_text(rows("police_asb", 9)).split("\r\n") if line]
    taken = deliver(settings, "police_asb", "\n".join([f'{lines[0]},"{cell}"', *(f"{line},x" for line in lines[1:])]))
    assert f"Left out, since the profile does not name them: '{cell}'." in taken.message


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (csv_text(rows("police_asb")).replace("NSIR_QUALIFIER", "NSIR", 1), "missing_column"),
        (csv_text(rows("police_asb")).replace("NSIR_QUALIFIER", "DOB", 1).replace("DISPOSAL", "NSIR_QUALIFIER,DISPOSAL", 1), "repeated_column"),
        (csv_text(rows("police_asb"), header=False), "no_header"),
        (csv_text(rows("police_asb")).splitlines()[0], "no_rows"),
        ("\r\n\r\n", "no_header"),
        (b"%PDF-1.7", "not_a_table"),
        (b"<html><body>Sign in</body></html>", "not_a_table"),
        (b"PAR1 and then nothing", "unreadable"),
    ],
)
def test_each_kind_of_refusal_has_a_rule_of_its_own_for_the_auditor(settings, content, rule):
    deliver(settings, "police_asb", content)
    assert [note["rule"] for note in refusals.notes(settings)] == [rule]


def test_a_delivery_in_a_folder_of_its_own_is_told_and_an_empty_folder_is_not(settings):
    landing = settings.landing_dir / "police_asb"
    (landing / "week47" / "police").mkdir(parents=True)
    assert [d.outcome for d in ingest.ingest(authority.find("calderbrook", settings), "police_asb", AS_OF, settings)] == ["missing"]
    (landing / "week47" / "police" / "asb_extract_20261120.csv").write_text(csv_text(rows("police_asb")))
    found = ingest.ingest(authority.find("calderbrook", settings), "police_asb", AS_OF, settings)
    assert [(d.file_name, d.outcome) for d in found] == [("week47", "unknown_file"), ("", "missing")]
    assert "week47 is a folder, and what is in it was not read" in found[0].message


def test_a_profile_without_a_required_column_is_told_as_authority_check_tells_it(settings):
    council = authority.find("calderbrook", settings)
    columns = {name: heads for name, heads in council.profiles.police_asb.columns.items() if name != "incident_date"}
    profile = council.profiles.police_asb.model_copy(update={"columns": columns})
    council.__dict__["profiles"] = council.profiles.model_copy(update={"police_asb": profile})
    [told] = [words for _, words in authority_mistakes.of_extracts(council.profiles)]
    put(settings, "police_asb", csv_text(rows("police_asb")))
    [delivery] = ingest.ingest(council, "police_asb", AS_OF, settings)
    refused(delivery, told, "'incident_date' has no header", "run again")
    assert "disk space" not in delivery.message
