"""The proposal as text: a block to paste into extracts.yml, each column with its confidence and a word why; what is unsure stands behind a comment sign."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from pipelines.inference import block
from pipelines.inference.meaning import Meaning
from pipelines.inference.propose import Proposal
from pipelines.inference.shapes import FEW_ROWS
from pipelines.reading.find import day_in_name
from pipelines.values.file_names import shown
from pipelines.values.text import counted
from schemas.profile import FILL_IN

# `families authority check` looks for these words.
CODE_LEFT_OPEN = "is not known; add what it means"
_PLAIN = re.compile(r"[A-Za-z][\w ./()&-]*")
_NO_TEXT = {"true", "false", "yes", "no", "null", "on", "off", "y", "n", "none"}


def written(proposal: Proposal, parts: Sequence[Proposal] = ()) -> str:
    """The block; `parts` are the further files of a set whose main file the proposal is of."""
    lines = [line for each in (proposal, *parts) for line in _preface(each)]
    lines.append(f"{proposal.source}:")
    found = block.profile(proposal, parts)
    told = {part.target.key: part for part in (proposal, *parts)}
    for key, value in found.items():
        if key == "parts":
            lines.append("  parts:")
            for name, layout in value.items():
                lines += [f"    {name}:", *(f"    {line}" for line in _keys(told[name], layout))]
        else:
            lines += _keys(proposal, {key: value}, found.get("columns", {}))
    return "\n".join(lines) + "\n"


def _keys(proposal: Proposal, layout: dict[str, Any], columns: dict[str, Any] | None = None) -> Iterator[str]:
    """Each key of a profile, or of a part of one, on lines of its own."""
    columns = layout.get("columns", {}) if columns is None else columns
    for key, value in layout.items():
        if key == "columns":
            yield from ("  columns:", *_columns(proposal, value))
        elif key == "codes":
            yield from ("  codes:", *(f"    {name}: {_flow(codes)}" for name, codes in value.items()), *_unknown(proposal, columns))
        else:
            yield f"  {key}: {_flow(value)}"


def remarks(proposal: Proposal) -> list[str]:
    """What the analyst must look at before the block is used, in words."""
    found = block.file_layout(proposal)
    given = {*found["columns"], *found.get("fixed", {})}
    missing = [column.name for column in proposal.contract.delivered if column.required and column.name not in given]
    told = [f"Fill in {FILL_IN}: supplier, controller and the sharing agreement with its end; until then every delivery is refused."]
    if not proposal.target.is_main:
        told = ["It is a further file of a set: put it under parts of the profile that describes the set's main file."]
    elif proposal.part is not None:
        told.append(
            "It is the main file of a set, and tells no sessions: the set's further files belong under parts. Give the folder to the command, or all its files."
        )
    if day_in_name(proposal.path.name, found["file_pattern"]) is None:
        told.append("Its name tells no day of delivery: have it named as file_pattern says, or write a pattern that reads its day (docs/deliveries.md).")
    if len(proposal.found.rows) < FEW_ROWS:
        told.append(
            f"It holds {counted(len(proposal.found.rows), 'row')}, too few to tell columns by their values: look at each, "
            f"or give a file of {FEW_ROWS} rows and more."
        )
    if missing:
        told.append(
            f"The contract requires {', '.join(missing)}, and no column is surely that: find it among the others, or state it for all rows under fixed."
        )
    unsure = [f"'{shown(m.header)}' (perhaps {m.column})" for m in proposal.meanings if m.column and not m.is_sure]
    if unsure:
        told.append(f"Not sure of {', '.join(unsure)}.")
    if any(form.startswith("%m") for form in found.get("date_formats", ())):
        told.append("Some dates can only be read with the month first: ask the supplier whether that is meant.")
    if "negate" in found:
        told.append("Most balances are below nought, so they are taken for arrears (negate): ask the landlord whether a minus means owed.")
    if proposal.of("arrears_gbp") and "negate" not in found:
        told.append("Balances are taken as they stand, above nought being owed: ask the landlord whether that is meant.")
    return told


def _preface(proposal: Proposal) -> Iterator[str]:
    others = sorted(((fit, name) for name, fit in proposal.sources.items() if name != proposal.source), reverse=True)
    place = f"sheet '{shown(proposal.found.sheet)}', " if proposal.found.sheet else ""
    runner_up = f"; next {others[0][1]} with {others[0][0]:.2f}" if others else ""
    header = f"{place}header on row {proposal.found.header_row}"
    what = proposal.source if proposal.part is None else f"{proposal.source} ({proposal.part} of a set)"
    yield f"# Proposed for '{shown(proposal.path.name)}' ({header}): {what} with {proposal.sources[proposal.source]:.2f}{runner_up}."
    for remark in remarks(proposal):
        yield f"# {remark}"


def _columns(proposal: Proposal, columns: dict[str, list[str]]) -> Iterator[str]:
    for name, headers in columns.items():
        meaning = proposal.of(name) or next(m for m in proposal.meanings if m.header == headers[0])
        yield f"    {name}: {_flow(headers)}  # {meaning.confidence:.2f} {shown(meaning.why)}"
    for meaning in proposal.meanings:
        if not meaning.is_sure and meaning.header and [meaning.header] not in columns.values():
            yield _left(meaning)


def _left(meaning: Meaning) -> str:
    if meaning.column:
        return f"    # {meaning.column}: {_flow([meaning.header])}  # ? {meaning.confidence:.2f} {shown(meaning.why)}"
    return f"    # left out: {_flow([meaning.header])}  # {shown(meaning.why)}"


def _unknown(proposal: Proposal, columns: dict[str, list[str]]) -> Iterator[str]:
    for column, meaning in block.coded(proposal, columns):
        for code in block.unknown_codes(column, meaning, proposal):
            yield f"    # {column.name}: {_scalar(shown(code))} {CODE_LEFT_OPEN} ({', '.join(column.allowed) or 'or leave it as it is'})"
        for code in block.codes_by_their_words(column, meaning, proposal):
            yield f"    # {column.name}: {_scalar(shown(code))} is taken by one of its words; is that right?"


def _flow(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_scalar(key)}: {_flow(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_flow(one) for one in value) + "]"
    return _scalar(value)


def _scalar(value: Any) -> str:
    """The value as YAML: texts that YAML would take for something else in single quotation marks."""
    if value is None:
        return "null"
    if not isinstance(value, str):
        return str(value)
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        return value
    if _PLAIN.fullmatch(value) and value.lower() not in _NO_TEXT and not value.endswith(" "):
        return value
    return "'" + value.replace("'", "''") + "'"
