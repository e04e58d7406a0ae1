"""No stage may read the borough's truth: only the demonstration makes and judges it."""

import ast
from pathlib import Path

PIPELINES = Path(__file__).parents[2] / "pipelines"
MAY = {"cli", "synthetic"}


def imported(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    plain = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    of = {f"{node.module}.{alias.name}" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module for alias in node.names}
    return plain | of


def test_no_stage_imports_the_fictional_borough():
    stages = [path for path in PIPELINES.rglob("*.py") if not MAY & set(path.relative_to(PIPELINES).parts)]
    assert len(stages) > 10
    assert [path.name for path in stages if any(name.startswith("pipelines.synthetic") for name in imported(path))] == []


def test_matching_and_schemas_do_not_either():
    root = PIPELINES.parent
    for package in ("matching", "schemas", "expectations", "sql"):
        assert not any(name.startswith("pipelines") for path in (root / package).rglob("*.py") for name in imported(path))
