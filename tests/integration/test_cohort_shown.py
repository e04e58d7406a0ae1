"""What `families cohort` shows a coordinator at a terminal."""

import pytest
from typer.testing import CliRunner

from pipelines import cli, decisions, publish
from pipelines.errors import NotAllowed, WrongUsage
from tests.support import published
from tests.support.stores import by_hand

RUNNER = CliRunner()


@pytest.fixture(scope="module")
def settings(tmp_path_factory):
    run = published.a_run(published.a_home(tmp_path_factory.mktemp("shown")))
    published.pass_gates(run)
    for table in ("cohort.family", "cohort.household_criterion"):
        published.change(run, f"insert into {table} select * replace ('kent' as framework_id) from {table}")  # noqa: S608 - our own names
    published.change(run, "update cohort.household_criterion set criterion_id = 'crime_asb.of_kent' where framework_id = 'kent'")
    publish.publish(run)
    return run.settings


@pytest.fixture
def families(settings, monkeypatch):
    monkeypatch.setenv("FAMILIES_HOME", str(settings.home))
    monkeypatch.setenv("FAMILIES_KEY", settings.key)

    def call(*words, columns=200, code=0):
        monkeypatch.setenv("COLUMNS", str(columns))
        result = RUNNER.invoke(cli.app, ["cohort", *words])
        assert result.exit_code == code, result.output
        return result

    return call


def test_the_name_stands_beside_each_row_of_evidence(families):
    evidence = families("explain", "household-1").stdout.split("Evidence")[1]
    assert f"{published.FORENAME} {published.SURNAME}" in evidence
    assert "asb_extract_20261120.csv" in evidence


def test_the_criteria_of_the_other_frameworks_are_told_in_short_and_those_of_any_one_whole(families):
    whole, _, short = families("explain", "household-1").stdout.partition("Criteria of the other frameworks, in short")
    assert "Criteria of tf-2012" in whole
    assert "crime_asb.of_kent" not in whole
    assert "crime_asb.of_kent" in short.partition("families cohort explain household-1 --framework kent")[0]
    whole, _, short = families("explain", "household-1", "--framework", "kent").stdout.partition("Criteria of the other frameworks, in short")
    assert "crime_asb.of_kent" in whole.partition("Criteria of kent")[2]
    assert "tf-2012" in short


def test_a_framework_under_which_the_household_is_not_assessed_is_refused_with_those_it_is(families):
    told = families("explain", "household-1", "--framework", "tf-2015", code=1).exception
    assert isinstance(told, WrongUsage)
    assert str(told) == "The household is not assessed under 'tf-2015'. Known: tf-2012, kent."


@pytest.mark.parametrize("columns", [80, 100, 119])
def test_the_list_fits_a_narrow_terminal(families, columns):
    shown = families("list", columns=columns)
    assert max(map(len, shown.stdout.splitlines())) <= columns
    assert "household-0" in shown.stdout
    assert ("--wide" in shown.stderr) == ("criteria" not in shown.stdout)


def test_wide_shows_the_whole_list_and_json_always_does(families):
    assert "criteria met" in families("list", "--wide", columns=80).stdout
    assert families("list", "--json", columns=80).stdout == families("list", "--json", columns=300).stdout


def test_no_list_is_written_to_a_file_where_a_suppression_may_have_been_cut_off_and_reading_warns(settings, monkeypatch, tmp_path):
    apart = settings.model_copy(update={"decisions_url": f"sqlite:///{tmp_path / 'decisions.sqlite'}"})
    decisions.decide_household("household-1", "suppress", "Protected address.", "coordinator", apart)
    by_hand(apart, "delete from decision")
    for name, value in (("HOME", apart.home), ("KEY", apart.key), ("DECISIONS_URL", apart.decisions_url)):
        monkeypatch.setenv(f"FAMILIES_{name}", str(value))
    for words in (("cohort", "export"), ("cohort", "diff"), ("decisions", "export")):
        refused = RUNNER.invoke(cli.app, [*words, "--out", str(tmp_path / "list.xlsx")])
        assert isinstance(refused.exception, NotAllowed)
        assert "ends at decision 0, and 1 were seen here" in str(refused.exception)
    assert not list(tmp_path.glob("list*"))
    shown = RUNNER.invoke(cli.app, ["cohort", "list"])
    assert shown.exit_code == 0
    assert shown.stderr.startswith("Warning: The decision store ends at decision 0")
    assert "A family that somebody suppressed may be shown." in shown.stderr
