"""A store whose end was cut off or that was put back from an older copy: told at once, and never a dead end."""

import shutil

import pytest

from pipelines import decision_head, decision_store, decisions, verdicts
from pipelines.errors import BadInput, NotAllowed, WrongUsage
from tests.support.stores import by_hand

REFUSED = r"ends at decision 2, and 3 were seen here at 2026-11-23T09:00:00.*older copy.*accept-loss"


@pytest.fixture
def cut(settings):
    """A store of three decisions that lost its last."""
    for name in ("h1", "h2", "h3"):
        decisions.decide_household(name, "confirm", "r", "c", settings)
    by_hand(settings, "delete from decision where decision_id = 3")
    return settings


def test_a_last_decision_that_was_cut_off_is_told_by_every_command_that_rests_on_it(cut):
    for refused in (
        lambda: decisions.decide_household("h4", "confirm", "r", "c", cut),
        lambda: verdicts.decide_pair("a", "b", "same", "r", "c", cut),
        lambda: decisions.refuse_other(None, cut),
        lambda: decisions.check(cut),
    ):
        with pytest.raises(NotAllowed, match=REFUSED):
            refused()
    assert decisions.last_id(cut) == 2
    assert "ends at decision 2" in (decisions.complaint(cut) or "")


def test_all_decisions_cut_off_are_told_too(cut):
    by_hand(cut, "drop table decision")
    with pytest.raises(NotAllowed, match="ends at decision 0, and 3 were seen here"):
        decisions.check(cut)


def test_a_last_decision_in_place_of_another_is_told(cut):
    head = decision_head.path_of(cut)
    shutil.move(head, head.with_suffix(".kept"))
    decisions.decide_household("h4", "reject", "r", "c", cut)
    shutil.move(head.with_suffix(".kept"), head)
    with pytest.raises(NotAllowed, match=r"decision 3 is another.*Put back the store"):
        decisions.check(cut)
    with pytest.raises(NotAllowed, match="decision 3 is another"):
        decisions.decide_household("h5", "reject", "r", "c", cut)
    assert decisions.accept_loss("the other one is lost", "A. Nalyst", cut) == {"decision_id": 4, "lost_count": 0}
    assert decisions.decide_household("h5", "reject", "r", "c", cut) == 5
    assert decisions.check(cut)["decision_count"] == 5


def test_whoever_accepts_the_loss_goes_on_and_no_number_is_given_twice(cut):
    assert decisions.accept_loss("the disk was lost", "A. Nalyst", cut) == {"decision_id": 4, "lost_count": 1}
    assert decisions.decide_household("h3", "confirm", "again", "c", cut) == 5
    found = decisions.check(cut)
    assert (found["decision_count"], found["lost_count"]) == (4, 1)
    assert [d.decision_id for d in decisions.household_decisions(cut, 5)] == [1, 2, 5]
    assert decisions.complaint(cut) is None


def test_a_loss_is_accepted_only_where_there_is_one_with_a_reason_and_of_a_whole_rest(cut):
    with pytest.raises(WrongUsage, match="needs a reason"):
        decisions.accept_loss(" ", "A. Nalyst", cut)
    by_hand(cut, "update decision set reason = 'another' where decision_id = 1")
    with pytest.raises(NotAllowed, match="decision 1 does not fit"):
        decisions.accept_loss("lost", "A. Nalyst", cut)
    by_hand(cut, "update decision set reason = 'r' where decision_id = 1")
    decisions.accept_loss("lost", "A. Nalyst", cut)
    with pytest.raises(WrongUsage, match="No decision is missing: the store ends at decision 4"):
        decisions.accept_loss("lost", "A. Nalyst", cut)


@pytest.mark.parametrize("what", ["delete from decision where decision_id = 4", "update decision set other_id = '1' where decision_id = 4"])
def test_an_accepted_loss_hides_no_other_one(cut, what):
    decisions.accept_loss("the disk was lost", "A. Nalyst", cut)
    decisions.decide_household("h3", "confirm", "again", "c", cut)
    by_hand(cut, what)
    with pytest.raises(NotAllowed, match="changed by hand"):
        decisions.check(cut)


def test_a_store_that_another_home_shares_may_go_on_without_this_one(settings, tmp_path):
    # As with PostgreSQL: two homes, one store.
    other = settings.model_copy(update={"home": tmp_path / "other", "decisions_url": settings.decisions})
    here = settings.model_copy(update={"decisions_url": settings.decisions})
    for home, name in ((here, "h1"), (other, "h2"), (here, "h3"), (other, "h4")):
        decisions.decide_household(name, "confirm", "r", "c", home)
    assert (decision_head.read(here).number, decision_head.read(other).number) == (3, 4)
    decisions.refuse_other(None, here)
    assert decision_head.read(here).number == 4, "what was seen is noted, written here or not"


def test_a_note_that_lies_behind_after_a_crash_is_no_fault_and_never_goes_back(settings, monkeypatch):
    decisions.decide_household("h1", "confirm", "r", "c", settings)
    with monkeypatch.context() as crash:
        crash.setattr(decision_head, "note", lambda *_: None)
        decisions.decide_household("h2", "confirm", "r", "c", settings)
    assert decision_head.read(settings).number == 1
    decisions.check(settings)
    assert decision_head.read(settings).number == 2
    decision_head.note(1, "0" * 64, settings)
    assert decision_head.read(settings).number == 2


def test_a_damaged_note_is_told_with_what_to_do(settings):
    decisions.decide_household("h1", "confirm", "r", "c", settings)
    for damaged in (b"", b"[]", b'{"number": "1", "chain_sha256": "0", "noted_at": ""}', b'{"number": 1}', b"\xff"):
        decision_head.path_of(settings).write_bytes(damaged)
        with pytest.raises(BadInput, match=r"decisions.*\.head, which notes .* is damaged\. Put it back"):
            decisions.decide_household("h2", "confirm", "r", "c", settings)
    assert decisions.last_id(settings) == 1


def test_the_note_holds_no_word_of_a_decision_and_is_readable_by_its_owner_only(settings):
    decisions.decide_household("h1", "confirm", "a reason", "C. Ordinator", settings)
    path = decision_head.path_of(settings)
    assert set(decision_head.Head.__slots__) == {"number", "chain_sha256", "noted_at"}
    assert path.stat().st_mode & 0o777 == 0o600
    assert "Ordinator" not in path.read_text(encoding="utf-8")
    assert decision_store.last_id(settings) == 1
