"""Where they live: fictional streets, houses, flats and blocks, with UPRNs and postcodes in the sectors of publication.yml."""

from datetime import date

import numpy as np

from pipelines.synthetic import names
from pipelines.synthetic.frame import Array, Columns, Rng, Steady, length, repeated, stack, texts, where
from pipelines.synthetic.people import Span, days
from pipelines.synthetic.structures import LODGER, OUTSIDE, WITH_CHILDREN

TOWN = "Calderbrook"
_OTHER_TOWN = "Marsh End"
_DISTRICTS = ("Calder North", "Calder South", "Calder East")
_LETTERS = "ABDEFGHJLNPQRSTUWXYZ"
_UNITS = len(_LETTERS) ** 2
_SECTORS = [f"ZC{outward} {sector}" for outward in (1, 2, 3) for sector in (1, 2, 3, 4)]
# A county has more postcodes than the borough's twelve sectors hold; these sectors lie in no district.
_OUTLYING = [f"ZC{outward} {sector}" for outward in range(4, 30) for sector in range(1, 10)]
_LAST = ("Road", "Street", "Avenue", "Close", "Lane", "Drive", "Terrace", "Crescent", "Grove", "Place", "Way", "Court", "Gardens", "Hill", "Row", "View")
_BLOCKS = ("House", "Court", "Point", "Heights", "Tower", "Lodge")
_MOVES_A_YEAR = 0.08
_MOVES_BEFORE = 430  # days before the borough was drawn for which moves are known
_GROUP_NAMES = {"hostel": "Calder House Hostel", "care_home": "The Willows Care Home", "refuge": "Haven House", "hmo": None}


def dwellings(rng: Rng, households: Columns, as_of: date, span: Span, first_postcode: int, first_uprn: int) -> tuple[Columns, int]:
    """Dwellings of one chunk and the next free postcode.

    Gives each household its `dwelling`, `previous_dwelling` (-1 for none), `moved_day`, `district` and `tenure`.
    """
    count, group_places = _allot(rng, households)
    frame, next_postcode = _built(rng, count, first_postcode, first_uprn)
    _name_groups(frame, households, group_places)
    households["tenure"] = _tenures(rng, households)
    _move(rng, households, count, as_of, span)
    frame = stack([frame, _elsewhere(rng, households, count)])
    households["district"] = frame["district"][households["dwelling"]]
    return frame, next_postcode


def _allot(rng: Rng, households: Columns) -> tuple[int, Array]:
    """A dwelling for each private household and each group, neighbours somewhat alike in need; three in a hundred stand empty."""
    group, structure = households["group"], households["structure"]
    private = np.flatnonzero((group < 0) & ~np.isin(structure, (LODGER, OUTSIDE)))
    groups = np.unique(group[group >= 0])
    filled = len(private) + len(groups)
    count = filled + max(filled // 33, 5)
    need = np.concatenate([households["need"][private] * 0.7, np.zeros(len(groups))]) + rng.normal(0, 1, filled)
    spots = np.sort(rng.permutation(count)[:filled])
    place = np.empty(filled, dtype=int)
    place[np.argsort(need, kind="stable")] = spots
    dwelling = np.zeros(len(group), dtype=int)
    dwelling[private] = place[: len(private)]
    shared = np.flatnonzero(group >= 0)
    dwelling[shared] = place[len(private) + np.searchsorted(groups, group[shared])]
    lodgers, hosts = np.flatnonzero(structure == LODGER), private[np.isin(structure[private], WITH_CHILDREN)]
    if len(lodgers):
        dwelling[lodgers] = dwelling[rng.choice(hosts if len(hosts) else private, len(lodgers))]
    outside = np.flatnonzero(structure == OUTSIDE)
    dwelling[outside] = count + np.arange(len(outside))
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
    saon, paon = _numbers(number, number + 1 + 40 * (_nth(code) % 2), style, code)
    uprn = texts([str(n) for n in (100_090_000_000 + (first_uprn + np.arange(count)) * 3).tolist()])
    town = repeated(TOWN, count)
    frame = {"saon": saon, "paon": paon, "street": street, "town": town, "postcode": postcode, "district": district, "uprn": uprn}
    return frame, first_postcode + used


def _numbers(number: Array, house: Array, style: Array, code: Array) -> tuple[Array, Array]:
    """Flat and house: 0 for houses, 1 for houses of three flats, 2 for a named block."""
    paon = texts(house.astype(str).tolist())
    saon = repeated(None, len(number))
    converted, block = style == 1, style == 2
    paon[converted] = texts((house // 3 + 1)[converted].astype(str).tolist())
    saon[converted] = texts([f"Flat {n % 3 + 1}" for n in house[converted].tolist()])
    saon[block] = texts([f"Flat {n + 1}" for n in number[block].tolist()])
    words = [row["first_word"] for row in names.rows("streets.csv")]
    paon[block] = texts([f"{words[(c * 7) % len(words)]} {_BLOCKS[c % len(_BLOCKS)]}" for c in code[block].tolist()])
    return saon, paon


def _nth(code: Array) -> Array:
    """The postcode's number within its sector."""
    inside = len(_SECTORS) * _UNITS
    return np.where(code < inside, code // len(_SECTORS), (code - inside) // len(_OUTLYING))


def _places(code: Array) -> tuple[Array, Array, Array]:
    """Postcode, district and street of each postcode number: two postcodes of a sector share a street."""
    words = [row["first_word"] for row in names.rows("streets.csv")]
    distinct, back = np.unique(code, return_inverse=True)
    inside = len(_SECTORS) * _UNITS
    places = []
    for c, n in zip(distinct.tolist(), _nth(distinct).tolist(), strict=True):
        sector = c % len(_SECTORS) if c < inside else (c - inside) % len(_OUTLYING)
        letters = n * 37 % _UNITS
        postcode = f"{_SECTORS[sector] if c < inside else _OUTLYING[sector]}{_LETTERS[letters // 20]}{_LETTERS[letters % 20]}"
        road = n // 2 * 12 + sector
        # No name comes twice in a town: first words run through before a last word comes again.
        street = f"{words[road * 11 % len(words)]} {_LAST[(road // len(words) + road % len(words) * 5) % len(_LAST)]}"
        places.append((postcode, _DISTRICTS[sector // 4] if c < inside else "unplaced", street))
    postcodes, districts, streets = zip(*places, strict=True)
    return texts(postcodes)[back], texts(districts)[back], texts(streets)[back]


def _name_groups(frame: Columns, households: Columns, places: Array) -> None:
    """A hostel, home or refuge stands in its own named building; an HMO is an ordinary house."""
    for i in np.flatnonzero(households["group"] >= 0):
        name = _GROUP_NAMES[households["kind"][i]]
        place = households["dwelling"][i]
        if name is not None:
            frame["saon"][place], frame["paon"][place] = None, name
        elif frame["saon"][place] is not None:
            frame["saon"][place], frame["paon"][place] = None, f"{200 + int(place) % 97}"


def _elsewhere(rng: Rng, households: Columns, count: int) -> Columns:
    """Homes beyond the borough, in a town that no district holds."""
    total = int((households["dwelling"] >= count).sum())
    words = [row["first_word"] for row in names.rows("streets.csv")]
    street = texts(words)[rng.integers(0, len(words), total)] + texts(" Road")
    postcode = texts([f"ZD{n % 4 + 1} {n % 7 + 1}{_LETTERS[n % 20]}{_LETTERS[n // 20 % 20]}" for n in range(total)])
    return {
        "saon": repeated(None, total),
        "paon": texts(rng.integers(1, 120, total).astype(str).tolist()),
        "street": street,
        "town": repeated(_OTHER_TOWN, total),
        "postcode": postcode,
        "district": repeated("unplaced", total),
        "uprn": repeated(None, total),
    }


def _move(rng: Rng, households: Columns, count: int, as_of: date, span: Span) -> None:
    """Who moves, when, and from where: mostly to where another household now lives. Moves after the as-of date have not happened yet."""
    total = length(households)
    day = span.start + rng.integers(-_MOVES_BEFORE, span.after, size=total)
    moves = (rng.random(total) < _MOVES_A_YEAR * (_MOVES_BEFORE + span.after) / 365) & (households["kind"] == "private") & (households["structure"] != LODGER)
    previous = rng.integers(0, count, size=total)
    if isinstance(rng, Steady):
        day, previous, moves = _exchanged(day, previous, moves, households["dwelling"], span)
    moves &= previous != households["dwelling"]
    still_there = moves & (day > days(as_of) - 20)
    households["dwelling"] = np.where(still_there, previous, households["dwelling"])
    moved = moves & ~still_there
    households["previous_dwelling"] = np.where(moved, previous, -1)
    households["moved_day"] = np.where(moved, day, -1)


def _exchanged(day: Array, previous: Array, moves: Array, dwelling: Array, span: Span) -> tuple[Array, Array, Array]:
    """Two who move after the borough was drawn change homes with one another on one day, so that no two families ever live in one home."""
    to_come = np.flatnonzero(moves & (day > span.start - 30))
    to_come = to_come[np.argsort(day[to_come], kind="stable")]
    pairs = to_come[: len(to_come) // 2 * 2].reshape(-1, 2)
    day[pairs[:, 1]] = day[pairs[:, 0]]
    previous[pairs[:, 0]], previous[pairs[:, 1]] = dwelling[pairs[:, 1]], dwelling[pairs[:, 0]]
    moves[to_come[len(pairs) * 2 :]] = False
    return day, previous, moves


def _tenures(rng: Rng, households: Columns) -> Array:
    """Social, private or owned, by need; groups, lodgers and people elsewhere hold no tenancy of their own."""
    need = households["need"]
    draw = rng.random((2, len(need)))
    settled = (households["group"] < 0) & ~np.isin(households["structure"], (LODGER, OUTSIDE))
    social = (draw[0] < 1 / (1 + np.exp(-(1.15 * need - 1.75)))) & settled
    return np.asarray(where(social, "social", where((draw[1] < 0.28) & settled, "private", where(settled, "owned", "none"))), dtype=object)
