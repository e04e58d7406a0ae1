"""The rejection report of a delivery: what the supplier must mend, row by row, as CSV or XLSX; and the auditor's summary, which holds no value."""

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipelines import private, receipts
from pipelines.errors import WrongUsage
from pipelines.receipts import Row
from pipelines.settings import Settings

HEADER = ("Row number", "Column", "Rule", "Reason")
ENDINGS = (".csv", ".xlsx")

# Excel's limit is 1,048,576 rows, the header included.
_SHEET_ROWS = 1_048_575
_CELL_LETTERS = 32_767
# What makes a spreadsheet take a text for a formula or a command (OWASP, CSV injection), also in full width, also behind blanks.
_FORMULA = re.compile(r"^[\s\ufeff\u200b]*[=+\-@|%\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]")
_NUMBER = re.compile(r"[+-]?£?[\d,]*\.?\d+")
# Letters that XML, and so XLSX, cannot hold.
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")

Line = list[str]


def write(extract_id: str, target: Path, settings: Settings, *, with_values: bool = True) -> int:
    """Write the report of an extract or a refused file; returns its rejections. Raises WrongUsage for an unknown extract, another ending or an open file.

    `with_values` adds each row as the supplier delivered it: for that supplier only, since the values are its own.
    """
    ending = target.suffix.lower()
    rows = receipts.rejection_rows(extract_id, settings)
    if ending == ".xlsx" and len(rows) > _SHEET_ROWS:
        raise WrongUsage(f"{len(rows):,} rejections do not fit into one sheet. Give a name that ends in .csv.")
    names = _columns(rows) if with_values else []
    files = {row["file_name"] for row in rows}
    header = [*(["File"] if len(files) > 1 else []), *HEADER, *names]
    lines = ([*([row["file_name"]] if len(files) > 1 else []), *_line(row, names)] for row in rows)
    with private.written(target, *ENDINGS) as draft:
        if ending == ".csv":
            _write_csv(draft, header, lines)
        else:
            _write_workbook(draft, header, lines, _about(extract_id, settings))
    return len(rows)


def summary(extract_id: str, settings: Settings) -> list[Row]:
    """Rejections and repairs of one extract or refused file, counted by rule and column: without a value, for auditors."""
    receipts.find(extract_id, settings)
    fates = {"rejected": receipts.rejections(settings), "repaired": receipts.repairs(settings)}
    return [
        {"fate": fate, "rule": row["rule"], "column_name": row["column_name"], "reason": row["reason"], "row_count": row[f"{fate}_count"]}
        for fate, rows in fates.items()
        for row in rows
        if row["extract_id"] == extract_id
    ]


def safe_text(text: str) -> str:
    """The text so that no spreadsheet takes it for a formula: an apostrophe goes before what could be one. Plain numbers stay."""
    return f"'{text}" if _FORMULA.search(text) and not _NUMBER.fullmatch(text) else text


def _columns(rows: list[Row]) -> list[str]:
    """The supplier's own column names, in the files' order; each rejection holds all of its file."""
    firsts = {row["file_name"]: row for row in reversed(rows)}
    return list(dict.fromkeys(name for file in sorted(firsts) for name in json.loads(firsts[file]["row_values"])))


def _line(row: Row, names: list[str]) -> Line:
    values: dict[str, Any] = json.loads(row["row_values"]) if names else {}
    return [str(row["source_row"]), row["header_name"], row["rule"], row["reason"], *(values.get(name) or "" for name in names)]


def _about(extract_id: str, settings: Settings) -> list[Line]:
    receipt = receipts.find(extract_id, settings)
    counts = [[name.replace("_count", "").capitalize() + " rows", f"{receipt[name]:,}"] for name in receipt if name.endswith("_count")]
    reasons = [[row["reason"], f"{row['row_count']:,}"] for row in summary(extract_id, settings) if row["fate"] == "rejected"]
    about = [["Rejection report", ""], ["File", receipt["file_name"]], ["Delivered", str(receipt["delivered_date"])], ["Extract", extract_id]]
    return [*about, *counts, ["", ""], ["Reason", "Rows"], *reasons]


def _write_csv(path: Path, header: list[str], lines: Iterator[Line]) -> None:
    # The byte-order mark makes Excel read the file as UTF-8.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerows([safe_text(cell) for cell in line] for line in (header, *lines))


def _write_workbook(path: Path, header: list[str], lines: Iterator[Line], about: list[Line]) -> None:
    import xlsxwriter

    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        text, bold = book.add_format({"num_format": "@"}), book.add_format({"bold": True, "num_format": "@"})
        for title, head, table in (("Summary", [], about), ("Rejections", header, lines)):
            sheet = book.add_worksheet(title)
            sheet.set_column(0, 0, 34 if title == "Summary" else 12)
            sheet.set_column(3, 3, 60)
            for number, line in enumerate([head, *table] if head else table):
                for place, cell in enumerate(line):
                    # Text is text here whatever it begins with; the apostrophe guards whoever saves the sheet as CSV.
                    sheet.write_string(number, place, _NOT_IN_XML.sub("\ufffd", safe_text(cell))[:_CELL_LETTERS], bold if head and not number else text)
            if head:
                sheet.freeze_panes(1, 0)
