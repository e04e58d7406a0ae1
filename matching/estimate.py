"""Estimate a model without labels: each part from the sample in which EM can see it, since one EM over all pairs collapses.

What selected a sample is left out of its fields, so all samples speak of one model; matching.sessions lists them.
"""

from collections.abc import Callable
from datetime import date
from importlib import import_module
from threading import Thread

import numpy as np

from matching import tables
from matching.comparison import ComparedField
from matching.model import FieldModel, Model
from matching.priors import priors
from matching.samples import Estimate, Floats, Sample, as_model, compared_sample, drawn, fit
from matching.sessions import SAME_NUMBER, SESSIONS, Session, undated
from matching.specification import Specification
from matching.tables import Connection

# A sample of fewer pairs teaches nothing that the start does not know better.
_FEWEST_PAIRS = 30

FEWEST_RECORDS = 100

# Levels of the address from here up speak of one home.
_AT_HOME = 3

# Where fewer of the pairs at one address are housemates, the table holds no households.
_HOUSEHOLDS = 0.2

# Housemates share a forename hardly more often than strangers do; a father and his son now and then.
_NAMESAKES = 0.003

# A surname with more records is not rare.
_RARE_SURNAME = 60

# Where few forenames serve a whole country, housemates share one half as often as strangers: not those of two sexes, nor children of one family.
_SHARED = 0.5

# With so many pairs of one number, what they show of dates is better than what one name at one address shows: that may be a father and his son.
_ENOUGH_PAIRS = 300


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
    is_dated = bool(found.names_of(("birth_date",)))
    for session in (*(() if is_dated else undated(frozenset(specification.by_name))), *SESSIONS):
        if all(found.names_of((kind,)) for kind in session.needs) and not (session.is_without_numbers and found.has_numbers):
            progress(session.name)
            _run(found, session, drawn(found, session.parts, session.size_limit))
    _rare_surname(found)
    _unrelated_again(found)
    progress("priors")
    matches, housemates = priors(found)
    return as_model(found, matches, housemates, trained_date.isoformat())


def untrained(specification: Specification, record_count: int, seed: int, trained_date: date) -> Model:
    """The starting values as a model, for tables too small to learn from: strangers agree on as many values as a few hundred people would."""
    fields = {f.name: FieldModel(f.kind.name, f.levels, f.kind.m, f.kind.h, _start_u(f)) for f in specification.fields}
    return Model(specification.name, fields, 0.5, 0.5, 1.0, record_count, trained_date.isoformat(), seed, specification.sha256())


def _start_u(compared: ComparedField) -> tuple[float, ...]:
    """Strangers differ, as housemates do in what is their own; in what housemates share, nine strangers of ten differ."""
    h = compared.kind.h
    return h if h[0] >= 0.5 else (0.9, *(0.1 * value / sum(h[1:]) for value in h[1:]))


def _unrelated(found: Estimate) -> None:
    """Count u: of pairs drawn at random nearly all are strangers."""
    per_record = max(1, min(found.sample_pairs // found.record_count, found.record_count // 2))
    tables.make(found.con, "candidate_pair", "random_pair", {"seed": found.seed, "pairs_per_record": per_record})
    patterns, counts = found.random = compared_sample(found)
    for compared in found.specification.fields:
        level = (patterns >> compared.shift) & 15
        seen = np.bincount(level, weights=counts, minlength=len(compared.levels) + 1)[1:] + 0.05
        found.u[compared.name] = seen / seen.sum()
        if compared.kind.name == "source":
            # A source that holds one of a household holds the other as it holds anybody.
            found.h[compared.name] = found.u[compared.name]
        if compared.kind.name == "forename":
            found.h[compared.name] = _forename_of_housemates(found.u[compared.name], is_dated=bool(found.names_of(("birth_date",))))


def _forename_of_housemates(u: Floats, *, is_dated: bool) -> Floats:
    """What tells housemates from one person, also in a table where there are no households at all."""
    h: Floats = (1 - _NAMESAKES) * u
    if not is_dated:
        # Where a date of birth parts namesakes this hardly matters.
        h[0] += (1 - _SHARED) * h[-1]
        h[-1] *= _SHARED
    h[-1] += _NAMESAKES
    return h


def _same_number(found: Estimate) -> None:
    """Learn m of everything but the numbers, above all of the date of birth, from pairs that share one. With few such pairs the start's values stand."""
    samples = [drawn(found, (number,), SAME_NUMBER.size_limit) for number in found.specification.numbers]
    if samples:
        patterns, counts = (np.concatenate(parts) for parts in zip(*samples, strict=True))
        _run(found, SAME_NUMBER, (patterns, counts))
        found.has_numbers = counts.sum() >= _ENOUGH_PAIRS


def _run(found: Estimate, session: Session, sample: Sample) -> None:
    """EM over the session's sample; keeps what it may learn."""
    patterns, counts = sample
    fields = [f for f in found.specification.fields if f.kind.name not in session.without and f.name not in session.apart]
    if counts.sum() < _FEWEST_PAIRS or len(fields) < session.fewest_fields:
        return
    classes = [found.m, found.h, found.u][: len(session.shares)]
    names = {f.name for f in fields}
    free = [found.names_of(kinds) & names for kinds in (session.learn_m, session.learn_h, session.learn_u)][: len(session.shares)]
    if session.name == "same_address":
        # First with the forenames of housemates as strangers have them: only where that shows that there are households is there anything to learn of them.
        _, shares = fit(patterns, counts, fields, classes, list(session.shares), [free[0], free[1] - found.names_of(("forename",))])
        if shares[1] < _HOUSEHOLDS:
            free[1] = free[1] - found.names_of(("forename",))
    expected = list(session.shares)
    if session.namesakes_per_housemate is not None:
        namesakes = min(max(found.housemate_pairs * session.namesakes_per_housemate / counts.sum(), 1e-6), 0.5)
        expected = [1 - namesakes, namesakes]
    learnt, shares = fit(patterns, counts, fields, classes, expected, free, are_shares_free=session.namesakes_per_housemate is None)
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
    is_by_postcode = found.is_by_postcode()
    if is_by_postcode:
        # No two records can be told to be of one dwelling: housemates agree on the postcode, as one person's records do.
        found.h["address"] = found.m["address"].copy()
    tables.make(
        found.con, "candidate_pair", "rare_surname_pair", {"seed": found.seed, "per_mille": 1000, "size_limit": _RARE_SURNAME, "is_by_postcode": is_by_postcode}
    )
    _run(found, Session("rare_surname", (), (), ("forename", "surname"), (0.02, 0.78, 0.2), learn_h=("address", "source")), compared_sample(found))
    # One home is written wrong as often for two people as for one: only who has moved out differs.
    m, h = found.m["address"], found.h["address"]
    if is_by_postcode:
        return
    at_home = h[_AT_HOME:].sum() * m[_AT_HOME:] / m[_AT_HOME:].sum()
    found.h["address"] = np.concatenate([h[:_AT_HOME], at_home])


def _unrelated_again(found: Estimate) -> None:
    """Learn u with the few matches and housemates among random pairs told apart, which matters for the exact levels of rare values."""
    few = 2 / found.record_count
    # Company and middle names go with where a family comes from: namesakes have taught them.
    kept = ("company", "middle_names")
    free = {f.name for f in found.specification.fields} - found.names_of(kept)
    (_, _, u), _ = fit(*found.random, list(found.specification.fields), [found.m, found.h, found.u], [few, few, 1 - 2 * few], [set(), set(), free])
    found.u = u
