"""Rows that repeat or contradict others of a delivery, or bear their number. Apart, since keys are compared as typed: a day may be written in two ways."""

import duckdb

import sql
from pipelines.reading.mapping import Mapping, Parameters, quoted
from pipelines.reading.repairs import Repair
from pipelines.reading.rules import TORN, Rule
from schemas.extracts import main_contract
from schemas.extracts.changes import CHANGE_TYPE, DELETED, STATED
from schemas.table import Column


def find_copies(con: duckdb.DuckDBPyConnection, mapping: Mapping) -> None:
    """Fill `duplicate` with the rows of `delivered` that repeat an earlier one to the letter; none where the typed key will tell."""
    cells = ", ".join([*(f"c{place}" for place in range(len(mapping.header.names))), "beyond"])
    if mapping.contract.one_row_a_key:
        con.execute("create or replace temp table duplicate (source_row bigint)")
        return
    for table in ("repeated", "duplicate"):
        run(con, table, Parameters(), sketched=cells, cells=cells)


def judge(con: duckdb.DuckDBPyConnection, mapping: Mapping, contract_rules: list[Rule]) -> None:
    """Note in `checked` the rows of one key that repeat or contradict one another, where the contract allows one row a key or the file is one of changes.

    A row that says the same as an earlier one breaks `duplicate_row`; of rows that say different things, all break `contradiction`. Rows without a whole
    key are told by themselves.
    """
    is_of_changes = bool(mapping.contract.changes_by) and CHANGE_TYPE.name in mapping.header.positions
    if not (mapping.contract.one_row_a_key or is_of_changes):
        return
    numbers = {name: [n for n, rule in enumerate(contract_rules, start=1) if rule.name == name] for name in (*TORN, "duplicate_row", "contradiction")}
    apart = [number for name in (*TORN, "duplicate_row") for number in numbers[name]]
    key = _key(mapping)
    told = [f"not list_has_any(broken, {apart})", *(f"{quoted(column.name)} is not null" for column in key)]
    if is_of_changes:
        told.append(f"{quoted(CHANGE_TYPE.name)} = '{STATED}'")
    pieces = {"key": ", ".join(map(_compared, key)), "is_told": " and ".join(told), "said": ", ".join([*_said(mapping), *_unread(mapping)])}
    for statement in ("repeated_key", "duplicate_key", "contradiction"):
        run(con, statement, Parameters(), **pieces)
    if is_of_changes:
        changed = [column for column in mapping.mapped if column.name in mapping.contract.changes_by and column.name in mapping.header.positions]
        # A value that cannot be typed is compared as written, so that unreadable ones are not of one key.
        written = ", ".join(f"coalesce(upper({quoted(c.name)}::varchar), upper(tidy({mapping.source(c.name)})))" for c in changed)
        parameters = Parameters({"deleted": DELETED, "duplicate": numbers["duplicate_row"][0]})
        run(con, "contradicting_change", parameters, key=written, marker=quoted(CHANGE_TYPE.name))
    for table, name in (("duplicate", "duplicate_row"), ("contradiction", "contradiction")):
        run(con, "break_rule", Parameters({"number": numbers[name][0]}), table=table)


def judge_upns(con: duckdb.DuckDBPyConnection, mapping: Mapping, contract_rules: list[Rule], contract_repairs: list[Repair]) -> None:
    """Note in `checked` the rows whose UPN got its letter back and stands for several pupils: digits that were lost make many numbers one."""
    held = {column.name for column in mapping.mapped}
    for upn in held.intersection(mapping.contract.upns):
        repair = next(n for n, made in enumerate(contract_repairs, start=1) if made.name == "check_letter" and made.column == upn)
        rule = next(n for n, broken in enumerate(contract_rules, start=1) if broken.name == "shared_upn" and broken.column == upn)
        names = [f"upper({quoted(name)}::varchar)" for name in ("surname", "forename", "full_name", "birth_date") if name in held]
        reference = quoted("source_person_id") if "source_person_id" in held else "source_row"
        run(con, "shared_upn", Parameters({"repair": repair}), upn=quoted(upn), reference=reference, names=", ".join(names) or "source_row")
        run(con, "break_rule", Parameters({"number": rule}), table="shared_upn")


def run(con: duckdb.DuckDBPyConnection, statement: str, parameters: Parameters, **pieces: str) -> int:
    """Run a statement of `sql/ingest` with its column lists put in; returns the count it reports."""
    row = con.execute(sql.read(f"ingest/{statement}").format(**pieces), parameters.values).fetchone()
    return int(row[0]) if row else 0


def _key(mapping: Mapping) -> list[Column]:
    """The columns by which two rows are about one thing: of changes also the source's own key, since a key of accounts alone gives accounts whole."""
    names = {*mapping.contract.table.key, *mapping.contract.changes_by}
    if mapping.contract.changes_by:
        names |= set(main_contract(mapping.contract.source, is_set=False).table.key)
    return [column for column in mapping.mapped if column.name in names]


def _compared(column: Column) -> str:
    return f"upper({quoted(column.name)})" if column.type == "VARCHAR" else quoted(column.name)


def _said(mapping: Mapping) -> list[str]:
    return [_compared(column) for column in mapping.mapped]


def _unread(mapping: Mapping) -> list[str]:
    """The cells that fill no column of the contract: rows that differ in one of them may be about two things."""
    read = {*mapping.header.positions.values(), *(place for places in mapping.header.followers.values() for place in places)}
    return [f"tidy(c{place})" for place in range(len(mapping.header.names)) if place not in read] + ["beyond"]
