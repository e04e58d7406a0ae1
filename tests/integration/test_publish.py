import csv
import os
import stat

import openpyxl
import pytest

from pipelines import cohort, gates, list_changes, publications, publish, warehouse
from pipelines.errors import NotAllowed, WrongUsage
from pipelines.settings import Settings
from schemas.table import Audience
from tests.support import published


@pytest.fixture(scope="module")
def checked(tmp_path_factory):
    run = published.a_run(published.a_home(tmp_path_factory.mktemp("checked")))
    for check in (gates.check_landing, gates.check_staging, gates.check_cohort):
        check(run)
    published.finish(run, *published.CHECKS)
    return run


@pytest.fixture
def run(checked, tmp_path):
    return published.copied(checked, tmp_path)


@pytest.fixture
def settings(run):
    publish.publish(run)
    return run.settings


def rows(path, settings, query):
    with warehouse.database(settings, path) as con:
        return con.execute(query).fetchall()


def test_readers_find_the_publication_through_a_relative_link(settings, run):
    link = settings.published_dir / "cohort.duckdb"
    assert os.readlink(link) == f"cohort-{run.run_id}.duckdb"  # noqa: PTH115 - the text of the link itself
    assert publications.current_run_id(settings) == run.run_id
    assert rows(link, settings, "select count(*) from cohort.verified_families") == [(3,)]


def test_every_table_of_the_contract_is_published_with_its_columns(settings):
    with warehouse.database(settings, publications.current_path(settings)) as con:
        for table in publish.CONTRACT:
            assert [row[0] for row in con.execute(f"describe {table.qualified}").fetchall()] == table.column_names


def test_only_the_owner_can_read_a_publication_and_nothing_is_left_beside_it(settings, run):
    names = {path.name for path in settings.published_dir.iterdir()}
    assert names == {"cohort.duckdb", f"cohort-{run.run_id}.duckdb"}
    assert stat.S_IMODE(publications.current_path(settings).stat().st_mode) == 0o600


def test_publishing_the_same_run_again_changes_nothing(settings, run):
    path = publications.current_path(settings)
    before = (publish.digest(path, settings), path.stat().st_mtime_ns)
    publish.publish(run)
    assert (publish.digest(path, settings), path.stat().st_mtime_ns) == before


def test_the_digest_tells_two_cohorts_apart_and_not_the_order_of_their_rows(run):
    publish.publish(run)
    first = publish.digest(publications.current_path(run.settings), run.settings)
    published.change(run, "create table swapped as from cohort.family order by household_id desc")
    published.change(run, "create or replace table cohort.family as from swapped")
    publish.publish(run)
    assert publish.digest(publications.current_path(run.settings), run.settings) == first
    published.change(run, "update cohort.family set reason = 'another' where household_id = 'household-0'")
    publish.publish(run)
    assert publish.digest(publications.current_path(run.settings), run.settings) != first


def test_a_persons_approval_is_recorded(run):
    publish.publish(run, approval="person", approved_by="j.doe")
    assert rows(publications.current_path(run.settings), run.settings, "select approval, approved_by from audit.run") == [("person", "j.doe")]


def test_a_wrong_key_is_refused_with_what_to_do(settings):
    with pytest.raises(NotAllowed, match="key does not open"):
        cohort.list_families(settings.model_copy(update={"key": "1" * 64}))


def test_without_a_publication_every_reader_is_told_to_run_the_flow(tmp_path):
    with pytest.raises(WrongUsage, match="families refresh") as told:
        cohort.list_families(published.a_home(tmp_path))
    assert str(tmp_path) in str(told.value)
    assert "is set" not in str(told.value)


def test_who_never_named_a_home_is_told_which_one_was_looked_in(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("FAMILIES_HOME", raising=False)
    with pytest.raises(WrongUsage, match="neither FAMILIES_HOME nor --home is set") as told:
        cohort.list_families(Settings())
    assert str(tmp_path / "var") in str(told.value)


def test_the_list_can_be_filtered(settings):
    assert len(cohort.list_families(settings)) == 3
    assert len(cohort.list_families(settings, status="all", district="Calder North")) == 3
    assert cohort.list_families(settings, status="review") == []
    with pytest.raises(WrongUsage, match="Known: Calder North"):
        cohort.list_families(settings, district="Calder West")
    with pytest.raises(WrongUsage, match="near_miss"):
        cohort.list_families(settings, status="nearly")


def test_a_family_is_explained_down_to_file_and_row(settings):
    found = cohort.explain("household-1", settings)
    assert found["standing"][0]["status"] == "verified"
    assert {member["surname"] for member in found["members"]} == {published.SURNAME}
    assert found["criteria"][0]["assessment"] == "met"
    assert (found["evidence"][0]["file_name"], found["evidence"][0]["source_row"]) == ("asb_extract_20261120.csv", 3)
    assert found["evidence"][0]["link_probability"] == 1


def test_an_auditor_is_shown_no_personal_column(settings):
    told = str(cohort.explain("household-1", settings, audience=Audience.AUDITOR))
    assert not any(value in told for value in published.PERSONAL)
    assert "child-1" in told


def test_an_id_that_merged_away_leads_to_the_one_that_stands(run):
    for old, new in (("old", "older"), ("older", "household-2")):
        published.change(run, f"insert into register.lineage values ('household', '{old}', 'merged', '{new}', 'why', 'r')")  # noqa: S608
    publish.publish(run)
    found = cohort.explain("old", run.settings)
    assert (found["asked_for"], found["household_id"], found["standing"][0]["status"]) == ("old", "household-2", "verified")
    assert [act["household_id"] for act in found["what_became_of_the_id"]] == ["old", "older", "household-2"]


def test_a_retired_or_unknown_household_is_told_as_such(run):
    published.change(run, "insert into register.lineage values ('household', 'gone', 'retired', '', 'Nobody is left.', 'r1')")
    publish.publish(run)
    found = cohort.explain("gone", run.settings)
    assert "retired" in found["standing"]
    assert found["what_became_of_the_id"][0]["reason"] == "Nobody is left."
    with pytest.raises(WrongUsage, match="No publication knows"):
        cohort.explain("never", run.settings)


def test_two_publications_can_be_compared(run):
    publish.publish(run)
    later = published.a_run(run.settings, as_of=published.AS_OF.replace(day=30), previous_run_id=run.run_id)
    published.change(later, "update cohort.family set status = 'review' where household_id = 'household-0'")
    published.change(later, "update cohort.family set household_id = 'household-9' where household_id = 'household-1'")
    published.change(later, "insert into register.lineage values ('household', 'household-1', 'merged', 'household-9', 'why', 'r1')")
    published.change(later, "delete from cohort.verified_families where household_id = 'household-0'")
    published.pass_gates(later)
    publish.publish(later)
    compared = list_changes.diff(later.settings, since=run.run_id)
    assert [(row["household_id"], row["change"], row["status_after"]) for row in compared] == [("household-0", "left", "review")]
    assert [row["run_id"] for row in cohort.history(later.settings)] == [later.run_id, run.run_id]


def test_the_changes_since_the_publication_before_are_listed(settings):
    assert {(row["change"], row["decision"]) for row in list_changes.diff(settings)} == {("joined", None)}


def test_a_change_that_a_decision_made_says_whose(run):
    decided = "decision = 'reject', decided_by = 'C. Ordinator', decided_at = timestamp '2026-11-20 09:00:00'"
    published.change(run, f"update cohort.family set status = 'rejected', {decided} where household_id = 'household-0'")  # noqa: S608 - the words above
    published.change(run, "update cohort.change set change = 'left', status_after = 'rejected' where household_id = 'household-0'")
    publish.publish(run)
    told = {row["household_id"]: (row["change"], row["decision"], row["decided_by"]) for row in list_changes.diff(run.settings)}
    assert told["household-0"] == ("left", "reject", "C. Ordinator")
    assert told["household-1"] == ("joined", None, None)


def test_the_reconciliation_stands_side_by_side(settings):
    (row,) = cohort.reconcile(settings)
    assert (row["district"], row["indicative"], row["identified"], row["verified"], row["near_miss"]) == ("Calder North", 60, 3, 3, 2)


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_an_export_is_private_and_runs_no_formula(run, tmp_path, suffix):
    published.change(run, "update cohort.family set reason = '=HYPERLINK(\"http://x\")'")
    publish.publish(run)
    path = tmp_path / f"list{suffix}"
    assert cohort.export(run.settings, path) == 3
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    if suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            reasons = [row["reason"] for row in csv.DictReader(file)]
        assert all(reason.startswith("'=") for reason in reasons)
    else:
        sheet = openpyxl.load_workbook(path)["families"]
        place = [cell.value for cell in sheet[1]].index("reason")
        assert {row[place].data_type for row in sheet.iter_rows(min_row=2)} == {"s"}


def test_a_workbook_fits_its_columns_holds_its_header_and_can_be_filtered(run, tmp_path):
    published.change(run, "update cohort.family set decision = 'confirm', decided_by = 'C.', decided_at = timestamp '2026-11-20 14:05:00'")
    publish.publish(run)
    cohort.export(run.settings, tmp_path / "list.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "list.xlsx")["families"]
    assert (sheet.freeze_panes, [table.autoFilter.ref[:3] for table in sheet.tables.values()]) == ("B2", ["A1:"])
    for column in sheet.iter_cols():
        longest = max(len(str(cell.value)) for cell in column if cell.value is not None and not cell.is_date)
        # A width is in digits of the sheet's font, in which f, i and l are narrower.
        assert sheet.column_dimensions[column[0].column_letter].width >= 0.9 * min(longest, 60)
    at = [cell for cell in sheet[2] if cell.is_date and cell.value.hour]
    assert [cell.number_format for cell in at] == ["yyyy-mm-dd hh:mm"]


def test_an_export_to_another_kind_of_file_is_refused(settings, tmp_path):
    with pytest.raises(WrongUsage, match=r"\.csv or \.xlsx"):
        cohort.export(settings, tmp_path / "list.pdf")
    with pytest.raises(WrongUsage, match=r"There is no folder .* so nothing was written"):
        cohort.export(settings, tmp_path / "nowhere" / "list.csv")
