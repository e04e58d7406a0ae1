"""Housing: those named on a rent account, and what they owe."""

from typing import Any

import sql
from pipelines import warehouse
from pipelines.warehouse import Connection
from schemas import staging


def appearances(con: Connection, parameters: dict[str, Any]) -> None:
    """Add every person the attached extract names to `appearance`."""
    con.execute(f"insert into appearance by name ({sql.read('standardise/housing_arrears_appearance')})")


def events(con: Connection) -> None:
    """Add every fact of the attached extract to staging.event."""
    warehouse.append(con, staging.EVENT, sql.read("standardise/housing_arrears_event"))
