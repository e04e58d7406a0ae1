"""Charts as inline SVG, drawn without a script or a library: bars and lines with axes, each with a title that a screen reader tells."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

Point = tuple[float, float]

WIDTH, HEIGHT = 760, 300
_LEFT, _RIGHT, _TOP, _BOTTOM = 62, 24, 14, 46
COLOURS = ("#1f4e79", "#b5570a", "#0b6b3a", "#7a3b8f", "#595959")


@dataclass(frozen=True, slots=True)
class Axis:
    """A scale from `lowest` to `highest` with labels at `ticks`."""

    title: str
    lowest: float
    highest: float
    ticks: Sequence[float]
    is_share: bool = False
    is_power: bool = False
    """Whether values are powers of ten, and so told as what they stand for."""

    def place(self, value: float, start: float, end: float) -> float:
        """Where a value lies between two ends on the page; values beyond the scale lie on its edge."""
        width = self.highest - self.lowest or 1
        return start + (min(max(value, self.lowest), self.highest) - self.lowest) / width * (end - start)

    def label(self, value: float) -> str:
        """A tick in words."""
        if self.is_power:
            return f"{10**value:,.0f}"
        return f"{100 * value:g}%" if self.is_share else f"{value:,.10g}"


@dataclass(frozen=True, slots=True)
class Frame:
    """The area between two axes."""

    x: Axis
    y: Axis

    def at(self, x: float, y: float) -> Point:
        """A point on the page."""
        return self.x.place(x, _LEFT, WIDTH - _RIGHT), self.y.place(y, HEIGHT - _BOTTOM, _TOP)

    def drawn(self, title: str, marks: Sequence[str]) -> str:
        """The whole chart."""
        return f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(title)}"><title>{escape(title)}</title>{self._grid()}{"".join(marks)}</svg>'

    def _grid(self) -> str:
        parts = []
        for tick in self.y.ticks:
            y = self.at(self.x.lowest, tick)[1]
            parts.append(f'<line x1="{_LEFT}" x2="{WIDTH - _RIGHT}" y1="{y:.1f}" y2="{y:.1f}" stroke="#dde2e6"/>')
            parts.append(f'<text x="{_LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{self.y.label(tick)}</text>')
        for tick in (tick for tick in self.x.ticks if self.x.lowest <= tick <= self.x.highest):
            x = self.at(tick, self.y.lowest)[0]
            parts.append(f'<text x="{x:.1f}" y="{HEIGHT - _BOTTOM + 18}" text-anchor="middle">{self.x.label(tick)}</text>')
        middle = (_LEFT + WIDTH - _RIGHT) / 2
        parts.append(f'<text x="{middle}" y="{HEIGHT - 6}" text-anchor="middle" class="axis">{escape(self.x.title)}</text>')
        parts.append(
            f'<text transform="translate(13 {(HEIGHT - _BOTTOM + _TOP) / 2}) rotate(-90)" text-anchor="middle" class="axis">{escape(self.y.title)}</text>'
        )
        return "".join(parts)


def round_ticks(highest: float, most: int = 5) -> list[float]:
    """Round numbers from nought to the greatest that `highest` reaches: steps of 1, 2 or 5 and noughts, whole ones, `most` of them at the most."""
    steps = (part * 10**power for power in range(12) for part in (1, 2, 5))
    step = next(step for step in steps if highest / step <= most)
    return [n * step for n in range(int(highest / step) + 1)]


def bars(frame: Frame, heights: Sequence[tuple[float, float, float]], colour: str) -> list[str]:
    """Bars from start, end and height; each standing on the axis."""
    marks = []
    for start, end, height in heights:
        (left, top), (right, foot) = frame.at(start, height), frame.at(end, frame.y.lowest)
        marks.append(f'<rect x="{left:.1f}" y="{top:.1f}" width="{max(right - left - 1, 0.5):.1f}" height="{max(foot - top, 0):.1f}" fill="{colour}"/>')
    return marks


def line(frame: Frame, points: Sequence[Point], colour: str, *, is_dashed: bool = False, has_dots: bool = False) -> list[str]:
    """A line through points, with a dot on each if asked."""
    placed = [frame.at(*point) for point in points]
    way = " ".join(f"{x:.1f},{y:.1f}" for x, y in placed)
    dash = ' stroke-dasharray="5 4"' if is_dashed else ""
    marks = [f'<polyline points="{way}" fill="none" stroke="{colour}" stroke-width="2.2"{dash}/>']
    return marks + [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.6" fill="{colour}"/>' for x, y in placed if has_dots]


def marker(frame: Frame, x: float, words: str) -> list[str]:
    """An upright line with a word, such as a threshold."""
    place, top = frame.at(x, frame.y.highest)
    is_right = place > WIDTH - 120
    anchor, gap = ("end", -5) if is_right else ("start", 5)
    return [
        f'<line x1="{place:.1f}" x2="{place:.1f}" y1="{top:.1f}" y2="{HEIGHT - _BOTTOM}" stroke="#a3160f" stroke-width="1.5" stroke-dasharray="4 3"/>',
        f'<text x="{place + gap:.1f}" y="{top - 3:.1f}" text-anchor="{anchor}" fill="#a3160f">{escape(words)}</text>',
    ]


def spark(values: Sequence[float], words: str) -> str:
    """A small line of the values, the last one dotted, on a scale from nothing to the greatest; `words` say what it shows to who cannot see it."""
    greatest, step = max(values, default=0) or 1, (_SPARK[0] - 8) / max(len(values) - 1, 1)
    points = [(4 + n * step, _SPARK[1] - 4 - value / greatest * (_SPARK[1] - 8)) for n, value in enumerate(values)]
    way = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    dot = f'<circle cx="{points[-1][0]:.1f}" cy="{points[-1][1]:.1f}" r="2.6" fill="{COLOURS[0]}"/>' if points else ""
    line_ = f'<polyline points="{way}" fill="none" stroke="{COLOURS[0]}" stroke-width="1.6"/>'
    return f'<svg class="spark" viewBox="0 0 {_SPARK[0]} {_SPARK[1]}" role="img" aria-label="{escape(words)}">{line_}{dot}</svg>'


_SPARK = (120, 26)
