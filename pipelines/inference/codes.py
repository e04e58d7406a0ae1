"""What a supplier's codes mean: looked up among those of the contract, the library and the file of header words."""

import re
from functools import cache

from pipelines import authority
from pipelines.inference.shapes import Shape
from pipelines.inference.spelling import known
from schemas.extracts import CONTRACTS
from schemas.table import Column

_TRUE, _FALSE = ("Y", "YES", "TRUE", "T", "1"), ("N", "NO", "FALSE", "F", "0")
_LONGEST, _WORDY = 60, 4


def are_known(column: Column) -> bool:
    """Whether the column holds codes that are known."""
    return bool(column.allowed) or column.type == "BOOLEAN" or column.name in known()["codes"]


def known_share(column: Column, shape: Shape) -> float:
    """Share of the filled cells whose code is known, or of which a word is."""
    counted = {code: count for code, count in shape.possible_codes.items() if is_known(column, code) or _by_words(column, code)}
    return sum(counted.values()) / shape.filled if shape.filled else 0.0


def meaning(column: Column, code: str) -> str | None:
    """The contract's word for the code; None where it stands for nothing, or is not known."""
    if column.type == "BOOLEAN":
        return "true" if _key(code) in _TRUE else "false" if _key(code) in _FALSE else None
    found = _all_meanings(column).get(_key(code))
    if found is None and not is_spelled(column, code):
        likely = _by_words(column, code)
        return likely.pop() if len(likely) == 1 else None
    return found


def is_known(column: Column, code: str) -> bool:
    """Whether the code's meaning is known, be it that it stands for nothing."""
    return meaning(column, code) is not None or is_spelled(column, code)


def is_spelled(column: Column, code: str) -> bool:
    """Whether the code itself is known; else its meaning, if any, follows from its words."""
    return _key(code) in (_TRUE + _FALSE if column.type == "BOOLEAN" else _all_meanings(column))


def _by_words(column: Column, code: str) -> set[str]:
    """The meanings of the longest known codes whose words are all in this one: "First letter" is a letter."""
    if column.type == "BOOLEAN":
        return set()
    own = set(_key(code).split())
    within = {key: meant for key, meant in _all_meanings(column).items() if meant and len(key) >= _WORDY and set(key.split()) <= own}
    longest = max((len(key.split()) for key in within), default=0)
    return {meant for key, meant in within.items() if len(key.split()) == longest}


def _all_meanings(column: Column) -> dict[str, str | None]:
    """Every known code of the column, the contract's own words among them; what the contract does not allow is left out."""
    found = _meanings(column.name) | {_key(word): word for word in column.allowed}
    return {key: meant for key, meant in found.items() if meant is None or not column.allowed or meant in column.allowed}


def may_be_shown(code: str) -> bool:
    """Whether an unknown code may stand in the proposal: one as long as an address is none."""
    return len(code) <= _LONGEST


@cache
def _meanings(column: str) -> dict[str, str | None]:
    found: dict[str, str | None] = {}
    for source in CONTRACTS:
        for name in authority.layout_names(source):
            layout = authority.read_yaml(authority.LAYOUTS / source / f"{name}.yml")
            for part in (layout, *layout.get("parts", {}).values()):
                found |= {_key(code): meant for code, meant in part.get("codes", {}).get(column, {}).items()}
    return found | {_key(code): meant for code, meant in known()["codes"].get(column, {}).items()}


def _key(code: str) -> str:
    """Capitals, without signs and double blanks; signs alone stay."""
    plain = re.sub(r"[^A-Z0-9&]+", " ", str(code).upper().replace("'", "")).strip()
    return plain or str(code).strip().upper()
