"""Decisions checked against the publication that the coordinator looks at."""

import pytest

from pipelines import casework, decisions, publish
from pipelines.errors import WrongUsage
from tests.support import published


@pytest.fixture
def settings(tmp_path):
    run = published.a_run(published.a_home(tmp_path))
    published.pass_gates(run)
    publish.publish(run)
    return run.settings


def decide(settings, household_id, decision):
    return casework.decide(household_id, decision, "Told by the test.", "coordinator", settings)


def test_a_decision_tells_which_publication_was_looked_at(settings):
    assert decide(settings, "household-1", "reject") == casework.Recorded(1, "household-1")
    [found] = decisions.household_decisions(settings, 1)
    assert found.run_id.startswith("2026-11-23-")


def test_a_household_that_no_publication_knows_is_refused(settings):
    with pytest.raises(WrongUsage, match="No publication knows a household 'household-77'"):
        decide(settings, "household-77", "reject")
    assert decisions.last_id(settings) == 0


@pytest.mark.parametrize("decision", ["confirm", "reject", "defer"])
def test_a_suppressed_household_must_be_released_before_anything_else_is_decided(settings, decision):
    decide(settings, "household-1", "suppress")
    with pytest.raises(WrongUsage, match="release it first: families decide household-1 release"):
        decide(settings, "household-1", decision)
    decide(settings, "household-1", "release")
    decide(settings, "household-1", decision)
    assert [d.decision for d in decisions.household_decisions(settings, 9)] == ["suppress", "release", decision]


def test_a_household_that_the_publication_shows_as_suppressed_is_refused_too(tmp_path):
    run = published.a_run(published.a_home(tmp_path))
    published.change(run, "insert into register.decision values ('household-2', 7, 'suppress', 'member', 'coordinator', timestamp '2026-11-01')")
    published.pass_gates(run)
    publish.publish(run)
    with pytest.raises(WrongUsage, match="is suppressed"):
        decide(run.settings, "household-2", "confirm")


def test_a_decision_on_an_id_that_was_merged_is_recorded_on_the_one_that_stands(tmp_path):
    run = published.a_run(published.a_home(tmp_path))
    published.change(run, "insert into register.lineage values ('household', 'gone', 'merged', 'household-0', 'why', 'r')")
    published.pass_gates(run)
    publish.publish(run)
    assert decide(run.settings, "gone", "suppress").household_id == "household-0"
    assert casework.suppressed(run.settings) == {"household-0"}
