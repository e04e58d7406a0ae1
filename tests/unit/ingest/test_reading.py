"""Each step of reading by itself, and properties that hold for any text."""

import csv
import io
import itertools
from datetime import date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines import authority
from pipelines.errors import BadInput
from pipelines.reading import delimited, detect, encoding, header
from pipelines.reading.cells import cell_text
from pipelines.reading.find import delivered_files, pattern_in_words
from pipelines.reading.mapping import year_pattern
from pipelines.reading.rules import in_words
from pipelines.settings import Settings
from tests.support.deliveries import ROWS

POLICE = authority.find("calderbrook", Settings()).profiles.police_asb
NAMES = list(ROWS["police_asb"])

# Surrogates are no text, and a NUL byte is refused before reading.
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40)
TABLES = st.integers(1, 5).flatmap(lambda width: st.lists(st.lists(TEXT, min_size=width, max_size=width), min_size=1, max_size=8))


@given(TABLES, st.sampled_from(delimited.DELIMITERS))
@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_text_survives_a_csv_round_trip(tmp_path, table, delimiter):
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=delimiter).writerows(table)
    path = tmp_path / "table.csv"
    path.write_bytes(file.getvalue().encode())
    assert list(delimited.rows(path, "utf-8", delimiter)) == table


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60))
@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_utf_8_text_is_found_to_be_utf_8_or_told_from_it(tmp_path, text):
    path = tmp_path / "text.csv"
    path.write_bytes(text.encode())
    assert path.read_bytes().decode(encoding.text_encoding(path)) in (text, text.removeprefix("\ufeff"))


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_keeps_its_value_and_has_no_exponent(value):
    text = cell_text(value)
    assert float(text) == value
    assert "e" not in text.lower()


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, None),
        ("", ""),
        (True, "TRUE"),
        (135.0, "135"),
        (-0.5, "-0.5"),
        (1e22, "10000000000000000000000"),
        (100023336956.0, "100023336956"),
        (Decimal("12.50"), "12.50"),
        (date(2014, 3, 5), "2014-03-05"),
        (datetime(2014, 3, 5, tzinfo=None), "2014-03-05"),  # noqa: DTZ001 - a spreadsheet's dates have no zone
        (datetime(2014, 3, 5, 22, 15), "2014-03-05 22:15:00"),  # noqa: DTZ001
        (time(8, 30), "08:30:00"),
        (b"caf\xc3\xa9", "café"),
    ],
)
def test_a_cell_is_written_as_a_person_would(value, text):
    assert cell_text(value) == text


def test_files_are_found_by_pattern_oldest_first_in_either_date_form(tmp_path):
    for name in ("b_20261120.csv", "B_2026-11-13.TXT", "b_20269999.csv", "other.csv", ".hidden.csv", "~$b_20261120.csv"):
        (tmp_path / name).write_text("x")
    (tmp_path / "b_20261101.csv").mkdir()
    known, unknown = delivered_files(tmp_path, r"b_(?P<date>[\d-]+)\.(csv|txt)")
    assert [(f.path.name, f.delivered) for f in known] == [
        ("b_20269999.csv", None),
        ("B_2026-11-13.TXT", date(2026, 11, 13)),
        ("b_20261120.csv", date(2026, 11, 20)),
    ]
    assert [path.name for path in unknown] == ["other.csv"]


def test_a_missing_folder_holds_nothing(tmp_path):
    assert delivered_files(tmp_path / "nowhere", r"(?P<date>.*)") == ([], [])


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        (r"attendance_(?P<date>\d{4}-\d{2}-\d{2})\.(csv|xlsx)", "attendance_YYYY-MM-DD.csv (or .xlsx)"),
        (r"DWP_TF_(?P<date>\d{8})\.csv", "DWP_TF_YYYYMMDD.csv"),
    ],
)
def test_a_pattern_is_told_as_a_supplier_would_read_it(pattern, words):
    assert pattern_in_words(pattern) == words


def test_the_header_is_found_below_a_title():
    found = header.find([["ASB report"], [], NAMES, ["x"] * len(NAMES)], POLICE)
    assert (found.row, found.height, found.positions["birth_date"]) == (3, 1, NAMES.index("DOB"))


def test_the_spelling_listed_first_is_taken_where_two_columns_stand_for_one():
    names = [*NAMES, "OCC REF"]
    found = header.find([["OCC REF", *NAMES]], POLICE)
    assert found.positions["occurrence_id"] == 1
    assert header.unexpected(found) == ["OCC REF"]
    header.check(header.find([names], POLICE), POLICE)


def test_a_row_of_a_person_is_no_header():
    assert header.find([list(ROWS["police_asb"].values())] * 3, POLICE) is None


def test_a_format_is_told_by_content(tmp_path):
    path = tmp_path / "file.xlsx"
    path.write_text("a,b\n1,2\n")
    assert detect.file_format(path) == "csv"
    assert "was read as one" in detect.misnamed(path, "csv")
    assert detect.misnamed(tmp_path / "file.txt", "csv") is None


def test_a_byte_between_two_reads_is_still_placed(tmp_path):
    path = tmp_path / "long.csv"
    line = "é" * 99 + "\n"
    path.write_bytes(line.encode() * 11_000 + b"\xff\n")
    with pytest.raises(BadInput, match="after line 11001 there are bytes that are not UTF-8"):
        encoding.text_encoding(path)


@pytest.mark.parametrize(
    ("example", "year", "fits"),
    [("2025/26", "2025/26", True), ("2025/26", "2025/2026", False), ("2025-2026", "2025-2026", True), ("2025", "2025", True), ("202526", "202526", True)],
)
def test_an_academic_year_is_read_by_the_profiles_example(example, year, fits):
    import re

    assert bool(re.fullmatch(year_pattern(example), year)) is fits


@pytest.mark.parametrize(
    ("form", "words"), [("%d/%m/%Y %H:%M", "dd/mm/yyyy hh:mm"), ("%d-%b-%Y", "dd-mmm-yyyy"), ("%Y%m%d", "yyyymmdd"), ("%d/%m/%y", "dd/mm/yy")]
)
def test_a_date_format_is_told_in_words(form, words):
    assert in_words(form) == words


@pytest.mark.parametrize(("width", "unnamed"), [(2, 0), (3, 0), (12, 0), (12, 3)])
def test_whatever_two_stray_quotation_marks_swallow_every_line_of_the_file_is_accounted_for(tmp_path, width, unnamed):
    path = tmp_path / "file.csv"
    for first, second in itertools.product(range(width), repeat=2):
        cells = [[f"{row}.{column}" for column in range(width)] for row in range(12)]
        cells[4][first] = f'"{cells[4][first]}'
        cells[7][second] += '"'
        path.write_text("\n".join(",".join(row) for row in cells))
        found = list(delimited.rows(path, "utf-8", ",", shape=delimited.Shape(1, width - unnamed, width)))
        assert [isinstance(row, delimited.Torn) for row in found] == [4 <= number <= 7 for number in range(12)]
        assert [number for number, row in enumerate(found) if not row] == [5, 6, 7]


def test_lines_within_a_field_that_closes_where_it_ends_are_no_rows(tmp_path):
    path = tmp_path / "file.csv"
    path.write_text('a,b,c,d\n1,"Flat 2, The Towers,\n10 Mill Road",3,4\n5,6,"7\n\n7",8\n')
    found = list(delimited.rows(path, "utf-8", ",", shape=delimited.Shape(1, 4, 4)))
    assert [len(row) for row in found] == [4, 4, 4]
    assert not any(isinstance(row, delimited.Torn) for row in found)


@pytest.mark.parametrize(
    ("name", "pattern", "words"),
    [
        ("t_27112026.csv", r"t_(?P<day>\d{2})(?P<month>\d{2})(?P<year>\d{4})\.csv", "t_DDMMYYYY.csv"),
        ("t_11-27-2026.csv", r"t_(?P<month>\d{2})-(?P<day>\d{2})-(?P<year>\d{4})\.csv", "t_MM-DD-YYYY.csv"),
        ("t 27.11.26.csv", r"t (?P<day>\d{2})\.(?P<month>\d{2})\.(?P<year>\d{2})\.csv", "t DD.MM.YY.csv"),
        ("t_27-Nov-2026.csv", r"t_(?P<day>\d{2})-(?P<month>[a-z]{3,9})-(?P<year>\d{4})\.csv", "t_DD-MON-YYYY.csv"),
        ("t_27november2026.csv", r"t_(?P<day>\d{2})(?P<month>[a-z]{3,9})(?P<year>\d{4})\.csv", "t_DDMONYYYY.csv"),
    ],
)
def test_the_day_of_delivery_is_read_by_its_parts_in_any_order(name, pattern, words, tmp_path):
    (tmp_path / name).touch()
    (tmp_path / name.replace("27", "99")).touch()
    known, unknown = delivered_files(tmp_path, pattern)
    assert [file.delivered for file in known] == [None, date(2026, 11, 27)]
    assert unknown == []
    assert pattern_in_words(pattern) == words
