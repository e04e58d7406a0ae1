"""Which pairs are worth comparing: many cheap rules, each with a limit on its blocks, since a crowded block costs much and finds little.

A rule is a list of parts of a record that must all agree. A block above the limit is split by a further part; what is still above it is refused and counted.
"""

from dataclasses import dataclass, field
from typing import Any

import sql
from matching import nicknames, tables
from matching.tables import Connection

# Parts of a record that a rule may name, as expressions over link_record. Codes and further fields are named as their columns are.
PARTS = {
    "forename": "forename",
    "surname": "surname",
    "initial": "forename[1]",
    # Either way round, for names in each other's place.
    "initials": "if(forename[1] < surname[1], forename[1] || surname[1], surname[1] || forename[1])",
    "forename_sound": "forename_phonetic",
    "surname_sound": "surname_phonetic",
    "names_either_way": "if(forename < surname, forename || '|' || surname, surname || '|' || forename)",
    "birth_date": "birth_number",
    "birth_day": "if(is_placeholder, null, birth_number)",
    "birth_year": "year_of_birth",
    "age": "age",
    "day_and_month": "least(birth_number % 100, birth_number // 100 % 100) * 100 + greatest(birth_number % 100, birth_number // 100 % 100)",
    "address": "address_key",
    "dwelling": "if(is_shared_address, null, address_key)",
    "building": "building",
    "house": "paon",
    "street": "street",
    "postcode": "postcode",
    "area": "area",
    "city": "city",
    "sex": "sex",
    "reference": "source || '|' || reference",
}
# Parts of which a record has several; agreeing on any is enough.
LIST_PARTS = {
    "any_forename": "coalesce(nicknames || [forename], [forename])",
    "any_surname": "coalesce(surname_parts, [surname])",
    "forename_alike": "if(forename is null, null, coalesce(nicknames, []) || [coalesce(forename_phonetic, forename)])",
    "surname_alike": "if(surname is null, null, coalesce(surname_parts, []) || [coalesce(surname_phonetic, surname)])",
    # Two records whose years, or ages, are two apart at most share one of three.
    "about_year": "[coalesce(year_of_birth, age) - 1, coalesce(year_of_birth, age), coalesce(year_of_birth, age) + 1]",
    "kin": "kin_names || kin_births",
    "kin_born": "kin_births",
}

# In a table of so many times the records that a broad rule is for its blocks are not even made.
_BROAD_TABLES = 5

# More records than this at one address are a crowd, not company.
_COMPANY_LIMIT = 40


@dataclass(frozen=True, slots=True)
class Rule:
    """A blocking rule; a block with more records than `whole_limit` is split by each of `split_by`, and refused where that leaves more than `size_limit`."""

    name: str
    parts: tuple[str, ...]
    size_limit: int = 60
    split_by: tuple[str, ...] = ()
    whole_limit: int | None = None
    """The size limit, where none is given. Lower where few pairs of a larger block are worth it, as of namesakes born on other days."""
    undated_limit: int = 0
    """Blocks above the whole limit and up to this still bring each pair with a side without a date of birth: it seldom meets the other by another rule."""
    pairs_per_record: float | None = None
    """A broad rule is worth its pairs only in a small table: it is left out where it would propose more a record, above `most_records` still fewer."""
    most_records: int = field(default=100_000, repr=False)


@dataclass(frozen=True, slots=True)
class RuleSummary:
    """What a rule brought: its pairs, those no earlier rule had, and the blocks refused."""

    rule: str
    pair_count: int
    new_pair_count: int
    refused_block_count: int
    refused_record_count: int
    largest_block: int


def prepare_records(con: Connection) -> int:
    """Make link_record from staging.person_record, with the company that staging.relationship and addresses show; returns the number of records."""
    load_nicknames(con)
    record_count = tables.make(con, "link_record")
    tables.make(con, "link_kin", parameters={"company_limit": _COMPANY_LIMIT})
    finish_records(con)
    tables.make(con, "link_declared")
    return record_count


def finish_records(con: Connection) -> None:
    """Make link_name, and link_record anew with what comparing pairs needs; link_kin stands."""
    tables.make(con, "link_name")
    tables.make(con, "link_record", "link_record_prepared")


def load_nicknames(con: Connection) -> None:
    """Make link_nickname: name and canonical form."""
    tables.fill(con, "link_nickname", {"name": "varchar", "canonical": "varchar"}, nicknames.pairs())


def candidate_pairs(con: Connection, rules: tuple[Rule, ...], link_type: str = "link_and_dedupe") -> list[RuleSummary]:
    """Make candidate_pair by all rules, and hopeless_pair empty; returns what each rule brought, in the rules' order."""
    con.execute("create or replace temp table proposed_pair (n_l integer, n_r integer, position utinyint)")
    counts = [_propose(con, rule, position, link_type) for position, rule in enumerate(rules)]
    tables.make(con, "candidate_pair")
    con.execute("drop table proposed_pair")
    con.execute("create or replace temp table hopeless_pair (n_l integer, n_r integer, pattern ubigint, match_weight double, is_vetoed boolean)")
    fresh = dict(con.execute("select position, count(*) from candidate_pair group by position").fetchall())
    return [RuleSummary(rule.name, pairs, fresh.get(place, 0), *rest) for place, (rule, (pairs, *rest)) in enumerate(zip(rules, counts, strict=True))]


def _propose(con: Connection, rule: Rule, position: int, link_type: str) -> tuple[int, int, int, int]:
    """Append the rule's pairs to proposed_pair; returns pairs, refused blocks, records in them, and the largest block's size."""
    if rule.pairs_per_record is not None and _count(con) > _BROAD_TABLES * rule.most_records:
        return 0, 0, 0, 0
    tables.make_from(con, "blocking_key", keyed(rule.parts, link_type))
    tables.make(con, "block")
    whole_limit = rule.size_limit if rule.whole_limit is None else rule.whole_limit
    too_large = con.execute("from block select count(*) where record_count > ?", [whole_limit]).fetchall()[0][0]
    largest = con.execute("from block select coalesce(max(record_count), 0)").fetchall()[0][0]
    if rule.pairs_per_record is not None and _is_too_broad(con, rule):
        return 0, 0, 0, largest
    place = {"position": position, "is_link_only": link_type == "link_only"}
    undated = (
        _insert(con, "link/undated_pair", place | {"whole_limit": whole_limit, "undated_limit": rule.undated_limit}) if too_large and rule.undated_limit else 0
    )
    if too_large and rule.split_by:
        tables.make_from(con, "blocking_key", tables.composed("link/split_key", parts=_parts(rule.split_by)), {"size_limit": whole_limit})
        tables.make(con, "block")
    refused = con.execute("from block select count(*), coalesce(sum(record_count), 0)::bigint where record_count > ?", [rule.size_limit]).fetchall()[0]
    pairs = _insert(con, "link/proposed_pair", place | {"size_limit": rule.size_limit})
    return undated + pairs, *refused, largest


def _insert(con: Connection, name: str, parameters: dict[str, Any]) -> int:
    """Append what the statement finds to proposed_pair; returns how many pairs."""
    return int(con.execute(f"insert into proposed_pair by name ({sql.read(name)})", parameters).fetchall()[0][0])


def _count(con: Connection) -> int:
    return int(con.execute("select count(*) from link_record").fetchall()[0][0])


def _is_too_broad(con: Connection, rule: Rule) -> bool:
    """Whether a broad rule would propose more pairs than it is worth."""
    query = "select coalesce(sum(record_count::double * (record_count - 1) / 2), 0), (select count(*) from link_record) from block where record_count <= ?"
    pairs, records = con.execute(query, [rule.size_limit]).fetchall()[0]
    # Above `most_records` the fewer the larger the table: there the other rules find nearly everybody.
    return bool(pairs > min(records, rule.most_records**2 / max(records, 1)) * (rule.pairs_per_record or 0))


def keyed(parts: tuple[str, ...], link_type: str = "link_and_dedupe") -> str:
    """The statement of blocking_key: record number, source and the hash of the parts, where none is missing; of lists each value with each of another."""
    names = [*parts, *(["source"] if link_type == "dedupe_only" else [])]
    columns = ",\n".join(f"{f'list_{place}' if name in LIST_PARTS else PARTS.get(name, name)} as part_{place}" for place, name in enumerate(names))
    # One within another, each list with the values of those within it; a join with unnest(...) says the same and takes seven times as long.
    records = "link_record"
    for place, name in enumerate(names):
        if name in LIST_PARTS:
            records = f"(select *, unnest({LIST_PARTS[name]}) as list_{place} from {records})"  # noqa: S608 - from the closed list above
    numbered = [f"part_{place}" for place in range(len(names))]
    distinct = "distinct" if any(name in LIST_PARTS for name in names) else ""
    present = " and ".join(f"{name} is not null" for name in numbered)
    return tables.composed("link/blocking_key", columns=columns, records=records, key=", ".join(numbered), present=present, distinct=distinct)


def _parts(names: tuple[str, ...]) -> Any:
    # The hash of a missing value would be a value.
    return ", ".join(f"if({PARTS.get(name, name)} is null, null, hash('{name}', {PARTS.get(name, name)}))" for name in names)
