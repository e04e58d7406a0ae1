"""Who lives with whom: persons, addresses and relationships become households. Tables in, tables out; the weights are in household_evidence."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

import sql
from matching import household_evidence as evidence

Connection = duckdb.DuckDBPyConnection
Ints = NDArray[np.int32]
Floats = NDArray[np.float64]

_DECIDED = "person_id_l varchar, person_id_r varchar, subject_id varchar, decision varchar"
# More than all evidence together can come to.
_DECIDED_WEIGHT = 50.0
_PARAMETER = re.compile(r"\$([a-z_]+)")


@dataclass(frozen=True, slots=True)
class Rules:
    """The authority's thresholds: a tie below `membership_probability` joins nobody; a household over `size_limit` needs declared ties."""

    as_of: date
    membership_probability: float
    size_limit: int
    doubt_probability: float = 0.5


def form(con: Connection, rules: Rules) -> None:
    """Make household_membership and household_doubt from staging and linked tables.

    household_membership: person_n, group_n (number of the person who founds the household), probability, basis, is_primary; one primary row a person.
    household_doubt: person_n, group_n, probability, basis: people left out of a household that they may belong to.
    Where there is a table decided_membership (person_id_l, person_id_r, subject_id, decision), `belongs` and `apart` outdo all evidence.
    """
    parameters = _parameters(rules)
    _load_values(con)
    con.execute(f"create temp table if not exists decided_membership ({_DECIDED})")
    for table in (
        "household_person",
        "decided_tie",
        "surname_part",
        "household_relation",
        "declared_apart",
        "claims_alone",
        "told_alone",
        "dwelling",
        "person_dwelling",
        "own_residence",
    ):
        make(con, table, parameters)
    _declare_families(con)
    for table in ("resident", "unsure_parent", "dwelling_class", "household_pair", "pair_evidence", "household_tie"):
        make(con, table, parameters)
    _settle(con)
    _group(con, rules)
    for table in ("without_adult", "followed_parent", "one_family", "dependent_tie", "tie_of_dependents"):
        make(con, table, parameters)
    con.execute("create or replace temp table household_tie as from tie_of_dependents")
    _settle(con)
    _group(con, rules)
    for table in ("primary_membership", "second_home", "household_membership", "household_doubt"):
        make(con, table, parameters)


def make(con: Connection, table: str, parameters: dict[str, Any]) -> None:
    """Make the temporary table anew from `sql/household/<table>.sql`, with those of the parameters that it names."""
    statement = sql.read(f"household/{table}")
    used = {name: parameters[name] for name in set(_PARAMETER.findall(statement))}
    con.execute(f"create or replace temp table {table} as {statement}", used)


def _settle(con: Connection) -> None:
    """Put what people decided on top of household_tie."""
    make(con, "settled_tie", {"decided_weight": _DECIDED_WEIGHT})
    con.execute("create or replace temp table household_tie as from settled_tie")


def _parameters(rules: Rules) -> dict[str, Any]:
    own = {"as_of": rules.as_of, "membership_probability": rules.membership_probability, "doubt_probability": rules.doubt_probability}
    return {**evidence.PARAMETERS, **own, "dependent_age": evidence.DEPENDENT_AGE}


def _load_values(con: Connection) -> None:
    """The ladder and the reliabilities as tables, so that SQL joins them."""
    con.execute(
        "create or replace temp table evidence_weight (evidence varchar, basis varchar, is_declared boolean, private double, shared double, communal double)"
    )
    con.executemany("insert into evidence_weight values (?, ?, ?, ?, ?, ?)", [[name, *piece] for name, piece in evidence.LADDER.items()])
    con.execute("create or replace temp table address_reliability (source varchar, role varchar, reliability double)")
    con.executemany("insert into address_reliability values (?, ?, ?)", [[*key, value] for key, value in evidence.ADDRESS_RELIABILITY.items()])


def _declare_families(con: Connection) -> None:
    """Make declared_family: people whom parenthood at one address, or one award, ties wherever they are now."""
    query = (
        "select n_l, n_r from household_relation "
        "where is_same_address and not is_other_address and relationship_type in ('parent_of', 'partner_of') order by n_l, n_r"
    )
    ties = con.sql(query).fetchnumpy()
    people = _people(con)
    label = components(people, np.asarray(ties["n_l"], np.int32), np.asarray(ties["n_r"], np.int32))
    _store(con, "declared_family", {"n": np.arange(people, dtype=np.int32), "family_n": label})


def _people(con: Connection) -> int:
    count = con.execute("select count(*) from household_person").fetchone()
    return int(count[0]) if count else 0


def _group(con: Connection, rules: Rules) -> None:
    """Make household_group: for each person the founder of the household and the strength of the weakest tie on the best way to it."""
    ties = con.sql("from household_tie where probability >= $p order by n_l, n_r", params={"p": rules.membership_probability}).fetchnumpy()
    people = _people(con)
    left, right = np.asarray(ties["n_l"], np.int32), np.asarray(ties["n_r"], np.int32)
    strength = np.asarray(ties["probability"], np.float64)
    declared = np.asarray(ties["is_declared"], np.bool_)
    kept = within_limit(people, left, right, declared, rules.size_limit)
    founder, reach = groups(people, left[kept], right[kept], strength[kept])
    _store(con, "household_group", {"n": np.arange(people, dtype=np.int32), "group_n": founder, "reach": reach})


def within_limit(people: int, left: Ints, right: Ints, declared: NDArray[np.bool_], limit: int) -> NDArray[np.bool_]:
    """Which ties hold: in a group larger than the limit, the declared ones only."""
    label = components(people, left, right)
    size = np.bincount(label, minlength=1)
    return np.asarray((size[label[left]] <= limit) | declared, np.bool_)


def groups(people: int, left: Ints, right: Ints, strength: Floats) -> tuple[Ints, Floats]:
    """Founder of each person's group, and the bottleneck to it: the best, over all ways there, of the weakest tie on the way.

    The founder is the person with the strongest ties in all. A person alone has itself for founder, and reach 1.
    """
    label = components(people, left, right)
    founder = _founders(people, label, left, right, strength)
    reach = np.zeros(people)
    nearest = np.zeros(people)
    np.maximum.at(nearest, left, strength)
    np.maximum.at(nearest, right, strength)
    for level in np.unique(strength)[::-1]:
        strong = strength >= level
        at_level = components(people, left[strong], right[strong])
        reach[(reach == 0) & (at_level == at_level[founder])] = level
    is_founder = founder == np.arange(people)
    reach[is_founder] = np.where(nearest[is_founder] > 0, nearest[is_founder], 1.0)
    return founder, reach


def components(people: int, left: Ints, right: Ints) -> Ints:
    """A label for each person; people tied directly or through others have the same."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    graph = coo_array((np.ones(len(left), np.int8), (left, right)), shape=(people, people))
    return np.asarray(connected_components(graph, directed=False)[1], np.int32)


def _founders(people: int, label: Ints, left: Ints, right: Ints, strength: Floats) -> Ints:
    total = np.zeros(people)
    np.add.at(total, left, strength)
    np.add.at(total, right, strength)
    order = np.lexsort((np.arange(people), -np.round(total, 6), label))
    first = np.unique(label[order], return_index=True)[1]
    return np.asarray(order[first][label], np.int32)


def _store(con: Connection, table: str, columns: dict[str, NDArray[Any]]) -> None:
    import pyarrow as pa

    con.register("arrow_columns", pa.table(columns))
    con.execute(f"create or replace temp table {table} as from arrow_columns")
    con.unregister("arrow_columns")
