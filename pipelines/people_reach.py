"""Tells where `families link` can link nothing: two sources that share nobody it found, and records that no likeness would bring over the threshold."""

from typing import Any

import sql
from matching import tables
from matching.specification import Specification
from pipelines.values.file_names import shown
from pipelines.values.text import counted
from pipelines.warehouse import Connection
from schemas.linkage_model import LinkageModel

# Between smaller sources that nobody is in both is no news.
_FEWEST_RECORDS = 20
_MOST_TOLD = 5
# A field that so few records of a source have, and so many of the other, is one that the source lacks.
_LACKS, _HAS = 0.1, 0.5
# What a record does not say itself.
_NOT_SAID = ("source", "company", "latest_birth_date")
_UNLINKABLE = 0.5
# A likelier pair than this is worth its figure.
_NEAR = 0.001

Row = dict[str, Any]


def apart(con: Connection, asked: LinkageModel, specification: Specification) -> list[str]:
    """In words, which two sources have nobody in common: how many of their records were compared, how near the likeliest came, and what one of them lacks.

    Reads people_cluster, candidate_pair, link_scored_pair and link_record.
    """
    if asked.link_type == "dedupe_only" or not tables.make(con, "unmet_source", "../people/unmet_source", {"fewest_records": _FEWEST_RECORDS}):
        return []
    found = con.execute(sql.read("people/unmet_reach"), {"most": _MOST_TOLD})
    names = [column[0] for column in found.description or []]
    rows = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    filled = _filled(con, specification)
    return [_told(row, _lacking(row, filled), asked.thresholds.link) for row in rows]


def unlinkable(rows: list[Row], link_probability: float) -> list[str]:
    """In words, that the threshold is out of reach for most records, given the shares by threshold of those that would not link with one that says the same."""
    share = next((row["share"] for row in rows if row["threshold"] == link_probability), 0)
    if share < _UNLINKABLE:
        return []
    return [
        f"{share:.0%} of the records would stay below the link threshold {link_probability:g} even beside a record that says the same: the columns tell too"
        " little for it. Give more columns (a date of birth, an address, a number), or a lower `thresholds.link`, judged by hand or with --truth."
    ]


def _filled(con: Connection, specification: Specification) -> dict[str, dict[str, float]]:
    """By source and field, the share of records that have it."""
    fields = [field for field in specification.fields if field.kind.name not in _NOT_SAID]
    if not fields:
        return {}
    shares = ", ".join(f'count("{field.column}") / count(*)' for field in fields)
    rows = con.execute(f"select source, {shares} from link_record group by source").fetchall()  # noqa: S608 - declared names
    return {row[0]: dict(zip([field.name for field in fields], row[1:], strict=True)) for row in rows}


def _lacking(row: Row, filled: dict[str, dict[str, float]]) -> list[str]:
    """For each side that lacks what the other has, the fields in words."""
    sides = [(row["source_l"], row["source_r"]), (row["source_r"], row["source_l"])]
    lacks = {
        f"'{shown(one)}' has hardly any": [name for name, share in filled.get(one, {}).items() if share < _LACKS and filled[other][name] >= _HAS]
        for one, other in sides
    }
    return [f"{who} {', '.join(name.replace('_', ' ') for name in names)}" for who, names in lacks.items() if names]


def _told(row: Row, lacking: list[str], link_probability: float) -> str:
    one, other = (f"'{shown(row[f'source_{side}'])}' ({counted(row[f'record_count_{side}'], 'record')})" for side in "lr")
    if not row["pair_count"]:
        compared = f"No record of {one} was compared with one of {other}: no blocking rule brings any two together"
    else:
        best = row["best_probability"]
        likeliest = "none comes near" if best is None or best < _NEAR else f"the likeliest has probability {best:.2g}"
        pairs = counted(row["pair_count"], "pair")
        compared = f"Nobody was found in both {one} and {other}: of {pairs} compared none reaches the link threshold {link_probability:g}, {likeliest}"
    why = f"; {'; '.join(lacking)}" if lacking else ""
    remedy = "give what is missing in the model file" if lacking else "see that both write the same things in the columns given"
    rule = "add a rule under `blocking`" if not row["pair_count"] else "lower `thresholds.link`, judged by hand or with --truth"
    return f"{compared}{why}. If people should be in both: {remedy}, or {rule}."
