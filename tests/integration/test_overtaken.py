"""Deliveries that another overtook between two lists: the report tells each, with its rows and reasons, once."""

from dataclasses import replace
from datetime import timedelta

import pytest

from pipelines import audit_trail, gates, manifest, provenance, publications, report, warehouse
from schemas import audit
from tests.support.deliveries import AS_OF, NAMES, csv_text, deliver, home, put, rows

POLICE = "police_asb"
EARLIER = AS_OF - timedelta(days=7)


@pytest.fixture
def settings(tmp_path):
    return home(tmp_path)


def a_run(settings, as_of, before=None):
    """A run of what was delivered by then, its deliveries checked; `before` is the run whose list it follows on."""
    made = manifest.manifest("calderbrook", None, as_of, settings)
    run = provenance.start(replace(made, previous_run_id=before.run_id) if before else made, settings)
    gates.check_landing(run)
    return run


def published(run):
    """Have the run's audit stand as its list, without the stages that make one."""
    with run.open() as con:
        warehouse.attach(con, run.settings, publications.path_of(run.run_id, run.settings), "list", read_only=False)
        con.execute("create schema if not exists list.audit")
        for table in audit.TABLES:
            if audit_trail.exists(con, table):
                con.execute(f"create table list.{table.qualified} as from {table.qualified}")
    return run


def with_faults(count, bad):
    return csv_text([row | ({"INCIDENT_DT": "soon"} if number < bad else {}) for number, row in enumerate(rows(POLICE, count))])


def dated(day):
    return f"asb_extract_202611{day}.csv"


@pytest.fixture
def second(settings):
    """A run that follows on a list, three deliveries later, of which the middle one is a mistake that a set of faults marks."""
    deliver(settings, POLICE, csv_text(rows(POLICE, 5)), dated(15), as_of=EARLIER)
    first = published(a_run(settings, EARLIER))
    deliver(settings, POLICE, with_faults(40, 1), dated(17))
    deliver(settings, POLICE, with_faults(30, 1), dated(18))
    deliver(settings, POLICE, csv_text(rows(POLICE, 20)))
    return a_run(settings, AS_OF, first)


def test_every_delivery_between_two_lists_is_told_with_its_rows_and_what_stands_in_its_place(second):
    found = report.quality(second.settings, second.run_id)
    [in_use] = [row["extract_id"] for row in found["extracts"] if row["source"] == POLICE]
    names = ("file_name", "received_count", "accepted_count", "rejected_count", "overtaken_by")
    assert [tuple(row[name] for name in names) for row in found["overtaken"]] == [(dated(17), 40, 39, 1, in_use), (dated(18), 30, 29, 1, in_use)]


def test_the_reasons_of_their_rows_are_told_too(second):
    found = report.quality(second.settings, second.run_id)["overtaken_reasons"]
    assert {(row["file_name"], row["fate"], row["column_name"], row["row_count"]) for row in found} == {
        (dated(17), "rejected", "incident_date", 1),
        (dated(18), "rejected", "incident_date", 1),
    }


def test_page_and_files_show_them_and_no_value(second, tmp_path):
    report.write(second)
    report.write_files(tmp_path / "out", report.quality(second.settings, second.run_id), second.settings)
    for name in ("quality.html", "quality.json", "overtaken.csv"):
        text = (tmp_path / "out" / name).read_text(encoding="utf-8")
        assert dated(17) in text, name
        assert dated(15) not in text or name != "overtaken.csv"
        assert "OKAFOR" not in text, name


def test_what_one_list_told_the_next_does_not_tell_again(settings, second):
    published(second)
    deliver(settings, POLICE, csv_text(rows(POLICE, 21)), "asb_extract_20261122.csv")
    third = a_run(settings, AS_OF, second)
    assert report.quality(settings, third.run_id)["overtaken"] == []


def test_after_a_list_of_an_earlier_version_only_what_came_since_its_day_is_new(settings, second):
    first = provenance.load(second.manifest.previous_run_id, settings)
    with warehouse.connection(settings) as con:
        warehouse.attach(con, settings, publications.path_of(first.run_id, settings), "list", read_only=False)
        con.execute("drop table list.audit.overtaken")
    gates.check_landing(second)
    assert [row["file_name"] for row in report.quality(settings, second.run_id)["overtaken"]] == [dated(17), dated(18)]


def test_a_file_delivered_again_after_a_wrong_one_leaves_both_to_be_told(settings):
    right = csv_text(rows(POLICE, 10))
    for content in (right, csv_text(rows(POLICE, 9)), right):
        deliver(settings, POLICE, content)
    told = report.quality(settings, a_run(settings, AS_OF).run_id)["overtaken"]
    assert [(row["file_name"], row["received_count"]) for row in sorted(told, key=lambda row: -row["received_count"])] == [
        (NAMES[POLICE], 10),
        (NAMES[POLICE], 9),
    ]


def test_a_delivery_of_a_later_day_than_the_run_looks_from_is_not_told(settings):
    deliver(settings, POLICE, csv_text(rows(POLICE, 5)), dated(15))
    put(settings, POLICE, csv_text(rows(POLICE, 6)), dated(20))
    deliver(settings, POLICE)
    assert report.quality(settings, a_run(settings, EARLIER).run_id)["overtaken"] == []
