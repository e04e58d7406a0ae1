"""The households of `families link --households`: reads the columns of the model file's households section, forms, writes households.parquet, and judges."""

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

import sql
from matching import evaluation, homes, tables
from pipelines import people_files, people_messages, people_output
from pipelines.warehouse import Connection
from schemas.linkage_model import Households, LinkageModel

_WHAT_FOR = "that the section households of the model file names"
TRUTH = "to judge by. Name the column of the true household with --household-truth"
# A larger share of people without a home is told: it is more often a column that the model file leaves out than homelessness.
_MANY_UNPLACED = 0.1
_DATE_FORMATS = ["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y%m%d", "%Y/%m/%d", "%d %b %Y", "%d %B %Y", "%d-%b-%Y", "%d/%m/%y", "%Y-%m", "%Y"]


def declare(con: Connection, files: list[Path], asked: LinkageModel) -> None:
    """Make home_reference, and link_declared of the records in it: whom a record names as parent, partner or other kin is not that record's own person.

    Raises:
        BadInput: a file lacks a column that the section names.
    """
    _several(con, files, asked, "home_reference", "kind", asked.households.references())
    tables.make(con, "link_declared", "../people/declared_pair")


def form(con: Connection, files: list[Path], asked: LinkageModel, today: date) -> dict[str, Any]:
    """Make home_membership and home_other of the people just linked; returns counts for run.json.

    Raises:
        BadInput: a file lacks a column that the section names.
    """
    section = asked.households
    for name, column in section.single().items():
        _column(con, files, asked, column, name)
    for name in (key for key in Households.SINGLE if key not in section.single()):
        con.execute(f"create or replace temp table home_{name} (given_n integer, value {'date' if name in Households.DATES else 'varchar'})")
    _several(con, files, asked, "home_unit", "name", [(name, column) for name, column in section.units.items()])
    as_of = _as_of(con, section, today)
    homes.form(con, homes.Rules(as_of, section.membership, section.size_limit))
    return {"as_of": as_of.isoformat(), **_counts(con)}


def _column(con: Connection, files: list[Path], asked: LinkageModel, column: str, name: str) -> None:
    people_files.read_column(con, files, asked, column, f"home_{name}", _WHAT_FOR)
    if name in Households.DATES:
        statement = tables.composed("home/home_value", table=f"home_{name}")
        formats = [*asked.date_formats, *_DATE_FORMATS]
        tables.make_from(con, f"home_{name}", statement, {"formats": formats})


def _several(con: Connection, files: list[Path], asked: LinkageModel, table: str, label: str, columns: list[tuple[str, str]]) -> None:
    """Make a table of several columns' values, each row labelled with what its column is."""
    con.execute(f"create or replace temp table {table} (given_n integer, record_id varchar, source varchar, value varchar, {label} varchar)")
    for name, column in columns:
        people_files.read_column(con, files, asked, column, "home_column", _WHAT_FOR)
        con.execute(f"alter table home_column add column {label} varchar default '{name}'")
        con.execute(f"insert into {table} by name from home_column")


def _as_of(con: Connection, section: Households, today: date) -> date:
    """The day given, else the last on which a record was seen, else today."""
    if section.as_of:
        return section.as_of
    last = con.execute("select max(value) from home_seen_date where value <= $today", {"today": today}).fetchall()[0][0]
    return last or today


def _counts(con: Connection) -> dict[str, Any]:
    row = con.execute(sql.read("home/home_count"))
    names = [column[0] for column in row.description or []]
    counts: dict[str, Any] = dict(zip(names, row.fetchall()[0], strict=True))
    counts["basis"] = dict(con.execute("select basis, count(*) from home_membership group by basis order by basis").fetchall())
    return counts


def told(con: Connection, asked: LinkageModel, counts: dict[str, Any]) -> list[str]:
    """What the user should know of the homes: columns that say little of what they are named for, and that a large share of people has no home."""
    unplaced, people_count = counts["unplaced_people"], counts["people"]
    many = [people_messages.unplaced(unplaced, people_count)] if unplaced > _MANY_UNPLACED * people_count else []
    return [*_unread(con, asked.households), *many]


def _unread(con: Connection, section: Households) -> list[str]:
    """Of the columns of dates and of record ids, those of which most values are none."""
    dates = [name for name in section.single() if name in Households.DATES]
    read = {name: con.execute(f"select count(*), count(value) from home_{name}").fetchall()[0] for name in dates}  # noqa: S608 - declared names
    found = [people_messages.not_dates(name, *counts) for name, counts in read.items() if 2 * counts[1] < counts[0]]
    known = con.execute(sql.read("home/reference_count")).fetchall()
    return found + [people_messages.not_ids(*row) for row in known if 2 * row[2] < row[1]]


def write(con: Connection, path: Path) -> int:
    """Write households.parquet, every record once; returns how many."""
    return people_output.copy(con, sql.read("home/households"), path)


def judge(con: Connection, files: list[Path], asked: LinkageModel, column: str) -> dict[str, Any]:
    """B-cubed and pairs of people by household against the true household, beside grouping by address, and by address and surname.

    Raises:
        BadInput: a file has no such column.
    """
    people_files.read_column(con, files, asked, column, "home_truth", TRUTH)
    labels = con.sql(sql.read("home/labelled_person")).fetchnumpy()
    true = np.asarray(labels["true_household"])
    return {
        name: {
            "b_cubed": evaluation.b_cubed(labels[name], true).as_dict(),
            "pairs": evaluation.pair_scores(labels[name], true).as_dict(),
        }
        for name in ("households", "address_only", "address_and_surname")
    }
