"""What a file is by its content, whatever its name says; apart because it is the first door for hostile or broken files."""

import zipfile
from pathlib import Path

from pipelines.errors import BadInput

# Beyond this a workbook is a mistake or an attack, and would not fit in memory.
_UNPACKED_LIMIT = 4 * 1024**3

_SPREADSHEET_AGAIN = "Ask the supplier to open it, remove the password and save it as .xlsx or CSV"
_FOREIGN = (
    (b"\xd0\xcf\x11\xe0", "is password-protected or an old .xls workbook", _SPREADSHEET_AGAIN),
    (b"\x1f\x8b", "is compressed with gzip", "Unpack it and deliver the file inside"),
    (b"7z\xbc\xaf", "is a 7z archive", "Unpack it and deliver the file inside"),
    (b"Rar!", "is a RAR archive", "Unpack it and deliver the file inside"),
    (b"%PDF", "is a PDF", "Ask the supplier for the same report as CSV or .xlsx"),
)
_MARKUP = (b"<html", b"<!doctype", b"<?xml", b"<table")
_FORMAT_OF_ENDING = {".xlsx": "xlsx", ".xlsm": "xlsx", ".parquet": "parquet"}
_NAMES = {"csv": "delimited text", "xlsx": "an Excel workbook", "parquet": "a Parquet file"}


def file_format(path: Path) -> str:
    """`csv`, `xlsx` or `parquet` by the file's first bytes. Raises BadInput for anything else, saying what it is and what to do."""
    with path.open("rb") as file:
        start = file.read(512)
    for magic, what, remedy in _FOREIGN:
        if start.startswith(magic):
            raise BadInput(f"the file {what}. {remedy}.")
    if start.startswith(b"PAR1"):
        return _whole_parquet(path)
    if start.startswith(b"PK"):
        return _workbook(path)
    if start.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_MARKUP):
        raise BadInput("the file is a web page or XML, not a table. Ask the supplier to export it as CSV or .xlsx.")
    return "csv"


def misnamed(path: Path, found: str) -> str | None:
    """A remark when the name's ending says one thing and the content another."""
    named = _FORMAT_OF_ENDING.get(path.suffix.lower(), "csv")
    if named == found:
        return None
    return f"It is named {path.suffix} but is {_NAMES[found]}, and was read as one; ask the supplier to name it .{found}."


def _whole_parquet(path: Path) -> str:
    with path.open("rb") as file:
        file.seek(-4, 2)
        if file.read() != b"PAR1":
            raise BadInput("the Parquet file is cut short. The transfer broke off: deliver it again.")
    return "parquet"


def _workbook(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError, NotImplementedError):
        raise BadInput("the workbook is cut short or damaged. The transfer broke off: deliver it again.") from None
    if any(member.flag_bits & 1 for member in members):
        raise BadInput("the file is a password-protected zip archive. Ask the supplier for the file inside it, without a password.")
    if not any(member.filename.startswith("xl/") for member in members):
        raise BadInput("the file is a zip archive, not an Excel workbook. Unpack it and deliver the file inside.")
    if sum(member.file_size for member in members) > _UNPACKED_LIMIT:
        raise BadInput("the workbook unpacks to more than 4 GB. Ask the supplier for CSV.")
    return "xlsx"
