"""The contract for rent accounts."""

from schemas.extracts.contract import ADDRESS, Contract, person, table, text
from schemas.table import Column

ARREARS_STAGES = ("none", "letter", "notice_served", "court", "possession_order", "eviction")

HOUSING_ARREARS = Contract(
    "housing_arrears",
    table(
        "housing_arrears",
        "rent account x tenant",
        "A tenant of a rent account, with the account's balance and stage.",
        ("account_id", "source_person_id"),
        (
            text("account_id", "Rent account reference.", required=True),
            text("landlord", "Landlord of the account, where several deliver in one file.", personal=False),
            text("source_person_id", "The landlord's own person reference.", required=True),
            Column("tenant_role", "VARCHAR", "Place on the tenancy.", required=True, allowed=("tenant", "joint_tenant", "household_member")),
            *person("", "the tenant"),
            Column("birth_date", "DATE", "Date of birth of the tenant.", personal=True),
            text("nino", "National Insurance number of the tenant."),
            *ADDRESS,
            Column("tenancy_from_date", "DATE", "First day of the tenancy."),
            Column("tenancy_to_date", "DATE", "Last day of the tenancy."),
            Column("weekly_rent_gbp", "DECIMAL(10,2)", "Rent a week.", required=True, minimum=0, maximum=2000, unit="GBP"),
            Column("arrears_gbp", "DECIMAL(10,2)", "Arrears; positive is owed.", required=True, minimum=-50000, maximum=100000, unit="GBP"),
            Column(
                "technical_arrears_gbp",
                "DECIMAL(10,2)",
                "The part of the arrears that is technical: a payment of housing benefit or Universal Credit that is due for the same days and comes in later.",
                minimum=0,
                maximum=100000,
                unit="GBP",
            ),
            Column("balance_date", "DATE", "The day the balance holds for.", required=True),
            Column("arrears_stage", "VARCHAR", "Stage of recovery.", required=True, allowed=ARREARS_STAGES),
            Column("is_breathing_space", "BOOLEAN", "True while a statutory breathing space protects the account."),
        ),
    ),
    needs_one_of=(("surname", "full_name"),),
    not_after_delivery=("balance_date",),
    identifiers=("account_id", "source_person_id", "nino", "uprn"),
    as_at="balance_date",
)
