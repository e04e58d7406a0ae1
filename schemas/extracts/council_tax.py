"""The contract for council tax: who is liable for a dwelling and who else is known to live there. It tells of homes, not of needs."""

from schemas.extracts.contract import ADDRESS, Contract, person, table, text
from schemas.table import Column

# Local Government Finance Act 1992: section 6 (who is liable, jointly with whom), section 11 (a quarter off where one adult lives there).
LIABILITY_ROLES = ("liable", "joint_liable", "occupant")
DISCOUNTS = ("none", "single_person", "disregarded", "exempt", "empty")

COUNCIL_TAX = Contract(
    "council_tax",
    table(
        "council_tax",
        "council tax account x person named on it",
        "Who is liable for a dwelling's council tax, who with them, and who else the council knows to live there.",
        ("account_id", "source_person_id", "liability_role", "forename", "surname", "full_name"),
        (
            text("account_id", "Council tax account reference.", required=True),
            text("source_person_id", "The revenues system's own person reference."),
            Column("liability_role", "VARCHAR", "Part in the account; empty for who is liable.", allowed=LIABILITY_ROLES),
            *person("", "the person"),
            Column("birth_date", "DATE", "Date of birth; revenues systems seldom hold one.", personal=True),
            *ADDRESS,
            Column("liable_from_date", "DATE", "First day of the liability, or of living there."),
            Column("liable_to_date", "DATE", "Last day; empty while it goes on."),
            Column("discount", "VARCHAR", "Discount or exemption of the account; single_person where one adult lives there.", allowed=DISCOUNTS),
        ),
    ),
    needs_one_of=(("surname", "full_name"),),
    not_after_delivery=("liable_from_date",),
    identifiers=("account_id", "source_person_id", "uprn"),
    # Without the part in the account: an occupant who becomes liable is one person.
    key_of_changes=("account_id", "source_person_id", "forename", "surname", "full_name"),
)
