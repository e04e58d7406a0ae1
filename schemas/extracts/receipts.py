"""What ingest adds to each extract: the rows refused, the values mended, and the receipt."""

from schemas.extracts.contract import FILE_NUMBER
from schemas.table import Column, Table

REJECTED = Table(
    "extract",
    "rejected",
    "rejected row x broken rule",
    "Every row refused, with each rule it broke; the row's values stay here, for analysts only.",
    ("file_name", "source_row", "rule", "column_name"),
    (
        Column("file_name", "VARCHAR", "Name of the delivered file the row stands in.", required=True),
        Column("source_row", "BIGINT", "Row number in the delivered file; the header is counted.", required=True, minimum=1),
        Column("rule", "VARCHAR", "The rule, by its short name.", required=True),
        Column("column_name", "VARCHAR", "The contract's column; empty when the rule is about the row.", required=True),
        Column("reason", "VARCHAR", "The rule in plain English, without the value.", required=True),
        Column("header_name", "VARCHAR", "The supplier's name of the column; empty when the rule is about the row.", required=True),
        Column("row_values", "VARCHAR", "The row as delivered, as JSON.", required=True, personal=True),
    ),
)

REPAIR = Table(
    "extract",
    "repair",
    "accepted row x column x repair",
    "Every value that was mended because what it should be is certain; the values are for analysts only.",
    ("file_name", "source_row", "column_name", "rule"),
    (
        Column("file_name", "VARCHAR", "Name of the delivered file the row stands in.", required=True),
        Column("source_row", "BIGINT", "Row number in the delivered file; the header is counted.", required=True, minimum=1),
        Column("rule", "VARCHAR", "The repair, by its short name.", required=True),
        Column("column_name", "VARCHAR", "The contract's column.", required=True),
        Column("reason", "VARCHAR", "The repair in plain English, without the value.", required=True),
        Column("before", "VARCHAR", "The value as delivered.", personal=True),
        Column("after", "VARCHAR", "The value as accepted.", personal=True),
    ),
)

REASON = Table(
    "extract",
    "reason",
    "earlier file x fate x rule x column",
    "Of a full delivery and the changes to it, why rows of the files before the last were rejected or repaired, counted; the values stay in the extract "
    "made when each file came. `rejected` and `repair` tell of the last.",
    ("file_number", "fate", "rule", "column_name"),
    (
        FILE_NUMBER,
        Column("fate", "VARCHAR", "What became of the rows.", required=True, allowed=("rejected", "repaired")),
        *(REJECTED[name] for name in ("rule", "column_name", "reason")),
        Column("row_count", "BIGINT", "Rows it became of; a row may break several rules.", required=True, unit="rows", minimum=1),
    ),
)

RECEIPT = Table(
    "extract",
    "receipt",
    "delivery",
    "What was delivered and what became of it.",
    ("extract_id",),
    (
        Column("extract_id", "VARCHAR", "The extract: source, delivery date and the first hex digits of a hash over file and profile.", required=True),
        Column("source", "VARCHAR", "The source.", required=True),
        Column(
            "delivery_number",
            "BIGINT",
            "Place among the source's extracts of that delivery date, from 1: a correction has a greater one.",
            required=True,
            minimum=1,
        ),
        Column("file_name", "VARCHAR", "Name of the delivered file.", required=True),
        Column("file_sha256", "VARCHAR", "SHA-256 of the file.", required=True),
        Column("file_bytes", "BIGINT", "Its size.", required=True, unit="bytes", minimum=0),
        Column("file_format", "VARCHAR", "csv, xlsx, xls, ods or parquet; with .gz or .zip behind it when packed.", required=True),
        Column("encoding", "VARCHAR", "Encoding found; null for spreadsheets and Parquet."),
        Column("delimiter", "VARCHAR", "Delimiter found; null for spreadsheets and Parquet."),
        Column("delivered_date", "DATE", "Date of delivery, from the file name.", required=True),
        Column("as_at_date", "DATE", "The day its statements hold for.", required=True),
        Column("received_count", "BIGINT", "Rows received: accepted and rejected.", required=True, unit="rows", minimum=0),
        Column("accepted_count", "BIGINT", "Rows accepted.", required=True, unit="rows", minimum=0),
        Column("rejected_count", "BIGINT", "Rows rejected.", required=True, unit="rows", minimum=0),
        Column("repaired_count", "BIGINT", "Accepted rows in which something was mended.", required=True, unit="rows", minimum=0),
        Column("removed_count", "BIGINT", "Title, blank, total and repeated-header rows left out.", required=True, unit="rows", minimum=0),
        Column("profile_sha256", "VARCHAR", "Hash of the supplier profile used.", required=True),
        Column("agreement_id", "VARCHAR", "Reference of the sharing agreement.", required=True),
    ),
)

# Counts of a file whose rows later files change; of the files of a set they say nothing.
_STANDING = (
    Column("replaced_count", "BIGINT", "Accepted rows in whose place a later file put others.", unit="rows", minimum=0),
    Column("deleted_count", "BIGINT", "Accepted rows that a later file took away.", unit="rows", minimum=0),
    Column("deletion_count", "BIGINT", "Accepted rows that only take others away.", unit="rows", minimum=0),
    Column(
        "standing_count",
        "BIGINT",
        "Accepted rows that stand: not replaced, deleted or deletions; of a set's file, those in the source's table.",
        unit="rows",
        minimum=0,
    ),
)

PART = Table(
    "extract",
    "part",
    "further file of a set, or file of a full delivery and the changes to it",
    "The files an extract came from. Of a set, all but its main file, of which the receipt speaks. Of changes, the full file and every file of changes to it, "
    "in their order; the receipt speaks of the last, and a row's number, less 100,000,000 for each file before its own, is its number in its file.",
    ("file_number",),
    (
        FILE_NUMBER,
        Column("part", "VARCHAR", "The set's table the file fills; or full, or changes.", required=True),
        *(RECEIPT[name] for name in ("file_name", "file_sha256", "file_bytes", "file_format", "encoding", "delimiter")),
        *(RECEIPT[f"{name}_count"] for name in ("received", "accepted", "rejected", "repaired", "removed")),
        Column("delivered_date", "DATE", "Day the file was delivered, where the files came on different ones."),
        Column("extract_id", "VARCHAR", "The extract made when the file came, which keeps its rejected rows; where the files came on different days."),
        *_STANDING,
    ),
)
