"""Blocking rules of the peers, declared once for Splink and recordlinkage.

A pair is compared when all keys of one rule agree; `surname:4` is the first four letters.
"""

FEBRL3 = ("soc_sec_id", "forename", "surname", "birth_date", "postcode")  # Splink's febrl3 example, rule by rule
FEBRL4 = ("forename surname", "birth_date", "soc_sec_id", "state street", "street_number street", "postcode")  # and its febrl4 example's

# Splink's example of 50,000 persons blocks on pairs of name, date and postcode; its prefixes without a second column propose hundreds of millions of pairs
# at a million records. These keep its idea, and add what finds movers, changed surnames and missing dates.
PEOPLE = (
    "surname birth_date",
    "forename birth_date",
    "postcode forename",
    "postcode birth_date",
    "postcode surname:4 forename:1",
    "birth_date surname:3",
    "birth_date forename:2",
    "forename surname birth_date:4",
    "forename:3 surname:4 postcode:4",
    "house street forename:3",
    "forename surname middle_names",
    "uprn forename:1",
    "rare_name",
)
RARE = 20  # records that may share a whole name for it to be a key by itself
BOROUGH = (*PEOPLE, "nino", "upn", "former_surname forename birth_date:4")

RULES = {"febrl3": FEBRL3, "febrl4": FEBRL4, "population": PEOPLE, "dense": PEOPLE, "borough": BOROUGH}


def keys(rule: str) -> list[tuple[str, int]]:
    """Columns of a rule, each with how many of its first letters count (0: all)."""
    return [(name, int(length or 0)) for name, _, length in (key.partition(":") for key in rule.split())]


def as_sql(rule: str) -> list[str]:
    """The keys as SQL expressions."""
    return [f"substr({name}, 1, {length})" if length else name for name, length in keys(rule)]
