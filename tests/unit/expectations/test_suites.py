"""What the suites say, and that Great Expectations judges the same whether it sees counts or rows."""

import dataclasses
import pkgutil
from datetime import date
from importlib import import_module

import duckdb
import pytest

import schemas
import sql
from expectations import checkpoints, offenders, suites
from expectations.tables import EXTRA
from expectations.vocabulary import Kind, Suite, seldom
from pipelines import warehouse
from schemas import cohort, extracts, staging
from schemas.extracts.contract import Contract
from schemas.table import Column, Table

AS_OF = date(2026, 11, 23)
SURNAME = "Quillfeather"

TABLE = Table(
    "cohort",
    "sample",
    "sample",
    "A table of a test.",
    ("sample_id", "surname"),
    (
        Column("sample_id", "VARCHAR", "Its id.", required=True),
        Column("surname", "VARCHAR", "A name.", personal=True, allowed=("Ash", "Birch")),
        Column("share", "DOUBLE", "A share.", minimum=0, maximum=1),
    ),
)
EVERY_SUITE = [
    *suites.staging_suites(),
    *suites.cohort_suites(),
    *suites.audit_suites(),
    *(f(source) for source in extracts.CONTRACTS for f in (suites.extract_suite, suites.receipt_suite)),
    *(suite for source in extracts.CONTRACTS for suite in suites.bookkeeping_suites(source)),
    *(suites.main_of_set_suite(source) for source in extracts.SETS),
    *(suites.part_suite(source, part) for source, files in extracts.SETS.items() for part in files.parts),
]


def declared(value):
    """The tables in a value of a module of `schemas`, however deep."""
    if isinstance(value, Table):
        return [value]
    if isinstance(value, Contract):
        return [value.table]
    within = value.values() if isinstance(value, dict) else value if isinstance(value, (tuple, list)) else ()
    return [table for each in within for table in declared(each)]


# Every table that any module of `schemas` declares, so that none is left out by forgetting to name it here.
MODULES = [import_module(found.name) for found in pkgutil.walk_packages(schemas.__path__, "schemas.")]
EVERY_TABLE = list({table.qualified: table for module in MODULES for value in vars(module).values() for table in declared(value)}.values())


@pytest.fixture
def con():
    with duckdb.connect() as made:
        warehouse.create(made, TABLE)
        yield made


def put(con, *rows):
    # Without the declared NOT NULL, so that a test may break it.
    con.execute("create or replace table cohort.sample (sample_id varchar, surname varchar, share double)")
    con.executemany("insert into cohort.sample values (?, ?, ?)", rows)


def broken(con, suite, **parameters):
    return {o.expectation: (o.checked_count, o.unexpected_count) for o in checkpoints.check(con, suite, parameters) if not o.is_success}


ROWS = [("a", "Ash", 0.5), ("a", "Ash", None), ("b", SURNAME, 7.0), (None, None, -1.0)]
BROKEN = {"required:sample_id": (4, 1), "allowed:surname": (3, 1), "range:share": (3, 2), "unique": (4, 1)}


@pytest.mark.parametrize("is_small", [False, True], ids=["by counts", "by rows"])
def test_counts_and_rows_are_judged_alike(con, is_small):
    put(con, *ROWS)
    assert broken(con, dataclasses.replace(suites.suite(TABLE), is_small=is_small)) == BROKEN


@pytest.mark.parametrize("is_small", [False, True], ids=["by counts", "by rows"])
def test_an_outcome_holds_no_value_of_a_row(con, is_small):
    put(con, *ROWS)
    assert SURNAME not in str(checkpoints.check(con, dataclasses.replace(suites.suite(TABLE), is_small=is_small), {}))


def test_great_expectations_itself_is_told_to_keep_values_to_itself(con, monkeypatch):
    put(con, *ROWS)
    results = []
    named = checkpoints.batch_definition()

    class Listening:
        def get_batch(self, **given):
            batch = named.get_batch(**given)
            return type("Batch", (), {"validate": lambda _, *args, **options: results.append(batch.validate(*args, **options)) or results[-1]})()

    monkeypatch.setattr(checkpoints, "batch_definition", Listening)
    checkpoints.check(con, dataclasses.replace(suites.suite(TABLE), is_small=True), {})
    assert len(results) == 2
    assert not any(SURNAME in str(result.to_json_dict()) for result in results)


def test_a_few_offenders_are_tolerated_where_a_share_may_offend(con):
    put(con, *[(str(n), "Ash", 0.5 if n else None) for n in range(10)])
    lax = Suite("sample", TABLE, (seldom("share_given", "Most have a share.", "share is null", 0.1),))
    strict = Suite("sample", TABLE, (seldom("share_given", "Nearly all have a share.", "share is null", 0.09),))
    assert broken(con, lax) == {}
    assert broken(con, strict) == {"share_given": (10, 1)}


@pytest.fixture
def asked(monkeypatch):
    """Which expectations Great Expectations is asked about, as they come."""
    names, validate = [], checkpoints._validate

    def listening(name, checks, frame):
        names.extend(getattr(check, "column", None) for check in checks)
        return validate(name, checks, frame)

    monkeypatch.setattr(checkpoints, "_validate", listening)
    return names


def test_a_figure_that_passed_before_is_not_asked_about_again(con, asked):
    put(con, *[(str(n), "Ash", 0.5) for n in range(10)])
    first = checkpoints.Judgements()
    before = checkpoints.check(con, suites.suite(TABLE), {}, judgements=first)
    asked.clear()
    second = checkpoints.Judgements(frozenset(first.passed))
    assert checkpoints.check(con, suites.suite(TABLE), {}, judgements=second) == before
    assert asked == []
    assert (second.passed, second.known_count) == (first.passed, len(before))


@pytest.mark.parametrize(("offending", "rows"), [(1, 20), (2, 30), (3, 30)], ids=["fewer", "of more rows", "more"])
def test_any_other_figure_is_asked_about(con, asked, offending, rows):
    suite = Suite("sample", TABLE, (seldom("share_given", "Most have a share.", "share is null", 0.1),))
    put(con, *[(str(n), "Ash", 0.5 if n > 1 else None) for n in range(20)])
    first = checkpoints.Judgements()
    checkpoints.check(con, suite, {}, judgements=first)
    asked.clear()
    put(con, *[(str(n), "Ash", 0.5 if n >= offending else None) for n in range(rows)])
    checkpoints.check(con, suite, {}, judgements=checkpoints.Judgements(frozenset(first.passed)))
    assert asked == ["share_given"]


def test_what_failed_is_asked_about_every_time(con, asked):
    put(con, *ROWS)
    first = checkpoints.Judgements()
    before = checkpoints.check(con, suites.suite(TABLE), {}, judgements=first)
    asked.clear()
    assert checkpoints.check(con, suites.suite(TABLE), {}, judgements=checkpoints.Judgements(frozenset(first.passed))) == before
    assert sorted(asked) == sorted(BROKEN)


def test_rows_are_always_judged_anew(con, asked):
    put(con, ("a", "Ash", 0.5))
    suite = dataclasses.replace(suites.suite(TABLE), is_small=True)
    first = checkpoints.Judgements()
    checkpoints.check(con, suite, {}, judgements=first)
    put(con, *ROWS)
    told = checkpoints.check(con, suite, {}, judgements=checkpoints.Judgements(frozenset(first.passed)))
    assert {o.expectation for o in told if not o.is_success} == set(BROKEN)


def test_a_share_is_counted_among_the_rows_it_is_about(con):
    put(con, ("1", "Ash", None), ("2", "Ash", 0.5), ("3", "Birch", None))
    suite = Suite("sample", TABLE, (seldom("share_given", "Birches have a share.", "share is null", 0.2, among="surname = 'Birch'"),))
    assert broken(con, suite) == {"share_given": (1, 1)}


def test_a_missing_table_or_column_is_told_and_nothing_else_is_asked(con):
    con.execute("alter table cohort.sample drop column share")
    assert broken(con, suites.suite(TABLE)) == {"shape": (3, 1)}
    con.execute("drop table cohort.sample")
    assert broken(con, suites.suite(TABLE)) == {"shape": (3, 3)}


def test_an_empty_small_table_is_judged_by_counts(con):
    assert broken(con, dataclasses.replace(suites.suite(TABLE), is_small=True)) == {}


def test_every_suite_can_be_counted_on_the_table_it_is_about():
    known = {"as_of": AS_OF, "run_id": "r", "framework_id": "f"}
    with duckdb.connect() as made:
        for suite in EVERY_SUITE:
            warehouse.create(made, suite.table)
            assert {o.expectation for o in checkpoints.check(made, suite, known) if not o.is_success} <= {"filled"}, suite.name


@pytest.mark.parametrize("suite", EVERY_SUITE, ids=lambda suite: suite.name)
def test_every_declared_rule_of_a_column_is_expected(suite):
    names = [expectation.name for expectation in suite.expectations]
    assert len(names) == len(set(names))
    declared = {f"required:{c.name}" for c in suite.table if c.required} | {f"allowed:{c.name}" for c in suite.table if c.allowed}
    declared |= {f"range:{c.name}" for c in suite.table if c.minimum is not None or c.maximum is not None}
    assert declared | {"shape", "unique"} <= set(names)


def test_every_table_of_landing_staging_linked_cohort_and_audit_has_a_suite():
    assert {table.qualified for table in EVERY_TABLE} == {suite.table.qualified for suite in EVERY_SUITE}


def test_everything_that_is_declared_beyond_a_table_is_about_a_table_that_is_judged():
    assert set(EXTRA) <= {table.qualified for table in EVERY_TABLE}


def test_an_extract_of_an_earlier_version_that_notes_less_stops_nothing():
    assert {e.severity for source in extracts.CONTRACTS for suite in suites.bookkeeping_suites(source) for e in suite.expectations} <= {"warning", "info"}


def test_every_expectation_is_a_sentence():
    for expectation in (e for suite in EVERY_SUITE for e in suite.expectations):
        assert expectation.description.endswith("."), expectation.name
        assert "_" not in expectation.description.split(".")[0].split(":")[0] or expectation.kind in (Kind.SHAPE, Kind.FILLED, Kind.UNIQUE), (
            expectation.description
        )


def test_repeats_stop_nothing_in_an_extract_and_everything_in_the_list():
    severity = {suite.name: next(e.severity for e in suite.expectations if e.kind is Kind.UNIQUE) for suite in EVERY_SUITE}
    assert severity["extract.police_asb"] == "info"
    assert severity[cohort.VERIFIED_FAMILIES.qualified] == severity[staging.PERSON_RECORD.qualified] == "critical"


def test_every_gate_has_its_statement_and_every_statement_its_gate():
    assert sorted(gate.name for gate in offenders.GATES) == sql.names("gate")
