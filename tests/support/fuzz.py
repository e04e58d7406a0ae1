"""Files as no supplier means to write them: random bytes, and real files with bytes changed, cut out, doubled or swapped; the same for the same seed."""

import gzip
import io
import random
import zipfile
from collections.abc import Iterator
from functools import cache
from typing import Any

from tests.support.deliveries import csv_text, rows
from tests.support.spreadsheets import ods, xls, zipped

# Where a supplier writes somebody's address and surname.
_WRITTEN = {
    "school_attendance": ("Address Line 1", "Legal Surname"),
    "police_asb": ("HOME_ADDRESS", "NOMINAL_NAME"),
    "dwp_benefit": ("ADDR1", "SURNAME"),
    "housing_arrears": ("Address1", "TenantSurName"),
}
SOURCES = tuple(_WRITTEN)
PERSONAL = ("OKAFOR", "NGOZI", "EMEKA", "MILL ROAD")
"""In every good row; no message may hold one."""


def cases(source: str, seed: int, count: int) -> Iterator[tuple[str, bytes]]:
    """So many files of a source, each with the kind it was made from."""
    chance = random.Random(f"{source} {seed}")  # noqa: S311 - repeatable on purpose
    real = real_files(source)
    for _ in range(count):
        kind = chance.choice([*real, "random"])
        if kind == "random":
            yield kind, chance.choice([b"", b"PK\x03\x04", b"PAR1", b"\x1f\x8b\x08", b"\xd0\xcf\x11\xe0"]) + chance.randbytes(chance.randrange(600))
        elif chance.random() < 0.5 and kind in ("xlsx", "ods", "zip"):
            yield kind, _repacked(real[kind], chance)
        else:
            yield kind, _mutated(real[kind], chance)


@cache
def real_files(source: str) -> dict[str, bytes]:
    """A good file of each kind, some rows each."""
    address, surname = _WRITTEN[source]
    plain = rows(source, 12)
    table = [row | {address: "Flat 2, 10 Zo\u00eb Road"} for row in plain] + [row | {surname: "Zo\u00c3\u00ab, Ada"} for row in rows(source, 15)[12:]]
    grid = [list(plain[0]), *(list(row.values()) for row in plain)]
    text = csv_text(plain)
    return {
        "csv": text.encode(),
        "quoted csv": csv_text(table).encode(),
        "cp1252": csv_text(table[:12]).encode("cp1252"),
        "utf-16": text.encode("utf-16"),
        "utf-32": text.encode("utf-32"),
        "tsv": csv_text(plain, delimiter="\t").encode(),
        "xlsx": _xlsx(grid, list(plain[0]).index(address)),
        "ods": ods(grid),
        "xls": xls(grid[:6]),
        "parquet": _parquet(plain),
        "gz": gzip.compress(text.encode(), mtime=0),
        "zip": zipped({"report.csv": text}),
    }


def _mutated(content: bytes, chance: random.Random) -> bytes:
    found = bytearray(content)
    for _ in range(chance.choice([1, 1, 2, 5, 20])):
        place, length = chance.randrange(len(found) or 1), chance.randrange(1, 40)
        what = chance.randrange(6)
        if what == 0 and found:
            found[place] = chance.randrange(256)
        elif what == 1:
            del found[place : place + length]
        elif what == 2:
            found[place:place] = found[place : place + length]
        elif what == 3:
            found[place:place] = chance.choice([b'"', b"\n", b"\r", b",", b"\0", b"\xff", b"\xc3", b"=1+1", b"\xef\xbb\xbf", b"9" * 20])
        elif what == 4:
            found[place : place + length] = reversed(found[place : place + length])
        elif chance.random() < 0.3:
            del found[place:]
    return bytes(found)


def _repacked(archive: bytes, chance: random.Random) -> bytes:
    """One member of the archive mutated, its checksum right: such damage reaches the reader of the format itself."""
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        members: dict[str, str | bytes] = {name: opened.read(name) for name in opened.namelist()}
    name = chance.choice([name for name in members if members[name]])
    members[name] = _mutated(bytes(members[name]), chance)  # type: ignore[arg-type]
    return zipped(members)


def _xlsx(grid: list[list[Any]], column: int) -> bytes:
    import xlsxwriter

    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet("Report")
        for number, row in enumerate(grid):
            sheet.write_row(number, 0, row)
        sheet.write_formula(5, column, "=1+1", None, 2)
    return file.getvalue()


def _parquet(table: list[dict[str, Any]]) -> bytes:
    import pyarrow as pa
    from pyarrow import parquet

    file = io.BytesIO()
    parquet.write_table(pa.table({name: [row[name] for row in table] for name in table[0]}), file)
    return file.getvalue()
