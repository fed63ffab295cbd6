"""A small made-up model card, and the reports beside it."""

from typing import Any

import msgspec

from lineal.modeling.card import Card, Compared, Stored
from lineal.modeling.config import Features
from lineal.modeling.evaluation import Scores
from lineal.modeling.sections import Holidays, Pruning
from lineal.modeling.selection import Selection, Validated
from lineal.modeling.signature import Signature
from lineal.modeling.significance import Comparison
from lineal.modeling.splits import Fold, Period, Splits
from lineal.reporting.card_tables import Weight

QUALITY: dict[str, Any] = {"zero_targets": 242, "gaps": 7, "missing_targets": 0}
PRUNING: dict[str, Any] = {
    "candidates": 160,
    "kept": 2,
    "dropped": [
        {"name": "old", "reason": "low gain", "same_as": None, "gain": 1e-9},
        {"name": "flat", "reason": "constant", "same_as": None, "gain": None},
        {"name": "odd", "reason": "low gain", "same_as": None, "gain": 0.0},
    ],
}
WEIGHTS = (
    Weight("weekday_lag_0", "weekday", 0.0312, 0.0004, 188.52),
    Weight("lag_7", "lag", -0.00001, 0.0002, 3.4),
)


def scores(wape: float | None, **changes: Any) -> Scores:
    """Return scores that belong together only as far as a table can tell."""
    parts: dict[str, Any] = {
        "wape": wape,
        "mape": 0.061,
        "mae": 188.52,
        "rmse": 401.6,
        "r2": 0.98765,
        "bias": -0.0042,
        "mase": 0.6512,
        "rows": 1234,
        "missing": 3,
    }
    return Scores(**(parts | changes))


def period(first: str, last: str, every: int = 1) -> Period:
    """Return origins between two days."""
    return Period(first, last, every)


def card(**changes: Any) -> Card:
    """Return a model of two stops, with some parts said otherwise."""
    return msgspec.structs.replace(_CARD, **changes)


_CARD = Card(
    version=1,
    model="stops",
    task="forecast",
    description="Entries of two stops.",
    target="entries",
    time="day",
    segment_columns=("stop",),
    segments=("Clark_Lake", "O'Hare"),
    horizon=2,
    known=("game",),
    observed=("rain",),
    recipe=Features(
        lags=(0,),
        windows=(7,),
        weekday_lags=1,
        observed_windows=(1,),
        holidays=Holidays(country="US"),
        pruning=Pruning(rows=1, rounds=1, min_gain=0.0),
    ),
    features=("weekday_lag_0", "lag_7"),
    feature_types={"weekday_lag_0": "number", "lag_7": "number"},
    signature=Signature(inputs=(), outputs=()),
    champion="xgboost",
    metric="wape",
    params={"max_depth": 7, "learning_rate": 0.0522236612586, "objective": "reg"},
    stored=Stored(file="model.joblib", md5="0" * 32, size=2_345_678, format="joblib"),
    selection=Selection(
        champion="xgboost",
        best="xgboost",
        runner_up="ridge",
        threshold=0.0463,
        reason="xgboost has the best cross-validated WAPE (0.0438).",
    ),
    candidates={
        "seasonal_naive": Validated(mean=0.0801, standard_error=0.0031),
        "ridge": Validated(mean=0.0512, standard_error=0.0021),
        "xgboost": Validated(mean=0.0438, standard_error=0.0025),
    },
    test={
        "seasonal_naive": scores(0.0803, mae=301.0),
        "ridge": scores(0.0577),
        "xgboost": scores(0.05523),
    },
    by_horizon={"2": scores(0.0561), "1": scores(0.0541)},
    by_segment={"Clark_Lake": scores(0.0402), "O'Hare": scores(0.0977, rows=1200)},
    coverage={"95": 0.9462, "80": 0.8123},
    coverage_by_horizon={
        "80": {"1": 0.8124, "2": 0.8122},
        "95": {"1": 0.9463, "2": 0.9461},
    },
    compared=(
        Compared(
            other="seasonal_naive",
            comparison=Comparison(-0.025, -0.028, -0.022, 0.95, 1.0, 28, 2000, 800),
            meaning="xgboost's WAPE is 2.5 points lower than seasonal_naive's.",
        ),
    ),
    rows={"learn": 20_000, "test": 1_237},
    splits=Splits(
        train=period("2020-02-01", "2022-12-29", 4),
        validation=period("2023-01-01", "2023-06-28", 3),
        test=period("2023-07-01", "2023-12-29"),
        learn=period("2020-02-01", "2023-06-28", 4),
        folds=(
            Fold(
                period("2020-02-01", "2021-12-29", 4),
                period("2022-01-01", "2022-12-29", 4),
            ),
        ),
    ),
    data={
        "path": "data/raw/stops.parquet",
        "rows": 2_900,
        "first": "2020-01-01",
        "last": "2023-12-31",
    },
    seed=7,
    threads=2,
    libraries={"xgboost": "3.2.0", "numpy": "2.4.0"},
)
