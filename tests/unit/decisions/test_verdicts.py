"""What reviewers say of a pair, and what stands."""

import pytest

from matching.agreement import agreement
from pipelines import verdicts
from pipelines.errors import WrongUsage
from pipelines.settings import Settings
from pipelines.verdicts import Answer
from tests.support import postgresql


@pytest.fixture(params=["sqlite", "postgresql"])
def settings(request, tmp_path):
    return Settings(home=tmp_path, decisions_url=postgresql.new_database() if request.param == "postgresql" else None)


def say(settings, *said, kind="pair", about=("a", "b")):
    """Record answers as `reviewer: answer`; returns what stands."""
    answers = [Answer(kind, *about, text.split(": ")[1], "seen", text.split(": ")[0]) for text in said]
    through = verdicts.decide(answers, settings)[-1]
    return verdicts.verdicts(settings, through, kind)


def test_a_reviewers_latest_answer_counts_however_the_name_is_written(settings):
    [found] = say(settings, "R. Viewer: same", "r.  viewer: different")
    assert (found.decision, len(found.opinions)) == ("different", 1)


def test_two_who_differ_leave_the_pair_disputed_until_a_third_settles_it(settings):
    [found] = say(settings, "One: same", "Two: different")
    assert (found.decision, found.is_disputed) == ("unsure", True)
    [found] = say(settings, "Three: different")
    assert (found.decision, found.is_disputed, found.is_unanimous) == ("different", False, False)


def test_who_is_unsure_abstains(settings):
    [found] = say(settings, "One: unsure", "Two: different")
    assert (found.decision, found.is_disputed) == ("different", False)


@pytest.mark.parametrize(
    ("said", "state"),
    [
        (["One: unsure", "Two: different"], "answered"),
        (["One: different", "Two: unsure"], "answered"),
        (["One: same", "Two: unsure", "Three: same"], "agreed"),
        (["One: same", "Two: unsure", "Three: different"], "disputed"),
        (["One: same", "Two: unsure", "Three: same", "Four: different"], "outvoted"),
        (["One: unsure", "Two: unsure"], "unsure"),
    ],
)
def test_nobody_is_outvoted_by_one_who_is_unsure(tmp_path, said, state):
    settings = Settings(home=tmp_path)
    say(settings, *said)
    assert [one.state for one in verdicts.answered(settings)] == [state]


def test_a_revoke_clears_what_was_said_before_it_and_nothing_after(settings):
    assert say(settings, "One: same", "Two: same", "One: revoke") == []
    [found] = say(settings, "Two: different")
    assert found.decision == "different"


def test_an_earlier_reader_of_the_store_still_sees_what_stood_then(settings):
    say(settings, "One: same", "One: revoke")
    assert verdicts.pair_decisions(settings, 1) == [("a", "b", "same")]


def test_a_membership_is_about_a_household_and_a_person_in_that_order(settings):
    [found] = say(settings, "One: apart", kind="member", about=("z-household", "a-person"))
    assert verdicts.member_decisions(settings, 1) == [("z-household", "a-person", "apart")]
    assert found.kind == "member"


def test_a_word_of_the_other_kind_is_refused(settings):
    with pytest.raises(WrongUsage, match="belongs, apart, unsure, revoke"):
        say(settings, "One: same", kind="member")


def test_agreement_is_told_by_two_reviewers_with_kappa_and_the_differences(settings):
    for n, (one, two) in enumerate([("same", "same"), ("same", "same"), ("different", "different"), ("same", "different")]):
        say(settings, f"One: {one}", f"Two: {two}", about=(f"a{n}", f"b{n}"))
    found = verdicts.agreed(settings)
    assert (found["answered_twice_count"], found["agreed_count"], found["disputed_count"]) == (4, 3, 1)
    assert found["reviewers"] == [{"reviewer": "one", "other": "two", "question_count": 4, "agreed_share": 0.75, "kappa": 0.5}]
    [difference] = found["differences"]
    assert (difference["subject_id"], difference["is_disputed"]) == ("a3", True)
    assert [o["decided_by"] for o in difference["opinions"]] == ["One", "Two"]


def test_kappa_of_the_textbook_table():
    """Cohen's two by two of 50 proposals: both yes 20, both no 15, one alone 5 and 10."""
    answers = [("yes", "yes")] * 20 + [("yes", "no")] * 5 + [("no", "yes")] * 10 + [("no", "no")] * 15
    assert agreement(answers) == {"question_count": 50, "agreed_share": 0.7, "kappa": 0.4}


def test_kappa_is_not_told_where_only_one_answer_was_ever_given():
    assert agreement([("same", "same")] * 3)["kappa"] is None
