"""The suites: what the declarations in `schemas/` say of each table, and what only this project knows of it."""

from dataclasses import replace

from expectations.tables import EXTRA
from expectations.vocabulary import Expectation, Suite, allowed, filled, required, shape, unique, within
from schemas import audit, cohort, extracts, linked, staging
from schemas.table import Table

# Small tables that auditors ask about most: Great Expectations reads the rows themselves, not counts of them.
_SMALL = {table.qualified for table in (cohort.VERIFIED_FAMILIES, cohort.CHANGE, cohort.RECONCILIATION, cohort.WARD_RECONCILIATION)}
# Tables without a row mean that a stage went wrong, not that there was nothing to say.
_NEVER_EMPTY = {table.qualified for table in (extracts.RECEIPT, staging.PERSON_RECORD, staging.RECORD_SOURCE, linked.PERSON, linked.PERSON_RECORD)}

# A session may be told by several files of a set; the last one holds.
_OF_SETS = [contract.table for files in extracts.SETS.values() for contract in (files.main, *files.parts.values())]


def suite(table: Table) -> Suite:
    """The suite of a declared table: its shape, each column's own rules, its key, then the hand-written ones."""
    return Suite(table.qualified, table, (*_about_table(table), *_about_columns(table), *EXTRA.get(table.qualified, ())), table.qualified in _SMALL)


def extract_suite(source: str) -> Suite:
    """The suite of a source's extract."""
    return suite(extracts.CONTRACTS[source].table)


def part_suite(source: str, part: str) -> Suite:
    """The suite of one further table of a set."""
    return suite(extracts.PARTS[source][part].table)


def main_of_set_suite(source: str) -> Suite:
    """The suite of the table that a set's main file fills, where it is another than the source's."""
    return suite(extracts.MAIN_OF_SETS[source].table)


def bookkeeping_suites(source: str) -> list[Suite]:
    """The suites of what ingest notes beside the rows. They warn: an extract of an earlier version may note less, and its rows are none the worse."""
    made = (suite(table) for table in (extracts.REJECTED, extracts.REPAIR, extracts.PART, extracts.REASON))
    return [Suite(f"{each.name}:{source}", each.table, tuple(map(_as_warning, each.expectations))) for each in made]


def _as_warning(expectation: Expectation) -> Expectation:
    return replace(expectation, severity="warning") if expectation.severity == "critical" else expectation


def receipt_suite(source: str) -> Suite:
    """The suite of the receipt of a source's extract, named for the source so that four receipts stand apart."""
    made = suite(extracts.RECEIPT)
    return Suite(f"{made.name}:{source}", made.table, made.expectations)


def staging_suites() -> list[Suite]:
    """The suites of the staging layer."""
    return [suite(table) for table in staging.TABLES]


def cohort_suites() -> list[Suite]:
    """The suites of everything the publication rests on: pairs, persons and households, cohort and register."""
    return [suite(table) for table in (*linked.TABLES, *cohort.COHORT_TABLES, *cohort.REGISTER_TABLES)]


def audit_suites() -> list[Suite]:
    """The suites of what a run notes of itself, so that an auditor can rely on it."""
    return [suite(table) for table in audit.TABLES]


def _about_table(table: Table) -> list[Expectation]:
    # Partners' extracts may repeat a row; standardise collapses the repeats, so they are told and stop nothing.
    repeats = "info" if table.name in extracts.CONTRACTS or table in _OF_SETS else "critical"
    emptiness = "critical" if table.qualified in _NEVER_EMPTY else "warning"
    empty_is_news = table.qualified in _NEVER_EMPTY or table.name in extracts.CONTRACTS
    return [shape(table), *([filled(table, emptiness)] if empty_is_news else []), unique(table, repeats)]


def _about_columns(table: Table) -> list[Expectation]:
    made: list[Expectation] = []
    for column in table:
        if column.required:
            made.append(required(column))
        if column.allowed:
            made.append(allowed(column))
        if column.minimum is not None or column.maximum is not None:
            made.append(within(column))
    return made
