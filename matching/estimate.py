"""Estimate a model without labels: each part from the sample in which EM can see it, since one EM over all pairs collapses.

What selected a sample is left out of its fields, so all samples speak of one model (Winkler 1988 for EM; the sessions follow Splink's practice
of one blocking rule a session, with a household class added).
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from matching import blocking, scoring, tables
from matching.comparison import BY_NAME, FIELDS, ComparedField
from matching.model import FieldModel, Model
from matching.tables import Connection

Floats = NDArray[np.float64]
Levels = dict[str, Floats]

# Samples of about this many pairs: enough for levels that one pair in a hundred thousand shows.
SAMPLE_PAIRS = 2_000_000

# What EM starts from, from level 1 up; it only has to tell the classes apart.
_MATCH_START: dict[str, tuple[float, ...]] = {
    "forename": (0.03, 0.02, 0.02, 0.05, 0.05, 0.01, 0.82),
    "surname": (0.05, 0.02, 0.05, 0.05, 0.83),
    "middle_names": (0.1, 0.1, 0.8),
    "birth_date": (0.02, 0.02, 0.05, 0.91),
    "sex": (0.02, 0.98),
    "nino": (0.02, 0.02, 0.96),
    "upn": (0.02, 0.98),
    "address": (0.1, 0.03, 0.02, 0.05, 0.8),
}
_HOUSEHOLD_START: dict[str, tuple[float, ...]] = {
    "forename": (0.9, 0.02, 0.02, 0.02, 0.02, 0.01, 0.01),
    "surname": (0.25, 0.01, 0.02, 0.07, 0.65),
    "middle_names": (0.85, 0.1, 0.05),
    "birth_date": (0.97, 0.01, 0.01, 0.01),
    "sex": (0.55, 0.45),
    "nino": (0.97, 0.02, 0.01),
    "upn": (0.98, 0.02),
    "address": (0.05, 0.01, 0.02, 0.02, 0.9),
}


@dataclass(slots=True)
class Estimate:
    """Level probabilities found so far, by class and field."""

    m: Levels = field(default_factory=dict)
    h: Levels = field(default_factory=dict)
    u: Levels = field(default_factory=dict)


def estimate(con: Connection, name: str, seed: int, progress: Callable[[str], None] = lambda _: None) -> Model:
    """Estimate a model from staging.person_record, labels unseen.

    Args:
        con: a connection whose default database holds staging.person_record.
        name: the model's name.
        seed: of the samples; the same records and seed give the same model.
        progress: told the name of each session.

    Raises:
        ValueError: fewer than 100 records, too few to learn from.
    """
    record_count = blocking.prepare_records(con)
    if record_count < 100:
        raise ValueError(f"{record_count} records are too few to learn a model from; 100 at least, and some thousands to be worth it")
    found = Estimate()
    for session in (_unrelated, _same_address, _same_birth_date, _same_name, _rare_surname, _unrelated_again):
        progress(session.__name__.strip("_"))
        session(con, found, seed, record_count)
    progress("priors")
    return _with_priors(con, _model(name, found, record_count), record_count)


def _unrelated(con: Connection, found: Estimate, seed: int, record_count: int) -> None:
    """u by counting: of pairs drawn at random nearly all are strangers."""
    patterns, counts = _random_sample(con, seed, record_count)
    for compared in FIELDS:
        found.u[compared.name] = _shares(patterns, counts, compared)


def _same_address(con: Connection, found: Estimate, seed: int, record_count: int) -> None:
    """m and h of everything but the address: at one address people are themselves or their housemates."""
    patterns, counts = _sample(con, "same_address_pair", seed)
    fields = _fields(without=("address",))
    start = [_start(_MATCH_START), _start(_HOUSEHOLD_START)]
    (m, h), _ = _fit(patterns, counts, fields, start, [0.4, 0.6], [set(BY_NAME), set(BY_NAME)])
    found.m, found.h = m, h


def _same_birth_date(con: Connection, found: Estimate, seed: int, record_count: int) -> None:
    """m of names, sex, numbers and address, movers among them; housemates and strangers as known."""
    patterns, counts = _sample(con, "same_birth_date_pair", seed)
    fields = _fields(without=("birth_date",))
    start = [_start(_MATCH_START) | _known(found.m), _start(_HOUSEHOLD_START) | found.h, found.u]
    (m, _, _), _ = _fit(patterns, counts, fields, start, [0.3, 0.02, 0.68], [set(BY_NAME), set(), set()])
    found.m |= {f.name: m[f.name] for f in fields}


def _same_name(con: Connection, found: Estimate, seed: int, record_count: int) -> None:
    """m of the date of birth, and of the address again: here a wrong date does not hide a match."""
    patterns, counts = _sample(con, "same_name_pair", seed)
    fields = _fields(without=("forename", "surname"))
    start = [found.m, _start(_HOUSEHOLD_START) | found.h, found.u]
    (m, _, _), _ = _fit(patterns, counts, fields, start, [0.5, 0.05, 0.45], [{"birth_date", "address"}, set(), set()])
    found.m["address"] = (found.m["address"] + m["address"]) / 2
    found.m["birth_date"] = m["birth_date"]


def _rare_surname(con: Connection, found: Estimate, seed: int, record_count: int) -> None:
    """h of the address: people of one rare surname and different forenames are mostly of one household."""
    patterns, counts = _sample(con, "rare_surname_pair", seed)
    fields = _fields(without=("forename", "surname"))
    start = [_start(_HOUSEHOLD_START) | found.h, found.u]
    (h, _), _ = _fit(patterns, counts, fields, start, [0.8, 0.2], [{"address"}, set()])
    found.h["address"] = h["address"]


def _unrelated_again(con: Connection, found: Estimate, seed: int, record_count: int) -> None:
    """u with the few matches and housemates among random pairs told apart, which matters for the exact levels of rare values."""
    patterns, counts = _random_sample(con, seed, record_count)
    start = [found.m, found.h, found.u]
    few = 2 / record_count
    (_, _, u), _ = _fit(patterns, counts, list(FIELDS), start, [few, few, 1 - 2 * few], [set(), set(), set(BY_NAME)])
    found.u = u


def _with_priors(con: Connection, model: Model, record_count: int) -> Model:
    """How many matches and housemates a record has: a short EM on the candidate pairs, all other pairs being strangers."""
    blocking.candidate_pairs(con)
    patterns, counts = _patterns(scoring.compare(con))
    start = [{name: np.array(getattr(part, letter)) for name, part in model.fields.items()} for letter in "mhu"]
    _, shares = _fit(patterns, counts, list(FIELDS), start, [0.3, 0.3, 0.4], [set(), set(), set()])
    per_record = shares * counts.sum() / record_count
    return replace(model, matches_per_record=round(float(per_record[0]), 4), housemates_per_record=round(float(per_record[1]), 4))


def _random_sample(con: Connection, seed: int, record_count: int) -> tuple[NDArray[np.int64], Floats]:
    per_record = max(1, min(SAMPLE_PAIRS // record_count, record_count // 2))
    tables.make(con, "candidate_pair", "random_pair", {"seed": seed, "pairs_per_record": per_record})
    return _patterns(scoring.compare(con))


def _sample(con: Connection, statement: str, seed: int) -> tuple[NDArray[np.int64], Floats]:
    """The sample's patterns; a share of its groups is drawn when the whole would be too many pairs."""
    per_mille = 1000
    pairs = tables.make(con, "candidate_pair", statement, {"seed": seed, "per_mille": 20})
    if pairs * 50 > SAMPLE_PAIRS:
        per_mille = max(1, SAMPLE_PAIRS * 20 // pairs)
    tables.make(con, "candidate_pair", statement, {"seed": seed, "per_mille": per_mille})
    return _patterns(scoring.compare(con))


def _patterns(rows: list[tuple[int, int]]) -> tuple[NDArray[np.int64], Floats]:
    table = np.array(rows, dtype=np.int64).reshape(-1, 2)
    return table[:, 0], table[:, 1].astype(np.float64)


def _shares(patterns: NDArray[np.int64], counts: Floats, compared: ComparedField) -> Floats:
    level = (patterns >> compared.shift) & 15
    seen = np.bincount(level, weights=counts, minlength=len(compared.levels) + 1)[1:] + 0.5
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


def _known(levels: Levels) -> Levels:
    return dict(levels)


def _model(name: str, found: Estimate, record_count: int) -> Model:
    fields = {
        f.name: FieldModel(*(tuple(round(float(p), 9) for p in levels[f.name]) for levels in (found.m, found.h, found.u))) for f in FIELDS
    }
    return Model(name, fields, 1.0, 1.0, record_count)
