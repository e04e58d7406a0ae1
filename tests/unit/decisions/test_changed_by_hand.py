"""A store that was changed by hand takes no decision more: what stood on the change would be lost when the store is put back."""

import pytest

from pipelines import decisions, verdicts
from pipelines.decisions import HouseholdAnswer
from pipelines.errors import NotAllowed
from pipelines.verdicts import Answer
from tests.support.stores import by_hand

CHANGES = {
    "a reason": "update decision set reason = 'another' where decision_id = 1",
    "the last decision": "update decision set decision = 'reject' where decision_id = 2",
    "one taken out": "delete from decision where decision_id = 1",
}


@pytest.mark.parametrize("change", CHANGES)
def test_nothing_is_recorded_on_a_store_that_was_changed_and_it_is_told_as_verify_tells_it(settings, change):
    for name in ("h1", "h2"):
        decisions.decide_household(name, "confirm", "r", "c", settings)
    by_hand(settings, CHANGES[change])
    with pytest.raises(NotAllowed, match="changed by hand") as told:
        decisions.check(settings)
    for refused in (
        lambda: decisions.decide_household("h3", "suppress", "r", "c", settings),
        lambda: decisions.decide_households([HouseholdAnswer(name, "confirm", "r", "c") for name in ("h3", "h4")], settings),
        lambda: verdicts.decide([Answer("pair", "a", "b", "same", "r", "c")], settings),
        lambda: verdicts.decide([Answer("member", "h1", "p1", "apart", "r", "c")], settings),
    ):
        with pytest.raises(NotAllowed) as refusal:
            refused()
        assert str(refusal.value) == str(told.value)
    assert decisions.last_id(settings) == 2
