"""Compare the candidate pairs and give each its posterior under a model."""

from dataclasses import astuple

from matching import tables, weights
from matching.comparison import BY_NAME
from matching.model import Model
from matching.tables import Connection

_PATTERN_WEIGHT = {
    "pattern": "ubigint",
    "log_match": "double",
    "log_household": "double",
    "log_unrelated": "double",
    "levels": "varchar",
    "weights": "varchar",
}


def compare(con: Connection) -> list[tuple[int, int]]:
    """Compare candidate_pair into compared_pair; returns patterns with their number of pairs."""
    tables.make(con, "compared_pair")
    tables.make(con, "pattern")
    return con.execute("from pattern order by pattern").fetchall()


def score(con: Connection, model: Model, record_count: int) -> int:
    """Make link_scored_pair from compared_pair under the model; returns its row count."""
    patterns = [pattern for pattern, _ in con.execute("from pattern order by pattern").fetchall()]
    tables.fill(con, "pattern_weight", _PATTERN_WEIGHT, [astuple(w) for w in weights.pattern_weights(patterns, model, record_count)])
    parameters = {
        "exact_forename": BY_NAME["forename"].exact,
        "exact_surname": BY_NAME["surname"].exact,
        "forename_u": model.fields["forename"].u[-1],
        "surname_u": model.fields["surname"].u[-1],
        "namesakes_per_address": model.namesakes_per_address,
    }
    return tables.make(con, "link_scored_pair", parameters=parameters)
