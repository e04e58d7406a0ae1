"""Which pairs are worth comparing: many cheap rules, each with a limit on its blocks, since a crowded block costs much and finds little."""

from dataclasses import dataclass

from matching import nicknames, tables
from matching.tables import Connection


@dataclass(frozen=True, slots=True)
class Rule:
    """A blocking rule of sql/link/blocking_key.sql; a block with more records than `size_limit` is refused, and counted."""

    name: str
    size_limit: int


@dataclass(frozen=True, slots=True)
class RuleSummary:
    """What a rule brought: its pairs, those no earlier rule had, and the blocks refused."""

    rule: str
    pair_count: int
    new_pair_count: int
    refused_block_count: int
    largest_block: int


# More records than this at one address are a crowd, not company.
_COMPANY_LIMIT = 40

RULES = (
    Rule("nino", 60),
    Rule("upn", 60),
    Rule("reference", 60),
    Rule("forename_birth_date", 60),
    Rule("surname_birth_date", 60),
    Rule("birth_date_address", 60),
    Rule("birth_date_postcode", 60),
    Rule("forename_address", 40),
    Rule("forename_building", 40),
    Rule("surname_initial_address", 40),
    Rule("surname_part_birth_date", 60),
    Rule("surname_sound_birth_date", 60),
    Rule("forename_sound_birth_date", 60),
    Rule("forename_sound_address", 40),
    Rule("sounds_postcode", 40),
    Rule("sounds_day_and_month", 60),
    Rule("sounds_year", 60),
    Rule("forename_birth_year_sector", 40),
    Rule("forename_kin", 40),
    Rule("surname_initial_kin", 40),
    # Names alone: a common name is no reason to look, so the limits are low.
    Rule("names_either_way", 40),
    Rule("forename_surname_part", 40),
)


def prepare_records(con: Connection) -> int:
    """Make link_record from staging.person_record, and link_kin from staging.relationship beside it; returns the number of records."""
    tables.fill(con, "link_nickname", {"name": "varchar", "canonical": "varchar"}, nicknames.pairs())
    record_count = tables.make(con, "link_record")
    tables.make(con, "link_kin", parameters={"company_limit": _COMPANY_LIMIT})
    return record_count


def candidate_pairs(con: Connection) -> list[RuleSummary]:
    """Make candidate_pair by all rules; returns what each rule brought, in the rules' order."""
    rows = [(rule.name, position, rule.size_limit) for position, rule in enumerate(RULES, start=1)]
    tables.fill(con, "blocking_rule", {"rule": "varchar", "position": "utinyint", "size_limit": "integer"}, rows)
    for table in ("blocking_key", "block", "candidate_pair", "blocking_summary"):
        tables.make(con, table)
    return [RuleSummary(*row[1:]) for row in con.execute("from blocking_summary order by position").fetchall()]
