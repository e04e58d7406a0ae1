"""What the page of a linkage shows, read from the folder that `families link` wrote: nothing else, so that it can be made long after the records are gone."""

import json
from math import log2
from pathlib import Path
from typing import Any

import sql
from pipelines import warehouse
from pipelines.errors import BadInput
from pipelines.settings import Settings
from pipelines.values.file_names import shown

# So many pairs can be looked at on the page; those near the threshold and of every weight, those asked for first.
PAIRS = 1_500
_LARGEST = 20


def gather(folder: Path, wanted: list[tuple[str, str]]) -> dict[str, Any]:
    """Everything the page needs.

    Args:
        folder: where `families link` wrote its results.
        wanted: record ids of pairs that must be among those that can be looked at.

    Raises:
        BadInput: the folder lacks a result, or a wanted pair is not in pairs.parquet.
    """
    told = {name: _read(folder, name) for name in ("run", "model", "diagnostics")}
    quality = _read(folder, "quality") if (folder / "quality.json").exists() else None
    for name in ("pairs", "clusters"):
        _existing(folder / f"{name}.parquet")
    with warehouse.connection(Settings(home=folder)) as con:
        for name in ("pairs", "clusters"):
            con.execute(f"create view {name} as from read_parquet('{str(folder / name).replace(chr(39), chr(39) * 2)}.parquet')")
        pairs = _pairs(con, wanted, told["run"]["thresholds"]["link"])
        clusters = _rows(con, "largest_cluster", {"cluster_limit": _LARGEST})
        sizes = _rows(con, "cluster_size", {})
    return told | {"quality": quality, "pairs": pairs, "clusters": clusters, "sizes": sizes, "fields": _fields(told["model"])}


def _read(folder: Path, name: str) -> dict[str, Any]:
    tree: dict[str, Any] = json.loads(_existing(folder / f"{name}.json").read_text(encoding="utf-8"))
    return tree


def _existing(path: Path) -> Path:
    if not path.is_file():
        raise BadInput(f"{shown(path)}: there is no such file. Name the folder that `families link RECORDS --out` wrote, or run it again.")
    return path


def _pairs(con: warehouse.Connection, wanted: list[tuple[str, str]], link: float) -> list[dict[str, Any]]:
    sides = {"left": [a for a, _ in wanted], "right": [b for _, b in wanted]}
    rows = _rows(con, "shown_pair", sides | {"pair_limit": PAIRS, "link_weight": log2(link / (1 - link))})
    found = {frozenset((row["record_id_l"], row["record_id_r"])) for row in rows}
    lacking = sum(frozenset(pair) not in found for pair in wanted)
    if lacking:
        raise BadInput(
            f"{lacking} of the pairs asked for with --pair are not in pairs.parquet, which holds pairs from the review threshold up and likely housemates."
            " Check the ids, or lower thresholds.review in the model file and link again."
        )
    return rows


def _fields(model: dict[str, Any]) -> list[dict[str, Any]]:
    """Levels of each field, the most alike first, with m, h, u and the weight."""
    fields = []
    for name, field in model["fields"].items():
        levels = zip(field["levels"], field["m"], field["h"], field["u"], strict=True)
        fields.append({"name": name, "levels": [{"level": level, "m": m, "h": h, "u": u, "weight": log2(m / u)} for level, m, h, u in levels][::-1]})
    return fields


def _rows(con: warehouse.Connection, statement: str, parameters: dict[str, Any]) -> list[dict[str, Any]]:
    found = con.execute(sql.read(f"report/{statement}"), parameters)
    names = [column[0] for column in found.description or []]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
