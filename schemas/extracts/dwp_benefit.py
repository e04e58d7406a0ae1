"""The contract for benefit awards."""

from schemas.extracts.contract import ADDRESS, Contract, person, table, text
from schemas.table import Column

BENEFIT_TYPES = ("UC", "JSA", "ESA", "IS", "IB", "SDA", "CA", "PC", "HB")
CLAIMANT_ROLES = ("claimant", "partner", "dependant")
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
        "award x person named on it in a row of its own",
        "A claimant's award, with the partner on it: in the same row, or in a row of their own on the same claim. "
        "For identifying households of a troubled families programme only (SI 2012/1483 reg 5(1)(d)).",
        ("nino", "benefit_type", "award_from_date"),
        (
            text("claim_id", "Reference of the claim, where each person on it has a row of their own."),
            Column("claimant_role", "VARCHAR", "Part of the row's person in the claim; empty for the claimant.", allowed=CLAIMANT_ROLES),
            text("nino", "National Insurance number of the row's person; a claimant must have one."),
            *person("", "the claimant"),
            Column("birth_date", "DATE", "Date of birth of the claimant.", personal=True),
            text("sex", "Sex of the claimant."),
            *ADDRESS,
            Column("benefit_type", "VARCHAR", "Benefit.", required=True, allowed=BENEFIT_TYPES),
            Column("award_from_date", "DATE", "First day of the award.", required=True),
            Column("award_to_date", "DATE", "Last day of the award; empty or 31/12/9999 while it goes on."),
            Column("conditionality", "VARCHAR", "Universal Credit conditionality regime.", allowed=CONDITIONALITY),
            Column("earnings_gbp", "DECIMAL(10,2)", "Earnings of the last assessment period, where the share tells.", minimum=0, maximum=50000, unit="GBP"),
            text("partner_nino", "National Insurance number of the partner."),
            *person("partner_", "the partner"),
            Column("partner_birth_date", "DATE", "Date of birth of the partner.", personal=True),
            Column("as_at_date", "DATE", "The day the statement holds for.", required=True),
        ),
    ),
    needs_one_of=(("surname", "full_name"),),
    not_after_delivery=("as_at_date",),
    required_unless=(("nino", "claimant_role", CLAIMANT_ROLES[1:]),),
    identifiers=("claim_id", "nino", "partner_nino", "uprn"),
    as_at="as_at_date",
)
