"""Tables without dates of birth, as a census gives them: what one person's values look like is learnt from names, years and places all the same."""

from pathlib import Path
from typing import Any

import pytest

from tests.support.census import census
from tests.support.people_tables import linked, read_json

MODEL = "record_id: id\ncolumns: {forename: first, surname: last, birth_year: year, sex: gender, city: parish}\n"


def judged(folder: Path, rows: Any, model: str = MODEL) -> dict[str, Any]:
    run = linked(folder, rows, model, truth="person")
    return read_json(folder, "quality") | {"messages": run["messages"], "model": read_json(folder, "model")}


@pytest.fixture(scope="module")
def of_two_lists(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return judged(tmp_path_factory.mktemp("census"), census(3000, seed=4))


def test_a_census_without_dates_of_birth_is_linked_well_at_the_default_threshold(of_two_lists: dict[str, Any]):
    assert of_two_lists["default"]["precision"] >= 0.99
    assert of_two_lists["default"]["f1"] >= 0.9
    assert of_two_lists["best"]["f1"] >= 0.96


def test_nearly_all_true_pairs_are_proposed_though_names_and_years_are_miswritten(of_two_lists: dict[str, Any]):
    assert of_two_lists["blocking_recall"] >= 0.985


def test_its_probabilities_are_what_is_true(of_two_lists: dict[str, Any]):
    assert of_two_lists["calibration"]["expected_calibration_error"] <= 0.02
    assert not any(message.startswith("No pairs were found to learn from") for message in of_two_lists["messages"])


def test_how_far_a_year_of_birth_is_off_is_learnt(of_two_lists: dict[str, Any]):
    # Of two years that somebody gives, half agree (0.515 as they are made), 0.30 are one apart, and 0.15 two.
    different, _, within_two, near, exact = of_two_lists["model"]["fields"]["birth_year"]["m"]
    assert different < 0.05
    assert exact == pytest.approx(0.515, abs=0.05)
    assert near == pytest.approx(0.30, abs=0.05)
    assert within_two == pytest.approx(0.15, abs=0.05)


def test_one_list_that_holds_people_twice_is_linked_too(tmp_path: Path):
    rows = [row for part in census(2000, seed=5).values() for row in part]
    quality = judged(tmp_path, rows)
    assert quality["default"]["precision"] >= 0.99
    assert quality["default"]["f1"] >= 0.88
