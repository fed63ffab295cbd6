"""Forecasts as text for people, and as JSON or CSV for programs."""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Self

from lineal.modeling.bundle import Forecast
from lineal.modeling.card import Card

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_SHOWN = 3  # names of covariates in a note

Interval = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Row:
    """One segment on one day: the forecast and an interval for each level."""

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
        origin: The last day whose observations were used.
        horizon: How many days ahead.
        levels: Nominal coverages of the intervals.
        rows: Ordered by segment and date.
    """

    model: str
    champion: str
    md5: str
    origin: date
    horizon: int
    levels: tuple[float, ...]
    rows: tuple[Row, ...]

    @classmethod
    def of(cls, card: Card, forecast: Forecast) -> Self:
        """Take what a bundle forecast."""
        table = forecast.rows
        levels = tuple(_levels(table.columns))
        ends = [
            [table[f"{end}_{100 * level:g}"].tolist() for end in ("low", "high")]
            for level in levels
        ]
        intervals = [list(zip(*pair, strict=True)) for pair in ends]
        rows = zip(
            table["segment"].astype(str).tolist(),
            table["horizon"].tolist(),
            table["date"].dt.date.tolist(),
            table["forecast"].tolist(),
            zip(*intervals, strict=True) if levels else [()] * len(table),
            strict=True,
        )
        return cls(
            model=card.model,
            champion=card.champion,
            md5=card.stored.md5,
            origin=table["origin"].iloc[0].date(),
            horizon=int(table["horizon"].max()),
            levels=levels,
            rows=tuple(Row(*each) for each in rows),
        )


def as_text(answer: Answer) -> str:
    """Lay out one table a segment, numbers rounded to whole ones."""
    head = (
        f"{answer.model} ({answer.champion}, md5 {answer.md5[:8]}), "
        f"from what was known on {answer.origin}"
    )
    titles = ("date", "day", "forecast", *(f"{_name(x)} %" for x in answer.levels))
    cells = [titles, *map(_cells, answer.rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    parts = [head]
    for segment, rows in groupby(answer.rows, key=lambda row: row.segment):
        lines = [_line(each, widths) for each in (titles, *map(_cells, rows))]
        parts.append("\n".join((segment, *lines)))
    return "\n\n".join(parts) + "\n"


def as_json(answer: Answer) -> str:
    """Write every number as it is."""
    document = {
        "model": answer.model,
        "champion": answer.champion,
        "md5": answer.md5,
        "origin": answer.origin.isoformat(),
        "horizon": answer.horizon,
        "levels": answer.levels,
        "rows": [
            {
                "segment": row.segment,
                "origin": answer.origin.isoformat(),
                "horizon": row.horizon,
                "date": row.date.isoformat(),
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
            answer.origin,
            row.horizon,
            row.date,
            row.forecast,
            *(end for interval in row.intervals for end in interval),
        )
        for row in answer.rows
    )
    return out.getvalue()


def notes(forecast: Forecast) -> Sequence[str]:
    """Say what the forecasts had to do without."""
    found = []
    if forecast.missing:
        names = ", ".join(forecast.missing[:_SHOWN])
        more = len(forecast.missing) - _SHOWN
        others = f" and {more} more" if more > 0 else ""
        found.append(
            f"not known for some of the days ahead: {names}{others}; "
            "give them with --future"
        )
    if forecast.skipped:
        names = ", ".join(forecast.skipped)
        found.append(f"without a forecast, since nothing recent is known: {names}")
    return found


def _levels(columns: Iterable[str]) -> Iterable[float]:
    """Find the levels that have columns, such as low_80."""
    for name in columns:
        if name.startswith("low_"):
            yield round(float(name.removeprefix("low_")) / 100, 9)


def _name(level: float) -> str:
    return f"{100 * level:g}"


def _cells(row: Row) -> tuple[str, ...]:
    bounds = (f"{low:,.0f} to {high:,.0f}" for low, high in row.intervals)
    day = _DAYS[row.date.weekday()]
    return (row.date.isoformat(), day, f"{row.forecast:,.0f}", *bounds)


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    """Align dates to the left, numbers to the right."""
    left, right = (
        list(zip(cells, widths, strict=True))[:2],
        zip(cells, widths, strict=True),
    )
    words = [f"{cell:<{width}}" for cell, width in left]
    numbers = [f"{cell:>{width}}" for cell, width in list(right)[2:]]
    return "  " + "  ".join((*words, *numbers))
