import html
import re
from datetime import timedelta
from html.parser import HTMLParser

import pytest

from pipelines import authority, gates, ingest, provenance, report
from pipelines.cli import overview
from pipelines.errors import GateRefused
from pipelines.report import figures, page
from tests.support import flow_runs, published
from tests.support.deliveries import NOW, csv_text, put, rows


class Reading(HTMLParser):
    """What matters of the page: its elements, and whatever it would fetch."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.fetched = [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.fetched += [value for name, value in attrs if name in ("src", "srcset", "action", "data") or (name == "href" and not value.startswith("#"))]


@pytest.fixture(scope="module")
def text():
    settings = flow_runs.published()
    return (settings.reports_dir / page.LATEST).read_text(encoding="utf-8")


def test_the_page_runs_no_script_and_fetches_nothing(text):
    reading = Reading(text)
    assert "script" not in reading.tags
    assert reading.fetched == []
    assert "url(" not in text and "@import" not in text


def test_the_page_has_headings_in_order_captions_and_a_language(text):
    reading = Reading(text)
    assert '<html lang="en-GB">' in text
    assert reading.tags.count("h1") == 1
    assert reading.tags.count("caption") >= 10
    assert "scope" in text


def test_the_page_tells_of_every_delivery_by_file_and_hash(text):
    for extract in report.summary(flow_runs.published())["extracts"]:
        assert extract["file_name"] in text
        assert extract["file_sha256"] in text
        assert f"{extract['received_count']:,}" in text


def test_every_expectation_stands_on_the_page_in_words(text):
    found = report.quality(flow_runs.published())
    assert len(found["expectations"]) > 300
    shown = re.sub(r"&#39;|&#34;", "'", text)
    assert all(expectation["description"].replace('"', "'") in shown for expectation in found["expectations"])


def test_a_refused_run_has_a_page_that_says_so(tmp_path):
    run = published.a_run(published.a_home(tmp_path))
    gates.check_landing(run)
    gates.check_staging(run)
    published.change(run, "update cohort.family set child_count = 0")
    published.change(run, "update cohort.verified_families set child_count = 0")
    with pytest.raises(GateRefused):
        gates.check_cohort(run)
    report.write(run)
    text = figures.page_path(run.run_id, run.settings).read_text(encoding="utf-8")
    assert "Refused." in text
    assert "readers keep the list before it" in text
    assert not any(value in text for value in published.PERSONAL)


def test_refused_deliveries_are_told_with_file_day_rule_and_remedy_and_nobody(tmp_path):
    settings = published.a_home(tmp_path, clock=NOW)
    put(settings, "police_asb", csv_text(rows("police_asb", 3, ROLE="?")), "asb_extract_20261119.csv")
    put(settings, "police_asb", csv_text(rows("police_asb")).replace("NSIR_QUALIFIER", "NSIR", 1), "asb_extract_20261120.csv")
    put(settings, "police_asb", csv_text(rows("police_asb")).replace("NSIR_QUALIFIER", "NSIR", 1), "asb_extract_20261124.csv")
    put(settings, "police_asb", "", "asb_extract_20201120.csv")
    ingest.ingest(authority.find("calderbrook", settings), "police_asb", published.AS_OF + timedelta(days=1), settings)
    run = published.a_run(settings)
    gates.check_landing(run)
    report.write(run)
    found = report.quality(settings)["refused"]
    assert [(row["file_name"], str(row["delivered_date"]), str(row["refused_date"]), row["rule"]) for row in found] == [
        ("asb_extract_20261120.csv", "2026-11-20", "2026-11-24", "missing_column"),
        ("asb_extract_20261119.csv", "2026-11-19", "None", "refuse_when_rejected_share_over"),
        ("asb_extract_20201120.csv", "2020-11-20", "2026-11-24", "past_retention"),
    ]
    assert [(row["received_count"], row["rejected_count"]) for row in found] == [(None, None), (3, 3), (None, None)]
    text = figures.page_path(run.run_id, settings).read_text(encoding="utf-8")
    for row in found:
        assert row["file_name"] in text
        assert "Ask the supplier" in row["message"] or "landing folder" in row["message"]
        assert html.escape(row["message"], quote=False)[:60] in text.replace("&#39;", "'").replace("&#34;", '"')
    assert "asb_extract_20261124.csv" not in text
    assert not any(value in text.upper() for value in ("OKAFOR", "NGOZI", "MILL ROAD"))


def test_hostile_text_in_a_file_name_is_shown_not_run(tmp_path):
    run = published.a_run(published.a_home(tmp_path))
    gates.check_landing(run)
    published.change(run, "update audit.extract set file_name = '<img src=x onerror=alert(1)>.csv'")
    report.write(run)
    text = figures.page_path(run.run_id, run.settings).read_text(encoding="utf-8")
    assert "<img" not in text
    assert "&lt;img" in text


def test_warnings_and_notes_are_counted_alike_everywhere(text):
    settings = flow_runs.published()
    quality, summary = report.quality(settings), report.summary(settings)
    stages = figures.gather(provenance.load(summary["run_id"], settings))["stages"].values()
    assert quality["warning_count"] + quality["note_count"] == sum(not e["is_success"] for e in quality["expectations"]) + sum(
        not g["is_passed"] for g in quality["gates"]
    )
    for name in ("warning_count", "note_count"):
        assert quality[name] == summary[name] == sum(counts.get(name, 0) for counts in stages)
    assert report.warnings_in_words(quality) in text
    assert report.warnings_in_words(summary) in overview.summary_in_words(summary)


def test_a_warning_counts_as_one_for_the_stage_the_report_and_the_command_line(tmp_path):
    run = published.a_run(published.a_home(tmp_path))
    counts = gates.check_landing(run)
    assert counts["warning_count"] > 0
    assert report.quality(run.settings)["warning_count"] == counts["warning_count"]
    report.write(run)
    assert f"{counts['warning_count']} warning" in figures.page_path(run.run_id, run.settings).read_text(encoding="utf-8")


def test_warnings_are_told_in_words():
    assert report.warnings_in_words({"warning_count": 1, "note_count": 0}) == "1 warning"
    assert report.warnings_in_words({"warning_count": 0, "note_count": 2}) == "0 warnings, 2 notes"
