"""How many matches and housemates a record has: the last that a model learns, from the candidate pairs themselves."""

import numpy as np

from matching import blocking, scoring, tables
from matching.samples import Estimate, as_model, compared_sample, fit

# So many candidate pairs tell the share of matches among them to a thousandth.
_PRIOR_PAIRS = 400_000

# The level of the address, from the first, that says that only the postcode agrees.
_POSTCODE = 2

# Somebody has about three housemates: half as many pairs for each of somebody's records.
_KIN = 1.5

# No class is rarer, by record, than this, so that its share has a logarithm.
_FEWEST = 1e-4

# Steps of EM after which the share of matches hardly moves.
_PRIOR_STEPS = 20


def priors(found: Estimate) -> tuple[float, float]:
    """Matches and housemates a record has: a short EM on the candidate pairs; housemates in proportion, since blocking leaves most of them out."""
    if not found.is_blocked:
        blocking.candidate_pairs(found.con, found.specification.rules, found.specification.link_type)
        tables.rename(found.con, "candidate_pair", "blocked_pair")
    pair_count = found.con.execute("from blocked_pair select count(*)").fetchall()[0][0]
    per_million = max(1, min(1_000_000, int(1_000_000 * _PRIOR_PAIRS / max(pair_count, 1))))
    tables.make(found.con, "candidate_pair", "some_candidate_pair", {"seed": found.seed, "per_million": per_million})
    patterns, counts = compared_sample(found)
    if not len(counts):
        return 0.01, 0.01
    counts = counts * (1_000_000 / per_million)
    nothing: list[set[str]] = [set(), set(), set()]
    _, shares = fit(patterns, counts, list(found.specification.fields), [found.m, found.h, found.u], [0.3, 0.3, 0.4], nothing)
    matches = float(shares[0] * counts.sum() / found.record_count)
    matches = _settled(found, matches, 1_000_000 / per_million / found.record_count)
    housemates = float(shares[1] * counts.sum() / found.record_count)
    is_by_postcode = found.is_by_postcode()
    if "surname" in found.m and (is_by_postcode or ("city" in found.m and "birth_date" not in found.m)):
        housemates = _kin(found, matches, is_by_postcode=is_by_postcode)
    elif not found.names_of(("birth_date", "address")):
        housemates = min(housemates, _KIN * (1 + 2 * matches))
    if is_by_postcode or "address" not in found.m:
        return round(matches, 4), round(housemates, 4)
    at_one_address = float(found.m["address"][-1] / found.h["address"][-1])
    return round(matches, 4), round(matches * found.housemates_per_match * at_one_address, 4)


def _kin(found: Estimate, matches: float, *, is_by_postcode: bool) -> float:
    """Housemates a record has where no home is known: who shares surname and area, or postcode, beyond chance and is not the person again.

    The share of candidate pairs would be far too high, since rules propose pairs because the surname agrees.
    """
    tables.make(found.con, "kin_excess", parameters={"link_type": found.specification.link_type, "is_by_postcode": is_by_postcode})
    excess = found.con.execute("from kin_excess").fetchall()[0][0] or 0.0
    places = [levels["address"][_POSTCODE] if is_by_postcode else levels["city"][-1] for levels in (found.m, found.h)]
    own, others = (levels["surname"][-1] * place for levels, place in zip((found.m, found.h), places, strict=True))
    return max(float(excess / found.record_count - matches * own) / float(others), _FEWEST)


def _settled(found: Estimate, matches: float, records_share: float) -> float:
    """Matches a record has, again by EM, but with names as rare as they are: of candidate pairs of one name most have a common one, and are strangers.

    Args:
        found: what was compared last is a sample of the candidate pairs.
        matches: what to start from.
        records_share: what one pair of the sample stands for, by record.
    """
    model = as_model(found, matches, matches * found.housemates_per_match)
    scoring.score(found.con, model, found.specification, found.record_count)
    weights = found.con.sql("select match_weight as weight from link_scored_pair where not is_vetoed").fetchnumpy()
    against = -np.asarray(weights["weight"], np.float64)
    settled = matches
    for _ in range(_PRIOR_STEPS):
        odds_against = np.exp2(np.clip(against - np.log2(settled / matches), -500, 500))
        settled = max(float((1 / (1 + odds_against)).sum() * records_share), _FEWEST)
    return settled
