"""Runs a DAG in this process, as a test needs it: with a flow of the test's making, and with a person who answers."""

import threading
import time
import types
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

PATIENCE_SECONDS = 60


class FakeFlow(types.ModuleType):
    """Stands in for pipelines.flow: notes each call, and does at a stage what the test says."""

    def __init__(self, deliveries: list[Any] | None = None, trouble: dict[str, Exception] | None = None, *, is_current: bool = True) -> None:
        super().__init__("pipelines.flow")
        self.calls: list[tuple[Any, ...]] = []
        self._deliveries = deliveries or []
        self._trouble = trouble or {}
        self._is_current = is_current

    def ingest_source(self, authority: str, source: str, as_of: Any, settings: Any) -> list[Any]:
        self.calls.append(("ingest_source", authority, source, as_of))
        return self._deliveries

    optional = ("early_help", "council_tax")

    def optional_sources(self, authority: str, settings: Any) -> list[str]:
        return list(self.optional)

    def open_run(self, authority: str, framework: str | None, as_of: Any, settings: Any) -> str:
        self.calls.append(("open_run", authority, framework, as_of))
        return f"{as_of}-0123456789ab"

    def run_stage(self, stage: str, run_id: str, settings: Any, **options: Any) -> dict[str, Any]:
        self.calls.append((stage, run_id, options))
        if stage in self._trouble:
            raise self._trouble.pop(stage)
        return {"families": 12} | ({"is_current": self._is_current} if stage == "publish" else {})

    @property
    def stages(self) -> list[str]:
        return [call[0] for call in self.calls]


def run_dag(dag: Any, form: dict[str, Any]) -> dict[str, str]:
    """Run the DAG to its end; the state of each task, and of the run under the name `run`."""
    fields = [params.get_param(name) for params in (dag.params, *(task.params for task in dag.tasks)) for name in params]
    before = [field.value for field in fields]
    try:
        finished = dag.test(run_conf=form)
    finally:
        for field, value in zip(fields, before, strict=True):
            field.value = value  # a run writes its form into the DAG's own fields, here where both share a process
    return {task.task_id: str(task.state) for task in finished.get_task_instances()} | {"run": str(finished.state)}


@contextmanager
def a_person_who_answers(dag_id: str, task_id: str, choice: str) -> Iterator[list[dict[str, Any]]]:
    """While the block runs, a coordinator waits for the question and gives the answer; what was shown is put in the list."""
    shown: list[dict[str, Any]] = []
    finished = threading.Event()
    person = threading.Thread(target=_answer, args=(dag_id, task_id, choice, shown, finished), daemon=True)
    person.start()
    try:
        yield shown
    finally:
        finished.set()
        person.join(PATIENCE_SECONDS)


def _answer(dag_id: str, task_id: str, choice: str, shown: list[dict[str, Any]], finished: threading.Event) -> None:
    """What a click on the page of required actions does; a person who cannot answer fails the task, since the run would wait for ever."""
    try:
        _click(dag_id, task_id, choice, shown, finished)
    except BaseException:
        from airflow.models.taskinstance import TaskInstance
        from airflow.utils.session import create_session
        from sqlalchemy import update

        with create_session() as session:
            session.execute(update(TaskInstance).where(TaskInstance.dag_id == dag_id, TaskInstance.task_id == task_id).values(state="failed"))
        raise


def _click(dag_id: str, task_id: str, choice: str, shown: list[dict[str, Any]], finished: threading.Event) -> None:
    from airflow.api_fastapi.auth.managers.simple.user import SimpleAuthManagerUser
    from airflow.api_fastapi.core_api.datamodels.hitl import UpdateHITLDetailPayload
    from airflow.api_fastapi.core_api.routes.public.hitl import update_hitl_detail
    from airflow.models.taskinstance import TaskInstance
    from airflow.utils.session import create_session
    from airflow.utils.state import TaskInstanceState
    from sqlalchemy import select
    from sqlalchemy.orm import joinedload

    parked = select(TaskInstance).options(joinedload(TaskInstance.hitl_detail))
    waiting = parked.where(TaskInstance.dag_id == dag_id, TaskInstance.task_id == task_id, TaskInstance.state == TaskInstanceState.AWAITING_INPUT)
    coordinator = SimpleAuthManagerUser(username="coordinator", role="admin")
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline and not finished.wait(0.2):
        with create_session() as session:
            task = session.scalars(waiting).first()
            if task is not None:
                shown.append({"subject": task.hitl_detail.subject, "body": task.hitl_detail.body})
                answer = UpdateHITLDetailPayload(chosen_options=[choice])
                update_hitl_detail(dag_id, task.run_id, task_id, answer, coordinator, session)
                return
