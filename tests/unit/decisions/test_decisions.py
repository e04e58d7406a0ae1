import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import pytest

from pipelines import decisions, verdicts
from pipelines.errors import NotAllowed, WrongUsage
from pipelines.settings import Settings
from tests.support.stores import by_hand


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
    verdicts.decide_pair("b", "a", "same", "same handwriting", "c", settings)
    verdicts.decide_pair("a", "b", "different", "looked again", "c", settings)
    assert verdicts.pair_decisions(settings, 2) == [("a", "b", "different")]


@pytest.mark.parametrize("reason", ["", "   "])
def test_a_decision_without_a_reason_is_refused_and_nothing_recorded(settings, reason):
    with pytest.raises(WrongUsage, match="reason"):
        decisions.decide_household("h1", "confirm", reason, "c", settings)
    assert decisions.last_id(settings) == 0


def test_an_unknown_decision_is_refused_with_the_known_ones(settings):
    with pytest.raises(WrongUsage, match="confirm, reject, defer, serve, suppress, release"):
        decisions.decide_household("h1", "delete", "r", "c", settings)


def test_a_record_is_not_compared_with_itself(settings):
    with pytest.raises(WrongUsage, match="itself"):
        verdicts.decide_pair("a", "a", "same", "r", "c", settings)


def test_a_change_by_hand_shows(settings):
    decisions.decide_household("h1", "confirm", "r", "c", settings)
    decisions.decide_household("h2", "confirm", "r", "c", settings)
    by_hand(settings, "update decision set decision = 'reject' where decision_id = 1")
    with pytest.raises(NotAllowed, match="decision 1 does not fit"):
        decisions.sha256(settings, 2)


def test_a_deleted_decision_shows(settings):
    for name in ("h1", "h2"):
        decisions.decide_household(name, "confirm", "r", "c", settings)
    by_hand(settings, "delete from decision where decision_id = 1")
    with pytest.raises(NotAllowed, match="changed by hand"):
        decisions.sha256(settings, 2)


def test_many_writers_at_once_leave_one_unbroken_chain(settings):
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda n: decisions.decide_household(f"h{n}", "confirm", "r", "c", settings), range(20)))
    assert decisions.last_id(settings) == 20
    decisions.sha256(settings, 20)


# Each process records its own families as fast as it can.
_WRITER = """
import sys
from pathlib import Path
from pipelines import decisions
from pipelines.settings import Settings
settings = Settings(home=Path(sys.argv[1]), decisions_url=sys.argv[2])
for n in range(25):
    decisions.decide_household(f"{sys.argv[3]}{n}", "confirm", "r", "c", settings)
"""


def test_two_processes_writing_at_once_lose_nothing(settings):
    command = [sys.executable, "-c", _WRITER, str(settings.home), settings.decisions]
    writers = [subprocess.Popen([*command, name]) for name in ("left", "right")]
    assert [writer.wait(60) for writer in writers] == [0, 0]
    found = decisions.household_decisions(settings, decisions.last_id(settings))
    assert sorted(d.household_id for d in found) == sorted(f"{name}{n}" for name in ("left", "right") for n in range(25))
    assert [d.decision_id for d in found] == list(range(1, 51))
    assert decisions.check(settings)["decision_count"] == 50


def test_the_check_of_the_store_counts_decisions_and_gives_the_hash_to_keep(settings):
    decisions.decide_household("h1", "confirm", "r", "c", settings)
    assert decisions.check(settings) == {"decision_count": 1, "lost_count": 0, "chain_sha256": decisions.sha256(settings, 1), "run_count": 0, "damaged": []}


def test_a_store_file_is_readable_by_its_owner_only(tmp_path):
    settings = Settings(home=tmp_path)
    decisions.decide_household("h1", "confirm", "r", "c", settings)
    assert stat.S_IMODE((tmp_path / "decisions.sqlite").stat().st_mode) == 0o600
