"""The council's gazetteer on request: each dwelling with its class and the building it is part of. What was built last year it does not list yet."""

import numpy as np

from pipelines.synthetic import delivery
from pipelines.synthetic.borough import Borough
from pipelines.synthetic.delivery import Rows
from pipelines.synthetic.frame import Array, Columns, Rng, is_filled, length, repeated, stack, take, texts

_UNLISTED = 0.02
_CLASSES = {"hostel": "RI02NC", "care_home": "RI01", "refuge": "RI02", "hmo": "RH03"}


def rows(rng: Rng, borough: Borough) -> Rows:
    """A row a dwelling, and a shell a building of flats."""
    listed = np.flatnonzero(is_filled(borough.dwellings["uprn"]) & (rng.random(length(borough.dwellings)) >= _UNLISTED))
    homes = take(borough.dwellings, listed)
    buildings, parent = _buildings(homes)
    values = stack([_values(homes, _classes(borough)[listed], parent), _values(buildings, repeated("PP", length(buildings)), None)])
    return delivery.rows("gazetteer", values, (), {})


def _classes(borough: Borough) -> Array:
    """Each dwelling's class, by its flat's number and who lives in it."""
    found = texts(["RD06" if flat else "RD04" for flat in borough.dwellings["saon"].tolist()])
    for kind, dwelling in zip(borough.households["kind"].tolist(), borough.households["dwelling"].tolist(), strict=True):
        if kind in _CLASSES:
            found[dwelling] = _CLASSES[kind]
    return found


def _buildings(homes: Columns) -> tuple[Columns, Array]:
    """The buildings that flats are part of, and each home's building by its UPRN."""
    first: dict[tuple[str, str, str], int] = {}
    parent = repeated(None, length(homes))
    for place, (flat, *building) in enumerate(zip(*(homes[name].tolist() for name in ("saon", "paon", "street", "postcode")), strict=True)):
        if flat:
            # Dwellings' numbers are three apart.
            parent[place] = str(int(homes["uprn"][first.setdefault(tuple(building), place)]) + 1)
    found = take(homes, np.array(list(first.values()), dtype=int))
    uprn = texts([str(int(number) + 1) for number in found["uprn"].tolist()])
    return {**found, "uprn": uprn, "saon": repeated(None, len(first))}, parent


def _values(places: Columns, classes: Array, parent: Array | None) -> Columns:
    lines = zip(*(places[name].tolist() for name in ("saon", "paon", "street")), strict=True)
    return {
        "uprn": places["uprn"],
        "parent_uprn": repeated(None, length(places)) if parent is None else parent,
        "class_code": classes,
        "status": repeated("approved", length(places)),
        "address_line_1": texts([_line(*line).upper() for line in lines]),
        "address_line_2": texts([town.upper() for town in places["town"].tolist()]),
        "address_line_3": repeated(None, length(places)),
        "postcode": places["postcode"],
    }


def _line(flat: str | None, house: str, street: str) -> str:
    road = f"{house} {street}" if house[0].isdigit() else f"{house}, {street}"
    return f"{flat}, {road}" if flat else road
