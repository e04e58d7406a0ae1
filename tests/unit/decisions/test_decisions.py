import sqlite3
import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest

from pipelines import decisions
from pipelines.errors import NotAllowed, WrongUsage
from pipelines.settings import Settings


@pytest.fixture
def settings(tmp_path):
    return Settings(home=tmp_path, clock=datetime(2026, 11, 23, 9, tzinfo=UTC))


def test_an_empty_store_has_no_decisions_and_a_hash(settings):
    assert decisions.last_id(settings) == 0
    assert decisions.household_decisions(settings, 0) == []
    assert decisions.sha256(settings, 0) == "0" * 64


def test_decisions_are_given_in_the_order_they_were_recorded(settings):
    decisions.decide_household("h1", "confirm", "known to us", "C. Ordinator", settings)
    decisions.decide_household("h1", "reject", "moved to another council", "C. Ordinator", settings)
    _, found = decisions.household_decisions(settings, decisions.last_id(settings))
    assert (found.household_id, found.decision, found.reason) == ("h1", "reject", "moved to another council")
    assert found.decided_at == datetime(2026, 11, 23, 9)  # noqa: DTZ001 - the store keeps UTC without a zone, as DuckDB's TIMESTAMP


def test_a_run_sees_only_the_decisions_made_before_it_started(settings):
    decisions.decide_household("h1", "confirm", "r", "c", settings)
    through = decisions.last_id(settings)
    before = decisions.sha256(settings, through)
    decisions.decide_household("h1", "reject", "r", "c", settings)
    assert [d.decision for d in decisions.household_decisions(settings, through)] == ["confirm"]
    assert decisions.sha256(settings, through) == before != decisions.sha256(settings, through + 1)


def test_a_pair_is_one_pair_whichever_record_is_named_first(settings):
    decisions.decide_pair("b", "a", "same", "same handwriting", "c", settings)
    decisions.decide_pair("a", "b", "different", "looked again", "c", settings)
    assert decisions.pair_decisions(settings, 2) == [decisions.PairDecision("a", "b", "different")]


@pytest.mark.parametrize("reason", ["", "   "])
def test_a_decision_without_a_reason_is_refused_and_nothing_recorded(settings, reason):
    with pytest.raises(WrongUsage, match="reason"):
        decisions.decide_household("h1", "confirm", reason, "c", settings)
    assert decisions.last_id(settings) == 0


def test_an_unknown_decision_is_refused_with_the_known_ones(settings):
    with pytest.raises(WrongUsage, match="confirm, reject, defer, suppress, release"):
        decisions.decide_household("h1", "delete", "r", "c", settings)


def test_a_record_is_not_compared_with_itself(settings):
    with pytest.raises(WrongUsage, match="itself"):
        decisions.decide_pair("a", "a", "same", "r", "c", settings)


def test_a_change_by_hand_shows(settings, tmp_path):
    decisions.decide_household("h1", "confirm", "r", "c", settings)
    decisions.decide_household("h2", "confirm", "r", "c", settings)
    with sqlite3.connect(tmp_path / "decisions.sqlite") as con:
        con.execute("update decision set decision = 'reject' where decision_id = 1")
    con.close()
    with pytest.raises(NotAllowed, match="decision 1 does not fit"):
        decisions.sha256(settings, 2)


def test_a_deleted_decision_shows(settings, tmp_path):
    for name in ("h1", "h2"):
        decisions.decide_household(name, "confirm", "r", "c", settings)
    with sqlite3.connect(tmp_path / "decisions.sqlite") as con:
        con.execute("delete from decision where decision_id = 1")
    con.close()
    with pytest.raises(NotAllowed, match="changed by hand"):
        decisions.sha256(settings, 2)


def test_many_writers_at_once_leave_one_unbroken_chain(settings):
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda n: decisions.decide_household(f"h{n}", "confirm", "r", "c", settings), range(20)))
    assert decisions.last_id(settings) == 20
    decisions.sha256(settings, 20)


def test_the_store_is_readable_by_its_owner_only(settings, tmp_path):
    decisions.decide_household("h1", "confirm", "r", "c", settings)
    assert stat.S_IMODE((tmp_path / "decisions.sqlite").stat().st_mode) == 0o600
