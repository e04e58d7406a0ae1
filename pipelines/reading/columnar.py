"""Rows of a Parquet file, every value as text; the first row holds the column names."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from pipelines.errors import BadInput
from pipelines.reading.cells import cell_text

_ROWS_AT_ONCE = 20_000


def rows(path: Path) -> Iterator[Sequence[str | None]]:
    """The column names, then the rows. Raises BadInput when the file is damaged."""
    import pyarrow as pa
    from pyarrow import parquet

    try:
        with parquet.ParquetFile(path) as file:
            yield file.schema_arrow.names
            missing = file.metadata.num_rows
            for batch in file.iter_batches(_ROWS_AT_ONCE):
                missing -= batch.num_rows
                yield from zip(*([cell_text(value) for value in column.to_pylist()] for column in batch.columns), strict=True)
            if missing:
                raise BadInput(f"the Parquet file lacks {missing:,} of the rows it says it holds. Ask the supplier to export it again.")
    # ValueError: a text that is no UTF-8, or a date that no calendar has.
    except (pa.ArrowException, OSError, ValueError, OverflowError) as error:
        raise BadInput(f"the Parquet file is damaged ({type(error).__name__}). Ask the supplier to export it again.") from None
