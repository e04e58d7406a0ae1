"""An embedded Airflow for these tests alone: set before airflow is first imported, which only fixtures do."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dags.running import environment

HERE = Path(__file__).parent
_home = tempfile.TemporaryDirectory(prefix="families-airflow-", ignore_cleanup_errors=True)
os.environ.update({name: value for name, value in environment.configuration(Path(_home.name)).items() if name.startswith("AIRFLOW")})


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Airflow's own warnings are not ours to mend; those that our DAGs raise stay errors."""
    for item in items:
        if HERE in item.path.parents:
            for warning in QUIET:
                item.add_marker(pytest.mark.filterwarnings(warning), append=False)


QUIET = (
    "ignore:The 'alias' attribute with value 'limit' was provided",  # Airflow's own API models, as this release of pydantic sees them
    "ignore:GitWildMatchPattern:DeprecationWarning",  # Airflow reads .airflowignore through an old name of pathspec
    "ignore:Using `httpx` with `starlette.testclient` is deprecated",  # svcs, which Airflow's API stands on, imports the test client
)


@pytest.fixture(scope="session")
def bag() -> Iterator[Any]:
    """Every DAG of the project, on a metadata database of this session."""
    from airflow.dag_processing.dagbag import DagBag
    from airflow.utils.db import initdb

    initdb()
    yield DagBag(dag_folder=str(environment.ROOT / "dags"))
