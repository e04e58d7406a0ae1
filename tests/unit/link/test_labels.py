"""Reviewers' answers correct a model: towards what they say, by no more than they weigh, and not at all without them."""

from dataclasses import replace

import numpy as np
import pytest

from matching import labels
from matching.labels import Candidates, Label
from matching.specification import PEOPLE
from pipelines import link


@pytest.fixture(scope="module")
def model():
    return link.read_model("people")


def pattern(**levels):
    """A packed pattern of levels by field, by name or `exact`."""
    packed = 0
    for name, level in levels.items():
        field = PEOPLE.by_name[name]
        packed |= (field.exact if level == "exact" else field.levels.index(level) + 1) << field.shift
    return packed


DOUBTFUL = pattern(forename="exact", surname="exact", address="elsewhere")
SURE = pattern(forename="exact", surname="exact", birth_date="exact", address="dwelling")
STRANGERS = pattern(forename="different", surname="different", address="elsewhere")


@pytest.fixture
def candidates():
    return Candidates([DOUBTFUL, SURE, STRANGERS], np.array([400.0, 3000.0, 5000.0]), PEOPLE.fields, 10_000)


def chance(model, candidates):
    return float(labels.probabilities(model, candidates)[0])


def test_without_labels_the_model_stays_as_it_is(model, candidates):
    found = labels.corrected(model, candidates, [])
    for name, part in model.fields.items():
        assert found.fields[name].m == pytest.approx(part.m, abs=1e-6)
    assert found.matches_per_record == pytest.approx(model.matches_per_record)


@pytest.mark.parametrize(("is_same", "sign"), [(True, 1), (False, -1)])
def test_answers_move_their_pattern_the_way_they_say(model, candidates, is_same, sign):
    found = labels.corrected(model, candidates, [Label(DOUBTFUL, is_same)] * 30)
    moved = chance(found, candidates) - chance(model, candidates)
    assert moved * sign > 0


def test_answers_on_doubtful_pairs_do_not_teach_that_one_person_always_differs(model, candidates):
    found = labels.corrected(model, candidates, [Label(DOUBTFUL, is_same=True)] * 30)
    assert labels.probabilities(found, candidates)[1] > 0.99
    assert labels.probabilities(found, candidates)[2] < 0.01


def test_what_strangers_look_like_is_not_learnt_from_answers(model, candidates):
    found = labels.corrected(model, candidates, [Label(DOUBTFUL, is_same=True)] * 30)
    assert {name: (part.u, part.h) for name, part in found.fields.items()} == {name: (part.u, part.h) for name, part in model.fields.items()}
    assert replace(found, fields=model.fields, matches_per_record=model.matches_per_record) == model


def test_the_figures_tell_of_the_right_side_and_of_the_loss(model, candidates):
    told = labels.figures(model, candidates, [Label(SURE, is_same=True), Label(STRANGERS, is_same=True)], 0.8)
    assert (told["label_count"], told["right_share"]) == (2, 0.5)
    assert told["loss_bits"] > 5
    held_out = labels.held_out(model, candidates, [Label(SURE, is_same=True), Label(STRANGERS, is_same=False)] * 10, 0.8)
    assert (held_out["label_count"], held_out["right_share"]) == (20, 1.0)
