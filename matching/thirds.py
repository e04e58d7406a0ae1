"""What a third record says of two: it is both, or it is either but cannot be both, as a record without a date is to a father and his son of one name."""

from itertools import product
from math import comb, log2

import numpy as np
from numpy.typing import NDArray

from matching import scoring, tables, weights
from matching.model import Model
from matching.specification import Specification
from matching.tables import Connection

Floats = NDArray[np.float64]

# Pairs between these weights are in doubt; a third record counts where it is not much rather somebody else than one of the two. Below `_OPEN` a pair is looked
# at only where some third record is likely both.
_LOWEST, _OPEN, _HIGHEST, _LIKELY = -8.0, -4.0, 12.0, -1.0

# Who is likelier one person than this by the two alone may yet be, by what others say.
HOPEFUL_PROBABILITY = 0.01

# Of a person with fifty records the nearest few say it all; more would make the work grow with their cube.
_MOST_TIES = 12

# A third record stands beside one of the two where it is surely that person.
_SURE = 5.0

# What other records tell overlaps with itself and with the pair's own account, so that a part counts: found on three made-up populations, by the likelihood of
# their truth.
_SHARE_FOR, _ONE_ALONE, _BOTH_ALONE = 0.6, 0.7, 0.4

# More sources than this say no more.
_MOST_SOURCES = 12

_COMBINATION = ("pattern", "near_pattern", "far_pattern")


def weigh_thirds(con: Connection, model: Model, specification: Specification, record_count: int) -> int:
    """Make link_scored_pair anew with context_weight added to the pairs in doubt; returns how many pairs and third records were looked at."""
    tables.make(con, "third_tie", parameters={"likely": _LIKELY, "sure": _SURE, "most_ties": _MOST_TIES})
    tables.make(con, "third_doubt", parameters={"lowest": _LOWEST, "open": _OPEN, "highest": _HIGHEST})
    tables.make(con, "third_started")
    _meet(con, model, specification, record_count)
    count = tables.make(con, "third_closed")
    _fill_patterns(con, model, specification)
    match, household, unrelated = map(log2, model.priors(record_count))
    tables.make(con, "third_said", parameters={"match_prior": match - unrelated, "household_prior": household - unrelated})
    tables.make(con, "lonely_share")
    tables.make(con, "third_holder")
    tables.make(con, "third_standing")
    source = _fill_overlaps(con, model, specification)
    shares = {"share_for": _SHARE_FOR, "one_alone": _ONE_ALONE, "both_alone": _BOTH_ALONE}
    tables.make(con, "third_context", parameters=shares | {"most_sources": _MOST_SOURCES, "source_shift": source})
    tables.make(con, "link_scored_pair", "link_scored_pair_with_thirds")
    return count


def _meet(con: Connection, model: Model, specification: Specification, record_count: int) -> None:
    """Make third_met: pairs that a third record asks of and no rule proposed: a father and his son differ so much that none may, and just that tells."""
    own = ("candidate_pair", "compared_pair", "pattern", "pattern_weight", "link_scored_pair")
    tables.make(con, "third_unmet")
    for name in own:
        tables.rename(con, name, f"kept_{name}")
    tables.rename(con, "third_unmet", "candidate_pair")
    scoring.compare(con, specification)
    scoring.score(con, model, specification, record_count)
    tables.rename(con, "link_scored_pair", "third_met")
    for name in own:
        tables.rename(con, f"kept_{name}", name)


def _fill_patterns(con: Connection, model: Model, specification: Specification) -> None:
    """Make third_pattern: what each combination of three patterns says."""
    tables.make(con, "third_combination")
    combined = con.sql("from third_combination order by all").fetchnumpy()
    own, near, far = (np.asarray(combined[name], np.uint64) for name in _COMBINATION)
    patterns, place = np.unique(np.concatenate([own, near, far]), return_inverse=True)
    m, h = weights.field_weights(patterns, model, specification.fields)
    is_source = np.array([field.kind.name == "source" for field in specification.fields])
    sides = place.reshape(3, -1)
    said = together(m[sides][:, :, ~is_source], h[sides][:, :, ~is_source])
    # Which sources hold whom is told by third_standing, so it is left out here.
    said |= dict(zip(("own_source", "near_source", "far_source"), m[sides][:, :, is_source].sum(axis=-1), strict=True))
    tables.fill_numbers(con, "third_pattern", dict(zip(_COMBINATION, (own, near, far), strict=True)) | said)


def _fill_overlaps(con: Connection, model: Model, specification: Specification) -> int:
    """Make overlap_weight; returns the place in a pattern of whether one source holds both."""
    field = next((field for field in specification.fields if field.kind.name == "source"), None)
    rows = []
    if field:
        part = model.fields[field.name]
        sources = con.execute("from people_unit select count(distinct source)").fetchall()[0][0]
        rows = overlap_weights(sources, part.m[0] + part.m[1])
    columns = {"left_count": "integer", "right_count": "integer", "both_count": "integer", "source_weight": "double"}
    tables.fill(con, "overlap_weight", columns, rows)
    return field.shift if field else 60


def overlap_weights(source_count: int, m: float) -> list[tuple[int, int, int, float]]:
    """What it says for one person, in bits, that so many sources hold the left, the right and both of two.

    Two people are held by sources independently of one another, so that what they share is hypergeometric; one person is held twice by a source with the
    probability that a pair of its records is of one source.

    Args:
        source_count: sources of the table.
        m: how often two records of one person are of one source.
    """
    most = min(source_count, _MOST_SOURCES)
    rows = []
    for left, right in product(range(1, most + 1), repeat=2):
        fewest, few = max(left + right - source_count, 0), min(left, right)
        twice = min(max(left, right) * m, 0.5)
        for both in range(fewest, few + 1):
            # Hypergeometric and binomial, as scipy.stats has them; importing that takes longer than all of this step's Python.
            two = comb(left, both) * comb(source_count - left, right - both) / comb(source_count, right)
            one = comb(few, both) * twice**both * (1 - twice) ** (few - both)
            # Where sources differ in whom they hold, they share more people than by chance: what is shared never speaks for one person.
            rows.append((left, right, both, min(log2(one / two), 0.0 if both else 60.0)))
    return rows


def together(m: Floats, h: Floats) -> dict[str, Floats]:
    """What the fields of three pairs among three records say together, in bits.

    Each field is told by the two most alike of the three pairs, since the third follows from them: Sue is as unlike Suan as two slips from Susan make them.
    Of a field that one record lacks, the other two tell.

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
