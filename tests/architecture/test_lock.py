"""The lock is what pyproject.toml asks for, with nothing missing, nothing spare and a hash for each; told without network."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, packages_distributions, requires, version
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


SHIPPED = ("dags", "expectations", "matching", "pipelines", "schemas", "sql")
OURS = {*SHIPPED, "benchmarks", "tests"}
# Compared with and never needed: they have environments of their own (benchmarks/requirements-peers.lock, benchmarks/addresses/peer.py).
PEERS = {"splink", "uk_address_matcher"}


def imported(folders: tuple[str, ...]) -> set[str]:
    """Top-level packages, neither Python's nor ours, that the folders' modules import."""
    trees = [ast.parse(path.read_text(encoding="utf-8")) for folder in folders for path in (ROOT / folder).rglob("*.py")]
    found = {name.partition(".")[0] for tree in trees for node in ast.walk(tree) for name in _named(node)}
    return found - OURS - PEERS - set(sys.stdlib_module_names)


def _named(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
        yield node.module


def undeclared(packages: set[str], declared: list[str]) -> list[str]:
    """Packages of which no distribution is among the requirements."""
    names = {canonicalize_name(Requirement(text).name) for text in declared}
    given = packages_distributions()
    return sorted(package for package in packages if not {canonicalize_name(name) for name in given.get(package, [])} & names)


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


def test_what_is_imported_is_declared() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    needed, dev = project["dependencies"], project["optional-dependencies"]["dev"]
    assert undeclared(imported(SHIPPED), needed) == [], "name them under dependencies in pyproject.toml, then run: make lock"
    assert undeclared(imported(("tests", "benchmarks")), needed + dev) == [], "name them under dev in pyproject.toml, then run: make lock"


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
