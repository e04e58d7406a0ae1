"""The contract for benefit awards."""

from schemas.extracts.contract import ADDRESS, Contract, person, table, text
from schemas.table import Column

BENEFIT_TYPES = ("UC", "JSA", "ESA", "IS", "IB", "SDA", "CA", "PC", "HB")
CONDITIONALITY = (
    "no_work_related",
    "work_focused_interview",
    "work_preparation",
    "searching",
    "working_no_requirements",
    "working_with_requirements",
)

DWP_BENEFIT = Contract(
    "dwp_benefit",
    table(
        "dwp_benefit",
        "award x claimant",
        "A claimant's award, with the partner on it. For identifying households of a troubled families programme only (SI 2012/1483 reg 5(1)(d)).",
        ("nino", "benefit_type", "award_from_date"),
        (
            text("nino", "National Insurance number of the claimant.", required=True),
            *person("", "the claimant"),
            Column("birth_date", "DATE", "Date of birth of the claimant.", personal=True),
            text("sex", "Sex of the claimant."),
            *ADDRESS,
            Column("benefit_type", "VARCHAR", "Benefit.", required=True, allowed=BENEFIT_TYPES),
            Column("award_from_date", "DATE", "First day of the award.", required=True),
            Column("award_to_date", "DATE", "Last day of the award; empty or 31/12/9999 while it goes on."),
            Column("conditionality", "VARCHAR", "Universal Credit conditionality regime.", allowed=CONDITIONALITY),
            text("partner_nino", "National Insurance number of the partner."),
            *person("partner_", "the partner"),
            Column("partner_birth_date", "DATE", "Date of birth of the partner.", personal=True),
            Column("as_at_date", "DATE", "The day the statement holds for.", required=True),
        ),
    ),
    needs_one_of=(("surname", "full_name"),),
    not_after_delivery=("as_at_date",),
    identifiers=("nino", "partner_nino", "uprn"),
    as_at="as_at_date",
)
