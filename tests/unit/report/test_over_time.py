"""The report over time: trends, what changed since the run before, agreements and retention, and the same as files."""

import csv
import json
from datetime import date, timedelta

import pytest

from pipelines import gates, publish, purge, report
from pipelines.errors import WrongUsage
from pipelines.report import charts, files, history
from tests.support import published


@pytest.fixture(scope="module")
def second(tmp_path_factory):
    """A run that follows on a publication in which one expectation more was broken, both on one extract."""
    settings = published.a_home(tmp_path_factory.mktemp("two"))
    first = published.a_run(settings)
    gates.check_landing(first)
    published.change(first, "update audit.expectation set is_success = false where expectation = 'filled'")
    published.pass_the_rest(first)
    published.change(first, "insert into audit.expectation by name select run_id, 'cohort' as stage, 'cohort.family' as suite, 1 as position,"
                            " 'filled' as expectation, 'It was empty.' as description, 'warning' as severity, false as is_success from audit.run")  # fmt: skip
    publish.publish(first)
    run = published.a_run(settings, published.AS_OF + timedelta(days=1), previous_run_id=first.run_id)
    gates.check_landing(run)
    report.write(run)
    return run


@pytest.fixture(scope="module")
def found(second):
    return report.quality(second.settings, second.run_id)


def text(run):
    return (run.settings.reports_dir / f"{run.run_id}.html").read_text(encoding="utf-8")


def test_what_changed_since_the_run_before_is_told(second, found):
    since = found["since_before"]
    assert since["run_id"] == second.manifest.previous_run_id
    assert since["new_extracts"] == []
    assert {"suite": "cohort.family", "description": "It was empty."} in since["holding_again"]
    assert "No new delivery." in text(second)
    assert "Holds again:" in text(second)


def test_agreements_timeliness_and_retention_are_told_in_words(found):
    police = next(row for row in found["terms"] if row["source"] == "police_asb")
    assert police["agreement"] == "127 days left"
    assert police["timeliness"] == "next due by 2026-12-25"
    assert police["kept_until_date"] == date(2032, 11, 18)
    assert police["allowed_outputs"] == "list, evidence, review, partner"


@pytest.mark.parametrize(
    ("expires", "due", "told"),
    [
        (date(2026, 11, 20), date(2026, 11, 1), ("ended 3 days ago: no further delivery is accepted", "overdue by 22 days")),
        (date(2026, 12, 1), date(2026, 11, 23), ("ends in 8 days: renew it", "next due by 2026-11-23")),
        (date(2027, 12, 1), None, ("373 days left", "no calendar, or nothing delivered")),
    ],
)
def test_what_runs_out_is_told_before_it_does(expires, due, told):
    extract = {"source": "police_asb", "agreement_id": "A", "agreement_expires_date": expires, "next_due_date": due}
    (row,) = history.terms([extract], published.AS_OF)
    assert (row["agreement"], row["timeliness"]) == told


def test_trends_are_drawn_from_the_second_delivery_on_with_words_for_who_cannot_see_them():
    trends = [{"kind": "volume", "about": "police_asb", "series": "", "value": value} for value in (3.0, 5.0)]
    [one], [both] = history.delivery_trends(trends[:1]), history.delivery_trends(trends)
    assert (one["chart"], one["now"]) == ("", "3")
    assert 'class="spark"' in both["chart"]
    assert 'aria-label="rows accepted, 2 deliveries: 3, 5"' in both["chart"]


@pytest.mark.parametrize("values", [[], [0], [5], [0, 0, 0], [1, 2, 3]])
def test_a_line_of_any_values_is_drawn(values):
    drawn = charts.spark(values, "some <words>")
    assert drawn.count("<circle") == bool(values)
    assert "some &lt;words&gt;" in drawn
    assert "nan" not in drawn


def test_the_report_is_written_as_page_json_and_a_csv_for_each_table(second, found, tmp_path):
    names = report.write_files(tmp_path / "out", found, second.settings)
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(names)
    assert json.loads((tmp_path / "out" / "quality.json").read_text(encoding="utf-8"))["run_id"] == second.run_id
    for name in files.TABLES:
        with (tmp_path / "out" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
            assert len(list(csv.reader(file))) - 1 == len(found[name]), name
    for path in (tmp_path / "out").iterdir():
        assert path.stat().st_mode & 0o077 == 0
        assert not any(value in path.read_text(encoding="utf-8") for value in published.PERSONAL)


def test_a_report_that_is_not_kept_is_said_to_be_gone(second, found, tmp_path):
    with pytest.raises(WrongUsage, match=r"is not kept\. Make it again: families stage report"):
        files.write(tmp_path, found | {"run_id": "2020-01-01-000000000000"}, second.settings)


def test_a_table_without_rows_has_the_columns_of_one_with_rows(second, found, tmp_path):
    report.write_files(tmp_path / "as_it_is", found, second.settings)
    report.write_files(tmp_path / "empty", found | {name: [] for name in files.COLUMNS}, second.settings)

    def header(folder, name):
        with (tmp_path / folder / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
            return next(csv.reader(file))

    filled = {name for name in files.COLUMNS if found[name]}
    assert "changes" in filled
    assert {name: header("empty", name) for name in filled} == {name: header("as_it_is", name) for name in filled}
    assert header("empty", "purged") == [*purge.NOTED, "purged_date", "purged_by"]
