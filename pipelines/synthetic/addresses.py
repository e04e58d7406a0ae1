"""How sources write an address: in one line or several, short or long, in capitals, with parts left out."""

from pipelines.synthetic.frame import Array, Columns, Rng, texts
from pipelines.synthetic.frame import joined as texts_joined

_SHORT = {"Road": "Rd", "Street": "St", "Avenue": "Ave", "Close": "Cl", "Lane": "Ln", "Drive": "Dr", "Terrace": "Terr", "Crescent": "Cres", "Gardens": "Gdns"}


def first_line(rng: Rng, dwellings: Columns, index: Array, *, short: float, no_flat: float = 0.0, joined: float = 0.0) -> Array:
    """Flat, number and street in one line: "Flat 2, 10 Mill Road", sometimes "10B Mill Rd", sometimes without the flat."""
    saon, paon, street = (dwellings[name][index] for name in ("saon", "paon", "street"))
    draw = rng.random((3, len(index)))
    lines = []
    for s, p, t, is_short, is_bare, is_joined in zip(saon, paon, street, draw[0] < short, draw[1] < no_flat, draw[2] < joined, strict=True):
        road = _shortened(t) if is_short else t
        number = f"{p} {road}" if p[0].isdigit() else f"{p}, {road}"
        if s is None or is_bare:
            lines.append(number)
        elif is_joined and p[0].isdigit():
            lines.append(f"{p}{chr(64 + int(s.split()[1]))} {road}")
        else:
            lines.append(f"{s}, {number}")
    return texts(lines)


def two_lines(rng: Rng, dwellings: Columns, index: Array, *, short: float) -> tuple[Array, Array]:
    """The flat on the first line and the rest on the second; for a house the second line is the town's."""
    whole = first_line(rng, dwellings, index, short=short)
    parts = [line.partition(", ") if line.startswith("Flat") else (line, "", None) for line in whole]
    return texts([part[0] for part in parts]), texts([part[2] for part in parts])


def one_line(rng: Rng, dwellings: Columns, index: Array, *, short: float, no_flat: float = 0.0, joined: float = 0.0) -> Array:
    """The whole address without the postcode."""
    line = first_line(rng, dwellings, index, short=short, no_flat=no_flat, joined=joined)
    return texts_joined(line, ", ", dwellings["town"][index])


def _shortened(street: str) -> str:
    name, _, kind = street.rpartition(" ")
    return f"{name} {_SHORT.get(kind, kind)}"
