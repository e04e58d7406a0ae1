"""The contract for school attendance, as a summary of each term."""

from schemas.extracts.contract import ADDRESS, Contract, person, table, text
from schemas.table import Column

ENROLMENT_STATUSES = ("current", "dual_main", "dual_subsidiary", "alternative_provision", "off_roll", "not_on_roll")
# A special school may have a pupil of 25 (Children and Families Act 2014, section 46); a register holds nobody older.
OLDEST_PUPIL = 25
TERMS = ("autumn", "spring", "summer")

PUPIL_COLUMNS = (
    text("source_person_id", "The school system's own pupil reference.", required=True),
    text("upn", "Unique pupil number."),
    *person("", "the pupil"),
    text("middle_names", "Middle names of the pupil."),
    text("former_surname", "Former surname of the pupil."),
    Column("birth_date", "DATE", "Date of birth of the pupil.", personal=True),
    text("sex", "Sex of the pupil."),
    *ADDRESS,
    *person("contact_1_", "the first contact"),
    text("contact_1_relationship", "Relationship of the first contact to the pupil, as the school writes it."),
    Column("contact_1_lives_with", "BOOLEAN", "Whether the pupil lives with the first contact."),
    *person("contact_2_", "the second contact"),
    text("contact_2_relationship", "Relationship of the second contact to the pupil."),
    Column("contact_2_lives_with", "BOOLEAN", "Whether the pupil lives with the second contact."),
    text("contact_2_address", "Address of the second contact in one line, where it differs."),
    text("contact_2_postcode", "Postcode of the second contact."),
    text("school_urn", "Unique reference number of the school.", personal=False, required=True),
    Column("enrolment_status", "VARCHAR", "Standing on the school's roll.", required=True, allowed=ENROLMENT_STATUSES),
)

EXCLUSION_COUNTS = (
    Column("suspension_count", "INTEGER", "Suspensions (fixed-term exclusions) in the term.", minimum=0, maximum=60, unit="count"),
    Column("permanent_exclusion_count", "INTEGER", "Permanent exclusions in the term, reinstated ones left out.", minimum=0, maximum=5, unit="count"),
)

SCHOOL_ATTENDANCE = Contract(
    "school_attendance",
    table(
        "school_attendance",
        "pupil x school x term",
        "A pupil's identity, address and contacts, with the term's sessions, suspensions and exclusions.",
        ("source_person_id", "school_urn", "academic_year", "term"),
        (
            *PUPIL_COLUMNS,
            Column("academic_year", "INTEGER", "Year in which the academic year starts.", required=True, minimum=2000, maximum=2100),
            Column("term", "VARCHAR", "Term.", required=True, allowed=TERMS),
            Column("sessions_possible", "INTEGER", "Possible sessions.", required=True, minimum=0, maximum=180, unit="sessions"),
            Column("sessions_authorised", "INTEGER", "Missed with authority.", required=True, minimum=0, maximum=180, unit="sessions"),
            Column("sessions_unauthorised", "INTEGER", "Missed without authority.", required=True, minimum=0, maximum=180, unit="sessions"),
            *EXCLUSION_COUNTS,
            Column(
                "sessions_unresolved",
                "INTEGER",
                "Of those missed without authority, the ones marked N (no reason yet) in the last five school days, for which the school may still give one.",
                minimum=0,
                maximum=180,
                unit="sessions",
            ),
        ),
    ),
    needs_one_of=(("surname", "full_name"),),
    sums_within=((("sessions_authorised", "sessions_unauthorised"), "sessions_possible"),),
    identifiers=("source_person_id", "upn", "uprn", "school_urn"),
    greatest_age=OLDEST_PUPIL,
    upns=("upn",),
)
