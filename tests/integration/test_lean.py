"""Commands that read and are waited for bring in no more than they need: what a large library costs to import is most of what they take."""

import json
import subprocess
import sys

import pytest

from pipelines.cli import common
from tests.support import flow_runs

HEAVY = {"pandas", "numpy", "polars", "pyarrow", "scipy", "sqlalchemy", "great_expectations", "recordlinkage", "airflow", "sklearn"}
ASKED = """
import json, sys
from pipelines.cli import main
try:
    main()
except SystemExit as ended:
    assert ended.code in (0, None)
print(json.dumps(sorted({name.partition(".")[0] for name, module in sys.modules.items() if module is not None})), file=sys.stderr)
"""


@pytest.mark.parametrize(
    "command",
    [
        ("cohort", "what-if", "--framework", "tf-2012", "--set", "education.unauthorised_absence.threshold=10"),
        ("cohort", "list", "--status", "near_miss"),
    ],
    ids=lambda command: command[1],
)
def test_a_reading_command_imports_no_large_library(command):
    arguments = [*command, "--json", "--home", str(flow_runs.published().home)]
    asked = subprocess.run([sys.executable, "-c", ASKED, *arguments], capture_output=True, text=True, check=True)
    assert json.loads(asked.stdout)
    # The list tells what was decided since it was made, so it opens the store of decisions.
    needed = {"sqlalchemy"} if command[1] == "list" else set()
    assert set(json.loads(asked.stderr.splitlines()[-1])) & HEAVY == needed


def test_pandas_can_be_imported_again_afterwards(monkeypatch):
    monkeypatch.delitem(sys.modules, "pandas", raising=False)
    with common.without_pandas():
        assert sys.modules["pandas"] is None
        with pytest.raises(ImportError):
            import pandas  # noqa: F401
    assert "pandas" not in sys.modules


def test_pandas_that_is_there_stays(monkeypatch):
    monkeypatch.setitem(sys.modules, "pandas", sys)
    with common.without_pandas():
        assert sys.modules["pandas"] is sys
    assert sys.modules["pandas"] is sys
