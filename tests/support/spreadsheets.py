"""Spreadsheet files written by hand, for formats that no writer is installed for: OpenDocument (.ods) and old Excel (.xls)."""

import io
import struct
import zipfile
from dataclasses import dataclass
from datetime import date
from typing import Any
from xml.sax.saxutils import escape

_NAMES = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text"))
_CALCEXT = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
_MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"


@dataclass(frozen=True)
class Failed:
    """A cell whose formula gave an error; `is_constant` where old Excel keeps the error alone, or LibreOffice a nought beside it."""

    is_constant: bool = False


def ods(grid: list[list[Any]], *, rows_xml: str = "", locked: bool = False, day_zero: str = "") -> bytes:
    """The grid as an OpenDocument spreadsheet of one sheet; `rows_xml` is put behind its rows, and its day numbers count from `day_zero`."""
    rows = "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in grid)
    null_date = f'<table:null-date table:date-value="{day_zero}"/>'
    settings = f"<table:calculation-settings>{null_date}</table:calculation-settings>" if day_zero else ""
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_NAMES} {_CALCEXT} office:version="1.2"><office:body><office:spreadsheet>{settings}'
        f'<table:table table:name="Report">{rows}{rows_xml}</table:table></office:spreadsheet></office:body></office:document-content>'
    )
    lock = "<manifest:encryption-data/>" if locked else ""
    manifest = (
        '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_MIMETYPE}"/>'
        f'<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml">{lock}</manifest:file-entry></manifest:manifest>'
    )
    return zipped({"mimetype": _MIMETYPE, "content.xml": content, "META-INF/manifest.xml": manifest})


def _ods_cell(value: Any) -> str:
    if isinstance(value, Failed):
        told = 'office:value-type="float" office:value="0"' if value.is_constant else 'office:value-type="string" office:string-value=""'
        return f'<table:table-cell table:formula="of:=1/0" {told} calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell>'
    if isinstance(value, date):
        return f'<table:table-cell office:value-type="date" office:date-value="{value.isoformat()}"/>'
    if isinstance(value, int | float):
        return f'<table:table-cell office:value-type="float" office:value="{value}"/>'
    return f'<table:table-cell office:value-type="string"><text:p>{escape(value)}</text:p></table:table-cell>' if value else "<table:table-cell/>"


def zipped(members: dict[str, str | bytes]) -> bytes:
    """A zip archive of these members."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def xls(grid: list[list[Any]], *, counts_from_1904: bool = False) -> bytes:
    """The grid as a BIFF8 workbook of one sheet in a compound file, as Excel 97 writes it, or Excel for the Mac."""
    sheet = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0))
    for row, cells in enumerate(grid):
        sheet += b"".join(_xls_cell(row, column, value) for column, value in enumerate(cells) if value not in (None, ""))
    sheet += _record(0x000A, b"")
    start = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0)) + _record(0x0042, struct.pack("<H", 1200))
    start += _record(0x0022, struct.pack("<H", 1)) if counts_from_1904 else b""
    name = b"Report"
    place = len(start) + 4 + 8 + len(name) + 4
    start += _record(0x0085, struct.pack("<IBBBB", place, 0, 0, len(name), 0) + name) + _record(0x000A, b"")
    return _compound(start + sheet)


def _xls_cell(row: int, column: int, value: Any) -> bytes:
    if isinstance(value, Failed) and value.is_constant:
        return _record(0x0205, struct.pack("<HHHBB", row, column, 0, 0x17, 1))
    if isinstance(value, Failed):
        formula = struct.pack("<HIH", 0, 0, 3) + b"\x1e\x01\x00"
        return _record(0x0006, struct.pack("<HHH", row, column, 0) + bytes([2, 0, 0x2A, 0, 0, 0, 0xFF, 0xFF]) + formula)
    if isinstance(value, int | float):
        return _record(0x0203, struct.pack("<HHHd", row, column, 0, float(value)))
    text = str(value)
    return _record(0x0204, struct.pack("<HHHHB", row, column, 0, len(text), 1) + text.encode("utf-16-le"))


def _record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def _compound(stream: bytes) -> bytes:
    """An OLE compound file that holds the one stream `Workbook`: header, one FAT sector for up to 126 others, directory, stream."""
    stream = stream.ljust(4096, b"\0")
    sectors = -(-len(stream) // 512)
    assert sectors < 126, "too large for one FAT sector"
    chain = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, sectors + 2), 0xFFFFFFFE]
    fat = struct.pack("<128I", *chain, *[0xFFFFFFFF] * (128 - len(chain)))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0) + struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    directory = _entry("Root Entry", 5, 1, 0xFFFFFFFE, 0) + _entry("Workbook", 2, 0xFFFFFFFF, 2, len(stream)) + bytes(256)
    return head + fat + directory + stream.ljust(sectors * 512, b"\0")


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    text = (name + "\0").encode("utf-16-le")
    return text.ljust(64, b"\0") + struct.pack("<HBBIII", len(text), kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child) + bytes(36) + struct.pack("<IQ", start, size)
