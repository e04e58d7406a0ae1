"""Text that was UTF-8, read as Windows-1252 and saved again ('JosÃ©'); mended only where going back gives good UTF-8, which chance hardly ever does."""

import duckdb

import sql

_HIGH = bytes(range(0x80, 0xC0)).decode("cp1252", "ignore") + "".join(map(chr, range(0x80, 0xC0)))
# What the first and second byte of a two-byte letter look like in Windows-1252.
PATTERN = f"[{chr(0xC2)}-{chr(0xF4)}][{''.join(sorted(set(_HIGH))).replace('^', chr(92) + '^').replace(']', chr(92) + ']')}]"
_MOST_TURNS = 3


def mended(text: str) -> str | None:
    """The text as it was meant, or None when it is not certainly mojibake. Text spoilt twice is mended twice."""
    found, meant = text, None
    for _ in range(_MOST_TURNS):
        earlier = _once(found)
        if earlier is None:
            break
        found = earlier
        meant = found if all(letter.isprintable() or letter in "\r\n\t\u00a0" for letter in found) else meant
    return meant


def _once(text: str) -> str | None:
    try:
        earlier = b"".join(_byte(letter) for letter in text).decode("utf-8")
    except (UnicodeDecodeError, UnicodeEncodeError):
        return None
    return earlier if earlier != text else None


def _byte(letter: str) -> bytes:
    """Windows-1252 leaves five bytes without a letter; programs write the control character of that number instead."""
    return bytes([ord(letter)]) if "\x80" <= letter <= "\x9f" else letter.encode("cp1252")


def find(con: duckdb.DuckDBPyConnection, width: int) -> frozenset[int]:
    """Make temp table `mojibake` (before, after) of the spoilt cells of `delivered` and what they mean; returns the positions of the columns that hold any."""
    cells = ", ".join(f"c{position}" for position in range(width))
    wide = " or ".join(f"strlen(c{position}) <> length(c{position})" for position in range(width))
    suspects = con.execute(sql.read("ingest/mojibake_suspect").format(cells=cells, has_wide_letters=wide), {"pattern": PATTERN}).fetchall()
    meant = {text: after for text in dict.fromkeys(text for _, text in suspects) if (after := mended(text)) is not None}
    con.execute(sql.read("ingest/mojibake"), {"before": list(meant), "after": list(meant.values())})
    return frozenset(place for place, text in suspects if text in meant)
