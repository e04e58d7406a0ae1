"""What changed on the list as a file: a sheet each for the new, for those who left and those who stay; safe in a spreadsheet, its owner's alone."""

import csv
import stat
from datetime import timedelta

import openpyxl
import pytest
from typer.testing import CliRunner

from pipelines import cli, list_changes, publications, warehouse
from pipelines.errors import WrongUsage
from tests.support.families import AS_OF, a_borough, a_family, a_troubled_family, asb, in_arrears, out_of_work, suspended
from tests.support.verified import decide, publish, verified

MORE = (asb("son"), suspended("son"), out_of_work("mother"), in_arrears("mother"))


@pytest.fixture
def borough(tmp_path):
    """Two weeks of lists: one family is new, one left, one has one more problem, one stays as it was."""
    borough = a_borough(tmp_path)
    before = publish(verified(borough, *(a_troubled_family(name) for name in ("gone", "more", "same")), as_of=AS_OF - timedelta(days=7)))
    publish(verified(borough, a_troubled_family("new"), a_family("gone", asb("son")), a_family("more", *MORE), a_troubled_family("same"), after=before))
    return borough


def call(borough, *words):
    return CliRunner().invoke(
        cli.app,
        ["cohort", *words, "--home", str(borough.home)],
        env={"FAMILIES_KEY": borough.settings.key, "FAMILIES_AUTHORITIES": str(borough.home / "authorities")},
    )


def read(path):
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            return {row["household_id"]: row["change"] for row in csv.DictReader(file)}
    sheets = openpyxl.load_workbook(path)
    return {title: [row[1] for row in sheets[title].iter_rows(min_row=2, values_only=True) if row[1]] for title in sheets.sheetnames}


def test_the_command_writes_the_changes_with_their_reasons_for_its_owner_alone(borough, tmp_path):
    out = tmp_path / "changes.csv"
    done = call(borough, "diff", "--out", str(out))
    assert (done.exit_code, done.output.strip()) == (0, f"3 changes written to {out}.")
    assert read(out) == {"gone": "left", "more": "changed", "new": "joined"}
    assert "No longer: work.out_of_work_benefit. Not assessed now: education.suspensions." in out.read_text(encoding="utf-8")
    assert stat.S_IMODE(out.stat().st_mode) == 0o600


def test_a_workbook_has_a_sheet_each_and_one_against_an_earlier_list_too(borough, tmp_path):
    out, since = tmp_path / "changes.xlsx", tmp_path / "since.xlsx"
    assert list_changes.export(borough.settings, out) == 3
    assert read(out) == {"new": ["new"], "left": ["gone"], "changed": ["more"], "decided, and moved": []}
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert list_changes.export(borough.settings, since, borough.runs[0].run_id) == 3
    assert read(since) == read(out)


def test_the_workbook_of_the_whole_list_has_the_changes_beside_it_and_one_of_a_part_has_not(borough, tmp_path):
    for words, sheets in (((), ["families", "new", "left", "changed", "decided, and moved"]), (("--district", "Calder North"), ["families"])):
        out = tmp_path / f"{len(sheets)}.xlsx"
        assert call(borough, "export", "--out", str(out), *words).exit_code == 0
        assert openpyxl.load_workbook(out).sheetnames == sheets


def test_nothing_in_it_is_a_formula(borough, tmp_path):
    with warehouse.database(borough.settings, publications.current_path(borough.settings), read_only=False) as con:
        con.execute("update cohort.change set reason = '=HYPERLINK(1)' where household_id = 'new'")
    for out in (tmp_path / "changes.csv", tmp_path / "changes.xlsx"):
        list_changes.export(borough.settings, out)
    assert "'=HYPERLINK(1)" in (tmp_path / "changes.csv").read_text(encoding="utf-8")
    cell = openpyxl.load_workbook(tmp_path / "changes.xlsx")["new"]["E2"]
    assert (cell.value, cell.data_type) == ("=HYPERLINK(1)", "s")


def test_whom_somebody_suppressed_since_is_not_in_it(borough, tmp_path):
    decide(borough, "new", "suppress")
    assert list_changes.export(borough.settings, tmp_path / "changes.csv") == 2
    assert "new" not in read(tmp_path / "changes.csv")


def test_where_benefits_may_not_reach_a_list_no_change_tells_of_them(borough, tmp_path):
    path = borough.home / "authorities" / "calderbrook" / "extracts.yml"
    text = path.read_text(encoding="utf-8")
    assert "outputs: [list, evidence, review]" in text
    path.write_text(text.replace("outputs: [list, evidence, review]", "outputs: [evidence, review]", 1), encoding="utf-8")
    assert list_changes.export(borough.settings, tmp_path / "changes.csv") == 0


@pytest.mark.parametrize("name", ["changes.pdf", "nowhere/changes.csv"])
def test_another_ending_or_folder_is_refused(borough, tmp_path, name):
    with pytest.raises(WrongUsage):
        list_changes.export(borough.settings, tmp_path / name)
