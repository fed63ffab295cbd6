"""A series' own past, against a person's arithmetic on a few rows."""

from collections.abc import Callable
from statistics import fmean, median, stdev

import numpy as np
import pandas as pd
import pytest

from helpers.panels import series_of, small_panel, small_recipe
from lineal.modeling.features.matrix import rows
from lineal.modeling.features.past import Past, lagged, rolling

# (origin, segment, horizon): ordinary days, after the gap, an edge, the late one.
POINTS = [(205, 0, 1), (420, 1, 3), (640, 2, 7), (811, 0, 8), (899, 1, 9), (897, 2, 2)]
Statistic = Callable[[list[float]], float]
TABLE = rows(small_recipe(), np.array(sorted({point[0] for point in POINTS})))


class Case:
    """One row, and what a person would read of its series."""

    def __init__(self, origin: int, segment: int, horizon: int) -> None:
        panel = small_panel()
        self.series = series_of(panel, segment)
        self.raw = pd.Series(panel.target[:, segment], index=self.series.index)
        self.origin = self.series.index[origin]
        self.date = self.origin + pd.Timedelta(days=horizon)
        found = TABLE[
            (TABLE["origin"] == self.origin)
            & (TABLE["segment"] == panel.segments[segment])
            & (TABLE["horizon"] == horizon)
        ]
        self.row = found.iloc[0]

    def on(self, day: pd.Timestamp) -> float:
        """Return the open day's target; NaN where there is none."""
        return float(self.series.get(day, np.nan))

    def window(
        self, days: int, end: pd.Timestamp, of: "pd.Series[float]"
    ) -> list[float]:
        """Return what is known of the days up to an end."""
        first = end - pd.Timedelta(days=days - 1)
        return of[(of.index >= first) & (of.index <= end)].dropna().tolist()

    def weekdays(
        self, count: int, last: pd.Timestamp, of: "pd.Series[float]"
    ) -> list[float]:
        """Return what is known of a day and of its weekday before."""
        days = [last - pd.Timedelta(days=7 * week) for week in range(count)]
        return [of[day] for day in days if day in of.index and not np.isnan(of[day])]

    def usual(self, day: pd.Timestamp) -> float:
        """Return the mean of the weekday in the eight weeks before a day."""
        before = self.weekdays(8, day - pd.Timedelta(days=7), self.series)
        return fmean(before) if before else np.nan

    def unusual(self, day: pd.Timestamp) -> float:
        """Return a day over its usual value."""
        return self.on(day) / self.usual(day)

    @property
    def scale(self) -> float:
        """The mean of the last 28 days that were open."""
        return fmean(self.window(28, self.origin, self.series))

    @property
    def latest(self) -> pd.Timestamp:
        """The latest day of the target's weekday up to the origin."""
        back = (self.date - self.origin).days
        return before(self.date, -(-back // 7) * 7)


@pytest.fixture(params=POINTS, ids=str)
def case(request: pytest.FixtureRequest) -> Case:
    """Give one row after the other."""
    return Case(*request.param)


def agree(case: Case, name: str, expected: float) -> None:
    """Compare a feature, float32, with what a person computed."""
    np.testing.assert_allclose(case.row[name], expected, rtol=2e-6, err_msg=name)


def before(day: pd.Timestamp, days: int) -> pd.Timestamp:
    """Return the day so many days before."""
    return day - pd.Timedelta(days=days)


def test_the_scale_is_the_mean_of_the_last_open_days(case: Case) -> None:
    """Closures do not make a segment smaller."""
    agree(case, "scale", case.scale)


@pytest.mark.parametrize("lag", [0, 1, 6])
def test_lags_are_days_before_the_origin(case: Case, lag: int) -> None:
    """A closed or missing day is unknown."""
    agree(case, f"lag_{lag}", case.on(before(case.origin, lag)) / case.scale)


@pytest.mark.parametrize("window", [7, 28])
def test_windows_end_at_the_origin(case: Case, window: int) -> None:
    """Mean, spread and extremes skip closed and missing days."""
    seen = case.window(window, case.origin, case.series)
    expected: dict[str, Statistic] = {
        "mean": fmean,
        "std": stdev,
        "min": min,
        "max": max,
    }

    for how, of in expected.items():
        known = of(seen) if len(seen) > 1 else np.nan
        agree(case, f"{how}_{window}", known / case.scale)


@pytest.mark.parametrize("half", [3, 14, 30])
def test_exponential_means_halve_by_open_day(case: Case, half: int) -> None:
    """Each open day before counts less than the next; other days do not count."""
    seen = case.series[: case.origin].dropna().to_numpy()
    weights = 0.5 ** (np.arange(len(seen))[::-1] / half)

    agree(case, f"ewm_{half}", float(np.average(seen, weights=weights)) / case.scale)


@pytest.mark.parametrize("window", [28, 364])
def test_closures_are_counted_among_known_days(case: Case, window: int) -> None:
    """A day nobody counted is neither open nor closed."""
    seen = case.window(window, case.origin, case.raw)

    agree(case, f"closed_{window}", fmean([value == 0 for value in seen]))


@pytest.mark.parametrize("week", [0, 1, 2])
def test_weekday_lags_are_of_the_targets_weekday(case: Case, week: int) -> None:
    """They go back in whole weeks from the latest one that is known."""
    day = before(case.latest, 7 * week)

    agree(case, f"weekday_lag_{week}", case.on(day) / case.scale)


@pytest.mark.parametrize(
    ("how", "weeks", "of"),
    [
        ("mean", 4, fmean),
        ("mean", 26, fmean),
        ("median", 8, median),
        ("std", 8, stdev),
        ("min", 8, min),
        ("max", 8, max),
    ],
)
def test_weekday_statistics_are_of_the_same_weekday(
    case: Case, how: str, weeks: int, of: Statistic
) -> None:
    """The other six weekdays do not blur them."""
    seen = case.weekdays(weeks, case.latest, case.series)

    agree(case, f"weekday_{how}_{weeks}", of(seen) / case.scale)


def test_weekday_closures_are_a_share_of_known_weeks(case: Case) -> None:
    """Of the last eight of the target's weekday."""
    seen = case.weekdays(8, case.latest, case.raw)

    agree(case, "weekday_closed_8", fmean([value == 0 for value in seen]))


@pytest.mark.parametrize("window", [1, 7, 14])
def test_unusual_days_are_over_the_eight_weeks_before_them(
    case: Case, window: int
) -> None:
    """A day does not count in its own usual value."""
    days = [case.unusual(before(case.origin, back)) for back in range(window)]
    known = [value for value in days if not np.isnan(value)]

    agree(case, f"unusual_{window}", fmean(known) if known else np.nan)


@pytest.mark.parametrize("days", [357, 364, 371, 728])
def test_years_are_read_at_the_targets_date(case: Case, days: int) -> None:
    """The same season, by whole weeks."""
    day = before(case.date, days)

    agree(case, f"lag_{days}_of_date", case.on(day) / case.scale)
    agree(case, f"unusual_{days}_of_date", case.unusual(day))


@pytest.mark.parametrize("window", [7, 28, 91])
def test_growth_is_a_window_over_the_same_a_year_before(
    case: Case, window: int
) -> None:
    """Both windows need two open days."""
    now, then = (
        case.window(window, before(case.origin, back), case.series) for back in (0, 364)
    )
    known = len(now) > 1 and len(then) > 1

    agree(case, f"growth_{window}", fmean(now) / fmean(then) if known else np.nan)


@pytest.mark.parametrize("years", [1, 2])
def test_seasons_are_the_week_around_the_date_years_ago(case: Case, years: int) -> None:
    """Over the scale of that time."""
    back = 364 * years
    week = case.window(7, before(case.date, back - 3), case.series)
    month = case.window(28, before(case.origin, back), case.series)
    known = week and len(month) > 6

    agree(case, f"season_{years}", fmean(week) / fmean(month) if known else np.nan)


def test_a_silent_series_keeps_its_scale() -> None:
    """A month without an open day still has a size; before the first week none."""
    values = np.array([10.0] * 10 + [0.0] * 40)[:, None]

    scale = Past.of("entries", values, 1).scale[:, 0]

    assert np.isnan(scale[:6]).all()
    assert (scale[6:] == 10).all()


def test_a_lag_longer_than_the_series_knows_nothing() -> None:
    """Short histories are no error."""
    assert np.isnan(lagged(np.ones((3, 1)), 7)).all()


def test_a_window_may_be_shorter_than_what_it_asks_for() -> None:
    """One day's mean is that day."""
    values = np.array([[1.0], [2.0]])

    assert rolling(values, 1, "mean", least=2).tolist() == values.tolist()
