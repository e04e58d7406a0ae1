"""An extract that an earlier version made, whose file has left landing: columns the contract gained since are empty; else what to do is told."""

import hashlib
from dataclasses import replace

import pytest

from pipelines import audit_trail, chains, extract_files, gates, standardise, warehouse
from pipelines.errors import GateRefused
from pipelines.reading.rows import File
from schemas.extracts import PART, POLICE_ASB
from schemas.table import Column
from tests.support import published

GAINED = "force_area"


@pytest.fixture
def run(tmp_path):
    return published.a_run(published.a_home(tmp_path))


def path_of(run):
    return run.extract_path("police_asb")


def made_by_an_earlier_version(run, *statements):
    with warehouse.connection(run.settings) as con:
        warehouse.attach(con, run.settings, path_of(run), "extract_file", read_only=False)
        con.execute("use extract_file")
        for statement in statements:
            con.execute(statement)


def rows(run):
    with warehouse.connection(run.settings) as con, extract_files.attached(con, run.settings, path_of(run), "delivered"):
        found = con.execute("from delivered.extract.police_asb order by source_row")
        names = [column[0] for column in found.description]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def test_a_column_gained_since_is_empty_the_others_are_as_they_were_and_the_file_stays_untouched(run):
    before = rows(run)
    made_by_an_earlier_version(run, f"alter table extract.police_asb drop column {GAINED}")
    digest = hashlib.sha256(path_of(run).read_bytes()).hexdigest()
    assert len(before) > 1
    assert rows(run) == [row | {GAINED: None} for row in before]
    assert hashlib.sha256(path_of(run).read_bytes()).hexdigest() == digest


def test_a_run_goes_on_with_it(run):
    made_by_an_earlier_version(run, f"alter table extract.police_asb drop column {GAINED}")
    gates.check_landing(run)
    assert standardise.standardise(run)["event"] > 0


def test_its_files_and_parts_are_found_as_in_one_of_today(run):
    columns = ", ".join(f"{column.name} {column.type}" for column in PART)
    made_by_an_earlier_version(
        run,
        f"create table extract.part ({columns})",
        "insert into extract.part by name select 'session_mark' as part, 1 as file_number",
        f"alter table extract.police_asb drop column {GAINED}",
    )
    with warehouse.connection(run.settings) as con, extract_files.attached(con, run.settings, path_of(run), "delivered"):
        assert audit_trail.parts(con) == ["session_mark"]
        assert [file["part"] for file in chains.files(con)] == ["main", "session_mark"]


def test_nothing_stays_attached(run):
    made_by_an_earlier_version(run, f"alter table extract.police_asb drop column {GAINED}")
    with warehouse.connection(run.settings) as con:
        query = "select database_name from duckdb_databases() order by all"
        before = con.execute(query).fetchall()
        for _ in range(2):
            with extract_files.attached(con, run.settings, path_of(run), "delivered"):
                pass
        assert con.execute(query).fetchall() == before


@pytest.mark.parametrize("change", ["drop column incident_date", "alter column force_area type integer using null"])
def test_what_no_empty_column_can_mend_is_refused_with_what_to_do(run, change):
    made_by_an_earlier_version(run, f"alter table extract.police_asb {change}")
    with pytest.raises(GateRefused, match="put its file back into its source's landing folder"):
        gates.check_landing(run)


def test_a_file_put_back_is_read_anew_once_the_contract_has_changed(tmp_path):
    gained = replace(POLICE_ASB, table=replace(POLICE_ASB.table, columns=(*POLICE_ASB.table, Column("shift", "VARCHAR", "The shift."))))
    profile = published.authority.find("calderbrook", published.a_home(tmp_path)).profiles.of("police_asb")
    assert File(gained, profile, tmp_path, "0").read_by != File(POLICE_ASB, profile, tmp_path, "0").read_by
