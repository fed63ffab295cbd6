"""Targets that may be zero or below: learned, forecast, judged."""

import numpy as np
import pandas as pd
import pytest

from helpers import bundles
from helpers.panels import ROW_FEATURES, feature_rows
from lineal.modeling import assessment
from lineal.modeling.assessment import by_day
from lineal.modeling.bundle import UnanswerableError
from lineal.modeling.candidates import (
    CountingForecaster,
    Forecaster,
    SignedForecaster,
    baseline_features,
    forecaster,
)
from lineal.modeling.config import Sign
from lineal.modeling.floor import floor_of
from lineal.modeling.intervals import apply
from lineal.modeling.quality import describe
from lineal.modeling.rhythm import HOUR, WEEK
from lineal.modeling.signature import forecast_outputs
from lineal.modeling.storage import dump, load, md5
from lineal.modeling.tally import tally

WEEKLY = bundles.table().query("date.dt.day_of_week == 2")


@pytest.mark.parametrize(
    ("sign", "kind"),
    [
        ("open", Forecaster),
        ("counted", CountingForecaster),
        ("signed", SignedForecaster),
    ],
)
def test_zeros_are_learned_where_they_count(sign: Sign, kind: type[Forecaster]) -> None:
    """Half of the rows are zero: a closure says nothing, a count says half."""
    rows = feature_rows(400)
    target = np.where(np.arange(400) % 2, 0.0, rows["scale"])
    made = forecaster("linear", {}, ROW_FEATURES, seed=0, threads=1, sign=sign)
    made.fit(rows, target)
    mean = float((made.predict(rows) / rows["scale"]).mean())

    assert type(made) is kind
    assert mean == pytest.approx(1.0 if sign == "open" else 0.5, abs=0.05)


@pytest.mark.parametrize(("sign", "lowest"), [("counted", 0.0), ("signed", -1.0)])
def test_only_signed_forecasts_are_negative(sign: Sign, lowest: float) -> None:
    """A count stays at zero."""
    rows = feature_rows(300)
    made = forecaster("linear", {}, ROW_FEATURES, seed=0, threads=1, sign=sign)
    made.fit(rows, -rows["scale"])
    ratio = made.predict(rows) / rows["scale"]

    assert ratio.to_numpy() == pytest.approx(np.full(300, lowest))


@pytest.mark.parametrize("sign", ["counted", "signed"])
def test_each_kind_can_be_stored_without_trust(sign: Sign) -> None:
    """The list of what skops may build has them."""
    rows = feature_rows(300)
    made = forecaster("linear", {}, ROW_FEATURES, seed=0, threads=1, sign=sign)
    content = dump(made.fit(rows, rows["target"]), "skops")

    assert isinstance(load(content, md5(content), "skops", name="m"), Forecaster)


@pytest.mark.parametrize(
    ("names", "pair"),
    [
        (("lag_52_of_date", "lag_0", "x"), ("lag_52_of_date", "lag_0")),
        (("lag_12_of_date", "lag_0"), ("lag_12_of_date", "lag_0")),
        (("hour_lag_0", "lag_168_of_date"), ("lag_168_of_date", "hour_lag_0")),
    ],
)
def test_the_baseline_finds_its_features(
    names: tuple[str, ...], pair: tuple[str, str]
) -> None:
    """By the frequency that has them."""
    assert baseline_features(names) == pair


def test_intervals_of_signed_targets_have_no_floor() -> None:
    """Those of counts end at zero."""
    calibration = bundles.calibration()
    asked = ([-500.0], [100.0], [1], ["Loop"])
    low, _ = apply(calibration, *asked, floor=floor_of("signed"))[0.8]
    bounded, _ = apply(calibration, *asked, floor=floor_of("counted"))[0.8]

    assert low[0] < -500
    assert bounded[0] == 0


def test_outputs_of_signed_hours_are_moments_without_a_least_value() -> None:
    """The signature says what comes out."""
    fields = forecast_outputs(3, [0.8], frequency="hour", sign="signed")

    assert [field.type for field in fields[:4]] == [
        *("string", "datetime"),
        *("integer", "datetime"),
    ]
    assert fields[-1].min is None


def hourly() -> pd.DataFrame:
    """Return forecasts of two days, from every sixth hour."""
    origins = pd.date_range("2024-01-01", periods=8, freq="6h")
    return pd.DataFrame(
        {
            "segment": "a",
            "origin": origins.astype("datetime64[us]"),
            "horizon": 1,
            "target": 10.0,
            "x": [11.0, 12, 13, 14, 10, 10, 10, 10],
        }
    )


def test_hours_are_added_up_by_day() -> None:
    """Those of one day share its luck; the rows stay told apart by their hour."""
    found = tally(hourly(), "x", block=1)
    moved = hourly().assign(origin=hourly()["origin"] + pd.Timedelta(hours=1))

    assert [str(each) for each in found.periods] == ["2024-01-01", "2024-01-02"]
    assert found.metrics["mae"].errors == (10.0, 0.0)
    assert tally(moved, "x", block=1).rows != found.rows
    assert by_day(hourly(), ["x"]).errors["x"].tolist() == [10.0, 0.0]


def test_of_many_segments_the_largest_are_scored() -> None:
    """A card of fifty thousand would be no card."""
    count = 1002
    rows = pd.DataFrame(
        {
            "segment": pd.Categorical([f"s{n:04d}" for n in range(count)]),
            "target": np.arange(count, dtype=np.float64),
        }
    )
    kept = assessment._largest(rows)  # noqa: SLF001 - through assess it is slow

    assert len(kept) == 1000
    assert kept["segment"].iloc[0] == "s0002"
    assert assessment._largest(rows.head(9)) is not kept  # noqa: SLF001 - as above


def test_gaps_of_hours_are_hours() -> None:
    """First and last are written with their minutes."""
    table = pd.DataFrame(
        {
            "segment": "a",
            "date": pd.to_datetime(["2024-01-01T00", "2024-01-01T05"]),
            "target": [1.0, 2.0],
        }
    )
    found = describe(table, was_sorted=True, rhythm=HOUR)

    assert (found.first, found.last, found.gaps) == (
        *("2024-01-01T00:00", "2024-01-01T05:00"),
        4,
    )


def test_weeks_count_back_in_weeks() -> None:
    """The first origin has all the weeks before it that features read."""
    first = WEEKLY["date"].iloc[3]
    made = bundles.bundle(WEEKLY[WEEKLY["date"] >= first], frequency="week")

    assert made.first_origin == (first + pd.Timedelta(weeks=WEEK.lookback - 1)).date()


def test_an_origin_between_weeks_is_refused() -> None:
    """The message has the last week that began before it."""
    made = bundles.bundle(WEEKLY, frequency="week")
    thursday = made.last_origin - pd.Timedelta(days=6)

    with pytest.raises(UnanswerableError, match="no week of its data begins then; the"):
        made.forecast(origin=thursday)


def test_of_many_known_segments_some_are_named() -> None:
    """A message of fifty thousand names helps nobody."""
    names = tuple(f"s{n}" for n in range(40))
    one = WEEKLY[WEEKLY["segment"] == "Loop"]
    made = bundles.bundle(
        pd.concat([one.assign(segment=name) for name in names]), segments=names
    )

    with pytest.raises(UnanswerableError, match="s29 and 10 more"):
        made.forecast(segments=["x"])


def test_what_was_lately_is_told_in_steps() -> None:
    """Weeks are told in weeks, days in weeks too, hours in days."""
    assert bundles.bundle(frequency="week")._lately == "weeks"  # noqa: SLF001
    assert bundles.bundle(frequency="hour")._lately == "days"  # noqa: SLF001
    assert WEEK.steps == "weeks"
