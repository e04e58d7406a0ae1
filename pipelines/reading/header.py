"""Finds the header among a file's first rows and tells which contract column each of its names stands for."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches

from pipelines.errors import BadInput
from pipelines.values.file_names import shown
from schemas.authority import Profile

# Suppliers put a title, a run date and a filter above the header; none seen takes more rows than this.
ROWS_SEARCHED = 50
_FEWEST_MATCHES = 3
_WIDEST = 1_000
_ALIKE = 0.6

Rows = Sequence[Sequence[str | None]]


@dataclass(frozen=True, slots=True)
class Header:
    """The header's names by position, the row it ends on (from 1), how many rows it takes, and the position of each contract column."""

    row: int
    height: int
    names: tuple[str, ...]
    positions: dict[str, int]
    may_be_told: bool = False
    """Whether the unknown names are names indeed, and may stand in a message."""


def compact(text: str) -> str:
    """The name without what suppliers change at will: case, spaces, dots, dashes and underscores."""
    return re.sub(r"[\s._\-\u00a0\ufeff]", "", text.casefold())


def find(rows: Rows, profile: Profile) -> Header | None:
    """The row, or two rows read as one, that names most of the profile's columns; None when no row names three."""
    synonyms = _synonyms(profile)
    best: Header | None = None
    for height in (1, 2):
        for end in range(height, min(len(rows), ROWS_SEARCHED) + 1):
            names = _joined(rows[end - height : end])
            header = Header(end, height, names, _positions(names, synonyms))
            if len(header.positions) > (len(best.positions) if best else _FEWEST_MATCHES - 1):
                best = header
    return replace(best, may_be_told=_are_names(best, rows)) if best else None


def check(header: Header, profile: Profile) -> None:
    """Raises BadInput when the header is too wide, or a profile's column is not there, or there twice, naming it and the likely new name."""
    if len(header.names) > _WIDEST:
        raise BadInput(
            f"the header on row {header.row} reaches over {len(header.names):,} columns, more than {_WIDEST:,}. Ask the supplier to export it again."
        )
    missing = [column for column in profile.columns if column not in header.positions]
    if missing:
        raise BadInput(_missing(header, profile, missing))
    seen = [compact(name) for name in header.names]
    for column, position in header.positions.items():
        others = [p + 1 for p, name in enumerate(seen) if name == seen[position]]
        if len(others) > 1:
            places = " and ".join(str(place) for place in others)
            raise BadInput(
                f"the header on row {header.row} names {listed([header.names[position]])} ({column}) in columns {places}. Remove or rename all but one."
            )


def not_found(rows: Rows, profile: Profile) -> str:
    """What to say when no row is a header. No cell is shown: without a header, any may be personal."""
    expected = [synonyms[0] for synonyms in profile.columns.values()]
    cells = {compact(cell) for row in rows for cell in row if cell}
    alike = [name for name in expected if get_close_matches(compact(name), cells, n=1, cutoff=0.8)]
    found = f" Names like {listed(alike)} were found." if alike else ""
    return (
        f"none of the first {ROWS_SEARCHED} rows is a header with the expected columns: {listed(expected)}.{found} "
        "Ask the supplier for the agreed layout, or give the new names under columns in extracts.yml."
    )


def unexpected(header: Header) -> list[str]:
    """Named columns that stand for nothing in the contract; ingest leaves them out."""
    taken = set(header.positions.values())
    return [name for position, name in enumerate(header.names) if name and position not in taken]


def _are_names(header: Header, rows: Rows) -> bool:
    """Whether the header's unknown names are names: where a line break was lost, a person's row has become part of it."""
    width = max((position for position, name in enumerate(header.names) if name), default=-1) + 1
    below = [len(row) for row in rows[header.row :] if any(row)]
    is_wider = bool(below) and width > max(below)
    return not is_wider and not any(re.search(r"\d{4}", name) or not re.search(r"[^\W\d_]", name) for name in unexpected(header))


def _synonyms(profile: Profile) -> dict[str, tuple[int, str]]:
    """Each spelling of a header, with its rank among the column's spellings; the contract's own name comes last."""
    return {compact(name): (rank, column) for column, names in profile.columns.items() for rank, name in reversed(list(enumerate((*names, column))))}


def _joined(rows: Rows) -> tuple[str, ...]:
    width = max(len(row) for row in rows)
    padded = [[*(cell or "" for cell in row), *[""] * (width - len(row))] for row in rows]
    return tuple(" ".join(part.strip() for part in parts if part.strip()) for parts in zip(*padded, strict=True))


def _positions(names: tuple[str, ...], synonyms: dict[str, tuple[int, str]]) -> dict[str, int]:
    """Position of each contract column; where two names stand for one, the spelling listed first is taken."""
    found = sorted((*synonyms[compact(name)], position) for position, name in enumerate(names) if compact(name) in synonyms)
    return {column: position for _, column, position in reversed(found)}


def _missing(header: Header, profile: Profile, missing: list[str]) -> str:
    unknown = unexpected(header) if header.may_be_told else []
    lacking = ", ".join(f"'{profile.columns[column][0]}' ({column})" for column in missing)
    guesses = [guess for column in missing if (guess := _guess(profile.columns[column], unknown))]
    text = f"the header on row {header.row} lacks {len(missing)} of the {len(profile.columns)} expected columns: {lacking}."
    hidden = len(unexpected(header)) - len(unknown)
    if hidden:
        text += f" {hidden:,} of its fields look like a row's values rather than names; is the line break after the header lost?"
    if unknown:
        text += f" Columns nobody expects: {listed(unknown)}."
    if guesses:
        text += f" Perhaps {'; '.join(guesses)}."
    return f"{text} Ask the supplier for the agreed layout, or add the new name to that column in extracts.yml (or take the column out)."


def _guess(synonyms: tuple[str, ...], unknown: list[str]) -> str | None:
    by_compact = {compact(name): name for name in unknown}
    close = [match for name in synonyms for match in get_close_matches(compact(name), by_compact, n=1, cutoff=_ALIKE)]
    return f"{listed([by_compact[close[0]]])} is '{synonyms[0]}'" if close else None


def listed(names: list[str]) -> str:
    """The names in quotation marks, for a message."""
    return ", ".join(f"'{shown(name)}'" for name in names)
