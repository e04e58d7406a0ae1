"""Compares only those candidate pairs of which it is not known how alike they are; what is known is the caller's to keep from run to run.

Known are levels that depend on the two records alone, and vetoes. What other records decide (company, how rare a name is) is looked at afresh in every pair.
"""

from dataclasses import dataclass

from matching import comparison, scoring, tables
from matching.comparison import ComparedField
from matching.specification import Specification
from matching.tables import Connection

PAIR = {"n_l": "integer", "n_r": "integer", "pattern": "ubigint", "is_vetoed": "boolean"}
"""What is kept of a pair: both records by number, the levels, and whether the pair is held apart."""
RECORD = {"n": "integer", "fingerprint": "ubigint"}
"""What is kept of a record: its number, and one over all that comparing reads of it."""

# Kinds whose level depends on further records.
_OF_OTHERS = frozenset({"company"})


@dataclass(frozen=True, slots=True)
class Compared:
    """How many candidate pairs were compared, and how many were known."""

    compared_pair_count: int
    known_pair_count: int


def compare(con: Connection, specification: Specification, known: str) -> Compared:
    """Make compared_pair and pattern of candidate_pair, as matching.scoring.compare does, and add to `known` the pairs that it did not hold.

    Args:
        con: a connection with link_record and candidate_pair.
        specification: the fields compared, and vetoes.
        known: a table of PAIR with candidate pairs that this very program compared when their records were as they are.

    Raises:
        ValueError: a veto names a level that further records decide, so that it cannot be known.
    """
    others = _of_others(specification)
    known_count = _count(con, known)
    if known_count:
        tables.rename(con, "candidate_pair", "every_pair")
        tables.make_from(con, "candidate_pair", tables.composed("link/unknown_pair", known=known))
    scoring.compare(con, specification)
    new_count = _count(con, "candidate_pair")
    newly = tables.composed("link/newly_known_pair", others=str(sum(15 << field.shift for field in others)))
    if known_count:
        tables.rename(con, "every_pair", "candidate_pair")
        tables.make_from(con, "newly_known_pair", newly)
        newly = "from newly_known_pair"
        tables.make_from(con, "compared_pair", _whole(specification, others, known))
        tables.make(con, "pattern")
    con.execute(f"insert into {known} by name ({newly})")
    return Compared(new_count, known_count)


def _count(con: Connection, table: str) -> int:
    return int(con.execute(f"from {table} select count(*)").fetchall()[0][0])


def _of_others(specification: Specification) -> tuple[ComparedField, ...]:
    others = tuple(field for field in specification.fields if field.kind.name in _OF_OTHERS)
    for field in others:
        if any(f"level_{field.name}" in veto or field.column in veto for veto in specification.vetoes):
            raise ValueError(f"a veto of {specification.name} names {field.name}, which further records decide")
    return others


def _whole(specification: Specification, others: tuple[ComparedField, ...], known: str) -> str:
    address = next((field for field in specification.fields if field.kind.name == "address"), None)
    levels = [f"(({comparison.level(field)})::ubigint << {field.shift})" for field in others]
    return tables.composed(
        "link/known_or_compared_pair",
        known=known,
        address=f"(pattern >> {address.shift} & 15)" if address else "0",
        pattern="\n+ ".join(["pair.pattern", *levels]),
    )
