"""Tells of each task as it ends: Airflow's listeners call it, in place of Airflow's own log."""

import time
from collections.abc import Callable
from typing import Any

from airflow.listeners import hookimpl
from airflow.sdk.listener import get_listener_manager


class Progress:
    """A line for each task that ends; the reason for one that failed."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self._say = say
        self._started = time.monotonic()

    @hookimpl
    def on_task_instance_running(self, task_instance: Any) -> None:
        """Note when it began."""
        self._started = time.monotonic()

    @hookimpl
    def on_task_instance_success(self, task_instance: Any) -> None:
        """It is done."""
        self._tell(task_instance, "done before, kept" if _is_kept(task_instance) else "done")

    @hookimpl
    def on_task_instance_skipped(self, task_instance: Any) -> None:
        """There was nothing to do."""
        self._tell(task_instance, "nothing to do")

    @hookimpl
    def on_task_instance_failed(self, task_instance: Any, error: BaseException | str | None) -> None:
        """It failed, and why."""
        self._tell(task_instance, f"FAILED: {error}")

    def _tell(self, task_instance: Any, outcome: str) -> None:
        self._say(f"  {task_instance.task_id:<14} {time.monotonic() - self._started:5.1f} s  {outcome}")


def _is_kept(task_instance: Any) -> bool:
    """Whether the task only found its stage done: the flow says so in what the task returns."""
    returned = task_instance.xcom_pull(task_ids=task_instance.task_id)
    return isinstance(returned, dict) and bool(returned.get("is_kept"))


def listen(say: Callable[[str], None]) -> None:
    """Have every task of this process told of through `say`."""
    get_listener_manager().add_listener(Progress(say))  # type: ignore[no-untyped-call] # Airflow leaves it untyped
