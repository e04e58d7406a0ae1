"""Forms of one forename that people use for each other; a file apart, since an analyst may add to it."""

import csv
from functools import cache
from importlib.resources import files


@cache
def pairs() -> list[tuple[str, str]]:
    """Name and canonical form, both ASCII capitals; a name may have several, as SAM has SAMUEL and SAMANTHA."""
    found = set()
    with files(__package__).joinpath("nicknames.csv").open(encoding="ascii") as file:
        for row in csv.DictReader(file):
            # The canonical form is its own variant, and bears a mark so that it never equals another group's variant.
            found |= {(name, f"~{row['canonical']}") for name in [row["canonical"], *row["variants"].split()]}
    return sorted(found)
