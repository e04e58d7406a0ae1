"""What a model is learnt from: samples of pairs, EM over one, and what is found so far; apart from matching.estimate, which says what is learnt when."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from matching import blocking, scoring, tables
from matching.comparison import ComparedField
from matching.model import FieldModel, Model
from matching.specification import Specification
from matching.tables import Connection

Floats = NDArray[np.float64]
Levels = dict[str, Floats]
Sample = tuple[NDArray[np.int64], Floats]

# No level is rarer among strangers than this: a value may always be another's by mistake.
_RAREST = 1e-7


@dataclass(slots=True)
class Estimate:
    """What has been found so far, and what it is found from."""

    con: Connection
    specification: Specification
    seed: int
    sample_pairs: int
    record_count: int
    is_blocked: bool
    m: Levels = field(default_factory=dict)
    h: Levels = field(default_factory=dict)
    u: Levels = field(default_factory=dict)
    housemates_per_match: float = 1.0
    housemate_pairs: float = 0.0
    """Pairs of housemates at one address."""
    namesakes_per_address: float = 1.0
    has_numbers: bool = False
    """Whether shared numbers have shown how one person's date of birth is written."""
    random: Sample = field(default_factory=lambda: (np.empty(0, np.int64), np.empty(0)))
    """Patterns and counts of pairs drawn at random, which two sessions look at."""

    def __post_init__(self) -> None:
        self.m = {f.name: np.array(f.kind.m) for f in self.specification.fields}
        self.h = {f.name: np.array(f.kind.h) for f in self.specification.fields}

    def is_by_postcode(self) -> bool:
        """Whether the table's addresses tell no home, so that the postcode stands for it."""
        return "address" in self.m and not self.con.execute("from link_record select count(address_key)").fetchall()[0][0]

    def names_of(self, kinds: tuple[str, ...]) -> frozenset[str]:
        """Names of the fields of these kinds."""
        return self.specification.of_kind(*kinds)


def as_model(found: Estimate, matches: float, housemates: float, trained_date: str = "") -> Model:
    """What has been found, as a model."""
    origin = (found.record_count, trained_date, found.seed, found.specification.sha256())
    return Model(found.specification.name, _fields_of(found), matches, housemates, round(found.namesakes_per_address, 4), *origin)


def drawn(found: Estimate, parts: tuple[str, ...], size_limit: int) -> Sample:
    """Pairs that share the parts, counted up to the whole; a share of the keys is drawn when the whole would be too many pairs."""
    con, link_type = found.con, found.specification.link_type
    tables.make_from(con, "blocking_key", blocking.keyed(parts, link_type))
    tables.make(con, "block")
    query = "select coalesce(sum(record_count::double * (record_count - 1) / 2), 0) from block where record_count <= $limit"
    pairs = con.execute(query, {"limit": size_limit}).fetchall()[0][0]
    per_million = max(1, min(1_000_000, int(1_000_000 * found.sample_pairs / max(pairs, 1))))
    options = {"size_limit": size_limit, "seed": found.seed, "per_million": per_million, "is_link_only": link_type == "link_only"}
    tables.make(con, "candidate_pair", "sampled_pair", options)
    patterns, counts = compared_sample(found, "sampled_pattern")
    return patterns, counts * (1_000_000 / per_million)


def compared_sample(found: Estimate, pattern: str = "pattern") -> Sample:
    """Patterns of the pairs in candidate_pair and how many show each, as `pattern` counts them."""
    table = np.array(scoring.compare(found.con, found.specification, pattern), dtype=np.int64).reshape(-1, 2)
    return table[:, 0], table[:, 1].astype(np.float64)


def fit(
    patterns: NDArray[np.int64],
    counts: Floats,
    fields: list[ComparedField],
    start: list[Levels],
    priors: list[float],
    free: list[set[str]] | list[frozenset[str]],
    *,
    are_shares_free: bool = True,
) -> tuple[list[Levels], Floats]:
    """EM over one sample: level probabilities by class and field, and class shares; `free` names by class the fields it may change."""
    # Imported here: recordlinkage takes seconds, and only estimation needs it.
    from matching import ecm

    ends = np.cumsum([len(f.levels) for f in fields])
    spans = [slice(end - len(f.levels), end) for f, end in zip(fields, ends, strict=True)]
    probabilities = np.array([np.concatenate([levels[f.name] for f in fields]) for levels in start])
    is_free = np.array([[f.name in names for f in fields] for names in free])
    fitted, shares = ecm.fitted(_one_hot(patterns, fields), counts, probabilities, np.array(priors), spans, is_free, are_shares_free)
    return [{f.name: row[span] for f, span in zip(fields, spans, strict=True)} for row in fitted], shares


def _one_hot(patterns: NDArray[np.int64], fields: list[ComparedField]) -> Floats:
    """Patterns x levels; a missing field is all zeros."""
    blocks = [((patterns >> f.shift) & 15)[:, None] == np.arange(1, len(f.levels) + 1) for f in fields]
    return np.concatenate(blocks, axis=1).astype(np.float64)


def _fields_of(found: Estimate) -> dict[str, FieldModel]:
    def levels(probabilities: Floats) -> tuple[float, ...]:
        return tuple(round(max(float(p), _RAREST), 9) for p in probabilities)

    return {
        f.name: FieldModel(f.kind.name, f.levels, levels(found.m[f.name]), levels(found.h[f.name]), levels(found.u[f.name])) for f in found.specification.fields
    }
