"""An address's lines, split into flat, house, street and postcode in the manner of BS 7666, so that two spellings of one place agree."""

import re
from typing import NamedTuple

from pipelines.values.postcodes import embedded, postcode
from pipelines.values.text import folded, words


class Address(NamedTuple):
    """A standardised address. `unit` is the flat and the letter of the house in one spelling, for comparing: flat B at 10 and 10B agree."""

    saon: str | None
    paon: str | None
    street: str | None
    postcode: str | None
    kind: str
    building: str | None
    """The house number without its letter, or the house's name."""
    unit: str | None
    building_name: str | None = None
    """The name of a house that has a number as well: HERON POINT of FLAT 2, HERON POINT, 10 MILL ROAD."""


_ABBREVIATIONS = {
    **{"RD": "ROAD", "ST": "STREET", "STR": "STREET", "AVE": "AVENUE", "AV": "AVENUE", "AVN": "AVENUE", "CL": "CLOSE", "CLO": "CLOSE", "CRES": "CRESCENT"},
    **{"CR": "CRESCENT", "CRS": "CRESCENT", "DR": "DRIVE", "DRV": "DRIVE", "LN": "LANE", "LA": "LANE", "GR": "GROVE", "GRV": "GROVE", "GDNS": "GARDENS"},
    **{"GDN": "GARDENS", "PL": "PLACE", "SQ": "SQUARE", "CT": "COURT", "CRT": "COURT", "TER": "TERRACE", "TERR": "TERRACE", "TCE": "TERRACE", "PK": "PARK"},
    **{"WY": "WAY", "WK": "WALK", "HSE": "HOUSE", "BLDGS": "BUILDINGS", "HTS": "HEIGHTS", "VW": "VIEW", "MT": "MOUNT", "YD": "YARD", "PDE": "PARADE"},
}
_STREET_TYPES = frozenset(_ABBREVIATIONS.values()) - {"HOUSE", "COURT", "BUILDINGS", "HEIGHTS"} | words(
    "HILL ROW MEWS RISE BANK END GREEN FOLD CROFT GATE VALE DALE QUAY WHARF APPROACH BOULEVARD BROW BYWAY CHASE CIRCUS CROSS PATH RIDGE SIDE WALK WYND"
)
_QUARTERS = words("NORTH SOUTH EAST WEST N S E W NE NW SE SW NORTHEAST NORTHWEST SOUTHEAST SOUTHWEST UPPER LOWER EXTENSION")
_BUILDING_WORDS = words("HOUSE COURT BUILDINGS HEIGHTS POINT TOWER LODGE MANSIONS VILLA VILLAS COTTAGE COTTAGES HOSTEL HOME FARM HALL APARTMENTS WORKS MILL")
_NUMBER_WORDS = {"ONE": "1", "TWO": "2", "THREE": "3", "FOUR": "4", "FIVE": "5", "SIX": "6", "SEVEN": "7", "EIGHT": "8", "NINE": "9", "TEN": "10"}

_NO_FIXED_ABODE = re.compile(r"^(NFA|N\.F\.A\.?|(OF )?NO FIXED (ABODE|ADDRESS|ADD)|HOMELESS|ROUGH SLEEP(ER|ING)|SOFA SURFING)\b")
_UNKNOWN = re.compile(
    r"^(UNKNOWN|ADDRESS UNKNOWN|ADDRESS NOT KNOWN|NOT KNOWN|N/?K|N/?A|NONE|TBC|NOT GIVEN|NOT PROVIDED|REFUSED|WITHHELD|REDACTED|SENSITIVE|XX+)\b"
)
_CARE_OF = re.compile(r"^(C/O|C/-|CARE OF|C\.O\.)\s*")
_COMMUNAL = re.compile(
    r"\b(HOSTEL|REFUGE|FOYER|(CARE|NURSING|RESIDENTIAL|CHILDRENS?|RETIREMENT|REST) HOME|NIGHT ?SHELTER|HALLS? OF RESIDENCE|HMP|YOI|PRISON|BARRACKS"
    r"|HOSPITAL|HOTEL|GUEST HOUSE|BED AND BREAKFAST|B ?& ?B|SUPPORTED (HOUSING|LIVING|ACCOMMODATION)"
    r"|APPROVED PREMISES|TEMPORARY ACCOMMODATION|CONVENT|CARAVAN (SITE|PARK))\b"
)
# Streets and public houses bear such words too: Hospital Road is a dwelling's street.
_COMMUNAL_STREET = re.compile(r"\b(HOSTEL|REFUGE|HOSPITAL|HOTEL|PRISON|BARRACKS|CONVENT|FOYER) (" + "|".join(sorted(_STREET_TYPES)) + r")\b")
_UNIT_WORDS = {
    "APARTMENT": "FLAT",
    "APT": "FLAT",
    "FLT": "FLAT",
    "FL": "FLAT",
    "MAISONETTE": "FLAT",
    "STUDIO": "FLAT",
    "RM": "ROOM",
    "BEDSIT": "ROOM",
    "BEDROOM": "ROOM",
}
_UNIT = re.compile(r"^(FLAT|APARTMENT|APT|FLT|FL|MAISONETTE|STUDIO|UNIT|ROOM|RM|BEDSIT|BEDROOM)\s*(?:NO\s*|NUMBER\s*)?([A-Z]?\d+[A-Z]?|[A-Z])(?=$|[\s,])[\s,]*")
_FLOOR = re.compile(
    r"^((?:LOWER |UPPER )?(?:GROUND|FIRST|SECOND|THIRD|TOP|BASEMENT|GARDEN|1ST|2ND|3RD)(?: FLOOR)?(?: (?:FRONT|REAR|LEFT|RIGHT))? FLAT|GFF|FFF|TFF)[\s,]*"
)
_FLOOR_SPELLED = {"GFF": "GROUND FLOOR FLAT", "FFF": "FIRST FLOOR FLAT", "TFF": "TOP FLOOR FLAT"}
_SLASHED = re.compile(r"^(\d+)\s*/\s*(\d+[A-Z]?)\s+(?=[A-Z])")
_NUMBER = re.compile(r"^(?:NO\s+)?(\d+(?:\s*-\s*\d+)?)\s?([A-Z](?![A-Z]))?(?:[\s,]+|$)")
_INNER_NUMBER = re.compile(r"^([A-Z][A-Z &-]*[A-Z]) (\d+(?:/\d+)?[A-Z]?(?: [A-Z].*)?)$")
# What a number behind it counts, rather than a house.
_NUMBERED_THINGS = words(
    "FLAT FLATS APARTMENT APT FLT MAISONETTE STUDIO UNIT ROOM RM BEDSIT BEDROOM BLOCK PLOT FLOOR LEVEL PHASE STAGE NUMBER NO HMP RAF AREA WARD BOX ROUTE"
)
_ODD_SIGN = re.compile(r"[^A-Z0-9,/& -]+")
_MISTYPED_NUMBER = re.compile(r"^(?=[OIL]*\d)(?=\d*[OIL])[\dOIL]{2,}(?=[A-Z]?[\s,])")


def address(line_1: str | None = None, line_2: str | None = None, line_3: str | None = None, code: str | None = None) -> Address:
    """Standardise an address given in one to three lines and a postcode, which may also stand at the end of the lines."""
    lines = [line for line in (folded(line_1), folded(line_2), folded(line_3)) if line.strip(" .,-*")]
    text, found = embedded(re.sub(r"[^A-Z0-9]+$", "", ", ".join(lines).replace("'", "")))
    place = postcode(code) or found
    if _NO_FIXED_ABODE.search(text):
        return Address(None, None, None, place, "no_fixed_abode", None, None)
    if _UNKNOWN.search(text):
        return Address(None, None, None, place, "unknown", None, None)
    saon, paon, street, name = _split(_tidy(_CARE_OF.sub("", text)))
    building, unit = _comparable(saon, paon)
    return Address(saon, paon, street, place, _kind(text, paon), building, unit, name)


def _kind(text: str, paon: str | None) -> str:
    if _CARE_OF.search(text):
        return "care_of"
    if _COMMUNAL.search(_COMMUNAL_STREET.sub("", text)):
        return "communal"
    return "dwelling" if paon else "unknown"


def _tidy(text: str) -> str:
    """Signs dropped, but within a part; commas kept as the bounds of parts."""
    text = _ODD_SIGN.sub(" ", text)
    return re.sub(r"[\s/&-]*,[\s,/&-]*", ", ", " ".join(text.split())).strip(" ,-/&")


def _split(text: str) -> tuple[str | None, str | None, str | None, str | None]:
    """Flat, house, street, and the name of a house that has a number too."""
    saon, rest = _unit_first(text)
    parts = [part for part in rest.split(", ") if part]
    if not parts:
        return saon, None, None, None
    parts = [piece for part in parts for piece in _number_first(part)]
    for place, part in enumerate(parts):
        slashed = _SLASHED.match(part) if saon is None else None
        if slashed:
            saon, part = f"FLAT {slashed.group(1).lstrip('0')}", part[slashed.start(2) :]
        numbered = _numbered(part)
        if numbered:
            paon, street = numbered
            flat, street = _unit_last(street) if saon is None else (saon, street)
            flat = flat or _named_unit(parts[:place]) or _named_unit(parts[place + 1 :])
            return flat, paon, _street(street or _beside(parts, place)), _house_name(parts[:place])
    return *_unnumbered(saon, parts), None


def _number_first(part: str) -> list[str]:
    """CALDERBROOK 10 MILL ROAD or MILL ROAD 10 CALDERBROOK in its pieces, so that a number begins one; anything else in one piece."""
    match = _INNER_NUMBER.match(part)
    if not match or not _NUMBERED_THINGS.isdisjoint(match.group(1).split()):
        return [part]
    before, after = match.group(1), match.group(2)
    flat, road = _unit_first(after.partition(" ")[2])
    return [before, after] if flat or _is_street(road) or _is_street(before) else [part]


def _beside(parts: list[str], place: int) -> str:
    """The street of a house whose number is a part of its own: after it, or before it where lines are swapped (MILL ROAD, 10)."""
    after, before = parts[place + 1 : place + 2], parts[max(place - 1, 0) : place]
    return next((part for part in (*after, *before) if _is_street(part)), ", ".join(after))


def _house_name(before: list[str]) -> str | None:
    """The last part before the number, unless it is a flat or a street."""
    names = [part for part in before[-1:] if not _unit_first(part)[0] and not _is_street(part)]
    return _spelled(names[0]) if names else None


def _unnumbered(saon: str | None, parts: list[str]) -> tuple[str | None, str | None, str | None]:
    """An address without a number: a house's name and a street, or a street alone."""
    if saon is None:
        saon, parts = _named_unit(parts[1:]), parts[:1] + [part for part in parts[1:] if not _unit_first(part)[0]]
    parts = _named_building(parts[0]) + parts[1:]
    if len(parts) > 1 and not _is_street(parts[0]):
        return saon, _spelled(parts[0]), _street(parts[1])
    if len(parts) > 1 and not _is_street(parts[1]) and parts[1].split()[-1] in _BUILDING_WORDS:
        return saon, _spelled(parts[1]), _street(parts[0])
    if _is_street(parts[0]):
        return saon, None, _street(parts[0])
    return saon, _spelled(parts[0]), None


def _named_building(part: str) -> list[str]:
    """HERON POINT MILL ROAD, a building and its street written without a comma, in two; anything else in one."""
    spelled = part.split()
    ends = [place for place, word in enumerate(spelled[:-2], 1) if place > 1 and _ABBREVIATIONS.get(word, word) in _BUILDING_WORDS]
    return [" ".join(spelled[: ends[-1]]), " ".join(spelled[ends[-1] :])] if ends else [part]


def _unit_first(text: str) -> tuple[str | None, str]:
    match = _UNIT.match(text)
    if match:
        return _unit_name(match.group(1), match.group(2)), text[match.end() :]
    match = _FLOOR.match(text)
    if match:
        return _FLOOR_SPELLED.get(match.group(1), match.group(1)), text[match.end() :]
    return None, text


def _unit_last(street: str) -> tuple[str | None, str]:
    """A flat written after the house: 10 FLAT 2 MILL ROAD."""
    return _unit_first(street)


def _named_unit(parts: list[str]) -> str | None:
    """A flat in a part before the numbered one, such as MILL HOUSE, FLAT 2, 10 MILL ROAD."""
    return next((unit for part in parts if (unit := _unit_first(part)[0])), None)


def _unit_name(word: str, number: str) -> str:
    return f"{_UNIT_WORDS.get(word, word)} {number.lstrip('0') or number}"


def _numbered(part: str) -> tuple[str, str] | None:
    part = _MISTYPED_NUMBER.sub(lambda match: match.group().translate(str.maketrans("OIL", "011")), part)
    first, _, rest = part.partition(" ")
    part = f"{_NUMBER_WORDS[first]} {rest}" if first in _NUMBER_WORDS and rest else part
    match = _NUMBER.match(part)
    if not match:
        return None
    number = re.sub(r"\s", "", match.group(1)).lstrip("0") or match.group(1)
    return number + (match.group(2) or ""), part[match.end() :]


def _street(text: str) -> str | None:
    """Words spelled out, without the town that follows where no comma parts them; ST is a saint at the front and before a later kind of street."""
    words = text.strip(" ,-/&").split()
    if not words:
        return None
    spelled = ["ST" if words[0] == "SAINT" else words[0], *(_ABBREVIATIONS.get(word, word) for word in words[1:])]
    last = max((place for place, word in enumerate(spelled) if place and word in _STREET_TYPES), default=0)
    spelled = ["ST" if words[place] == "ST" and place < last else word for place, word in enumerate(spelled)]
    return " ".join(spelled[: _street_end(spelled)])


def _street_end(words: list[str]) -> int:
    """How many words belong to the street: up to the kind of street it is, and the quarter behind that (HIGH STREET NORTH)."""
    types = [place for place, word in enumerate(words) if place and word in _STREET_TYPES]
    if not types:
        return len(words)
    end = types[0]
    while end + 1 < len(words) and words[end + 1] in _STREET_TYPES | _QUARTERS:
        end += 1
    return end + 1


def _spelled(text: str) -> str:
    return " ".join(_ABBREVIATIONS.get(word, word) if place else word for place, word in enumerate(text.split()))


def _is_street(part: str) -> bool:
    words = (_street(part) or "").split()
    return len(words) > 1 and words[-1] in _STREET_TYPES


def _comparable(saon: str | None, paon: str | None) -> tuple[str | None, str | None]:
    """House and unit in one spelling, whether the letter stands at the house number or at the flat."""
    match = re.fullmatch(r"([\d-]+)([A-Z])", paon or "")
    building, letter = (match.group(1), match.group(2)) if match else (paon, None)
    unit = re.sub(r"^(FLAT|UNIT|ROOM) ", "", saon) if saon else None
    return building, " ".join(part for part in (letter, unit) if part) or None
