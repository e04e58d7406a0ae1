"""The reckoning of each district as inline SVG: a bar a stage from the indicative number to the verified one, and beside them the verified by week."""

from collections.abc import Sequence
from html import escape
from typing import Any

from pipelines.report.charts import COLOURS
from pipelines.report.ward_chart import BAR, WIDTH, bar

Rows = Sequence[dict[str, Any]]

STAGES = (("indicative", COLOURS[4]), ("identified", COLOURS[0]), ("in_review", COLOURS[3]), ("verified", COLOURS[1]))
BY_WEEK = "verified"
_BARS, _GAP = 300, 14
_LINE = (WIDTH - 170, 150)  # where the line of weeks begins, and how long it is


def drawn(weeks: Rows, title: str) -> str:
    """The chart of the last week's districts, in their order; empty without any. Weeks whose count is held back have no point on the line.

    Each of `weeks` has its `districts`, rows by stage in which None stands for a count that is held back.
    """
    districts = weeks[-1]["districts"] if weeks else ()
    if not districts:
        return ""
    highest = max((row[name] or 0 for row in districts for name, _ in STAGES), default=0) or 1
    most = max((row[BY_WEEK] or 0 for week in weeks for row in week["districts"]), default=0) or 1
    height = len(STAGES) * BAR + _GAP
    marks: list[str] = []
    for n, row in enumerate(districts):
        marks += _district(row, n * height, highest)
        marks += _weeks(weeks, str(row["district"]), n * height, most) if len(weeks) > 1 else []
    told = escape(title)
    size = f'viewBox="0 0 {WIDTH} {len(districts) * height}" style="max-width:{WIDTH}px" font-size="13"'
    return "".join([f'<svg {size} role="img" aria-label="{told}"><title>{told}</title>', *marks, "</svg>"])


def _district(row: dict[str, Any], y: int, highest: int) -> list[str]:
    bars = [bar(row[name], y + n * BAR, highest, colour, _BARS) for n, (name, colour) in enumerate(STAGES)]
    return [f'<text x="0" y="{y + 24}" font-weight="bold">{escape(str(row["district"]))}</text>', *bars]


def _weeks(weeks: Rows, district: str, y: int, most: int) -> list[str]:
    """The district's line through the weeks whose count is told, with a dot on the last of them."""
    left, long = _LINE
    step, tall = long / (len(weeks) - 1), len(STAGES) * BAR - 8
    counts = [next((row[BY_WEEK] for row in week["districts"] if row["district"] == district), None) for week in weeks]
    points = [(left + n * step, y + 4 + tall * (1 - count / most)) for n, count in enumerate(counts) if count is not None]
    if not points:
        return []
    way = " ".join(f"{x:.1f},{top:.1f}" for x, top in points)
    colour = dict(STAGES)[BY_WEEK]
    dot = f'<circle cx="{points[-1][0]:.1f}" cy="{points[-1][1]:.1f}" r="3" fill="{colour}"/>'
    return [f'<polyline points="{way}" fill="none" stroke="{colour}" stroke-width="2"/>', dot]
