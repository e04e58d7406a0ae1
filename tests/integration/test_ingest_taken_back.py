"""A delivery that takes a mistaken one back: the latest delivery of a full file is the one in use, and each is traced."""

from datetime import date

import pytest

from pipelines import authority, ingest, receipts
from tests.support.deliveries import AS_OF, NAMES, csv_text, deliver, home, put, rows

SOURCES = ("police_asb", "housing_arrears", "dwp_benefit", "school_attendance")
POLICE = "police_asb"


@pytest.fixture
def settings(tmp_path):
    return home(tmp_path)


def used(settings, source, as_of=AS_OF):
    return {u.source: u for u in ingest.used_extracts(authority.find("calderbrook", settings), as_of, settings)}[source]


def right(source):
    return csv_text(rows(source, 10))


def wrong(source):
    return csv_text(rows(source, 9))


def all_again(settings, source=POLICE):
    return ingest.ingest(authority.find("calderbrook", settings), source, AS_OF, settings)


@pytest.mark.parametrize("source", SOURCES)
def test_the_same_file_delivered_again_after_a_wrong_one_takes_the_wrong_one_back(settings, source):
    first = deliver(settings, source, right(source))
    mistake = deliver(settings, source, wrong(source))
    again = deliver(settings, source, right(source))
    assert again.outcome == "ingested"
    assert "others came since; it takes them back" in again.message
    assert used(settings, source).extract_id == again.extract_id
    assert len({first.extract_id, mistake.extract_id, again.extract_id}) == 3
    told = sorted(receipts.receipts(settings), key=lambda row: row["delivery_number"])
    assert [(row["extract_id"], row["accepted_count"]) for row in told] == [(first.extract_id, 10), (mistake.extract_id, 9), (again.extract_id, 10)]
    assert [row["replaced_by"] for row in told] == [again.extract_id, again.extract_id, None]


@pytest.mark.parametrize("source", SOURCES)
def test_the_same_content_of_a_later_day_takes_back_what_came_between_and_makes_the_source_fresh(settings, source):
    names = [NAMES[source].replace("2026-11-20", f"2026-10-{day}").replace("20261120", f"202610{day}") for day in (18, 19)]
    # Statements of balances and benefits speak of a day that no delivery may come before.
    day = {"housing_arrears": {"BalanceDate": "17-Oct-2026"}, "dwp_benefit": {"AS_AT": "20261017"}}.get(source, {})
    table = csv_text(rows(source, 10, **day))
    deliver(settings, source, table, names[0])
    mistake = deliver(settings, source, csv_text(rows(source, 9, **day)), names[1])
    assert used(settings, source).extract_id == mistake.extract_id
    again = deliver(settings, source, table)
    assert again.outcome == "ingested"
    assert f"same content as {names[0]}, delivered on 2026-10-18" in again.message
    now = used(settings, source)
    assert (now.extract_id, now.delivered_date, now.is_stale) == (again.extract_id, date(2026, 11, 20), False)


def test_a_statement_of_an_earlier_day_sent_again_does_not_overtake_the_later_one(settings):
    early = csv_text(rows("housing_arrears", 10, BalanceDate="17-Nov-2026"))
    deliver(settings, "housing_arrears", early, "rent_arrears_2026-11-18.csv")
    later = deliver(settings, "housing_arrears", csv_text(rows("housing_arrears", 10)))
    deliver(settings, "housing_arrears", early, "rent_arrears_2026-11-21.csv")
    assert used(settings, "housing_arrears").extract_id == later.extract_id


def test_an_identical_full_file_of_seven_weeks_later_is_not_stale(settings):
    deliver(settings, POLICE, right(POLICE), "asb_extract_20261001.csv")
    assert used(settings, POLICE).is_stale
    again = deliver(settings, POLICE, right(POLICE))
    assert (used(settings, POLICE).extract_id, used(settings, POLICE).is_stale) == (again.extract_id, False)


def test_what_was_taken_back_may_hold_again(settings):
    for content in (right(POLICE), wrong(POLICE), right(POLICE)):
        deliver(settings, POLICE, content)
    last = deliver(settings, POLICE, wrong(POLICE))
    assert last.outcome == "ingested"
    assert used(settings, POLICE).extract_id == last.extract_id
    assert [row["delivery_number"] for row in receipts.receipts(settings)] == [1, 2, 3, 4]


def test_files_left_in_the_folder_are_taken_in_once_however_often_ingest_runs(settings):
    put(settings, POLICE, right(POLICE), "asb_extract_20261120.csv")
    put(settings, POLICE, right(POLICE), "asb_extract_20261120.dat")
    put(settings, POLICE, wrong(POLICE), "asb_extract_20261120.txt")
    assert [d.outcome for d in all_again(settings)] == ["ingested", "already_ingested", "ingested"]
    kept = used(settings, POLICE)
    for _ in range(2):
        assert {d.outcome for d in all_again(settings)} == {"already_ingested"}
        assert used(settings, POLICE) == kept


def test_a_new_name_of_the_day_brings_back_what_another_overtook(settings):
    deliver(settings, POLICE, right(POLICE), "asb_extract_20261120.csv")
    deliver(settings, POLICE, wrong(POLICE), "asb_extract_20261120.dat")
    again = deliver(settings, POLICE, right(POLICE), "asb_extract_20261120.txt")
    assert (again.outcome, used(settings, POLICE).extract_id) == ("ingested", again.extract_id)
    assert {d.outcome for d in all_again(settings)} == {"already_ingested"}
    assert used(settings, POLICE).extract_id == again.extract_id


def test_a_name_that_only_repeated_another_may_then_tell_something_else(settings):
    put(settings, POLICE, right(POLICE), "asb_extract_20261120.csv")
    repeated = deliver(settings, POLICE, right(POLICE), "asb_extract_20261120.dat")
    assert repeated.outcome == "already_ingested"
    mistake = deliver(settings, POLICE, wrong(POLICE), "asb_extract_20261120.dat")
    assert used(settings, POLICE).extract_id == mistake.extract_id
    again = deliver(settings, POLICE, right(POLICE), "asb_extract_20261120.dat")
    assert (again.outcome, used(settings, POLICE).extract_id) == ("ingested", again.extract_id)


def test_an_extract_that_was_lost_comes_back_under_its_own_id(settings):
    for content in (right(POLICE), wrong(POLICE), right(POLICE)):
        again = deliver(settings, POLICE, content)
    (settings.extracts_dir / POLICE / f"{again.extract_id}.duckdb").unlink()
    assert deliver(settings, POLICE).extract_id == again.extract_id
