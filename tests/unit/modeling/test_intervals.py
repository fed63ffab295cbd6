"""Intervals: promised coverage, nested, honest with few rows, storable."""

from itertools import pairwise

import msgspec
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lineal.modeling.evaluation import UnusableForecastError
from lineal.modeling.intervals import (
    Bounds,
    Calibration,
    InvalidCalibrationError,
    InvalidScaleError,
    TooFewResidualsError,
    apply,
    calibrate,
    coverage,
    coverage_by_horizon,
)

LEVELS = (0.8, 0.95)


def frame(rows: int, *, horizons: int = 1, seed: int = 0) -> pd.DataFrame:
    """Make forecasts whose errors grow with scale, horizon and segment."""
    rng = np.random.default_rng(seed)
    horizon = 1 + np.arange(rows) % horizons
    scale = rng.uniform(10, 50, rows)
    segment = rng.choice(["calm", "wild"], rows)
    spread = scale * horizon * np.where(segment == "wild", 3.0, 1.0)
    predicted = np.full(rows, 5000.0)
    return pd.DataFrame(
        {
            "segment": segment,
            "horizon": horizon,
            "scale": scale,
            "m": predicted,
            "target": predicted + spread * rng.standard_t(5, rows),
        }
    )


def bands(calibration: Calibration, rows: pd.DataFrame) -> dict[float, Bounds]:
    """Apply a calibration to a table."""
    return apply(
        calibration, rows["m"], rows["scale"], rows["horizon"], rows["segment"]
    )


def test_each_tail_misses_its_half() -> None:
    """Residuals 1 to 99 at 80 % leave ten ranks of a hundred on either side."""
    rows = frame(99).assign(scale=2.0, target=5000.0 + 2 * np.arange(1, 100))
    found = calibrate(rows, "m", [0.8], by_segment=False)

    assert (found.lower, found.upper) == (((10.0,),), ((90.0,),))
    assert found.rows == (99,)


def test_a_last_bit_does_not_move_the_rank() -> None:
    """55 % of a hundred ranks is rank 55, though 0.55 * 100 is a bit more."""
    rows = frame(99).assign(scale=1.0, target=5000.0 + np.arange(1, 100))
    found = calibrate(rows, "m", [0.55], symmetric=True, by_segment=False)

    assert found.upper == ((55.0,),)


@pytest.mark.parametrize("by_segment", [True, False])
@pytest.mark.parametrize("symmetric", [True, False])
def test_exchangeable_rows_are_covered_as_promised(
    *, symmetric: bool, by_segment: bool
) -> None:
    """New rows of the same kind fall inside as often as the level says."""
    found = calibrate(
        frame(20_000, horizons=2, seed=1),
        "m",
        LEVELS,
        symmetric=symmetric,
        by_segment=by_segment,
    )
    fresh = frame(20_000, horizons=2, seed=2)

    for level, (low, high) in bands(found, fresh).items():
        shares = coverage_by_horizon(fresh["target"], low, high, fresh["horizon"])
        # Two samples of 10,000 rows a horizon: four standard errors of both.
        noise = 4 * (2 * level * (1 - level) / 10_000) ** 0.5
        assert list(shares.values()) == pytest.approx([level, level], abs=noise)


def test_segment_factors_cover_each_segment() -> None:
    """A wild segment gets wider intervals, instead of missing for the calm one."""
    found = calibrate(frame(20_000, seed=1), "m", [0.8])
    fresh = frame(20_000, seed=2)
    low, high = bands(found, fresh)[0.8]
    wild = (fresh["segment"] == "wild").to_numpy()

    assert list(found.factors) == ["calm", "wild"]
    assert found.factors["wild"] / found.factors["calm"] == pytest.approx(3, rel=0.05)
    for part in (wild, ~wild):
        share = coverage(fresh["target"][part], low[part], high[part])
        assert share == pytest.approx(0.8, abs=0.02)


def test_a_segment_of_few_rows_has_a_factor_near_one() -> None:
    """Two lucky rows do not make a segment ten times as certain."""
    rows = frame(400)
    rows["segment"] = np.where(np.arange(400) < 2, "small", "large")
    rows.loc[rows["segment"] == "small", "target"] = 5000.0
    found = calibrate(rows, "m", [0.8])

    assert found.factors["small"] == pytest.approx(100 / 102)


@given(st.integers(0, 10**6), st.booleans(), st.integers(100, 300))
def test_a_higher_level_contains_a_lower(
    seed: int,
    symmetric: bool,  # noqa: FBT001 - Hypothesis passes by position
    rows: int,
) -> None:
    """Intervals are nested, whatever the residuals, and never below zero."""
    data = frame(rows, seed=seed).assign(m=20.0)
    found = calibrate(data, "m", [0.95, 0.5, 0.8, 0.8], symmetric=symmetric)
    levels = bands(found, data)

    assert list(levels) == [0.5, 0.8, 0.95]
    for (low, high), (wider_low, wider_high) in pairwise(levels.values()):
        assert (low <= high).all()
        assert (wider_low >= 0).all()
        assert (wider_low <= low).all()
        assert (high <= wider_high).all()


def test_both_ends_stop_at_zero() -> None:
    """A count is never negative, even where the forecast is far too high."""
    found = calibrate(frame(99).assign(target=0.0), "m", [0.8], by_segment=False)
    low, high = apply(found, [1.0], [30.0], [1], ["calm"])[0.8]

    assert (low.tolist(), high.tolist()) == ([0.0], [0.0])


@pytest.mark.parametrize(
    ("level", "symmetric", "needed"),
    [(0.8, False, 9), (0.95, False, 39), (0.8, True, 4), (0.95, True, 19)],
)
def test_too_few_residuals_are_refused_and_the_number_needed_is_enough(
    level: float, *, symmetric: bool, needed: int
) -> None:
    """A promise that cannot be kept is not made, and the way out is true."""
    with pytest.raises(TooFewResidualsError, match=f"horizon 1 .* {needed}") as caught:
        calibrate(frame(needed - 1), "m", [level], symmetric=symmetric)
    found = calibrate(frame(needed), "m", [level], symmetric=symmetric)

    assert caught.value.needed == needed
    assert found.rows == (needed,)


def test_every_horizon_needs_enough() -> None:
    """One short horizon is named, though others have plenty."""
    rows = pd.concat([frame(99), frame(5).assign(horizon=7)])
    with pytest.raises(TooFewResidualsError, match="horizon 7 has 5 residuals"):
        calibrate(rows, "m", [0.8])


def test_rows_without_an_outcome_do_not_calibrate() -> None:
    """Unknown outcomes are left out, and do not count as residuals."""
    rows = frame(50)
    blank = frame(50).assign(target=np.nan, scale=np.nan)
    found = calibrate(pd.concat([rows, blank]), "m", [0.8])

    assert found == calibrate(rows, "m", [0.8])


def test_a_perfect_calibration_has_no_factors() -> None:
    """Without any error no segment is worse than another."""
    rows = frame(99).assign(target=5000.0)
    found = calibrate(rows, "m", [0.8])

    assert found.factors == {}
    assert found.upper == ((0.0,),)


def test_no_known_outcome_calibrates_no_horizon() -> None:
    """An empty calibration exists, and refuses every forecast."""
    found = calibrate(frame(9).assign(target=np.nan), "m", [0.8])

    assert found.horizons == ()
    with pytest.raises(InvalidCalibrationError, match="horizon 1 is not calibrated"):
        bands(found, frame(1))


def test_an_unknown_segment_is_as_wide_as_its_scale() -> None:
    """A station opened after training gets the factor one."""
    found = calibrate(frame(500), "m", [0.8])
    (low, high) = apply(found, [5000.0], [10.0], [1], ["new"])[0.8]

    assert low[0] == 5000.0 + 10.0 * found.lower[0][0]
    assert high[0] == 5000.0 + 10.0 * found.upper[0][0]


def test_each_row_gets_its_horizons_quantile() -> None:
    """Horizons may come in any order, and need not start at one."""
    data = frame(900, horizons=3)
    found = calibrate(data.assign(horizon=data["horizon"] * 7), "m", [0.8])
    _, high = apply(found, [0.0] * 3, [1.0] * 3, [21, 7, 14], ["new"] * 3)[0.8]

    assert found.horizons == (7, 14, 21)
    assert high.tolist() == [found.upper[0][2], found.upper[0][0], found.upper[0][1]]


@pytest.mark.parametrize("scale", [0.0, -1.0, np.nan, np.inf])
def test_a_scale_that_cannot_divide_is_refused(scale: float) -> None:
    """Both at calibration and at the forecast, with the first row."""
    rows = frame(99)
    found = calibrate(rows, "m", [0.8])
    rows.loc[3, "scale"] = scale

    with pytest.raises(InvalidScaleError, match=r"1 of 99 rows .* row 3"):
        calibrate(rows, "m", [0.8])
    with pytest.raises(InvalidScaleError, match=r"1 of 99 rows .* row 3"):
        bands(found, rows)


def test_a_missing_forecast_is_refused() -> None:
    """No interval hides that a model gave no number."""
    with pytest.raises(UnusableForecastError):
        calibrate(frame(99).assign(m=np.nan), "m", [0.8])


def test_json_gives_back_the_same_calibration() -> None:
    """To the last bit, with sorted keys and a newline at the end."""
    found = calibrate(frame(500, horizons=2), "m", LEVELS)
    text = found.to_json()

    assert Calibration.from_json(text) == found
    assert text.endswith("}\n")
    assert list(msgspec.json.decode(text)) == sorted(msgspec.json.decode(text))


@pytest.mark.parametrize(
    "changes",
    [{"levels": [0.8, 0.9]}, {"horizons": [1, 2]}, {"levels": [1.5]}, {"extra": 1}],
    ids=["levels", "horizons", "range", "unknown"],
)
def test_a_calibration_that_does_not_fit_together_is_refused(
    changes: dict[str, object],
) -> None:
    """A hand-edited file fails at reading, not in the middle of a forecast."""
    text = calibrate(frame(99), "m", [0.8]).to_json()
    broken = msgspec.json.encode({**msgspec.json.decode(text), **changes})

    with pytest.raises(InvalidCalibrationError, match="no calibration"):
        Calibration.from_json(broken)
    with pytest.raises(InvalidCalibrationError, match="no calibration"):
        Calibration.from_json("{")


def test_coverage_counts_known_rows_and_both_ends() -> None:
    """The ends are inside, unknown rows count nowhere, nothing known is None."""
    low, high = [0.0] * 5, [10.0] * 5

    assert coverage([0, 10, 5, 11, np.nan], low, high) == 0.75
    assert coverage([np.nan], [0.0], [1.0]) is None
    assert coverage_by_horizon([1, 20, np.nan], low[:3], high[:3], [1, 1, 2]) == {
        1: 0.5,
        2: None,
    }
