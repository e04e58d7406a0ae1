"""EM recovers what patterns were drawn from, and a model is learnt without labels."""

from datetime import date

import numpy as np
import pytest

from matching import blocking, ecm, estimate
from matching.model import Model
from matching.specification import PEOPLE
from tests.support.records import population, staged

DAY = date(2026, 11, 23)


def estimated(con) -> Model:
    """A model of the staged records."""
    return estimate.estimate(con, PEOPLE, blocking.prepare_records(con), seed=3, trained_date=DAY)


def simulated(pairs: int = 60_000):
    """Patterns of three binary-or-ternary fields drawn from two known classes, with their counts."""
    generator = np.random.default_rng(5)
    match = [[0.05, 0.95], [0.1, 0.2, 0.7], [0.02, 0.98]]
    other = [[0.97, 0.03], [0.9, 0.08, 0.02], [0.5, 0.5]]
    is_match = generator.random(pairs) < 0.3
    levels = [np.where(is_match, generator.choice(len(m), pairs, p=m), generator.choice(len(u), pairs, p=u)) for m, u in zip(match, other, strict=True)]
    patterns, counts = np.unique(np.column_stack(levels), axis=0, return_counts=True)
    one_hot = np.concatenate([patterns[:, [i]] == np.arange(len(m)) for i, m in enumerate(match)], axis=1).astype(float)
    return one_hot, counts.astype(float), np.concatenate(match), np.concatenate(other)


SPANS = [slice(0, 2), slice(2, 5), slice(5, 7)]
START = np.array([[0.2, 0.8, 0.2, 0.2, 0.6, 0.2, 0.8], [0.8, 0.2, 0.8, 0.1, 0.1, 0.6, 0.4]])


def test_em_recovers_the_probabilities_patterns_were_drawn_from():
    one_hot, counts, match, other = simulated()
    fitted, shares = ecm.fitted(one_hot, counts, START, np.array([0.5, 0.5]), SPANS, np.ones((2, 3), dtype=bool))
    assert np.allclose(fitted, [match, other], atol=0.02)
    assert np.allclose(shares, [0.3, 0.7], atol=0.02)


def test_em_keeps_what_is_not_free():
    one_hot, counts, match, _ = simulated()
    start = np.array([match, START[1]])
    fitted, _ = ecm.fitted(one_hot, counts, start, np.array([0.5, 0.5]), SPANS, np.array([[False] * 3, [True] * 3]))
    assert np.allclose(fitted[0], match)


def test_a_field_that_is_missing_everywhere_keeps_its_start():
    one_hot, counts, *_ = simulated()
    one_hot[:, SPANS[2]] = 0
    fitted, _ = ecm.fitted(one_hot, counts, START, np.array([0.5, 0.5]), SPANS, np.ones((2, 3), dtype=bool))
    assert np.allclose(fitted[:, SPANS[2]], START[:, SPANS[2]])


@pytest.fixture(scope="module")
def learnt() -> Model:
    with staged(population(2000, seed=101).records) as con:
        return estimated(con)


def test_the_learnt_model_knows_matches_housemates_and_strangers_apart(learnt: Model):
    forename, address, birth_date = (learnt.fields[name] for name in ("forename", "address", "birth_date"))
    assert forename.m[-1] > 0.85 > 0.05 > forename.h[-1]
    assert birth_date.m[-1] > 0.9 > 0.1 > birth_date.h[-1] > birth_date.u[-1]
    assert address.m[-1] > 0.7 > 0.01 > address.u[-1]
    assert address.h[-1] > 0.6


def test_each_fields_levels_share_out_certainty(learnt: Model):
    for part in learnt.fields.values():
        for levels in (part.m, part.h, part.u):
            assert sum(levels) == pytest.approx(1, abs=1e-4)
            assert min(levels) > 0


def test_the_model_tells_where_it_comes_from(learnt: Model):
    assert learnt.trained_record_count > 2000
    assert (learnt.trained_date, learnt.seed, learnt.definition_sha256) == ("2026-11-23", 3, PEOPLE.sha256())


def test_the_same_records_and_seed_give_the_same_model_on_any_number_of_threads():
    records = population(600, seed=101).records
    models = []
    for threads in (1, 2):
        with staged(records, threads=threads) as con:
            models.append(estimated(con))
    assert models[0] == models[1]


def test_too_few_records_are_refused():
    with staged(population(20, seed=1).records) as con, pytest.raises(ValueError, match="too few"):
        estimated(con)


def test_a_model_survives_its_file(learnt: Model):
    assert Model.from_json(learnt.to_json(), PEOPLE.fields) == learnt


def test_a_model_of_other_fields_is_refused(learnt: Model):
    with pytest.raises(ValueError, match="forename"):
        Model.from_json(learnt.to_json().replace('"forename"', '"nickname"'), PEOPLE.fields)


def test_priors_follow_the_number_of_records(learnt: Model):
    small, large = learnt.priors(1_000), learnt.priors(100_000)
    assert small[0] > large[0]
    assert sum(small) == pytest.approx(1)
    assert learnt.priors(1)[0] <= 0.4
