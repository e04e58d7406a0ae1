"""The borough's wards: by postcode sector for the most part; some postcodes lie across a ward's boundary, and so do a few homes of one postcode."""

import csv
import io

from pipelines.synthetic.frame import Array, texts

# Invented names, which are no surnames of the borough either. Three wards a district, four sectors a district.
_WARDS = (
    ("Calder North", ("Alderclough", "Beckfold", "Cragfold")),
    ("Calder South", ("Dyerside", "Fernacre", "Gorsefold")),
    ("Calder East", ("Inglemoor", "Kilnfold", "Larkmoor")),
)
_OF_SECTOR = (0, 0, 1, 2)
_ACROSS = "B"
"""Postcodes whose inward letters begin with it lie in the next ward of the district."""
_LETTERS = "ABDEFGHJLNPQRSTUWXYZ"
_FIRST_UPRN = 100_090_000_000
_HOMES_ACROSS = range(3, 9)
"""Homes of the borough's first postcode, ZC1 1AA, that lie across: its houses are the same in every borough."""


def wards(postcode: Array, uprn: Array) -> Array:
    """The ward of each home, null beyond the borough."""
    by_place = {place: ward for place, ward, _ in rows()}
    sectors = [code[:-2] for code in postcode.tolist()]
    return texts(
        [
            by_place.get(number) or by_place.get(code) or by_place.get(sector)
            for number, code, sector in zip(uprn.tolist(), postcode.tolist(), sectors, strict=True)
        ]
    )


def rows() -> list[tuple[str, str, str]]:
    """Place, ward and district of each line of the authority's wards.csv."""
    made: list[tuple[str, str, str]] = []
    for area, (district, names) in enumerate(_WARDS, start=1):
        for sector, ward in enumerate(_OF_SECTOR, start=1):
            following = names[(ward + 1) % len(names)]
            made.append((f"ZC{area} {sector}", names[ward], district))
            made += [(f"ZC{area} {sector}{_ACROSS}{letter}", following, district) for letter in _LETTERS]
    north, (_, second, _) = _WARDS[0]
    return made + [(str(_FIRST_UPRN + 3 * home), second, north) for home in _HOMES_ACROSS]


def text() -> str:
    """The authority's wards.csv."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerows([("place", "ward", "district"), *rows()])
    return out.getvalue()
