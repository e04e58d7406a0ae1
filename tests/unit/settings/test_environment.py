"""A setting that cannot be used ends with code 3, and is named together with what to write instead."""

import pytest

from pipelines import cli, decisions
from pipelines.errors import BadConfiguration
from pipelines.settings import Settings, prepare_home


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("THREADS", "abc", "FAMILIES_THREADS is 'abc': give a whole number from 1, such as 2."),
        ("THREADS", "0", "FAMILIES_THREADS is '0': give a whole number from 1"),
        ("THREADS", "", "FAMILIES_THREADS is ''"),
        ("MEMORY_LIMIT", "bogus", "FAMILIES_MEMORY_LIMIT is 'bogus': give a number and its unit, such as 800MB or 2GB."),
        ("MEMORY_LIMIT", "800", "FAMILIES_MEMORY_LIMIT is '800'"),
        ("MEMORY_LIMIT", "0GB", "FAMILIES_MEMORY_LIMIT is '0GB'"),
        ("DEBUG", "perhaps", "FAMILIES_DEBUG is 'perhaps': give true or false."),
        ("CLOCK", "noon", "FAMILIES_CLOCK is 'noon': give a date and time"),
        ("LIMIT_ROWS", "1,000", "FAMILIES_LIMIT_ROWS is '1,000': give a whole number from 1 to 1,000,000,000,000, without separators."),
        ("LIMIT_CELL_CHARACTERS", "0", "FAMILIES_LIMIT_CELL_CHARACTERS is '0': give a whole number from 100 to 100,000,000"),
        ("LIMIT_FILE_GB", "0", "FAMILIES_LIMIT_FILE_GB is '0': give a number above 0 to 100,000"),
    ],
)
def test_a_setting_that_cannot_be_used_ends_with_code_3_and_what_to_write(name, value, told, monkeypatch, capsys):
    monkeypatch.setenv(f"FAMILIES_{name}", value)
    monkeypatch.setattr("sys.argv", ["families", "runs"])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 3
    assert told in capsys.readouterr().err


def test_every_wrong_setting_is_named_at_once(monkeypatch):
    monkeypatch.setenv("FAMILIES_THREADS", "two")
    monkeypatch.setenv("FAMILIES_MEMORY_LIMIT", "much")
    with pytest.raises(BadConfiguration, match=r"2 setting\(s\)(?s:.*)FAMILIES_MEMORY_LIMIT(?s:.*)FAMILIES_THREADS"):
        Settings()


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("FAMILIES_THREAD", "FAMILIES_THREAD is no setting; did you mean FAMILIES_THREADS?"),
        ("FAMILIES_LANDNIG", "FAMILIES_LANDNIG is no setting; did you mean FAMILIES_LANDING?"),
        ("families_hom", "families_hom is no setting; did you mean FAMILIES_HOME?"),
        ("FAMILIES_XYZZY", "FAMILIES_XYZZY is no setting; unset it. Settings are FAMILIES_HOME, FAMILIES_LANDING"),
    ],
)
def test_a_misspelt_setting_is_named_with_the_nearest_that_there_is_and_never_passed_over(name, told, monkeypatch, capsys):
    monkeypatch.setenv(name, "secret")
    monkeypatch.setattr("sys.argv", ["families", "runs"])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 3
    shown = capsys.readouterr().err
    assert told in shown
    assert "secret" not in shown


def test_a_misspelt_setting_and_a_wrong_one_are_told_together(monkeypatch):
    monkeypatch.setenv("FAMILIES_HOEM", "/elsewhere")
    monkeypatch.setenv("FAMILIES_THREADS", "two")
    with pytest.raises(BadConfiguration, match=r"2 setting\(s\)(?s:.*)FAMILIES_HOEM(?s:.*)FAMILIES_THREADS"):
        Settings()


@pytest.mark.parametrize("value", ["800MB", "2GB", "1.5 GiB", "0.5GB", "900000kb"])
def test_sizes_are_given_as_duckdb_takes_them(value, monkeypatch):
    monkeypatch.setenv("FAMILIES_MEMORY_LIMIT", value)
    assert Settings().memory_limit == value


def test_a_home_that_is_a_file_is_told_as_such(tmp_path):
    path = tmp_path / "home"
    path.write_text("", encoding="utf-8")
    with pytest.raises(BadConfiguration, match="FAMILIES_HOME and FAMILIES_LANDING must be folders"):
        prepare_home(Settings(home=path))


@pytest.mark.parametrize("url", ["bogus", "oracle9i://council:secret@host/decisions", "sqlite:////dev/null/decisions.sqlite"])
def test_a_store_of_decisions_that_cannot_be_is_told_without_its_password(url, tmp_path):
    with pytest.raises(BadConfiguration, match="FAMILIES_DECISIONS_URL") as refused:
        decisions.last_id(Settings(home=tmp_path, decisions_url=url))
    assert "secret" not in str(refused.value)


def test_a_server_that_does_not_answer_is_told_as_such(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)  # the address is one to SQLite and a relative path to us
    (tmp_path / "folder").mkdir()
    with pytest.raises(BadConfiguration, match="does not answer"):
        decisions.last_id(Settings(home=tmp_path, decisions_url=f"sqlite:///file:{tmp_path}/folder?uri=true"))
