"""Estimate a model without labels: each part from the sample in which EM can see it, since one EM over all pairs collapses.

What selected a sample is left out of its fields, so all samples speak of one model; matching.sessions lists them.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from importlib import import_module
from threading import Thread

import numpy as np
from numpy.typing import NDArray

from matching import blocking, scoring, tables
from matching.comparison import ComparedField
from matching.model import FieldModel, Model
from matching.sessions import SAME_NUMBER, SESSIONS, Session
from matching.specification import Specification
from matching.tables import Connection

Floats = NDArray[np.float64]
Levels = dict[str, Floats]
Sample = tuple[NDArray[np.int64], Floats]

# No level is rarer among strangers than this: a value may always be another's by mistake.
_RAREST = 1e-7

# A sample of fewer pairs teaches nothing that the start does not know better.
_FEWEST_PAIRS = 30

FEWEST_RECORDS = 100

# So many candidate pairs tell the share of matches among them to a thousandth.
_PRIOR_PAIRS = 400_000

# Steps of EM after which the share of matches hardly moves.
_PRIOR_STEPS = 20

# Levels of the address from here up speak of one home.
_AT_HOME = 3

# Where fewer of the pairs at one address are housemates, the table holds no households.
_HOUSEHOLDS = 0.2

# Housemates share a forename hardly more often than strangers do; a father and his son now and then.
_NAMESAKES = 0.003

# With so many pairs of one number, what they show of dates is better than what one name at one address shows: that may be a father and his son.
_ENOUGH_PAIRS = 300


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

    def names_of(self, kinds: tuple[str, ...]) -> frozenset[str]:
        """Names of the fields of these kinds."""
        return self.specification.of_kind(*kinds)


def estimate(
    con: Connection,
    specification: Specification,
    record_count: int,
    *,
    seed: int,
    trained_date: date,
    sample_pairs: int = 1_000_000,
    is_blocked: bool = False,
    progress: Callable[[str], None] = lambda _: None,
) -> Model:
    """Estimate a model from link_record, labels unseen.

    Args:
        con: a connection on which link_record has been made.
        specification: what is compared, and what proposes pairs.
        record_count: rows of link_record.
        seed: of the samples; the same records and seed give the same model.
        trained_date: told in the model; nothing else depends on it.
        is_blocked: blocked_pair holds the candidate pairs already; they are the same whatever the model.
        sample_pairs: about how many pairs a session looks at: enough for levels that one pair in a hundred thousand shows.
        progress: told the name of each session.

    Raises:
        ValueError: fewer than 100 records, too few to learn from.
    """
    if record_count < FEWEST_RECORDS:
        raise ValueError(f"{record_count} records are too few to learn a model from; {FEWEST_RECORDS} at least, and some thousands to be worth it")
    # recordlinkage takes seconds to import; meanwhile DuckDB works.
    Thread(target=import_module, args=("matching.ecm",), daemon=True).start()
    found = Estimate(con, specification, seed, sample_pairs, record_count, is_blocked)
    progress("unrelated")
    _unrelated(found)
    _same_number(found)
    for session in SESSIONS:
        if all(found.names_of((kind,)) for kind in session.needs) and not (session.is_without_numbers and found.has_numbers):
            progress(session.name)
            _run(found, session, _sample(found, session.parts, session.size_limit))
    _rare_surname(found)
    _unrelated_again(found)
    progress("priors")
    matches, housemates = _priors(found)
    return _model(found, matches, housemates, trained_date.isoformat())


def _model(found: Estimate, matches: float, housemates: float, trained_date: str = "") -> Model:
    """What has been found, as a model."""
    origin = (found.record_count, trained_date, found.seed, found.specification.sha256())
    return Model(found.specification.name, _fields_of(found), matches, housemates, round(found.namesakes_per_address, 4), *origin)


def untrained(specification: Specification, record_count: int, seed: int, trained_date: date) -> Model:
    """The starting values as a model, for tables too small to learn from: strangers agree on as many values as a few hundred people would."""
    fields = {f.name: FieldModel(f.kind.name, f.levels, f.kind.m, f.kind.h, _start_u(f)) for f in specification.fields}
    return Model(specification.name, fields, 0.5, 0.5, 1.0, record_count, trained_date.isoformat(), seed, specification.sha256())


def is_taught(compared: ComparedField, model: Model) -> bool:
    """Whether training changed what one person's two values of the field look like from where it started."""
    return not np.allclose(model.fields[compared.name].m, compared.kind.m, atol=1e-6)


def _start_u(compared: ComparedField) -> tuple[float, ...]:
    """Strangers differ, as housemates do in what is their own; in what housemates share, nine strangers of ten differ."""
    h = compared.kind.h
    return h if h[0] >= 0.5 else (0.9, *(0.1 * value / sum(h[1:]) for value in h[1:]))


def _unrelated(found: Estimate) -> None:
    """Count u: of pairs drawn at random nearly all are strangers."""
    per_record = max(1, min(found.sample_pairs // found.record_count, found.record_count // 2))
    tables.make(found.con, "candidate_pair", "random_pair", {"seed": found.seed, "pairs_per_record": per_record})
    patterns, counts = found.random = _compared(found)
    for compared in found.specification.fields:
        level = (patterns >> compared.shift) & 15
        seen = np.bincount(level, weights=counts, minlength=len(compared.levels) + 1)[1:] + 0.05
        found.u[compared.name] = seen / seen.sum()
        if compared.kind.name == "source":
            # A source that holds one of a household holds the other as it holds anybody.
            found.h[compared.name] = found.u[compared.name]
        if compared.kind.name == "forename":
            # This is what tells housemates from one person, also in a table where there are no households at all.
            found.h[compared.name] = (1 - _NAMESAKES) * found.u[compared.name]
            found.h[compared.name][-1] += _NAMESAKES


def _same_number(found: Estimate) -> None:
    """Learn m of everything but the numbers, above all of the date of birth, from pairs that share one. With few such pairs the start's values stand."""
    samples = [_sample(found, (number,), SAME_NUMBER.size_limit) for number in found.specification.numbers]
    if samples:
        patterns, counts = (np.concatenate(parts) for parts in zip(*samples, strict=True))
        _run(found, SAME_NUMBER, (patterns, counts))
        found.has_numbers = counts.sum() >= _ENOUGH_PAIRS


def _run(found: Estimate, session: Session, sample: Sample) -> None:
    """EM over the session's sample; keeps what it may learn."""
    patterns, counts = sample
    if counts.sum() < _FEWEST_PAIRS:
        return
    fields = [f for f in found.specification.fields if f.kind.name not in session.without]
    classes = [found.m, found.h, found.u][: len(session.shares)]
    names = {f.name for f in fields}
    free = [found.names_of(kinds) & names for kinds in (session.learn_m, session.learn_h, session.learn_u)][: len(session.shares)]
    if session.name == "same_address":
        # First with the forenames of housemates as strangers have them: only where that shows that there are households is there anything to learn of them.
        _, shares = _fit(patterns, counts, fields, classes, list(session.shares), [free[0], free[1] - found.names_of(("forename",))])
        if shares[1] < _HOUSEHOLDS:
            free[1] = free[1] - found.names_of(("forename",))
    expected = list(session.shares)
    if session.namesakes_per_housemate is not None:
        namesakes = min(max(found.housemate_pairs * session.namesakes_per_housemate / counts.sum(), 1e-6), 0.5)
        expected = [1 - namesakes, namesakes]
    learnt, shares = _fit(patterns, counts, fields, classes, expected, free, are_shares_free=session.namesakes_per_housemate is None)
    for known, new, names_free in zip(classes, learnt, free, strict=True):
        known |= {name: new[name] for name in names_free}
    if session.name == "same_address":
        found.housemates_per_match = float(shares[1] / shares[0])
        found.housemate_pairs = float(shares[1] * counts.sum())
    if session.name == "same_name":
        further = found.con.execute("from link_record select sum(further_address_share::double) * count(*)").fetchall()[0][0]
        found.namesakes_per_address = float(2 * shares[2] * counts.sum() / max(further, 1))


def _rare_surname(found: Estimate) -> None:
    """Learn h of the address: people of one rare surname and different forenames are mostly of one household."""
    if not found.names_of(("surname",)) or not found.names_of(("address",)):
        return
    tables.make(found.con, "candidate_pair", "rare_surname_pair", {"seed": found.seed, "per_mille": 1000})
    _run(found, Session("rare_surname", (), (), ("forename", "surname"), (0.02, 0.78, 0.2), learn_h=("address", "source")), _compared(found))
    # One home is written wrong as often for two people as for one: only who has moved out differs.
    m, h = found.m["address"], found.h["address"]
    at_home = h[_AT_HOME:].sum() * m[_AT_HOME:] / m[_AT_HOME:].sum()
    found.h["address"] = np.concatenate([h[:_AT_HOME], at_home])


def _unrelated_again(found: Estimate) -> None:
    """Learn u with the few matches and housemates among random pairs told apart, which matters for the exact levels of rare values."""
    few = 2 / found.record_count
    # Company and middle names go with where a family comes from: namesakes have taught them.
    kept = ("company", "middle_names")
    free = {f.name for f in found.specification.fields} - found.names_of(kept)
    (_, _, u), _ = _fit(*found.random, list(found.specification.fields), [found.m, found.h, found.u], [few, few, 1 - 2 * few], [set(), set(), free])
    found.u = u


def _priors(found: Estimate) -> tuple[float, float]:
    """Matches and housemates a record has: a short EM on the candidate pairs; housemates in proportion, since blocking leaves most of them out."""
    if not found.is_blocked:
        blocking.candidate_pairs(found.con, found.specification.rules, found.specification.link_type)
        tables.rename(found.con, "candidate_pair", "blocked_pair")
    pair_count = found.con.execute("from blocked_pair select count(*)").fetchall()[0][0]
    per_million = max(1, min(1_000_000, int(1_000_000 * _PRIOR_PAIRS / max(pair_count, 1))))
    tables.make(found.con, "candidate_pair", "some_candidate_pair", {"seed": found.seed, "per_million": per_million})
    patterns, counts = _compared(found)
    if not len(counts):
        return 0.01, 0.01
    counts = counts * (1_000_000 / per_million)
    nothing: list[set[str]] = [set(), set(), set()]
    _, shares = _fit(patterns, counts, list(found.specification.fields), [found.m, found.h, found.u], [0.3, 0.3, 0.4], nothing)
    matches = float(shares[0] * counts.sum() / found.record_count)
    matches = _settled(found, matches, 1_000_000 / per_million / found.record_count)
    if "address" not in found.m:
        return round(matches, 4), round(float(shares[1] * counts.sum() / found.record_count), 4)
    at_one_address = float(found.m["address"][-1] / found.h["address"][-1])
    return round(matches, 4), round(matches * found.housemates_per_match * at_one_address, 4)


def _settled(found: Estimate, matches: float, records_share: float) -> float:
    """Matches a record has, again by EM, but with names as rare as they are: of candidate pairs of one name most have a common one, and are strangers.

    Args:
        found: what was compared last is a sample of the candidate pairs.
        matches: what to start from.
        records_share: what one pair of the sample stands for, by record.
    """
    model = _model(found, matches, matches * found.housemates_per_match)
    scoring.score(found.con, model, found.specification, found.record_count)
    weights = found.con.sql("select match_weight as weight from link_scored_pair where not is_vetoed").fetchnumpy()
    against = -np.asarray(weights["weight"], np.float64)
    settled = matches
    for _ in range(_PRIOR_STEPS):
        odds_against = np.exp2(np.clip(against - np.log2(settled / matches), -500, 500))
        settled = max(float((1 / (1 + odds_against)).sum() * records_share), 1e-4)
    return settled


def _sample(found: Estimate, parts: tuple[str, ...], size_limit: int) -> Sample:
    """Pairs that share the parts, counted up to the whole; a share of the keys is drawn when the whole would be too many pairs."""
    con, link_type = found.con, found.specification.link_type
    tables.make_from(con, "blocking_key", blocking.keyed(parts, link_type))
    tables.make(con, "block")
    query = "select coalesce(sum(record_count::double * (record_count - 1) / 2), 0) from block where record_count <= $limit"
    pairs = con.execute(query, {"limit": size_limit}).fetchall()[0][0]
    per_million = max(1, min(1_000_000, int(1_000_000 * found.sample_pairs / max(pairs, 1))))
    options = {"size_limit": size_limit, "seed": found.seed, "per_million": per_million, "is_link_only": link_type == "link_only"}
    tables.make(con, "candidate_pair", "sampled_pair", options)
    patterns, counts = _compared(found, "sampled_pattern")
    return patterns, counts * (1_000_000 / per_million)


def _compared(found: Estimate, pattern: str = "pattern") -> Sample:
    table = np.array(scoring.compare(found.con, found.specification, pattern), dtype=np.int64).reshape(-1, 2)
    return table[:, 0], table[:, 1].astype(np.float64)


def _fit(
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
