"""The whole stage: same inputs give the same rows, ids outlive a delivery, and a missing source gives no rows."""

from datetime import date

import pytest

from pipelines.settings import Settings
from pipelines.standardise import standardise
from schemas.staging import SOURCES, TABLES
from tests.support.extract_rows import a_row, a_run, staged, standardised


def a_street(count=30):
    """Families of several sources along one street of flats."""
    rows = {source: [] for source in SOURCES}
    for n in range(count):
        family(rows, n, f"Family{chr(65 + n % 26)}{chr(97 + n // 26)}", date(1980 + n % 9, 1 + n % 12, 1 + n % 28))
    return rows


def family(rows, n, surname, born):
    """Add the rows of a mother and her child, known to all four sources."""
    where = {"address_line_1": f"Flat {n % 3 + 1}, {n // 3 + 1} Mill Road", "postcode": "ZC1 1AB"}
    mother = {"forename": "JANE", "surname": surname, "birth_date": born} | where
    contact = {"contact_1_full_name": f"Ms Jane {surname}", "contact_1_relationship": "Mother", "contact_1_lives_with": True}
    for term in ("autumn", "spring"):
        rows["school_attendance"].append(a_row("school_attendance", source_person_id=f"P{n}", surname=surname, term=term, **where, **contact))
    rows["dwp_benefit"].append(a_row("dwp_benefit", nino=f"AB{n:06d}C", **mother))
    rows["housing_arrears"].append(a_row("housing_arrears", account_id=f"A{n}", source_person_id=f"T{n}", uprn=str(10_000 + n), **mother))
    nominal = {"full_name": f"{surname.upper()}, Jane", "birth_date": born} | where
    rows["police_asb"].append(a_row("police_asb", occurrence_id=f"O{n}", source_person_id=f"N{n}", **nominal))


def content(run):
    """Every row of every staging table, as stored."""
    with run.open(read_only=True) as con:
        return {table.name: con.execute(f"from {table.qualified}").fetchall() for table in TABLES}


def test_the_same_extracts_give_the_same_rows_whatever_the_threads(tmp_path):
    runs = []
    for threads in (1, 4):
        settings = Settings(home=tmp_path / str(threads), key="test", threads=threads)
        runs.append(standardised(settings.home, a_street(), settings=settings))
    assert content(runs[0]) == content(runs[1])


def test_running_the_stage_again_changes_nothing(tmp_path):
    run = a_run(tmp_path, a_street(5))
    counts = standardise(run)
    first = content(run)
    assert standardise(run) == counts
    assert content(run) == first


def test_a_record_keeps_its_id_in_next_weeks_extract(tmp_path):
    ids = "select distinct record_id from staging.person_record order by 1"
    first = standardised(tmp_path / "1", a_street(5))
    rows = {source: list(reversed(given)) for source, given in a_street(5).items()}
    for row in rows["dwp_benefit"]:
        row["as_at_date"] = date(2026, 11, 27)
    assert staged(standardised(tmp_path / "2", rows, as_of=date(2026, 11, 30)), ids) == staged(first, ids)


def test_all_sources_of_a_household_share_its_key(tmp_path):
    run = standardised(tmp_path, a_street())
    query = "select split_part(surname, ' ', 1), count(distinct address_key), count(distinct source) from staging.person_record group by 1"
    assert {row[1:] for row in staged(run, query)} == {(1, 4)}


@pytest.mark.parametrize("missing", SOURCES)
def test_a_missing_source_gives_no_rows(tmp_path, missing):
    rows = {source: given for source, given in a_street(3).items() if source != missing}
    run = standardised(tmp_path, rows)
    for table in TABLES:
        assert staged(run, f"from {table.qualified} where source = '{missing}'") == []
    assert {row[0] for row in staged(run, "select distinct source from staging.event")} == set(rows)


def test_an_extract_without_rows_gives_none(tmp_path):
    assert set(standardise(a_run(tmp_path, {"school_attendance": [], "police_asb": []})).values()) == {0}


def test_keys_are_unique_and_values_are_of_the_declared_list(tmp_path):
    with standardised(tmp_path, a_street(6)).open(read_only=True) as con:
        for table in TABLES:
            key = ", ".join(table.key)
            assert con.execute(f"from {table.qualified} select {key} group by {key} having count(*) > 1").fetchall() == []
            for column in (c for c in table if c.allowed):
                found = {row[0] for row in con.execute(f"from {table.qualified} select distinct {column.name}").fetchall()}
                assert found <= {*column.allowed, None}


def test_counts_hold_no_value_of_a_row(tmp_path):
    assert all(isinstance(count, int) for count in standardise(a_run(tmp_path, a_street(3))).values())
