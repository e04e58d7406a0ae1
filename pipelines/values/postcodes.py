"""Postcodes: capitals with one space, letters and digits put right by position, null when no postcode."""

import re

from pipelines.values.text import folded

_POSTCODE = re.compile(r"[A-PR-UWYZ][A-HK-Y]?\d[\dA-HJKMNPR-Y]? \d[ABD-HJLNP-UW-Z]{2}")
# Codes that stand for no place: ZZ99 (no fixed abode and abroad) and fillings such as AA1 1AA and XX1 1XX.
_PSEUDO = re.compile(r"ZZ99 .*|AA1 1AA|XX\d+ .*|ZZ1 1ZZ")
_EMBEDDED = re.compile(r"\b([A-Z]{1,2}\d[\dA-Z]?)\s*(\d[A-Z]{2})\s*$")
_NOT_ALPHANUMERIC = re.compile(r"[^A-Z0-9]")
_TO_DIGIT = str.maketrans("OIL", "011")
_TO_LETTER = str.maketrans("015", "OIS")


def postcode(text: str | None) -> str | None:
    """The postcode with one space. O and 0, I and 1 are exchanged where their position leaves no doubt."""
    value = _NOT_ALPHANUMERIC.sub("", folded(text))
    if not 5 <= len(value) <= 7:
        return None
    inward = value[-3:-2].translate(_TO_DIGIT) + value[-2:].translate(_TO_LETTER)
    for outward in _outwards(value[:-3]):
        candidate = f"{outward} {inward}"
        if _POSTCODE.fullmatch(candidate):
            return None if _PSEUDO.fullmatch(candidate) else candidate
    return None


def embedded(line: str) -> tuple[str, str | None]:
    """A folded address line without the postcode at its end, and that postcode."""
    match = _EMBEDDED.search(line)
    found = postcode(match.group(0)) if match else None
    return (line[: match.start()].rstrip(" ,"), found) if match and found else (line, None)


def _outwards(outward: str) -> list[str]:
    """The outward code as written, then with the first one or two characters read as letters and the rest as digits."""
    readings = [outward]
    for letters in (2, 1):
        head, tail = outward[:letters].translate(_TO_LETTER), outward[letters:]
        readings += [head + tail[:1].translate(_TO_DIGIT) + tail[1:], head + tail.translate(_TO_DIGIT)]
    return readings
