"""School attendance delivered as a set: pupils in one file; leavers, contacts, session marks, counts of codes, exclusions in others. Ingest sums them up.

The sum is the same table a summary gives, so that nothing after ingest knows how a supplier delivers.
"""

from datetime import date

from schemas.extracts import attendance_codes as codes
from schemas.extracts.contract import CodesInUse, Contract, part, person, table, text
from schemas.extracts.school_attendance import EXCLUSION_COUNTS, OLDEST_PUPIL, PUPIL_COLUMNS, TERMS
from schemas.table import Column

SESSIONS = ("AM", "PM")
EXCLUSION_CATEGORIES = ("suspension", "permanent", "lunchtime")
# DfE, school census: reasons that stand since the academic year 2020/21, and the one that went then.
_REASONS_SINCE_2020 = ("OW", "LG", "DS", "MT", "PH")
_REASONS_UNTIL_2020 = ("OT",)
_REASONS = ("PP", "PA", "VP", "VA", "BU", "RA", "SM", "DA", "DM", "DB", "TH", "OT", "OW", "LG", "DS", "MT", "PH")
_PUPIL = (
    text("source_person_id", "The school system's own pupil reference, as in the pupils' file.", required=True),
    text("school_urn", "Unique reference number of the school.", personal=False, required=True),
)
_TERM = (
    Column("academic_year", "INTEGER", "Year in which the academic year starts.", minimum=2000, maximum=2100),
    Column("term", "VARCHAR", "Term.", allowed=TERMS),
)

PUPIL = Contract(
    "school_attendance",
    table(
        "pupil",
        "pupil x school, or pupil x school x term where the file names terms",
        "A pupil's identity, address and contacts, where sessions come in files of their own.",
        ("source_person_id", "school_urn", "academic_year", "term"),
        (*PUPIL_COLUMNS, *_TERM, *EXCLUSION_COUNTS),
    ),
    needs_one_of=(("surname", "full_name"),),
    identifiers=("source_person_id", "upn", "uprn", "school_urn"),
    greatest_age=OLDEST_PUPIL,
    upns=("upn",),
)

OFF_ROLL_PUPIL = Contract(
    "school_attendance",
    part(
        "off_roll_pupil",
        "pupil x school, or pupil x school x term where the file names terms",
        "A pupil who has left the roll, where the pupils' file holds those on it alone; the marks and exclusions of both come in the same files.",
        PUPIL.table.key,
        (*PUPIL_COLUMNS, *_TERM, *EXCLUSION_COUNTS),
    ),
    needs_one_of=PUPIL.needs_one_of,
    identifiers=PUPIL.identifiers,
    upns=PUPIL.upns,
    greatest_age=OLDEST_PUPIL,
    not_in_main=("source_person_id", "school_urn"),
    may_be_empty=True,
)

CONTACT = Contract(
    "school_attendance",
    part(
        "contact",
        "pupil x school x contact",
        "A parent, carer or other contact of a pupil. Two are kept: those the pupil lives with before others, then in the school's order.",
        ("source_person_id", "school_urn", "full_name", "surname", "forename", "relationship"),
        (
            *_PUPIL,
            *person("", "the contact"),
            text("relationship", "Relationship of the contact to the pupil, as the school writes it."),
            Column("lives_with", "BOOLEAN", "Whether the pupil lives with the contact."),
            Column("contact_order", "INTEGER", "The school's order of contacts, from 1.", minimum=0, maximum=99),
            text("contact_address", "Address of the contact in one line, where it differs from the pupil's."),
            text("contact_postcode", "Postcode of that address."),
        ),
    ),
    needs_one_of=(("surname", "full_name"),),
    identifiers=("source_person_id", "school_urn"),
    refers_to=("source_person_id", "school_urn"),
)

SESSION_MARK = Contract(
    "school_attendance",
    part(
        "session_mark",
        "pupil x school x date x session",
        "The mark of one pupil in one session of a school's register.",
        ("source_person_id", "school_urn", "session_date", "session"),
        (
            *_PUPIL,
            Column("session_date", "DATE", "Day of the session.", required=True),
            Column("session", "VARCHAR", "Morning or afternoon.", required=True, allowed=SESSIONS),
            Column("mark", "VARCHAR", "Attendance code of the Department for Education.", required=True, allowed=codes.MARKS),
        ),
    ),
    needs_one_of=(),
    not_after_delivery=("session_date",),
    identifiers=("source_person_id", "school_urn"),
    codes_in_use=(
        CodesInUse("mark", "session_date", codes.NEW_CODES, first=codes.NEW_CODES_FROM),
        CodesInUse("mark", "session_date", codes.OLD_CODES, last=codes.LAST_DAY_OF_OLD_CODES),
    ),
    one_row_a_key=True,
    refers_to=("source_person_id", "school_urn"),
)

CODE_COUNT = Contract(
    "school_attendance",
    part(
        "code_count",
        "pupil x school x term x code",
        "How many sessions of a term a pupil has under one attendance code. The last file with a row of a pupil's term at a school replaces all that "
        "earlier files said of it, so a correction gives all of the term's codes.",
        ("source_person_id", "school_urn", "academic_year", "term", "mark"),
        (
            *_PUPIL,
            Column("academic_year", "INTEGER", "Year in which the academic year starts.", required=True, minimum=2000, maximum=2100),
            Column("term", "VARCHAR", "Term.", required=True, allowed=TERMS),
            Column("mark", "VARCHAR", "Attendance code of the Department for Education.", required=True, allowed=codes.MARKS),
            Column("session_count", "INTEGER", "Sessions under that code.", required=True, minimum=0, maximum=180, unit="sessions"),
        ),
    ),
    needs_one_of=(),
    identifiers=("source_person_id", "school_urn"),
    codes_in_use=(
        CodesInUse("mark", "academic_year", codes.NEW_CODES, first=codes.NEW_CODES_FROM_YEAR),
        CodesInUse("mark", "academic_year", codes.OLD_CODES, last=codes.LAST_YEAR_OF_OLD_CODES),
    ),
    one_row_a_key=True,
    refers_to=("source_person_id", "school_urn"),
)

EXCLUSION = Contract(
    "school_attendance",
    part(
        "exclusion",
        "pupil x school x start x category",
        "A suspension or permanent exclusion; one that was reinstated does not count. The last file with a row of a pupil's day at a school replaces all that "
        "earlier files said of that day.",
        ("source_person_id", "school_urn", "start_date", "category"),
        (
            *_PUPIL,
            Column("start_date", "DATE", "First day.", required=True),
            Column("category", "VARCHAR", "What it is.", required=True, allowed=EXCLUSION_CATEGORIES),
            Column("reason", "VARCHAR", "Main reason, by the code of the Department for Education.", allowed=_REASONS),
            Column("session_count", "INTEGER", "Sessions it lasts.", minimum=0, maximum=190, unit="sessions"),
            Column("reinstated_date", "DATE", "Day the pupil was reinstated; empty when not."),
        ),
    ),
    needs_one_of=(),
    not_after_delivery=("start_date",),
    identifiers=("source_person_id", "school_urn"),
    codes_in_use=(
        CodesInUse("reason", "start_date", _REASONS_SINCE_2020, first=date(2020, 8, 1)),
        CodesInUse("reason", "start_date", _REASONS_UNTIL_2020, last=date(2020, 7, 31)),
    ),
    one_row_a_key=True,
    refers_to=("source_person_id", "school_urn"),
)
