"""The contract for police incidents, interventions and crimes."""

from schemas.extracts.contract import ADDRESS, Contract, person, table, text
from schemas.table import Column

POLICE_ROLES = ("suspect", "offender", "perpetrator", "victim", "witness", "caller", "other")
# Proven are a caution, a youth caution and a conviction; the others say that nothing is proven (yet).
POLICE_DISPOSALS = ("none", "charged", "community_resolution", "caution", "youth_caution", "conviction")
POLICE_RECORD_TYPES = ("incident", "crime", "intervention")

POLICE_ASB = Contract(
    "police_asb",
    table(
        "police_asb",
        "occurrence x nominal",
        "A named person's part in an incident, crime or intervention.",
        ("occurrence_id", "source_person_id", "person_role"),
        (
            text("occurrence_id", "Occurrence number.", required=True),
            text("source_person_id", "Nominal reference; empty when nobody is named."),
            *person("", "the nominal"),
            text("former_surname", "Former or other surname of the nominal."),
            Column("birth_date", "DATE", "Date of birth; police write an age range where it is unknown.", personal=True),
            text("sex", "Sex of the nominal."),
            *ADDRESS,
            Column("person_role", "VARCHAR", "Part in the occurrence.", required=True, allowed=POLICE_ROLES),
            Column("record_type", "VARCHAR", "Incident, crime or intervention.", required=True, allowed=POLICE_RECORD_TYPES),
            text("incident_type", "What happened, by the force's heading.", personal=False),
            text("qualifier", "NSIR qualifier: P(ersonal), N(uisance), E(nvironmental).", personal=False),
            Column("incident_date", "DATE", "Day of the incident or intervention.", required=True),
            text("force_area", "Area, district or basic command unit of the force that recorded it.", personal=False),
            Column("disposal", "VARCHAR", "Outcome; a word that the profile does not know is refused, since it may be a proven one.", allowed=POLICE_DISPOSALS),
        ),
    ),
    # An incident without a named person is kept: it is part of what the police delivered, and stands for nobody.
    needs_one_of=(),
    not_after_delivery=("incident_date",),
    identifiers=("occurrence_id", "source_person_id", "uprn"),
)
