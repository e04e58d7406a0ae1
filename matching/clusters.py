"""From scored pairs to people: connected components in SQL, and a closer look at those in which something contradicts.

Connected components alone chain strangers together: one namesake without a date of birth joins a father to his son.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby

import numpy as np

from matching import splitting, tables
from matching.tables import Connection

# Components this large get the closer look even when nothing in them contradicts.
_CAREFUL_SIZE = 8

# How likely one person a pair must be before its home may decide; and in how large a home.
_SECOND_LOOK = {"sure_probability": 0.9, "company_limit": 12}

_DECISION = {"record_id_l": "varchar", "record_id_r": "varchar", "decision": "varchar"}


@dataclass(frozen=True, slots=True)
class ClusterCounts:
    """People found, components looked at closely, and those of them that were split."""

    cluster_count: int
    examined_count: int
    split_count: int
    second_look_count: int = 0
    """Pairs of clusters that the people around them showed to be one."""


def clusters(con: Connection, decisions: list[tuple[str, str, str]], link_probability: float, size_limit: int) -> ClusterCounts:
    """Make link_cluster from link_scored_pair, link_record and staging.relationship.

    Args:
        con: a connection on which the pairs have been scored.
        decisions: record_id_l, record_id_r and same, different or unsure; each pair once.
        link_probability: pairs at or above it are one person unless something contradicts.
        size_limit: no person gets more records than this.
    """
    hold_apart(con, decisions)
    return at(con, link_probability, size_limit)


def hold_apart(con: Connection, decisions: list[tuple[str, str, str]]) -> None:
    """Make link_decision and link_apart: what people decided, and which pairs must not become one person at any threshold."""
    tables.fill(con, "given_decision", _DECISION, sorted(decisions))
    tables.make(con, "link_decision")
    tables.make(con, "link_apart")


def at(con: Connection, link_probability: float, size_limit: int) -> ClusterCounts:
    """Make link_cluster at a threshold; link_decision and link_apart stand."""
    tables.make(con, "link_edge", parameters={"link_probability": link_probability, "decided_weight": splitting.DECIDED_WEIGHT})
    _connect(con)
    tables.make(con, "link_within")
    tables.make(con, "link_troubled", parameters={"careful_size": min(_CAREFUL_SIZE, size_limit + 1)})
    tables.make(con, "link_troubled_pair", parameters={"apart_weight": splitting.APART_WEIGHT})
    parts = list(_parts(con, size_limit))
    tables.fill(con, "link_part", {"n": "integer", "cluster": "integer"}, [(n, group[0]) for groups in parts for group in groups for n in group])
    tables.make(con, "link_cluster")
    counted = con.execute("select count(distinct cluster) from link_cluster").fetchall()
    return ClusterCounts(counted[0][0], len(parts), sum(len(groups) > 1 for groups in parts))


def look_again(con: Connection, counts: ClusterCounts, review_probability: float, size_limit: int) -> ClusterCounts:
    """The collective second look: link_cluster anew, with those joined whom their home shows to be one person (docs/adr/0044).

    Args:
        con: a connection on which link_cluster stands.
        counts: what making it came to.
        review_probability: pairs at or above it could be one person, so that others at the home may be rivals.
        size_limit: no person gets more records than this.
    """
    tables.make(con, "second_look", parameters=_SECOND_LOOK | {"review_probability": review_probability, "size_limit": size_limit})
    tables.make(con, "looked_again", "link_cluster_looked_again")
    tables.rename(con, "looked_again", "link_cluster")
    count = con.execute("select count(*) from second_look").fetchall()[0][0]
    return replace(counts, cluster_count=counts.cluster_count - count, second_look_count=count)


def _connect(con: Connection) -> None:
    """Make link_label: connected components, each named for its lowest record number (Pearce 2005, as scipy has it)."""
    # Imported here: only runs that cluster need it.
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    edges = con.sql("select n_l, n_r from link_edge").fetchnumpy()
    size = int(con.execute("select coalesce(max(n), 0) from link_record").fetchall()[0][0]) + 1
    left, right = (np.asarray(edges[side], np.int32) for side in ("n_l", "n_r"))
    graph = coo_array((np.ones(len(left), np.int8), (left, right)), shape=(size, size))
    component = connected_components(graph, directed=False)[1]
    # Numbers rise, so the first of a component's records is its lowest.
    lowest = np.unique(component, return_index=True)[1]
    tables.fill_numbers(con, "link_label", {"n": np.arange(1, size, dtype=np.int32), "label": lowest[component][1:].astype(np.int32)})


def _parts(con: Connection, size_limit: int) -> Iterator[list[list[int]]]:
    rows = con.execute("from link_troubled_pair order by label, n_l, n_r").fetchall()
    for _, pairs in groupby(rows, key=lambda row: row[0]):
        yield splitting.split(((n_l, n_r, weight, is_edge) for _, n_l, n_r, weight, is_edge in pairs), size_limit)
