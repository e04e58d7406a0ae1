"""recordlinkage's own ECM and jellyfish hold ours to account where they apply."""

import duckdb
import jellyfish
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching import ecm

capitals = st.text(alphabet="ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=1, max_size=12)


@pytest.fixture(scope="module")
def con():
    with duckdb.connect() as connection:
        yield connection


def test_em_on_counts_agrees_with_recordlinkages_ecm_on_single_pairs():
    from recordlinkage.algorithms.nb_sklearn import ECM

    generator = np.random.default_rng(7)
    is_match = generator.random(40_000) < 0.2
    pairs = np.where(is_match[:, None], generator.random((40_000, 4)) < [0.95, 0.9, 0.8, 0.97], generator.random((40_000, 4)) < [0.05, 0.1, 0.3, 0.02])
    theirs = ECM(init="jaro", max_iter=300, binarize=None, atol=1e-7)
    theirs.fit(pairs.astype(int))
    patterns, counts = np.unique(pairs.astype(int), axis=0, return_counts=True)
    one_hot = np.stack([1 - patterns, patterns], axis=2).reshape(len(patterns), -1).astype(float)
    start = np.array([[0.9, 0.1] * 4, [0.1, 0.9] * 4])
    spans = [slice(i, i + 2) for i in range(0, 8, 2)]
    kernel = ecm.PatternECM(max_iter=300, atol=1e-7).fit_counts(one_hot, counts.astype(float), start, np.array([0.9, 0.1]), spans, np.ones((2, 4), dtype=bool))
    assert np.allclose(np.exp(kernel.feature_log_prob_), np.exp(theirs.feature_log_prob_), atol=2e-3)
    assert np.allclose(np.exp(kernel.class_log_prior_), np.exp(theirs.class_log_prior_), atol=2e-3)


@settings(max_examples=200, deadline=None)
@given(capitals, capitals)
def test_duckdbs_string_distances_are_jellyfishs(con, left: str, right: str):
    found = con.execute("select jaro_winkler_similarity($l, $r), damerau_levenshtein($l, $r), levenshtein($l, $r)", {"l": left, "r": right}).fetchone()
    assert found[0] == pytest.approx(jellyfish.jaro_winkler_similarity(left, right), abs=0.02)
    assert found[1] == jellyfish.damerau_levenshtein_distance(left, right)
    assert found[2] == jellyfish.levenshtein_distance(left, right)


@settings(max_examples=300, deadline=None)
# Few letters make the hardest names: those whose parts repeat.
@given(st.one_of(st.text(alphabet="AB", min_size=4, max_size=12), st.text(alphabet="ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=5, max_size=12)), st.data())
def test_names_a_letter_apart_are_never_cut_off_by_the_cheap_test(name: str, data):
    """The forename and surname levels ask Jaro-Winkler first, since it is ten times faster than the distance."""
    place = data.draw(st.integers(0, len(name) - 1))
    letter = data.draw(st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    for other in (name[:place] + letter + name[place + 1 :], name[:place] + name[place + 1 :], name[:place] + letter + name[place:]):
        assert jellyfish.jaro_winkler_similarity(name, other) > 0.69
