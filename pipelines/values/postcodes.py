"""Postcodes: capitals with one space, letters and digits put right by position, null when no postcode."""

import re
from collections.abc import Callable

from pipelines.values.text import folded

_POSTCODE = re.compile(r"[A-PR-UWYZ][A-HK-Y]?\d[\dA-HJKMNPR-Y]? \d[ABD-HJLNP-UW-Z]{2}")
# Codes that stand for no place: ZZ99 (no fixed abode and abroad) and fillings such as AA1 1AA and XX1 1XX.
_PSEUDO = re.compile(r"ZZ99 .*|AA1 1AA|XX\d+ .*|ZZ1 1ZZ")
# Letters and digits where a postcode has them, whether or not such an area exists: invented ones avoid those that do.
_SHAPED = re.compile(r"[A-Z]{1,2}\d[\dA-Z]? \d[A-Z]{2}")
_FILLING = re.compile(r"ZZ99 .*|([A-Z])\1\d \d\1\1")
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


def shaped(text: str | None) -> str | None:
    """The code with one space if its letters and digits stand as in a postcode, whatever they are; null for fillings such as AA1 1AA. Nothing is mended."""
    value = _NOT_ALPHANUMERIC.sub("", folded(text))
    candidate = f"{value[:-3]} {value[-3:]}"
    return candidate if _SHAPED.fullmatch(candidate) and not _FILLING.fullmatch(candidate) else None


def embedded(line: str, rule: Callable[[str], str | None] = postcode) -> tuple[str, str | None]:
    """A folded address line without the postcode at its end, and that postcode as the rule reads it."""
    match = _EMBEDDED.search(line)
    found = rule(match.group(0)) if match else None
    return (line[: match.start()].rstrip(" ,"), found) if match and found else (line, None)


def _outwards(outward: str) -> list[str]:
    """The outward code as written, then with the first one or two characters read as letters and the rest as digits."""
    readings = [outward]
    for letters in (2, 1):
        head, tail = outward[:letters].translate(_TO_LETTER), outward[letters:]
        readings += [head + tail[:1].translate(_TO_DIGIT) + tail[1:], head + tail.translate(_TO_DIGIT)]
    return readings
