"""A real Chromium without a network: opens a page, counts whatever it asks for beside its own file, and has axe-core judge it."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome")
# 210 mm less the margins of 13 mm, at 96 pixels an inch.
_PRINTABLE = 695
_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@dataclass(frozen=True)
class Seen:
    """What the browser found on a page: addresses it asked for, messages on its console, and axe-core's violations as rule and impact."""

    asked_for: list[str]
    console: list[str]
    violations: list[tuple[str, str, str]]
    text: str

    def of_impact(self, *impacts: str) -> list[tuple[str, str, str]]:
        """Violations of these impacts."""
        return [found for found in self.violations if found[1] in impacts]


@contextmanager
def browser() -> Iterator[Any]:
    """Chromium as the machine has it; without one the test is skipped, saying so."""
    from playwright.sync_api import sync_playwright

    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if found is None:
        pytest.skip("no Chromium on this machine: install the package `chromium` to have the pages judged")
    with sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=found, args=_ARGUMENTS)
        try:
            yield chromium
        finally:
            chromium.close()


def look_at(chromium: Any, path: Path, *, scheme: str = "light", width: int = 1000) -> Seen:
    """Open a file as a reader would, refuse and note every request but its own, open all that folds, and have axe-core judge it."""
    context = chromium.new_context(offline=True, color_scheme=scheme, viewport={"width": width, "height": 900})
    asked_for: list[str] = []
    console: list[str] = []
    address = path.absolute().as_uri()

    def judge(route: Any) -> None:
        if route.request.url.partition("#")[0] == address:
            route.continue_()
        else:
            asked_for.append(route.request.url)
            route.abort()

    context.route("**/*", judge)
    page = context.new_page()
    page.on("console", lambda message: console.append(message.text))
    page.goto(address)
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
    page.evaluate(files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    text = page.inner_text("body")
    context.close()
    violations = [(v["id"], v["impact"], "; ".join(node["html"][:160] for node in v["nodes"][:3])) for v in found["violations"]]
    return Seen(asked_for, console, violations, text)


def cut_on_paper(chromium: Any, path: Path) -> list[str]:
    """Beginnings of the tables and pictures that reach beyond the printable width of A4, as the page is laid out for print."""
    context = chromium.new_context(offline=True, viewport={"width": _PRINTABLE, "height": 1000})
    page = context.new_page()
    page.goto(path.absolute().as_uri())
    page.emulate_media(media="print")
    wider = "[...document.querySelectorAll('table, svg')].filter(e => e.getBoundingClientRect().right > width + 1)"
    found = page.evaluate(f"width => {wider}.map(e => e.textContent.trim().slice(0, 60))", _PRINTABLE)
    context.close()
    return list(found)
