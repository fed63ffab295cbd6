"""A metric over versions, as a table and as JSON."""

from collections.abc import Sequence
from datetime import tzinfo

from lineal.lineage.recommending import share
from lineal.lineage.trend import Point, Trend, breaks
from lineal.registry.direction import is_nearer_better
from lineal.reporting import documents
from lineal.reporting.comparison_words import number
from lineal.reporting.screen import FORMAT, Screen
from lineal.reporting.signs import visible
from lineal.reporting.text import Cell, Column, Style, table
from lineal.reporting.times import day, utc

_STRIP = 24  # columns of the plot
_DOT, _GONE = "●", "○"


def as_text(found: Trend, zone: tzinfo, screen: Screen) -> str:
    """Lay out a row a version, with a small plot."""
    values = [point.value for point in found.points if point.value is not None]
    ends = (min(values), max(values)) if values else (0.0, 0.0)
    columns = [
        Column("version"),
        Column("registered"),
        Column(found.name, right=True, shrinks=True),
        Column("change", right=True),
        Column(_axis(ends)),
        Column("stages", shrinks=True),
    ]
    others = breaks(found.points)
    rows = [
        [
            Cell(point.version, Style.DIM if point.withdrawn else Style.PLAIN),
            Cell("-" if point.time is None else day(point.time, zone)),
            Cell("-" if point.value is None else number(point.value)),
            _change(found, point, is_other=point.version in others),
            Cell(_strip(point, ends)),
            Cell(_stages(point)),
        ]
        for point in found.points
    ]
    laid = table(columns, rows, width=screen.width, colour=screen.colour)
    left = "; (stage): no longer there" if any(p.held for p in found.points) else ""
    notes = [f"{found.name}: {found.better} is better{left}"]
    notes += [f"note: {note}" for note in found.notes]
    return f"{laid}\n\n{_visible(notes)}\n"


def as_json(found: Trend) -> str:
    """Write the same facts for programs."""
    others = breaks(found.points)
    return documents.write(
        {
            "format": FORMAT,
            "model": found.model,
            "metric": found.metric,
            "segment": found.segment,
            "stage": found.stage,
            "higher_is_better": found.higher,
            "versions": [
                {
                    "version": point.version,
                    "commit": point.commit,
                    "registered": utc(point.time),
                    "value": point.value,
                    "change": point.change,
                    "stages": list(point.holds),
                    "former_stages": list(point.held),
                    "withdrawn": point.withdrawn,
                    "rows": point.rows or None,
                    "other_rows": point.version in others,
                }
                for point in found.points
            ],
            "notes": list(found.notes),
        }
    )


def _visible(lines: Sequence[str]) -> str:
    return "\n".join(map(visible, lines))


def _axis(ends: tuple[float, float]) -> str:
    """Title the plot with where it begins and ends."""
    low, high = map(number, ends)
    return f"{low}{high:>{max(_STRIP - len(low), len(high) + 1)}}"


def _strip(point: Point, ends: tuple[float, float]) -> str:
    """Place a dot between the lowest and the highest value."""
    if point.value is None:
        return ""
    low, high = ends
    # By halves, since a difference of two huge numbers is infinite.
    room = high / 2 - low / 2
    place = (point.value / 2 - low / 2) / room if room > 0 else 0.5
    dot = _GONE if point.withdrawn else _DOT
    # Not by blanks: at the start of a cell they would be lost.
    return ("·" * round(place * (_STRIP - 1)) + dot).ljust(_STRIP, "·")


def _change(found: Trend, point: Point, *, is_other: bool) -> Cell:
    if point.change is None:
        return Cell("")
    mark = " *" if is_other else ""
    plain = is_other or point.withdrawn or is_nearer_better(found.metric)
    if not point.change or plain:
        return Cell(share(point.change) + mark)
    good = (point.change > 0) == found.higher
    return Cell(share(point.change), Style.GOOD if good else Style.BAD)


def _stages(point: Point) -> str:
    said = [*point.holds, *(f"({stage})" for stage in point.held)]
    return ", ".join([*said, "withdrawn"] if point.withdrawn else said)
