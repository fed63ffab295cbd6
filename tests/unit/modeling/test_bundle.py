"""Tests of forecasts made from a bundle alone."""

from datetime import timedelta

import numpy as np
import pandas as pd
import pytest

from helpers import bundles
from lineal.modeling.bundle import UnanswerableError, tail
from lineal.modeling.splits import Period, Splits

LAST = bundles.FIRST + timedelta(days=bundles.DAYS - 1)
HISTORY = tail(bundles.table(), 90)


def future(values: list[float], segment: str = "Loop") -> pd.DataFrame:
    """Return a game or none on each day after the last."""
    days = pd.date_range(LAST + timedelta(days=1), periods=len(values))
    return pd.DataFrame({"segment": segment, "date": days, "game": values})


@pytest.mark.parametrize("back", [0, 40, 91])
def test_the_kept_history_forecasts_as_the_whole_table_does(back: int) -> None:
    """From the first origin to the last, the rows that were cut off change no bit."""
    made = bundles.bundle()
    origin = LAST - timedelta(days=back)
    whole = bundles.feature_rows(
        bundles.table(), [bundles.DAYS - 1 - back], ahead=bundles.HORIZON
    )

    found = made.forecast(origin=origin).rows

    assert found["forecast"].tolist() == made.forecaster.predict(whole).tolist()
    assert found["date"].min() == pd.Timestamp(origin) + pd.Timedelta(days=1)


def test_a_forecast_has_a_row_a_segment_and_day() -> None:
    """Rows come in order, with an interval a level around each forecast."""
    found = bundles.bundle().forecast().rows

    assert found["segment"].unique().tolist() == list(bundles.SEGMENTS)
    assert found["horizon"].tolist() == [1, 2, 3, 4] * 3
    assert (found["low_95"] <= found["low_80"]).all()
    assert (found["low_80"] < found["forecast"]).all()
    assert (found["forecast"] < found["high_80"]).all()
    assert (found["high_80"] <= found["high_95"]).all()


def test_part_of_a_forecast_equals_that_part_of_the_whole() -> None:
    """Asking for fewer segments or days changes no number."""
    made = bundles.bundle()
    whole = made.forecast().rows

    part = made.forecast(horizon=2, segments=["Ost", "Loop"]).rows

    chosen = whole["segment"].isin(["Loop", "Ost"]) & (whole["horizon"] <= 2)
    pd.testing.assert_frame_equal(part, whole[chosen].reset_index(drop=True))


def test_the_first_origin_has_all_the_history_that_features_read() -> None:
    """A history that was cut allows as many origins as were asked for."""
    assert bundles.bundle().first_origin == LAST - timedelta(days=91)


def test_a_history_that_was_not_cut_starts_where_learning_did() -> None:
    """Short data would otherwise allow no forecast, though the model learned."""
    made = bundles.bundle(bundles.table())

    assert str(made.first_origin) == made.card.splits.learn.first
    assert len(made.forecast(origin=made.first_origin).rows) == 12


def test_the_last_origin_ignores_days_with_few_counts() -> None:
    """A day on which one of three segments was counted is not known yet."""
    history = HISTORY.copy()
    late = (history["date"] == pd.Timestamp(LAST)) & (history["segment"] != "Ost")
    history.loc[late, "target"] = np.nan

    assert bundles.bundle(history).last_origin == LAST - timedelta(days=1)


@pytest.mark.parametrize("days", [-92, 1])
def test_an_origin_out_of_reach_is_refused(days: int) -> None:
    """The refusal says which days are within reach."""
    made = bundles.bundle()

    with pytest.raises(UnanswerableError, match=r"allows \S+ to 2023-01-04$"):
        made.forecast(origin=LAST + timedelta(days=days))


@pytest.mark.parametrize("horizon", [-1, 0, 5])
def test_a_horizon_that_was_not_learned_is_refused(horizon: int) -> None:
    """Zero days ahead is no way of saying the default."""
    with pytest.raises(UnanswerableError, match="1 to 4 days ahead"):
        bundles.bundle().forecast(horizon=horizon)


def test_an_unknown_segment_is_refused_with_the_known_ones() -> None:
    """A typing error shows what could have been meant."""
    with pytest.raises(UnanswerableError, match=r"'West'; it knows: Café / Nord, Loop"):
        bundles.bundle().forecast(segments=["Loop", "West"])


def test_a_segment_without_recent_counts_is_skipped_and_named() -> None:
    """Others are still forecast; alone it is refused."""
    made = bundles.bundle(HISTORY[HISTORY["segment"] != "Ost"])

    assert made.forecast().skipped == ("Ost",)
    assert made.forecast(segments=["Loop"]).skipped == ()
    with pytest.raises(UnanswerableError, match="cannot forecast 'Ost' from"):
        made.forecast(segments=["Ost"])


def test_known_covariates_ahead_change_the_days_they_are_of() -> None:
    """A game raises its own day, for all segments, and no other day."""
    made = bundles.bundle()
    none = made.forecast(future=future([0, 0, 0, 0])).rows

    game = made.forecast(future=future([0, 1, 0, 0])).rows

    change = (game["forecast"] - none["forecast"]).to_numpy().reshape(3, 4)
    assert (change[:, 1] > 1).all()
    assert not change[:, [0, 2, 3]].any()


def test_days_without_known_covariates_are_reported() -> None:
    """A value for some of the days asked for is not enough."""
    made = bundles.bundle()

    assert made.forecast().missing == ("game",)
    assert made.forecast(future=future([0, 0, 0])).missing == ("game",)
    assert made.forecast(future=future([0, 0, 0]), horizon=3).missing == ()
    assert made.forecast(future=future([0, 0, 0, 0])).missing == ()


def test_the_table_of_the_future_wins_over_the_history() -> None:
    """A game that was moved counts on its new day; what it leaves out stays."""
    made = bundles.bundle()
    origin = LAST - timedelta(days=4)
    days = HISTORY["date"] > pd.Timestamp(origin)
    changed = HISTORY[days][["segment", "date"]].assign(game=1.0)
    history = HISTORY.copy()
    history.loc[days, "game"] = 1.0

    found = made.forecast(origin=origin, future=changed).rows

    expected = bundles.bundle(history).forecast(origin=origin).rows
    assert found["forecast"].tolist() == expected["forecast"].tolist()
    empty = changed.assign(game=np.nan)
    kept = made.forecast(origin=origin, future=empty).rows
    assert kept["forecast"].equals(made.forecast(origin=origin).rows["forecast"])


def test_days_far_from_the_history_are_left_out() -> None:
    """A date a thousand years ahead neither counts nor fills the memory."""
    made = bundles.bundle()
    far = future([0, 1, 0, 0])
    days = pd.to_datetime(["1990-01-01", "3000-01-01"]).astype("datetime64[us]")
    extra = pd.DataFrame({"segment": "Loop", "date": days, "game": 1.0})

    found = made.forecast(future=pd.concat([far, extra])).rows

    pd.testing.assert_frame_equal(found, made.forecast(future=far).rows)


def test_a_future_without_a_covariate_that_was_learned_is_refused() -> None:
    """params.yaml may have changed since training."""
    with pytest.raises(UnanswerableError, match="learned from 'game'"):
        bundles.bundle().forecast(future=future([0]).drop(columns="game"))


def test_the_tail_keeps_what_the_origins_need() -> None:
    """A forecast from ninety days back reads no day before its first."""
    kept = tail(bundles.table(), 90)

    assert kept["date"].min().date() == LAST - timedelta(days=812 + 90)
    assert kept.index.tolist() == list(range(len(kept)))


def test_learning_on_a_later_day_moves_the_first_origin_of_whole_histories() -> None:
    """The first origin is read from the card, not assumed."""
    later = Period("2021-06-01", "2022-01-01", 1)
    splits = Splits(later, later, later, later, ())

    made = bundles.bundle(bundles.table(), splits=splits)

    assert str(made.first_origin) == later.first


def test_series_that_ended_do_not_hold_the_others_back() -> None:
    """Where two of three were given up, the third is forecast from its own last day."""
    ended = LAST - timedelta(days=200)
    gone = HISTORY["segment"].ne("Loop") & (HISTORY["date"] > pd.Timestamp(ended))

    assert bundles.bundle(HISTORY[~gone]).last_origin == LAST
