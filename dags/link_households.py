"""**Finds who is who and who lives with whom.** Runs when every source has a new extract, and on Monday at 06:00 in any case.

It opens a run on the newest extracts delivered by the as-of date, checks them, brings them into one shape, links the records of
one person and gathers persons into households. When it is done, `publish_cohort` follows by itself. The same inputs make the
same run again, so clearing a task or triggering the DAG twice does no harm.

| you see | it means | do |
|---|---|---|
| `check_landing` or `check_staging` red | a critical expectation failed; the published list stays | mend the extract or its profile, then trigger again |
| a task waits to be tried again | another run holds the files | nothing: it is tried every five minutes |
| dry run ticked | the cohort is computed and checked afterwards, and nothing is published | |
"""

from typing import Any

from airflow.sdk import AssetOrTimeSchedule, CronTriggerTimetable, chain, dag, task

from dags import forms, steps
from dags.assets import EXTRACTS, LINKED

STAGES = ("check_landing", "standardise", "check_staging", "link")


@task
def open_run(*, params: dict[str, Any], dag_run: Any) -> str:
    """Make or find the run of these inputs."""
    return steps.open_run(params["authority"], params["framework"], forms.as_of_date(params, dag_run))


@task
def stage(name: str, run: str) -> dict[str, Any]:
    """Run one stage."""
    return steps.run_stage(name, run)


@task(outlets=[LINKED])
def household(run: str, *, params: dict[str, Any], outlet_events: Any) -> dict[str, Any]:
    """Gather persons into households and tell the publication that the run is linked."""
    counts = steps.run_stage("household", run)
    outlet_events[LINKED].extra = {"run_id": run, "dry_run": params["dry_run"]}
    return counts


@dag(
    description="Finds who is who and who lives with whom, from the newest extract of each source.",
    schedule=AssetOrTimeSchedule(timetable=CronTriggerTimetable("0 6 * * MON", timezone=forms.COUNCIL_TIME), assets=list(EXTRACTS.values())),
    start_date=forms.START,
    catchup=False,
    max_active_runs=1,
    default_args=steps.DEFAULTS,
    params=forms.form("authority", "as_of", "framework", "dry_run"),
    tags=["families", "link"],
    doc_md=__doc__,
)
def link_households() -> None:
    """From extracts to households."""
    run = open_run()
    chain(run, *[stage.override(task_id=name)(name, run) for name in STAGES], household(run))


link_households()
