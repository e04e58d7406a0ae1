"""Two lists of one country's people as a census gives them: names, sex, a year of birth and a parish; no date of birth, no address, no number."""

import random
from itertools import product
from typing import Any

Row = dict[str, Any]

_FIRST_HALVES = ("HAR", "BEN", "WIL", "KOW", "MAR", "DEL", "FER", "NOR", "SHAW", "GRE", "LOM", "TRE", "ALDER", "OSBAL", "CUM", "HUNT", "PICK", "STAN")
_SECOND_HALVES = ("TON", "LEY", "MAN", "SON", "BY", "WELL", "FORD", "SHAW", "BURN", "WICK", "WOOD", "FIELD", "GATE", "STONE", "COTE")
_SURNAMES = ["".join(halves) for halves in product(_FIRST_HALVES, _SECOND_HALVES)]
_FORENAMES = {
    "F": ("MARY", "ELIZABETH", "SARAH", "ANN", "JANE", "HANNAH", "ALICE", "ELLEN", "MARGARET", "EMMA", "MARTHA", "HARRIET", "EDITH", "FLORENCE", "CLARA"),
    "M": ("JOHN", "WILLIAM", "THOMAS", "GEORGE", "JAMES", "JOSEPH", "CHARLES", "HENRY", "ROBERT", "ALFRED", "FREDERICK", "EDWARD", "SAMUEL", "ARTHUR", "DAVID"),
}
_SHORT = {"ELIZABETH": "LIZ", "WILLIAM": "BILL", "ROBERT": "BOB", "FREDERICK": "FRED", "MARGARET": "MAGGIE", "EDWARD": "TED", "THOMAS": "TOM"}

# Of sons and daughters so many bear the forename of the father or mother; of children of one household no two have one.
_INHERITED = 0.06

# How far the year of birth that somebody gives is off.
_YEARS_OFF = (0,) * 14 + (1, 1, -1, -1, 2, -2)


def census(people: int, seed: int, parishes: int = 40, misspelt: float = 0.06) -> dict[str, list[Row]]:
    """Rows of two lists, each with about four fifths of the people, who live in households of one surname; column `person` tells the truth."""
    draw = random.Random(seed)  # noqa: S311 - invented people, no secrets
    lists: dict[str, list[Row]] = {"early": [], "late": []}
    person = 0
    while person < people:
        parish = draw.randrange(parishes)
        places = {"early": parish, "late": draw.randrange(parishes) if draw.random() < 0.15 else parish}
        for one in _household(draw):
            for name, place in places.items():
                if draw.random() < 0.8:
                    lists[name].append({"id": f"{name}-{person}", "person": person, **_miswritten(draw, one, misspelt), "parish": f"Parish {place}"})
            person += 1
    return lists


def _household(draw: random.Random) -> list[Row]:
    """A couple or somebody alone, and children, each of a forename and a middle initial."""
    surname, born, there = _common(draw, _SURNAMES), draw.randrange(1840, 1880), dict[str, str]()
    people: list[Row] = []
    for place in range(draw.choice((1, 2, 2, 3, 4, 5, 6))):
        sex = "MF"[place] if place < 2 else draw.choice("FM")
        year = born + (draw.randrange(-4, 5) if place < 2 else draw.randrange(20, 40))
        forename = _common(draw, _FORENAMES[sex])
        while forename in there.values():
            forename = _common(draw, _FORENAMES[sex])
        if place < 2:
            there[sex] = forename
        elif sex in there and draw.random() < _INHERITED:
            forename = there[sex]
        else:
            there[str(place)] = forename
        people.append({"first": forename, "middle": draw.choice("ABCEHJMRW") if draw.random() < 0.4 else "", "last": surname, "year": year, "gender": sex})
    return people


def _common(draw: random.Random, names: list[str] | tuple[str, ...]) -> str:
    """A name, the first of the list more often than the last."""
    return names[int(len(names) * draw.random() ** 1.7)]


def _miswritten(draw: random.Random, one: Row, misspelt: float) -> Row:
    """The row as somebody heard it: short names, letters, years a little off, an initial or a sex left out."""
    row = dict(one)
    if draw.random() < 0.15:
        row["first"] = _SHORT.get(row["first"], row["first"])
    for name in ("first", "last"):
        if draw.random() < misspelt:
            at = draw.randrange(1, len(row[name]))
            row[name] = row[name][:at] + draw.choice("AEIOLNRST") + row[name][at + 1 :]
    row["year"] += draw.choice(_YEARS_OFF)
    for name, lost in (("middle", 0.3), ("gender", 0.04)):
        if draw.random() < lost:
            row[name] = ""
    return row
