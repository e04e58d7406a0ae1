"""A made-up town's gazetteer: houses, converted houses, blocks, shared houses, homes, shops and streets, as an AddressBase-like file tells of them."""

from dataclasses import dataclass
from random import Random

_FIRST_WORDS = (
    "Mill Church Station Park Victoria Albert Queens Kings York Bridge Chapel North South East West Canal Garden Holly Ash Oak Elm Beech Cedar Maple"
    " Birch Hawthorn Rowan Willow Orchard Meadow Field Spring Well Brook River Lake Moor Heath Hill Castle Abbey Priory Manor Grange Windsor Balmoral"
    " Clarence Cambridge Oxford Durham Lincoln Derby Stafford Warwick Nelson Wellington Cromwell Milton Byron Shelley Keats Tennyson Burns Dickens"
    " St_Johns St_Marys St_Pauls Saint_Annes High Low Upper Nether Back Long Short Broad Green White Black Red Silver Golden"
)
_FIRST = [word.replace("_", " ") for word in _FIRST_WORDS.split()]
_LAST = ("Road", "Street", "Avenue", "Close", "Lane", "Drive", "Terrace", "Crescent", "Grove", "Place", "Way", "Gardens", "Court", "Hill", "View")
_BLOCK = ("House", "Court", "Point", "Heights", "Tower", "Lodge")
_COTTAGE = ("Cottage", "House", "Farm", "Villa", "Lodge")
TOWN = "Marlow Bridge"
_LETTERS = "ABDEFGHJLNPQRSTUWXYZ"


@dataclass(frozen=True)
class Place:
    """One row of the gazetteer, with the parts that the writers of `mess` put together anew."""

    uprn: str
    class_code: str
    parent_uprn: str | None
    saon: str | None
    name: str | None
    number: str | None
    street: str
    postcode: str

    @property
    def address(self) -> str:
        """The address in one line, without the postcode."""
        road = f"{self.number} {self.street}" if self.number else self.street
        return ", ".join(part for part in (self.saon, self.name, road, TOWN) if part).upper()


class _Town:
    def __init__(self, rng: Random) -> None:
        self.rng, self.places, self.next_uprn = rng, list[Place](), 10_000_000_017

    def add(self, class_code: str, at: tuple[str | None, str | None, str | None, str, str], parent: str | None = None) -> str:
        uprn = str(self.next_uprn)
        self.next_uprn += self.rng.randint(1, 9)
        self.places.append(Place(uprn, class_code, parent, *at))
        return uprn


def gazetteer(homes: int, seed: int) -> list[Place]:
    """About so many homes and what stands between them. The same homes and seed give the same town."""
    rng = Random(f"town {seed}")  # noqa: S311 - made-up addresses
    town = _Town(rng)
    roads = [f"{first} {last}" for last in _LAST for first in _FIRST]
    rng.shuffle(roads)
    place = 0
    while len(town.places) < homes * 1.08:
        # A large town has a name twice, in other quarters.
        _street(town, roads[place % len(roads)], place)
        place += 1
    return town.places


def _street(town: _Town, road: str, place: int) -> None:
    rng, house = town.rng, 1
    for stretch in range(rng.randint(1, 3)):
        number = place * 3 + stretch
        postcode = f"ZM{number // 2000 + 1} {number // 200 % 9 + 1}{_LETTERS[number // 20 % 20]}{_LETTERS[number % 20]}"
        if rng.random() < 0.16:
            _block(town, road, postcode, house)
            house += 30
            continue
        for _ in range(rng.randint(12, 40)):
            _house(town, road, postcode, house)
            house += rng.choice((1, 2))


def _house(town: _Town, road: str, postcode: str, house: int) -> None:
    kinds = {_dwelling: 80, _converted: 6, _lettered: 3, _cottage: 3, _shared: 2, _bedsits: 1, _institution: 0.5, _premises: 2.5, _gap: 2}
    kind = town.rng.choices(list(kinds), list(kinds.values()))[0]
    kind(town, str(house), road, postcode)


def _dwelling(town: _Town, number: str, road: str, postcode: str) -> None:
    town.add(town.rng.choice(("RD02", "RD03", "RD04", "RD04")), (None, None, number, road, postcode))


def _converted(town: _Town, number: str, road: str, postcode: str) -> None:
    parent = town.add("PP", (None, None, number, road, postcode))
    for flat in range(1, town.rng.randint(3, 5)):
        town.add("RD06", (f"Flat {flat}", None, number, road, postcode), parent)


def _lettered(town: _Town, number: str, road: str, postcode: str) -> None:
    town.add("RD04", (None, None, number, road, postcode))
    town.add("RD06", (None, None, f"{number}A", road, postcode))


def _cottage(town: _Town, number: str, road: str, postcode: str) -> None:
    town.add("RD02", (None, f"{town.rng.choice(_FIRST)} {town.rng.choice(_COTTAGE)}", None, road, postcode))


def _shared(town: _Town, number: str, road: str, postcode: str) -> None:
    town.add("RH03", (None, None, number, road, postcode))


def _bedsits(town: _Town, number: str, road: str, postcode: str) -> None:
    parent = town.add("RH01", (None, None, number, road, postcode))
    for room in range(1, town.rng.randint(4, 8)):
        town.add("RH02", (f"Room {room}", None, number, road, postcode), parent)


def _institution(town: _Town, number: str, road: str, postcode: str) -> None:
    name = f"{town.rng.choice(_FIRST)} {town.rng.choice(('Lodge', 'House'))}"
    town.add(town.rng.choice(("RI01", "CH01YH", "CH03")), (None, name, number, road, postcode))


def _premises(town: _Town, number: str, road: str, postcode: str) -> None:
    town.add(town.rng.choice(("CR08", "CO01", "CM02", "CE04")), (None, None, number, road, postcode))
    if town.rng.random() < 0.5:
        town.add("RD06", ("First Floor Flat", None, number, road, postcode))


def _gap(town: _Town, number: str, road: str, postcode: str) -> None:
    """Nothing stands at the number."""


def _block(town: _Town, road: str, postcode: str, house: int) -> None:
    rng = town.rng
    name = f"{rng.choice(_FIRST)} {rng.choice(_BLOCK)}"
    number = str(house) if rng.random() < 0.4 else None
    parent = town.add("PP", (None, name, number, road, postcode))
    for flat in range(1, rng.randint(8, 60)):
        town.add("RD06", (f"Flat {flat}", name, number, road, postcode), parent)
