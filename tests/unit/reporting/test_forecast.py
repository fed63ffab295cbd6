"""Tests of forecasts as text, JSON and CSV."""

import csv
import io
import json
from dataclasses import replace
from datetime import date

from helpers import bundles
from lineal.modeling.bundle import Forecast
from lineal.reporting.forecast import Answer, Row, as_csv, as_json, as_text, notes

ROWS = (
    Row("Loop", 1, date(2016, 7, 1), 1234.5678, ((1000.2, 1500.0), (800.0, 1700.0))),
    Row("Loop", 2, date(2016, 7, 2), 90.4, ((0.0, 100.0), (0.0, 120.0))),
    Row("Ost", 1, date(2016, 7, 1), 7.0, ((6.0, 8.0), (5.0, 9.0))),
)
ANSWER = Answer(
    model="stops",
    champion="linear",
    md5="0123456789abcdef0123456789abcdef",
    origin=date(2016, 6, 30),
    horizon=2,
    levels=(0.8, 0.95),
    rows=ROWS,
)


def test_text_is_a_table_a_segment() -> None:
    """Columns align over all segments, and numbers are whole."""
    assert as_text(ANSWER) == (
        "stops (linear, md5 01234567), from what was known on 2016-06-30\n"
        "\n"
        "Loop\n"
        "  date        day  forecast            80 %          95 %\n"
        "  2016-07-01  Fri     1,235  1,000 to 1,500  800 to 1,700\n"
        "  2016-07-02  Sat        90        0 to 100      0 to 120\n"
        "\n"
        "Ost\n"
        "  date        day  forecast            80 %          95 %\n"
        "  2016-07-01  Fri         7          6 to 8        5 to 9\n"
    )


def test_json_has_every_fact() -> None:
    """Numbers are not rounded, and intervals are named by their level."""
    found = json.loads(as_json(ANSWER))

    assert found["md5"] == ANSWER.md5
    assert found["levels"] == [0.8, 0.95]
    assert found["rows"][0] == {
        "segment": "Loop",
        "origin": "2016-06-30",
        "horizon": 1,
        "date": "2016-07-01",
        "forecast": 1234.5678,
        "intervals": {"80": [1000.2, 1500.0], "95": [800.0, 1700.0]},
    }


def test_csv_has_plain_columns() -> None:
    """Names with commas and quotes read back the same."""
    name = 'Ost, "neu"'
    rows = tuple(replace(row, segment=name) for row in ROWS)

    found = list(csv.DictReader(io.StringIO(as_csv(replace(ANSWER, rows=rows)))))

    assert found[1] == {
        "segment": name,
        "origin": "2016-06-30",
        "horizon": "2",
        "date": "2016-07-02",
        "forecast": "90.4",
        "low_80": "0.0",
        "high_80": "100.0",
        "low_95": "0.0",
        "high_95": "120.0",
    }


def test_an_answer_takes_what_a_bundle_forecast() -> None:
    """Every row of the table is there, in order, as plain values."""
    made = bundles.bundle()
    forecast = made.forecast(horizon=2)

    answer = Answer.of(made.card, forecast)

    first = forecast.rows.iloc[0]
    assert (answer.origin, answer.horizon) == (date(2023, 1, 4), 2)
    assert answer.levels == (0.8, 0.95)
    assert [row.segment for row in answer.rows] == sorted([*bundles.SEGMENTS] * 2)
    assert answer.rows[0].forecast == first["forecast"]
    assert answer.rows[0].intervals == (
        (first["low_80"], first["high_80"]),
        (first["low_95"], first["high_95"]),
    )
    assert json.loads(as_json(answer))["rows"][0]["horizon"] == 1


def test_a_model_without_intervals_has_forecasts_all_the_same() -> None:
    """The table then ends with the forecast."""
    made = bundles.bundle()
    rows = made.forecast().rows
    bare = rows.drop(columns=["low_80", "high_80", "low_95", "high_95"])

    answer = Answer.of(made.card, Forecast(bare, ()))

    assert {row.intervals for row in answer.rows} == {()}
    assert as_csv(answer).startswith("segment,origin,horizon,date,forecast\n")


def test_notes_say_what_was_not_known() -> None:
    """A long list is cut; with nothing to say there is no note."""
    rows = bundles.bundle().forecast().rows

    assert notes(Forecast(rows, ())) == []
    ahead, skipped = notes(Forecast(rows, ("a", "b", "c", "d"), ("Ost",)))
    assert ahead.endswith("days ahead: a, b, c and 1 more; give them with --future")
    assert skipped == "without a forecast, since nothing recent is known: Ost"
    assert "game; give" in notes(Forecast(rows, ("game",)))[0]


def test_tiny_forecasts_keep_digits_that_say_something() -> None:
    """Of 0.00001234 four decimals would leave nothing."""
    row = Row("Loop", 1, date(2016, 7, 1), 1.234e-5, ())

    assert "  0.0000123\n" in as_text(replace(ANSWER, rows=(row,), levels=()))
