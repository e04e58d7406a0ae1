"""What is shown of a question: by its id or by what it is about, blind or not, and of somebody who is kept off every list."""

import json
from types import SimpleNamespace

import pytest
from typer.testing import CliRunner

from pipelines import cli, provenance, review, verdicts
from pipelines.errors import WrongUsage
from pipelines.verdicts import Answer
from tests.support import flow_runs


@pytest.fixture(scope="module")
def reviewed():
    """The shared borough: its run, and what is asked."""
    settings = flow_runs.published()
    run_id = provenance.newest_run_id(settings)
    return SimpleNamespace(settings=settings, run_id=run_id, asked=review.questions(run_id, settings))


@pytest.fixture
def settings(reviewed, tmp_path):
    """The same borough, with a decision store of the test's own."""
    return reviewed.settings.model_copy(update={"decisions_url": f"sqlite:///{tmp_path / 'decisions.sqlite'}"})


def answer_of(row, decision, by="One"):
    about = ("record_id_l", "record_id_r") if row["kind"] == "pair" else ("household_id", "person_id")
    return Answer(row["kind"], row[about[0]], row[about[1]], decision, "seen", by)


def test_a_blind_list_of_answered_questions_tells_nothing_of_what_colleagues_said(reviewed, settings):
    for row, word in zip(reviewed.asked[:4], ("unsure", "unsure", "unsure", "revoke"), strict=True):
        verdicts.decide([answer_of(row, word, "Colleague")], settings)
    environment = {"FAMILIES_HOME": str(settings.home), "FAMILIES_DECISIONS_URL": settings.decisions, "COLUMNS": "200"}
    command = ["review", "list", "--answered", "--blind"]
    rows = json.loads(CliRunner(env=environment).invoke(cli.app, [*command, "--json"]).stdout)
    assert [row["question_id"] for row in rows] == sorted(row["question_id"] for row in reviewed.asked[:4])
    assert {name for row in rows for name in row} == {"question_id", "kind", "subject_id", "other_id"}
    told = CliRunner(env=environment).invoke(cli.app, command)
    assert told.exit_code == 0 and rows[0]["question_id"] in told.stdout
    assert not [word for word in ("Colleague", "unsure", "revoke", "state", "stands", "said") if word in told.stdout]


@pytest.mark.parametrize("is_answered", [False, True])
@pytest.mark.parametrize("kind", ["pair", "member"])
def test_a_question_is_shown_by_what_it_is_about_as_by_its_id(reviewed, settings, kind, is_answered):
    asked = next(row for row in reviewed.asked if row["kind"] == kind)
    about = answer_of(asked, "unsure" if not is_answered else verdicts.ANSWERS[kind][0])
    if is_answered:
        verdicts.decide([about], settings)
    environment = {"FAMILIES_HOME": str(settings.home), "FAMILIES_DECISIONS_URL": settings.decisions}
    by_id, by_names = (
        CliRunner(env=environment).invoke(cli.app, ["review", "show", text, "--json"])
        for text in (asked["question_id"], f"{about.subject_id}, {about.other_id}")
    )
    assert by_names.exit_code == 0, by_names.exception
    assert json.loads(by_names.stdout) == json.loads(by_id.stdout)


def test_a_membership_that_nobody_asks_about_can_be_looked_at_and_one_of_an_unknown_id_is_told(reviewed, settings):
    query = """select household_id, person_id from linked.household_member where membership_probability = 1 and household_id not in (
        select household_id from linked.household_doubt) order by all limit 1"""
    with provenance.load(reviewed.run_id, settings).open(read_only=True) as con:
        [(home, person)] = con.execute(query).fetchall()
    row = review.question(f"{home},{person}", reviewed.run_id, settings)
    assert (row["household_id"], row["person_id"], row["why"]) == (home, person, "They are in the household now.")
    assert row["name_l"] and row["address_l"] == row["address_r"]
    told = CliRunner(env={"FAMILIES_HOME": str(settings.home), "COLUMNS": "200"}).invoke(cli.app, ["review", "show", f"{home},{person}"]).stdout
    assert f"families review decide {home},{person} <belongs, apart or unsure>" in told
    for gone in (f"{home},P0", f"H0,{person}"):
        with pytest.raises(WrongUsage, match="The household or the person is not in the run"):
            review.question(gone, reviewed.run_id, settings)


def test_where_somebody_of_a_suppressed_household_lives_is_told_in_that_household_alone(tmp_path):
    settings = flow_runs.refreshed(tmp_path)
    run = provenance.load(provenance.newest_run_id(settings), settings)
    with run.open() as con:
        homes = con.execute(
            "select household_id, min(person_id) from linked.household_member where is_primary group by household_id order by all limit 2"
        ).fetchall()
        con.execute("insert into register.decision values ($home, 1, 'suppress', 'household', 'One', now())", {"home": homes[0][0]})
    (home, person), (other_home, other_person) = homes
    hidden = ("address_l", "postcode_l", "household_l")
    own, elsewhere, of_others = (
        review.question(f"{asked},{of}", run.run_id, settings) for asked, of in ((home, person), (other_home, person), (home, other_person))
    )
    assert all(own[name] for name in hidden) and all(of_others[name] for name in hidden)
    assert not any(elsewhere[name] for name in hidden) and elsewhere["address_r"]


def test_an_open_question_tells_where_nobody_of_another_suppressed_household_lives(tmp_path):
    settings = flow_runs.refreshed(tmp_path)
    run = provenance.load(provenance.newest_run_id(settings), settings)
    with run.open(read_only=True) as con:
        lives = dict(con.execute("select person_id, household_id from linked.household_member where is_primary").fetchall())
        of_record = {record: lives.get(person) for record, person in con.execute("select record_id, person_id from linked.person_record").fetchall()}
    asked = review.questions(run.run_id, settings)
    member = next(row for row in asked if row["kind"] == "member" and lives.get(row["person_id"]) not in (None, row["household_id"]) and row["address_l"])
    pair = next(
        row
        for row in asked
        if row["kind"] == "pair" and None not in (homes := {of_record[row["record_id_l"]], of_record[row["record_id_r"]]}) and len(homes) == 2
    )
    with run.open() as con:
        for place, home in enumerate((lives[member["person_id"]], of_record[pair["record_id_l"]])):
            con.execute("insert into register.decision values ($home, $place, 'suppress', 'household', 'One', now())", {"home": home, "place": place + 1})
    now = {row["question_id"]: row for row in review.questions(run.run_id, settings)}
    assert not any(now[member["question_id"]][name] for name in ("address_l", "postcode_l", "household_l"))
    assert now[member["question_id"]]["address_r"] == member["address_r"]
    assert pair["household_l"] and not now[pair["question_id"]]["household_l"]
    assert now[pair["question_id"]]["household_r"] == pair["household_r"] and now[pair["question_id"]]["address_l"] == pair["address_l"]
