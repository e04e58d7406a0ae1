"""The pages as a reader opens them: real Chromium, no network, judged by axe-core; and no name of the borough in any file of the report."""

import re
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pipelines import report
from pipelines.report import linkage, managers, page
from tests.support import browser, flow_runs
from tests.support.people_tables import MODEL, linked, rows_of
from tests.support.records import population

# Names are written with a capital; `day`, `may` and `page` are surnames too, and plain words of the report.
_WORD = re.compile(r"[A-Za-z'-]+")


@pytest.fixture(scope="module")
def chromium():
    with browser.browser() as found:
        yield found


@pytest.fixture(scope="module")
def auditors() -> Path:
    return flow_runs.published().reports_dir / page.LATEST


@pytest.fixture(scope="module")
def of_linkage(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("linkage")
    linked(folder, rows_of(population(250, seed=8)), MODEL, truth="person")
    linkage.write(folder / "out", folder / "out" / "report.html", [])
    return folder / "out" / "report.html"


@pytest.fixture(scope="module")
def of_managers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("managers") / "list.html"
    managers.write(flow_runs.published(), out)
    return out


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1000, 390])
@pytest.mark.parametrize("name", ["auditors", "of_linkage", "of_managers"])
def test_a_page_asks_for_nothing_and_axe_finds_nothing_serious(chromium, request, name, width, scheme):
    seen = browser.look_at(chromium, request.getfixturevalue(name), scheme=scheme, width=width)
    assert seen.asked_for == []
    assert seen.console == []
    assert seen.of_impact("serious", "critical") == []
    assert len(seen.text) > 2000


@pytest.mark.parametrize("name", ["auditors", "of_linkage", "of_managers"])
def test_no_table_or_picture_is_cut_when_a_page_is_printed(chromium, request, name):
    assert browser.cut_on_paper(chromium, request.getfixturevalue(name)) == []


def test_a_table_that_is_cut_on_paper_is_found(chromium, tmp_path):
    wide = tmp_path / "wide.html"
    wide.write_text('<div style="overflow: auto"><table style="min-width: 900px"><tr><td>far too wide</td></tr></table></div>', encoding="utf-8")
    assert browser.cut_on_paper(chromium, wide) == ["far too wide"]


def test_a_page_that_asks_for_something_and_cannot_be_read_aloud_is_found(chromium, tmp_path):
    bad = tmp_path / "bad.html"
    bad.write_text('<html><body><img src="https://example.invalid/x.png"><p style="color:#ccc;background:#fff">faint</p></body></html>', encoding="utf-8")
    seen = browser.look_at(chromium, bad)
    assert seen.asked_for == ["https://example.invalid/x.png"]
    assert {"image-alt", "color-contrast", "html-has-lang"} <= {rule for rule, _, _ in seen.of_impact("serious", "critical")}


def test_no_surname_of_the_borough_stands_in_any_file_of_the_report(auditors, tmp_path):
    settings = flow_runs.published()
    home = settings.home
    report.write_files(tmp_path, report.quality(settings), settings)
    surnames = {str(row["surname"]).casefold() for row in pq.read_table(home / "truth" / "person.parquet", columns=["surname"]).to_pylist()}
    assert len(surnames) > 100
    files = [path for folder in (auditors.parent, tmp_path) for path in folder.rglob("*") if path.is_file()]
    assert len(files) > 10
    found = {word for path in files for word in _WORD.findall(path.read_text(encoding="utf-8")) if word.casefold() in surnames and not word.islower()}
    assert found == set()
