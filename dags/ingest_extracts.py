"""**Takes in what a partner delivered.** One DAG a source, every day at 05:00 and whenever you trigger it.

It looks into the source's landing folder, checks every file it has not met before and keeps it as an extract: accepted rows,
rejected rows with their reasons, and a receipt. A file delivered twice is taken in once.

| you see | it means | do |
|---|---|---|
| `announce` skipped | nothing new | nothing |
| `announce` green | a new extract; the linking follows when every source has one, at the latest on Monday | nothing |
| `refused` red | a file could not be used; the previous extract stays in use | read the message, send the rejection report to the partner, ask for a new file |
"""

from typing import Any

from airflow.sdk import DAG, CronTriggerTimetable, chain, dag, task
from airflow.sdk.exceptions import AirflowSkipException

from dags import forms, steps
from dags.assets import EXTRACTS
from dags.refusal import refused


@task
def ingest(source: str, *, params: dict[str, Any], dag_run: Any) -> list[dict[str, Any]]:
    """Take in the source's deliveries."""
    return steps.ingest(params["authority"], source, forms.as_of_date(params, dag_run))


def announce(source: str, deliveries: list[dict[str, Any]], *, outlet_events: Any) -> None:
    """Tell the linking that there is a new extract."""
    new = [delivery for delivery in deliveries if delivery["outcome"] == "ingested"]
    if not new:
        raise AirflowSkipException("Nothing new was delivered.")
    counts = {name: new[-1][name] for name in ("extract_id", "received_count", "accepted_count", "rejected_count")}
    outlet_events[EXTRACTS[source]].extra = counts


def ingest_dag(source: str) -> DAG:
    """The DAG that takes in one source."""

    @dag(
        dag_id=f"ingest_{source}",
        description=f"Takes in what was delivered to landing/{source}: an extract of accepted rows, and each rejected row's reason.",
        schedule=CronTriggerTimetable("0 5 * * *", timezone=forms.COUNCIL_TIME),
        start_date=forms.START,
        catchup=False,
        max_active_runs=1,
        default_args=steps.DEFAULTS,
        params=forms.form("authority", "as_of"),
        tags=["families", "ingest"],
        doc_md=__doc__,
    )
    def build() -> None:
        deliveries = ingest(source)
        chain(deliveries, [task(announce, outlets=[EXTRACTS[source]])(source, deliveries), refused(deliveries)])

    return build()


for _source in EXTRACTS:
    globals()[f"ingest_{_source}"] = ingest_dag(_source)
