"""The data dictionary: docs/ pages made from the declared tables, so that the contract and its description cannot disagree."""

import json
from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel

from schemas import audit, cohort, extracts, linked, purposes, staging
from schemas.authority import Profiles
from schemas.case import Cases
from schemas.criterion import CriteriaFile, Framework
from schemas.table import Column, Table

PUBLISHED = (*cohort.COHORT_TABLES, *cohort.REGISTER_TABLES, *audit.TABLES)
_SETS = [*extracts.MAIN_OF_SETS.values(), *(contract for parts in extracts.PARTS.values() for contract in parts.values())]
_EXTRACT_TABLES = [contract.table for contract in (*extracts.CONTRACTS.values(), *_SETS)]
WORKING = (*staging.TABLES, *linked.TABLES)


def pages() -> dict[str, str]:
    """Each generated page's text by its file name in docs/."""
    return {
        "data-dictionary.md": _page(
            "The published contract",
            "Tables of `published/cohort.duckdb`, which other systems may rely on. A personal column is for analysts and coordinators only.",
            PUBLISHED,
        ),
        "working-tables.md": _page("Working tables of a run", "Tables of `runs/<run_id>.duckdb` that the published ones come from. For analysts.", WORKING),
        "extracts.md": _page(
            "What partners deliver",
            "The contract each delivery is mapped to by the authority's `extracts.yml`, and what becomes of a delivery.",
            [*_EXTRACT_TABLES, extracts.REJECTED, extracts.REPAIR, extracts.RECEIPT, extracts.PART, extracts.REASON],
        )
        + "\n".join(["", *_terms(), ""]),
        **schemas(),
    }


def schemas() -> dict[str, str]:
    """JSON schemas of what a council edits, so that an editor completes and checks it while it is typed."""
    return {
        "criteria.schema.json": _schema(CriteriaFile, "criteria.yml: the frameworks an authority uses, and its own"),
        "framework.schema.json": _schema(Framework, "A framework of the shared library, schemas/frameworks/"),
        "extracts.schema.json": _schema(Profiles, "extracts.yml: how each partner's supplier writes its file"),
        "cases.schema.json": _schema(Cases, "cases.yml: worked cases"),
    }


def _schema(model: type[BaseModel], title: str) -> str:
    tree = {"$schema": "https://json-schema.org/draft/2020-12/schema", **model.model_json_schema(by_alias=True), "title": title}
    return json.dumps(tree, indent=1, ensure_ascii=False) + "\n"


def write(folder: Path) -> list[Path]:
    """Write the pages; returns their paths."""
    for name, text in pages().items():
        (folder / name).write_text(text, encoding="utf-8")
    return [folder / name for name in pages()]


def _page(title: str, preface: str, tables: list[Table] | tuple[Table, ...]) -> str:
    parts = [f"# {title}", "", "Made by `make docs` from `schemas/`; do not edit by hand.", "", preface, ""]
    for table in tables:
        parts += [*_table(table), ""]
    return "\n".join(parts).rstrip() + "\n"


def _terms() -> Iterator[str]:
    """What a source's rows may be used for; a profile may narrow it."""
    yield "## Purpose and retention"
    yield ""
    yield "What may leave: " + "; ".join(f"`{output.name}` is {output.description}" for output in purposes.OUTPUTS.values()) + "."
    yield "A profile's `outputs` and `keep_days` may narrow these limits and never widen them; `families purge` removes what is past its time."
    yield ""
    yield "| source | by what right | may reach | kept at most |"
    yield "|---|---|---|---|"
    for source in extracts.CONTRACTS:
        terms = purposes.terms(source)
        yield f"| `{source}` | {_cell(terms.gateway)} | {', '.join(f'`{name}`' for name in terms.outputs)} | {terms.keep_days:,} days after delivery |"


def _table(table: Table) -> Iterator[str]:
    yield f"## {table.qualified}"
    yield ""
    yield table.description
    yield f"Grain: {table.grain}. Key: {', '.join(table.key)}."
    yield ""
    yield "| column | type | what it holds | values | personal |"
    yield "|---|---|---|---|---|"
    for column in table:
        needed = "" if column.required else ", may be null"
        yield f"| `{column.name}` | {column.type}{needed} | {_cell(column.description)} | {_values(column)} | {'yes' if column.personal else ''} |"


def _values(column: Column) -> str:
    if column.allowed:
        return ", ".join(f"`{value}`" for value in column.allowed)
    bounds = [f"from {column.minimum:g}" if column.minimum is not None else "", f"to {column.maximum:g}" if column.maximum is not None else ""]
    return " ".join(part for part in [*bounds, column.unit] if part)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
