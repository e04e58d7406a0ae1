"""The second week's deliveries as files of changes: of each partner the rows that differ from the week before, for `benchmarks/weekly_refresh.py`."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl
from python_calamine import CalamineWorkbook

AUTHORITY = "calderbrook"
_PROFILE = """  changes:
    file_pattern: '{pattern}'
    columns: {{change_type: [ROW_CHANGE]}}
    codes: {{change_type: {{A: stated, C: deleted}}}}
    refuse_when_rejected_share_over: 0.50
"""


@dataclass(frozen=True)
class _Supplier:
    """How a partner's full file is written, what its rows are known by, and which column tells the day of the file alone."""

    key: tuple[str, ...]
    separator: str = ","
    day: str | None = None
    header_row: int = 0
    yaml_key: str = ""


_SUPPLIERS = {
    "school_attendance": _Supplier(("Pupil ID", "School URN", "Academic Year", "Term")),
    "police_asb": _Supplier(("OCCURRENCE_NO", "NOMINAL_REF")),
    "dwp_benefit": _Supplier(("NINO", "BEN_TYPE", "AWARD_START"), separator="|", day="AS_AT"),
    "housing_arrears": _Supplier(("Account Reference",), day="BalanceDate", header_row=1, yaml_key="    key: [account_id]\n"),
}


def authorities(folder: Path, shipped: Path) -> None:
    """A copy of the shipped authority in `folder`, whose partners may send files of changes."""
    shutil.copytree(shipped / AUTHORITY, folder / AUTHORITY)
    path = folder / AUTHORITY / "extracts.yml"
    lines = []
    for line in path.read_text(encoding="utf-8").splitlines(keepends=True):
        lines.append(line)
        source = line.rstrip().removesuffix(":")
        if source in _SUPPLIERS:
            lines.append(_PROFILE.format(pattern=rf"{source}_changes_(?P<date>\d{{4}}-\d{{2}}-\d{{2}})\.csv") + _SUPPLIERS[source].yaml_key)
    path.write_text("".join(lines), encoding="utf-8")


def deliver(before: Path, now: Path, landing: Path, day: date) -> Iterator[tuple[str, int, int]]:
    """Write into `landing` what changed between the full files of two landing folders; yields source, rows of the change file and rows of the full one."""
    for source, supplier in _SUPPLIERS.items():
        earlier, later = (_rows(folder / source, supplier) for folder in (before, now))
        changed = _changed(earlier, later, supplier)
        (landing / source).mkdir(parents=True, exist_ok=True)
        changed.write_csv(landing / source / f"{source}_changes_{day}.csv", separator=supplier.separator)
        yield source, changed.height, later.height


def _rows(folder: Path, supplier: _Supplier) -> pl.DataFrame:
    """The one full file there, every cell as text, without rows that have no key (totals)."""
    (path,) = folder.iterdir()
    if path.suffix == ".xlsx":
        (sheet,) = (workbook := CalamineWorkbook.from_path(path)).sheet_names
        header, *rows = workbook.get_sheet_by_name(sheet).to_python()[supplier.header_row :]
        frame = pl.DataFrame([[_text(cell) for cell in row] for row in rows], schema=dict.fromkeys(header, pl.String), orient="row")
    else:
        frame = pl.read_csv(path, separator=supplier.separator, infer_schema=False, encoding="utf8-lossy")
    frame = frame.with_columns(pl.all().fill_null(""))
    return frame.filter(pl.all_horizontal(pl.col(name) != "" for name in supplier.key))


def _text(cell: object) -> str:
    """A cell as the landlord would write it in a CSV."""
    if isinstance(cell, float):
        return f"{cell:.15g}"
    return cell.strftime("%d/%m/%Y") if isinstance(cell, date) else str(cell)


def _changed(earlier: pl.DataFrame, later: pl.DataFrame, supplier: _Supplier) -> pl.DataFrame:
    """All rows of each key of which a row came, went or differs, and a row that deletes each key that went.

    What tells the day of the file alone is no difference.
    """
    told = [name for name in later.columns if name != supplier.day]
    key = list(supplier.key)
    differing = pl.concat([later.join(earlier, on=told, how="anti").select(key), earlier.join(later, on=told, how="anti").select(key)]).unique()
    stated = later.join(differing, on=key, how="semi").with_columns(pl.lit("A").alias("ROW_CHANGE"))
    gone = differing.join(later.select(key), on=key, how="anti").sort(key)
    blank = pl.DataFrame(schema=stated.schema)
    return pl.concat([stated, pl.concat([blank, gone.with_columns(pl.lit("C").alias("ROW_CHANGE"))], how="diagonal").fill_null("")])
