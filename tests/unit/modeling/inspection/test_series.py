"""Tests of how rows are seen to lie in time, and which columns name series."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lineal.modeling.inspection import segmenting
from lineal.modeling.inspection.facts import Facts
from lineal.modeling.inspection.result import FoundColumn
from lineal.modeling.inspection.rhythms import of_series
from lineal.modeling.inspection.series import Rhythm, repeats, rhythm
from lineal.modeling.inspection.source import Wanted
from lineal.modeling.inspection.tally import combine
from lineal.modeling.inspection.tasks import guess


def _times(start: str, step: int, unit: str, count: int = 60) -> Any:
    first = np.datetime64(start)
    moments = first + np.arange(count) * np.timedelta64(step, unit)  # type: ignore[call-overload]
    return moments.astype("datetime64[us]").astype("int64")


def _of(times: Any, asked: Any = None) -> Rhythm:
    return rhythm(np.zeros(len(times), dtype="uint64"), times, asked)


@pytest.mark.parametrize(
    ("times", "frequency", "step"),
    [
        pytest.param(_times("2024-01-01T06:30", 1, "D"), "day", 1, id="mornings"),
        pytest.param(
            _times("2024-01-31", 1, "D")[[0, 29, 60 - 1]], "day", 29, id="few"
        ),
        pytest.param(_times("2020-01", 3, "M"), "month", 3, id="quarters"),
        pytest.param(_times("2020-02", 1, "M") - 86_400_000_000, "month", 1, id="ends"),
        pytest.param(_times("2024-01-01", 14, "D"), "week", 2, id="fortnights"),
        pytest.param(_times("2024-01-01", 15, "m"), None, 1, id="quarters of an hour"),
        pytest.param(_times("2024-01-01", 0, "D"), None, 1, id="one moment"),
        pytest.param(_times("2024-01-01", 28, "D"), "week", 4, id="four weeks"),
    ],
)
def test_the_longest_period_that_all_steps_are_multiples_of(
    times: Any, frequency: str | None, step: int
) -> None:
    """Time of day and the length of months do not disturb."""
    found = _of(times)

    assert (found.frequency, found.step) == (frequency, step)


def test_sparse_rows_without_a_beat_are_irregular() -> None:
    """Days that are mostly empty are no daily series."""
    times = _times("2024-01-01", 1, "D", 2000)[
        [1, 9, 40, 58, 109, 133, 190, 251, 320, 500]
    ]

    assert _of(times).frequency is None
    assert _of(times, "month").frequency == "month"


def test_an_asked_frequency_finds_the_rows_that_share_its_periods() -> None:
    """Days of one week are duplicates of a weekly series."""
    times = _times("2024-01-01", 1, "D", 28)

    found = _of(times, "week")

    assert (found.exact, found.duplicates, found.longest) == (0, 24, 4)


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 9)), min_size=1))
def test_repeats_are_counted_as_a_set_counts_them(rows: list[tuple[int, int]]) -> None:
    """Hashing and sorting give what comparing all rows would."""
    names = np.array([name for name, _ in rows], dtype="uint64")
    times = np.array([time for _, time in rows], dtype="int64")

    found = rhythm(combine([names], len(rows)), times, None)

    assert repeats(names, times) == found.exact == len(rows) - len({*rows})
    assert found.series == len({name for name, _ in rows})


def test_the_fewest_columns_that_tell_rows_apart_name_series() -> None:
    """Two are taken only where one is not enough."""
    times = np.tile(_times("2024-01-01", 1, "D", 30), 6)
    place = np.arange(180) // 30
    columns = {
        "colour": place % 2,
        "store": place // 2,
        "noise": np.arange(180) % 7,
        "shop": place,
    }
    hashed = {name: each.astype("uint64") * 7919 for name, each in columns.items()}

    assert segmenting.choose(hashed, times) == ("shop",)  # not noise: more series
    del hashed["shop"], hashed["noise"]
    assert segmenting.choose(hashed, times) == ("colour", "store")
    assert segmenting.choose({"colour": hashed["colour"]}, times) == ()
    assert segmenting.choose(hashed, times[:30]) == ()


def _number(**changes: Any) -> FoundColumn:
    parts: dict[str, Any] = {
        "type": "number",
        "missing": 0,
        "share": 0.0,
        "distinct": 99,
    }
    return FoundColumn("y", **(parts | changes))


def _rhythm(**changes: Any) -> Rhythm:
    parts: dict[str, Any] = {
        "frequency": "day",
        "step": 1,
        "typical": 86_400.0,
        "gaps": 0.0,
        "exact": 0,
        "duplicates": 0,
        "series": 1,
        "shortest": 90,
        "longest": 90,
    }
    return Rhythm(**(parts | changes))


@pytest.mark.parametrize(
    ("target", "times", "wanted", "task"),
    [
        pytest.param(
            _number(type="string"), None, Wanted(), "classification", id="words"
        ),
        pytest.param(
            _number(type="boolean"), None, Wanted(), "classification", id="yes"
        ),
        pytest.param(
            _number(distinct=2), _rhythm(), Wanted(), "classification", id="two"
        ),
        pytest.param(_number(), _rhythm(), Wanted(), "forecast", id="a series"),
        pytest.param(_number(), None, Wanted(), "regression", id="no time"),
        pytest.param(
            _number(type="integer", distinct=5),
            None,
            Wanted(),
            "classification",
            id="few",
        ),
        pytest.param(
            _number(), _rhythm(duplicates=9), Wanted(), "regression", id="again"
        ),
        pytest.param(
            _number(), _rhythm(duplicates=9), Wanted(time="t"), "forecast", id="named"
        ),
        pytest.param(
            _number(),
            _rhythm(frequency=None, exact=3),
            Wanted(time="t", aggregate="sum"),
            "forecast",
            id="to be aggregated",
        ),
        pytest.param(_number(), _rhythm(longest=5), Wanted(), "regression", id="short"),
        pytest.param(
            _number(), _rhythm(frequency=None), Wanted(time="t"), "forecast", id="asked"
        ),
    ],
)
def test_the_task_is_told_by_target_and_time(
    target: FoundColumn, times: Rhythm | None, wanted: Wanted, task: str
) -> None:
    """Words and two values are classes, numbers in a series are forecast."""
    assert guess(target, times, wanted).task == task


def test_rows_that_are_alone_have_no_usual_distance() -> None:
    """Where no series has two rows, nothing is said of their distance."""
    facts = Facts(
        wanted=Wanted(),
        rows=9,
        columns=(),
        damaged={},
        target=None,
        time="t",
        segments=("s",),
        found=False,
        rhythm=_rhythm(frequency=None, typical=None),
        task="forecast",
        reason="",
    )

    (question,) = of_series(facts)

    assert question.message == "rows come at irregular times: no frequency fits"
