"""The wards' families as inline SVG: two bars a ward, those identified and those verified, under the name of the district."""

from collections.abc import Sequence
from html import escape
from itertools import groupby
from typing import Any

from pipelines.report.charts import COLOURS

Rows = Sequence[dict[str, Any]]

STAGES = (("identified", COLOURS[0]), ("verified", COLOURS[1]))
WIDTH, BAR = 760, 11
_NAMES, _ROW, _HEADING = 190, 30, 28
_LONGEST = WIDTH - _NAMES - 60
_HELD = "#8a6d3b"


def drawn(wards: Rows, title: str) -> str:
    """The chart, in the order of the rows; empty without any. A count that is held back has a short outlined bar, as long whatever the count."""
    if not wards:
        return ""
    highest = max((row[name] or 0 for row in wards for name, _ in STAGES), default=0) or 1
    marks: list[str] = []
    y = 0
    for district, found in groupby(wards, key=lambda row: str(row["district"])):
        marks.append(f'<text x="0" y="{y + 19}" font-weight="bold">{escape(district)}</text>')
        y += _HEADING
        for row in found:
            marks += _ward(row, y, highest)
            y += _ROW
    told = escape(title)
    size = f'viewBox="0 0 {WIDTH} {y + 4}" style="max-width:{WIDTH}px" font-size="13"'
    return "".join([f'<svg {size} role="img" aria-label="{told}"><title>{told}</title>', *marks, "</svg>"])


def _ward(row: dict[str, Any], y: int, highest: int) -> list[str]:
    bars = [bar(row[name], y + 3 + n * BAR, highest, colour) for n, (name, colour) in enumerate(STAGES)]
    return [f'<text x="12" y="{y + 19}">{escape(str(row["ward"]))}</text>', *bars]


def bar(count: int | None, y: int, highest: int, colour: str, longest: int = _LONGEST) -> str:
    """A bar under the names' column, `longest` for the highest count, with its number; a short outlined one for a count held back."""
    if count is None:
        return f'<rect x="{_NAMES}" y="{y + 1}" width="14" height="{BAR - 3}" fill="none" stroke="{_HELD}" stroke-dasharray="3 2"/>'
    long = round(longest * count / highest, 1)
    number = f'<text x="{_NAMES + long + 6}" y="{y + BAR - 1}" font-size="11">{count:,}</text>'
    return f'<rect x="{_NAMES}" y="{y}" width="{long}" height="{BAR - 1}" fill="{colour}"/>{number}'
