"""Tables become dense arrays without moving a number."""

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from helpers.panels import SEGMENTS, series_table, small_panel
from lineal.modeling.panel import from_table


def table() -> pd.DataFrame:
    """Return two series over five days, with gaps."""
    return pd.DataFrame(
        {
            "segment": ["b", "b", "a", "a", "b"],
            "date": pd.to_datetime(
                ["2024-02-28", "2024-03-01", "2024-02-28", "2024-02-29", "2024-03-03"]
            ),
            "target": [1.0, 0.0, 3.0, np.nan, 5.0],
            "game": [1.0, np.nan, 0.0, 1.0, np.nan],
        }
    )


def test_days_go_down_and_segments_across() -> None:
    """The calendar has no gaps, and what no row says is NaN."""
    panel = from_table(table(), known=(), observed=("game",))

    nan = np.nan
    assert panel.segments == ("a", "b")
    assert [str(day) for day in panel.dates] == [
        "2024-02-28",
        "2024-02-29",
        "2024-03-01",
        "2024-03-02",
        "2024-03-03",
    ]
    np.testing.assert_array_equal(
        panel.target, [[3, 1], [nan, nan], [nan, 0], [nan, nan], [nan, 5]]
    )
    np.testing.assert_array_equal(
        panel.observed["game"], [[0, 1], [1, nan], [nan] * 2, [nan] * 2, [nan] * 2]
    )


def test_a_closure_has_no_level() -> None:
    """Zero and missing days say nothing about demand."""
    panel = from_table(table(), known=(), observed=())

    np.testing.assert_array_equal(
        np.argwhere(~np.isnan(panel.level)), [[0, 0], [0, 1], [4, 1]]
    )


def test_what_is_known_of_a_day_is_known_of_all_segments_that_agree() -> None:
    """Where segments disagree, a missing one stays unknown."""
    panel = from_table(table(), known=("game",), observed=())

    nan = np.nan
    np.testing.assert_array_equal(
        panel.known["game"], [[0, 1], [1, 1], [nan] * 2, [nan] * 2, [nan] * 2]
    )
    third = table().assign(segment=["b", "b", "a", "a", "c"], date="2024-02-28")
    third = third.astype({"date": "datetime64[us]"}).iloc[[0, 2, 4]]
    split = from_table(third, known=("game",), observed=()).known["game"]
    np.testing.assert_array_equal(split, [[0, 1, nan]])


def test_days_can_be_added_for_forecasts() -> None:
    """They are empty."""
    panel = from_table(table(), known=("game",), observed=("game",), ahead=3)

    assert str(panel.dates[-1]) == "2024-03-06"
    for values in (panel.target, panel.known["game"], panel.observed["game"]):
        assert np.isnan(values[-3:]).all()


def test_segments_keep_the_order_that_is_asked_for() -> None:
    """One without a row is empty."""
    panel = from_table(table(), known=(), observed=(), segments=("b", "new", "a"))

    assert panel.segments == ("b", "new", "a")
    assert panel.target[0].tolist()[::2] == [1, 3]
    assert np.isnan(panel.target[:, 1]).all()


def test_rows_of_segments_that_are_not_asked_for_are_left_out() -> None:
    """They must not end up in another segment's column."""
    panel = from_table(table(), known=("game",), observed=(), segments=("b",))

    nan = np.nan
    np.testing.assert_array_equal(panel.target[:, 0], [1, nan, 0, nan, 5])
    np.testing.assert_array_equal(panel.known["game"][:, 0], [1, nan, nan, nan, nan])


@given(st.integers(0, 2**32 - 1))
def test_the_order_of_rows_does_not_matter(seed: int) -> None:
    """Any order of the same rows is the same panel."""
    shuffled = series_table(100).sample(frac=1, random_state=seed)
    other = from_table(shuffled, known=("game",), observed=("rain",))
    panel = small_panel(100, 0)

    assert other.segments == panel.segments == SEGMENTS
    np.testing.assert_array_equal(other.target, panel.target)
    np.testing.assert_array_equal(other.known["game"], panel.known["game"])
    np.testing.assert_array_equal(other.observed["rain"], panel.observed["rain"])
