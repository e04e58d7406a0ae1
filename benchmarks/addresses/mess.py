"""Addresses of a gazetteer as partners' systems write them: each with one or two of the things that go wrong, and where it truly is."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from benchmarks.addresses.gazetteer import TOWN, Place

_SHORT = {
    **{"Road": "Rd", "Street": "St", "Avenue": "Ave", "Close": "Cl", "Lane": "Ln", "Drive": "Dr", "Terrace": "Terr", "Crescent": "Cres"},
    **{"Grove": "Gr", "Place": "Pl", "Gardens": "Gdns", "Court": "Ct", "House": "Hse", "Heights": "Hts", "Saint": "St", "View": "Vw"},
}
_KEYS = dict(zip("qwertyuiopasdfghjklzxcvbnm", "wertyuioplsdfghjklkxcvbnmn", strict=True))
_COMMON = {"plain": 30, "short": 18, "swapped": 6, "misspelt": 12, "no_postcode": 6, "wrong_postcode": 6, "no_town": 8, "no_street": 3, "wrong_number": 2}
_OF_FLATS = {"no_flat": 8, "flat_as_letter": 6, "slashed": 4, "flat_last": 4, "no_block": 4}


@dataclass(frozen=True)
class Written:
    """An address as written, the UPRN it truly has (None: what is written names no one home), and what was done to it."""

    address_id: int
    line_1: str
    line_2: str
    line_3: str
    postcode: str
    true_uprn: str | None
    dirt: str

    @property
    def address(self) -> str:
        """All lines in one."""
        return ", ".join(line for line in (self.line_1, self.line_2, self.line_3) if line)


def mess(town: Sequence[Place], count: int, seed: int) -> list[Written]:
    """So many addresses of homes in the town, and one in thirty of places that it does not list."""
    rng = Random(f"mess {seed}")  # noqa: S311 - made-up addresses
    homes = [place for place in town if place.class_code[0] != "P" and place.class_code != "RH01"]
    listed = {(place.saon, place.name, place.number, place.street, place.postcode) for place in town}
    return [_written(rng, number, rng.choice(homes), listed) for number in range(count)]


def _written(rng: Random, number: int, place: Place, listed: set[tuple[str | None, ...]]) -> Written:
    if rng.random() < 1 / 30:
        return _unlisted(rng, number, place, listed)
    ways = _COMMON | (_OF_FLATS if place.saon and place.saon.startswith("Flat") else {})
    dirt = {rng.choices(list(ways), list(ways.values()))[0], *({"short"} if rng.random() < 0.3 else ())}
    truth: str | None = place.uprn
    if "no_flat" in dirt or (dirt & {"no_street", "no_block"} and not (place.number or place.name)):
        truth = None
    if "no_block" in dirt and not place.number:
        dirt.discard("no_block")
    if "wrong_number" in dirt:
        if not place.number or not place.number.isdigit():
            dirt.discard("wrong_number")
        else:
            other = str(int(place.number) + 200)
            place, truth = Place(place.uprn, place.class_code, None, place.saon, place.name, other, place.street, place.postcode), None
    lines, postcode = _lines(rng, place, dirt)
    return Written(number, *lines, postcode, truth, "+".join(sorted(dirt - {"plain"})) or "plain")


def _unlisted(rng: Random, number: int, place: Place, listed: set[tuple[str | None, ...]]) -> Written:
    """A new building in a street of the town, before the gazetteer has it."""
    new = str(rng.randint(300, 900))
    at = (None, None, new, place.street, place.postcode)
    lines, postcode = _lines(rng, Place(place.uprn, "RD04", None, *at), {"short"} if rng.random() < 0.3 else set())
    return Written(number, *lines, postcode, None if at not in listed else place.uprn, "unlisted")


def _lines(rng: Random, place: Place, dirt: set[str]) -> tuple[tuple[str, str, str], str]:
    parts = _parts(_misspelt(rng, place.street) if "misspelt" in dirt else place.street, place, dirt)
    if "swapped" in dirt:
        parts = [TOWN, *parts] if rng.random() < 0.5 else _swapped(parts)
    if "short" in dirt:
        parts = [" ".join(_SHORT.get(word, word) if nth else word for nth, word in enumerate(part.split())) for part in parts]
    if "no_town" not in dirt and TOWN not in parts:
        parts.append(TOWN)
    if rng.random() < 0.15:
        parts = [part.upper() for part in parts]
    return _in_lines(rng, parts), _postcode(rng, place.postcode, dirt)


def _parts(street: str, place: Place, dirt: set[str]) -> list[str]:
    """Flat, name and number with street, as far as they are written."""
    saon, name, number = _numbers(place, dirt)
    if "no_street" in dirt and (number or name):
        street = ""
    parts = [part for part in (saon, name, f"{number or ''} {street}".strip()) if part]
    return [*parts[1:], saon] if "flat_last" in dirt and saon else parts


def _numbers(place: Place, dirt: set[str]) -> tuple[str | None, str | None, str | None]:
    saon = None if "no_flat" in dirt else place.saon
    name = None if "no_block" in dirt else place.name
    flat = saon.split()[1] if saon and saon.startswith("Flat") else ""
    if "flat_as_letter" in dirt and place.number and flat in list("12345678"):
        return None, name, f"{place.number}{chr(64 + int(flat))}"
    if "slashed" in dirt and place.number and flat:
        return None, name, f"{flat}/{place.number}"
    return saon, name, place.number


def _swapped(parts: list[str]) -> list[str]:
    """The street before what is in it: MILL ROAD, 10."""
    number, _, street = parts[-1].partition(" ")
    return [street, number, *parts[:-1]] if number[0].isdigit() and street else [parts[-1], *parts[:-1]]


def _in_lines(rng: Random, parts: list[str]) -> tuple[str, str, str]:
    """One line, or a line a part as far as three go."""
    if rng.random() < 0.5:
        return (", " if rng.random() < 0.7 else " ").join(parts), "", ""
    lines = [*parts[:2], ", ".join(parts[2:]), "", ""]
    return lines[0], lines[1], lines[2]


def _postcode(rng: Random, postcode: str, dirt: set[str]) -> str:
    if "no_postcode" in dirt:
        return ""
    if "wrong_postcode" in dirt:
        place = rng.choice((-1, -2, -3))
        wrong = rng.choice("123456789" if place == -3 else "ABDEFGHJLNPQRSTUWXYZ")
        postcode = postcode[:place] + wrong + (postcode[place + 1 :] if place < -1 else "")
    return postcode.replace(" ", "") if rng.random() < 0.3 else postcode.lower() if rng.random() < 0.1 else postcode


def _misspelt(rng: Random, street: str) -> str:
    first, _, rest = street.partition(" ")
    place = rng.randrange(1, len(first)) if len(first) > 1 else 0
    draw = rng.random()
    if draw < 0.35:
        first = first[:place] + _KEYS.get(first[place].lower(), "e") + first[place + 1 :]
    elif draw < 0.65:
        first = first[:place] + first[place + 1 :]
    elif draw < 0.85 and place + 1 < len(first):
        first = first[:place] + first[place + 1] + first[place] + first[place + 2 :]
    else:
        first = first[:place] + first[place] + first[place:]
    return f"{first} {rest}"
