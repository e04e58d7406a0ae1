"""A home that cannot note how far it has seen the store, as on a full disk: what is recorded is told as recorded, and who reads is not kept from it."""

import pytest
from filelock import FileLock

from pipelines import cli, decision_head, decisions, verdicts
from pipelines.decisions import HouseholdAnswer
from pipelines.errors import BadInput, Unnoted
from pipelines.verdicts import Answer
from tests.support.stores import by_hand

WHAT_TO_DO = r"could not be written \(\w+\)\. See that the disk has room.*families decisions verify$"


@pytest.fixture
def unwritable(settings):
    """A home with one decision noted, in which the note cannot be written any more, whoever tries."""
    decisions.decide_household("h1", "confirm", "r", "c", settings)
    blocked(settings).mkdir()
    return settings


def blocked(settings):
    path = decision_head.path_of(settings)
    return path.with_name(f".draft-{path.name}")


def test_a_decision_that_could_not_be_noted_is_told_as_recorded_with_what_to_do(unwritable):
    with pytest.raises(Unnoted, match=r"^Decision 2 is recorded: do not give it again\. But decisions.*\.head, .*" + WHAT_TO_DO):
        decisions.decide_household("h2", "suppress", "r", "c", unwritable)
    assert [d.household_id for d in decisions.household_decisions(unwritable, decisions.last_id(unwritable))] == ["h1", "h2"]
    blocked(unwritable).rmdir()
    assert decisions.check(unwritable)["decision_count"] == 2
    assert decision_head.read(unwritable).number == 2, "what the message says to do notes it"


def test_many_decisions_and_answers_are_told_by_their_numbers(unwritable):
    with pytest.raises(Unnoted, match=r"^Decisions 2 to 3 are recorded: do not give them again\. But .*" + WHAT_TO_DO):
        decisions.decide_households([HouseholdAnswer(name, "confirm", "r", "c") for name in ("h2", "h3")], unwritable)
    with pytest.raises(Unnoted, match=r"^Decision 4 is recorded"):
        verdicts.decide([Answer("pair", "a", "b", "same", "r", "c")], unwritable)
    assert decisions.last_id(unwritable) == 4


def test_an_accepted_loss_that_could_not_be_noted_is_told_as_recorded(settings):
    for name in ("h1", "h2"):
        decisions.decide_household(name, "confirm", "r", "c", settings)
    by_hand(settings, "delete from decision where decision_id = 2")
    blocked(settings).mkdir()
    with pytest.raises(Unnoted, match=r"^Decision 3 is recorded"):
        decisions.accept_loss("the disk was lost", "A. Nalyst", settings)
    blocked(settings).rmdir()
    assert decisions.check(settings)["lost_count"] == 1


def test_a_note_that_another_command_keeps_is_told_too(settings, monkeypatch):
    path = decision_head.path_of(settings)
    monkeypatch.setattr(decision_head, "_WAIT_SECONDS", 0)
    with FileLock(path.with_name(f".lock-{path.name}")), pytest.raises(Unnoted, match=r"^Decision 1 is recorded.*could not be written \(Timeout\)"):
        decisions.decide_household("h1", "confirm", "r", "c", settings)


def test_the_command_ends_without_a_word_of_a_bug(settings, monkeypatch, capsys):
    given = settings.model_copy(update={"decisions_url": settings.decisions})
    for name in ("h1", "h2"):
        decisions.decide_household(name, "confirm", "r", "c", given)
    by_hand(given, "delete from decision where decision_id = 2")
    blocked(given).mkdir()
    monkeypatch.setenv("FAMILIES_DECISIONS_URL", given.decisions)
    monkeypatch.setattr("sys.argv", ["families", "decisions", "accept-loss", "--reason", "The disk was lost.", "--home", str(given.home)])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    told = capsys.readouterr().err
    assert ended.value.code == 1
    assert told.startswith("families: Decision 3 is recorded: do not give it again.")
    assert "bug" not in told


def test_who_reads_notes_nothing_and_is_not_kept_from_it(unwritable):
    with pytest.raises(Unnoted):
        decisions.decide_household("h2", "confirm", "r", "c", unwritable)
    assert decisions.complaint(unwritable) is None
    blocked(unwritable).rmdir()
    assert decisions.complaint(unwritable) is None
    assert decision_head.read(unwritable).number == 1
    blocked(unwritable).mkdir()
    with pytest.raises(Unnoted, match=r"^decisions"):
        decisions.refuse_other(None, unwritable)


def test_a_note_that_cannot_be_read_is_told_before_anything_is_recorded(settings):
    path = decision_head.path_of(settings)
    path.mkdir(parents=True)
    with pytest.raises(BadInput, match=r"cannot be read \(IsADirectoryError\)"):
        decisions.decide_household("h1", "confirm", "r", "c", settings)
    assert decisions.last_id(settings) == 0
    assert "cannot be read" in (decisions.complaint(settings) or "")
