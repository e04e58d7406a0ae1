"""Audit: how the list came to be. Nothing in these tables is personal, so auditors see all of it."""

from schemas.extracts.receipts import PART, RECEIPT
from schemas.table import Column, Table

SEVERITIES = ("critical", "warning", "info")
CHECKED_STAGES = ("landing", "staging", "cohort")
PUBLICATION = "publication"

_RUN_ID = Column("run_id", "VARCHAR", "The run.", required=True)
_STAGE = Column("stage", "VARCHAR", "Where in the flow it was checked.", required=True, allowed=CHECKED_STAGES)

RUN = Table(
    "audit",
    "run",
    "run",
    "What a refresh is a function of, by hash, and how its publication was approved.",
    ("run_id",),
    (
        _RUN_ID,
        Column("as_of_date", "DATE", "The date the run looks from.", required=True),
        Column("authority", "VARCHAR", "The authority.", required=True),
        Column("framework_id", "VARCHAR", "The framework of the verified list.", required=True),
        Column("extracts_sha256", "VARCHAR", "Hash over the extracts used.", required=True),
        Column("previous_run_id", "VARCHAR", "Run of the previous publication, where there was one."),
        Column("decisions_through", "INTEGER", "Number of the last decision considered; 0 when there was none.", required=True, minimum=0),
        Column("decisions_sha256", "VARCHAR", "Hash over the decisions considered.", required=True),
        Column("configuration_sha256", "VARCHAR", "Hash over the authority's files.", required=True),
        Column("criteria_sha256", "VARCHAR", "Hash of the criteria file.", required=True),
        Column("code_sha256", "VARCHAR", "Hash over the program's own files.", required=True),
        Column("approval", "VARCHAR", "automatic, person, or command_line; null until published.", allowed=("automatic", "person", "command_line")),
        Column("approved_by", "VARCHAR", "Who approved, where a person did."),
    ),
)

STAGE = Table(
    "audit",
    "stage",
    "run x stage",
    "What each stage of a run did.",
    ("run_id", "stage"),
    (
        _RUN_ID,
        Column("stage", "VARCHAR", "The stage.", required=True),
        Column("position", "INTEGER", "Its place in the flow, from 1.", required=True, minimum=1),
        Column("counts", "VARCHAR", "Counts the stage reported, as JSON.", required=True),
    ),
)

EXTRACT = Table(
    "audit",
    "extract",
    "source in a run",
    "The extract each source stands on, from receipt to staleness.",
    ("run_id", "source"),
    (
        _RUN_ID,
        Column("source", "VARCHAR", "The source.", required=True),
        Column("extract_id", "VARCHAR", "The extract; null when none is there."),
        Column("file_name", "VARCHAR", "Name of the delivered file."),
        Column("file_sha256", "VARCHAR", "SHA-256 of the delivered file."),
        Column("file_bytes", "BIGINT", "Its size.", unit="bytes", minimum=0),
        Column("delivered_date", "DATE", "The date of delivery, from the file name."),
        Column("as_at_date", "DATE", "The date its statements hold for."),
        Column("received_count", "BIGINT", "Rows in the file, without header, blank and total rows.", unit="rows", minimum=0),
        Column("accepted_count", "BIGINT", "Rows accepted.", unit="rows", minimum=0),
        Column("rejected_count", "BIGINT", "Rows rejected.", unit="rows", minimum=0),
        Column("repaired_count", "BIGINT", "Accepted rows in which something was mended.", unit="rows", minimum=0),
        Column("removed_count", "BIGINT", "Blank, total and repeated-header rows, counted and left out.", unit="rows", minimum=0),
        Column(
            "standing_count",
            "BIGINT",
            "Rows that stand: those accepted of all its files, less those that later files replaced or deleted.",
            unit="rows",
            minimum=0,
        ),
        Column("age_days", "INTEGER", "As-of date less delivery date.", unit="days"),
        Column("is_stale", "BOOLEAN", "True when missing or older than the source's limit: criteria on it are not assessed.", required=True),
        Column("stale_after_days", "INTEGER", "The source's limit of age.", required=True, unit="days", minimum=1),
        Column(
            "previous_extract_id", "VARCHAR", "The extract its volume is compared with: that of the last publication, else the one before; null when none is."
        ),
        Column("previous_accepted_count", "BIGINT", "Rows of that one that stood.", unit="rows", minimum=0),
        Column("warn_fall", "DOUBLE", "A fall of the standing rows by more than this share is told.", required=True, minimum=0, maximum=1),
        Column("refuse_fall", "DOUBLE", "A fall by more than this share stops the run.", required=True, minimum=0, maximum=1),
        Column("is_fall_allowed", "BOOLEAN", "Whether an analyst allowed this delivery to fall.", required=True),
        Column("supplier", "VARCHAR", "The system that wrote the file.", required=True),
        Column("controller", "VARCHAR", "The partner who answers for it.", required=True),
        Column("agreement_id", "VARCHAR", "Reference of the sharing agreement.", required=True),
        Column("agreement_expires_date", "DATE", "Last day of the sharing agreement.", required=True),
        Column("next_due_date", "DATE", "Day by which the next delivery is due, grace included; null where the source has no calendar."),
        Column("kept_until_date", "DATE", "Last day on which the extract may be kept; without an extract_id, of the last one, which is past and not used."),
        Column("allowed_outputs", "VARCHAR", "Where the source's rows may go, comma separated."),
    ),
)

EXTRACT_FILE = Table(
    "audit",
    "extract_file",
    "extract x file",
    "Every file behind each extract: one, the files of a set, or a full file and the changes made to it since.",
    ("run_id", "source", "file_number"),
    (
        _RUN_ID,
        Column("source", "VARCHAR", "The source.", required=True),
        Column("extract_id", "VARCHAR", "The extract the run stands on.", required=True),
        Column(
            "file_number",
            "INTEGER",
            "Its place among a full file and its changes, from 1, or among the further files of a set; 0 for any other.",
            required=True,
            minimum=0,
        ),
        Column("part", "VARCHAR", "main, full or changes; or the table of a set that the file fills.", required=True),
        *(RECEIPT[name] for name in ("file_name", "file_sha256", "file_bytes")),
        Column("delivered_date", "DATE", "Day it was delivered; null where it is that of the set's main file."),
        Column("delivered_as", "VARCHAR", "The extract made when the file came, which keeps its rejected rows; null for the further files of a set."),
        *(RECEIPT[f"{name}_count"] for name in ("received", "accepted", "rejected", "repaired", "removed")),
        *(PART[f"{name}_count"] for name in ("replaced", "deleted", "deletion", "standing")),
        Column(
            "rows_before",
            "BIGINT",
            "What to take from a source row's number to have its number in this file; null where the file fills another table than the source's.",
            unit="rows",
            minimum=0,
        ),
    ),
)

OVERTAKEN = Table(
    "audit",
    "overtaken",
    "extract x file",
    "Every file of an accepted delivery that the run does not stand on, since another has taken its place or speaks of a later day.",
    ("extract_id", "file_number"),
    (
        _RUN_ID,
        Column("source", "VARCHAR", "The source.", required=True),
        Column("extract_id", "VARCHAR", "The extract that was overtaken.", required=True),
        Column("file_number", "INTEGER", "As in audit.extract_file.", required=True, minimum=0),
        Column("part", "VARCHAR", "As in audit.extract_file.", required=True),
        *(RECEIPT[name] for name in ("file_name", "file_sha256")),
        Column("delivered_date", "DATE", "Day it was delivered.", required=True),
        Column("as_at_date", "DATE", "The date its statements hold for.", required=True),
        *(RECEIPT[f"{name}_count"] for name in ("received", "accepted", "rejected", "repaired", "removed")),
        Column("overtaken_by", "VARCHAR", "The extract that the run stands on.", required=True),
        Column("is_new", "BOOLEAN", "True where no publication before told of it: it came since the last one.", required=True),
    ),
)

OVERTAKEN_REASON = Table(
    "audit",
    "overtaken_reason",
    "file x fate x rule x column",
    "Why rows of deliveries that were overtaken since the last publication were rejected or repaired, counted.",
    ("extract_id", "file_name", "fate", "rule", "column_name"),
    (
        _RUN_ID,
        Column("source", "VARCHAR", "The source.", required=True),
        Column("extract_id", "VARCHAR", "The extract that was overtaken.", required=True),
        Column("file_name", "VARCHAR", "The delivered file.", required=True),
        Column("fate", "VARCHAR", "What became of the rows.", required=True, allowed=("rejected", "repaired")),
        Column("rule", "VARCHAR", "The rule or repair, by its short name.", required=True),
        Column("column_name", "VARCHAR", "The contract's column; empty when it is about the row.", required=True),
        Column("reason", "VARCHAR", "The rule or repair in plain English.", required=True),
        Column("row_count", "BIGINT", "Rows; one may have several reasons.", required=True, unit="rows", minimum=1),
    ),
)

_OF_A_REASON = (
    _RUN_ID,
    Column("source", "VARCHAR", "The source.", required=True),
    Column("extract_id", "VARCHAR", "The extract the run stands on.", required=True),
    Column("file_name", "VARCHAR", "The delivered file.", required=True),
    Column("rule", "VARCHAR", "The rule or repair, by its short name.", required=True),
    Column("column_name", "VARCHAR", "The contract's column; empty when it is about the row.", required=True),
    Column("reason", "VARCHAR", "The rule or repair in plain English.", required=True),
)

REJECTION = Table(
    "audit",
    "rejection",
    "file x rule x column",
    "Rejected rows by file and reason, counted; the values themselves stay in the extract. Every file behind the extract counts, also those before changes.",
    ("extract_id", "file_name", "rule", "column_name"),
    (
        *_OF_A_REASON,
        Column("rejected_count", "BIGINT", "Rows that broke the rule; a row may break several.", required=True, unit="rows", minimum=1),
    ),
)

REPAIR = Table(
    "audit",
    "repair",
    "file x repair x column",
    "Repaired values by file and reason, counted; the values before and after stay in the extract.",
    ("extract_id", "file_name", "rule", "column_name"),
    (
        *_OF_A_REASON,
        Column("repaired_count", "BIGINT", "Accepted rows with that repair; a row may have several.", required=True, unit="rows", minimum=1),
    ),
)

EXPECTATION = Table(
    "audit",
    "expectation",
    "run x suite x expectation",
    "Every expectation checked, in words, and its outcome.",
    ("run_id", "suite", "position"),
    (
        _RUN_ID,
        _STAGE,
        Column("suite", "VARCHAR", "The suite: the table checked.", required=True),
        Column("position", "INTEGER", "Place in the suite, from 1.", required=True, minimum=1),
        Column("expectation", "VARCHAR", "Short name of the expectation.", required=True),
        Column("description", "VARCHAR", "What must be true, in plain English.", required=True),
        Column("severity", "VARCHAR", "critical stops the run.", required=True, allowed=SEVERITIES),
        Column("is_success", "BOOLEAN", "Whether it held.", required=True),
        Column("checked_count", "BIGINT", "Rows or values checked.", unit="count", minimum=0),
        Column("unexpected_count", "BIGINT", "Rows or values that broke it.", unit="count", minimum=0),
    ),
)

GATE = Table(
    "audit",
    "gate",
    "run x gate",
    "The gates a run had to pass: suites, offender queries, and the decisions made since it began.",
    ("run_id", "gate"),
    (
        _RUN_ID,
        Column("stage", "VARCHAR", "Where in the flow it was checked.", required=True, allowed=(*CHECKED_STAGES, PUBLICATION)),
        Column("gate", "VARCHAR", "The gate.", required=True),
        Column("description", "VARCHAR", "What it holds back, in plain English.", required=True),
        Column("severity", "VARCHAR", "critical stops the run.", required=True, allowed=SEVERITIES),
        Column("offender_count", "BIGINT", "Rows that broke it; 0 is a pass.", required=True, minimum=0),
        Column("is_passed", "BOOLEAN", "Whether nothing broke it; a critical gate not passed stops the run.", required=True),
    ),
)

TREND_KINDS = ("volume", "rejected", "repaired", "missing", "mix", "expectation")

TREND = Table(
    "audit",
    "trend",
    "figure x delivery or run",
    "Figures of the last deliveries and runs, carried from publication to publication, so that what is usual is known when older extracts are gone.",
    ("kind", "about", "series", "part", "point_id"),
    (
        Column(
            "kind",
            "VARCHAR",
            "Rows accepted; shares rejected, repaired, missing by column, mix by code; rows that broke an expectation.",
            required=True,
            allowed=TREND_KINDS,
        ),
        Column("about", "VARCHAR", "The source, or the suite of an expectation.", required=True),
        Column("series", "VARCHAR", "The column or the expectation; empty for the whole delivery.", required=True),
        Column("part", "VARCHAR", "A code of the column, for the mix; parts of fewer than 20 rows are pooled as other.", required=True),
        Column("point_id", "VARCHAR", "The extract; the run for an expectation.", required=True),
        Column("point_date", "DATE", "Its delivery date; the as-of date of a run.", required=True),
        Column("value", "DOUBLE", "Rows for volume, days for what is late, else a share of the rows.", required=True, minimum=0),
    ),
)

TABLES = (RUN, STAGE, EXTRACT, EXTRACT_FILE, OVERTAKEN, OVERTAKEN_REASON, REJECTION, REPAIR, EXPECTATION, GATE, TREND)
