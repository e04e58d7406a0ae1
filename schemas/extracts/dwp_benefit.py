"""The contract for benefit awards: in one file, or as a set of claims and of those on them."""

from datetime import date

from schemas.extracts.contract import ADDRESS, CodesInUse, Contract, part, person, table, text
from schemas.table import Column, Table

BENEFIT_TYPES = ("UC", "JSA", "ESA", "IS", "IB", "SDA", "CA", "PC", "HB")
# When awards of a benefit could begin; one that began otherwise has a wrong code or a wrong date, and says nothing of today.
# New-style JSA and ESA go on under the codes of the old ones, and so does housing benefit for pensioners and in temporary accommodation.
BENEFITS_IN_USE = (
    # Universal Credit began in its first areas on 29 April 2013 (general knowledge).
    CodesInUse("benefit_type", "award_from_date", ("UC",), first=date(2013, 4, 29)),
    # Incapacity benefit: claims had to take effect before 27 October 2008, when ESA took its place
    # (stammeringlaw.org.uk, "Benefits no longer available to new claimants").
    CodesInUse("benefit_type", "award_from_date", ("ESA",), first=date(2008, 10, 27)),
    CodesInUse("benefit_type", "award_from_date", ("IB",), last=date(2008, 10, 26)),
    # Severe disablement allowance: abolished for new claimants on 6 April 2001 (Community Care, 16 May 2001).
    CodesInUse("benefit_type", "award_from_date", ("SDA",), last=date(2001, 4, 5)),
    # Income support: the last way to a new claim, the severe disability premium gateway, closed on 27 January 2021 (SI 2021/4; CPAG, "The SDP gateway").
    CodesInUse("benefit_type", "award_from_date", ("IS",), last=date(2021, 1, 26)),
)
# Payments of income support stopped from 1 April 2026 (The Business Times, April 2026). Such an award that is said to go on is told, not rejected.
INCOME_SUPPORT_ENDED = date(2026, 3, 31)
CLAIMANT_ROLES = ("claimant", "partner", "dependant")
CONDITIONALITY = (
    "no_work_related",
    "work_focused_interview",
    "work_preparation",
    "searching",
    "working_no_requirements",
    "working_with_requirements",
)

_AWARD = (
    Column("benefit_type", "VARCHAR", "Benefit.", required=True, allowed=BENEFIT_TYPES),
    Column("award_from_date", "DATE", "First day of the award.", required=True),
    Column("award_to_date", "DATE", "Last day of the award; empty or 31/12/9999 while it goes on."),
    Column("conditionality", "VARCHAR", "Universal Credit conditionality regime.", allowed=CONDITIONALITY),
    Column("earnings_gbp", "DECIMAL(10,2)", "Earnings of the last assessment period, where the share tells.", minimum=0, maximum=50000, unit="GBP"),
)
_AS_AT = Column("as_at_date", "DATE", "The day the statement holds for.", required=True)

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
            *_AWARD,
            text("partner_nino", "National Insurance number of the partner."),
            *person("partner_", "the partner"),
            Column("partner_birth_date", "DATE", "Date of birth of the partner.", personal=True),
            _AS_AT,
        ),
    ),
    needs_one_of=(("surname", "full_name"),),
    not_after_delivery=("as_at_date",),
    required_unless=(("nino", "claimant_role", CLAIMANT_ROLES[1:]),),
    identifiers=("claim_id", "nino", "partner_nino", "uprn"),
    codes_in_use=BENEFITS_IN_USE,
    as_at="as_at_date",
)

CLAIM = Contract(
    "dwp_benefit",
    table(
        "claim",
        "claim",
        "An award, where those on it come in files of their own.",
        ("claim_id",),
        (text("claim_id", "Reference of the claim, as in the other files.", required=True), *_AWARD, _AS_AT),
    ),
    needs_one_of=(),
    not_after_delivery=("as_at_date",),
    identifiers=("claim_id",),
    codes_in_use=BENEFITS_IN_USE,
    one_row_a_key=True,
    as_at="as_at_date",
)


def _on_claim(role: str, description: str, *, must_have_nino: bool, may_be_empty: bool) -> Contract:
    return Contract(
        "dwp_benefit",
        _people(role, description, must_have_nino=must_have_nino),
        needs_one_of=(("surname", "full_name"),),
        identifiers=("claim_id", "nino", "uprn"),
        refers_to=("claim_id",),
        may_be_empty=may_be_empty,
    )


def _people(role: str, description: str, *, must_have_nino: bool) -> Table:
    return part(
        role,
        f"claim x {role}",
        description,
        ("claim_id", "nino", "surname", "forename", "full_name", "birth_date"),
        (
            text("claim_id", "Reference of the claim, as in the claims' file.", required=True),
            text("nino", f"National Insurance number of the {role}.", required=must_have_nino),
            *person("", f"the {role}"),
            Column("birth_date", "DATE", f"Date of birth of the {role}.", personal=True),
            text("sex", f"Sex of the {role}."),
            *ADDRESS,
        ),
    )


CLAIMANT = _on_claim("claimant", "Who claims, where claims come in a file of their own.", must_have_nino=True, may_be_empty=False)
PARTNER = _on_claim("partner", "A partner on a claim, where claims come in a file of their own.", must_have_nino=False, may_be_empty=True)
DEPENDANT = _on_claim("dependant", "A dependant on a claim, where claims come in a file of their own.", must_have_nino=False, may_be_empty=True)
