"""A small model that is really trained."""

from datetime import date, timedelta
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from lineal.modeling.bundle import Bundle, tail
from lineal.modeling.candidates import Forecaster, forecaster
from lineal.modeling.card import Card, Stored
from lineal.modeling.config import Features
from lineal.modeling.evaluation import score
from lineal.modeling.features.matrix import recipe, rows
from lineal.modeling.intervals import Calibration, calibrate
from lineal.modeling.panel import from_table
from lineal.modeling.sections import Holidays, Pruning
from lineal.modeling.selection import Selection, Validated
from lineal.modeling.signature import Signature
from lineal.modeling.splits import Period, Splits

SEGMENTS = ("Café / Nord", "Loop", "Ost")
HORIZON = 4
DAYS = 1100
FIRST = date(2020, 1, 1)
RECIPE = Features(
    lags=(0, 1),
    windows=(7,),
    weekday_lags=2,
    observed_windows=(7,),
    holidays=Holidays(country="US"),
    pruning=Pruning(rows=1, rounds=1, min_gain=0.0),
)
FEATURES = (
    "lag_0",
    "mean_7",
    "weekday_lag_0",
    "lag_364_of_date",
    "lag_728_of_date",
    "weekday",
    "known_game",
    "effect_game",
    "observed_rain_7",
    "system_7",
    "segment_code",
)
_WEEK = np.array([1.0, 1.1, 1.1, 1.1, 1.2, 0.7, 0.5])


@cache
def table() -> pd.DataFrame:
    """Return an ingested table: a week's pattern, a game now and then, some rain."""
    rng = np.random.default_rng(7)
    days = pd.date_range(FIRST, periods=DAYS, freq="D").astype("datetime64[us]")
    game = (rng.random(DAYS) < 0.2).astype(np.float64)
    week = _WEEK[np.arange(DAYS) % 7]
    parts = []
    for size, segment in zip((100, 900, 300), SEGMENTS, strict=True):
        noise = rng.normal(1, 0.05, DAYS)
        counted = np.rint(size * week * (1 + 0.3 * game) * noise)
        columns = {
            "segment": segment,
            "date": days,
            "target": counted,
            "game": game,
            "rain": rng.random(DAYS).round(2),
        }
        parts.append(pd.DataFrame(columns))
    return pd.concat(parts, ignore_index=True)


def feature_rows(of: pd.DataFrame, origins: list[int], *, ahead: int) -> pd.DataFrame:
    """Read the features of some days of a table."""
    panel = from_table(of, known=("game",), observed=("rain",), ahead=ahead)
    made = recipe(panel, RECIPE, target="entries", horizon=HORIZON)
    return rows(made, np.array(origins), only=FEATURES)


@cache
def trained(kind: str = "linear") -> Forecaster:
    """Return a candidate that learned from the table's first thousand days."""
    learn = feature_rows(table(), list(range(400, 1000, 3)), ahead=0)
    blank = forecaster(kind, {}, FEATURES, seed=1, threads=1)
    return blank.fit(learn, learn["target"].to_numpy())


@cache
def calibration() -> Calibration:
    """Return intervals from the days after those."""
    late = feature_rows(table(), list(range(1000, DAYS - HORIZON)), ahead=0)
    late = late.assign(predicted=trained().predict(late))
    return calibrate(late, "predicted", (0.8, 0.95))


def card(stored: Stored, **changes: Any) -> Card:
    """Return the facts of the model; scores are made up."""
    day = FIRST
    period = Period("2021-02-04", "2022-09-26", 3)
    scores = score([10.0, 20.0], [11.0, 18.0], naive_error=3.0)
    parts: dict[str, Any] = {
        "version": 1,
        "model": "stops",
        "task": "forecast",
        "description": "Entries of three stops.",
        "target": "entries",
        "time": "day",
        "segment_columns": ("stop",),
        "segments": SEGMENTS,
        "horizon": HORIZON,
        "known": ("game",),
        "observed": ("rain",),
        "recipe": RECIPE,
        "features": FEATURES,
        "feature_types": dict.fromkeys(FEATURES, "number"),
        "signature": Signature(inputs=(), outputs=()),
        "champion": "linear",
        "metric": "wape",
        "params": {},
        "stored": stored,
        "selection": Selection("linear", "linear", None, 0.11, "It is the only one."),
        "candidates": {"linear": Validated(mean=0.1, standard_error=0.01)},
        "test": {"linear": scores},
        "by_horizon": {"1": scores},
        "by_segment": {"Loop": scores},
        "coverage": {"80": 0.81, "95": 0.94},
        "coverage_by_horizon": {"80": {"1": 0.81}},
        "compared": (),
        "rows": {"learn": 2400, "test": 0},
        "splits": Splits(period, period, period, period, ()),
        "data": {
            "path": "data/raw/stops.csv",
            "rows": 3300,
            "first": day.isoformat(),
            "last": (day + timedelta(days=DAYS - 1)).isoformat(),
        },
        "seed": 1,
        "threads": 1,
        "libraries": {},
    }
    return Card(**(parts | changes))


def bundle(history: pd.DataFrame | None = None, **changes: Any) -> Bundle:
    """Return the model in memory, with the history that the pipeline keeps."""
    stored = Stored(file="model.joblib", md5="0" * 32, size=0, format="joblib")
    kept = tail(table(), 90) if history is None else history
    return Bundle(card(stored, **changes), trained(), calibration(), kept)
