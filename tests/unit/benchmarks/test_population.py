"""The benchmark's population: the same for a seed, people as they live, sources as they differ."""

import numpy as np
import pytest

from benchmarks.linkage import population
from benchmarks.linkage.population_errors import date_mistake, typing
from benchmarks.linkage.population_people import people


@pytest.fixture(scope="module")
def records() -> population.Columns:
    return population.records(population.FOUR_SOURCES, 6_000)


def test_a_seed_gives_the_same_records(records):
    again = population.records(population.FOUR_SOURCES, 6_000)
    assert all(records[name].tolist() == again[name].tolist() for name in records)


def test_another_seed_gives_other_records(records):
    other = population.records(population.FOUR_SOURCES, 6_000, seed=2)
    assert records["surname"].tolist()[:100] != other["surname"].tolist()[:100]


@pytest.mark.parametrize(("setting", "wanted"), [("population", 6_000), ("dense", 6_000)])
def test_about_as_many_records_as_wanted_are_made(setting, wanted):
    made = len(population.records(population.SETTINGS[setting], wanted)["record_id"])
    assert wanted * 0.93 <= made <= wanted * 1.07


def test_record_ids_are_unique_and_order_tells_nothing(records):
    assert len(set(records["record_id"].tolist())) == len(records["record_id"])
    assert (records["person_id"][1:] == records["person_id"][:-1]).mean() < 0.01


def test_each_source_has_its_own_coverage_and_columns(records):
    council = records["source"] == "council"
    assert set(records["source"].tolist()) == {"health", "council", "benefits", "services"}
    has_uprn = np.array([value is not None for value in records["uprn"]])
    assert has_uprn[council].mean() > 0.8
    assert not has_uprn[~council].any()


def test_people_live_in_households_that_share_name_and_address(records):
    kept = (records["source"] == "health") & np.array([value is not None for value in records["house"]])
    homes = {}
    for household, surname in zip(records["household_id"][kept], records["surname"][kept], strict=True):
        homes.setdefault(household, []).append(surname)
    shared = [len(set(names)) < len(names) for names in homes.values() if len(names) > 2]
    assert np.mean(shared) > 0.6


def test_the_dense_setting_is_dense():
    everyone = people(3_000, population.DENSE.mix, np.random.default_rng(1))
    assert np.bincount(everyone.household).mean() > 4
    children = everyone.age < 18
    births = list(zip(everyone.household[children].tolist(), everyone.birth[children].tolist(), strict=True))
    assert len(births) - len(set(births)) > 20  # twins


def test_no_two_siblings_have_one_name():
    everyone = people(3_000, population.FOUR_SOURCES.mix, np.random.default_rng(1))
    children = everyone.age < 15
    named = list(zip(everyone.household[children].tolist(), everyone.forename[children].tolist(), strict=True))
    assert len(named) == len(set(named))


def test_siblings_are_twins_or_at_least_a_year_apart():
    everyone = people(3_000, population.DENSE.mix, np.random.default_rng(1))
    children = np.flatnonzero(everyone.age < 15)
    same = everyone.household[children][1:] == everyone.household[children][:-1]
    apart = np.abs(np.diff(everyone.birth[children]).astype(int))[same]
    assert ((apart == 0) | (apart >= 365)).all()
    assert (apart == 0).any()


@pytest.mark.parametrize("seed", range(40))
def test_a_wrong_date_is_still_a_date(seed):
    found = date_mistake("2008-02-29", np.random.default_rng(seed))
    assert str(np.datetime64(found)) == found


def test_a_typing_mistake_changes_little():
    rng = np.random.default_rng(1)
    assert all(abs(len(typing("HENDERSON", rng)) - 9) <= 1 for _ in range(50))
    assert typing("LI", rng) == "LI"
