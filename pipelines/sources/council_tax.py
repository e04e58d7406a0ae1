"""Council tax: who is liable for a dwelling, and who else is known to live there. It tells households where people live, and criteria nothing."""

from typing import Any

import sql
from pipelines import warehouse
from pipelines.warehouse import Connection
from schemas import staging


def appearances(con: Connection, parameters: dict[str, Any]) -> None:
    """Add every person the attached extract names to `appearance`."""
    con.execute(f"insert into appearance by name ({sql.read('standardise/council_tax_appearance')})")


def events(con: Connection) -> None:
    """Add every liability of the attached extract to staging.event; no measure counts them."""
    warehouse.append(con, staging.EVENT, sql.read("standardise/council_tax_event"))
