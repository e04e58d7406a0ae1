"""Estimate a model without labels: each part from the sample in which EM can see it, since one EM over all pairs collapses.

What selected a sample is left out of its fields, so all samples speak of one model (Winkler 1988 for EM; the sessions follow Splink's practice
of one blocking rule a session, with a household class added).
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from matching import blocking, scoring, tables
from matching.comparison import FIELDS, ComparedField
from matching.model import FieldModel, Model
from matching.tables import Connection

Floats = NDArray[np.float64]
Levels = dict[str, Floats]

# Samples of about this many pairs: enough for levels that one pair in a hundred thousand shows.
SAMPLE_PAIRS = 2_000_000

# No level is rarer among strangers than this: a value may always be another's by mistake.
_RAREST = 1e-7

# Numbers are issued and checked elsewhere: how often one is wrong is declared, for where nobody has the same number twice EM would learn it from twins.
NUMBERS = ("nino", "upn")
_NAMES_OF_FIELDS = {f.name for f in FIELDS}

# Fields in which namesakes agree far more often than any two strangers, since a whole name goes with where a family comes from.
_OF_NAMESAKES = {"kin", "middle_names"}

# What EM starts from, from level 1 up; it only has to tell the classes apart.
_MATCH_START: dict[str, tuple[float, ...]] = {
    "forename": (0.03, 0.02, 0.02, 0.02, 0.03, 0.05, 0.01, 0.82),
    "surname": (0.05, 0.02, 0.05, 0.05, 0.83),
    "middle_names": (0.1, 0.1, 0.8),
    "birth_date": (0.002, 0.004, 0.004, 0.03, 0.96),
    "sex": (0.02, 0.98),
    "nino": (0.004, 0.006, 0.99),
    "upn": (0.01, 0.99),
    "address": (0.1, 0.03, 0.02, 0.05, 0.8),
    "age": (0.005, 0.995),
    "kin": (0.5, 0.2, 0.3),
    "reference": (0.02, 0.2, 0.78),
}
_HOUSEHOLD_START: dict[str, tuple[float, ...]] = {
    "forename": (0.9, 0.02, 0.02, 0.02, 0.01, 0.01, 0.01, 0.01),
    "surname": (0.25, 0.01, 0.02, 0.07, 0.65),
    "middle_names": (0.85, 0.1, 0.05),
    "birth_date": (0.97, 0.005, 0.005, 0.01, 0.01),
    "sex": (0.55, 0.45),
    "nino": (0.997, 0.001, 0.002),
    "upn": (0.998, 0.002),
    "address": (0.05, 0.01, 0.02, 0.02, 0.9),
    "age": (0.6, 0.4),
    "kin": (0.3, 0.3, 0.4),
    "reference": (0.7, 0.29, 0.01),
}


@dataclass(slots=True)
class Estimate:
    """Level probabilities found so far, by class and field, and how many housemates an address shows for each match."""

    m: Levels = field(default_factory=lambda: _start(_MATCH_START))
    h: Levels = field(default_factory=lambda: _start(_HOUSEHOLD_START))
    u: Levels = field(default_factory=dict)
    housemates_per_match: float = 1.0
    namesakes_per_address: float = 1.0
    random: tuple[NDArray[np.int64], Floats] = field(default_factory=lambda: (np.empty(0, np.int64), np.empty(0)))
    """Patterns and counts of pairs drawn at random, which two sessions look at."""


def estimate(con: Connection, name: str, seed: int, trained_date: date, progress: Callable[[str], None] = lambda _: None) -> Model:
    """Estimate a model from staging.person_record, labels unseen.

    Args:
        con: a connection whose default database holds staging.person_record.
        name: the model's name.
        seed: of the samples; the same records and seed give the same model.
        trained_date: told in the model; nothing else depends on it.
        progress: told the name of each session.

    Raises:
        ValueError: fewer than 100 records, too few to learn from.
    """
    record_count = blocking.prepare_records(con)
    if record_count < 100:
        raise ValueError(f"{record_count} records are too few to learn a model from; 100 at least, and some thousands to be worth it")
    found = Estimate()
    for session in (_unrelated, _same_number, _same_address, _same_birth_date, _same_name, _rare_surname, _unrelated_again):
        progress(session.__name__.strip("_"))
        session(con, found, seed, record_count)
    progress("priors")
    matches, housemates = _priors(con, found, record_count)
    namesakes = round(found.namesakes_per_address, 4)
    return Model(name, _fields_of(found), matches, housemates, namesakes, record_count, trained_date.isoformat(), seed, definition_sha256())


def definition_sha256() -> str:
    """Hash over what a model is trained with; a model of another definition still loads as long as its levels fit."""
    return sha256(repr((FIELDS, blocking.RULES, _MATCH_START, _HOUSEHOLD_START)).encode()).hexdigest()


def _unrelated(con: Connection, found: Estimate, seed: int, record_count: int) -> None:
    """Count u: of pairs drawn at random nearly all are strangers."""
    patterns, counts = found.random = _random_sample(con, seed, record_count)
    for compared in FIELDS:
        found.u[compared.name] = _shares(patterns, counts, compared)


def _same_number(con: Connection, found: Estimate, seed: int, record_count: int) -> None:
    """Learn m of everything but the numbers, above all of the date of birth: a shared number shows how the same person's date is written twice.

    EM alone cannot tell a father and his son of one name from one person with a wrong date. With few such pairs the start's values stand.
    """
    patterns, counts = _sample(con, "same_number_pair", seed)
    fields = _fields(without=NUMBERS)
    (m, _), _ = _fit(patterns, counts, fields, [found.m, found.h], [0.97, 0.03], [_NAMES_OF_FIELDS, set()])
    found.m |= m


def _same_address(con: Connection, found: Estimate, seed: int, record_count: int) -> None:
    """Learn m of the names, and h of everything but the address: at one address people are themselves or their housemates."""
    patterns, counts = _sample(con, "same_address_pair", seed)
    fields = _fields(without=("address",))
    free = {"forename", "surname", "middle_names", "sex", "age", "reference"}
    (m, h), shares = _fit(patterns, counts, fields, [found.m, found.h], [0.4, 0.6], [free, _NAMES_OF_FIELDS - set(NUMBERS)])
    found.m |= {name: m[name] for name in free}
    found.h |= h
    found.housemates_per_match = float(shares[1] / shares[0])


def _same_birth_date(con: Connection, found: Estimate, seed: int, record_count: int) -> None:
    """Learn m of names and address, movers among them; housemates and strangers as known."""
    patterns, counts = _sample(con, "same_birth_date_pair", seed)
    free = {"forename", "surname", "middle_names", "sex", "address"}
    (m, _, _), _ = _fit(patterns, counts, _fields(without=("birth_date",)), [found.m, found.h, found.u], [0.3, 0.02, 0.68], [free, set(), set()])
    found.m |= {name: m[name] for name in free}


def _same_name(con: Connection, found: Estimate, seed: int, record_count: int) -> None:
    """Learn from namesakes: how common they are, and what company says of them.

    A person who moved keeps some of their company, and namesakes have more in common than any two strangers.
    """
    patterns, counts = _sample(con, "same_name_pair", seed)
    fields = _fields(without=("forename", "surname"))
    (m, _, u), shares = _fit(patterns, counts, fields, [found.m, found.h, found.u], [0.5, 0.05, 0.45], [{"kin"}, set(), _OF_NAMESAKES])
    found.m["kin"] = m["kin"]
    found.u |= {name: u[name] for name in _OF_NAMESAKES}
    further = con.execute("from link_record select sum(further_address_share) * count(*)").fetchall()[0][0]
    found.namesakes_per_address = float(2 * shares[2] * counts.sum() / max(further, 1))


def _rare_surname(con: Connection, found: Estimate, seed: int, record_count: int) -> None:
    """Learn h of the address: people of one rare surname and different forenames are mostly of one household."""
    patterns, counts = _sample(con, "rare_surname_pair", seed)
    fields = _fields(without=("forename", "surname"))
    (h, _), _ = _fit(patterns, counts, fields, [found.h, found.u], [0.8, 0.2], [{"address"}, set()])
    found.h["address"] = h["address"]


def _unrelated_again(con: Connection, found: Estimate, seed: int, record_count: int) -> None:
    """Learn u with the few matches and housemates among random pairs told apart, which matters for the exact levels of rare values."""
    patterns, counts = found.random
    few = 2 / record_count
    (_, _, u), _ = _fit(patterns, counts, list(FIELDS), [found.m, found.h, found.u], [few, few, 1 - 2 * few], [set(), set(), _NAMES_OF_FIELDS - _OF_NAMESAKES])
    found.u = u


def _priors(con: Connection, found: Estimate, record_count: int) -> tuple[float, float]:
    """Matches and housemates a record has: a short EM on the candidate pairs; housemates in proportion, since blocking leaves most of them out."""
    blocking.candidate_pairs(con)
    patterns, counts = _patterns(scoring.compare(con))
    _, shares = _fit(patterns, counts, list(FIELDS), [found.m, found.h, found.u], [0.3, 0.3, 0.4], [set(), set(), set()])
    matches = float(shares[0] * counts.sum() / record_count)
    at_one_address = float(found.m["address"][-1] / found.h["address"][-1])
    return round(matches, 4), round(matches * found.housemates_per_match * at_one_address, 4)


def _random_sample(con: Connection, seed: int, record_count: int) -> tuple[NDArray[np.int64], Floats]:
    per_record = max(1, min(SAMPLE_PAIRS // record_count, record_count // 2))
    tables.make(con, "candidate_pair", "random_pair", {"seed": seed, "pairs_per_record": per_record})
    return _patterns(scoring.compare(con))


def _sample(con: Connection, statement: str, seed: int) -> tuple[NDArray[np.int64], Floats]:
    """The sample's patterns, counted up to the whole; a share of its groups is drawn when the whole would be too many pairs."""
    per_mille = 1000
    pairs = tables.make(con, "candidate_pair", statement, {"seed": seed, "per_mille": 20})
    if pairs * 50 > SAMPLE_PAIRS:
        per_mille = max(1, SAMPLE_PAIRS * 20 // pairs)
    tables.make(con, "candidate_pair", statement, {"seed": seed, "per_mille": per_mille})
    patterns, counts = _patterns(scoring.compare(con))
    return patterns, counts * (1000 / per_mille)


def _patterns(rows: list[tuple[int, int]]) -> tuple[NDArray[np.int64], Floats]:
    table = np.array(rows, dtype=np.int64).reshape(-1, 2)
    return table[:, 0], table[:, 1].astype(np.float64)


def _shares(patterns: NDArray[np.int64], counts: Floats, compared: ComparedField) -> Floats:
    level = (patterns >> compared.shift) & 15
    seen = np.bincount(level, weights=counts, minlength=len(compared.levels) + 1)[1:] + 0.05
    shares: Floats = seen / seen.sum()
    return shares


def _fit(
    patterns: NDArray[np.int64], counts: Floats, fields: list[ComparedField], start: list[Levels], priors: list[float], free: list[set[str]]
) -> tuple[list[Levels], Floats]:
    """EM over one sample: level probabilities by class and field, and class shares; `free` names by class the fields it may change."""
    # Imported here: recordlinkage takes seconds, and only estimation needs it.
    from matching import ecm

    ends = np.cumsum([len(f.levels) for f in fields])
    spans = [slice(end - len(f.levels), end) for f, end in zip(fields, ends, strict=True)]
    probabilities = np.array([np.concatenate([levels[f.name] for f in fields]) for levels in start])
    is_free = np.array([[f.name in names for f in fields] for names in free])
    fitted, shares = ecm.fitted(_one_hot(patterns, fields), counts, probabilities, np.array(priors), spans, is_free)
    return [{f.name: row[span] for f, span in zip(fields, spans, strict=True)} for row in fitted], shares


def _one_hot(patterns: NDArray[np.int64], fields: list[ComparedField]) -> Floats:
    """Patterns x levels; a missing field is all zeros."""
    blocks = [((patterns >> f.shift) & 15)[:, None] == np.arange(1, len(f.levels) + 1) for f in fields]
    return np.concatenate(blocks, axis=1).astype(np.float64)


def _fields(without: tuple[str, ...]) -> list[ComparedField]:
    return [f for f in FIELDS if f.name not in without]


def _start(levels: dict[str, tuple[float, ...]]) -> Levels:
    return {name: np.array(values) for name, values in levels.items()}


def _fields_of(found: Estimate) -> dict[str, FieldModel]:
    def levels(probabilities: Floats) -> tuple[float, ...]:
        return tuple(round(max(float(p), _RAREST), 9) for p in probabilities)

    return {f.name: FieldModel(levels(found.m[f.name]), levels(found.h[f.name]), levels(found.u[f.name])) for f in FIELDS}
