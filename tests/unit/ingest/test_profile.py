"""A profile's mistakes are told before any file is read."""

import pytest
from pydantic import ValidationError

from pipelines import authority
from pipelines.settings import Settings
from schemas.authority import Profiles
from schemas.extracts import CONTRACTS
from schemas.profile import Profile

PROFILES = authority.find("calderbrook", Settings()).profiles
POLICE = PROFILES.police_asb.model_dump()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"file_pattern": "asb.csv"}, "must name a group"),
        ({"file_pattern": "(?P<date>"}, "not a regular expression"),
        ({"null_patterns": {"birth_date": ("(",)}}, "not a regular expression"),
        ({"academic_year_format": "last year"}, "must be an example"),
        ({"volume": {"warn_fall": 0.6}}, "warn_fall must not exceed refuse_fall"),
        ({"volume": {"allowed_falls": ["soon"]}}, "allowed_falls"),
        ({"null_paterns": {}}, "Extra inputs"),
        ({"split": {"sex": "[MF]"}}, "needs a group"),
        ({"split": {"former_surname": "(.*)"}}, "former_surname under combined or split must stand under columns too"),
        ({"columns": {}}, "columns must be given, here or by a layout"),
    ],
)
def test_a_mistake_in_a_profile_is_told(change, message):
    with pytest.raises(ValidationError, match=message):
        Profile.model_validate(POLICE | change)


@pytest.mark.parametrize("key", ["columns", "codes", "null_patterns"])
def test_a_column_the_contract_lacks_is_told(key):
    profiles = PROFILES.model_dump()
    profiles["police_asb"][key] = {**profiles["police_asb"][key], "source_row": () if key != "codes" else {}}
    with pytest.raises(ValidationError, match="police_asb: source_row not in the contract"):
        Profiles.model_validate(profiles)


@pytest.mark.parametrize("source", CONTRACTS)
def test_every_contract_keeps_the_rows_place_and_personal_dates_as_written(source):
    contract = CONTRACTS[source]
    assert contract.table.column_names[len(contract.delivered) :] == ["source_row", *contract.originals.values()]
    assert set(contract.originals) == {column.name for column in contract.delivered if column.personal and column.type == "DATE"}
