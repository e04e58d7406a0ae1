"""An UpSet plot as inline SVG: how many families have each exact set of problems, bars above and a dot for each problem below."""

from collections.abc import Sequence
from html import escape
from typing import Any

Rows = Sequence[dict[str, Any]]

SETS = 20
_NAMES, _COLUMN, _ROW, _BARS, _TOP = 210, 30, 26, 150, 24
_INK, _FAINT, _BAR, _HELD = "#1f4e79", "#d5dbe0", "#1f4e79", "#8a6d3b"


def drawn(problems: Rows, overlaps: Rows, labels: dict[str, str], title: str) -> str:
    """The plot of the largest sets; a count that is held back has a short outlined bar, as long whatever the count."""
    shown = sorted(overlaps, key=lambda row: (row["family_count"] is None, -(row["family_count"] or 0), row["headlines"]))[:SETS]
    width, height = _NAMES + _COLUMN * len(shown) + 20, _TOP + _BARS + _ROW * len(problems) + 20
    highest = max((row["family_count"] or 0 for row in shown), default=0) or 1
    marks = [mark for n, row in enumerate(shown) for mark in _set(n, row, problems, highest)]
    names = [_name(n, row, labels) for n, row in enumerate(problems)]
    told = escape(title)
    size = f'viewBox="0 0 {width} {height}" style="min-width:0;max-width:{width}px" font-size="13"'
    start = f'<svg {size} role="img" aria-label="{told}"><title>{told}</title>'
    return "".join([start, *names, *marks, "</svg>"])


def _name(n: int, problem: dict[str, Any], labels: dict[str, str]) -> str:
    y = _TOP + _BARS + _ROW * n + 22
    band = f'<rect x="0" y="{y - 17}" width="100%" height="{_ROW}" fill="#f2f5f7"/>' if n % 2 else ""
    return f'{band}<text x="0" y="{y}">{escape(labels.get(problem["headline"], problem["headline"]))}</text>'


def _set(n: int, row: dict[str, Any], problems: Rows, highest: int) -> list[str]:
    middle = _NAMES + _COLUMN * n + _COLUMN / 2
    held = set(str(row["headlines"]).split(","))
    marks = [_held_bar(middle) if row["family_count"] is None else _bar(middle, row["family_count"], highest)]
    places = [_TOP + _BARS + _ROW * m + 18 for m, _ in enumerate(problems)]
    inside = [y for y, problem in zip(places, problems, strict=True) if problem["headline"] in held]
    if len(inside) > 1:
        marks.append(f'<path d="M{middle} {inside[0]}V{inside[-1]}" stroke="{_INK}" stroke-width="3"/>')
    return marks + [f'<circle cx="{middle}" cy="{y}" r="7" fill="{_INK if y in inside else _FAINT}"/>' for y in places]


def _bar(middle: float, count: int, highest: int) -> str:
    tall = round((_BARS - 10) * count / highest, 1)
    foot = _TOP + _BARS
    return (
        f'<rect x="{middle - 10}" y="{foot - tall}" width="20" height="{tall}" fill="{_BAR}"/>'
        f'<text x="{middle}" y="{foot - tall - 5}" text-anchor="middle" font-size="12">{count:,}</text>'
    )


def _held_bar(middle: float) -> str:
    return f'<rect x="{middle - 10}" y="{_TOP + _BARS - 12}" width="20" height="12" fill="none" stroke="{_HELD}" stroke-dasharray="3 2"/>'
