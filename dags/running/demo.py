"""Runs the real DAGs in this process, without a server, from the partners' files to the publication: what `make demo` shows."""

import argparse
import os
import sys
import warnings
from typing import TYPE_CHECKING, Any

from dags.running import environment

if TYPE_CHECKING:
    from airflow.dag_processing.dagbag import DagBag
    from airflow.models.dagrun import DagRun

FAILED = 1


def main(arguments: list[str] | None = None) -> int:
    """Run all six DAGs; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m dags.running.demo", description=__doc__)
    parser.add_argument("--as-of", required=True, help="the date to look from, such as 2026-11-23")
    parser.add_argument("--authority", default="calderbrook")
    asked = parser.parse_args(arguments)
    bag = dag_bag()
    council = {"authority": asked.authority, "as_of": asked.as_of}
    for dag_id in sorted(name for name in bag.dag_ids if name.startswith("ingest_")):
        if run(bag, dag_id, council).state != "success":
            return FAILED
    linked = run(bag, "link_households", council)
    if linked.state != "success":
        return FAILED
    published = run(bag, "publish_cohort", {"run_id": xcom(linked, "open_run"), "approval": "automatic"})
    if published.state != "success":
        return FAILED
    from dags import steps  # after the environment is set, since it imports airflow

    say(f"\n{steps.standing(xcom(linked, 'open_run'))}")
    return 0


def dag_bag() -> "DagBag":
    """The project's DAGs, on an embedded Airflow made ready in a private home."""
    os.environ.update(environment.configuration(environment.airflow_home()))
    os.environ["AIRFLOW__LOGGING__LOGGING_LEVEL"] = "CRITICAL"  # progress tells what failed, without the traceback
    warnings.simplefilter("ignore")  # those of Airflow's own imports are not for the reader of a demonstration
    from airflow.dag_processing.dagbag import DagBag
    from airflow.utils.db import initdb

    from dags.running import progress  # after the environment is set, since it imports airflow

    initdb()
    progress.listen(say)
    bag = DagBag(dag_folder=str(environment.ROOT / "dags"))
    if bag.import_errors:
        raise SystemExit("\n".join(f"{path}: {error}" for path, error in bag.import_errors.items()))
    return bag


def run(bag: "DagBag", dag_id: str, form: dict[str, Any]) -> "DagRun":
    """Run one DAG to its end, telling how each task fared."""
    say(f"\n{dag_id}")
    for task in bag.dags[dag_id].tasks:
        task.retries = 0  # nobody at a demonstration waits for another run to end
    finished: DagRun = bag.dags[dag_id].test(run_conf=form)
    return finished


def xcom(finished: "DagRun", task_id: str) -> Any:
    """What a task of a finished run returned."""
    task = finished.get_task_instance(task_id)
    return task.xcom_pull(task_ids=task_id) if task else None


def say(line: str) -> None:
    """Show progress at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
