"""**Scores, checks and publishes the weekly list.** Runs when `link_households` has linked a run.

It scores every household, verifies, checks the cohort, and then waits for a person: open **Required actions**, read the counts and
approve or reject. Nobody answers within three days: rejected. After a rejection the last publication stays in place; trigger the
DAG again with the run's id to be asked again.

| you see | it means | do |
|---|---|---|
| `check_cohort` red | a critical expectation failed; the published list stays | read the message, mend, then trigger `link_households` |
| `approval` waits | the list is ready and waits for you | approve or reject |
| `publish` skipped | rejected, a dry run, or a later list is in place already; its log says which | |
| `publish` red, "suppressed since" | a family on the list was suppressed while it waited | trigger `link_households` |
| approval set to automatic | it goes out without a person, and the publication says so | |
"""

from datetime import timedelta
from typing import Any

from airflow.providers.standard.operators.hitl import ApprovalOperator
from airflow.sdk import TriggerRule, chain, dag, task

from dags import forms, steps
from dags.assets import LINKED

BODY = """{% macro told(value) %}{% if value is mapping %}{% for name, one in value.items() %}{{ ", " if not loop.first }}{{ name | replace("_", " ") }} \
{{ "(" if one is mapping }}{{ told(one) }}{{ ")" if one is mapping }}{% endfor %}{% else %}{{ "{:,}".format(value) if value is number else value }}\
{% endif %}{% endmacro %}{% for stage, title in {"verify": "What the list would hold", "check_cohort": "What was checked"}.items() %}
### {{ title }}
{% for name, value in (ti.xcom_pull(task_ids=stage) or {}).items() if name != "is_kept" %}- {{ name | replace("_", " ") }}: {{ told(value) }}
{% endfor %}{% endfor %}
Run {{ ti.xcom_pull(task_ids="which_run").run_id }}. The list is published when you approve; the last publication stays when you reject or do not answer."""


@task
def which_run(*, params: dict[str, Any], triggering_asset_events: Any) -> dict[str, Any]:
    """The run the form names, or the newest that was linked, and whether it is a dry run."""
    return steps.asked_run(params, triggering_asset_events.get(LINKED, []))


@task
def stage(name: str, run: dict[str, Any]) -> dict[str, Any]:
    """Run one stage."""
    return steps.run_stage(name, run["run_id"])


@task.branch
def who_approves(run: dict[str, Any], *, params: dict[str, Any]) -> str | None:
    """A person, nobody (automatic), or nothing is published (dry run)."""
    if run["dry_run"]:
        return None
    return "approval" if params["approval"] == "person" else "publish"


@task(trigger_rule=TriggerRule.NONE_FAILED_MIN_ONE_SUCCESS)
def publish(run: dict[str, Any], *, params: dict[str, Any], ti: Any) -> dict[str, Any]:
    """Put the run in the last publication's place, with a note of who approved it."""
    return steps.publish(run["run_id"], forms.approver(ti.xcom_pull(task_ids="approval"), params["approval"]))


@dag(
    description="Scores, checks, asks a person and publishes the weekly list of a linked run.",
    schedule=[LINKED],
    start_date=forms.START,
    catchup=False,
    max_active_runs=1,
    default_args=steps.DEFAULTS,
    params=forms.form("run_id", "approval", "dry_run"),
    tags=["families", "publish"],
    doc_md=__doc__,
)
def publish_cohort() -> None:
    """From households to the weekly list."""
    run = which_run()
    assessed = [stage.override(task_id=name)(name, run) for name in ("score", "verify", "check_cohort")]
    approvers = who_approves(run)
    approval = ApprovalOperator(
        task_id="approval", subject="Publish the verified families?", body=BODY, defaults=ApprovalOperator.REJECT, response_timeout=timedelta(days=3)
    )
    published = publish(run)
    chain(run, *assessed, approvers, approval, published, stage.override(task_id="report")("report", run))
    chain(approvers, published)


publish_cohort()
