"""The contracts of the optional sources: all in one shape, a need that an agency knows a person has, from a closed list of its own."""

from schemas.extracts.contract import ADDRESS, Contract, person, table, text
from schemas.table import Column

NEEDS: dict[str, tuple[str, ...]] = {
    "youth_justice": ("proven_offence", "youth_justice_intervention"),
    "social_care": ("child_in_need", "child_protection_plan", "looked_after", "placed_with_parents", "edge_of_care", "missing_or_exploited"),
    "domestic_abuse": ("domestic_abuse_incident", "marac"),
    "early_help": ("early_help_assessment", "parenting_support", "parental_conflict", "new_arrival"),
    "careers": ("neet",),
    "housing_options": ("homelessness_application", "unsuitable_housing"),
    "health": ("mental_health_referral", "substance_misuse_referral", "pregnancy"),
    "substance_misuse": ("drug_or_alcohol_treatment",),
    "probation": ("supervision", "release_from_prison"),
    "early_years": ("development_need", "entitlement_not_taken_up"),
}
"""By source: what it tells of. Health sends flags only: that there is a referral or a pregnancy, and nothing of why."""
EXPECTING = "pregnancy"
"""What tells of an expectant parent; no problem, so that no measure counts it. Its last day is the day of the birth, or the day it is expected."""
NEED_ROLES = ("subject", "child", "parent", "victim", "perpetrator")
OUTCOMES = ("none", "youth_caution", "caution", "conviction", "community_resolution")
# Where a person who fled lives must not be learnt from a list of families, so the source of it delivers no address at all.
WITHOUT_ADDRESS = ("domestic_abuse",)

_WHAT = {
    "youth_justice": "A young person's proven offence, or intervention, known to the youth justice service.",
    "social_care": "A child's episode with children's social care: in need, on a plan, looked after.",
    "domestic_abuse": "A person's part in a domestic abuse incident or MARAC case; without an address.",
    "early_help": "An early help episode of a child or parent.",
    "careers": "A young person known to be out of education, employment or training.",
    "housing_options": "A person on a homelessness application, or whose home was found unsuitable.",
    "health": "That a person has a referral, or expects a child; flags only.",
    "substance_misuse": "That a person is in treatment for drugs or alcohol.",
    "probation": "A person under supervision, or released from prison.",
    "early_years": "A child under five whose development needs help, or whose entitlement is not taken up.",
}


def _contract(source: str) -> Contract:
    address = () if source in WITHOUT_ADDRESS else ADDRESS
    return Contract(
        source,
        table(
            source,
            "person x need x start",
            _WHAT[source],
            ("event_reference", "source_person_id", "need_type", "from_date"),
            (
                text("event_reference", "The agency's own reference of the episode, offence, case or referral."),
                text("source_person_id", "The agency's own person reference."),
                *person("", "the person"),
                text("former_surname", "Former or other surname of the person."),
                Column("birth_date", "DATE", "Date of birth of the person.", personal=True),
                text("sex", "Sex of the person."),
                text("upn", "Unique pupil number of the person."),
                text("nino", "National Insurance number of the person."),
                *address,
                Column("need_type", "VARCHAR", "What the agency knows of.", required=True, allowed=NEEDS[source]),
                Column("need_role", "VARCHAR", "The person's part in it; empty for the subject.", allowed=NEED_ROLES),
                Column("from_date", "DATE", "First day of the episode, or day of the offence, incident or referral.", required=True),
                Column("to_date", "DATE", "Last day; empty while it goes on."),
                Column("outcome", "VARCHAR", "Outcome of an offence.", allowed=OUTCOMES),
            ),
        ),
        needs_one_of=(("surname", "full_name"),),
        not_after_delivery=("from_date",),
        identifiers=tuple(c for c in ("event_reference", "source_person_id", "upn", "nino", "uprn") if address or c != "uprn"),
        upns=("upn",),
    )


NEED_CONTRACTS = tuple(_contract(source) for source in NEEDS)
