"""**Takes in what the optional sources delivered.** Every day at 05:15 and whenever you trigger it.

It does for every source beyond the four that has a profile in the authority's `extracts.yml` what `ingest_<source>` does for one of
the four. What it takes in is used by the next run of `link_households`; it starts none by itself.

| you see | it means | do |
|---|---|---|
| all green | every file there was is taken in, or was before | nothing |
| `refused` red | a file could not be used; the previous extract of its source stays in use | read the message, ask the partner for a new file |
| `ingest` red | the configuration or the machine is at fault | read the message |
"""

from typing import Any

from airflow.sdk import CronTriggerTimetable, chain, dag, task

from dags import forms, steps
from dags.refusal import refused


@task
def ingest(*, params: dict[str, Any], dag_run: Any) -> list[dict[str, Any]]:
    """Take in the deliveries of every optional source, one source after the other."""
    as_of = forms.as_of_date(params, dag_run)
    return [delivery for source in steps.optional_sources(params["authority"]) for delivery in steps.ingest(params["authority"], source, as_of)]


@dag(
    description="Takes in what the optional sources delivered, for those that have a profile.",
    schedule=CronTriggerTimetable("15 5 * * *", timezone=forms.COUNCIL_TIME),
    start_date=forms.START,
    catchup=False,
    max_active_runs=1,
    default_args=steps.DEFAULTS,
    params=forms.form("authority", "as_of"),
    tags=["families", "ingest"],
    doc_md=__doc__,
)
def ingest_optional() -> None:
    """From the optional sources' landing folders to extracts."""
    deliveries = ingest()
    chain(deliveries, refused(deliveries))


ingest_optional()
