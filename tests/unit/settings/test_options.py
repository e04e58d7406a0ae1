"""What an option was given is told by the option's name, and not by a variable that nobody set."""

import pytest

from pipelines.errors import BadConfiguration
from pipelines.settings import Settings


@pytest.mark.parametrize(("given", "told"), [({"memory_limit": "much"}, "--memory-limit is 'much': give a number"), ({"threads": 0}, "--threads is '0': give")])
def test_an_option_that_cannot_be_used_is_told_by_its_own_name(given: dict[str, str | int], told: str):
    with pytest.raises(BadConfiguration) as error:
        Settings(**given)
    assert told in str(error.value)
    assert "FAMILIES_" not in str(error.value)
