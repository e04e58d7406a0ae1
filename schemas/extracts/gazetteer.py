"""The contract for the council's gazetteer of addresses (AddressBase or its like), and what its classes tell of who lives there."""

from schemas.extracts.contract import ADDRESS, Contract, table, text
from schemas.table import Column

STATUSES = ("approved", "alternative", "provisional", "historical")

# What stands at a class of Ordnance Survey's classification, by its first letters; the longest that fits holds.
# home: a private dwelling. hmo: shared by strangers, or often. communal: no household's own. not_a_home: an office, shop, school or garage,
# whose address people give to be written to. shell: a building that is divided, or a street. unknown: tells nothing.
CLASS_USES = {
    "R": "home",
    # One pitch may stand for a whole site, one sheltered flat for the whole scheme.
    **dict.fromkeys(("RD01", "RD08", "RH"), "hmo"),
    **dict.fromkeys(("RI", "M", "CC02", "CH", "CM03"), "communal"),
    **dict.fromkeys(("C", "L", "RB", "RC", "RG", "Z"), "not_a_home"),
    "P": "shell",
    # People live above shops and in what was put to two uses.
    **dict.fromkeys(("X", "U", "O"), "unknown"),
}
USES = tuple(dict.fromkeys(CLASS_USES.values()))

GAZETTEER = Contract(
    "gazetteer",
    table(
        "gazetteer",
        "UPRN x address",
        "A property the council knows, with its class and the building it is part of; one row for each way its address is officially written.",
        ("uprn", "address_line_1", "address_line_2", "address_line_3", "postcode"),
        (
            text("uprn", "Unique property reference number.", required=True, personal=False),
            text("parent_uprn", "UPRN of the building that the property is part of.", personal=False),
            Column("class_code", "VARCHAR", "Ordnance Survey's classification, such as RD06 or PP.", required=True),
            Column("status", "VARCHAR", "Standing of the address; empty for approved.", allowed=STATUSES),
            *(Column(column.name, column.type, column.description, required=column.name == "address_line_1") for column in ADDRESS if column.name != "uprn"),
        ),
    ),
    needs_one_of=(),
    identifiers=("uprn", "parent_uprn"),
)
