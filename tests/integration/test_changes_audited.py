"""A borough whose police deliver changes between full files: the same families as from the full file that results, and every file told to the auditors."""

import csv
import io
import json
from datetime import date, datetime

import pytest

from pipelines import cohort, gates, provenance, publications, report, warehouse
from pipelines.errors import GateRefused
from pipelines.settings import Settings
from tests.support import changes, flow_runs
from tests.support.changes import KEYS, POLICE

DAYS = ("2026-11-06", "2026-11-13", "2026-11-20")
NAMES = (f"asb_full_{DAYS[0]}.csv", f"asb_changes_{DAYS[1]}.csv", f"asb_changes_{DAYS[2]}.csv")


def incident_day(row):
    return datetime.strptime(row["INCIDENT_DT"][:10], "%d/%m/%Y").date()  # noqa: DTZ007 - a day has no time zone


def happened_before(row, day):
    try:
        return incident_day(row) < date.fromisoformat(day)
    except ValueError:
        return False


def split_up(table):
    """The delivery as a full file of two weeks before, and two files of changes that come to it: added, rewritten and taken away again."""
    keys = [tuple(row[name].strip().upper() for name in KEYS[POLICE]) for row in table]
    groups = {key: [row for row, own in zip(table, keys, strict=True) if own == key] for key in keys}
    full, first, second = [], [], []
    for number, rows in enumerate(groups.values()):
        if number % 5 == 0 or not all(happened_before(row, DAYS[0]) for row in rows):
            second += rows
        elif number % 5 == 1:
            full += [row | {"INCIDENT_TYPE": "OTHER", "DISPOSAL": "CONV"} for row in rows]
            first += [row | {"DISPOSAL": "CAU"} for row in rows]
            second += rows
        else:
            full += rows
    gone = [row | {"OCCURRENCE_NO": f"GONE{number}", "ROLE": "SUS"} for number, row in enumerate(full[:20])]
    gone[0] |= {"NOMINAL_NAME": "Zo\u00c3\u00ab, Ada"}  # a repair in the first file
    marked = [[row | {"Change": "U"} for row in rows] for rows in (first, second)]
    marked[0] += [row | {"Change": "D"} for row in gone]
    return [*full, *gone], *marked


@pytest.fixture(scope="module")
def delivered(tmp_path_factory) -> Settings:
    """The borough, refreshed from the police's three files."""
    folder = tmp_path_factory.mktemp("changes")
    landing = flow_runs.delivered(folder).landing_dir / POLICE
    (whole,) = landing.iterdir()
    text = whole.read_text(encoding="cp1252")
    table = list(csv.DictReader(io.StringIO(text, newline="")))
    whole.unlink()
    for name, rows in zip(NAMES, split_up(table), strict=True):
        with (landing / name).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0])
            writer.writeheader()
            writer.writerows(rows)
    known = changes.authorities(folder / "authorities", POLICE)
    settings = Settings(home=folder / "home", authorities=known)
    flow_runs.refresh(settings)
    return settings


def facts(settings):
    path = publications.current_path(settings)
    with warehouse.database(settings, path) as con:
        for query in (
            "select household_id, framework_id, criterion_id, assessment, value, reason from cohort.household_criterion order by all",
            "select household_id, framework_id, status, tier, criteria_met from cohort.family order by all",
            "select household_id, framework_id, criterion_id, person_id, source, from_date, to_date, value from cohort.evidence order by all",
        ):
            yield con.execute(query).fetchall()


def test_changes_end_at_the_same_families_as_the_full_file_that_results(delivered):
    assert list(facts(delivered)) == list(facts(flow_runs.published()))


def test_evidence_leads_to_the_row_of_the_file_it_was_delivered_in(delivered):
    folder = delivered.landing_dir / POLICE
    files = {name: list(csv.DictReader(io.StringIO((folder / name).read_bytes().decode(), newline=""))) for name in NAMES}
    with warehouse.database(delivered, publications.current_path(delivered)) as con:
        households = [row[0] for row in con.execute("select distinct household_id from cohort.evidence where source = $1 order by 1", [POLICE]).fetchall()]
    seen = set()
    for household in households[:40]:
        for row in cohort.explain(household, delivered)["evidence"]:
            if row["source"] == POLICE:
                # The header is row 1 of a file.
                assert incident_day(files[row["file_name"]][row["file_row"] - 2]) == row["from_date"]
                seen.add(row["file_name"])
            else:
                assert row["file_row"] == row["source_row"]
    assert {NAMES[0], NAMES[2]} <= seen


def test_the_auditors_are_told_of_every_file_in_the_page_the_json_and_the_csv(delivered, tmp_path):
    found = report.quality(delivered)
    told = [row for row in found["files"] if row["source"] == POLICE]
    assert [(row["file_number"], row["part"], row["file_name"]) for row in told] == [(1, "full", NAMES[0]), (2, "changes", NAMES[1]), (3, "changes", NAMES[2])]
    for row in told:
        assert row["received_count"] == row["accepted_count"] + row["rejected_count"]
        assert row["accepted_count"] == row["replaced_count"] + row["deleted_count"] + row["deletion_count"] + row["standing_count"]
    assert told[0]["deleted_count"] == told[1]["deletion_count"] > 0
    assert told[0]["replaced_count"] > 0 < told[1]["replaced_count"]
    (extract,) = [row for row in found["extracts"] if row["source"] == POLICE]
    assert (extract["file_name"], extract["standing_count"]) == (NAMES[2], sum(row["standing_count"] for row in told))
    assert [row["part"] for row in found["files"] if row["source"] == "dwp_benefit"] == ["main"]
    for reasons, count in (("rejections", "rejected_count"), ("repairs", "repaired_count")):
        with_some = {row["file_name"] for row in found["files"] if row[count]}
        assert {row["file_name"] for row in found[reasons]} == with_some
        assert NAMES[0] in with_some, reasons
    report.write_files(tmp_path, found, delivered)
    page = (tmp_path / "quality.html").read_text(encoding="utf-8")
    for row in told:
        assert row["file_name"] in page
        assert row["file_sha256"] in page
        assert f"{row['replaced_count']:,}" in page
    assert [row["file_sha256"] for row in json.loads((tmp_path / "quality.json").read_text())["files"]] == [row["file_sha256"] for row in found["files"]]
    with (tmp_path / "files.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [(row["file_name"], row["standing_count"]) for row in csv.DictReader(file)] == [
            (r["file_name"], str(r["standing_count"])) for r in found["files"]
        ]


def test_a_file_whose_rows_do_not_add_up_is_refused(delivered, tmp_path):
    run = provenance.load(publications.current_run_id(delivered), delivered)
    path = run.extract_path(POLICE)
    kept = path.read_bytes()
    try:
        with warehouse.database(delivered, path, read_only=False) as con:
            con.execute("update extract.part set replaced_count = replaced_count + 1 where file_number = 1")
        with pytest.raises(GateRefused, match=r"file_count_differs.*Offenders: 1"):
            gates.check_landing(run)
    finally:
        path.write_bytes(kept)
