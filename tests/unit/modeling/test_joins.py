"""Joins: columns of other tables, and never more rows."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from lineal.modeling.joins import Joined, JoinRefusedError, joined
from lineal.modeling.matching import duration
from lineal.modeling.sections import Column, InvalidParamsError, Join

NUMBER = Column(type="number")
START = pd.Timestamp("2024-03-01")


def _join(**more: Any) -> Join:
    """Join the table `weather` by port, unless the test says otherwise."""
    return Join(
        **{
            "table": "weather",
            "keys": ("port",),
            "columns": {"port": Column(type="string"), "wind": NUMBER},
            **more,
        }
    )


BY_TIME = _join(keys=(), asof={"at": "at"}, columns={"wind": NUMBER})


def _hours(*hours: float | None) -> "pd.Series[Any]":
    """Return moments so many hours after midnight; None is missing."""
    times = [pd.NaT if h is None else START + pd.Timedelta(hours=h) for h in hours]
    return pd.Series(times, dtype="datetime64[us]")


def _flights() -> pd.DataFrame:
    frame = pd.DataFrame({"port": ["b", "a", None, "b"], "late": [1.0, 2.0, 3.0, 4.0]})
    return frame.astype({"port": object})


def _weather(**columns: list[Any]) -> pd.DataFrame:
    frame = pd.DataFrame({"port": ["a", "b"], "wind": [5.0, 6.0], **columns})
    return frame.astype({"port": object})


def _refusal(first: pd.DataFrame, other: pd.DataFrame, join: Join) -> str:
    with pytest.raises(JoinRefusedError) as refusal:
        joined(first, [other], [join])
    return str(refusal.value)


def test_each_row_gets_the_columns_of_the_row_with_its_key() -> None:
    """Rows keep their order, and a missing key finds nothing."""
    table, [done] = joined(_flights(), [_weather()], [_join(unmatched=0.25)])

    assert table["late"].tolist() == [1, 2, 3, 4]
    assert table["wind"].tolist()[:2] == [6, 5]
    assert np.isnan(table["wind"][2])
    assert done == Joined("weather", 4, 3, 1, ("wind",))


def test_keys_may_have_other_names_and_kinds_of_storage() -> None:
    """Integers meet floats, and categories meet text."""
    first = pd.DataFrame({"n": [2, 1], "p": pd.Categorical(["x", "y"])})
    other = pd.DataFrame({"id": [1.0, 2.0], "q": ["y", "x"], "wind": ["lo", "hi"]})
    join = _join(keys={"n": "id", "p": "q"}, columns={"wind": NUMBER})

    table, _ = joined(first, [other], [join])

    assert table["wind"].tolist() == ["hi", "lo"]


def test_a_later_join_may_use_what_an_earlier_one_added() -> None:
    """Joins are made in order, and what words found nothing stays None."""
    zones = pd.DataFrame({"wind": [5.0], "zone": ["calm"]}).astype({"zone": object})
    join = _join(table="zones", keys=("wind",), columns={"zone": NUMBER}, unmatched=1)

    table, done = joined(
        _flights(), [_weather(), zones], [_join(unmatched=1, prefix=""), join]
    )

    assert table["zone"].tolist() == [None, "calm", None, None]
    assert [one.unmatched for one in done] == [1, 3]


def test_asof_takes_the_latest_row_that_is_known_and_not_too_old() -> None:
    """Tolerance bounds how old a row may be, delay how old it must be."""
    first = pd.DataFrame({"port": ["a"] * 5, "at": _hours(0.5, 3, 9, 4, None)})
    other = pd.DataFrame(
        {"port": ["a", "a", "b"], "seen": _hours(1, 3, 9), "wind": [1.0, 3.0, 9.0]}
    )
    join = _join(asof={"at": "seen"}, tolerance="3h", delay="1h", unmatched=1)

    table, [done] = joined(first, [other], [join])

    assert table["wind"].fillna(-1).tolist() == [-1, 1, -1, 3, -1]
    assert list(table) == ["port", "at", "wind"]
    assert done.matched == 2


def test_asof_needs_no_keys() -> None:
    """By time alone, the latest row of the whole table is taken, however old."""
    first = pd.DataFrame({"at": _hours(500)})
    other = pd.DataFrame({"at": _hours(1), "wind": [1.0]})

    table, _ = joined(first, [other], [BY_TIME])

    assert table["wind"].tolist() == [1]


def test_a_join_that_would_multiply_rows_is_refused() -> None:
    """The refusal counts the rows and shows a key."""
    weather = pd.concat([_weather(), _weather()])

    said = _refusal(_flights(), weather, _join(unmatched=1))

    assert "2 of its rows repeat the keys of an earlier one, such as port=a" in said
    assert "so 4 rows would become 7" in said


def test_two_rows_of_one_key_and_moment_are_refused() -> None:
    """Nobody could tell which of them the latest is."""
    first = pd.DataFrame({"at": _hours(2)})
    other = pd.DataFrame({"at": _hours(1, 1, None, None), "wind": [1.0, 2, 3, 4]})

    said = _refusal(first, other, BY_TIME)

    assert "1 of its rows repeat the keys of an earlier one, such as at=2024" in said


def test_missing_keys_of_the_other_table_match_nothing_and_repeat_nothing() -> None:
    """A missing value is no value that two rows could share."""
    weather = pd.DataFrame({"port": [None, None, "b"], "wind": [1.0, 2.0, 3.0]})

    table, _ = joined(_flights(), [weather], [_join(unmatched=0.5)])

    assert table["wind"].fillna(-1).tolist() == [3, -1, -1, 3]


def test_too_many_rows_that_find_none_are_refused_with_examples() -> None:
    """The share that is allowed is said, and whose keys are missing."""
    said = _refusal(_flights(), _weather().iloc[:1], _join(unmatched=0.5))

    assert "3 of 4 rows find none in it (first keys: port=b; port=missing)" in said
    assert "more than the share of 0.5" in said


REFUSED: dict[str, tuple[Join, dict[str, Any]]] = {
    "neither keys nor asof": (_join(keys=()), {}),
    "the first table has no column 'gate'": (_join(keys=("gate",)), {}),
    "weather has no column 'gate'": (_join(keys={"port": "gate"}), {}),
    "'late' holds numbers but its 'port' holds words": (
        _join(keys={"late": "port"}),
        {},
    ),
    "asof wants moments, and 'port' holds words": (
        _join(keys=(), asof={"port": "port"}),
        {},
    ),
    "holds moments with a zone": (
        _join(keys={"late": "seen"}),
        {"seen": pd.date_range(START, periods=2, tz="UTC")},
    ),
    "weather has no column 'rain'": (_join(columns={"rain": NUMBER}), {}),
    "would both be called 'late'": (
        _join(columns={"late": NUMBER}),
        {"late": [0.0, 0.0]},
    ),
    "would both be called 'w_late'": (
        _join(columns={"late": NUMBER}, prefix="w_"),
        {"late": [0.0, 0.0]},
    ),
    "tolerance 1h is shorter than its delay 1d": (
        _join(asof={"at": "at"}, tolerance="1h", delay="1d"),
        {"at": pd.date_range(START, periods=2)},
    ),
}


@pytest.mark.parametrize("said", REFUSED)
def test_what_does_not_fit_together_is_refused(said: str) -> None:
    """Each refusal names the columns."""
    join, columns = REFUSED[said]
    first = _flights().assign(w_late=0.0, at=_hours(1, 2, 3, 4))

    assert said in _refusal(first, _weather(**columns), join)


def test_a_length_of_time_has_a_unit() -> None:
    """Words that are none are refused with examples."""
    assert duration("1w") == pd.Timedelta(days=7)
    assert duration("1.5h") == pd.Timedelta(minutes=90)
    with pytest.raises(InvalidParamsError, match="'3 fortnights' is not a length"):
        duration("3 fortnights")
