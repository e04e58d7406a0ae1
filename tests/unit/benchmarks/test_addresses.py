"""Matching addresses to a gazetteer, held against a made-up town's truth: a wrong home is worse than none."""

from collections import Counter

import pytest

from benchmarks.addresses.gazetteer import gazetteer
from benchmarks.addresses.mess import mess
from benchmarks.addresses.ours import matched
from benchmarks.addresses.quality import quality

SEED = 11


@pytest.fixture(scope="module")
def town():
    return gazetteer(2_000, SEED)


@pytest.fixture(scope="module")
def written(town):
    return mess(town, 4_000, SEED)


@pytest.fixture(scope="module")
def found(town, written):
    return matched(town, written)


def test_of_the_homes_given_hardly_one_in_a_thousand_is_wrong_and_few_addresses_go_without(found, written):
    judged = quality({number: uprn for number, (uprn, _) in found.items()}, written)
    assert judged.precision >= 0.999, judged.wrong_by_dirt
    assert judged.recall >= 0.97, judged.missed_by_dirt


def test_what_names_no_one_home_is_given_none(found, written):
    nowhere = [w for w in written if w.true_uprn is None]
    assert len(nowhere) > 200
    assert Counter(w.dirt for w in nowhere if found.get(w.address_id, (None, ""))[0]).total() <= 1


def test_a_building_whose_flat_is_left_out_is_told_as_one(found, written):
    rounds = [found[w.address_id][1] for w in written if w.dirt.startswith("no_flat") and w.address_id in found]
    assert len(rounds) > 50
    assert set(rounds) == {"building"}


def test_the_dirt_is_real(town, written):
    plain = {p.uprn: p.address for p in town}
    kinds = Counter(kind for w in written for kind in w.dirt.split("+"))
    assert set(kinds) >= {"short", "misspelt", "swapped", "no_postcode", "wrong_postcode", "no_flat", "slashed", "flat_last", "no_street", "unlisted"}
    assert sum(w.address.upper() != plain.get(w.true_uprn) for w in written) > len(written) / 3
