"""Plots that GitHub draws itself, from text: no image lies on another host."""

import re
from collections.abc import Sequence
from typing import Final

from lineal.lineage.comparison import Comparison, Measure
from lineal.reporting.pull_request import Model, Point
from lineal.reporting.pull_request_text import cut

_PARTS: Final = 20  # in a plot: more names cannot be read
_NAME: Final = 20  # characters of a name on an axis
_ROOM: Final = 0.1  # above and below, as a share of the range
_LEAST: Final = 0.001  # as a share of the values, of which few digits are written
_TINY: Final = 1e-9
# Mermaid has signs of its own, also within quotes; what is none of these is shown as _.
_FOREIGN = re.compile(r"[^\w .,:/+-]")


def plots(model: Model) -> str:
    """Draw what is known of a model; nothing where that is nothing."""
    found = model.base or model.production
    drawn = [_trend(model)]
    if found is not None:
        drawn += [_parts(found, "segment"), _parts(found, "horizon")]
    return "\n\n".join(filter(None, drawn))


def chart(
    title: str, names: Sequence[str], series: Sequence[tuple[str, Sequence[float]]]
) -> str:
    """Draw series over the same names, in the form of Mermaid's xychart.

    Args:
        title: Above it.
        names: Along the axis.
        series: Each as `bar` or `line`, with a value a name.
    """
    low, high = _range([value for _, values in series for value in values])
    axis = ", ".join(f'"{each}"' for each in _unlike(names))
    drawn = "\n".join(
        f"    {kind} [{', '.join(map(_number, values))}]" for kind, values in series
    )
    return (
        f'```mermaid\nxychart-beta\n    title "{_plain(title, 2 * _NAME)}"\n'
        f"    x-axis [{axis}]\n    y-axis {_number(low)} --> {_number(high)}\n"
        f"{drawn}\n```"
    )


def _trend(model: Model) -> str:
    points: Sequence[Point] = model.trend
    if not points:
        return ""
    found = model.base or model.production
    metric = found.metric if found else "metric"
    values = [each.value for each in points]
    drawn = chart(f"{metric} by version", [p.name for p in points], [("line", values)])
    return f"{drawn}\n\nEach version on its own test period."


def _parts(found: Comparison, kind: str) -> str:
    """Draw both sides of each part, those that changed most where there are many."""
    every = found.segments if kind == "segment" else found.horizons
    told = [(name, one, *_pair(one)) for name, one in every if _is_told(one)]
    if not told or not any(one.absolute for _, one, _, _ in told):
        return ""
    if len(told) > _PARTS:
        most = sorted(told, key=lambda each: (-abs(each[1].absolute or 0), each[0]))
        kept = {name for name, *_ in most[:_PARTS]}
        told = [each for each in told if each[0] in kept]
    if kind == "horizon":
        told.sort(key=lambda each: (len(each[0]), each[0]))
    before, after = [each[2] for each in told], [each[3] for each in told]
    names, title = [each[0] for each in told], f"{found.metric} by {kind}"
    drawn = chart(title, names, [("bar", after), ("line", before)])
    rest = len(every) - len(told)
    more = f"; {rest} more are not drawn" if rest else ""
    return f"{drawn}\n\nBars are this pull request, the line is the base{more}."


def _is_told(one: Measure) -> bool:
    return one.before is not None and one.after is not None


def _pair(one: Measure) -> tuple[float, float]:
    return one.before or 0.0, one.after or 0.0


def _range(values: Sequence[float]) -> tuple[float, float]:
    """Return where the axis begins and ends: never in one point."""
    low, high = min(values), max(values)
    room = max((high - low) * _ROOM, abs(high) * _LEAST)
    room = room if room > _TINY else 1.0
    start = low - room
    return (0.0 if low >= 0 > start else start), high + room


def _unlike(names: Sequence[str]) -> list[str]:
    """Return names that can be drawn, each once."""
    found: list[str] = []
    for place, name in enumerate(names):
        plain = _plain(name, _NAME)
        found.append(plain if plain not in found else f"{plain} {place + 1}")
    return found


def _plain(text: str, longest: int) -> str:
    return _FOREIGN.sub("_", cut(text, longest)) or "_"


def _number(value: float) -> str:
    """Write a number without an exponent, which Mermaid does not read.

    >>> _number(1e-7), _number(1200000.0), _number(0.5)
    ('0.0000001', '1200000', '0.5')
    """
    digits = f"{float(f'{value:.6g}'):.12f}".rstrip("0").rstrip(".")
    return "0" if digits == "-0" else digits
