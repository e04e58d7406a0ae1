"""The form of each DAG: its params, declared once because the DAGs share them."""

from copy import deepcopy
from datetime import date
from typing import TYPE_CHECKING, Any

import pendulum
from airflow.sdk import Param
from airflow.sdk.exceptions import AirflowFailException

from pipelines.errors import WrongUsage
from pipelines.settings import COUNCIL_TIME, Settings

if TYPE_CHECKING:
    from airflow.sdk.types import DagRunProtocol

START = pendulum.datetime(2026, 1, 1, tz=COUNCIL_TIME)

FIELDS = {
    "authority": Param(
        Settings().authority,
        type="string",
        pattern="^[a-z][a-z0-9_-]*$",
        title="Authority",
        description="The folder of the council's configuration; FAMILIES_AUTHORITY, as the scheduler knows it, unless another is named.",
    ),
    "as_of": Param(
        None,
        type=["null", "string"],
        format="date",
        title="As-of date",
        description="The date to look from, today or earlier; the date of the run when left empty.",
    ),
    "framework": Param(
        None,
        type=["null", "string"],
        pattern="^[a-z0-9-]+$",
        title="Framework",
        description="The framework whose list is published; the authority's own when left empty.",
    ),
    "dry_run": Param(False, type="boolean", title="Dry run", description="Compute and check everything, publish nothing."),
    "run_id": Param(
        None,
        type=["null", "string"],
        pattern="^[0-9]{4}-[0-9]{2}-[0-9]{2}-[0-9a-f]+$",
        title="Run",
        description="The run to publish; the newest linked one when left empty.",
    ),
    "approval": Param(
        "person",
        type="string",
        enum=["person", "automatic"],
        title="Approval",
        description="A person approves the publication, or it goes out without one; the publication records which.",
    ),
}


def form(*names: str) -> dict[str, Param]:
    """The fields of a DAG's form: copies, since Airflow writes what was filled in into the field itself."""
    return {name: deepcopy(FIELDS[name]) for name in names}


def as_of_date(params: dict[str, Any], dag_run: "DagRunProtocol") -> date:
    """The form's as-of date, or the day in council time on which the run was due: the same at every retry. A date that lies ahead fails at once."""
    if params["as_of"]:
        try:
            return Settings().refuse_future(date.fromisoformat(params["as_of"]))
        except WrongUsage as error:
            raise AirflowFailException(str(error)) from None
    return pendulum.instance(dag_run.logical_date or dag_run.run_after).in_timezone(COUNCIL_TIME).date()


def approver(answer: dict[str, Any] | None, asked_of: str) -> dict[str, Any]:
    """How the publication was approved: by nobody where the form says so, else by the person who answered.

    The graph already skips what was not approved; this holds when somebody sets a task's state by hand.
    """
    if asked_of == "automatic":
        return {"approval": "automatic"}
    if answer is None or answer["chosen_options"] != ["Approve"]:
        raise AirflowFailException("Nobody approved this publication. Trigger the DAG again with the run's id to be asked again.")
    user = answer["responded_by_user"] or {}
    return {"approval": "person", "approved_by": user.get("name") or user.get("id")}
