"""The plots of classifiers and regressors: parsable, and the same bytes each time."""

from collections.abc import Callable
from xml.etree import ElementTree as ET

import numpy as np
import pandas as pd
import pytest

from lineal.modeling.tables import curves
from lineal.reporting import table_plots

RNG = np.random.default_rng(1)
SHARE = RNG.random(200)
HAPPENED = RNG.random(200) < SHARE
ROC = curves.roc(HAPPENED, SHARE)
PRECISION = curves.precision_recall(HAPPENED, SHARE)
RELIABLE = curves.reliability(HAPPENED, SHARE)
CODES = HAPPENED.astype(np.int64)
CONFUSION = curves.confused(CODES, CODES[::-1].copy(), ["no", "yes"])
MANY = curves.confused(CODES, CODES, [f"class {each}" for each in range(13)])
ACTUAL, PREDICTED = RNG.normal(size=(2, 300))
CANDIDATES = pd.DataFrame(
    {
        "candidate": ["baseline", "$ridge$"],
        "cross_validated": [0.5, 0.7],
        "standard_error": [0.0, 0.01],
        "test": [0.5, 0.69],
    }
)
SEGMENTS = pd.DataFrame({"segment": ["JFK", "LGA", "EWR"], "roc_auc": [0.7, None, 0.6]})
IMPORTANCE = pd.DataFrame(
    {"feature": ["hour", "wind"], "mean": [0.1, 0.01], "std": [0.01, 0.01]}
)
SHAP = pd.DataFrame({"feature": ["hour", "wind"], "mean_abs": [0.5, 0.1]})

DRAWN: dict[str, Callable[[], bytes]] = {
    "candidates": lambda: table_plots.candidates(
        CANDIDATES, "$ridge$", "roc_auc", up=True
    ),
    "candidates of errors": lambda: table_plots.candidates(
        CANDIDATES, "baseline", "mae", up=False
    ),
    "roc": lambda: table_plots.roc({"yes": ROC}),
    "roc of classes": lambda: table_plots.roc({"a": ROC, "b": ROC, "c": ROC[:0]}),
    "precision_recall": lambda: table_plots.precision_recall(
        {"yes": PRECISION}, {"yes": 0.5}
    ),
    "reliability": lambda: table_plots.reliability(
        {"calibrated": RELIABLE, "as learned": RELIABLE}
    ),
    "confusion": lambda: table_plots.confusion(CONFUSION),
    "confusion of many": lambda: table_plots.confusion(MANY),
    "residuals": lambda: table_plots.residuals(
        curves.residuals(ACTUAL, PREDICTED), "units"
    ),
    "no residuals": lambda: table_plots.residuals(curves.residuals([], []), "units"),
    "errors": lambda: table_plots.errors(curves.histogram(ACTUAL, PREDICTED), "units"),
    "one error": lambda: table_plots.errors(curves.histogram([1.0], [2.0]), "units"),
    "segments": lambda: table_plots.segments(SEGMENTS, "roc_auc", up=True),
    "many segments": lambda: table_plots.segments(
        pd.DataFrame({"segment": range(50), "mae": range(50)}), "mae", up=False
    ),
    "importance": lambda: table_plots.importance(IMPORTANCE, "roc_auc", up=True),
    "rising importance": lambda: table_plots.importance(IMPORTANCE, "mae", up=False),
    "shap": lambda: table_plots.shap(SHAP, "log-odds"),
}


@pytest.mark.parametrize("draw", DRAWN.values(), ids=DRAWN.keys())
def test_a_plot_is_svg_of_the_same_bytes(draw: Callable[[], bytes]) -> None:
    """Nothing in it tells when it was drawn."""
    drawn = draw()

    assert ET.fromstring(drawn).tag.endswith("svg")  # noqa: S314 - our own bytes
    assert drawn == draw()
    assert len(drawn) < 400_000


def test_the_champion_stands_out() -> None:
    """Another champion is another picture."""
    both = [
        table_plots.candidates(CANDIDATES, name, "roc_auc", up=True)
        for name in ("baseline", "$ridge$")
    ]

    assert both[0] != both[1]
