"""Tests of the model card's plots."""

from collections.abc import Callable
from xml.etree import ElementTree as ET

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest

from lineal.reporting import plots

CANDIDATES = pd.DataFrame(
    {
        "candidate": ["seasonal_naive", "ridge", "xgboost"],
        "cross_validated": [0.08, 0.051, 0.044],
        "standard_error": [0.003, 0.002, 0.0025],
        "test": [0.08, 0.058, 0.055],
    }
)
HORIZONS = pd.DataFrame({"horizon": range(1, 15), "wape": np.linspace(0.05, 0.06, 14)})
SEGMENTS = pd.DataFrame(
    {"segment": ["Clark_Lake", "$x$", "closed"], "wape": [0.04, 0.1, None]}
)
COVERAGE = pd.DataFrame(
    {
        "horizon": [1, 2, 1, 2],
        "level": [80, 80, 95, 95],
        "coverage": [0.81, 0.8, 0.94, 0.95],
    }
)
TEST_PERIOD = pd.DataFrame(
    {
        "date": pd.date_range("2023-01-01", periods=800).astype(str),
        "actual": np.arange(800.0),
        "forecast": np.arange(800.0) + 5,
    }
)
IMPORTANCE = pd.DataFrame(
    {
        "feature": [f"lag_{i}" for i in range(20)],
        "mean": np.linspace(0.05, -0.001, 20),
        "std": 0.001,
    }
)
SHAP = pd.DataFrame({"feature": ["lag_0", "lag_7"], "mean_abs": [120.0, 30.0]})

DRAWN = {
    "candidates": lambda: plots.candidates(CANDIDATES, "xgboost"),
    "candidates in persons": lambda: plots.candidates(CANDIDATES, "ridge", "mae"),
    "horizons": lambda: plots.horizons(HORIZONS),
    "segments": lambda: plots.segments(SEGMENTS),
    "coverage": lambda: plots.coverage(COVERAGE),
    "test_period": lambda: plots.test_period(TEST_PERIOD, "entries", "day"),
    "importance": lambda: plots.importance(IMPORTANCE),
    "shap": lambda: plots.shap(SHAP, "entries"),
}
each_plot = pytest.mark.parametrize("draw", DRAWN.values(), ids=DRAWN.keys())
Draw = Callable[[], bytes]


def groups(drawn: bytes, kind: str) -> int:
    """Count a plot's elements of a kind, such as ticks of the vertical axis."""
    root = ET.fromstring(drawn)  # noqa: S314 - we drew it
    return sum(each.get("id", "").startswith(kind) for each in root.iter())


@each_plot
def test_the_same_numbers_give_the_same_bytes(draw: Draw) -> None:
    """DVC and Git compare plots by their bytes."""
    assert draw() == draw()


@each_plot
def test_a_plot_is_small_svg_that_tells_no_time(draw: Draw) -> None:
    """It is well-formed, fits into Git, and says neither when nor by what."""
    drawn = draw()

    assert ET.fromstring(drawn).tag.endswith("svg")  # noqa: S314 - we drew it
    assert len(drawn) < 100_000
    assert b"dc:date" not in drawn
    assert b"Matplotlib" not in drawn


def test_text_is_paths() -> None:
    """A page without our font shows the same letters."""
    assert b"<text" not in plots.horizons(HORIZONS)


def test_the_users_settings_do_not_count() -> None:
    """A matplotlibrc changes nothing, and ours does not leak."""
    ours = plots.horizons(HORIZONS)
    with mpl.rc_context({"font.size": 20, "axes.facecolor": "black"}):
        theirs = plots.horizons(HORIZONS)
        kept = mpl.rcParams["font.size"]

    assert theirs == ours
    assert kept == 20


def test_the_champion_stands_out() -> None:
    """Another champion is another picture."""
    assert plots.candidates(CANDIDATES, "ridge") != plots.candidates(
        CANDIDATES, "xgboost"
    )


def test_the_order_of_rows_does_not_matter() -> None:
    """Bars are sorted by what they show."""
    assert plots.segments(SEGMENTS) == plots.segments(SEGMENTS.iloc[::-1])


def test_a_segment_without_a_score_has_no_bar() -> None:
    """Undefined is not zero."""
    assert plots.segments(SEGMENTS) == plots.segments(SEGMENTS.dropna())


def test_only_the_worst_of_many_segments_are_drawn() -> None:
    """A plot of a thousand bars would help nobody."""
    many = pd.DataFrame({"segment": [f"s{i}" for i in range(60)], "wape": 0.1})

    assert groups(plots.segments(many), "ytick_") == 40


def test_only_the_top_features_are_drawn() -> None:
    """Fifteen bars are enough to see what matters."""
    assert groups(plots.importance(IMPORTANCE), "ytick_") == 15


def test_a_year_is_drawn_as_weeks() -> None:
    """Daily noise within a week does not show."""
    noisy = TEST_PERIOD.assign(actual=TEST_PERIOD["actual"].astype(float))
    monday = pd.to_datetime(noisy["date"]).dt.day_of_week == 0
    tuesday = pd.to_datetime(noisy["date"]).dt.day_of_week == 1
    whole = (noisy.index > 0) & (noisy.index < 799)
    noisy.loc[monday & whole, "actual"] += 64
    noisy.loc[tuesday & whole, "actual"] -= 64

    assert plots.test_period(noisy, "entries", "day") == plots.test_period(
        TEST_PERIOD, "entries", "day"
    )
