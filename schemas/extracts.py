"""The contract for each partner's extract: what a row must hold once the supplier's columns are mapped."""

from dataclasses import dataclass

from schemas.table import Column, Table

# How a column's text is read; `pipelines/sources` turns each into a cast and a plain-English rule.
TEXT_TYPES = ("VARCHAR", "DATE", "INTEGER", "DECIMAL(10,2)", "BOOLEAN")

BENEFIT_TYPES = ("UC", "JSA", "ESA", "IS", "IB", "SDA", "CA", "PC", "HB")
CONDITIONALITY = (
    "no_work_related",
    "work_focused_interview",
    "work_preparation",
    "searching",
    "working_no_requirements",
    "working_with_requirements",
)
ARREARS_STAGES = ("none", "letter", "notice_served", "court", "possession_order", "eviction")
POLICE_ROLES = ("suspect", "offender", "perpetrator", "victim", "witness", "caller", "other")
POLICE_RECORD_TYPES = ("incident", "crime", "intervention")
ENROLMENT_STATUSES = ("current", "dual_main", "dual_subsidiary", "alternative_provision", "off_roll", "not_on_roll")
TERMS = ("autumn", "spring", "summer")

_ADDRESS = tuple(
    Column(name, "VARCHAR", description, personal=True)
    for name, description in (
        ("address_line_1", "First line of the address, or the whole of it."),
        ("address_line_2", "Second line."),
        ("address_line_3", "Third line."),
        ("postcode", "Postcode."),
        ("uprn", "Unique property reference number."),
    )
)


def _text(name: str, description: str, *, personal: bool = True, required: bool = False) -> Column:
    return Column(name, "VARCHAR", description, personal=personal, required=required)


def _person(prefix: str = "", who: str = "the person") -> tuple[Column, ...]:
    return (
        _text(f"{prefix}title", f"Title of {who}."),
        _text(f"{prefix}forename", f"Forename of {who}."),
        _text(f"{prefix}surname", f"Surname of {who}."),
        _text(f"{prefix}full_name", f"Whole name of {who} in one field, where not split."),
    )


@dataclass(frozen=True, slots=True)
class Contract:
    """A source's contract: its table, and the rules that concern more than one column."""

    source: str
    table: Table
    needs_one_of: tuple[tuple[str, ...], ...]
    """Each tuple: at least one of these columns must be filled in every row."""
    not_after_delivery: tuple[str, ...] = ()
    """Dates that cannot lie after the day of delivery."""
    sums_within: tuple[tuple[tuple[str, ...], str], ...] = ()
    """Each pair: the first columns' sum must not exceed the last column."""
    identifiers: tuple[str, ...] = ()
    """Texts that are reference numbers: spreadsheets cut them down or hang a decimal tail on them."""
    upns: tuple[str, ...] = ()
    """Those of them that are unique pupil numbers, whose lost check letter follows from the digits."""
    as_at: str | None = None
    """The date column whose latest value is the day the statements hold for; the delivery date when none."""

    @property
    def delivered(self) -> tuple[Column, ...]:
        """The columns a supplier can fill: all but those ingest adds."""
        added = {column.name for column in _added(self.table.columns)}
        return tuple(column for column in self.table if column.name not in added)

    @property
    def originals(self) -> dict[str, str]:
        """The personal dates, each with the column that keeps its text as delivered."""
        names = set(self.table.column_names)
        return {name: f"{name}_original" for name in self.table.column_names if f"{name}_original" in names}


def _added(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """What ingest adds to a supplier's columns: the row's place, and personal dates as written."""
    dates = [c for c in columns if c.type == "DATE" and c.personal]
    originals = (_text(f"{c.name}_original", f"{c.description.rstrip('.')}, as delivered.") for c in dates)
    return (Column("source_row", "BIGINT", "Row number in the delivered file; the header is counted.", required=True, minimum=1), *originals)


def _table(name: str, grain: str, description: str, key: tuple[str, ...], columns: tuple[Column, ...]) -> Table:
    return Table("extract", name, grain, description, key, (*columns, *_added(columns)))


SCHOOL_ATTENDANCE = Contract(
    "school_attendance",
    _table(
        "school_attendance",
        "pupil x school x term",
        "A pupil's identity, address and contacts, with the term's sessions, suspensions and exclusions.",
        ("source_person_id", "school_urn", "academic_year", "term"),
        (
            _text("source_person_id", "The school system's own pupil reference.", required=True),
            _text("upn", "Unique pupil number."),
            *_person("", "the pupil"),
            _text("middle_names", "Middle names of the pupil."),
            _text("former_surname", "Former surname of the pupil."),
            Column("birth_date", "DATE", "Date of birth of the pupil.", personal=True),
            _text("sex", "Sex of the pupil."),
            *_ADDRESS,
            *_person("contact_1_", "the first contact"),
            _text("contact_1_relationship", "Relationship of the first contact to the pupil, as the school writes it."),
            Column("contact_1_lives_with", "BOOLEAN", "Whether the pupil lives with the first contact."),
            *_person("contact_2_", "the second contact"),
            _text("contact_2_relationship", "Relationship of the second contact to the pupil."),
            Column("contact_2_lives_with", "BOOLEAN", "Whether the pupil lives with the second contact."),
            _text("contact_2_address", "Address of the second contact in one line, where it differs."),
            _text("contact_2_postcode", "Postcode of the second contact."),
            _text("school_urn", "Unique reference number of the school.", personal=False, required=True),
            Column("enrolment_status", "VARCHAR", "Standing on the school's roll.", required=True, allowed=ENROLMENT_STATUSES),
            Column("academic_year", "INTEGER", "Year in which the academic year starts.", required=True, minimum=2000, maximum=2100),
            Column("term", "VARCHAR", "Term.", required=True, allowed=TERMS),
            Column("sessions_possible", "INTEGER", "Possible sessions.", required=True, minimum=0, maximum=180, unit="sessions"),
            Column("sessions_authorised", "INTEGER", "Missed with authority.", required=True, minimum=0, maximum=180, unit="sessions"),
            Column("sessions_unauthorised", "INTEGER", "Missed without authority.", required=True, minimum=0, maximum=180, unit="sessions"),
            Column("suspension_count", "INTEGER", "Suspensions (fixed-term exclusions) in the term.", minimum=0, maximum=60, unit="count"),
            Column("permanent_exclusion_count", "INTEGER", "Permanent exclusions in the term, reinstated ones left out.", minimum=0, maximum=5, unit="count"),
        ),
    ),
    needs_one_of=(("surname", "full_name"),),
    sums_within=((("sessions_authorised", "sessions_unauthorised"), "sessions_possible"),),
    identifiers=("source_person_id", "upn", "uprn", "school_urn"),
    upns=("upn",),
)

POLICE_ASB = Contract(
    "police_asb",
    _table(
        "police_asb",
        "occurrence x nominal",
        "A named person's part in an incident, crime or intervention.",
        ("occurrence_id", "source_person_id", "person_role"),
        (
            _text("occurrence_id", "Occurrence number.", required=True),
            _text("source_person_id", "Nominal reference; empty when nobody is named."),
            *_person("", "the nominal"),
            Column("birth_date", "DATE", "Date of birth; police write an age range where it is unknown.", personal=True),
            _text("sex", "Sex of the nominal."),
            *_ADDRESS,
            Column("person_role", "VARCHAR", "Part in the occurrence.", required=True, allowed=POLICE_ROLES),
            Column("record_type", "VARCHAR", "Incident, crime or intervention.", required=True, allowed=POLICE_RECORD_TYPES),
            _text("incident_type", "What happened, by the force's heading.", personal=False),
            _text("qualifier", "NSIR qualifier: P(ersonal), N(uisance), E(nvironmental).", personal=False),
            Column("incident_date", "DATE", "Day of the incident or intervention.", required=True),
            _text("disposal", "Outcome: none, caution, youth_caution, conviction, community_resolution.", personal=False),
        ),
    ),
    # An incident without a named person is kept: it is part of what the police delivered, and stands for nobody.
    needs_one_of=(),
    not_after_delivery=("incident_date",),
    identifiers=("occurrence_id", "source_person_id", "uprn"),
)

DWP_BENEFIT = Contract(
    "dwp_benefit",
    _table(
        "dwp_benefit",
        "award x claimant",
        "A claimant's award, with the partner on it. For identifying households of a troubled families programme only (SI 2012/1483 reg 5(1)(d)).",
        ("nino", "benefit_type", "award_from_date"),
        (
            _text("nino", "National Insurance number of the claimant.", required=True),
            *_person("", "the claimant"),
            Column("birth_date", "DATE", "Date of birth of the claimant.", personal=True),
            _text("sex", "Sex of the claimant."),
            *_ADDRESS,
            Column("benefit_type", "VARCHAR", "Benefit.", required=True, allowed=BENEFIT_TYPES),
            Column("award_from_date", "DATE", "First day of the award.", required=True),
            Column("award_to_date", "DATE", "Last day of the award; empty or 31/12/9999 while it goes on."),
            Column("conditionality", "VARCHAR", "Universal Credit conditionality regime.", allowed=CONDITIONALITY),
            _text("partner_nino", "National Insurance number of the partner."),
            *_person("partner_", "the partner"),
            Column("partner_birth_date", "DATE", "Date of birth of the partner.", personal=True),
            Column("as_at_date", "DATE", "The day the statement holds for.", required=True),
        ),
    ),
    needs_one_of=(("surname", "full_name"),),
    not_after_delivery=("as_at_date",),
    identifiers=("nino", "partner_nino", "uprn"),
    as_at="as_at_date",
)

HOUSING_ARREARS = Contract(
    "housing_arrears",
    _table(
        "housing_arrears",
        "rent account x tenant",
        "A tenant of a rent account, with the account's balance and stage.",
        ("account_id", "source_person_id"),
        (
            _text("account_id", "Rent account reference.", required=True),
            _text("source_person_id", "The landlord's own person reference.", required=True),
            Column("tenant_role", "VARCHAR", "Place on the tenancy.", required=True, allowed=("tenant", "joint_tenant", "household_member")),
            *_person("", "the tenant"),
            Column("birth_date", "DATE", "Date of birth of the tenant.", personal=True),
            _text("nino", "National Insurance number of the tenant."),
            *_ADDRESS,
            Column("tenancy_from_date", "DATE", "First day of the tenancy."),
            Column("tenancy_to_date", "DATE", "Last day of the tenancy."),
            Column("weekly_rent_gbp", "DECIMAL(10,2)", "Rent a week.", required=True, minimum=0, maximum=2000, unit="GBP"),
            Column("arrears_gbp", "DECIMAL(10,2)", "Arrears; positive is owed.", required=True, minimum=-50000, maximum=100000, unit="GBP"),
            Column("balance_date", "DATE", "The day the balance holds for.", required=True),
            Column("arrears_stage", "VARCHAR", "Stage of recovery.", required=True, allowed=ARREARS_STAGES),
            Column("is_breathing_space", "BOOLEAN", "True while a statutory breathing space protects the account."),
        ),
    ),
    needs_one_of=(("surname", "full_name"),),
    not_after_delivery=("balance_date",),
    identifiers=("account_id", "source_person_id", "nino", "uprn"),
    as_at="balance_date",
)

CONTRACTS = {contract.source: contract for contract in (SCHOOL_ATTENDANCE, POLICE_ASB, DWP_BENEFIT, HOUSING_ARREARS)}

REJECTED = Table(
    "extract",
    "rejected",
    "rejected row x broken rule",
    "Every row refused, with each rule it broke; the row's values stay here, for analysts only.",
    ("source_row", "rule", "column_name"),
    (
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
    ("source_row", "column_name", "rule"),
    (
        Column("source_row", "BIGINT", "Row number in the delivered file; the header is counted.", required=True, minimum=1),
        Column("rule", "VARCHAR", "The repair, by its short name.", required=True),
        Column("column_name", "VARCHAR", "The contract's column.", required=True),
        Column("reason", "VARCHAR", "The repair in plain English, without the value.", required=True),
        Column("before", "VARCHAR", "The value as delivered.", personal=True),
        Column("after", "VARCHAR", "The value as accepted.", personal=True),
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
