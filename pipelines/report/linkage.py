"""`families link report`: one self-contained page on a linkage, with nothing from the network; its only script draws the pair that is chosen."""

import json
from math import floor, log2, log10
from pathlib import Path
from typing import Any

from pipelines import private, templates
from pipelines.report import charts, linkage_figures
from pipelines.report.charts import COLOURS, Axis, Frame

# Where a scale of powers of ten puts nothing: a little below one.
_NONE = -0.3
SHARES = (0, 0.2, 0.4, 0.6, 0.8, 1)


def write(folder: Path, out: Path, wanted: list[tuple[str, str]]) -> int:
    """Write the page on the linkage in `folder` to `out`; returns its length in bytes.

    Raises:
        BadInput: the folder lacks a result, or a wanted pair was not told.
        WrongUsage: `out` cannot be written.
    """
    text = _html(linkage_figures.gather(folder, wanted))
    with private.written(out, ".html") as draft:
        draft.write_text(text, encoding="utf-8")
    return len(text.encode())


def _html(found: dict[str, Any]) -> str:
    environment = templates.environment(__package__, {"small": small})
    # A closing tag inside the data would end the script.
    data = json.dumps(_chosen(found), ensure_ascii=True).replace("<", "\\u003c")
    return environment.get_template("linkage.html").render(found | {"charts": _charts(found), "pair_data": data, "link": found["run"]["thresholds"]["link"]})


def small(share: float) -> str:
    """A share with four decimals, or as many more as show two digits of it: a small one is what a great weight comes from."""
    decimals = 4 if share <= 0 or share >= 0.001 else 1 - floor(log10(share))
    return f"{share:.{decimals}f}"


def _chosen(found: dict[str, Any]) -> list[dict[str, Any]]:
    """The pairs that can be looked at: who, and the steps from prior to match weight."""
    names = [field["name"] for field in found["fields"]]
    extra = ("name_rarity", "household", "third_record", "veto")
    chosen = []
    for pair in found["pairs"]:
        steps = [["prior", "", round(pair["weight_prior"], 2)]]
        steps += [[name, pair[f"level_{name}"], round(pair[f"weight_{name}"], 2)] for name in names if pair.get(f"level_{name}")]
        steps += [[name.replace("_", " "), "", round(pair[f"weight_{name}"], 2)] for name in extra if abs(pair[f"weight_{name}"]) >= 0.05]
        sides = [f"{pair[f'source_{side}']}: {pair[f'record_id_{side}']}" for side in "lr"]
        probabilities = [round(pair[f"{name}_probability"], 5) for name in ("match", "household", "unrelated")]
        chosen.append({"sides": sides, "weight": round(pair["match_weight"], 2), "shares": probabilities, "steps": steps, "vetoed": pair["is_vetoed"]})
    return chosen


def _charts(found: dict[str, Any]) -> dict[str, str]:
    link = found["run"]["thresholds"]["link"]
    drawn = {"weights": _weights(found["diagnostics"]["weights"], log2(link / (1 - link))), "sizes": _sizes(found["sizes"])}
    if found["quality"]:
        drawn |= {"thresholds": _thresholds(found["quality"]["curve"], link), "calibration": _calibration(found["quality"]["calibration"]["bins"])}
    return drawn


def _weights(bins: list[dict[str, Any]], threshold: float) -> str:
    """Pairs by weight on a logarithmic scale, since most pairs are nobody's."""
    tallest = max([_power(row["pair_count"]) for row in bins] + [1])
    lowest, highest = min([row["match_weight"] for row in bins] + [-10]), max([row["match_weight"] for row in bins] + [10]) + 1
    x = Axis("match weight, bits", lowest, highest, range(-30, 41, 10) if lowest == -30 else range(-10, highest + 1, 5))
    frame = Frame(x, Axis("pairs", _NONE, tallest, range(int(tallest) + 1), is_power=True))
    every = charts.bars(frame, [(row["match_weight"], row["match_weight"] + 1, _power(row["pair_count"])) for row in bins], "#9fb3c4")
    linked = charts.bars(frame, [(row["match_weight"], row["match_weight"] + 1, _power(row["linked_count"])) for row in bins], COLOURS[0])
    return frame.drawn("Pairs by match weight; those in one person are dark", [*every, *linked, *charts.marker(frame, threshold, "link")])


def _sizes(sizes: list[dict[str, Any]]) -> str:
    shown = sizes[:40]
    tallest = max([_power(row["person_count"]) for row in shown] + [1])
    highest = max([row["record_count"] for row in shown] + [5]) + 1
    step = max(1, highest // 12)
    frame = Frame(
        Axis("records of one person", 0.5, highest - 0.5, range(1, highest, step)), Axis("people", _NONE, tallest, range(int(tallest) + 1), is_power=True)
    )
    heights = [(row["record_count"] - 0.5, row["record_count"] + 0.5, _power(row["person_count"])) for row in shown]
    return frame.drawn("People by number of records", charts.bars(frame, heights, COLOURS[0]))


def _thresholds(curve: list[dict[str, Any]], link: float) -> str:
    points = sorted((point for point in curve if -12 <= point["match_weight"] <= 25), key=lambda point: (point["match_weight"], -point["recall"]))
    lowest = min([min(point["precision"], point["recall"]) for point in points] + [0.9])
    floor = max(int(lowest * 10 - 0.001) / 10, 0)
    ticks = [floor + (1 - floor) * step / 5 for step in range(6)]
    frame = Frame(Axis("threshold: match weight, bits", -12, 25, range(-10, 26, 5)), Axis("share", floor, 1, [round(t, 3) for t in ticks], is_share=True))
    marks = [
        mark
        for place, name in enumerate(("precision", "recall", "f1"))
        for mark in charts.line(frame, [(point["match_weight"], point[name]) for point in points], COLOURS[place], is_dashed=name == "f1")
    ]
    return frame.drawn("Precision, recall and F1 by threshold", [*marks, *charts.marker(frame, log2(link / (1 - link)), "link")])


def _calibration(bins: list[dict[str, Any]]) -> str:
    frame = Frame(Axis("match probability told", 0, 1, SHARES, is_share=True), Axis("share truly one person", 0, 1, SHARES, is_share=True))
    told = charts.line(frame, [(row["mean_probability"], row["share_true"]) for row in bins], COLOURS[0], has_dots=True)
    return frame.drawn("What probabilities say, and what is true", [*charts.line(frame, [(0, 0), (1, 1)], "#8a949c", is_dashed=True), *told])


def _power(count: int) -> float:
    return log10(count) if count else _NONE
