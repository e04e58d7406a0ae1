"""The lock is what pyproject.toml asks for, with nothing missing, nothing spare and a hash for each; told without network."""

import re
import tomllib
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PIN = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)==([^ \\]+)", re.MULTILINE)


def pins() -> dict[str, str]:
    return {canonicalize_name(name): number for name, number in PIN.findall((ROOT / "requirements.lock").read_text())}


def asked() -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    return [Requirement(text) for text in project["dependencies"] + project["optional-dependencies"]["dev"]]


def closure(roots: list[Requirement]) -> set[str]:
    """Names that the requirements and their requirements lead to here, by the installed packages' own word."""
    environment = {str(name): str(value) for name, value in default_environment().items()}
    reached: set[str] = set()
    done: set[tuple[str, str]] = set()
    waiting = [(root.name, extra) for root in roots for extra in {"", *root.extras}]
    while waiting:
        name, extra = waiting.pop()
        name = canonicalize_name(name)
        if (name, extra) in done:
            continue
        done.add((name, extra))
        reached.add(name)
        try:
            texts = requires(name) or []
        except PackageNotFoundError:
            continue
        for needed in map(Requirement, texts):
            if needed.marker is None or needed.marker.evaluate(environment | {"extra": extra}):
                waiting += [(needed.name, wanted) for wanted in {"", *needed.extras}]
    return reached


def test_every_requirement_is_met_by_its_pin() -> None:
    unmet = [str(one) for one in asked() if not one.specifier.contains(pins().get(canonicalize_name(one.name), "0"), prereleases=True)]
    assert unmet == [], "run: make lock"


def test_the_lock_holds_all_that_is_needed_and_nothing_else() -> None:
    needed = closure(asked())
    assert needed - set(pins()) == set(), "missing from the lock; run: make lock"
    assert set(pins()) - needed == set(), "in the lock and needed by nothing; run: make lock"


def test_every_pin_has_a_hash() -> None:
    for stanza in re.split(r"\n(?=[A-Za-z0-9])", (ROOT / "requirements.lock").read_text().strip()):
        assert "--hash=sha256:" in stanza, stanza.splitlines()[0]


def test_the_environment_is_the_lock() -> None:
    installed = {}
    for name in pins():
        try:
            installed[name] = version(name)
        except PackageNotFoundError:
            installed[name] = "not installed"
    assert {name: number for name, number in installed.items() if number != pins()[name]} == {}, "run: make setup"
