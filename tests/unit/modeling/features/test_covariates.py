"""Covariates and the other segments, against plain pandas."""

import numpy as np
import pandas as pd
import pytest

from helpers.panels import SEGMENTS, series_of, small_panel, small_recipe
from lineal.modeling.features.matrix import rows

ORIGIN = 890
AHEAD = 3


def features() -> pd.DataFrame:
    """Return the rows of one origin and one horizon, by segment."""
    table = rows(small_recipe(), np.array([ORIGIN]))
    return table[table["horizon"] == AHEAD].set_index("segment")


def levels() -> pd.DataFrame:
    """Return the open days of all segments."""
    panel = small_panel()
    return pd.DataFrame({name: series_of(panel, i) for i, name in enumerate(SEGMENTS)})


def usual(series: "pd.Series[float]") -> "pd.Series[float]":
    """Return the mean of the weekday in the eight weeks before."""
    weeks = [series.shift(7 * week) for week in range(1, 9)]
    return pd.concat(weeks, axis=1).mean(axis=1)


def total() -> "pd.Series[float]":
    """Return what all segments counted."""
    return levels().sum(axis=1, min_count=1)


def agree(name: str, expected: object) -> None:
    """Compare a feature of all segments with what pandas says."""
    np.testing.assert_allclose(
        features()[name].to_numpy(), np.broadcast_to(np.asarray(expected), 3), rtol=2e-6
    )


def test_known_covariates_are_those_of_the_targets_date() -> None:
    """Fixtures are read on the day of the match."""
    agree("known_game", small_panel().known["game"][ORIGIN + AHEAD])


def test_a_known_covariates_effect_is_what_it_did_here_before() -> None:
    """The mean excess over two years of active days, where the date is active."""
    panel = small_panel()
    expected = []
    for column, name in enumerate(SEGMENTS):
        excess = levels()[name] / usual(levels()[name]) - 1
        active = excess[panel.known["game"][:, column] > 0]
        last = active.loc[: levels().index[ORIGIN]]
        recent = last[last.index > levels().index[ORIGIN - 728]]
        expected.append(recent.mean() * panel.known["game"][ORIGIN + AHEAD, column])

    agree("effect_game", expected)


@pytest.mark.parametrize("window", [1, 7])
def test_observed_covariates_are_means_up_to_the_origin(window: int) -> None:
    """What was not measured is skipped."""
    rain = pd.DataFrame(small_panel().observed["rain"][: ORIGIN + 1])

    agree(f"observed_rain_{window}", rain.tail(window).mean())


def test_the_system_is_the_sum_of_the_segments() -> None:
    """Its last days and its weekday are over its last four weeks."""
    seen = total().iloc[: ORIGIN + 1]
    month = seen.tail(28).mean()
    weekday = [seen.iloc[ORIGIN + AHEAD - 7 * week] for week in range(1, 9)]

    agree("system_1", seen.tail(1).mean() / month)
    agree("system_7", seen.tail(7).mean() / month)
    agree("system_weekday", np.mean(weekday) / month)


def test_the_systems_unusual_days_are_over_its_usual_weekday() -> None:
    """Last week, and years before the date."""
    ratio = total() / usual(total())

    agree("system_unusual_364", ratio.iloc[ORIGIN + AHEAD - 364])
    agree("system_unusual_728", ratio.iloc[ORIGIN + AHEAD - 728])
    agree("system_unusual_7", ratio.iloc[ORIGIN - 6 : ORIGIN + 1].mean())


def test_segments_are_told_apart() -> None:
    """By their number, size, spread, share and weekday pattern."""
    seen = levels().iloc[: ORIGIN + 1]
    year = seen.tail(364)
    weekly = [
        [seen[name].iloc[ORIGIN - day :: -7].head(8).mean() for day in range(7)]
        for name in SEGMENTS
    ]

    agree("segment_code", [0, 1, 2])
    agree("log_scale", np.log(seen.tail(28).mean()))
    agree("variation", year.std() / year.mean())
    agree("share", year.mean() / year.mean().sum())
    agree("weekday_contrast", [min(week) / max(week) for week in weekly])
