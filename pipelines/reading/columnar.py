"""Rows of a Parquet file, every value as text; the first row holds the column names."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from pipelines.errors import BadInput
from pipelines.limits import USUAL, Limits, setting
from pipelines.reading.cells import cell_text

_ROWS_AT_ONCE = 20_000
# Held for one column at once without further question; what is longer than a cell may be within it is told with its column's name later.
_SAFE_CHARACTERS = 100 * 10**6


def rows(path: Path, limits: Limits = USUAL, decimal_mark: str = ".") -> Iterator[Sequence[str | None]]:
    """The column names, then the rows, numbers with that mark. Raises BadInput when the file is damaged, or larger than the limits once it is unpacked."""
    import pyarrow as pa
    from pyarrow import parquet

    try:
        with parquet.ParquetFile(path) as file:
            _refuse_overgrown(path, file, limits)
            yield file.schema_arrow.names
            missing = file.metadata.num_rows
            for batch in file.iter_batches(_ROWS_AT_ONCE):
                missing -= batch.num_rows
                yield from zip(*([cell_text(value, decimal_mark) for value in column.to_pylist()] for column in batch.columns), strict=True)
            if missing:
                raise BadInput(f"the Parquet file lacks {missing:,} of the rows it says it holds. Ask the supplier to export it again.")
    # ValueError: a text that is no UTF-8, or a date that no calendar has.
    except (pa.ArrowException, OSError, ValueError, OverflowError) as error:
        raise BadInput(f"the Parquet file is damaged ({type(error).__name__}). Ask the supplier to export it again.") from None


def _refuse_overgrown(path: Path, file: Any, limits: Limits) -> None:
    """A value that many rows share is kept once in the file, and would be copied for each: so its length is asked before any row is read."""
    import pyarrow as pa
    import pyarrow.compute as pc
    from pyarrow import parquet

    groups = [file.metadata.row_group(number) for number in range(file.num_row_groups)]
    if sum(group.total_byte_size for group in groups) > limits.limit_unpacked_gb * 10**9:
        most = f"{limits.limit_unpacked_gb:g} GB {setting('limit_unpacked_gb')}"
        raise BadInput(f"it unpacks to more than the limit of {most}. Ask the supplier for smaller files.")
    # No value is longer than the chunk that holds it.
    chunks = [group.column(number).total_uncompressed_size for group in groups for number in range(group.num_columns)]
    at_once = min(_ROWS_AT_ONCE, file.metadata.num_rows)
    kinds = {field.name: field.type.value_type if pa.types.is_dictionary(field.type) else field.type for field in file.schema_arrow}
    names = [name for name, kind in kinds.items() if pa.types.is_string(kind) or pa.types.is_large_string(kind)]
    if not names or max(chunks, default=0) * at_once <= _SAFE_CHARACTERS:
        return
    with parquet.ParquetFile(path, read_dictionary=names) as shared:
        for batch in shared.iter_batches(_ROWS_AT_ONCE, columns=names):
            for column in batch.columns:
                values = column.dictionary if pa.types.is_dictionary(column.type) else column
                longest = pc.max(pc.utf8_length(values)).as_py() or 0
                if longest > limits.limit_cell_characters and longest * at_once > _SAFE_CHARACTERS:
                    most = f"{limits.limit_cell_characters:,} characters {setting('limit_cell_characters')}"
                    raise BadInput(f"a column has a cell of more than {most}. Ask the supplier to export the file again.")
