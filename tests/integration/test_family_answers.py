"""Coordinators' decisions on many families: the list goes out to a spreadsheet, and answers come back row by row."""

import json

import openpyxl
import pytest
from typer.testing import CliRunner

from pipelines import casework, cli, cohort, decisions, family_answers, places, publish
from pipelines.errors import BadInput, WrongUsage
from pipelines.review_files import ANSWERS
from tests.support import flow_runs, published

COLUMNS = ("household_id", *ANSWERS)


@pytest.fixture(scope="module")
def home():
    return flow_runs.published()


@pytest.fixture(scope="module")
def families(home):
    return [row["household_id"] for row in cohort.list_families(home)]


@pytest.fixture
def settings(home, tmp_path):
    """The shared home, with a decision store of the test's own."""
    return home.model_copy(update={"decisions_url": f"sqlite:///{tmp_path / 'decisions.sqlite'}"})


def returned(folder, *rows, columns=COLUMNS):
    """A spreadsheet of these rows, the first of which is row 2."""
    book = openpyxl.Workbook()
    book.active.append(columns)
    for row in rows:
        book.active.append(row)
    path = folder / "returned.xlsx"
    book.save(path)
    return path


def answer(household_id, decision="confirm", reason="known to the early help team", by="A. Coordinator"):
    return [household_id, decision, reason, by]


def recorded(settings):
    return {d.household_id: (d.decision, d.reason, d.decided_by) for d in decisions.household_decisions(settings, decisions.last_id(settings))}


def test_the_exported_list_comes_back_filled_in_and_is_recorded(settings, families, tmp_path):
    assert family_answers.export(tmp_path / "out.xlsx", settings) == len(families)
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    header = [cell.value for cell in book.active[1]]
    for place, value in zip(ANSWERS, ("reject", "moved away", "A. Coordinator"), strict=True):
        book.active.cell(row=3, column=header.index(place) + 1, value=value)
    book.save(tmp_path / "out.xlsx")
    found = family_answers.record(tmp_path / "out.xlsx", settings)
    assert (found.recorded, found.standing, found.unanswered, found.refused) == (1, 0, len(families) - 1, [])
    household_id = book.active.cell(row=3, column=1).value
    assert recorded(settings) == {household_id: ("reject", "moved away", "A. Coordinator")}


def test_the_spreadsheet_names_nobody(settings, tmp_path):
    family_answers.export(tmp_path / "out.xlsx", settings)
    header = [cell.value for cell in openpyxl.load_workbook(tmp_path / "out.xlsx").active[1]]
    assert not {"forename", "surname", "birth_date", "address", "postcode"} & set(header)
    assert (tmp_path / "out.xlsx").stat().st_mode & 0o777 == 0o600


def test_decisions_that_stand_already_are_not_recorded_twice(settings, families, tmp_path):
    path = returned(tmp_path, answer(families[0]), answer(families[1], "defer"))
    assert family_answers.record(path, settings).recorded == 2
    again = family_answers.record(path, settings)
    assert (again.recorded, again.standing) == (0, 2)


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({0: "H0000000000000000"}, "no publication knows this household_id"),
        ({0: None}, "no publication knows this household_id"),
        ({1: "perhaps"}, "the decision must be one of confirm, reject, defer, serve, suppress, release"),
        ({2: None}, "reason is needed"),
        ({3: None}, "decided_by is needed"),
        ({2: "=1+1"}, "a cell is a formula"),
        ({2: "x" * 1001}, "reason has more than 1,000 letters"),
        ({2: "@SUM(A1)"}, "reason looks like a formula"),
    ],
)
def test_a_bad_row_is_refused_with_its_number_and_nothing_of_it_recorded(settings, families, tmp_path, changed, told):
    bad = [changed.get(place, value) for place, value in enumerate(answer(families[1]))]
    found = family_answers.record(returned(tmp_path, answer(families[0]), bad), settings)
    assert found.recorded == 1
    [refusal] = found.refused
    assert refusal.startswith("row 3: ")
    assert told in refusal
    assert set(recorded(settings)) == {families[0]}


def test_rows_that_contradict_each_other_are_all_refused(settings, families, tmp_path):
    found = family_answers.record(returned(tmp_path, answer(families[0]), answer(families[0], "reject"), answer(families[1])), settings)
    assert found.refused == ["row 2: row 3 decides otherwise on the same family", "row 3: row 2 decides otherwise on the same family"]
    assert set(recorded(settings)) == {families[1]}


@pytest.fixture
def merged(tmp_path):
    """A published home in which `gone` merged into `between`, and that into `household-0`."""
    run = published.a_run(published.a_home(tmp_path))
    published.change(run, "insert into register.lineage values ('household', 'gone', 'merged', 'between', 'why', 'r')")
    published.change(run, "insert into register.lineage values ('household', 'between', 'merged', 'household-0', 'why', 'r')")
    published.pass_gates(run)
    publish.publish(run)
    return run.settings


def test_a_row_on_an_id_that_was_merged_is_recorded_on_the_family_that_stands(merged, tmp_path):
    path = returned(tmp_path, answer("gone"))
    assert family_answers.record(path, merged).recorded == 1
    assert set(recorded(merged)) == {"household-0"}
    assert family_answers.record(path, merged).standing == 1


def test_rows_that_contradict_each_other_under_two_ids_of_one_family_are_all_refused(merged, tmp_path):
    found = family_answers.record(returned(tmp_path, answer("gone"), answer("household-0", "reject"), answer("household-1")), merged)
    told = "decides otherwise on the same family, since their ids were merged"
    assert found.refused == [f"row 2: row 3 {told}", f"row 3: row 2 {told}"]
    assert set(recorded(merged)) == {"household-1"}


def test_a_row_on_the_merged_id_of_a_suppressed_family_is_refused(merged, tmp_path):
    casework.decide("household-0", "suppress", "Protected.", "coordinator", merged)
    found = family_answers.record(returned(tmp_path, answer("gone", "defer")), merged)
    assert (found.recorded, found.refused) == (0, ["row 2: this family is suppressed; release it before anything else is decided"])
    assert recorded(merged)["household-0"][0] == "suppress"


def test_another_file_is_refused_whole(settings, families, tmp_path):
    with pytest.raises(BadInput, match="families decisions export"):
        family_answers.record(returned(tmp_path, families[:1], columns=("household_id",)), settings)
    with pytest.raises(WrongUsage, match=r"must end in \.xlsx"):
        family_answers.export(tmp_path / "list.csv", settings)


def test_the_command_tells_counts_and_ends_with_code_4_where_rows_were_refused(settings, families, tmp_path):
    environment = {"FAMILIES_HOME": str(settings.home), "FAMILIES_DECISIONS_URL": settings.decisions_url}
    path = returned(tmp_path, answer(families[0]), answer("nobody"))
    result = CliRunner(env=environment).invoke(cli.app, ["decisions", "import", str(path), "--json"])
    assert isinstance(result.exception, BadInput)
    assert json.loads(result.stdout)["recorded"] == 1
    assert "nobody" not in str(result.exception)
    assert CliRunner(env=environment).invoke(cli.app, ["decisions", "export", "--out", str(tmp_path / "all.xlsx"), "--status", "review"]).exit_code == 0


def test_a_suppressed_family_must_be_released_before_its_row_counts(settings, families, tmp_path):
    decisions.decide_household(families[1], "suppress", "Protected address.", "coordinator", settings)
    found = family_answers.record(returned(tmp_path, answer(families[0]), answer(families[1])), settings)
    assert found.recorded == 1
    assert found.refused == ["row 3: this family is suppressed; release it before anything else is decided"]


def sheet_of(settings, folder, **cells):
    """The exported list with the cells of its first family filled in, and that family's id."""
    family_answers.export(folder / "out.xlsx", settings)
    book = openpyxl.load_workbook(folder / "out.xlsx")
    header = [cell.value for cell in book.active[1]]
    for name, value in cells.items():
        book.active.cell(row=2, column=header.index(name) + 1, value=value)
    book.save(folder / "out.xlsx")
    return folder / "out.xlsx", book.active.cell(row=2, column=1).value


FILLED = {"decision": "confirm", "reason": "known to the early help team", "decided_by": "A. Coordinator"}


def test_a_colleagues_decision_after_the_export_is_not_overridden_without_a_word(settings, tmp_path):
    path, family = sheet_of(settings, tmp_path, **FILLED)
    casework.decide(family, "defer", "The school is asked first.", "B. Colleague", settings)
    found = family_answers.record(path, settings)
    assert found.recorded == 0
    [refusal] = found.refused
    assert "now stands defer, where the sheet has nothing" in refusal
    assert "to decide anyway write defer under stands" in refusal
    assert recorded(settings)[family][0] == "defer"


def test_who_has_seen_what_stands_may_decide_otherwise(settings, tmp_path):
    _, family = sheet_of(settings, tmp_path)
    casework.decide(family, "defer", "The school is asked first.", "B. Colleague", settings)
    path, _ = sheet_of(settings, tmp_path, **FILLED)
    assert family_answers.record(path, settings).recorded == 1
    assert recorded(settings)[family][0] == "confirm"


def test_two_rows_with_one_decision_on_a_family_are_refused_since_one_reason_would_be_lost(settings, families, tmp_path):
    found = family_answers.record(returned(tmp_path, answer(families[0]), answer(families[0], reason="the school says so")), settings)
    assert found.recorded == 0
    assert found.refused == [f"row {a}: row {b} decides on the same family too; leave one of them" for a, b in ((2, 3), (3, 2))]


def test_a_release_where_nothing_stands_is_refused_by_sheet_and_by_command(settings, families, tmp_path):
    found = family_answers.record(returned(tmp_path, answer(families[0], "release")), settings)
    assert found.refused == ["row 2: nothing stands on this family that a release could lift"]
    with pytest.raises(WrongUsage, match="Nothing stands on household"):
        casework.decide(families[0], "release", "Nothing to lift.", "A. Coordinator", settings)
    assert recorded(settings) == {}


def test_a_family_that_does_not_qualify_is_not_rejected_beforehand(settings, tmp_path):
    family = cohort.list_families(settings, status="near_miss")[0]["household_id"]
    with pytest.raises(WrongUsage, match="does not qualify now"):
        casework.decide(family, "reject", "Not now.", "A. Coordinator", settings)
    [refusal] = family_answers.record(returned(tmp_path, answer(family, "reject")), settings).refused
    assert "does not qualify now" in refusal
    assert casework.decide(family, "suppress", "Protected.", "A. Coordinator", settings).household_id == family


def test_a_family_suppressed_since_the_list_is_marked_where_coordinators_work_and_leaves_in_no_file(settings, families, tmp_path):
    casework.decide(families[0], "suppress", "Protected.", "A. Coordinator", settings)
    family_answers.export(tmp_path / "out.xlsx", settings)
    rows = list(openpyxl.load_workbook(tmp_path / "out.xlsx").active.iter_rows(values_only=True))
    stands = {row[0]: row[rows[0].index("stands")] for row in rows[1:]}
    assert stands[families[0]] == "suppress"
    marked = {row["household_id"]: row["decided_since"] for row in places.places(settings)}
    assert marked[families[0]] == "suppress"
    day = cohort.list_families(settings)[0]["as_of_date"]
    for as_at in (None, day):
        cohort.export(settings, tmp_path / "left.csv", as_at=as_at)
        assert families[0] not in (tmp_path / "left.csv").read_text(encoding="utf-8")
    env = {"FAMILIES_HOME": str(settings.home), "FAMILIES_DECISIONS_URL": settings.decisions_url}
    told = CliRunner(env=env).invoke(cli.app, ["cohort", "export", "--out", str(tmp_path / "told.csv"), "--as-at", str(day)])
    assert "1 more are held back" in told.output
