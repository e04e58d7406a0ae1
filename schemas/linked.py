"""Linked: who is who, and who lives with whom."""

from typing import Any

from schemas.table import Column, Table

PAIR_OUTCOMES = ("link", "review", "discard")
MEMBER_ROLES = ("adult", "child", "unknown")
HOUSEHOLD_KINDS = ("private", "communal", "unplaced")
MEMBERSHIP_BASES = (
    "declared_relationship",
    "parental_contact",
    "second_contact",
    "joint_tenancy",
    "benefit_unit",
    "council_tax_occupancy",
    "surname_and_address",
    "dependent_child",
    "decision",
    "single_person",
)

_PROBABILITY: dict[str, Any] = {"minimum": 0, "maximum": 1}

SCORED_PAIR = Table(
    "linked",
    "scored_pair",
    "candidate pair of records",
    "Every pair of records that blocking proposed and scoring did not discard, with the reason for its weight.",
    ("record_id_l", "record_id_r"),
    (
        Column("record_id_l", "VARCHAR", "The record whose id sorts first.", required=True),
        Column("record_id_r", "VARCHAR", "The record whose id sorts second.", required=True),
        Column("levels", "VARCHAR", "Comparison levels as field=level, separated by semicolons.", required=True),
        Column("weights", "VARCHAR", "Match weight by field as field=weight, separated by semicolons.", required=True),
        Column("match_weight", "DOUBLE", "log2 of match against household and unrelated.", required=True, unit="bits"),
        Column("match_probability", "DOUBLE", "Probability that both records are one person.", required=True, **_PROBABILITY),
        Column("household_probability", "DOUBLE", "Probability that they are two people of one household.", required=True, **_PROBABILITY),
        Column("is_vetoed", "BOOLEAN", "True when a conflict says they cannot be one person.", required=True),
        Column("outcome", "VARCHAR", "Against the thresholds, or by a person's decision.", required=True, allowed=PAIR_OUTCOMES),
        Column("decision", "VARCHAR", "What a person decided, where one did.", allowed=("same", "different", "unsure")),
    ),
)

PERSON_RECORD = Table(
    "linked",
    "person_record",
    "record",
    "Which person each record belongs to, and how surely.",
    ("record_id",),
    (
        Column("record_id", "VARCHAR", "The record.", required=True),
        Column("person_id", "VARCHAR", "The person.", required=True),
        Column(
            "link_probability",
            "DOUBLE",
            "Best match probability that ties the record to another of the person; 1 when it is the only record.",
            required=True,
            **_PROBABILITY,
        ),
        Column("is_confirmed", "BOOLEAN", "True when a person confirmed the link.", required=True),
    ),
)

PERSON = Table(
    "linked",
    "person",
    "person",
    "One row a person: for each attribute the value most of its records agree on, the newest first among equals.",
    ("person_id",),
    (
        Column("person_id", "VARCHAR", "Stable identifier.", required=True),
        Column("forename", "VARCHAR", "First forename.", personal=True),
        Column("middle_names", "VARCHAR", "Further forenames.", personal=True),
        Column("surname", "VARCHAR", "Surname.", personal=True),
        Column("birth_date", "DATE", "Date of birth.", personal=True),
        Column("birth_date_latest", "DATE", "Latest possible date of birth where the date itself is unknown.", personal=True),
        Column("sex", "VARCHAR", "F or M.", personal=True),
        Column("record_count", "INTEGER", "Records behind the person.", required=True, unit="count", minimum=1),
        Column("source_count", "INTEGER", "Sources behind the person.", required=True, unit="count", minimum=1),
        Column("sources", "VARCHAR", "Sources, comma separated, in alphabetical order.", required=True),
        Column("link_confidence", "DOUBLE", "The weakest link_probability among its records.", required=True, **_PROBABILITY),
    ),
)

HOUSEHOLD = Table(
    "linked",
    "household",
    "household",
    "People who live together and belong together, at the as-of date.",
    ("household_id",),
    (
        Column("household_id", "VARCHAR", "Stable identifier.", required=True),
        Column(
            "household_kind",
            "VARCHAR",
            "private, communal (hostel, care home; a family with a child there is private) or unplaced (no usable address).",
            required=True,
            allowed=HOUSEHOLD_KINDS,
        ),
        Column("address_key", "VARCHAR", "Key of the address most members share.", personal=True),
        Column("uprn", "VARCHAR", "UPRN of that address.", personal=True),
        Column("postcode", "VARCHAR", "Postcode of that address.", personal=True),
        Column("address", "VARCHAR", "That address in one line.", personal=True),
        Column("adult_count", "INTEGER", "Members aged 18 or over, or known adults.", required=True, unit="count", minimum=0),
        Column("child_count", "INTEGER", "Members under 18 at the as-of date.", required=True, unit="count", minimum=0),
        Column("household_confidence", "DOUBLE", "The weakest membership probability.", required=True, **_PROBABILITY),
    ),
)

HOUSEHOLD_MEMBER = Table(
    "linked",
    "household_member",
    "household x person",
    "Who is in a household, in which role, how surely and why. A child may be in two; exactly one of them is primary.",
    ("household_id", "person_id"),
    (
        Column("household_id", "VARCHAR", "The household.", required=True),
        Column("person_id", "VARCHAR", "The person.", required=True),
        Column("member_role", "VARCHAR", "Adult or child at the as-of date.", required=True, allowed=MEMBER_ROLES),
        Column("is_primary", "BOOLEAN", "True for the person's main household.", required=True),
        Column("membership_probability", "DOUBLE", "Probability that the person belongs there.", required=True, **_PROBABILITY),
        Column("basis", "VARCHAR", "The strongest evidence that puts the person there.", required=True, allowed=MEMBERSHIP_BASES),
        Column("is_confirmed", "BOOLEAN", "True when a person confirmed the membership.", required=True),
    ),
)

HOUSEHOLD_DOUBT = Table(
    "linked",
    "household_doubt",
    "household x person",
    "People left out of a household that they may belong to: the evidence lies below the authority's threshold, but not far.",
    ("household_id", "person_id"),
    (
        Column("household_id", "VARCHAR", "The household the person may belong to.", required=True),
        Column("person_id", "VARCHAR", "The person.", required=True),
        Column("membership_probability", "DOUBLE", "Probability that the person belongs there.", required=True, **_PROBABILITY),
        Column("basis", "VARCHAR", "The strongest evidence for it.", required=True, allowed=MEMBERSHIP_BASES),
    ),
)

TABLES = (SCORED_PAIR, PERSON_RECORD, PERSON, HOUSEHOLD, HOUSEHOLD_MEMBER, HOUSEHOLD_DOUBT)
