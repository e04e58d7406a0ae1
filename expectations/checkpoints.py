"""Has Great Expectations judge suites, either from one row of counts or from a small table's own rows; no value leaves it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import duckdb

from expectations import forms, metrics
from expectations.context import batch_definition, named_checks
from expectations.vocabulary import Expectation, Outcome, Suite

# Counts only: with SUMMARY or COMPLETE real values would stand in the results.
RESULT_FORMAT = {"result_format": "BASIC", "partial_unexpected_count": 0}


Counted = dict[str, tuple[int, int]]
"""How many rows were checked and how many offend, by expectation."""

Figure = tuple[str, str, int, int]
"""Suite, expectation, how many may offend, how many do: all that a judgement by counts rests on."""


@dataclass(slots=True)
class Judgements:
    """Figures that Great Expectations let pass: those known from an earlier run, and those this one came to, whether asked about or known."""

    known: frozenset[Figure] = frozenset()
    passed: set[Figure] = field(default_factory=set)
    known_count: int = 0

    def is_known(self, figure: Figure) -> bool:
        """Whether the very figure passed before, so that nobody need ask again. What failed is always asked about."""
        if figure not in self.known:
            return False
        self.known_count += 1
        self.passed.add(figure)
        return True


def check(
    con: duckdb.DuckDBPyConnection, suite: Suite, parameters: dict[str, Any], relation: str | None = None, judgements: Judgements | None = None
) -> list[Outcome]:
    """Judge a suite against a relation (its declared table unless given); a broken shape is told alone, since nothing else can be counted.

    Args:
        con: A connection that sees the relation.
        suite: What must be true.
        parameters: Values the suite's conditions name, such as `as_of`.
        relation: Qualified name where the table stands, when not under its own name.
        judgements: What is known of figures judged before; told what is judged now.
    """
    place = relation or suite.table.qualified
    columns = len(suite.table.columns)
    broken = metrics.broken_shape(con, suite, place)
    if broken:
        return _judge(suite, suite.expectations[:1], {"shape": (columns, broken)}, judgements)
    counted = {"shape": (columns, 0)} | metrics.counts(con, suite, place, parameters)
    if suite.is_small:
        return _judge(suite, suite.expectations, counted, judgements, con.sql(f"from {place}").df())
    return _judge(suite, suite.expectations, counted, judgements)


def judge(suite: Suite, counted: Counted, judgements: Judgements | None = None) -> list[Outcome]:
    """Judge a suite whose offenders were counted elsewhere: checked and unexpected by expectation."""
    return _judge(suite, suite.expectations, counted, judgements)


def _judge(suite: Suite, expectations: Sequence[Expectation], counted: Counted, judgements: Judgements | None, frame: Any = None) -> list[Outcome]:
    """By the counts, and by the table's own rows where a frame is given; rows are always judged anew."""
    native = {e.name for e in expectations if frame is not None and len(frame) and e.kind in forms.BY_ROWS}
    places = list(enumerate(expectations, start=1))
    by_rows = [forms.of_rows(e, position) for position, e in places if e.name in native]
    held = _by_counts(suite, [(i, e) for i, e in places if e.name not in native], counted, judgements or Judgements())
    held |= _validate(f"{suite.name} by rows", by_rows, frame)
    return [Outcome(suite.name, i, e.name, e.description, e.severity, held.get(i, False), *counted[e.name]) for i, e in places]


def _by_counts(suite: Suite, places: list[tuple[int, Expectation]], counted: Counted, judgements: Judgements) -> dict[int, bool]:
    """Whether each expectation held by its counts: one validation over the row of them, of the figures that are not known to pass."""
    figures = {i: (suite.name, e.name, forms.limit(e, counted[e.name][0]), counted[e.name][1]) for i, e in places}
    known = {i for i, figure in figures.items() if judgements.is_known(figure)}
    asked = [forms.of_counts(e, counted[e.name][0], i) for i, e in places if i not in known]
    held = _validate(f"{suite.name} by counts", asked, _row(counted)) if asked else {}
    judgements.passed |= {figures[i] for i, is_held in held.items() if is_held}
    return held | dict.fromkeys(known, True)


def _validate(name: str, checks: list[Any], frame: Any) -> dict[int, bool]:
    """Whether each check held, by its position. A check that could not be made is absent, and so has not held."""
    if not checks:
        return {}
    batch = batch_definition().get_batch(batch_parameters={"dataframe": frame})
    result = batch.validate(named_checks(name, checks), result_format=RESULT_FORMAT)
    return {r.expectation_config.meta["position"]: bool(r.success) for r in result.results}


def _row(counted: Counted) -> Any:
    import pandas as pd

    return pd.DataFrame([{name: unexpected for name, (_, unexpected) in counted.items()}])
