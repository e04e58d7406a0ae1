"""The tree keeps its shape: what the layout promises and import-linter cannot see."""

import ast
import re
import subprocess
import sys
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("schemas", "sql", "matching", "expectations", "pipelines")
OWN = (*PACKAGES, "dags")
TOP = {
    *OWN, "tests", "docs", "benchmarks", ".ci", ".gitignore",
    "CHANGELOG.md", "GLOSSARY.md", "LICENSE", "Makefile", "README.md", "pyproject.toml", "requirements.lock",
}  # fmt: skip
HEAVY = ("polars", "duckdb", "great_expectations", "recordlinkage", "pandas", "pyarrow", "numpy")

# Third-party package indexes and the folders of one machine have no place in the tree; spelt in parts so that this file passes its own test.
HOSTS = ("pypi" + ".org", "python" + "hosted.org", "registry.npm" + "js.org", "npm" + "js.com", "deb.de" + "bian.org", "conda." + "anaconda")
MACHINE = re.compile(r"(?<![\w.])/(?:work|root|home/\w+|Users/\w+)/")


@cache
def tracked() -> tuple[Path, ...]:
    """Files that git keeps and that exist."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True).stdout
    return tuple(path for name in listed.split("\0") if name and (path := ROOT / name).is_file())


def written(suffix: str, *folders: str) -> list[Path]:
    """Tracked files of a kind under the folders."""
    return [path for path in tracked() if path.suffix == suffix and path.relative_to(ROOT).parts[0] in folders]


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_the_top_of_the_tree_is_the_agreed_one() -> None:
    assert {path.relative_to(ROOT).parts[0] for path in tracked()} == TOP


@pytest.mark.parametrize("package", [*OWN, "tests"])
def test_no_other_distribution_brings_a_package_of_our_name(package: str) -> None:
    assert set(packages_distributions().get(package, [])) <= {"troubled-families"}


@pytest.mark.parametrize("package", PACKAGES)
def test_import_path_equals_file_path(package: str) -> None:
    assert Path(__import__(package).__file__ or "").parent == ROOT / package


def test_no_file_is_longer_than_400_lines() -> None:
    lengths = {name(path): len(path.read_text().splitlines()) for path in written(".py", *OWN, "tests", "benchmarks") + written(".sql", "sql")}
    assert {file: lines for file, lines in lengths.items() if lines > 400} == {}


def test_no_function_is_longer_than_60_lines() -> None:
    long = {}
    for path in written(".py", *OWN, "tests", "benchmarks"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and (lines := (node.end_lineno or 0) - node.lineno + 1) > 60:
                long[f"{name(path)}:{node.name}"] = lines
    assert long == {}


def test_a_dag_file_is_at_most_100_lines() -> None:
    dag_files = [path for path in written(".py", "dags") if path.parent == ROOT / "dags"]
    assert {name(path): lines for path in dag_files if (lines := len(path.read_text().splitlines())) > 100} == {}


def test_only_the_warehouse_opens_duckdb() -> None:
    opening = re.compile(r"duckdb\.connect\(|from duckdb import .*\bconnect\b")
    assert [name(path) for path in written(".py", *OWN) if opening.search(path.read_text())] == ["pipelines/warehouse.py"]


def test_a_macro_goes_with_the_connection_that_made_it() -> None:
    # What is kept in an engine's memory would reach the next who is given the engine (`warehouse.connection`), and macros are not looked for there.
    made = re.compile(r"create\s+(?:or\s+replace\s+)?(?!temp(?:orary)?\s)(?:macro|function)\b", re.IGNORECASE)
    assert [name(path) for path in written(".py", *OWN, "benchmarks") + written(".sql", "sql") if made.search(path.read_text())] == []


def test_only_the_settings_read_the_clock_and_the_environment() -> None:
    reading = re.compile(r"datetime\.now\(|date\.today\(|utcnow\(|os\.environ|os\.getenv")
    found = {name(path) for path in written(".py", *PACKAGES) if reading.search(path.read_text())}
    # Great Expectations is told through the environment to send nothing anywhere.
    assert found <= {"pipelines/settings.py", "pipelines/faults.py", "expectations/context.py"}


def test_matching_and_expectations_open_no_file_of_a_home() -> None:
    opening = re.compile(r"(?<![\w.])open\(|\.write_text\(|\.write_bytes\(")
    assert [name(path) for path in written(".py", "matching", "expectations") if opening.search(path.read_text())] == []


def test_no_package_index_and_no_folder_of_one_machine_is_named() -> None:
    named = {}
    for path in tracked():
        text = path.read_bytes().decode("utf-8", errors="ignore")
        if found := [host for host in HOSTS if host in text] + MACHINE.findall(text):
            named[name(path)] = found
    assert named == {}


def test_the_bare_imports_of_the_dags_load_nothing_heavy() -> None:
    """The scheduler forks: a library with threads in the parent hangs the child."""
    files = [path.stem for path in (ROOT / "dags").glob("*.py") if path.stem != "__init__"]
    program = f"import sys, importlib; [importlib.import_module('dags.' + name) for name in {files}]; print([m for m in {HEAVY} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", program], cwd=ROOT, capture_output=True, text=True, check=True, env=private_airflow())
    assert done.stdout.strip().splitlines()[-1] == "[]"


def private_airflow() -> dict[str, str]:
    import os
    import tempfile

    return os.environ | {"AIRFLOW_HOME": tempfile.mkdtemp(prefix="airflow-"), "AIRFLOW__CORE__LOAD_EXAMPLES": "False"}
