"""Where they live: fictional streets, houses, flats and blocks, with UPRNs and postcodes in the sectors of publication.yml."""

from datetime import date

import numpy as np

from pipelines.synthetic.frame import Array, Columns, Rng, length, repeated, texts
from pipelines.synthetic.people import days

TOWN = "Calderbrook"
_DISTRICTS = ("Calder North", "Calder South", "Calder East")
_LETTERS = "ABDEFGHJLNPQRSTUWXYZ"
_UNITS = len(_LETTERS) ** 2
_SECTORS = [f"ZC{outward} {sector}" for outward in (1, 2, 3) for sector in (1, 2, 3, 4)]
# A county has more postcodes than the borough's twelve sectors hold; these sectors lie in no district.
_OUTLYING = [f"ZC{outward} {sector}" for outward in range(4, 30) for sector in range(1, 10)]
_FIRST = (
    "Mill Church Park Victoria Albert Station Queen King High Chapel School Green Manor Spring Highfield Grove West North South Kiln Weaver Loom Fuller Dyer Shuttle "
    "Moor Heath Bridge Canal Wharf Foundry Forge Quarry Orchard Cherry Rowan Birch Hawthorn Holly Willow Elm Beech Maple Larch Ivy Fern Heather Curlew Plover Lapwing Kestrel "
    "Swallow Heron Kingfisher Nelson Wellington Cromwell Gladstone Balmoral Windsor Clarence Cavendish Devonshire Bolton Whalley Clifton Cemetery Tanner Cooper Saddler Chandler"
).split()
_LAST = ("Road", "Street", "Avenue", "Close", "Lane", "Drive", "Terrace", "Crescent", "Grove", "Place", "Way", "Court", "Gardens", "Hill", "Row", "View")
_BLOCKS = ("House", "Court", "Point", "Heights", "Tower", "Lodge")
MOVED_SHARE = 0.09
_GROUP_NAMES = {"hostel": "Calder House Hostel", "care_home": "The Willows Care Home", "refuge": "Haven House", "hmo": None}


def dwellings(rng: Rng, households: Columns, as_of: date, first_postcode: int, first_uprn: int) -> tuple[Columns, int]:
    """Dwellings of one chunk and the next free postcode; gives each household its `dwelling`, `previous_dwelling` (or -1) and `moved_day`."""
    count, owners = _allot(rng, households)
    frame, next_postcode = _built(rng, count, first_postcode, first_uprn)
    _name_groups(frame, households, owners)
    index = households["dwelling"]
    households["district"] = frame["district"][index]
    _move(rng, households, count, as_of)
    households["tenure"] = _tenures(rng, households)
    return frame, next_postcode


def _allot(rng: Rng, households: Columns) -> tuple[int, Array]:
    """A dwelling for each private household and each group, neighbours somewhat alike in need; three in a hundred stand empty."""
    group = households["group"]
    private = np.flatnonzero(group < 0)
    groups = np.unique(group[group >= 0])
    filled = len(private) + len(groups)
    count = filled + max(filled // 33, 5)
    need = np.concatenate([households["need"][private] * 0.7, np.zeros(len(groups))]) + rng.normal(0, 1, filled)
    spots = np.sort(rng.permutation(count)[:filled])
    place = np.empty(filled, dtype=int)
    place[np.argsort(need, kind="stable")] = spots
    dwelling = np.empty(len(group), dtype=int)
    dwelling[private] = place[: len(private)]
    shared = np.flatnonzero(group >= 0)
    dwelling[shared] = place[len(private) + np.searchsorted(groups, group[shared])]
    households["dwelling"] = dwelling
    return count, place[len(private) :]


def _built(rng: Rng, count: int, first_postcode: int, first_uprn: int) -> tuple[Columns, int]:
    """Dwellings in rows: postcodes of 15 to 40, each a stretch of a street, of houses, of converted houses or a block of flats."""
    sizes = rng.integers(15, 41, size=count // 15 + 2)
    unit = np.repeat(np.arange(len(sizes)), sizes)[:count]
    used = int(unit[-1]) + 1
    number = np.arange(count) - np.searchsorted(unit, unit, side="left")
    style = rng.choice(3, size=used, p=(0.74, 0.12, 0.14))[unit]
    code = first_postcode + unit
    postcode, district, street = _places(code)
    house = number + 1 + 40 * (_nth(code) % 2)
    paon = texts(house.astype(str).tolist())
    saon = repeated(None, count)
    converted, block = style == 1, style == 2
    paon[converted] = (house // 3 + 1)[converted].astype(str).tolist()
    saon[converted] = texts([f"Flat {n % 3 + 1}" for n in house[converted].tolist()])
    saon[block] = texts([f"Flat {n + 1}" for n in number[block].tolist()])
    paon[block] = texts([f"{_FIRST[(c * 7) % len(_FIRST)]} {_BLOCKS[c % len(_BLOCKS)]}" for c in code[block].tolist()])
    uprn = texts([str(n) for n in (100_090_000_000 + (first_uprn + np.arange(count)) * 3).tolist()])
    return {"saon": saon, "paon": paon, "street": street, "postcode": postcode, "district": district, "uprn": uprn}, first_postcode + used


def _nth(code: Array) -> Array:
    """The postcode's number within its sector."""
    inside = len(_SECTORS) * _UNITS
    return np.where(code < inside, code // len(_SECTORS), (code - inside) // len(_OUTLYING))


def _places(code: Array) -> tuple[Array, Array, Array]:
    """Postcode, district and street of each postcode number: two postcodes of a sector share a street."""
    distinct, back = np.unique(code, return_inverse=True)
    nth = _nth(distinct)
    inside = len(_SECTORS) * _UNITS
    postcodes, districts, streets = [], [], []
    for c, n in zip(distinct.tolist(), nth.tolist(), strict=True):
        sector = c % len(_SECTORS) if c < inside else (c - inside) % len(_OUTLYING)
        letters = n * 37 % _UNITS
        postcodes.append(f"{_SECTORS[sector] if c < inside else _OUTLYING[sector]}{_LETTERS[letters // 20]}{_LETTERS[letters % 20]}")
        districts.append(_DISTRICTS[sector // 4] if c < inside else "unplaced")
        road = n // 2 * 12 + sector
        streets.append(f"{_FIRST[road * 11 % len(_FIRST)]} {_LAST[(road // len(_FIRST) + road) % len(_LAST)]}")
    return texts(postcodes)[back], texts(districts)[back], texts(streets)[back]


def _name_groups(frame: Columns, households: Columns, places: Array) -> None:
    """A hostel, home or refuge stands in its own named building; an HMO is an ordinary house."""
    shared = np.flatnonzero(households["group"] >= 0)
    for i in shared:
        name = _GROUP_NAMES[households["kind"][i]]
        place = households["dwelling"][i]
        if name is not None:
            frame["saon"][place], frame["paon"][place] = None, name
        elif frame["saon"][place] is not None:
            frame["saon"][place], frame["paon"][place] = None, f"{200 + int(place) % 97}"


def _move(rng: Rng, households: Columns, count: int, as_of: date) -> None:
    """Who moved within the last fourteen months, from where: mostly to where another household now lives."""
    total = length(households)
    moved = (rng.random(total) < MOVED_SHARE) & np.isin(households["kind"], ("private", "hmo"))
    previous = rng.integers(0, count, size=total)
    moved &= previous != households["dwelling"]
    households["previous_dwelling"] = np.where(moved, previous, -1)
    households["moved_day"] = np.where(moved, days(as_of) - rng.integers(20, 430, size=total), -1)


def _tenures(rng: Rng, households: Columns) -> Array:
    """Social, private or owned, by need; groups never hold a council tenancy of their own."""
    need = households["need"]
    social = (rng.random(len(need)) < 1 / (1 + np.exp(-(1.15 * need - 1.75)))) & (households["group"] < 0)
    private = rng.random(len(need)) < 0.28
    return np.where(social, "social", np.where(private | (households["group"] >= 0), "private", "owned")).astype(object)
