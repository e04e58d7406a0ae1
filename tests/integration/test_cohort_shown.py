"""What `families cohort` shows a coordinator at a terminal."""

import pytest
from typer.testing import CliRunner

from pipelines import cli, publish
from tests.support import published

RUNNER = CliRunner()


@pytest.fixture(scope="module")
def settings(tmp_path_factory):
    run = published.a_run(published.a_home(tmp_path_factory.mktemp("shown")))
    published.pass_gates(run)
    publish.publish(run)
    return run.settings


@pytest.fixture
def families(settings, monkeypatch):
    monkeypatch.setenv("FAMILIES_HOME", str(settings.home))
    monkeypatch.setenv("FAMILIES_KEY", settings.key)

    def call(*words, columns=200):
        monkeypatch.setenv("COLUMNS", str(columns))
        result = RUNNER.invoke(cli.app, ["cohort", *words])
        assert result.exit_code == 0, result.output
        return result

    return call


def test_the_name_stands_beside_each_row_of_evidence(families):
    evidence = families("explain", "household-1").stdout.split("Evidence")[1]
    assert f"{published.FORENAME} {published.SURNAME}" in evidence
    assert "asb_extract_20261120.csv" in evidence


@pytest.mark.parametrize("columns", [80, 100, 119])
def test_the_list_fits_a_narrow_terminal(families, columns):
    shown = families("list", columns=columns)
    assert max(map(len, shown.stdout.splitlines())) <= columns
    assert "household-0" in shown.stdout
    assert ("--wide" in shown.stderr) == ("criteria" not in shown.stdout)


def test_wide_shows_the_whole_list_and_json_always_does(families):
    assert "criteria met" in families("list", "--wide", columns=80).stdout
    assert families("list", "--json", columns=80).stdout == families("list", "--json", columns=300).stdout
