"""Tests of dates and moments in every way that params.yaml can say they are written."""

from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lineal.modeling import moments
from lineal.modeling.coercion import coerce, dated
from lineal.modeling.sections import Column, Csv


def _series(*values: Any) -> "pd.Series[Any]":
    return pd.Series(list(values), name="at")


@pytest.mark.parametrize(
    ("values", "dates", "expected"),
    [
        pytest.param(
            ["2024-12-31 18:30:00.123456"], None, "2024-12-31T18:30:00.123456", id="ISO"
        ),
        pytest.param(["2024-12-31T18:30Z"], None, "2024-12-31T18:30", id="UTC"),
        pytest.param(
            ["2024-12-31T18:30:00+02:00"], None, "2024-12-31T16:30", id="east"
        ),
        pytest.param(["2024-12-31 18:30-0530"], None, "2025-01-01T00:00", id="west"),
        pytest.param(
            ["31.12.2024 18:30"], "%d.%m.%Y %H:%M", "2024-12-31T18:30", id="form"
        ),
        pytest.param(
            ["31.12.2024 18:30 +0200"],
            "%d.%m.%Y %H:%M %z",
            "2024-12-31T16:30",
            id="zone",
        ),
        pytest.param([1735669800.25], "epoch", "2024-12-31T18:30:00.250", id="seconds"),
        pytest.param([1735669800001], "epoch_ms", "2024-12-31T18:30:00.001", id="ms"),
        pytest.param(["1735669800"], "epoch", "2024-12-31T18:30", id="counts as text"),
        pytest.param([202412.0, None], "%Y%m", "2024-12-01", id="months as numbers"),
        pytest.param(
            [pd.Timestamp("2024-12-31 18:30", tz="Asia/Tokyo")],
            None,
            "2024-12-31T09:30",
            id="stored zone",
        ),
        pytest.param(["2024-W52"], "%G-W%V", "2024-12-23", id="week"),
        pytest.param(["2024-12-31"], "%d/%m/%Y", "2024-12-31", id="ISO where all are"),
    ],
)
def test_a_moment_is_kept_in_utc_with_its_microseconds(
    values: list[Any], dates: str | None, expected: str
) -> None:
    """Zones are turned into UTC, and nothing is rounded to seconds."""
    read, found = coerce(_series(*values), "datetime", dates=dates)

    assert found == []
    assert read.dtype == "datetime64[us]"
    assert read[0] == pd.Timestamp(expected)


@pytest.mark.parametrize(
    ("values", "dates", "rows", "words"),
    [
        pytest.param(
            ["2024-12-31T18:30Z", "2024-12-31"],
            None,
            (1,),
            "such as 2024-12-31T18:30",
            id="one without a zone",
        ),
        pytest.param(
            ["31/12/2024", "12/31/2024"],
            "%d/%m/%Y",
            (1,),
            "written as '%d/%m/%Y'",
            id="another order",
        ),
        pytest.param(
            ["31/12/2024", "2024-12-31"],
            "%d/%m/%Y",
            (1,),
            "written as",
            id="ISO among others",
        ),
        pytest.param(
            [1.5, 202413], "%Y%m", (0, 1), "written as '%Y%m'", id="no months"
        ),
        pytest.param(
            [1e30, 1.0], "epoch", (0,), "written as 'epoch'", id="after all years"
        ),
        pytest.param([1, 2], None, (0, 1), "that are not moments", id="numbers"),
        pytest.param(
            [True, False], "epoch", (0, 1), "that are not moments", id="booleans"
        ),
    ],
)
def test_what_is_no_moment_is_named(
    values: list[Any], dates: str | None, rows: tuple[int, ...], words: str
) -> None:
    """A value that does not fit is a violation, not missing in silence."""
    _, (violation,) = coerce(_series(*values), "datetime", dates=dates)

    assert (violation.rows, violation.column) == (rows, "at")
    assert words in violation.message


def test_a_date_may_be_counted_or_formed_but_has_no_time_of_day() -> None:
    """What is cut off would be lost."""
    fine, none = coerce(_series(1735603200), "date", dates="epoch")
    _, (violation,) = coerce(
        _series("31/12/2024 06:00"), "date", dates="%d/%m/%Y %H:%M"
    )

    assert (fine[0], none) == (pd.Timestamp("2024-12-31"), [])
    assert "with a time of day" in violation.message


def test_only_columns_of_dates_that_all_fit_are_read() -> None:
    """The others stay as they are, for the schema to name their rows."""
    frame = pd.DataFrame(
        [
            ["31/12/2024", "31/12/2024", "x", "31/12/2024"],
            ["01/01/2025", "?", "y", "z"],
        ],
        columns=["day", "broken", "word", "word"],
        index=[5, 7],
    )
    columns = {
        "day": Column(type="date"),
        "broken": Column(type="date"),
        "word": Column(type="string"),
    }

    ready = dated(frame, columns, Csv(dates="%d/%m/%Y"))

    assert ready["day"].tolist() == [
        pd.Timestamp("2024-12-31"),
        pd.Timestamp("2025-01-01"),
    ]
    assert ready["broken"].tolist() == ["31/12/2024", "?"]
    assert frame["day"].tolist() == ["31/12/2024", "01/01/2025"]


@settings(deadline=None)
@given(
    st.lists(st.datetimes(), min_size=1),
    st.sampled_from(["epoch_ms", "%Y-%j-%H%M%S%f"]),
)
def test_moments_are_read_back_as_they_were_counted(
    times: list[Any], dates: str
) -> None:
    """Over all years that Python knows."""
    times = [
        each.replace(microsecond=each.microsecond // 1000 * 1000) for each in times
    ]
    raw = np.array(times, dtype="datetime64[us]")
    milli = pd.Series(raw.astype("int64") // 1000)
    texts = pd.Series([f"{each:%j-%H%M%S%f}" for each in times], dtype=object)
    years = pd.Series([f"{each.year:04}-" for each in times], dtype=object)

    values = milli if dates == "epoch_ms" else years + texts
    read = moments.read(values, dates, zones=False)

    assert read is not None
    assert (read.to_numpy() == raw).all()


def test_days_as_objects_are_moments() -> None:
    """A table may come from Python."""
    read, found = coerce(_series(date(2024, 2, 29), None), "datetime")

    assert (read[0], found) == (pd.Timestamp("2024-02-29"), [])
