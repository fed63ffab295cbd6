"""Times lie on the grid of their frequency, or are put there."""

from typing import Any

import pandas as pd
import pytest

from helpers.raw_tables import COLUMNS, declare, found, raw_table
from lineal.modeling.config import Data
from lineal.modeling.schema import SchemaViolatedError, check_future, typed
from lineal.modeling.sections import Column, Join


def moments(frequency: str, **changes: Any) -> Data:
    """Return the declaration of a table whose times are moments."""
    columns = COLUMNS | {"day": Column(type="datetime")}
    return declare(columns=columns, frequency=frequency, **changes)


def at(*times: str, **changes: Any) -> pd.DataFrame:
    """Return the four raw rows at other times."""
    return raw_table(
        day=pd.to_datetime(list(times), format="ISO8601").astype("datetime64[us]"),
        **changes,
    )


@pytest.mark.parametrize(
    ("frequency", "wrong", "words"),
    [
        ("hour", "2024-02-01T03:30", "within an hour, where data.frequency is hour"),
        ("day", "2024-02-01T03:00", "with a time of day, where data.frequency is day"),
        ("week", "2024-02-06", "no Thursday at midnight, when most weeks here begin"),
        ("month", "2024-03-02", "not the first of a month, where data.frequency is"),
    ],
)
def test_a_time_off_the_grid_is_refused(frequency: str, wrong: str, words: str) -> None:
    """Its row is named, and the way out."""
    table = at("2024-02-01", "2024-02-01", wrong, "2024-03-01")
    if frequency == "week":
        table = at("2024-02-01", "2024-02-01", wrong, "2024-02-08")

    with pytest.raises(SchemaViolatedError, match=words) as caught:
        typed(table, moments(frequency))

    assert caught.value.violations[0].rows == (2,)
    assert "set data.aggregate to put rows together" in str(caught.value)


def test_repeated_rows_ask_how_to_aggregate() -> None:
    """The hint names the key of params.yaml and what it may say."""
    table = raw_table(stop="a", day=pd.Timestamp("2024-02-28"))

    with pytest.raises(SchemaViolatedError, match=r"aggregate how\?: set data.aggreg"):
        typed(table, declare())


@pytest.mark.parametrize(
    ("how", "target"),
    [
        *(("sum", 30.0), ("mean", 15.0), ("min", 10.0)),
        *(("max", 20.0), ("first", 20.0), ("last", 10.0)),
    ],
)
def test_rows_of_one_time_become_one(how: str, target: float) -> None:
    """The target as params.yaml says, covariates as their mean; times are floored."""
    times = ("2024-02-28T03:00", "2024-02-28T23:59", "2024-02-29", "2024-02-29")
    table = at(*times, stop=["a", "a", "a", "b"], entries=[20, 10, None, 7])
    frame = typed(table, moments("day", aggregate=how))

    assert frame["segment"].tolist() == ["a", "a", "b"]
    assert frame["date"].dt.day.tolist() == [28, 29, 29]
    assert frame["target"].iloc[0] == target
    assert frame["target"].isna().tolist() == [False, True, False]
    assert frame["game"].tolist() == [0.5, 0.0, 1.0]


def test_irregular_weeks_begin_on_monday() -> None:
    """Where all rows share a weekday that one is kept."""
    mixed = at("2024-02-05", "2024-02-06", "2024-02-11", "2024-02-12", stop="a")
    sundays = at("2024-02-04", "2024-02-04", "2024-02-11", "2024-02-11", stop="a")
    asked = moments("week", aggregate="sum")

    assert typed(mixed, asked)["date"].dt.day.tolist() == [5, 12]
    assert typed(sundays, asked)["date"].dt.day.tolist() == [4, 11]


def test_a_future_table_follows_the_weeks_of_the_model() -> None:
    """One row says nothing of when weeks begin; the model's data does."""
    games = pd.DataFrame({"day": ["2024-03-04"], "stop": ["a"], "game": [True]})
    said = declare(frequency="week")

    assert len(check_future(games, said, ["a"], near="2024-02-26")) == 1
    with pytest.raises(SchemaViolatedError, match="no Sunday at midnight"):
        check_future(games, said, ["a"], near="2024-02-25")


def test_a_table_without_segments_is_one_series() -> None:
    """It is called all."""
    table = raw_table().iloc[[0, 2]]
    frame = typed(table, declare(segments=(), exclude=("note", "stop")))

    assert frame["segment"].tolist() == ["all", "all"]


def test_times_of_another_type_are_named_once() -> None:
    """Words lie on no grid, and nothing more is said of them."""
    columns = COLUMNS | {"day": Column(type="string")}

    assert [each[0] for each in found(raw_table(day="x"), columns=columns)] == [
        "declared type"
    ]


def test_covariates_may_be_of_a_joined_table() -> None:
    """Each row finds the weather of its day."""
    weather = pd.DataFrame({"day": ["2024-02-28"], "sun": [3.5]})
    kinds = {"day": Column(type="date"), "sun": Column(type="number")}
    join = Join(table="weather.csv", keys=("day",), columns=kinds, unmatched=0.5)
    said = declare(table="stops.csv", joins=(join,), observed=("rain", "sun"))
    frame = typed(raw_table(), said, [weather])

    assert frame[frame["segment"] == "a"]["sun"].tolist()[:1] == [3.5]
    assert frame["sun"].isna().sum() == 2


def spans(first: str, last: str, frequency: str) -> list[bool]:
    """Return which steps have a target, of days that are put together."""
    days = pd.date_range(first, last, unit="us")
    table = pd.DataFrame({"day": days, "value": 1.0})
    columns = {"day": Column(type="date"), "value": Column(type="number", missing=1.0)}
    asked = Data(
        path="x.csv",
        time="day",
        target="value",
        columns=columns,
        frequency=frequency,  # type: ignore[arg-type] # of parameters
        aggregate="sum",
    )
    known: list[bool] = typed(table, asked)["target"].notna().tolist()
    return known


@pytest.mark.parametrize(
    ("first", "last", "frequency", "ends"),
    [
        ("2024-01-01", "2024-03-31", "week", (True, True)),
        ("2024-01-03", "2024-03-31", "week", (False, True)),
        ("2024-01-01", "2024-03-27", "week", (True, False)),
        ("2024-01-01", "2024-12-31", "month", (True, True)),
        ("2023-12-02", "2024-12-30", "month", (False, False)),
        ("2024-01-03", "2024-01-24", "week", (True, True)),  # too few to tell
    ],
)
def test_a_step_that_rows_do_not_fill_has_no_target(
    first: str, last: str, frequency: str, ends: tuple[bool, bool]
) -> None:
    """Half a week adds up to half, which is no collapse; those between are whole."""
    known = spans(first, last, frequency)

    assert (known[0], known[-1]) == ends
    assert all(known[1:-1])


def test_known_covariates_are_put_together_without_a_target() -> None:
    """Of times to come there is none, so nothing is cut off."""
    days = pd.date_range("2024-01-03", periods=4, unit="us")
    columns = {
        "day": Column(type="date"),
        "value": Column(type="number"),
        "fair": Column(type="number"),
    }
    asked = Data(
        path="x.csv",
        time="day",
        target="value",
        columns=columns,
        frequency="week",
        aggregate="sum",
        known=("fair",),
    )
    table = pd.DataFrame({"day": days, "fair": [0.0, 1.0, 1.0, 0.0]})

    found = check_future(table, asked, ["all"], near="2024-01-01")

    assert found["fair"].tolist() == [0.5]
