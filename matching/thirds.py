"""What a third record says of two: it is both, or it is either but cannot be both, as a record without a date is to a father and his son of one name."""

import os
from math import log2

import numpy as np
from numpy.typing import NDArray

from matching import tables, weights
from matching.model import Model
from matching.specification import Specification
from matching.tables import Connection

Floats = NDArray[np.float64]

# Pairs between these weights are in doubt; a third record counts where it is not much rather somebody else than one of the two.
_LOWEST, _HIGHEST, _LIKELY = -8.0, 12.0, -1.0

# A third record stands beside one of the two where it is surely that person.
_SURE = float(os.environ.get("SURE", "5"))

_COMBINATION = ("pattern", "near_pattern", "far_pattern")


def weigh_thirds(con: Connection, model: Model, specification: Specification, record_count: int) -> int:
    """Make link_scored_pair anew with context_weight added to the pairs in doubt; returns how many pairs and third records were looked at."""
    count = tables.make(con, "third_closed", parameters={"lowest": _LOWEST, "highest": _HIGHEST, "likely": _LIKELY})
    tables.make(con, "third_combination")
    combined = con.sql("from third_combination order by all").fetchnumpy()
    own, near, far = (np.asarray(combined[name], np.uint64) for name in _COMBINATION)
    patterns, place = np.unique(np.concatenate([own, near, far]), return_inverse=True)
    # Which sources hold whom is told by third_overlap.
    m, h = weights.field_weights(patterns, model, tuple(field for field in specification.fields if field.kind.name != "source"))
    sides = place.reshape(3, -1)
    said = together(m[sides], h[sides])
    tables.fill_numbers(con, "third_pattern", dict(zip(_COMBINATION, (own, near, far), strict=True)) | said)
    match, household, unrelated = map(log2, model.priors(record_count))
    tables.make(con, "third_pair", parameters={"match_prior": match - unrelated, "household_prior": household - unrelated})
    tables.make(con, "third_overlap", parameters={"lowest": _LOWEST, "highest": _HIGHEST, "sure": _SURE})
    tables.make(con, "link_scored_pair", "link_scored_pair_with_thirds", {"same_source_weight": _same_source_weight(model)})
    return count


def _same_source_weight(model: Model) -> float:
    """Bits that a further source which holds both takes off."""
    found = model.fields.get("source")
    return min(log2(found.m[0] / found.u[0]), 0.0) * float(os.environ.get("OVER", "1")) if found else 0.0


def together(m: Floats, h: Floats) -> dict[str, Floats]:
    """What the fields of three pairs among three records say together, in bits.

    Each field is told by two of the three pairs, the most and the least alike, since the other follows from them (an ultrametric inequality).

    Args:
        m: pair (own, near, far) x combination x field, log2 of m against u.
        h: the same of h.

    Returns:
        By combination: `all_one`, all three are one person; `all_housemates`, three people of one household; `beside_own`, `beside_near` and `beside_far`,
        the two of that pair are one person and the third is a housemate, the person's own evidence left out.
    """
    order = np.argsort(m, axis=0, kind="stable")
    by_likeness = np.take_along_axis(h, order, axis=0)
    housemates = by_likeness[0] + by_likeness[2]
    beside = {f"beside_{name}": _beside(m, h, order, own).sum(axis=-1) for own, name in enumerate(("own", "near", "far"))}
    return {"all_one": (m.max(axis=0) + m.min(axis=0)).sum(axis=-1), "all_housemates": housemates.sum(axis=-1)} | beside


def _beside(m: Floats, h: Floats, order: NDArray[np.int64], own: int) -> Floats:
    """Of each field what ties the third record to a person of two: the wing that the two, one person, do not already tell."""
    wings = [side for side in range(3) if side != own]
    is_first_liker = m[wings[0]] >= m[wings[1]]
    liker, other = np.where(is_first_liker, h[wings[0]], h[wings[1]]), np.where(is_first_liker, h[wings[1]], h[wings[0]])
    return np.asarray(np.where(order[2] == own, other, np.where(order[0] == own, liker, liker + other - h[own])), np.float64)
