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
    m, h = weights.field_weights(patterns, model, specification.fields)
    is_source = np.array([field.kind.name == "source" for field in specification.fields])
    sides = place.reshape(3, -1)
    said = together(m[sides][:, :, ~is_source], h[sides][:, :, ~is_source])
    # Which sources hold whom is told by third_overlap, so it is left out here.
    said |= dict(zip(("own_source", "near_source", "far_source"), m[sides][:, :, is_source].sum(axis=-1), strict=True))
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

    Each field is told by the two most alike of the three pairs, since the third follows from them: Sue and Suan are as unlike as Sue and Susan, Susan and Suan make
    them. Of a field that one record lacks, the other two tell.

    Args:
        m: pair (own, near, far) x combination x field, log2 of m against u.
        h: the same of h.

    Returns:
        By combination: `all_one`, all three are one person; `all_housemates`, three people of one household; `beside_own`, `beside_near` and `beside_far`,
        the two of that pair are one person and the third is a housemate, the person's own evidence left out.
    """
    is_missing = m == 0
    alike = np.where(is_missing, -np.inf, m)
    least = np.argmin(alike, axis=0)[None]
    is_told = ~is_missing & ~((is_missing.sum(axis=0) == 0) & (np.arange(3)[:, None, None] == least))
    beside = {f"beside_{name}": _beside(alike, h, own).sum(axis=-1) for own, name in enumerate(("own", "near", "far"))}
    return {"all_one": (m * is_told).sum(axis=(0, -1)), "all_housemates": (h * is_told).sum(axis=(0, -1))} | beside


def _beside(alike: Floats, h: Floats, own: int) -> Floats:
    """Of each field what ties the third record to a person of two: the more alike of its pairs with them."""
    first, second = (side for side in range(3) if side != own)
    return np.asarray(np.where(alike[first] >= alike[second], h[first], h[second]), np.float64)
