"""A property of reading and looking: what is written is read back, however written."""

import csv as stdlib
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lineal.bootstrap.inspecting import inspect
from lineal.modeling.coercion import dated
from lineal.modeling.sections import Column
from lineal.pipeline.files import read_table


@dataclass(frozen=True)
class Written:
    """A way of writing, and the rows to write so."""

    delimiter: str
    decimal: str
    encoding: str
    dates: str
    rows: list[tuple[date, str, float | None, int]]


_LONG = 10**18 - 1  # longer numbers are names
_WORDS = st.text(st.sampled_from('abz äé€"\n;,|\t.5'), min_size=1, max_size=6).map(
    lambda text: f"w{text}"
)
_NUMBERS = st.integers(-(10**9), 10**9).map(lambda number: number / 8)


@st.composite
def writings(draw: st.DrawFn) -> Written:
    """Draw a way of writing and a table."""
    decimal, delimiter = draw(
        st.sampled_from([(".", ","), (".", ";"), (",", ";"), (",", "\t"), (".", "|")])
    )
    start = draw(st.dates(date(1990, 1, 1), date(2040, 1, 1)))
    values = st.tuples(_WORDS, st.none() | _NUMBERS, st.integers(-_LONG, _LONG))
    rows = draw(st.lists(values, min_size=2, max_size=12))
    dates = [start.replace(day=28) + timedelta(days=n) for n in range(len(rows))]
    return Written(
        delimiter,
        decimal,
        draw(st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "utf-16"])),
        draw(st.sampled_from(["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%Y%m%d"])),
        # A half in the first row, so that the sign before fractions is to be seen.
        [
            (day, word, 0.5 if not place else number, whole)
            for place, (day, (word, number, whole)) in enumerate(
                zip(dates, rows, strict=True)
            )
        ],
    )


def _save(path: Path, written: Written) -> None:
    with path.open("w", encoding=written.encoding, newline="") as file:
        writer = stdlib.writer(file, delimiter=written.delimiter, lineterminator="\n")
        writer.writerow(["day", "größe €", "number", "whole"])
        for day, word, number, whole in written.rows:
            shown = "" if number is None else repr(number).replace(".", written.decimal)
            writer.writerow([day.strftime(written.dates), word, shown, whole])


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(written=writings())
def test_what_is_written_is_read_back(tmp_path: Path, written: Written) -> None:
    """By what the look at the file told, with the types that it told."""
    path = tmp_path / "table.csv"
    _save(path, written)

    seen = inspect(path, time="day")
    raw = read_table(path, seen.csv)
    columns = {each.name: Column(type=each.type) for each in seen.columns}
    read = dated(raw, columns, seen.csv)

    expected: list[Any] = [*zip(*written.rows, strict=True)]
    assert [each.type for each in seen.columns] == [
        *("date", "string", "number", "integer"),
    ]
    assert read["day"].tolist() == [pd.Timestamp(each) for each in expected[0]]
    assert read["größe €"].tolist() == list(expected[1])
    assert read["number"].astype(object).where(
        read["number"].notna(), None
    ).tolist() == (list(expected[2]))
    assert read["whole"].tolist() == list(expected[3])
