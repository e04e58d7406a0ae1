from pathlib import Path

import pytest

from pipelines import dictionary, warehouse
from pipelines.settings import Settings
from schemas import extracts

DOCS = Path(__file__).parents[2] / "docs"
EVERY_TABLE = [
    *dictionary.PUBLISHED,
    *dictionary.WORKING,
    *(c.table for c in extracts.CONTRACTS.values()),
    *(c.table for c in (*extracts.MAIN_OF_SETS.values(), *extracts.PARTS["school_attendance"].values())),
    extracts.REJECTED,
    extracts.REPAIR,
    extracts.RECEIPT,
    extracts.PART,
]


@pytest.mark.parametrize("name", sorted(dictionary.pages()))
def test_the_committed_page_says_what_the_code_declares(name):
    assert (DOCS / name).read_text(encoding="utf-8") == dictionary.pages()[name], "run `make docs` and commit the result"


@pytest.mark.parametrize("table", EVERY_TABLE, ids=lambda table: table.qualified)
def test_every_table_and_column_is_described(table):
    assert table.description.strip() and table.grain.strip()
    assert all(column.description.strip().endswith(".") for column in table)


@pytest.mark.parametrize("table", EVERY_TABLE, ids=lambda table: table.qualified)
def test_a_key_is_made_of_the_tables_own_columns(table):
    assert table.key and set(table.key) <= set(table.column_names)


@pytest.mark.parametrize("table", EVERY_TABLE, ids=lambda table: table.qualified)
def test_duckdb_accepts_the_declared_types(table, tmp_path):
    with warehouse.connection(Settings(home=tmp_path)) as con:
        warehouse.create(con, table)
        assert {row[0]: row[1] for row in con.execute(f"describe {table.qualified}").fetchall()} == table.types
