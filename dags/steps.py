"""One call of the flow as a task makes it: what a user can mend fails at once, another run at work is waited for, and no message tells a value."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date, timedelta
from traceback import extract_tb
from typing import Any

from airflow.sdk.exceptions import AirflowException, AirflowFailException, AirflowSkipException

# Only a run that waits for another is tried again: everything else ends the same way a second time.
DEFAULTS: dict[str, Any] = {"owner": "families", "retries": 6, "retry_delay": timedelta(minutes=5)}
RECEIPT = ("source", "extract_id", "outcome", "message", "received_count", "accepted_count", "repaired_count", "rejected_count", "removed_count")


def ingest(authority: str, source: str, as_of: date) -> list[dict[str, Any]]:
    """What became of each delivery of the source, as counts and a message without values."""
    with _told_plainly(f"ingest of {source}"):
        from pipelines.flow import ingest_source
        from pipelines.settings import Settings

        return [_receipt(delivery) for delivery in ingest_source(authority, source, as_of, Settings())]


def optional_sources(authority: str) -> list[str]:
    """The sources beyond the four that the authority has a profile of."""
    with _told_plainly("reading extracts.yml"):
        from pipelines import flow
        from pipelines.settings import Settings

        return flow.optional_sources(authority, Settings())


def open_run(authority: str, framework: str | None, as_of: date) -> str:
    """The id of the run that today's inputs make."""
    with _told_plainly("opening the run"):
        from pipelines import flow
        from pipelines.settings import Settings

        return flow.open_run(authority, framework, as_of, Settings())


def run_stage(stage: str, run_id: str, **options: Any) -> dict[str, Any]:
    """The counts of one stage of the run."""
    with _told_plainly(f"stage {stage} of run {run_id}"):
        from pipelines import flow
        from pipelines.settings import Settings

        return flow.run_stage(stage, run_id, Settings(), **options)


def publish(run_id: str, approval: dict[str, Any]) -> dict[str, Any]:
    """The counts of the publication. Skipped, and the log says why, when a later list is in place already: approval may come late."""
    counts = run_stage("publish", run_id, **approval)
    if not counts["is_current"]:
        raise AirflowSkipException(standing(run_id))
    return counts


def standing(run_id: str) -> str:
    """In words, whether readers see the run's list."""
    from pipelines import publications
    from pipelines.settings import Settings

    return publications.standing(run_id, Settings())


def asked_run(params: dict[str, Any], linked_events: list[Any]) -> dict[str, Any]:
    """The run to publish, and whether only to compute it: from the form, else from the newest of the events."""
    newest: dict[str, Any] = linked_events[-1].extra if linked_events else {}
    run_id = params["run_id"] or newest.get("run_id")
    if not run_id:
        raise AirflowFailException("No run is named. Give its id in the form, or trigger link_households, which hands over its own.")
    return {"run_id": run_id, "dry_run": bool(params["dry_run"] or newest.get("dry_run", False))}


def _receipt(delivery: Any) -> dict[str, Any]:
    return {name: value for name, value in asdict(delivery).items() if name in RECEIPT}


@contextmanager
def _told_plainly(step: str) -> Iterator[None]:
    """Anyone who may see Airflow reads its logs, so an exception's own text is shown only where the product wrote it."""
    from pipelines.errors import AnotherRunAtWork, FamiliesError

    try:
        yield
    except AnotherRunAtWork as error:
        raise AirflowException(f"{step}: {error}") from None
    except FamiliesError as error:
        raise AirflowFailException(f"{step}: {error}") from None
    except Exception as error:  # noqa: BLE001 - a library's message may quote a row
        where = " > ".join(f"{frame.name}:{frame.lineno}" for frame in extract_tb(error.__traceback__)[-3:])
        raise AirflowFailException(f"{step}: {type(error).__name__} at {where}. Run the stage with `families` on the machine to see the details.") from None
