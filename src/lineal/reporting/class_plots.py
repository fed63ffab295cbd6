"""The plots that only a classifier has: its curves and its confusion."""

from collections.abc import Mapping
from typing import Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from lineal.modeling.tables.answers import Vector
from lineal.reporting.drawing import BLUE, GREY, INK, ORANGE, legend_below, svg

SQUARE: Final = 5.0
_COLORS: Final = (BLUE, ORANGE, INK, "#4d9a52", "#8a5fb0", "#b0475f", "#2f9c9c", GREY)
_SHOWN_CLASSES: Final = 12
_HALF: Final = 0.5


def roc(curves: Mapping[str, pd.DataFrame]) -> bytes:
    """Draw the ROC curve of each class; dashed is guessing.

    Args:
        curves: By class, columns false_positive_rate, true_positive_rate.
    """

    def paint(axes: Axes) -> None:
        axes.plot([0, 1], [0, 1], "--", color=GREY, linewidth=1)
        _lines(axes, curves, "false_positive_rate", "true_positive_rate")
        axes.set(title="ROC curve, test period", xlabel="false alarms, of all others")
        axes.set(ylabel="found, of all there are", aspect="equal")

    return svg(paint, height=SQUARE)


def precision_recall(
    curves: Mapping[str, pd.DataFrame], shares: Mapping[str, float]
) -> bytes:
    """Draw precision against recall of each class; dashed is guessing.

    Args:
        curves: By class, columns recall, precision.
        shares: By class, its share of all rows.
    """

    def paint(axes: Axes) -> None:
        for place, label in enumerate(curves):
            color = _COLORS[place % len(_COLORS)]
            axes.axhline(shares[label], color=color, linestyle="--", linewidth=1)
        _lines(axes, curves, "recall", "precision")
        axes.set(title="Precision and recall, test period", ylim=(0, 1.02))
        axes.set(xlabel="recall: found, of all there are")
        axes.set(ylabel="precision: right, of all alarms", aspect="equal")

    return svg(paint, height=SQUARE)


def reliability(curves: Mapping[str, pd.DataFrame]) -> bytes:
    """Draw how often it happened against the probability; dashed is perfect.

    Args:
        curves: By what is drawn (a class; calibrated or not), columns predicted,
            happened.
    """

    def paint(axes: Axes) -> None:
        axes.plot([0, 1], [0, 1], "--", color=GREY, linewidth=1)
        _lines(axes, curves, "predicted", "happened", style="o-")
        axes.set(title="Calibration, test period", xlabel="probability that was given")
        axes.set(ylabel="share of rows where it happened", aspect="equal")

    return svg(paint, height=SQUARE)


def confusion(table: pd.DataFrame) -> bytes:
    """Draw the confusion as shares of each actual class, with the rows.

    Args:
        table: Columns actual, answered, rows, in the order of the classes.
    """
    labels = list(dict.fromkeys(table["actual"].astype(str)))
    counts = table["rows"].to_numpy(dtype=np.float64).reshape(len(labels), -1)
    shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)

    def paint(axes: Axes) -> None:
        places, edges = range(len(labels)), np.arange(len(labels) + 1) - _HALF
        # Squares are paths: an image's bytes would depend on who compressed them.
        axes.pcolormesh(edges, edges, shares, cmap="Blues", vmin=0, vmax=1)
        axes.invert_yaxis()
        axes.set_aspect("equal")
        axes.set_xticks(places, labels, rotation=45, ha="right")
        axes.set_yticks(places, labels)
        axes.grid(visible=False)
        axes.set(title="Confusion, test period", xlabel="answered", ylabel="actual")
        if len(labels) <= _SHOWN_CLASSES:
            _write(axes, counts, shares)

    return svg(paint, height=SQUARE)


def _lines(
    axes: Axes,
    curves: Mapping[str, pd.DataFrame],
    across: str,
    up: str,
    *,
    style: str = "-",
) -> None:
    """Draw a line a name; a legend tells several apart."""
    for place, (label, curve) in enumerate(curves.items()):
        color = _COLORS[place % len(_COLORS)]
        axes.plot(curve[across], curve[up], style, color=color, label=label)
    axes.set(xlim=(-0.02, 1.02), ylim=(-0.02, 1.02))
    if len(curves) > 1:
        legend_below(axes)


def _write(axes: Axes, counts: Vector, shares: Vector) -> None:
    """Write the rows and the share into each cell, light on dark."""
    for (down, across), rows in np.ndenumerate(counts):
        share = shares[down, across]
        color = "white" if share > _HALF else INK
        said = f"{rows:,.0f}\n{100 * share:.1f} %"
        axes.text(across, down, said, ha="center", va="center", color=color)
