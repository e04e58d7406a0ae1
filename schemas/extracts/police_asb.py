"""The contract for police incidents, interventions and crimes in one file; those of a set are in police_parts.py."""

from datetime import date

from schemas.extracts.contract import ADDRESS, CodesInUse, Contract, person, table, text
from schemas.table import Column

POLICE_ROLES = ("suspect", "offender", "perpetrator", "victim", "witness", "caller", "other")
# Proven are a caution, a youth caution and a conviction; the others say that nothing is proven (yet).
POLICE_DISPOSALS = ("none", "charged", "community_resolution", "caution", "youth_caution", "conviction")
POLICE_RECORD_TYPES = ("incident", "crime", "intervention")
# National Standard for Incident Recording: personal, nuisance, environmental.
ASB_QUALIFIERS = ("P", "N", "E")
_SINCE_2014 = ("criminal_behaviour_order", "community_protection_notice", "dispersal", "closure")
_UNTIL_2015 = ("asb_order", "asb_injunction")
INTERVENTIONS = ("warning", "acceptable_behaviour_contract", "community_protection_warning", *_SINCE_2014, "civil_injunction", *_UNTIL_2015, "other")


def interventions_in_use(by: str) -> tuple[CodesInUse, ...]:
    """When each power could be used, by the column that holds the day of the intervention.

    Anti-social Behaviour, Crime and Policing Act 2014: parts 2 to 6 from 20 October 2014 (National Pubwatch, "New powers to tackle ASB").
    Part 1, whose injunctions took the place of orders and injunctions on application, from 23 March 2015 (SI 2015/373, general knowledge).
    """
    return (
        CodesInUse("intervention_type", by, (*_SINCE_2014, "community_protection_warning"), first=date(2014, 10, 20)),
        CodesInUse("intervention_type", by, ("civil_injunction",), first=date(2015, 3, 23)),
        CodesInUse("intervention_type", by, _UNTIL_2015, last=date(2015, 3, 22)),
    )


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
            Column("qualifier", "VARCHAR", "NSIR qualifier: P(ersonal), N(uisance), E(nvironmental); another is left out.", allowed=ASB_QUALIFIERS),
            Column("incident_date", "DATE", "Day of the incident or intervention.", required=True),
            text("force_area", "Area, district or basic command unit of the force that recorded it.", personal=False),
            Column(
                "intervention_type",
                "VARCHAR",
                "What power an intervention used; one that is not known, or was not in force on its day, is left out and told as a repair.",
                allowed=INTERVENTIONS,
            ),
            Column("disposal", "VARCHAR", "Outcome; a word that the profile does not know is refused, since it may be a proven one.", allowed=POLICE_DISPOSALS),
        ),
    ),
    # An incident without a named person is kept: it is part of what the police delivered, and stands for nobody.
    needs_one_of=(),
    not_after_delivery=("incident_date",),
    codes_in_use=interventions_in_use("incident_date"),
    codes_left_out=("qualifier", "intervention_type"),
    identifiers=("occurrence_id", "source_person_id", "uprn"),
    # Without the role: whoever was a suspect and is a victim now is no suspect any more.
    key_of_changes=("occurrence_id", "source_person_id"),
)
