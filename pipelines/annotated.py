"""The annotation file of recordlinkage (version 1) as it comes back from its annotator: labels on pairs of records."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipelines.errors import BadInput
from pipelines.values.file_names import shown

# recordlinkage reads 1 as a link and 0 as distinct; a pair without a label has no answer yet.
_DECISIONS = {1: "same", 0: "different", None: ""}
_LARGEST_BYTES = 200_000_000


def labels(path: Path) -> Iterator[tuple[str, str, str]]:
    """Two record ids and `same`, `different`, or nothing, of each pair in the file's order.

    Raises:
        BadInput: the file is no annotation file, or is damaged; values are never told.
    """
    pairs = _tree(path).get("pairs")
    if not isinstance(pairs, list):
        raise _refusal(path, "it has no list of pairs")
    for number, pair in enumerate(pairs, start=1):
        try:
            left, right = (pair["identifiers"][side]["record"] for side in ("a", "b"))
            label = pair.get("label")
        except (KeyError, TypeError, AttributeError):
            raise _refusal(path, f"pair {number} has no two record ids") from None
        # By type too: true equals 1, and 1.7 or "0" cut to an integer would record what nobody said.
        if type(label) not in (int, type(None)) or label not in _DECISIONS:
            raise _refusal(path, f"pair {number} has a label other than 1 (same), 0 (different) and null (no answer)")
        decision = _DECISIONS[label]
        yield str(left), str(right), decision


def _tree(path: Path) -> dict[str, Any]:
    if not path.is_file():
        raise _refusal(path, "there is no such file")
    if path.stat().st_size > _LARGEST_BYTES:
        raise _refusal(path, "it is larger than any that was exported")
    try:
        tree = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError):
        raise _refusal(path, "it is not JSON") from None
    if not isinstance(tree, dict) or tree.get("version") != 1:
        raise _refusal(path, "it is no annotation file of version 1")
    return tree


def _refusal(path: Path, why: str) -> BadInput:
    return BadInput(f"{shown(path.name)}: {why}. Return the file that `families review export` wrote. Nothing was recorded.")
