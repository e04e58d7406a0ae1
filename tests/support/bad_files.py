"""The corpus' files that are broken as files: formats, archives and workbooks; see bad_deliveries.py."""

import gzip
import io
import re
import struct
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from tests.support.bad_changes import bad_changes
from tests.support.bad_deliveries import HOUSING, BadDelivery, bad_rows
from tests.support.bad_layouts import other_layouts
from tests.support.bad_sets import bad_sets
from tests.support.deliveries import ROWS, csv_text, rows
from tests.support.spreadsheets import Failed, ods, xls, zipped


def corpus() -> list[BadDelivery]:
    """Every bad delivery."""
    return [*bad_rows(), *other_layouts(), *_files(), *_archives(), *_workbooks(), *bad_changes(), *bad_sets()]


def _files() -> Iterator[BadDelivery]:
    for name, content, says in (
        ("an empty file", b"", "it is empty"),
        ("blank lines", b"\n\n \n", "Ask the supplier"),
        ("a PDF", b"%PDF-1.7 ...", "is a PDF"),
        ("a web page", b"<html><table></table></html>", "web page"),
        ("a 7z archive", b"7z\xbc\xaf\x27\x1c....", "7z archive"),
        ("a RAR archive", b"Rar!\x1a\x07....", "RAR archive"),
        ("a zstd archive", b"\x28\xb5\x2f\xfd....", "compressed with zstd"),
        ("Parquet cut short", _parquet()[:-40], "cut short"),
        ("Parquet of four letters", b"PAR1", "cut short"),
        ("Parquet with a damaged end", b"PAR1" + b"x" * 100 + b"PAR1", "damaged"),
    ):
        yield BadDelivery(name, HOUSING, content, None, (says,))


def _parquet() -> bytes:
    import pyarrow as pa
    from pyarrow import parquet

    table, file = rows(HOUSING), io.BytesIO()
    parquet.write_table(pa.table({name: [row[name] for row in table] for name in table[0]}), file)
    return file.getvalue()


def _archives() -> Iterator[BadDelivery]:
    text = csv_text(rows(HOUSING)).encode()
    cases: list[tuple[str, bytes, str]] = [
        ("a zip archive of two files", zipped({"a.csv": text, "b.csv": text}), "holds 2 files"),
        ("an empty zip archive", zipped({}), "empty"),
        ("a zip archive in a zip archive", zipped({"a.zip": zipped({"a.csv": text})}), "archive inside an archive"),
        ("gzip in gzip", gzip.compress(gzip.compress(text)), "archive inside an archive"),
        ("a zip archive with a password", _locked(zipped({"a.csv": text})), "password-protected"),
        ("a zip archive cut short", zipped({"a.csv": text})[:-30], "cut short or damaged"),
        ("a zip archive with a wrong checksum", _spoilt(zipped({"a.csv": text})), "cut short or damaged"),
        ("gzip cut short", gzip.compress(text)[:-20], "cut short or damaged"),
        ("gzip of nothing", gzip.compress(b""), "is empty"),
        ("a decompression bomb in gzip", gzip.compress(bytes(80 * 1024**2)), "decompression bomb"),
        ("a decompression bomb in zip", zipped({"a.csv": bytes(80 * 1024**2)}), "decompression bomb"),
        ("a zip archive of 6,000 files", zipped({f"{number}.csv": "" for number in range(6000)}), "holds 6,000 files"),
    ]
    yield from (BadDelivery(name, HOUSING, content, None, (says,)) for name, content, says in cases)
    mac = zipped({"__MACOSX/._a.csv": "x", "a.csv": text, "folder/": ""})
    yield BadDelivery("a zip archive as a Mac makes it, named .csv", HOUSING, mac, (3, 0, 0, 0), ("3 accepted",))


def _locked(archive: bytes) -> bytes:
    content = bytearray(archive)
    content[content.rindex(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


def _spoilt(archive: bytes) -> bytes:
    content = bytearray(archive)
    place = content.rindex(b"PK\x01\x02") + 16
    content[place : place + 4] = struct.pack("<I", 1)
    return bytes(content)


def _grid(**changes: Any) -> list[list[Any]]:
    last = dict(rows(HOUSING, 5)[4]) | changes
    return [list(ROWS[HOUSING]), *(list(row.values()) for row in rows(HOUSING, 4)), list(last.values())]


def _workbook(write: Callable[[Any], None]) -> bytes:
    import xlsxwriter

    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        write(book)
    return file.getvalue()


def _sheet(grid: list[list[Any]], *formulas: tuple[int, int, str, Any]) -> bytes:
    def write(book: Any) -> None:
        sheet = book.add_worksheet("Report")
        for number, row in enumerate(grid):
            sheet.write_row(number, 0, row)
        for row, column, formula, result in formulas:
            sheet.write_formula(row, column, formula, None, result)

    return _workbook(write)


def _workbooks() -> Iterator[BadDelivery]:
    name, place = "rent_arrears_2026-11-20.xlsx", {column: number for number, column in enumerate(ROWS[HOUSING])}
    good, rent, street = _sheet(_grid()), place["Weekly Rent"], place["Address1"]

    def book(title: str, content: bytes, fate: Any, says: str, rules: str = "", repairs: str = "") -> BadDelivery:
        return BadDelivery(title, HOUSING, content, fate, (says,), frozenset(filter(None, [rules])), frozenset(filter(None, [repairs])), name)

    yield book("a workbook cut short", good[: len(good) // 2], None, "workbook is cut short")
    yield book("a workbook without a sheet's rows", _workbook(lambda b: b.add_worksheet("Empty")), None, "no sheet with anything on it")
    yield book("a sheet of two cells worlds apart", _sheet([["a"]], (1_048_575, 16_383, "=1", 1)), None, "reaches over more than")
    for way in ("prefixed", "elsewhere", "spaced"):
        far_apart = _disguised(_sheet([["a"]], (1_048_575, 16_383, "=1", 1)), way)
        yield book(f"a sheet of two cells worlds apart, {way}", far_apart, None, "reaches over more than")
    yield book("a workbook with a password", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"), None, "password")
    yield book("no workbook though it begins like one", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), None, "cut short or damaged")
    yield book("a formula that failed", _sheet(_grid(), (5, street, "=VLOOKUP(1,A:B,2)", "#N/A")), (4, 1, 0, 0), "formula without a result", "formula_error")
    yield book("a formula never calculated", _uncalculated(_sheet(_grid(), (5, street, '="x"', "1"))), (4, 1, 0, 0), "without a result", "formula_error")
    for way in ("prefixed", "elsewhere", "spaced"):
        failed = _disguised(_sheet(_grid(), (5, street, "=VLOOKUP(1,A:B,2)", "#N/A")), way)
        yield book(f"a formula that failed, {way}", failed, (4, 1, 0, 0), "formula without a result", "formula_error")
    never = _disguised(_uncalculated(_sheet(_grid(), (5, street, '="x"', "1"))), "prefixed")
    yield book("a formula never calculated, prefixed", never, (4, 1, 0, 0), "without a result", "formula_error")
    without_places = _disguised(_sheet(_grid(), (5, street, "=VLOOKUP(1,A:B,2)", "#N/A")), "without places")
    yield book("a formula that failed in a cell without its place", without_places, None, "does not say where it stands")
    for kind, write in (("old workbook", xls), ("ODS spreadsheet", ods)):
        for column, rule in (("Address1", "formula_error"), ("Weekly Rent", "amount")):
            for is_constant in (False, True):
                failed = write(_with_cell(_grid(), 5, place[column], Failed(is_constant)))
                title = f"{'an error kept' if is_constant else 'a formula that failed'} as {column} in an {kind}"
                yield book(title, failed, (4, 1, 0, 0), "1 rejected", rule)
    yield book("a formula with its result", _sheet(_grid(), (5, rent, "=110+0.5", 110.5)), (5, 0, 0, 0), "5 accepted")
    yield book("a day number for a date", _sheet(_grid(BalanceDate=46345)), (5, 0, 0, 1), "spreadsheet's day number", repairs="serial_date")
    yield book("an ODS spreadsheet named .xlsx", ods(_grid(BalanceDate=date(2026, 11, 19))), (5, 0, 0, 0), "is an OpenDocument spreadsheet")
    yield book("an old workbook named .xlsx", xls(_grid(BalanceDate=46345)), (5, 0, 0, 1), "is an old Excel workbook", repairs="serial_date")
    yield book("an ODS spreadsheet with a password", ods(_grid(), locked=True), None, "password-protected")
    far = '<table:table-row table:number-rows-repeated="65536"><table:table-cell office:value-type="float" office:value="1"'
    far += ' table:number-columns-repeated="1024"/></table:table-row>'
    yield book("an ODS spreadsheet that repeats a cell without end", ods(_grid(), rows_xml=far), None, "more than is safe")
    yield book("a workbook that unpacks without end", zipped({"xl/workbook.xml": bytes(40 * 1024**2)}), None, "than is safe")


def _disguised(workbook: bytes, way: str) -> bytes:
    """The workbook with its sheet written as other programs may: tags with a prefix, the part in another folder, a blank before an equals sign."""
    found = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as before, zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            content, is_sheet = before.read(name), name.startswith("xl/worksheets/")
            if way == "prefixed" and is_sheet:
                content = re.sub(rb"<(/?)([a-zA-Z])", rb"<\1x:\2", content).replace(b'xmlns="', b'xmlns:x="', 1)
            elif way == "spaced" and is_sheet:
                content = content.replace(b' r="', b' r ="')
                content = content.replace(b' t="e"', b' t ="e"')
            elif way == "without places" and is_sheet:
                content = re.sub(rb' r="[A-Z]+\d+"', b"", content)
            elif way == "elsewhere":
                name, content = name.replace("xl/worksheets/", "xl/other/"), content.replace(b"worksheets/sheet", b"other/sheet")
            after.writestr(name, content)
    return found.getvalue()


def _with_cell(grid: list[list[Any]], row: int, column: int, value: Any) -> list[list[Any]]:
    changed = [list(cells) for cells in grid]
    changed[row][column] = value
    return changed


def _uncalculated(workbook: bytes) -> bytes:
    """The workbook without its formulas' results, as programs that only write leave it."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    name = "xl/worksheets/sheet1.xml"
    members[name] = re.sub(rb"</f><v>[^<]*</v>", b"</f>", members[name])
    return zipped(members)
