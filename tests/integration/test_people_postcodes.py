"""Tables that tell a postcode and no house, and often no date of birth: brothers and sisters of one postcode are not one person."""

from pathlib import Path
from typing import Any

import pytest

from tests.support.people_tables import FEW, found, linked, read_json, rows_of
from tests.support.records import population


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made: Path = tmp_path_factory.mktemp("postcodes")
    rows: list[dict[str, Any]] = [row | ({"dob": ""} if place % 3 == 0 else {}) for place, row in enumerate(rows_of(population(1200, seed=33)))]
    linked(made, rows, FEW, truth="person")
    return made


def test_people_of_one_surname_and_postcode_without_dates_are_told_from_one_person(folder: Path):
    relatives = [
        pair
        for pair in found(folder, "pairs")
        if pair["level_forename"] == "different" and pair["level_surname"] == "exact" and pair["level_address"] == "postcode" and not pair["level_birth_date"]
    ]
    assert len(relatives) > 100
    assert max(pair["match_probability"] for pair in relatives) < 0.2


def test_such_a_table_is_linked_with_few_mistakes(folder: Path):
    assert read_json(folder, "quality")["default"]["precision"] >= 0.99
