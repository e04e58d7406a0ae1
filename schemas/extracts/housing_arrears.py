"""The contract for rent accounts: in one file, or as a set of accounts, tenants, balances and actions."""

from schemas.extracts.contract import ADDRESS, Contract, part, person, table, text
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

_ROW = HOUSING_ARREARS.table
_ACCOUNT_ID = text("account_id", "Rent account reference, as in the accounts' file.", required=True)

ACCOUNT = Contract(
    "housing_arrears",
    table(
        "account",
        "rent account",
        "A rent account, where tenants and balances come in files of their own.",
        ("account_id",),
        (
            text("account_id", "Rent account reference, as in the other files.", required=True),
            *(_ROW[name] for name in ("landlord", *(c.name for c in ADDRESS), "tenancy_from_date", "tenancy_to_date", "weekly_rent_gbp", "is_breathing_space")),
        ),
    ),
    needs_one_of=(),
    identifiers=("account_id", "uprn"),
    one_row_a_key=True,
)

BALANCE = Contract(
    "housing_arrears",
    part(
        "balance",
        "rent account x day",
        "What an account owed on a day; of several days the last holds.",
        ("account_id", "balance_date"),
        (_ACCOUNT_ID, _ROW["arrears_gbp"], _ROW["technical_arrears_gbp"], _ROW["balance_date"]),
    ),
    needs_one_of=(),
    not_after_delivery=("balance_date",),
    identifiers=("account_id",),
    one_row_a_key=True,
    refers_to=("account_id",),
    as_at="balance_date",
)

ACTION = Contract(
    "housing_arrears",
    part(
        "action",
        "rent account x day x stage",
        "A step of recovery; the account's stage is that of its last one, an agreement being none, and none where no step is told.",
        ("account_id", "action_date", "arrears_stage"),
        (_ACCOUNT_ID, Column("action_date", "DATE", "Day of the step.", required=True), _ROW["arrears_stage"]),
    ),
    needs_one_of=(),
    not_after_delivery=("action_date",),
    identifiers=("account_id",),
    refers_to=("account_id",),
    may_be_empty=True,
)

TENANT = Contract(
    "housing_arrears",
    part(
        "tenant",
        "rent account x tenant",
        "Somebody named on a rent account.",
        ("account_id", "source_person_id"),
        (
            _ACCOUNT_ID,
            *(_ROW[name] for name in ("source_person_id", "tenant_role", *(c.name for c in person()), "birth_date", "nino")),
            *ADDRESS,
        ),
    ),
    needs_one_of=(("surname", "full_name"),),
    identifiers=("account_id", "source_person_id", "nino", "uprn"),
    refers_to=("account_id",),
    completed_by=("balance",),
)
