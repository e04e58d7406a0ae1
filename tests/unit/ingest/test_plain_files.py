"""A file whose rows are its lines is read many rows at a time, and what is read is the same as row by row."""

import csv

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.reading import delimited, load
from pipelines.reading.header import Header

HEADER = Header(1, 1, ("a", "b", "c"), {})
CELLS = st.text(st.characters(codec="utf-8", exclude_characters='"\r\n\x00\x1e', exclude_categories=["Cs"]), max_size=8)
ENDINGS = st.sampled_from(["\n", "\r\n"])


@pytest.fixture(scope="module")
def con():
    with duckdb.connect() as con:
        yield con


def read(con, path, *, fast):
    batches = (lambda: delimited.plain_batches(path, "utf-8", ",", load.columns(HEADER), 1)) if fast else None
    rows = delimited.rows(path, "utf-8", ",")
    next(rows)
    count = load.load(con, rows, HEADER, batches)
    return count, con.execute("select source_row, fault, beyond, nullif(c0, ''), nullif(c1, ''), nullif(c2, '') from delivered order by 1").fetchall()


def unblamed(rows):
    """A blank line is no row of anybody: it is removed, whatever is said of its length."""
    return [(row[0], None if row[3:] == (None, None, None) else row[1], *row[2:]) for row in rows]


@given(st.lists(st.lists(CELLS, min_size=0, max_size=4), max_size=8), ENDINGS, st.booleans())
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_plain_file_reads_the_same_fast_as_row_by_row(con, tmp_path, table, ending, is_ended):
    path = tmp_path / "marks.csv"
    path.write_text(ending.join([",".join(row) for row in [["a", "b", "c"], *table]]) + (ending if is_ended else ""), encoding="utf-8", newline="")
    assert delimited.is_plain(path, "utf-8", ",")
    (count, slow), (fast_count, fast) = read(con, path, fast=False), read(con, path, fast=True)
    assert (fast_count, unblamed(fast)) == (count, unblamed(slow))


@given(st.text('ab, "\r\n', max_size=40))
@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_however_quotation_marks_stand_what_is_taken_for_plain_reads_the_same(con, tmp_path, text):
    path = tmp_path / "marks.csv"
    path.write_text(f"a,b,c\n{text}\n1,2,3\n", encoding="utf-8", newline="")
    if delimited.is_plain(path, "utf-8", ","):
        (count, slow), (fast_count, fast) = read(con, path, fast=False), read(con, path, fast=True)
        assert (fast_count, unblamed(fast)) == (count, unblamed(slow))


QUOTABLE = st.text(st.characters(codec="utf-8", exclude_characters="\r\n\x00\x1e", exclude_categories=["Cs"]), max_size=8)


@given(st.lists(st.lists(QUOTABLE, min_size=3, max_size=3), min_size=1, max_size=8), st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]), ENDINGS)
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_file_quoted_as_it_should_be_is_plain_and_reads_as_it_was_written(con, tmp_path, table, quoting, ending):
    path = tmp_path / "marks.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, quoting=quoting, lineterminator=ending).writerows([["a", "b", "c"], *table])
    assert delimited.is_plain(path, "utf-8", ",")
    _, fast = read(con, path, fast=True)
    assert [row[3:] for row in fast] == [tuple(cell or None for cell in row) for row in table]


@pytest.mark.parametrize(
    ("content", "is_plain"),
    [
        (b'a,b\n1,"2"\n', True),
        (b'a,b\n1,"two ""or"" three, ""four"""\n', True),
        (b'a,b\n1,2"\n', False),
        (b'a,b\n1,"2"3\n', False),
        (b'a,b\n1, "2"\n', False),
        (b'a,b\n1,"2\n3"\n', False),
        (b'a,b\n1,"2\n', False),
        (b'a,b\n"1",' + b"x" * 140_000 + b"\n", False),
        (b"a,b\n" + b"x" * 140_000 + b",2\n", False),
        (b"a,b\n1,2\n", True),
        (b"a,b\n" + b"1,2\n" * 40_000, True),
    ],
)
def test_odd_quotation_marks_and_endless_fields_are_read_row_by_row(tmp_path, content, is_plain):
    path = tmp_path / "marks.csv"
    path.write_bytes(content)
    assert delimited.is_plain(path, "utf-8", ",") is is_plain
    assert not delimited.is_plain(path, "utf-16", ",")
