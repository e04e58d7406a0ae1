"""Which encoding a text file is in: byte-order mark, regular NULs, strict UTF-8, then Windows-1252; never a guess that loses a letter silently."""

import codecs
from collections.abc import Iterator
from pathlib import Path

from pipelines.errors import BadInput

_CHUNK = 1024 * 1024
# UTF-32 stands before UTF-16: its little-endian mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WIDE = ("utf-16", "utf-32")
_AGAIN = "Ask the supplier to export it again as UTF-8"


def text_encoding(path: Path) -> str:
    """The encoding, as Python names it. Raises BadInput for NUL bytes, endless lines and bytes that no encoding explains."""
    with path.open("rb") as file:
        start = file.read(4096)
    marked = next((name for mark, name in _MARKS if start.startswith(mark)), None)
    encoding = marked or _wide_without_mark(start)
    if encoding is None or not encoding.startswith(_WIDE):
        _refuse_binary(path)
    if encoding:
        _decode(path, encoding)
        return encoding
    return _unmarked(path)


def _wide_without_mark(start: bytes) -> str | None:
    """Latin letters in UTF-16 have a NUL as every second byte, in UTF-32 as three of four."""
    if len(start) >= 4 and start[0] and not any(start[1:4]):
        return "utf-32-le"
    if len(start) >= 4 and start[3] and not any(start[0:3]):
        return "utf-32-be"
    even, odd = start[0::2], start[1::2]
    if len(start) >= 4 and odd.count(0) > 0.9 * len(odd) and not even.count(0):
        return "utf-16-le"
    if len(start) >= 4 and even.count(0) > 0.9 * len(even) and not odd.count(0):
        return "utf-16-be"
    return None


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            yield chunk


def _refuse_binary(path: Path) -> None:
    line = 1
    for chunk in _chunks(path):
        breaks = chunk.count(b"\n") or chunk.count(b"\r")
        if b"\0" in chunk:
            line += chunk[: chunk.index(b"\0")].count(b"\n")
            raise BadInput(f"line {line} holds a NUL byte: the file is damaged or is not text. {_AGAIN}.")
        if not breaks and len(chunk) == _CHUNK:
            raise BadInput(f"line {line} is longer than a million characters: the file is damaged or is not a table. {_AGAIN}.")
        line += breaks


def _decode(path: Path, encoding: str) -> None:
    """Read the file through; raises BadInput with the line of the first byte that the encoding does not explain."""
    decoder = codecs.getincrementaldecoder(encoding)()
    line = 1
    try:
        for chunk in _chunks(path):
            line += decoder.decode(chunk).count("\n")
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        line += bytes(error.object[: error.start]).count(b"\n")
        raise BadInput(f"at or after line {line} there are bytes that are not {encoding.removesuffix('-sig').upper()}. {_AGAIN}.") from None


def _unmarked(path: Path) -> str:
    try:
        _decode(path, "utf-8")
    except BadInput as refusal:
        if _mostly_utf_8(path):
            raise refusal from None
        return _single_byte(path)
    return "utf-8"


def _mostly_utf_8(path: Path) -> bool:
    """Whether more of the letters beyond ASCII are good UTF-8 than not: then the file is damaged, not in another encoding."""
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    good = bad = 0
    for chunk in _chunks(path):
        beyond = [letter for letter in decoder.decode(chunk) if letter > "\x7f"]
        bad += beyond.count("\ufffd")
        good += len(beyond) - beyond.count("\ufffd")
    return good > bad


def _single_byte(path: Path) -> str:
    try:
        _decode(path, "cp1252")
    except BadInput:
        raise BadInput(f"the file is neither UTF-8 nor Windows-1252{_guess(path)}. {_AGAIN}.") from None
    return "cp1252"


def _guess(path: Path) -> str:
    """What the encoding may be, for the supplier to check: too unsure to read names by."""
    from charset_normalizer import from_bytes

    with path.open("rb") as file:
        lines = [line for line in file.read(_CHUNK).splitlines() if not line.isascii()]
    best = from_bytes(b"\n".join(lines)).best()
    return f" (it may be {best.encoding})" if best else ""
