"""What is measured, each run as a process of its own: `python -m benchmarks.ingest.tools ours|floor|frame FOLDER`."""

import json
import sys
from datetime import date
from pathlib import Path

from benchmarks.ingest import deliveries

AS_OF = date(2026, 11, 23)


def ours(folder: Path) -> dict[str, int]:
    """From the delivery to the extract, every row's fate kept, and the expectations of the marks judged."""
    from expectations import checkpoints, suites
    from pipelines import authority, ingest, warehouse

    settings = deliveries.settings(folder)
    (found,) = ingest.ingest(authority.find(deliveries.AUTHORITY, settings), deliveries.SOURCE, AS_OF, settings)
    if found.outcome != "ingested":
        raise SystemExit(found.message)
    path = settings.extracts_dir / deliveries.SOURCE / f"{found.extract_id}.duckdb"
    with warehouse.connection(settings) as con:
        warehouse.attach(con, settings, path, "delivered")
        outcomes = checkpoints.check(con, suites.part_suite(deliveries.SOURCE, "session_mark"), {"as_of": AS_OF}, "delivered.extract.session_mark")
    broken = sum(not outcome.is_success for outcome in outcomes)
    counts = {name: getattr(found, f"{name}_count") for name in ("received", "accepted", "rejected", "repaired")}
    return counts | {"expectations": len(outcomes), "broken": broken, "bytes": path.stat().st_size}


def floor(folder: Path) -> dict[str, int]:
    """DuckDB alone: the marks as text from CSV to Parquet, nothing asked of them."""
    import duckdb

    path = deliveries.settings(folder).landing_dir / deliveries.SOURCE / deliveries.MARKS
    with duckdb.connect(config={"threads": 2}) as con:
        con.execute(f"copy (from read_csv('{path}', all_varchar = true, quote = '', escape = '')) to '{folder / 'marks.parquet'}' (format parquet)")
    return {"bytes": (folder / "marks.parquet").stat().st_size}


def frame(folder: Path) -> dict[str, int]:
    """Great Expectations on a pandas frame: the expectations of our own suite of the marks, row by row; no fate of a row is kept."""
    import great_expectations as gx
    import pandas as pd
    from great_expectations import expectations as gxe

    from expectations import forms, suites
    from expectations.context import batch_definition
    from expectations.vocabulary import Kind

    suite = suites.part_suite(deliveries.SOURCE, "session_mark")
    path = deliveries.settings(folder).landing_dir / deliveries.SOURCE / deliveries.MARKS
    marks = pd.read_csv(path, dtype=str, keep_default_na=False, header=0, names=list(suite.table.column_names[:5]))
    marks["session_date"] = pd.to_datetime(marks["session_date"], format="%d/%m/%Y", errors="coerce")
    marks["source_row"], marks["file_number"] = range(2, len(marks) + 2), 1
    # Two of the suite have no counterpart by rows: the table's shape, and that no session lies after the as-of date.
    shape = gxe.ExpectTableColumnsToMatchSet(column_set=list(suite.table.column_names))
    marked_by_as_of = gxe.ExpectColumnValuesToBeBetween(column="session_date", max_value=str(AS_OF))
    other = {Kind.SHAPE: shape, Kind.NEVER: marked_by_as_of}
    checks = [other.get(e.kind) or forms.of_rows(e, position) for position, e in enumerate(suite.expectations)]
    result = (
        batch_definition()
        .get_batch(batch_parameters={"dataframe": marks})
        .validate(gx.ExpectationSuite(name="marks", expectations=checks), result_format={"result_format": "BASIC"})
    )
    return {"received": len(marks), "expectations": len(checks), "broken": sum(not r.success for r in result.results)}


if __name__ == "__main__":
    name, where = sys.argv[1:]
    print(json.dumps({"ours": ours, "floor": floor, "frame": frame}[name](Path(where))))
