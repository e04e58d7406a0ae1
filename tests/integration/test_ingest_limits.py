"""Every limit on a delivery is a setting; a file beyond it is refused, told by the setting's name, and goes through when the setting is raised."""

import gzip
import io
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipelines.cli import app
from pipelines.limits import USUAL, Limits
from pipelines.settings import Settings
from tests.support.deliveries import ROWS, accepted, csv_text, deliver, home, rows
from tests.support.spreadsheets import ods, zipped

TABLE = rows("housing_arrears", 12)
PLAIN = csv_text(TABLE).encode()
GRID = [list(ROWS["housing_arrears"]), *(list(row.values()) for row in TABLE)]
LONG = csv_text([row | {"Address1": "x" * 200} for row in TABLE]).encode()
QUOTED = LONG.replace(b"Ngozi", b'"Ngozi"')


def xlsx(grid):
    import xlsxwriter

    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(grid):
            sheet.write_row(number, 0, row)
    return file.getvalue()


def parquet(table):
    import pyarrow as pa
    from pyarrow import parquet

    file = io.BytesIO()
    parquet.write_table(pa.table({name: [row[name] for row in table] for name in table[0]}), file)
    return file.getvalue()


def shared_parquet(characters):
    """A Parquet file of a few kilobytes in which every row shares one long value, kept once."""
    import pyarrow as pa
    from pyarrow import parquet

    table = pa.table({name: [row[name] for row in TABLE] for name in TABLE[0]})
    shared = pa.DictionaryArray.from_arrays(pa.array([0] * len(TABLE), pa.int32()), pa.array(["x" * characters]))
    file = io.BytesIO()
    parquet.write_table(table.set_column(table.schema.get_field_index("Address1"), "Address1", shared), file, compression="zstd")
    return file.getvalue()


CASES = [
    ("limit_file_gb", 1e-6, "csv", PLAIN, f"it has {len(PLAIN) / 2**30:.3g} GB, more than the limit of 1e-06 GB"),
    ("limit_unpacked_gb", 1e-6, "csv.gz", gzip.compress(PLAIN), "it unpacks to more than the limit of 1e-06 GB"),
    ("limit_unpacked_gb", 1e-6, "csv.zip", zipped({"a.csv": PLAIN}), "it unpacks to more than the limit of 1e-06 GB"),
    ("limit_archive_files", 2, "csv.zip", zipped({"a.csv": PLAIN, "__MACOSX/a": b"", "__MACOSX/b": b""}), "holds 3 files, more than the limit of 2"),
    ("limit_workbook_mb", 0.001, "xlsx", xlsx(GRID), "the workbook unpacks to 0 MB, more than the limit of 0.001 MB"),
    ("limit_cells", 100, "xlsx", xlsx(GRID), "a sheet of the workbook reaches over more than 100 cells"),
    ("limit_cells", 100, "ods", ods(GRID), "the workbook reaches over more than 100 cells"),
    ("limit_rows", 11, "csv", PLAIN, "it holds more than 11 rows"),
    ("limit_rows", 11, "xlsx", xlsx(GRID), "it holds more than 11 rows"),
    ("limit_rows", 11, "parquet", parquet(TABLE), "it holds more than 11 rows"),
    ("limit_unpacked_gb", 1e-6, "parquet", parquet(TABLE), "it unpacks to more than the limit of 1e-06 GB"),
    ("limit_columns", 20, "csv", PLAIN, f"the header on row 1 reaches over {len(TABLE[0])} columns, more than 20"),
    ("limit_cell_characters", 150, "csv", LONG, "row 2 holds a field of more than 150 characters"),
    ("limit_cell_characters", 150, "csv", QUOTED, "row 2 holds a field of more than 150 characters"),
    ("limit_cell_characters", 150, "parquet", parquet([row | {"Address1": "x" * 200} for row in TABLE]), "'Address1' has a cell of more than 150 characters"),
]


@pytest.mark.parametrize(("name", "value", "ending", "content", "says"), CASES, ids=[f"{case[0]}-{case[2]}-{n}" for n, case in enumerate(CASES)])
def test_a_file_beyond_a_limit_is_refused_by_the_settings_name_and_passes_when_it_is_raised(tmp_path, name, value, ending, content, says):
    tight = home(tmp_path, **{name: value})
    delivery = deliver(tight, "housing_arrears", content, f"rent_arrears_2026-11-20.{ending}")
    assert delivery.outcome == "refused"
    assert says in delivery.message
    assert f"FAMILIES_{name.upper()}" in delivery.message
    assert "xxx" not in delivery.message
    wide = home(tmp_path)
    assert len(accepted(wide, deliver(wide, "housing_arrears", content, f"rent_arrears_2026-11-20.{ending}"))) == 12


def test_a_bomb_is_one_by_the_limit_on_packing(tmp_path):
    bomb = gzip.compress(PLAIN + b"\n" * 70 * 1024**2, compresslevel=1)
    tight = home(tmp_path, limit_packing=100)
    delivery = deliver(tight, "housing_arrears", bomb, "rent_arrears_2026-11-20.csv.gz")
    assert "it unpacks to more than 100 times its size (FAMILIES_LIMIT_PACKING)" in delivery.message


def test_a_value_that_every_row_shares_is_not_copied_for_each_before_its_length_is_asked(tmp_path):
    content = shared_parquet(10_000_000)
    assert len(content) < 20_000
    delivery = deliver(home(tmp_path), "housing_arrears", content, "rent_arrears_2026-11-20.parquet")
    assert "a column has a cell of more than 131,072 characters (FAMILIES_LIMIT_CELL_CHARACTERS)" in delivery.message


def test_limits_are_read_from_the_environment_and_hold_for_an_unknown_file_too(tmp_path, monkeypatch):
    monkeypatch.setenv("FAMILIES_LIMIT_FILE_GB", "0.000001")
    path = tmp_path / "rent.csv"
    path.write_bytes(PLAIN)
    assert Settings().limit_file_gb == 1e-6
    assert "FAMILIES_LIMIT_FILE_GB" in str(CliRunner().invoke(app, ["authority", "infer", str(path)]).exception)


def test_the_page_on_running_it_names_every_limit_with_its_usual_value():
    page = Path("docs/operations.md").read_text(encoding="utf-8")
    told = dict(re.findall(r"^\| `(LIMIT_\w+)` \| ([\d,]+) \|", page, re.MULTILINE))
    assert told == {name.upper(): f"{getattr(USUAL, name):,}" for name in Limits.model_fields}
