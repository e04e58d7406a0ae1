"""Clerical review: pairs go out to a spreadsheet with the reason they are asked about, and answers come back row by row."""

import re
import stat
import zipfile

import openpyxl
import pytest
from typer.testing import CliRunner

from pipelines import answers, cli, decisions, provenance, review, review_files, verdicts
from pipelines.errors import BadInput, NotAllowed, WrongUsage
from pipelines.review_files import ANSWERS, RECORD_IDS
from tests.support import flow_runs

RUNNER = CliRunner()


@pytest.fixture(scope="module")
def home():
    return flow_runs.published()


@pytest.fixture(scope="module")
def pairs(home):
    found = review.questions(provenance.newest_run_id(home), home, kind="pair")
    assert len(found) > 5
    return found


@pytest.fixture
def settings(home, tmp_path):
    """The shared home, with a decision store of the test's own."""
    return home.model_copy(update={"decisions_url": f"sqlite:///{tmp_path / 'decisions.sqlite'}"})


def returned(folder, rows, name="returned.xlsx", columns=(*RECORD_IDS, *ANSWERS)):
    """A spreadsheet of these rows, the first of which is row 2."""
    book = openpyxl.Workbook()
    book.active.append(columns)
    for row in rows:
        book.active.append(row)
    path = folder / name
    book.save(path)
    return path


def answer(pair, decision="same", reason="the same signature", by="R. Viewer"):
    return [pair["record_id_l"], pair["record_id_r"], decision, reason, by]


def test_every_pair_says_why_it_is_asked_about(pairs):
    reasons = {re.split(r" (?:For|Against):", pair["why"])[0] for pair in pairs}
    assert reasons <= {
        "Alike, but not enough to link.",
        "Alike enough to link, but other records speak against it.",
        "Linked, but not surely enough for the list.",
        "The weakest link of somebody with many records.",
    }
    assert all("For: " in pair["why"] for pair in pairs)


def test_a_blind_review_shows_nothing_of_what_the_machine_thinks(home):
    [row] = review.questions(provenance.newest_run_id(home), home, most=1, blind=True)
    assert not set(review.MACHINE) & set(row)


def test_the_spreadsheet_is_its_owners_alone_fits_its_columns_and_holds_its_header(home, pairs, tmp_path):
    out = tmp_path / "pairs.xlsx"
    assert review_files.export(provenance.newest_run_id(home), out, home, kind="pair") == len(pairs)
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["pairs.xlsx"]
    sheet = openpyxl.load_workbook(out)["review"]
    assert sheet.freeze_panes == "A2"
    assert [table.autoFilter.ref[:3] for table in sheet.tables.values()] == ["A1:"]
    widths = {sheet.cell(1, place).value: sheet.column_dimensions[sheet.cell(1, place).column_letter].width for place in range(1, sheet.max_column + 1)}
    assert widths["record_id_l"] > len(pairs[0]["record_id_l"])
    assert list(widths)[-3:] == list(ANSWERS)


def test_an_export_to_a_folder_that_is_not_there_is_told_with_code_2(home, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["families", "review", "export", "--home", str(home.home), "--out", str(tmp_path / "no\nwhere" / "pairs.xlsx")])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 2
    assert "There is no folder" in (told := capsys.readouterr().err)
    assert r"no\nwhere" in told


def test_good_answers_are_recorded_once_however_often_the_file_comes(settings, pairs, tmp_path):
    path = returned(tmp_path, [answer(pairs[0]), answer(pairs[1], "Different"), answer(pairs[2], decision="")])
    first = answers.record(path, settings)
    assert (first.recorded, first.standing, first.unanswered, first.refused) == (2, 0, 1, [])
    again = answers.record(path, settings)
    assert (again.recorded, again.standing, again.unanswered, again.refused) == (0, 2, 1, [])
    assert decisions.last_id(settings) == 2
    assert {decision for *_, decision in verdicts.pair_decisions(settings, 2)} == {"same", "different"}


def test_an_answer_that_changes_what_stands_is_recorded(settings, pairs, tmp_path):
    answers.record(returned(tmp_path, [answer(pairs[0])]), settings)
    assert answers.record(returned(tmp_path, [answer(pairs[0], "different")]), settings).recorded == 1
    [found] = verdicts.pair_decisions(settings, 2)
    assert found[2] == "different"


BAD_ROWS = {
    "no record has this record_id_r": lambda pair: answer({**pair, "record_id_r": "0" * 16}),
    "two different record ids are needed": lambda pair: answer({**pair, "record_id_r": pair["record_id_l"]}),
    "the decision must be one of same, different, unsure, revoke": lambda pair: answer(pair, "perhaps"),
    "reason is needed": lambda pair: answer(pair, reason="  "),
    "decided_by is needed": lambda pair: answer(pair, by=""),
    "decided_by has more than 128 letters": lambda pair: answer(pair, by="R" * 129),
    "reason has more than 1,000 letters": lambda pair: answer(pair, reason="r" * 1001),
    "reason looks like a formula": lambda pair: answer(pair, reason="'=HYPERLINK()"[1:].replace("=", "@")),
    "decided_by looks like a formula": lambda pair: answer(pair, by="+R. Viewer"),
    "reason holds letters that do not print": lambda pair: answer(pair, reason="turned \u202e round"),
    "a cell is a formula": lambda pair: answer(pair, reason='="the same " & "signature"'),
}


def test_bad_rows_are_each_told_by_number_and_only_the_good_ones_recorded(settings, pairs, tmp_path):
    rows = [answer(pairs[0]), *(make(pairs[1]) for make in BAD_ROWS.values())]
    found = answers.record(returned(tmp_path, rows), settings)
    assert found.recorded == 1
    told = dict(line.removeprefix("row ").split(": ", 1) for line in found.refused)
    assert list(told) == [str(number) for number in range(3, 3 + len(BAD_ROWS))]
    for line, says in zip(told.values(), BAD_ROWS, strict=True):
        assert says in line
    assert not any(pair["record_id_l"] in line or "signature" in line for pair in pairs for line in found.refused)
    assert decisions.last_id(settings) == 1


def test_rows_that_contradict_one_another_are_all_refused_whichever_record_comes_first(settings, pairs, tmp_path):
    left, right = (pairs[0][name] for name in RECORD_IDS)
    turned = {"record_id_l": right, "record_id_r": left}
    found = answers.record(returned(tmp_path, [answer(pairs[0]), answer(pairs[1]), answer(turned, "different"), answer(pairs[1])]), settings)
    assert found.refused == ["row 2: row 4 answers the same question otherwise", "row 4: row 2 answers the same question otherwise"]
    assert (found.recorded, found.standing) == (1, 1)


def test_the_command_tells_every_refused_row_and_ends_with_code_4(settings, pairs, tmp_path, monkeypatch, capsys):
    path = returned(tmp_path, [answer(pairs[0]), *(answer(pairs[1], "perhaps") for _ in range(30))])
    monkeypatch.setenv("FAMILIES_DECISIONS_URL", settings.decisions)
    monkeypatch.setattr("sys.argv", ["families", "review", "import", str(path), "--home", str(settings.home)])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    told = capsys.readouterr()
    assert ended.value.code == 4
    assert "1 decision recorded; 0 stood already; 0 rows have no decision yet." in told.out
    assert "30 rows were refused" in told.err
    assert told.err.count("\nrow ") == 30


def test_a_cell_that_hides_a_formula_without_its_place_refuses_the_file(settings, pairs, tmp_path):
    path = returned(tmp_path, [answer(pairs[0], reason='="a"')])
    odd = tmp_path / "odd.xlsx"
    with zipfile.ZipFile(path) as book, zipfile.ZipFile(odd, "w") as other:
        for name in book.namelist():
            other.writestr(name, re.sub(rb' r="D2"', b"", book.read(name)))
    with pytest.raises(BadInput, match="holds formulas"):
        answers.record(odd, settings)


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda folder: folder / "nothing.xlsx", "there is no such file"),
        (lambda folder: returned(folder, [], columns=("record_id_l", "record_id_r", "decision", "reason")), "each of these columns once: decided_by"),
        (lambda folder: returned(folder, [], columns=(*RECORD_IDS, *ANSWERS, "reason")), "each of these columns once: reason"),
    ],
)
def test_a_file_that_is_not_the_one_exported_is_refused_whole(settings, tmp_path, make, says):
    with pytest.raises(BadInput, match=says):
        answers.record(make(tmp_path), settings)
    assert decisions.last_id(settings) == 0


def test_text_in_place_of_a_workbook_is_refused(settings, tmp_path):
    path = tmp_path / "answers.xlsx"
    path.write_text("record_id_l,record_id_r\n", encoding="utf-8")
    with pytest.raises(BadInput, match=r"answers\.xlsx: this is not an \.xlsx workbook"):
        answers.record(path, settings)


def test_an_export_to_another_kind_of_file_is_refused(home, tmp_path):
    with pytest.raises(WrongUsage, match=r"must end in \.xlsx or \.json"):
        review_files.export(provenance.newest_run_id(home), tmp_path / "pairs.csv", home)


def test_a_store_whose_end_was_cut_off_is_told_by_the_run_that_knew_more(tmp_path):
    settings = flow_runs.refreshed(tmp_path)
    decisions.decide_household("h1", "defer", "r", "c", settings)
    flow_runs.refresh(settings)
    assert decisions.check(settings)["decision_count"] == 1
    (settings.home / "decisions.sqlite").unlink()
    with pytest.raises(NotAllowed, match="ends at decision 0"):
        decisions.check(settings)
