"""What a file of changes holds: rows of its source's contract, each in the place of the earlier rows of its key, or taking them away."""

from dataclasses import replace

from schemas.extracts.contract import Contract
from schemas.table import Column

DELETED, STATED = "deleted", "stated"
CHANGE_TYPE = Column(
    "change_type",
    "VARCHAR",
    "Whether the row stands in the place of earlier rows of its key (stated, also when empty) or takes them away (deleted).",
    allowed=(STATED, DELETED),
)

# A row's number in an extract of several files: those of the second file begin behind this, those of the third behind twice as much, so that
# the number tells the file as well. No file of changes, and no file they are made to, has as many rows; marks of sessions come as parts of a set.
ROWS_A_FILE = 100_000_000

FULL, CHANGES = "full", "changes"
"""What `extract.part` calls the files of such an extract."""


def of_changes(contract: Contract, key: tuple[str, ...]) -> Contract:
    """The contract of a source's files of changes; `key` says which earlier rows a row is about, the contract's for changes unless given."""
    key = key or contract.key_of_changes or contract.table.key
    table = replace(contract.table, name=f"{contract.table.name}_change", key=key, columns=(CHANGE_TYPE, *contract.table.columns))
    return replace(contract, table=table, changes_by=key)
