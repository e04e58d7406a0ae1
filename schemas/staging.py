"""Staging: one shape for all sources. Stages meet in these four tables, so their columns are a contract."""

from schemas.table import Column, Table

SOURCES = ("school_attendance", "police_asb", "dwp_benefit", "housing_arrears")
# Used when the authority has a profile of them; without one, what needs them is not assessed.
OPTIONAL_SOURCES = (
    *("youth_justice", "social_care", "domestic_abuse", "early_help", "careers", "housing_options"),
    *("health", "substance_misuse", "probation", "early_years", "council_tax"),
)
EVERY_SOURCE = (*SOURCES, *OPTIONAL_SOURCES)
# The council's own, optional too: tells of addresses and of nobody.
REFERENCE_SOURCES = ("gazetteer",)
DELIVERED_SOURCES = (*EVERY_SOURCE, *REFERENCE_SOURCES)

# Where a record's person stands in the row it came from.
RECORD_ROLES = (
    *("pupil", "parent", "nominal", "claimant", "partner", "dependant", "tenant", "joint_tenant", "household_member", "subject"),
    *("liable", "joint_liable", "occupant"),
)

BIRTH_DATE_QUALITIES = ("full", "placeholder", "implausible", "missing")

# building: of several homes, as the gazetteer says, and the text does not tell which.
ADDRESS_KINDS = ("dwelling", "communal", "hmo", "building", "care_of", "no_fixed_abode", "unknown")
# How a record's address was found in the gazetteer, surest first; docs/adr/0054.
MATCH_ROUNDS = ("delivered", "exact", "street_alike", "street_unknown", "postcode_alike", "postcode_missing", "flat_respelled", "building")

EVENT_TYPES = (
    "attendance",
    "suspension",
    "permanent_exclusion",
    "school_roll",
    "asb_incident",
    "asb_intervention",
    "proven_offence",
    "police_contact",
    "benefit",
    "rent_account",
    "need",
    "council_tax",
)

RELATIONSHIP_TYPES = ("parent_of", "partner_of", "joint_tenant_of", "household_member_of", "sibling_of", "jointly_liable_with")

_SOURCE = Column("source", "VARCHAR", "The source the row came from.", required=True, allowed=EVERY_SOURCE)
_EXTRACT = Column("extract_id", "VARCHAR", "The extract (one delivery) the row came from.", required=True)
_ROW = Column("source_row", "BIGINT", "Row number in the delivered file; the header is counted.", required=True, minimum=1)
_RECORD = Column("record_id", "VARCHAR", "Identifier of the record, stable while its identity values are.", required=True)

PERSON_RECORD = Table(
    "staging",
    "person_record",
    "one distinct set of identity values about one person in one source",
    "People as partners describe them: exact repeats within a source are collapsed, every value standardised, the original beside it.",
    ("record_id",),
    (
        _RECORD,
        _SOURCE,
        Column("role", "VARCHAR", "Where the person stands in the source row.", required=True, allowed=RECORD_ROLES),
        Column("source_person_id", "VARCHAR", "The supplier's own reference for the person, where given.", personal=True),
        Column("title", "VARCHAR", "Title taken off the name: MR, MRS, DR and so on.", personal=True),
        Column("forename", "VARCHAR", "First forename: ASCII capitals, letters and spaces only.", personal=True),
        Column("middle_names", "VARCHAR", "Further forenames, standardised.", personal=True),
        Column("surname", "VARCHAR", "Surname: ASCII capitals; parts of a double-barrelled name separated by one space.", personal=True),
        Column("former_surname", "VARCHAR", "Former or alias surname where the supplier gives one, standardised.", personal=True),
        Column("forename_phonetic", "VARCHAR", "Metaphone key of the forename (jellyfish).", personal=True),
        Column("surname_phonetic", "VARCHAR", "Metaphone key of the surname (jellyfish).", personal=True),
        Column("birth_date", "DATE", "Date of birth, null where missing, implausible or a supplier's code for null.", personal=True),
        Column("birth_date_quality", "VARCHAR", "What became of the date of birth.", required=True, allowed=BIRTH_DATE_QUALITIES),
        Column(
            "birth_date_latest",
            "DATE",
            "Latest possible date of birth implied by the role, such as a pupil's parent; null when nothing follows.",
            personal=True,
        ),
        Column("sex", "VARCHAR", "F or M, null when not stated.", allowed=("F", "M"), personal=True),
        Column("nino", "VARCHAR", "National Insurance number without suffix (8 characters), null when invalid.", personal=True),
        Column("upn", "VARCHAR", "Unique pupil number (13 characters) with a right check letter, else null.", personal=True),
        Column("uprn", "VARCHAR", "Unique property reference number, digits without leading zeros.", personal=True),
        Column("saon", "VARCHAR", "Flat or unit part of the address.", personal=True),
        Column("paon", "VARCHAR", "House number or name.", personal=True),
        Column("street", "VARCHAR", "Street, standardised.", personal=True),
        Column("postcode", "VARCHAR", "Postcode: capitals with one space, null when invalid.", personal=True),
        Column(
            "address_key",
            "VARCHAR",
            "One key an address: the UPRN where known, else postcode, paon and saon; the building's alone where a flat has no number.",
            personal=True,
        ),
        Column("address_kind", "VARCHAR", "What kind of address text, gazetteer and the people found there show.", required=True, allowed=ADDRESS_KINDS),
        Column("address_from_date", "DATE", "First day the source puts the person there, where known."),
        Column("address_to_date", "DATE", "Last day the source puts the person there, where known."),
        Column("name_original", "VARCHAR", "The name as delivered.", personal=True),
        Column("birth_date_original", "VARCHAR", "The date of birth as delivered.", personal=True),
        Column("address_original", "VARCHAR", "The address as delivered, parts joined by commas.", personal=True),
        Column("seen_date", "DATE", "Latest date at which the source shows this person at this address.", required=True),
    ),
)

RECORD_SOURCE = Table(
    "staging",
    "record_source",
    "record x source row",
    "Which delivered rows stand behind each record.",
    ("record_id", "extract_id", "source_row", "role"),
    (
        _RECORD,
        _SOURCE,
        _EXTRACT,
        _ROW,
        Column("role", "VARCHAR", "Where the person stands in that row.", required=True, allowed=RECORD_ROLES),
    ),
)

ADDRESS_SPELL = Table(
    "staging",
    "address_spell",
    "record x address x period",
    "Where a source puts a person, and from when to when.",
    ("record_id", "address_key", "from_date"),
    (
        _RECORD,
        _SOURCE,
        Column("address_key", "VARCHAR", "The address's key, as in person_record.", required=True, personal=True),
        Column("uprn", "VARCHAR", "Unique property reference number.", personal=True),
        Column("postcode", "VARCHAR", "Postcode.", personal=True),
        Column("saon", "VARCHAR", "Flat or unit part.", personal=True),
        Column("paon", "VARCHAR", "House number or name.", personal=True),
        Column("street", "VARCHAR", "Street.", personal=True),
        Column("address_kind", "VARCHAR", "What kind of address text, gazetteer and the people found there show.", required=True, allowed=ADDRESS_KINDS),
        Column("from_date", "DATE", "First day, where known."),
        Column("to_date", "DATE", "Last day, where known."),
        Column("seen_date", "DATE", "Latest date at which the source shows the person there.", required=True),
    ),
)

ADDRESS_MATCH = Table(
    "staging",
    "address_match",
    "record whose address the gazetteer knows",
    "What the council's gazetteer makes of a record's address, and how it was found there; empty where no gazetteer is delivered.",
    ("record_id",),
    (
        _RECORD,
        _SOURCE,
        Column("uprn", "VARCHAR", "The property's number; null where the text names a building of several homes and not which.", personal=True),
        Column("parent_uprn", "VARCHAR", "Number of the building that the property is part of.", personal=True),
        Column("class_code", "VARCHAR", "The property's class in the gazetteer."),
        Column("match_round", "VARCHAR", "How it was found, surest first; delivered: by the number the source gives.", required=True, allowed=MATCH_ROUNDS),
    ),
)

EVENT = Table(
    "staging",
    "event",
    "one fact about one person in one source row",
    "What happened, in one shape for all sources. Columns that do not apply to a type are null.",
    ("event_id",),
    (
        Column("event_id", "VARCHAR", "Identifier: extract, row, type and role.", required=True),
        _RECORD,
        _SOURCE,
        _EXTRACT,
        _ROW,
        Column("event_type", "VARCHAR", "What kind of fact.", required=True, allowed=EVENT_TYPES),
        Column("from_date", "DATE", "First day of the fact: incident, term, award or tenancy.", required=True),
        Column("to_date", "DATE", "Last day; null while it goes on."),
        Column("as_at_date", "DATE", "The date the supplier's statement holds for.", required=True),
        Column("code", "VARCHAR", "The supplier-independent code: enrolment status, incident type, benefit type, arrears stage."),
        Column("person_role", "VARCHAR", "The person's part in it: suspect, victim, claimant, tenant and so on."),
        Column("qualifier", "VARCHAR", "A further code: disposal, conditionality regime, term."),
        Column("occurrence_id", "VARCHAR", "What makes two rows one occurrence: occurrence number, award, rent account, school and term.", personal=True),
        Column("sessions_possible", "INTEGER", "Possible sessions in the term.", unit="sessions", minimum=0),
        Column("sessions_authorised", "INTEGER", "Sessions missed with authority.", unit="sessions", minimum=0),
        Column("sessions_unauthorised", "INTEGER", "Sessions missed without authority.", unit="sessions", minimum=0),
        Column("occurrence_count", "INTEGER", "How many, where the source counts, such as suspensions in a term.", unit="count", minimum=0),
        Column("weekly_rent_gbp", "DECIMAL(10,2)", "Rent a week.", unit="GBP", minimum=0),
        Column("arrears_gbp", "DECIMAL(10,2)", "Arrears: positive is owed, negative is in credit.", unit="GBP"),
        Column("technical_arrears_gbp", "DECIMAL(10,2)", "The part of the arrears that a payment of benefit in arrears explains.", unit="GBP", minimum=0),
        Column("is_breathing_space", "BOOLEAN", "True while a statutory breathing space protects the account."),
        Column("is_in_work", "BOOLEAN", "True or false where the source says whether the claimant works; null when it does not."),
    ),
)

RELATIONSHIP = Table(
    "staging",
    "relationship",
    "record x record x type",
    "What a source itself declares about two people: parent of, partner of, joint tenant of.",
    ("record_id_l", "record_id_r", "relationship_type"),
    (
        Column("record_id_l", "VARCHAR", "The first record; for parent_of, the parent.", required=True),
        Column("record_id_r", "VARCHAR", "The second record; for parent_of, the child.", required=True),
        Column("relationship_type", "VARCHAR", "What the first is to the second.", required=True, allowed=RELATIONSHIP_TYPES),
        _SOURCE,
        _EXTRACT,
        _ROW,
        Column("is_same_address", "BOOLEAN", "Whether the row puts both at one address; null when it gives no address for one.", required=False),
        Column("is_living_together", "BOOLEAN", "Whether the row says that they live together, be it at two addresses; null when it says nothing."),
        Column("contact_rank", "INTEGER", "The person's place among a pupil's contacts, 1 for whom the school asks first; null elsewhere.", minimum=1),
        Column("seen_date", "DATE", "Latest date at which the source declares it.", required=True),
    ),
)

TABLES = (PERSON_RECORD, RECORD_SOURCE, ADDRESS_SPELL, ADDRESS_MATCH, EVENT, RELATIONSHIP)
