"""Which figures Great Expectations let pass in the run before, so that a gate asks it about others only; apart because it is kept as other answers are."""

from collections.abc import Iterator
from contextlib import contextmanager

import sql
from expectations.checkpoints import Judgements
from pipelines import carried, warehouse
from pipelines.provenance import Run

_COLUMNS = {"suite": "varchar", "expectation": "varchar", "limit_count": "bigint", "unexpected_count": "bigint"}


@contextmanager
def figures(con: warehouse.Connection, run: Run, stage: str) -> Iterator[Judgements]:
    """What is known of figures at a stage's gates; at the end of the block what passed in it is left to the run after."""
    table = f"passed_{stage}"
    with carried.opened(con, run, f"check_{stage}") as is_there:
        carried.take(con, table, _COLUMNS, sql.read("audit/passed_figure").format(stage=stage) if is_there else None)
    judgements = Judgements(frozenset(con.execute(f"from carried.{table}").fetchall()))
    yield judgements
    rows = [dict(zip(_COLUMNS, figure, strict=True)) for figure in sorted(judgements.passed)]
    carried.take(con, table, _COLUMNS, None)
    if rows:
        con.execute(f"insert into carried.{table} by name select unnest($rows, recursive := true)", {"rows": rows})
    carried.sign(con, f"check_{stage}")
