"""Compare the candidate pairs and give each its posterior under a model."""

from dataclasses import astuple
from math import log2

import sql
from matching import comparison, tables, weights
from matching.model import Model
from matching.specification import Specification
from matching.tables import Connection

_PATTERN_WEIGHT = {
    "pattern": "ubigint",
    "log_match": "double",
    "log_household": "double",
    "log_unrelated": "double",
    "levels": "varchar",
    "weights": "varchar",
}

_PATTERN_BOUND = {
    "pattern": "ubigint",
    "match_bound": "double",
    "household_bound": "double",
    "is_forename_exact": "boolean",
    "is_surname_exact": "boolean",
}


def compare(con: Connection, specification: Specification, pattern: str = "pattern") -> list[tuple[int, int]]:
    """Compare candidate_pair into compared_pair; returns patterns with their number of pairs, which the statement `pattern` counts."""
    tables.make_from(con, "compared_pair", comparison.statement(specification.fields, specification.vetoes))
    tables.make(con, "pattern", pattern)
    return con.execute("from pattern order by pattern").fetchall()


def compare_hopeful(con: Connection, model: Model, specification: Specification, record_count: int, review_probability: float) -> None:
    """Compare candidate_pair into compared_pair without pairs that, seen at a glance, cannot reach the review threshold or a household.

    What is costly to compare is compared only where it can matter. The other pairs go to hopeless_pair, since they speak against one person.
    """
    fields = specification.fields
    for table, statement in comparison.name_pairs(fields).items():
        tables.make_from(con, table, statement)
    tables.make_from(con, "compared_pair", comparison.statement(fields, specification.vetoes if model.has_households else [], is_glance=True))
    tables.make(con, "pattern")
    patterns = [pattern for pattern, _ in con.execute("from pattern order by pattern").fetchall()]
    bounds = weights.pattern_bounds(patterns, model, fields, record_count)
    exact = [[field and field.level(pattern) == field.exact for field in map(specification.by_name.get, ("forename", "surname"))] for pattern in patterns]
    rows = [(*bound, *map(bool, names)) for bound, names in zip(bounds, exact, strict=True)]
    tables.fill(con, "pattern_bound", _PATTERN_BOUND, rows)
    parameters = {name: value for name, value in _rarity(model, specification).items() if name in ("forename_u", "surname_u", "namesakes_per_address")}
    parameters["review_weight"] = log2(review_probability / (1 - review_probability))
    tables.make(con, "glanced_pair", parameters=parameters)
    tables.make(con, "hopeless_pair")
    tables.make_from(con, "compared_pair", comparison.closer(fields))
    tables.make(con, "pattern")


def score(
    con: Connection, model: Model, specification: Specification, record_count: int, around: str | None = None, parameters: dict[str, float] | None = None
) -> int:
    """Make link_scored_pair from compared_pair under the model; returns its row count.

    Args:
        con: a connection with compared_pair and pattern.
        model: what the levels weigh.
        specification: the fields compared.
        record_count: records that the priors are shares of.
        around: a skeleton in sql/ with a place for the statement `{scored}`, for more columns.
        parameters: the skeleton's own.
    """
    patterns = [pattern for pattern, _ in con.execute("from pattern order by pattern").fetchall()]
    weighed = weights.pattern_weights(patterns, model, specification.fields, record_count)
    tables.fill(con, "pattern_weight", _PATTERN_WEIGHT, [astuple(w) for w in weighed])
    statement = sql.read("link/link_scored_pair")
    if around:
        statement = tables.composed(around, scored=statement)
    return tables.make_from(con, "link_scored_pair", statement, _rarity(model, specification) | (parameters or {}))


def _rarity(model: Model, specification: Specification) -> dict[str, float]:
    """What link_scored_pair needs to know of the names' exact levels; a field that is not compared is never exact."""
    parameters: dict[str, float] = {"namesakes_per_address": model.namesakes_per_address, "has_households": model.has_households}
    for name in ("forename", "surname"):
        field = specification.by_name.get(name)
        parameters |= {f"exact_{name}": field.exact if field else 15, f"{name}_shift": field.shift if field else 60}
        parameters |= {f"{name}_u": model.fields[name].u[-1] if field else 1.0}
    return parameters
