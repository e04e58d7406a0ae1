"""Holds back what starting values are too sure of: they were never shown how many people of this table share a date, a sex and a postcode, as twins do."""

from math import log2

from matching import tables
from matching.model import Model
from matching.specification import Specification
from pipelines.warehouse import Connection

# What names a person; without any of it two records are held to be one only by a model that has seen what strangers and housemates share.
_NAMING = ("forename", "surname", "middle_names", "number", "checked_number", "code")

# So many bits below the threshold of a link.
_BELOW = 1.0


def hold_back(con: Connection, specification: Specification, model: Model, link_probability: float) -> None:
    """Under a model that nothing has been learnt for, leave pairs without names, numbers and codes for review: their weight stays under the link threshold."""
    if any(model.is_taught(field) for field in specification.fields):
        return
    naming = sum(15 << field.shift for field in specification.fields if field.kind.name in _NAMING)
    parameters = {"naming": naming, "most_weight": log2(link_probability / (1 - link_probability)) - _BELOW}
    for table in ("link_scored_pair", "repeated_scored_pair"):
        tables.make_from(con, table, tables.composed("people/cautious_pair", table=table), parameters)
