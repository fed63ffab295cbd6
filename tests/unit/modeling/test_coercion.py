"""Tests of which values fit which type."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import pytest

from helpers.raw_tables import (
    declare,
    found,
    raw_table,
    recolumned,
    wrong_values,
)
from lineal.modeling.schema import (
    typed,
    violations,
)
from lineal.modeling.sections import Column

_MORNING = pd.Timestamp(2024, 1, 2, 6)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        pytest.param(["1", "0", "1", "0"], (4, (0, 1, 2, 3)), id="numbers as text"),
        pytest.param(["1", "O", None, "0"], (1, (1,)), id="one of a CSV is no number"),
        pytest.param([1, "1", 0.5, None], (1, (1,)), id="one is text"),
        pytest.param([True, False, True, True], (4, (0, 1, 2, 3)), id="booleans"),
        pytest.param([1, True, 0, None], (1, (1,)), id="one is a boolean"),
        pytest.param([1 + 0j] * 4, (4, (0, 1, 2, 3)), id="complex"),
        pytest.param(pd.to_datetime(["2024-01-01"] * 4), (4, (0, 1, 2, 3)), id="dates"),
        pytest.param([0.5, "x", "1", []], (2, (1, 3)), id="a list"),
    ],
)
def test_what_is_no_number_is_refused(
    values: Any, expected: tuple[int, tuple[int, ...]]
) -> None:
    """Numbers are never guessed from something else."""
    column = Column(type="number", missing=1)

    assert wrong_values(column, values) == [("type", "rain", *expected)]


@pytest.mark.parametrize(
    "values",
    [
        pytest.param(pd.array([1, None, 0, 1], dtype="Int8"), id="nullable"),
        pytest.param(np.array([1, 2, 3, 4], dtype="uint64"), id="unsigned"),
        pytest.param(np.array([1, 2, 3, np.nan], dtype="float32"), id="float32"),
        pytest.param([1.0, None, np.nan, pd.NA], id="kinds of missing"),
        pytest.param([Decimal(1), 2, 3.0, np.int8(4)], id="kinds of number"),
        pytest.param(pd.Categorical([1, 2, 1, None]), id="categories"),
        pytest.param([None] * 4, id="all missing"),
    ],
)
@pytest.mark.parametrize("kind", ["integer", "number"])
def test_the_storage_of_numbers_does_not_matter(kind: Any, values: Any) -> None:
    """A type is a meaning, so whole numbers in any storage fit it."""
    data = recolumned(rain=Column(type=kind, missing=1))

    frame = typed(raw_table(rain=values), data)

    assert frame["rain"].dtype == "float64"


def test_a_fraction_is_no_integer() -> None:
    """Floats are integers only where nothing is cut off."""
    column = Column(type="integer", missing=1)

    assert wrong_values(column, [1.0, 1.5, None, -0.1]) == [("type", "rain", 2, (1, 3))]


@pytest.mark.parametrize(
    "values",
    [
        pytest.param([1, 0, 0, 1], id="integers"),
        pytest.param([1.0, 0.0, None, 1.0], id="floats"),
        pytest.param(pd.array([True, False, None, True]), id="nullable"),
        pytest.param([True, *np.array([False]), None, True], id="objects"),
    ],
)
def test_the_storage_of_booleans_does_not_matter(values: Any) -> None:
    """Zero and one are booleans too."""
    assert wrong_values(Column(type="boolean", missing=1), values) == []


@pytest.mark.parametrize(
    ("values", "rows"),
    [
        pytest.param([1, 2, 0, 1], (1,), id="another number"),
        pytest.param(["yes", True, None, "no"], (0, 3), id="text"),
        pytest.param(pd.to_datetime(["2024-01-01"] * 4), (0, 1, 2, 3), id="dates"),
    ],
)
def test_what_is_neither_true_nor_false_is_refused(
    values: Any, rows: tuple[int, ...]
) -> None:
    """Words for yes and no are not guessed."""
    column = Column(type="boolean", missing=1)

    assert wrong_values(column, values) == [("type", "rain", len(rows), rows)]


@pytest.mark.parametrize(
    "values",
    [
        pytest.param(
            ["2024-02-28", "2024-02-28", "2024-02-29", "2024-02-29"], id="text"
        ),
        pytest.param(
            ["2024-02-28 00:00:00", "2024-02-28T00:00", "2024-02-29", "2024-02-29"],
            id="text with midnights",
        ),
        pytest.param([date(2024, 2, 28)] * 2 + [date(2024, 2, 29)] * 2, id="dates"),
        pytest.param(raw_table()["day"].astype("datetime64[s]"), id="seconds"),
        pytest.param(raw_table()["day"].astype("datetime64[ns]"), id="nanoseconds"),
        pytest.param(raw_table()["day"].astype("category"), id="categories"),
    ],
)
def test_the_storage_of_dates_does_not_matter(values: Any) -> None:
    """Days are days, in text, in objects and in any resolution."""
    frame = typed(raw_table(day=values), declare())

    pd.testing.assert_frame_equal(frame, typed(raw_table(), declare()))


@pytest.mark.parametrize(
    ("values", "rows", "words"),
    [
        pytest.param(
            pd.date_range("2024-01-01", periods=4).insert(1, _MORNING)[[0, 1, 3, 4]],
            (1,),
            "with a time of day, where dates are midnights",
            id="time of day",
        ),
        pytest.param(
            ["2024-01-01 23:59:59.5", "2024-01-02", "2024-01-03", "2024-01-04"],
            (0,),
            "with a time of day, where dates are midnights",
            id="time of day as text",
        ),
        pytest.param(
            pd.date_range("2024-01-01", periods=4, tz="UTC"),
            (0, 1, 2, 3),
            "with a time zone, where dates have none",
            id="time zone",
        ),
        pytest.param(
            [datetime(2024, 1, 1, tzinfo=UTC), *["2024-01-02"] * 2, date(2024, 1, 4)],
            (0,),
            "not dates such as 2024-12-31",
            id="time zone of one",
        ),
        pytest.param(
            ["31/12/2024", "2024-02-30", "2024-01-03", "20240104"],
            (0, 1, 3),
            "not dates such as 2024-12-31",
            id="text that is no date",
        ),
        pytest.param([1, 2, 3, 4], (0, 1, 2, 3), "that are not dates", id="numbers"),
    ],
)
def test_what_is_no_date_is_refused(
    values: Any, rows: tuple[int, ...], words: str
) -> None:
    """A date is a midnight without a zone; nothing is cut off to make it one."""
    frame = raw_table(stop=["a", "b", "c", "d"], day=values)

    (violation,) = violations(frame, declare())

    assert (violation.rule, violation.column) == ("type", "day")
    assert (violation.count, violation.rows) == (len(rows), rows)
    assert words in violation.message


def test_what_is_no_text_is_refused() -> None:
    """A number is not made a name."""
    assert found(raw_table(stop=["a", 1, "b", b"c"])) == [("type", "stop", 2, (1, 3))]
