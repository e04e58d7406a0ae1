"""Compare the candidate pairs and give each its posterior under a model."""

from dataclasses import astuple

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


def compare(con: Connection, specification: Specification) -> list[tuple[int, int]]:
    """Compare candidate_pair into compared_pair; returns patterns with their number of pairs."""
    tables.make_from(con, "compared_pair", comparison.statement(specification.fields, specification.vetoes))
    tables.make(con, "pattern")
    return con.execute("from pattern order by pattern").fetchall()


def score(con: Connection, model: Model, specification: Specification, record_count: int) -> int:
    """Make link_scored_pair from compared_pair under the model; returns its row count."""
    patterns = [pattern for pattern, _ in con.execute("from pattern order by pattern").fetchall()]
    weighed = weights.pattern_weights(patterns, model, specification.fields, record_count)
    tables.fill(con, "pattern_weight", _PATTERN_WEIGHT, [astuple(w) for w in weighed])
    return tables.make(con, "link_scored_pair", parameters=_rarity(model, specification))


def _rarity(model: Model, specification: Specification) -> dict[str, float]:
    """What link_scored_pair needs to know of the names' exact levels; a field that is not compared is never exact."""
    parameters: dict[str, float] = {"namesakes_per_address": model.namesakes_per_address}
    for name in ("forename", "surname"):
        field = specification.by_name.get(name)
        parameters |= {f"exact_{name}": field.exact if field else 15, f"{name}_shift": field.shift if field else 60}
        parameters |= {f"{name}_u": model.fields[name].u[-1] if field else 1.0}
    return parameters
