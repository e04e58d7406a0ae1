"""Ids whose people are elsewhere now: each tells where, and a decision on it is shown there as one to take anew."""

from datetime import date

import pytest
from typer.testing import CliRunner

from pipelines import cli, cohort, list_changes, publish
from pipelines.web import create_app
from pipelines.web.guard import COOKIE
from tests.support import published
from tests.support.pages import Visitor

SPLIT = "1 of its 2 people lived in a household that goes on without them."


def a_run(folder, *decided):
    """A run with two families of which people came from ids that stand for nobody now, and with decisions."""
    run = published.a_run(published.a_home(folder))
    with run.open() as con:
        for identity, act, other in (("household-1", "split", "former"), ("elsewhere", "moved", "household-2")):
            con.execute("insert into register.lineage values ('household', ?, ?, ?, ?, ?)", [identity, act, other, SPLIT, run.run_id])
        for number, household in enumerate(decided, start=1):
            about = [household, number, date(2026, 11, number)]
            con.execute("insert into register.decision values (?, ?, 'confirm', 'household', 'coordinator', ?)", about)
    published.pass_gates(run)
    publish.publish(run)
    return run.settings


@pytest.fixture(scope="module")
def settings(tmp_path_factory):
    """The family household-1 was known as `former`, which a person confirmed; `elsewhere` lost somebody to household-2."""
    return a_run(tmp_path_factory.mktemp("left"), "former")


@pytest.mark.parametrize(("left", "stands"), [("former", "household-1"), ("elsewhere", "household-2")])
def test_an_id_whose_people_left_it_tells_where_they_are(settings, left, stands):
    found = cohort.explain(left, settings)
    assert f"People of it are in {stands} since" in found["standing"]
    assert [(act["act"], act["other_id"]) for act in found["what_became_of_the_id"]] == [("moved", stands)]


def test_the_family_tells_a_decision_that_did_not_follow_it_until_it_is_taken_anew(settings):
    assert [(row["household_id"], row["decision"]) for row in cohort.explain("household-1", settings)["decided_before"]] == [("former", "confirm")]
    assert cohort.explain("household-0", settings)["decided_before"] == []
    pages = Visitor(create_app(settings, "k", "C. Ordinator"), "http://127.0.0.1:8765")
    pages.cookies.set(COOKIE, "k")
    assert "decide this one anew" in pages.get("/families/household-1").text
    assert "decide this one anew" not in pages.get("/families/household-0").text
    assert 'href="/families/household-1"' in pages.get("/families/former").text


def test_a_decision_taken_anew_is_no_doubt_any_more(tmp_path):
    taken = a_run(tmp_path, "former", "household-1")
    assert cohort.explain("household-1", taken)["decided_before"] == []


def test_the_changes_tell_of_a_decided_family_that_stands_under_another_id(settings, monkeypatch):
    [moved] = [row for row in list_changes.diff(settings) if row["change"] == "moved"]
    assert (moved["household_id"], moved["decision"]) == ("former", "confirm")
    assert "its people are in household-1 now" in moved["reason"]
    monkeypatch.setenv("FAMILIES_KEY", settings.key)
    shown = CliRunner().invoke(cli.app, ["cohort", "explain", "household-1", "--home", str(settings.home)]).stdout
    assert "former, whose people came here, was decided (confirm by coordinator" in shown
