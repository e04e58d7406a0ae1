"""wards.csv: the ward and district of places, by UPRN, postcode or postcode sector; every mistake is told with its line and a remedy."""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from pipelines.errors import BadConfiguration
from pipelines.mistakes import nearest
from pipelines.values.postcodes import postcode
from schemas.authority import Geography, WardPlace
from schemas.cohort import UNPLACED

FILE = "wards.csv"
HEADER = ("place", "ward", "district")

_UPRN = re.compile(r"\d{1,12}")
_SECTOR = re.compile(r"[A-Z]{1,2}\d[A-Z\d]? \d")
_SHOWN = 50

Line = tuple[int, list[str]]
Mistake = tuple[int, str]


def read(folder: Path, geography: Geography) -> tuple[WardPlace, ...]:
    """The places of an authority's wards.csv, in the order of the file; none where there is no such file.

    A district must be one of publication.yml. Raises BadConfiguration with every mistake, each with file, line and remedy.
    """
    path = folder / FILE
    return _read(path, path.read_bytes(), _Known(geography)) if path.exists() else ()


class _Known:
    """The geography of publication.yml, as far as wards must agree with it; equal where it says the same."""

    def __init__(self, geography: Geography) -> None:
        self.districts = tuple(sorted(geography.districts))
        self.by_sector = {sector: name for name, sectors in geography.districts.items() for sector in sectors}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Known) and (self.districts, self.by_sector) == (other.districts, other.by_sector)

    def __hash__(self) -> int:
        return hash(self.districts)


@lru_cache(maxsize=8)
def _read(path: Path, content: bytes, known: _Known) -> tuple[WardPlace, ...]:
    """As `read`; a county's file is long and every stage asks again, so it is read once as long as it stays as it is."""
    lines, broken = _lines(content)
    found = list(broken)
    places = tuple(_places(lines, known, found))
    if not lines and not found:
        found.append((1, f"it holds no place; write one in each line under {','.join(HEADER)}, or delete the file where no wards are told"))
    _refuse(path, found)
    return places


def _lines(content: bytes) -> tuple[list[Line], list[Mistake]]:
    """The lines under the header that hold something, with their numbers in the file; or why they cannot be read."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return [], [(1, "it is not UTF-8; save it as CSV UTF-8 and run again")]
    if not text.strip():
        return [], [(1, f"it is empty; write {','.join(HEADER)} in its first line and a place in each line below, or delete the file")]
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = [name.strip().casefold() for name in next(reader)]
        if tuple(header) != HEADER:
            return [], [(1, _wrong_header(text.splitlines()[0]))]
        return [(reader.line_num, fields) for fields in reader if any(field.strip() for field in fields)], []
    except csv.Error:
        return [], [(reader.line_num, "a quotation mark is opened and not closed, or stands within a field; write it twice, or leave it out")]


def _wrong_header(line: str) -> str:
    parted = next((f"; its fields are parted by {name}, save it parted by commas" for mark, name in ((";", "semicolons"), ("\t", "tabs")) if mark in line), "")
    return f"the first line must be {','.join(HEADER)}{parted}"


def _places(lines: Iterable[Line], known: _Known, found: list[Mistake]) -> Iterator[WardPlace]:
    """The places of the lines that are right; what is wrong with the others goes to `found`."""
    seen: dict[str, int] = {}
    spelt: dict[tuple[str, str], tuple[str, int]] = {}
    for number, fields in lines:
        place = _place(fields, known)
        wrong = place if isinstance(place, str) else _not_alone(place, number, seen, spelt)
        if wrong:
            found.append((number, wrong))
        elif isinstance(place, WardPlace):
            yield place


def _place(fields: list[str], known: _Known) -> WardPlace | str:
    """A line's place, or what is wrong with it."""
    if len(fields) != len(HEADER):
        return f"it has {len(fields)} fields; {', '.join(HEADER)} are needed, and a name with a comma stands in quotation marks"
    place, ward, district = (" ".join(field.split()) for field in fields)
    empty = next((name for name, value in zip(HEADER, (place, ward, district), strict=True) if not value), None)
    if empty:
        return f"its {empty} is empty; write it, or leave the line out"
    if ward.casefold() == UNPLACED:
        return f"a ward cannot be called '{ward}': that is what families without a known ward are under; leave the line out"
    if district not in known.districts:
        return f"publication.yml has no district '{district}'; {nearest(district, known.districts)}"
    shape = _shape(place)
    if shape is None:
        return _no_shape(place)
    kind, written = shape
    other = known.by_sector.get(written, district) if kind == "sector" else district
    if other != district:
        return f"sector '{written}' is in district '{other}' in publication.yml and in '{district}' here; mend one of them, or give its postcodes one by one"
    return WardPlace(kind, written, ward, district)


def _shape(place: str) -> tuple[str, str] | None:
    """What kind of place it is, and how it is written in the records."""
    if _UPRN.fullmatch(place):
        digits = place.lstrip("0")
        return ("uprn", digits) if digits else None
    written = place.upper()
    if _SECTOR.fullmatch(written):
        return "sector", written
    code = postcode(written)
    return ("postcode", code) if code and code.replace(" ", "") == written.replace(" ", "") else None


def _no_shape(place: str) -> str:
    code = postcode(place)
    if code:
        return f"'{place}' is no postcode; did you mean '{code}'?"
    if re.fullmatch(r"[\d.,]+(E\+?\d+)?", place.upper()):
        return "this is no UPRN of up to 12 digits; where a spreadsheet has rounded it (1.0002E+11), take it from its source again, as text"
    return f"'{place}' is no UPRN, postcode or postcode sector; write up to 12 digits, ZC1 4AB, or ZC1 4"


def _not_alone(place: WardPlace, number: int, seen: dict[str, int], spelt: dict[tuple[str, str], tuple[str, int]]) -> str | None:
    """What is wrong with a place in view of those before it."""
    first = seen.setdefault(place.place, number)
    if first != number:
        shown = "this UPRN" if place.kind == "uprn" else f"{place.kind} '{place.place}'"
        return f"{shown} stands in line {first} already; leave it in one of them"
    ward, line = spelt.setdefault((place.district, place.ward.casefold()), (place.ward, number))
    return f"ward '{place.ward}' is written '{ward}' in line {line}; write it one way" if ward != place.ward else None


def _refuse(path: Path, found: list[Mistake]) -> None:
    if found:
        lines = [f"{path.name}, line {number}: {message}" for number, message in sorted(found)]
        more = [f"... and {len(lines) - _SHOWN} more."] if len(lines) > _SHOWN else []
        raise BadConfiguration("\n".join([f"{path} has {len(lines)} mistake(s); mend them and run again:", *lines[:_SHOWN], *more]))
