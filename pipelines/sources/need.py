"""Every optional source: who has a need that an agency knows of, and since when. One shape, so one module for all of them."""

from dataclasses import dataclass
from typing import Any

import sql
from pipelines import warehouse
from pipelines.warehouse import Connection
from schemas import staging
from schemas.extracts.needs import WITHOUT_ADDRESS

_ADDRESS = "uprn as uprn_text, address_line_1 as line_1, address_line_2 as line_2, address_line_3 as line_3, postcode as postcode_text,"


@dataclass(frozen=True, slots=True)
class NeedSource:
    """A source of needs, with the two functions of every source."""

    source: str

    def appearances(self, con: Connection, parameters: dict[str, Any]) -> None:
        """Add every person the attached extract names to `appearance`."""
        address = "" if self.source in WITHOUT_ADDRESS else _ADDRESS
        con.execute(f"insert into appearance by name ({sql.read('standardise/need_appearance').format(source=self.source, address=address)})")

    def events(self, con: Connection) -> None:
        """Add every need of the attached extract to staging.event."""
        warehouse.append(con, staging.EVENT, sql.read("standardise/need_event").format(source=self.source))
