"""Forecasts as text for people, and as JSON or CSV for programs."""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from math import floor, log10
from typing import Self

from lineal.modeling.bundle import Forecast
from lineal.modeling.card import Card
from lineal.modeling.rhythm import DAY, Rhythm

_DIGITS = ((100, 0), (10, 1), (1, 2))
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_SHOWN = 3  # names of covariates in a note
_LISTED = 30  # names of segments in a note

Interval = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Row:
    """One segment at one time: the forecast and an interval for each level.

    Attributes:
        segment: Which series.
        horizon: How many steps ahead.
        date: Its date; where steps are hours, a datetime.
        forecast: What is expected.
        intervals: Both ends of each.
    """

    segment: str
    horizon: int
    date: date
    forecast: float
    intervals: tuple[Interval, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """Forecasts, and which model made them from what.

    Attributes:
        model: Its name.
        champion: The candidate that it is.
        md5: Of its bytes.
        origin: The last time whose observations were used.
        horizon: How many steps ahead.
        levels: Nominal coverages of the intervals.
        rows: Ordered by segment and date.
        rhythm: What a step is.
    """

    model: str
    champion: str
    md5: str
    origin: date
    horizon: int
    levels: tuple[float, ...]
    rows: tuple[Row, ...]
    rhythm: Rhythm = DAY

    @classmethod
    def of(cls, card: Card, forecast: Forecast) -> Self:
        """Take what a bundle forecast."""
        table, rhythm = forecast.rows, card.rhythm
        levels = tuple(_levels(table.columns))
        ends = [
            [table[f"{end}_{100 * level:g}"].tolist() for end in ("low", "high")]
            for level in levels
        ]
        intervals = [list(zip(*pair, strict=True)) for pair in ends]
        rows = zip(
            table["segment"].astype(str).tolist(),
            table["horizon"].tolist(),
            map(rhythm.moment, table["date"].to_numpy()),
            table["forecast"].tolist(),
            zip(*intervals, strict=True) if levels else [()] * len(table),
            strict=True,
        )
        return cls(
            model=card.model,
            champion=card.champion,
            md5=card.stored.md5,
            origin=rhythm.moment(table["origin"].to_numpy()[0]),
            horizon=int(table["horizon"].max()),
            levels=levels,
            rows=tuple(Row(*each) for each in rows),
            rhythm=rhythm,
        )


def as_text(answer: Answer) -> str:
    """Lay out one table a segment, numbers rounded to what can be read."""
    head = (
        f"{answer.model} ({answer.champion}, md5 {answer.md5[:8]}), "
        f"from what was known on {_time(answer.origin)}"
    )
    days = ("day",) if answer.rhythm.cycle else ()
    titles = ("date", *days, "forecast", *(f"{_name(x)} %" for x in answer.levels))
    digits = _digits(answer.rows)
    shown = {
        segment: [_cells(row, digits, weekday=bool(days)) for row in rows]
        for segment, rows in groupby(answer.rows, key=lambda row: row.segment)
    }
    cells = [titles, *(line for lines in shown.values() for line in lines)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    parts = [head]
    for segment, rows in shown.items():
        lines = [_line(each, widths, 1 + len(days)) for each in (titles, *rows)]
        parts.append("\n".join((segment, *lines)))
    return "\n\n".join(parts) + "\n"


def as_json(answer: Answer) -> str:
    """Write every number as it is."""
    document = {
        "model": answer.model,
        "champion": answer.champion,
        "md5": answer.md5,
        "origin": _time(answer.origin),
        "horizon": answer.horizon,
        "levels": answer.levels,
        "rows": [
            {
                "segment": row.segment,
                "origin": _time(answer.origin),
                "horizon": row.horizon,
                "date": _time(row.date),
                "forecast": row.forecast,
                "intervals": dict(
                    zip(map(_name, answer.levels), row.intervals, strict=True)
                ),
            }
            for row in answer.rows
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def as_csv(answer: Answer) -> str:
    """Write one line a row, every number as it is."""
    ends = [f"{end}_{_name(x)}" for x in answer.levels for end in ("low", "high")]
    out = io.StringIO()
    lines = csv.writer(out, lineterminator="\n")
    lines.writerow(("segment", "origin", "horizon", "date", "forecast", *ends))
    lines.writerows(
        (
            row.segment,
            _time(answer.origin),
            row.horizon,
            _time(row.date),
            row.forecast,
            *(end for interval in row.intervals for end in interval),
        )
        for row in answer.rows
    )
    return out.getvalue()


def notes(forecast: Forecast, steps: str = "days") -> Sequence[str]:
    """Say what the forecasts had to do without.

    Args:
        forecast: What a bundle forecast.
        steps: What steps are called.
    """
    found = []
    if forecast.missing:
        names = ", ".join(forecast.missing[:_SHOWN])
        more = len(forecast.missing) - _SHOWN
        others = f" and {more} more" if more > 0 else ""
        found.append(
            f"not known for some of the {steps} ahead: {names}{others}; "
            "give them with --future"
        )
    if forecast.skipped:
        names = ", ".join(forecast.skipped[:_LISTED])
        if len(forecast.skipped) > _LISTED:
            names += f" and {len(forecast.skipped) - _LISTED:,} more"
        found.append(f"without a forecast, since nothing recent is known: {names}")
    return found


def _levels(columns: Iterable[str]) -> Iterable[float]:
    """Find the levels that have columns, such as low_80."""
    for name in columns:
        if name.startswith("low_"):
            yield round(float(name.removeprefix("low_")) / 100, 9)


def _name(level: float) -> str:
    return f"{100 * level:g}"


def _time(when: date) -> str:
    """Write a date, or an hour with its minutes."""
    if isinstance(when, datetime):
        return when.isoformat(timespec="minutes")
    return when.isoformat()


def _digits(rows: Iterable[Row]) -> int:
    """Return how many decimals tell forecasts apart: none where they are large."""
    largest = max((abs(row.forecast) for row in rows), default=0.0)
    tiny = 2 - floor(log10(largest)) if largest > 0 else 0
    return next((digits for least, digits in _DIGITS if largest >= least), max(4, tiny))


def _cells(row: Row, digits: int, *, weekday: bool) -> tuple[str, ...]:
    bounds = (f"{low:,.{digits}f} to {high:,.{digits}f}" for low, high in row.intervals)
    day = (_DAYS[row.date.weekday()],) if weekday else ()
    return (_time(row.date), *day, f"{row.forecast:,.{digits}f}", *bounds)


def _line(cells: Sequence[str], widths: Sequence[int], words: int) -> str:
    """Align the first cells to the left, numbers to the right."""
    aligned = [
        f"{cell:<{width}}" if place < words else f"{cell:>{width}}"
        for place, (cell, width) in enumerate(zip(cells, widths, strict=True))
    ]
    return "  " + "  ".join(aligned)
