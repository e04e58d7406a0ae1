"""Writes what `families link` found: pairs.parquet, clusters.parquet and, with the truth, quality.json."""

from math import log2
from pathlib import Path
from typing import Any

from matching import tables
from matching.model import Model
from matching.specification import Specification
from pipelines.warehouse import Connection

# Of records that say the same, so many are told pair by pair.
_LARGEST_UNIT = 40


def write_pairs(con: Connection, specification: Specification, model: Model, record_count: int, path: Path) -> int:
    """Write told_pair with a level and a weight a field; returns how many pairs of records."""
    _pattern_levels(con, specification, model, record_count)
    names = [field.name for field in specification.fields]
    statement = tables.composed(
        "people/pairs",
        levels=",\n    ".join(f"pattern_level.level_{name}" for name in names),
        weights=",\n    ".join(f"pattern_level.weight_{name}" for name in names),
    )
    return copy(con, statement, path, {"largest_unit": _LARGEST_UNIT})


def write_clusters(con: Connection, path: Path) -> int:
    """Write people_cluster, every record once; returns how many records."""
    return copy(con, "from people_cluster order by source, record_id", path)


def copy(con: Connection, statement: str, path: Path, parameters: dict[str, Any] | None = None) -> int:
    """Write what the statement selects as Parquet; returns how many rows."""
    target = "'" + str(path).replace("'", "''") + "'"
    return int(con.execute(f"copy ({statement}) to {target} (format parquet, compression zstd, compression_level 1)", parameters or {}).fetchall()[0][0])


def _pattern_levels(con: Connection, specification: Specification, model: Model, record_count: int) -> None:
    """Make pattern_level: each pattern's levels in words and weights in bits."""
    match, _, unrelated = (log2(share) for share in model.priors(record_count))
    fields = specification.fields
    columns = {"pattern": "ubigint", "weight_prior": "float"}
    columns |= {f"level_{f.name}": "varchar" for f in fields} | {f"weight_{f.name}": "float" for f in fields}
    rows = []
    for (pattern,) in con.execute("select distinct pattern from told_pair order by pattern").fetchall():
        levels = [(f, f.level(pattern)) for f in fields]
        words = [f.levels[level - 1] if level else None for f, level in levels]
        weights = [log2(model.fields[f.name].m[level - 1] / model.fields[f.name].u[level - 1]) if level else 0.0 for f, level in levels]
        rows.append((pattern, match - unrelated, *words, *weights))
    tables.fill(con, "pattern_level", columns, rows)
