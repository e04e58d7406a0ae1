"""Writes what a what-if found to a file: who would join and leave, or the curve of a sweep, as a table or a chart. Nothing in it names anybody."""

from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from pipelines import private, tabular
from pipelines.report.charts import round_ticks

Rows = list[dict[str, Any]]

_WIDTH, _HEIGHT, _MARGIN = 720, 400, 64
_LINES = (("listed_count", "on the list", "#1d70b8", ""), ("review_count", "in review", "#912b88", "6 4"), ("near_miss_count", "near miss", "#505a5f", "2 3"))


def write(found: dict[str, Any], out: Path) -> int:
    """Write the curve (.csv, or .svg for a chart) or else the households that would move (.csv); returns how many rows there were."""
    is_curve = "curve" in found
    rows: Rows = found["curve" if is_curve else "changes"]
    with private.written(out, *((".csv", ".svg") if is_curve else (".csv",))) as draft:
        if out.suffix.lower() == ".svg":
            draft.write_text(chart(found), encoding="utf-8")
        else:
            tabular.write_csv(draft, _CURVE_COLUMNS if is_curve else _CHANGE_COLUMNS, rows)
    return len(rows)


_CURVE_COLUMNS = ("value", "listed_count", "would_join_count", "would_leave_count", "review_count", "near_miss_count")
_CHANGE_COLUMNS = ("household_id", "change", "status_before", "status_after", "district", "cluster", "ward", "gained", "lost")


def chart(found: dict[str, Any]) -> str:
    """The curve as an SVG that stands alone: families by status against the value, the published value marked where it lies within."""
    curve: Rows = found["curve"]
    values = [float(row["value"]) for row in curve]
    highest = max(row[name] for row in curve for name, _, _, _ in _LINES) or 1
    x = _scale(values[0], values[-1], _MARGIN, _WIDTH - _MARGIN)
    y = _scale(0, highest, _HEIGHT - _MARGIN, _MARGIN)
    title = f"{found['framework_id']}: families by {found['swept']}, as of {found['as_of_date']}"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-labelledby="t" font-family="sans-serif" font-size="13">',
        f'<title id="t">{escape(title)}</title><rect width="{_WIDTH}" height="{_HEIGHT}" fill="#fff"/>',
        f'<text x="{_MARGIN}" y="24" font-size="15">{escape(title)}</text>',
        *_axes(values, highest, x, y),
        *_published(found["published_value"], values, x),
        *(_line(curve, name, colour, dash, x, y) for name, _, colour, dash in _LINES),
        *_legend(),
    ]
    return "\n".join([*parts, "</svg>", ""])


def _scale(low: float, high: float, start: float, end: float) -> Any:
    span = (high - low) or 1
    return lambda value: round(start + (value - low) / span * (end - start), 1)


def _axes(values: list[float], highest: int, x: Any, y: Any) -> list[str]:
    ticks = dict.fromkeys(values[round(n * (len(values) - 1) / 8)] for n in range(9))
    parts = [f'<text x="{x(v)}" y="{_HEIGHT - _MARGIN + 20}" text-anchor="middle">{v:g}</text>' for v in ticks]
    for count in round_ticks(highest):
        parts.append(f'<path d="M{_MARGIN} {y(count)}H{_WIDTH - _MARGIN}" stroke="#d8dce0"/>')
        parts.append(f'<text x="{_MARGIN - 8}" y="{y(count) + 4}" text-anchor="end">{count:,}</text>')
    return parts


def _published(value: Any, values: list[float], x: Any) -> list[str]:
    if not isinstance(value, int | float) or not values[0] <= value <= values[-1]:
        return []
    line = f'<path d="M{x(value)} {_MARGIN}V{_HEIGHT - _MARGIN}" stroke="#0b0c0c" stroke-dasharray="1 4"/>'
    return [line, f'<text x="{x(value) + 4}" y="{_MARGIN - 6}">as published: {value:g}</text>']


def _line(curve: Rows, name: str, colour: str, dash: str, x: Any, y: Any) -> str:
    points = " ".join(f"{x(float(row['value']))},{y(row[name])}" for row in curve)
    return f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2" stroke-dasharray="{dash}"/>'


def _legend() -> list[str]:
    parts = []
    for n, (_, label, colour, dash) in enumerate(_LINES):
        left = _MARGIN + n * 140
        parts.append(f'<path d="M{left} {_HEIGHT - 16}h28" stroke="{colour}" stroke-width="2" stroke-dasharray="{dash}"/>')
        parts.append(f'<text x="{left + 34}" y="{_HEIGHT - 12}">{label}</text>')
    return parts
