"""Opens a publication to be read: the current one, or the one that stood at a date."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import sql
from pipelines import past_lists, publications, warehouse
from pipelines.errors import WrongUsage
from pipelines.settings import Settings

Rows = list[dict[str, Any]]


@contextmanager
def current(settings: Settings, as_at: date | None = None) -> Iterator[warehouse.Connection]:
    """A connection to the current publication, or to the one that stood at the date. Raises WrongUsage when there is none."""
    path = publications.current_path(settings)
    if path is None:
        raise WrongUsage(publications.nothing(settings))
    with warehouse.database(settings, path if as_at is None else _path_at(settings, as_at)) as con:
        yield con


def _path_at(settings: Settings, as_at: date) -> Path:
    run_id = past_lists.stood_at(as_at, settings)
    path = publications.path_of(run_id, settings)
    if not path.exists():
        raise WrongUsage(f"The list as at {as_at} is that of run {run_id}, which is no longer kept. Put it back: families rebuild {run_id} --restore")
    return path


def fetched(con: warehouse.Connection, statement: str, parameters: dict[str, Any] | None = None) -> Rows:
    """What a statement of `sql/` gives, a dictionary a row."""
    cursor = con.execute(sql.read(statement), parameters or {})
    names = [column[0] for column in cursor.description or []]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
