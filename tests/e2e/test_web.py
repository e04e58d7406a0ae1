"""The coordinators' pages in real Chromium, served by the command itself."""

import os
import subprocess
import sys
from importlib.resources import files

import pytest

from tests.support import browser, flow_runs

SCREEN = {"width": 1100, "height": 900}


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """What `families web` prints, on a borough of its own."""
    settings = flow_runs.refreshed(tmp_path_factory.mktemp("web"))
    command = [sys.executable, "-c", "from pipelines.cli import main; main()", "web", "--port", "0", "--by", "A. Coordinator", "--home", str(settings.home)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ | {"PYTHONUNBUFFERED": "1"}) as serving:
        try:
            assert serving.stdout is not None
            serving.stdout.readline()
            yield serving.stdout.readline().strip()
        finally:
            serving.terminate()


def test_a_coordinator_opens_the_list_decides_on_a_family_and_sees_it_at_once(address):
    with browser.browser() as chromium:
        page = chromium.new_context(viewport=SCREEN).new_page()
        console: list[str] = []
        page.on("console", lambda message: console.append(message.text))
        page.goto(address)
        household = page.inner_text("tbody tr:first-child a")
        page.click("tbody tr:first-child a")
        page.check("input[value=defer]")
        page.fill("#reason", "Away until spring")
        page.click("text=Record the decision")
        assert "Away until spring" in page.inner_text("main")
        page.click("header a")
        assert "defer" in page.inner_text(f"tr:has-text('{household}')")
        assert console == []


def test_on_a_telephone_every_column_of_the_list_and_of_a_family_is_on_the_screen_and_no_id_of_a_criterion_is(address):
    with browser.browser() as chromium:
        page = chromium.new_context(viewport={"width": 400, "height": 800}).new_page()
        page.goto(address)
        assert beyond(page) == []
        page.click("tbody tr:first-child a")
        assert beyond(page) == []
        shown = page.inner_text("main")
        assert "Link probability" in shown and not [name for name in ("crime_asb", "parental_contact", "not_met") if name in shown]


def test_axe_finds_nothing_serious_on_the_pages(address):
    with browser.browser() as chromium:
        # axe is put into the page from outside, which the pages' own rules forbid.
        page = chromium.new_context(viewport=SCREEN, bypass_csp=True).new_page()
        page.goto(address)
        assert serious(page) == []
        page.click("tbody tr:first-child a")
        page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
        assert serious(page) == []
        page.set_viewport_size({"width": 400, "height": 800})
        assert serious(page) == []


def beyond(page):
    """Texts of cells that reach beyond the right edge of the screen, or of what they can be slid in."""
    return page.evaluate("[...document.querySelectorAll('td')].filter(e => e.getBoundingClientRect().right > innerWidth + 1).map(e => e.textContent)")


def serious(page):
    """What axe-core finds serious or critical on the page."""
    page.evaluate(files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [violation["id"] for violation in found["violations"] if violation["impact"] in ("serious", "critical")]
