"""Households of any people table, from linked people, their addresses and what the table declares. The product's own are in households."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

import sql
from matching import home_evidence as evidence
from matching import households, tables
from matching.households import Floats, Ints

Connection = duckdb.DuckDBPyConnection

_PARAMETER = re.compile(r"\$([a-z_]+)")
_BEFORE = (
    *("home_person", "home_record", "home_building", "home_address", "home_guest", "home_surname", "home_relation"),
    *("home_sighting", "home_second_parent", "home_contact", "source_reliability", "home_stay", "home_kin", "home_undecided"),
)


@dataclass(frozen=True, slots=True)
class Rules:
    """`as_of` is the day households stand for; a tie below `membership` joins nobody; a household over `size_limit` needs declared ties."""

    as_of: date
    membership: float
    size_limit: int


def form(con: Connection, rules: Rules) -> None:
    """Make home_membership and home_other from people_record, people_cluster and the tables of the model file's households section.

    Those are home_seen_date, home_from_date, home_to_date, home_address_class and home_position (given_n, value), home_reference and home_unit.
    """
    parameters = evidence.PARAMETERS | {
        "as_of": rules.as_of,
        "membership": rules.membership,
        "now": rules.as_of.year + (rules.as_of.timetuple().tm_yday - 1) / 365.25,
    }
    pieces = [(name, *piece) for name, piece in evidence.LADDER.items()]
    shape = {"evidence": "varchar", "basis": "varchar", "is_declared": "boolean", "private": "double", "shared": "double", "communal": "double"}
    tables.fill(con, "home_ladder", shape, pieces)
    for table in (*_BEFORE, "home_now", "home_dwelling", "home_elsewhere", "home_torn", "home_second_share", "home_evidence", "home_tie"):
        _make(con, table, parameters)
    _group(con, rules)
    # Whom ages and company tie depends on who is tied already: partners and elders first, then children to what they have become.
    for further in (("home_couple", "home_structure_tie"), ("home_child_tie",)):
        for table in ("home_member", "home_part", *further):
            _make(con, table, parameters)
        con.execute(f"insert into home_tie by name from {further[-1]}")
        _group(con, rules)
    for table in ("home_membership", "home_other"):
        _make(con, table, parameters)


def _make(con: Connection, table: str, parameters: dict[str, Any]) -> None:
    statement = sql.read(f"home/{table}")
    tables.make_from(con, table, statement, {name: parameters[name] for name in set(_PARAMETER.findall(statement))})


def _group(con: Connection, rules: Rules) -> None:
    """Make home_group: for each person the founder of the household, and the strength of the weakest tie on the best way there."""
    ties = con.sql("from home_tie where probability >= $p order by n_l, n_r", params={"p": rules.membership}).fetchnumpy()
    people = con.execute("from home_person select count(*)").fetchall()[0][0]
    left, right = np.asarray(ties["n_l"], np.int32), np.asarray(ties["n_r"], np.int32)
    strength, declared = np.asarray(ties["probability"], np.float64), np.asarray(ties["is_declared"], np.bool_)
    kept = households.within_limit(people, left, right, declared, rules.size_limit) & ~_bringing_together(con, people, left, right, strength)
    founder, reach = households.groups(people, left[kept], right[kept], strength[kept])
    tables.fill_numbers(con, "home_group", {"n": np.arange(people, dtype=np.int32), "group_n": founder, "reach": reach})


def _bringing_together(con: Connection, people: int, left: Ints, right: Ints, strength: Floats) -> NDArray[np.bool_]:
    """Ties of people who would be put with somebody they are declared to live apart from: all of the one's whom less holds there."""
    apart = con.sql("select n_l, n_r from home_relation where kind = 'apart' order by n_l, n_r").fetchnumpy()
    cut = np.zeros(people, np.bool_)
    held = np.bincount(left, strength, people) + np.bincount(right, strength, people)
    while True:
        kept = ~(cut[left] | cut[right])
        label = households.components(people, left[kept], right[kept])
        together = label[apart["n_l"]] == label[apart["n_r"]]
        if not together.any():
            return ~kept
        one, other = np.asarray(apart["n_l"])[together], np.asarray(apart["n_r"])[together]
        cut[np.where(held[one] < held[other], one, other)] = True
