"""Has Great Expectations judge suites, either from one row of counts or from a small table's own rows; no value leaves it."""

from collections.abc import Sequence
from typing import Any

import duckdb

from expectations import forms, metrics
from expectations.context import batch_definition, named_checks
from expectations.vocabulary import Expectation, Outcome, Suite

# Counts only: with SUMMARY or COMPLETE real values would stand in the results.
RESULT_FORMAT = {"result_format": "BASIC", "partial_unexpected_count": 0}


def check(con: duckdb.DuckDBPyConnection, suite: Suite, parameters: dict[str, Any], relation: str | None = None) -> list[Outcome]:
    """Judge a suite against a relation (its declared table unless given); a broken shape is told alone, since nothing else can be counted.

    Args:
        con: A connection that sees the relation.
        suite: What must be true.
        parameters: Values the suite's conditions name, such as `as_of`.
        relation: Qualified name where the table stands, when not under its own name.
    """
    place = relation or suite.table.qualified
    columns = len(suite.table.columns)
    broken = metrics.broken_shape(con, suite, place)
    if broken:
        return _judge(suite, suite.expectations[:1], {"shape": (columns, broken)})
    counted = {"shape": (columns, 0)} | metrics.counts(con, suite, place, parameters)
    if suite.is_small:
        return _judge(suite, suite.expectations, counted, con.sql(f"from {place}").df())
    return _judge(suite, suite.expectations, counted)


def judge(suite: Suite, counted: dict[str, tuple[int, int]]) -> list[Outcome]:
    """Judge a suite whose offenders were counted elsewhere: checked and unexpected by expectation."""
    return _judge(suite, suite.expectations, counted)


def _judge(suite: Suite, expectations: Sequence[Expectation], counted: dict[str, tuple[int, int]], frame: Any = None) -> list[Outcome]:
    """One validation over the row of counts, and one over the table's own rows where a frame is given."""
    native = {e.name for e in expectations if frame is not None and len(frame) and e.kind in forms.BY_ROWS}
    places = list(enumerate(expectations, start=1))
    by_counts = [forms.of_counts(e, counted[e.name][0], position) for position, e in places if e.name not in native]
    by_rows = [forms.of_rows(e, position) for position, e in places if e.name in native]
    held = _validate(f"{suite.name} by counts", by_counts, _row(counted)) | _validate(f"{suite.name} by rows", by_rows, frame)
    return [Outcome(suite.name, i, e.name, e.description, e.severity, held.get(i, False), *counted[e.name]) for i, e in places]


def _validate(name: str, checks: list[Any], frame: Any) -> dict[int, bool]:
    """Whether each check held, by its position. A check that could not be made is absent, and so has not held."""
    if not checks:
        return {}
    batch = batch_definition().get_batch(batch_parameters={"dataframe": frame})
    result = batch.validate(named_checks(name, checks), result_format=RESULT_FORMAT)
    return {r.expectation_config.meta["position"]: bool(r.success) for r in result.results}


def _row(counted: dict[str, tuple[int, int]]) -> Any:
    import pandas as pd

    return pd.DataFrame([{name: unexpected for name, (_, unexpected) in counted.items()}])
