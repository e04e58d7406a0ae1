"""How large a delivery may be before it is refused as a mistake or an attack; apart from the settings because reading a file needs nothing else of them."""

from pydantic import BaseModel, ConfigDict, Field

MB, GB = 1024**2, 1024**3


class Limits(BaseModel):
    """Each may be given as an environment variable with the prefix FAMILIES_, such as FAMILIES_LIMIT_ROWS."""

    model_config = ConfigDict(frozen=True)

    # A county's year of session marks is about 6 GB as CSV.
    limit_file_gb: float = Field(default=16, gt=0, le=100_000, description="GB a delivered file may have, as it was delivered.")
    limit_unpacked_gb: float = Field(default=16, gt=0, le=100_000, description="GB a .gz or .zip may unpack to.")
    # Honest CSV packs 5 to 60 times, honest sheets 10 to 40 times; a bomb packs 1,000 times.
    limit_packing: int = Field(default=250, ge=2, le=100_000, description="Times its own size a packed file or workbook may unpack to.")
    limit_archive_files: int = Field(default=5_000, ge=1, le=1_000_000, description="Files an archive or workbook may hold inside.")
    limit_workbook_mb: float = Field(default=512, gt=0, le=1_000_000, description="MB a workbook may unpack to; it is held in memory.")
    # 20 million cells take about 700 MB; Excel's own limit is 17,000 million, and a hostile sheet of two cells can claim them all.
    limit_cells: int = Field(default=20_000_000, ge=100, le=10_000_000_000, description="Cells a sheet may reach over; they are held in memory.")
    limit_rows: int = Field(default=500_000_000, ge=1, le=1_000_000_000_000, description="Rows a file may hold.")
    limit_columns: int = Field(default=1_000, ge=3, le=100_000, description="Columns a header may reach over.")
    # A quotation mark that is never closed makes one cell of the rest of the file.
    limit_cell_characters: int = Field(default=131_072, ge=100, le=100_000_000, description="Characters a cell may hold.")


USUAL = Limits()


def setting(name: str) -> str:
    """A limit's setting as a message names it, in brackets."""
    return f"(FAMILIES_{name.upper()})"


def remedy(name: str) -> str | None:
    """What a limit may be, from its declared bounds; None for what is no limit."""
    declared = Limits.model_fields.get(name)
    if declared is None:
        return None
    bounds = {name: getattr(bound, name) for bound in declared.metadata for name in ("gt", "ge", "le") if hasattr(bound, name)}
    kind = "a whole number" if declared.annotation is int else "a number"
    least = f"from {bounds['ge']:,}" if "ge" in bounds else f"above {bounds['gt']:,}"
    return f"give {kind} {least} to {bounds['le']:,}, without separators"
