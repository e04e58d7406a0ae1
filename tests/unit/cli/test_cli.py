import json
import subprocess
import sys

import duckdb
import pytest
import typer
from typer.testing import CliRunner

from pipelines import cli, errors
from pipelines.cli import common

RUNNER = CliRunner()


def commands(group, path=()):
    for name, command in getattr(group, "commands", {}).items():
        yield (*path, name)
        yield from commands(command, (*path, name))


EVERY_COMMAND = [(), *commands(typer.main.get_command(cli.app))]


@pytest.mark.parametrize("path", EVERY_COMMAND, ids=" ".join)
def test_every_command_explains_itself(path):
    result = RUNNER.invoke(cli.app, [*path, "--help"])
    assert result.exit_code == 0
    assert len(result.output.splitlines()) > 5


def test_help_does_not_wait_for_heavy_libraries():
    heavy = "{'duckdb', 'polars', 'pandas', 'great_expectations', 'recordlinkage', 'airflow', 'scipy', 'numpy'}"
    program = f"import sys, pipelines.cli; print(sorted({heavy} & set(sys.modules)))"
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert (result.stdout.strip(), result.stderr) == ("[]", "")


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (errors.WrongUsage, 2),
        (errors.BadConfiguration, 3),
        (errors.BadInput, 4),
        (errors.GateRefused, 5),
        (errors.NotAllowed, 6),
        (errors.AnotherRunAtWork, 7),
    ],
)
def test_a_users_error_ends_with_its_code_and_message_and_no_traceback(error, code, monkeypatch, capsys):
    def refuse():
        raise error("what to do")

    monkeypatch.setattr(cli, "app", refuse)
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == code
    assert capsys.readouterr().err == "families: what to do\n"


def test_a_bug_ends_with_code_1_and_places_but_no_values(monkeypatch, capsys):
    def fail():
        raise ValueError("SMITH, born 2010-01-01")

    monkeypatch.setattr(cli, "app", fail)
    with pytest.raises(SystemExit) as ended:
        cli.main()
    told = capsys.readouterr().err
    assert ended.value.code == 1
    assert "test_cli.py" in told
    assert "SMITH" not in told


def test_a_full_disk_is_told_as_such(monkeypatch, capsys):
    def fail():
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(cli, "app", fail)
    with pytest.raises(SystemExit):
        cli.main()
    assert "no space left" in capsys.readouterr().err


def test_too_little_memory_is_told_with_what_to_set_and_without_what_was_at_work(monkeypatch, capsys):
    def fail():
        raise duckdb.OutOfMemoryException("could not allocate block for SMITH")

    monkeypatch.setattr(cli, "app", fail)
    with pytest.raises(SystemExit) as ended:
        cli.main()
    told = capsys.readouterr().err
    assert ended.value.code == 1
    assert "with --memory-limit where the command has it, else with FAMILIES_MEMORY_LIMIT" in told
    assert "SMITH" not in told


def test_an_as_of_date_that_is_none_is_wrong_usage(tmp_path):
    with pytest.raises(errors.WrongUsage, match="must be a date such as"):
        common.day("23/11/2026", common.settings(tmp_path))


def test_rows_are_shown_as_json_for_machines(capsys):
    common.show([{"a": 1, "b": None}], True)
    assert json.loads(capsys.readouterr().out) == [{"a": 1, "b": None}]


def test_rows_are_shown_as_a_table_for_people(capsys):
    common.show([{"household_id": "h1", "child_count": 2}], False, columns=["household_id"])
    shown = capsys.readouterr().out
    assert "household id" in shown
    assert "h1" in shown
    assert "child" not in shown


@pytest.mark.parametrize(("variable", "option", "limit"), [(None, None, "1400MB"), ("2GB", None, "2GB"), ("2GB", "900MB", "900MB")])
def test_linking_may_use_more_memory_than_a_refresh_unless_told_otherwise(monkeypatch, tmp_path, variable, option, limit):
    from pipelines import people

    monkeypatch.delenv("FAMILIES_MEMORY_LIMIT", raising=False)
    if variable:
        monkeypatch.setenv("FAMILIES_MEMORY_LIMIT", variable)
    seen = []

    def link(request, settings, progress):
        seen.append(settings.memory_limit)
        raise errors.BadConfiguration("no further")

    monkeypatch.setattr(people, "link", link)
    options = ["--memory-limit", option] if option else []
    RUNNER.invoke(cli.app, ["link", str(tmp_path / "r.csv"), "--model", str(tmp_path / "m.yml"), "--out", str(tmp_path), *options])
    assert seen == [limit]
