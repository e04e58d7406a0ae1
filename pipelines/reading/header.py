"""Finds the header among a file's first rows and tells which contract column each of its names stands for."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches

from pipelines.errors import BadInput
from pipelines.limits import USUAL, Limits, setting
from pipelines.reading import header_names
from pipelines.values.file_names import shown
from schemas.profile import Profile

# Suppliers put a title, a run date and a filter above the header; none seen takes more rows than this.
ROWS_SEARCHED = 50
_FEWEST_MATCHES = 3
_ALIKE = 0.6

MISSING_COLUMN, NO_HEADER = "missing_column", "no_header"

Rows = Sequence[Sequence[str | None]]


@dataclass(frozen=True, slots=True)
class Header:
    """The header's names by position, the row it ends on (from 1), how many rows it takes, and the position of each contract column."""

    row: int
    height: int
    names: tuple[str, ...]
    positions: dict[str, int]
    followers: dict[str, tuple[int, ...]] = field(default_factory=dict)
    """Positions of the further columns whose text belongs behind a contract column's own."""
    may_be_told: bool = False
    """Whether the unknown names are names indeed, and may stand in a message."""

    @property
    def fewest_fields(self) -> int:
        """Fields a row must have at least: as many as to the last column with a name."""
        return max(position for position, name in enumerate(self.names) if name) + 1


def compact(text: str) -> str:
    """The name without what suppliers change at will: case, spaces, dots, dashes and underscores."""
    return re.sub(r"[\s._\-\u00a0\ufeff]", "", text.casefold())


def find(rows: Rows, profile: Profile) -> Header | None:
    """The row, or two rows read as one, that names most of the profile's columns; None when no row names three.

    Where the profile tells the row on which the header ends, no other is asked.
    """
    synonyms = _synonyms(profile)
    best: Header | None = None
    for height in (1, 2):
        for end in range(height, min(len(rows), ROWS_SEARCHED) + 1):
            if profile.header_row not in (None, end):
                continue
            names = joined(rows[end - height : end])
            header = Header(end, height, names, _positions(names, synonyms), _followers(names, profile))
            if len(header.positions) > (len(best.positions) if best else _FEWEST_MATCHES - 1):
                best = header
    return replace(best, may_be_told=_are_names(best, rows, profile)) if best else None


def check(header: Header, profile: Profile, limits: Limits = USUAL) -> None:
    """Raises BadInput when the header is too wide, or a profile's column is not there, or there twice, naming it and the likely new name."""
    if len(header.names) > limits.limit_columns:
        most = f"{limits.limit_columns:,} {setting('limit_columns')}"
        raise BadInput(f"the header on row {header.row} reaches over {len(header.names):,} columns, more than {most}. Ask the supplier to export it again.")
    missing = [column for column in profile.columns if column not in header.positions]
    if missing:
        raise BadInput(_missing(header, profile, missing), rule=MISSING_COLUMN)
    halved = [name for column, names in profile.combined.items() if len(header.followers[column]) < len(names) for name in names]
    if halved:
        raise BadInput(
            f"the header on row {header.row} lacks one of {listed(halved)}, which belong to columns read together. "
            "Ask the supplier for the agreed layout, or correct combined in extracts.yml.",
            rule=MISSING_COLUMN,
        )
    seen = [compact(name) for name in header.names]
    for column, position in header.positions.items():
        others = [p + 1 for p, name in enumerate(seen) if name == seen[position]]
        if len(others) > 1:
            places = " and ".join(str(place) for place in others)
            raise BadInput(
                f"the header on row {header.row} names {listed([header.names[position]])} ({column}) in columns {places}. Remove or rename all but one.",
                rule="repeated_column",
            )


def not_found(rows: Rows, profile: Profile) -> str:
    """What to say when no row is a header. No cell is shown: without a header, any may be personal."""
    expected = [synonyms[0] for synonyms in profile.columns.values()]
    cells = {compact(cell) for row in rows for cell in row if cell}
    alike = [name for name in expected if get_close_matches(compact(name), cells, n=1, cutoff=0.8)]
    found = f" Names like {listed(alike)} were found." if alike else ""
    if profile.header_row is not None:
        return (
            f"row {profile.header_row} is no header with the expected columns: {listed(expected)}.{found} "
            "Ask the supplier for the agreed layout, or correct header_row in extracts.yml, or take it out: then the header is looked for."
        )
    return (
        f"none of the first {ROWS_SEARCHED} rows is a header with the expected columns: {listed(expected)}.{found} "
        "Ask the supplier for the agreed layout, or give the new names under columns in extracts.yml."
    )


def unexpected(header: Header) -> list[str]:
    """Named columns that stand for nothing in the contract; ingest leaves them out."""
    taken = {*header.positions.values(), *(position for several in header.followers.values() for position in several)}
    return [name for position, name in enumerate(header.names) if name and position not in taken]


def _are_names(header: Header, rows: Rows, profile: Profile) -> bool:
    """Whether the header's unknown names are columns' names and may be shown."""
    width = max((position for position, name in enumerate(header.names) if name), default=-1) + 1
    below = [len(row) for row in rows[header.row :] if any(row)]
    is_wider = bool(below) and width > max(below)
    return not is_wider and header_names.are_names(unexpected(header), profile, rows[header.row :])


def _synonyms(profile: Profile) -> dict[str, dict[str, int]]:
    """Each spelling of a header, with the columns it stands for and its rank among each one's spellings; the contract's own name comes last."""
    found: dict[str, dict[str, int]] = {}
    for column, names in profile.columns.items():
        for rank, name in enumerate((*names, column)):
            found.setdefault(compact(name), {}).setdefault(column, rank)
    return found


def joined(rows: Rows) -> tuple[str, ...]:
    """The rows read as one: what stands above each other, put together."""
    width = max(len(row) for row in rows)
    padded = [[*(cell or "" for cell in row), *[""] * (width - len(row))] for row in rows]
    return tuple(" ".join(part.strip() for part in parts if part.strip()) for parts in zip(*padded, strict=True))


def _positions(names: tuple[str, ...], synonyms: dict[str, dict[str, int]]) -> dict[str, int]:
    """Position of each contract column; where two names stand for one, the spelling listed first is taken."""
    known = ((position, synonyms[compact(name)]) for position, name in enumerate(names) if compact(name) in synonyms)
    found = sorted((rank, column, position) for position, columns in known for column, rank in columns.items())
    return {column: position for _, column, position in reversed(found)}


def _followers(names: tuple[str, ...], profile: Profile) -> dict[str, tuple[int, ...]]:
    """Positions of the further columns read together with a contract column's own, in the profile's order."""
    place = {compact(name): position for position, name in reversed(list(enumerate(names)))}
    return {column: tuple(place[compact(name)] for name in several if compact(name) in place) for column, several in profile.combined.items()}


def _missing(header: Header, profile: Profile, missing: list[str]) -> str:
    unknown = unexpected(header) if header.may_be_told else []
    lacking = ", ".join(f"'{profile.columns[column][0]}' ({column})" for column in missing)
    guesses = [guess for column in missing if (guess := _guess(profile.columns[column], unknown))]
    text = f"the header on row {header.row} lacks {len(missing)} of the {len(profile.columns)} expected columns: {lacking}."
    hidden = len(unexpected(header)) - len(unknown)
    if hidden:
        text += f" {hidden:,} of its fields {'look' if hidden > 1 else 'looks'} like a row's values rather than names; is the line break after the header lost?"
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
