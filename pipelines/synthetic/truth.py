"""The truth the product never sees: who is who, who lives with whom, what each household really meets, and what its records can show.

`measures` reckons what is met, apart from the product, so that the one can judge the other.
"""

import numpy as np

from pipelines.synthetic.borough import Borough
from pipelines.synthetic.delivery import Rows
from pipelines.synthetic.frame import Array, Columns, repeated, take, texts, where
from pipelines.synthetic.measures import FRAMEWORKS, Flags, birth_is_known, household_any, in_life, in_records, measures, qualifies
from pipelines.synthetic.roles import CHILD, GRANDPARENT, HEAD, NOBODY, PARTNER
from pipelines.synthetic.structures import OUTSIDE
from pipelines.synthetic.wards import wards

_ROLE_NAMES = {HEAD: "adult", PARTNER: "partner", CHILD: "child", GRANDPARENT: "grandparent"}


def tables(borough: Borough, delivered: list[Rows], rows_from: dict[str, Array], files: dict[str, str]) -> dict[str, Columns]:
    """Every truth table of one chunk. `rows_from` gives each source's row numbers in its file."""
    life = measures(borough, in_life(borough))
    shown = measures(borough, in_records(borough, delivered))
    has_child = household_any(borough, borough.people["is_child"])
    known_child = household_any(borough, borough.people["is_child"] & birth_is_known(borough, delivered))
    assessable = np.flatnonzero(has_child & (borough.households["kind"] == "private"))
    return {
        "person": _people(borough),
        "household": _households(borough),
        "appearance": _appearances(borough, delivered, rows_from, files),
        "household_criterion": _criteria(borough, assessable, life, shown),
        "household_framework": _frameworks(borough, assessable, life, shown, known_child),
    }


def _people(borough: Borough) -> Columns:
    people, ids = take(borough.people, np.flatnonzero(borough.people["role"] != NOBODY)), borough.households["household_id"]
    other = people["other_household"]
    role = texts([_ROLE_NAMES[r] for r in people["role"].tolist()])
    role[(people["role"] == CHILD) & ~people["is_child"]] = "adult_child"
    outside = borough.households["kind"][people["household"]] == OUTSIDE
    role[outside] = OUTSIDE
    return {
        "person_id": people["person_id"],
        "household_id": where(outside, None, ids[people["household"]]),
        "other_household_id": where(other >= 0, ids[other], None),
        "forename": people["forename"],
        "middle_names": people["middle_names"],
        "surname": people["surname"],
        "former_surname": people["former_surname"],
        "birth_date": people["birth"].astype("datetime64[D]"),
        "sex": people["sex"],
        "role": role,
        "name_origin": people["community"],
        "is_twin": people["is_twin"],
    }


def _households(borough: Borough) -> Columns:
    homes = borough.dwellings
    frame = take(borough.households, np.flatnonzero(borough.households["kind"] != OUTSIDE))
    index = frame["dwelling"]
    parts = [homes[name][index] for name in ("saon", "paon", "street")]
    return {
        "household_id": frame["household_id"],
        "kind": frame["kind"],
        "structure": frame["structure"],
        "address": texts([", ".join(p for p in line if p) for line in zip(*parts, strict=True)]),
        "postcode": homes["postcode"][index],
        "uprn": homes["uprn"][index],
        "district": homes["district"][index],
        "ward": wards(homes["postcode"][index], homes["uprn"][index]),
        "tenure": frame["tenure"],
        "has_moved": frame["previous_dwelling"] >= 0,
    }


def _appearances(borough: Borough, delivered: list[Rows], rows_from: dict[str, Array], files: dict[str, str]) -> Columns:
    ids = borough.people["person_id"]
    parts: list[Columns] = []
    for rows in delivered:
        for seen in rows.appearances:
            # An incident that names nobody has its row, without a person.
            index = np.flatnonzero((seen.person >= 0) | (seen.role == "nominal"))
            person = seen.person[index]
            parts.append(
                {
                    "source": repeated(rows.source, len(index)),
                    "file_name": repeated(files[rows.source], len(index)),
                    "source_row": rows_from[rows.source][index],
                    "role": repeated(seen.role, len(index)),
                    "person_id": where(person >= 0, ids[person], None),
                    "name_delivered": seen.name[index],
                    "is_fatal": rows.is_fatal[index],
                    "is_duplicate": rows.is_duplicate[index],
                }
            )
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def _criteria(borough: Borough, households: Array, life: Flags, shown: Flags) -> Columns:
    ids = borough.households["household_id"][households]
    pairs = [(framework, criterion, measure) for framework, criteria in FRAMEWORKS.items() for criterion, measure in criteria.items()]
    return {
        "household_id": np.tile(ids, len(pairs)),
        "framework_id": np.repeat(texts([p[0] for p in pairs]), len(ids)),
        "criterion_id": np.repeat(texts([p[1] for p in pairs]), len(ids)),
        "is_met": np.concatenate([life[p[2]][households] for p in pairs]),
        "has_records": np.concatenate([(life[p[2]] & shown[p[2]])[households] for p in pairs]),
    }


def _frameworks(borough: Borough, households: Array, life: Flags, shown: Flags, known_child: Array) -> Columns:
    ids = borough.households["household_id"][households]
    met = {framework: qualifies(framework, life) for framework in FRAMEWORKS}
    proved = {framework: met[framework] & qualifies(framework, shown) & known_child for framework in FRAMEWORKS}
    return {
        "household_id": np.tile(ids, len(FRAMEWORKS)),
        "framework_id": np.repeat(texts(list(FRAMEWORKS)), len(ids)),
        "qualifies": np.concatenate([met[f][households] for f in FRAMEWORKS]),
        "has_records": np.concatenate([proved[f][households] for f in FRAMEWORKS]),
    }
