"""Formulas that failed in an old Excel workbook (.xls): its reader gives nothing for them, so the records of its own stream are asked."""

import struct
from collections.abc import Iterator
from pathlib import Path

from pipelines.errors import BadInput
from pipelines.reading.sheets import Place

# Microsoft, [MS-XLS] 2.5.10: what an error value's byte means.
_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}
_FORMULA, _BOOLEAN_OR_ERROR, _SHEET, _END = 0x0006, 0x0205, 0x0085, 0x000A
# [MS-XLS] 2.4.77 Date1904: 1 where day numbers count from 1904.
_DATE_MODE = 0x0022
_NO_NUMBER, _IS_ERROR = 0xFFFF, 2
_BEGIN = 0x0809
# [MS-CFB] 2.2: the directory's names of the stream, and sector numbers that are none.
_STREAMS = ("Workbook", "Book")
_IS_STREAM = 2
_LAST_SECTOR = 0xFFFFFFFA
_DAMAGED = "the workbook's parts do not fit together: it is damaged. Deliver it again, or ask the supplier to save it anew as .xlsx."


def faulty_cells(path: Path) -> list[dict[Place, str]]:
    """By sheet, in the workbook's order, the cells that hold an error instead of a value. Raises BadInput for a file whose parts do not fit together."""
    try:
        stream = _stream(path.read_bytes())
        starts = [struct.unpack_from("<I", content)[0] for kind, content in _records(stream, 0) if kind == _SHEET]
        return [dict(_faults(stream, start)) for start in starts]
    except (struct.error, IndexError, ValueError, OverflowError, StopIteration):
        raise BadInput(_DAMAGED) from None


def counts_from_1904(path: Path) -> bool:
    """Whether the workbook says that its day numbers count from 1904. Raises BadInput for a file whose parts do not fit together."""
    try:
        modes = [struct.unpack_from("<H", content)[0] for kind, content in _records(_stream(path.read_bytes()), 0) if kind == _DATE_MODE]
    except (struct.error, IndexError, ValueError, OverflowError, StopIteration):
        raise BadInput(_DAMAGED) from None
    return 1 in modes


def _faults(stream: bytes, start: int) -> Iterator[tuple[Place, str]]:
    for kind, content in _records(stream, start):
        if kind == _BOOLEAN_OR_ERROR:
            row, column, _, value, is_error = struct.unpack_from("<HHHBB", content)
            if is_error:
                yield (row, column), _ERRORS.get(value, "#VALUE!")
        elif kind == _FORMULA:
            row, column, _, result, value, mark = struct.unpack_from("<HHHBxBxxxH", content)
            if mark == _NO_NUMBER and result == _IS_ERROR:
                yield (row, column), _ERRORS.get(value, "#VALUE!")


def _records(stream: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    """The records of a part of the stream up to its end."""
    depth, place = 0, start
    while place + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, place)
        # A chart within a sheet has a beginning and an end of its own.
        depth += (kind == _BEGIN) - (kind == _END)
        yield kind, stream[place + 4 : place + 4 + length]
        if depth <= 0:
            return
        place += 4 + length


def _stream(content: bytes) -> bytes:
    """The workbook's stream out of the compound file."""
    shift, small_shift = struct.unpack_from("<HH", content, 30)
    if not 7 <= shift <= 16 or not 2 <= small_shift < shift:
        raise ValueError
    size = 1 << shift
    directory_start, _, cutoff, small_fat_start, _, more_start, more_count = struct.unpack_from("<IIIIIII", content, 48)
    fat = _table(content, size, _fat_sectors(content, size, more_start, more_count))
    directory = _chain(content, size, size, fat, directory_start)
    entries = [directory[place : place + 128] for place in range(0, len(directory) - 127, 128)]
    found = next(entry for name in _STREAMS for entry in entries if entry[66] == _IS_STREAM and _name(entry) == name)
    start, length = struct.unpack_from("<II", found, 116)
    if length >= cutoff:
        return _chain(content, size, size, fat, start)[:length]
    small = _chain(content, size, size, fat, struct.unpack_from("<I", entries[0], 116)[0])
    small_fat = _numbers(_chain(content, size, size, fat, small_fat_start))
    return _chain(small, 1 << small_shift, 0, small_fat, start)[:length]


def _fat_sectors(content: bytes, size: int, more_start: int, more_count: int) -> list[int]:
    sectors = list(struct.unpack_from("<109I", content, 76))
    for _ in range(min(more_count, len(content) // size)):
        if more_start >= _LAST_SECTOR:
            break
        *more, more_start = _numbers(_sector(content, size, size, more_start))
        sectors += more
    return [sector for sector in sectors if sector < _LAST_SECTOR]


def _table(content: bytes, size: int, sectors: list[int]) -> tuple[int, ...]:
    if len(sectors) > len(content) // size:
        raise ValueError
    return _numbers(b"".join(_sector(content, size, size, sector) for sector in sectors))


def _chain(content: bytes, size: int, before: int, fat: tuple[int, ...], sector: int) -> bytes:
    """What a chain of sectors holds; `before` are the bytes ahead of the first one. Raises ValueError where it turns back on itself."""
    pieces = []
    while sector < _LAST_SECTOR:
        pieces.append(_sector(content, size, before, sector))
        if len(pieces) > len(fat):
            raise ValueError
        sector = fat[sector]
    return b"".join(pieces)


def _sector(content: bytes, size: int, before: int, number: int) -> bytes:
    found = content[before + number * size : before + (number + 1) * size]
    if not found:
        raise ValueError
    return found


def _numbers(content: bytes) -> tuple[int, ...]:
    return struct.unpack_from(f"<{len(content) // 4}I", content)


def _name(entry: bytes) -> str:
    length = struct.unpack_from("<H", entry, 64)[0]
    return entry[: min(max(length - 2, 0), 62)].decode("utf-16-le", "replace")
