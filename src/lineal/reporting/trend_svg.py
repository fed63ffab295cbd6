"""A metric over versions as SVG, written by hand: the same facts give the same bytes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from math import ceil, floor, log10

from lineal.lineage.trend import Point, Trend, breaks, line
from lineal.reporting.comparison_words import number
from lineal.reporting.signs import visible

_WIDTH, _HEIGHT = 720, 360
_LEFT, _RIGHT, _TOP, _BOTTOM = 72, 24, 56, 64
_LABELS = 12  # versions that are named below the axis
_CROWD = 40  # versions from which on dots are smaller
_TICKS = 5
_HUGE = 1e290  # what is larger, or the inverse smaller, is drawn at the edge
_SAME = 1e-9  # shares by which values differ that are drawn as one
# It brings its background, so that it is legible wherever it is shown.
_STYLE = """
.plot { font: 12px system-ui, sans-serif; fill: #24292f }
.page { fill: #ffffff }
.title { font-size: 15px; font-weight: 600 }
.small { fill: #57606a }
.grid { stroke: #d0d7de; stroke-width: 1 }
.line { stroke: #0969da; stroke-width: 2; fill: none }
.other { stroke-dasharray: 2 5 }
.dot { fill: #0969da; stroke: #ffffff; stroke-width: 1.5 }
.holds { fill: #1a7f37 }
.gone { fill: none; stroke: #57606a; stroke-dasharray: 2 2 }
@media (prefers-color-scheme: dark) {
.plot { fill: #e6edf3 }
.page { fill: #0d1117 }
.small { fill: #9198a1 }
.grid { stroke: #3d444d }
.line { stroke: #4493f8 }
.dot { fill: #4493f8; stroke: #0d1117 }
.holds { fill: #3fb950 }
.gone { fill: none; stroke: #9198a1 }
}
"""


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where values and versions lie on the page.

    Attributes:
        ticks: Values with a line across, the lowest first.
        count: How many versions there are.
    """

    ticks: Sequence[float]
    count: int

    def x(self, place: int) -> float:
        """Return how far right a version lies."""
        room = _WIDTH - _LEFT - _RIGHT
        return _LEFT + room * (place + 0.5) / max(1, self.count)

    def y(self, value: float) -> float:
        """Return how far down a value lies."""
        low, high = self.ticks[0], self.ticks[-1]
        room = _HEIGHT - _TOP - _BOTTOM
        return _TOP + room * (high - _drawable(value)) / (high - low)


def as_svg(found: Trend) -> str:
    """Draw a metric over versions."""
    values = [point.value for point in found.points if point.value is not None]
    frame = _Frame(ticks(values), len(found.points))
    title = f"{found.name} of {found.model} by version"
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" '
        f'width="{_WIDTH}" height="{_HEIGHT}" role="img" '
        'aria-labelledby="trend-title trend-desc" class="plot">'
    )
    parts = (
        head,
        f'<title id="trend-title">{_safe(title)}</title>',
        f'<desc id="trend-desc">{_safe(_described(found))}</desc>',
        f"<style>{_STYLE}</style>",
        f'<rect class="page" width="{_WIDTH}" height="{_HEIGHT}" rx="6"/>',
        _text(_LEFT, 24, title, "title", "start"),
        _text(_LEFT, 42, _legend(found), "small", "start"),
        *_grid(frame),
        *_lines(found, frame),
        *_points(found, frame),
        "</svg>",
    )
    return "\n".join(parts) + "\n"


def ticks(values: Sequence[float]) -> tuple[float, ...]:
    """Choose round values around some others; at least two.

    >>> ticks([0.041, 0.0475])
    (0.04, 0.042, 0.044, 0.046, 0.048)
    """
    low, high = map(_drawable, (min(values), max(values)) if values else (0.0, 1.0))
    apart = max(abs(low), abs(high), 1 / _HUGE) * _SAME
    if high - low < apart:
        wide = max(abs(low), abs(high)) / 10 or 0.1
        low, high = low - wide, high + wide
    step = _step((high - low) / _TICKS)
    first, last = floor(low / step), ceil(high / step)
    return tuple(float(f"{step * each:.12g}") for each in range(first, last + 1))


def _drawable(value: float) -> float:
    """Keep a value where differences are neither infinite nor lost."""
    return 0.0 if abs(value) < 1 / _HUGE else max(-_HUGE, min(_HUGE, value))


def _step(rough: float) -> float:
    """Round a distance up to 1, 2 or 5 times a power of ten."""
    size = 10.0 ** floor(log10(rough))
    return next(size * each for each in (1, 2, 5, 10) if size * each >= rough * 0.999)


def _described(found: Trend) -> str:
    """Say in words what the plot shows."""
    told = ", ".join(
        f"{point.version} {'lacks it' if point.value is None else number(point.value)}"
        f"{' (withdrawn)' if point.withdrawn else ''}"
        f"{' in ' + ' and '.join(point.holds) if point.holds else ''}"
        for point in found.points
    )
    return f"{found.better} is better. {told}"


def _legend(found: Trend) -> str:
    said = [f"{found.better} is better"]
    if any(point.holds for point in found.points):
        said.append("green: in a stage")
    if any(point.withdrawn for point in found.points):
        said.append("hollow: withdrawn")
    if breaks(found.points):
        said.append("dotted: tested on other rows")
    return "; ".join(said)


def _grid(frame: _Frame) -> Iterator[str]:
    for tick in frame.ticks:
        y = frame.y(tick)
        yield (
            f'<line class="grid" x1="{_LEFT}" y1="{y:.1f}" '
            f'x2="{_WIDTH - _RIGHT}" y2="{y:.1f}"/>'
        )
        yield _text(_LEFT - 8, y + 4, f"{tick:.6g}", "small", "end")


def _lines(found: Trend, frame: _Frame) -> Iterator[str]:
    """Join what stands; what was tested on other rows by dots."""
    places = {point.version: place for place, point in enumerate(found.points)}
    others = breaks(found.points)
    for before, after in pairwise(line(found.points)):
        ends = [
            f'{axis}{end}="{at:.1f}"'
            for end, point in ((1, before), (2, after))
            for axis, at in (
                ("x", frame.x(places[point.version])),
                ("y", frame.y(point.value or 0.0)),
            )
        ]
        kind = "line other" if after.version in others else "line"
        yield f'<line class="{kind}" {" ".join(ends)}/>'


def _points(found: Trend, frame: _Frame) -> Iterator[str]:
    every = max(1, ceil(len(found.points) / _LABELS))
    size = 5 if len(found.points) <= _CROWD else 3
    for place, point in enumerate(found.points):
        x = frame.x(place)
        if place % every == 0 or point.holds:
            yield _text(x, _HEIGHT - _BOTTOM + 20, point.version, "", "middle")
        if point.value is None:
            yield _text(x, _HEIGHT - _BOTTOM + 36, "no value", "small", "middle")
            continue
        y = frame.y(point.value)
        yield (
            f'<circle class="dot{_kind(point)}" cx="{x:.1f}" cy="{y:.1f}" r="{size}">'
            f"<title>{_safe(_hint(point))}</title></circle>"
        )
        if point.holds:
            yield _text(x, y - 12, ", ".join(point.holds), "", "middle")


def _kind(point: Point) -> str:
    if point.withdrawn:
        return " gone"
    return " holds" if point.holds else ""


def _hint(point: Point) -> str:
    return f"{point.version}: {number(point.value)}"


def _text(x: float, y: float, said: str, kind: str, anchor: str) -> str:
    named = f' class="{kind}"' if kind else ""
    return (
        f'<text{named} x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{_safe(said)}'
        "</text>"
    )


def _safe(text: str) -> str:
    """Keep what others wrote from being markup, or no XML at all."""
    return escape(visible(text))
