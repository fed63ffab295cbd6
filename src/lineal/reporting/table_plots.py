"""The plots of a model card of classification or regression."""

from typing import Final

import pandas as pd
from matplotlib.axes import Axes

from lineal.modeling.spoken import spoken
from lineal.reporting.class_plots import SQUARE
from lineal.reporting.class_plots import confusion as confusion
from lineal.reporting.class_plots import precision_recall as precision_recall
from lineal.reporting.class_plots import reliability as reliability
from lineal.reporting.class_plots import roc as roc
from lineal.reporting.drawing import (
    BLUE,
    GREY,
    INK,
    ORANGE,
    bars,
    height,
    legend_below,
    svg,
)

_SHOWN_SEGMENTS: Final = 40
_SHOWN_FEATURES: Final = 15


def candidates(table: pd.DataFrame, champion: str, metric: str, *, up: bool) -> bytes:
    """Compare candidates: bars are cross-validated with their error, dots the test.

    Args:
        table: Columns candidate, cross_validated, standard_error, test.
        champion: Which candidate stands out.
        metric: What was measured.
        up: Whether higher is better.
    """
    table = table.sort_values("cross_validated", ascending=up, kind="stable")
    names = table["candidate"].astype(str)

    def paint(axes: Axes) -> None:
        axes.barh(
            names,
            table["cross_validated"],
            color=[BLUE if name == champion else GREY for name in names],
            xerr=table["standard_error"],
            error_kw={"ecolor": INK, "capsize": 3, "elinewidth": 1},
            label="cross-validated ± standard error",
        )
        axes.plot(table["test"], names, "D", color=ORANGE, label="test")
        better = "higher" if up else "lower"
        axes.set(title="Candidates", xlabel=f"{spoken(metric)}, {better} is better")
        axes.grid(visible=False, axis="y")
        legend_below(axes)

    return svg(paint, height=height(len(table)) + 0.4)


def residuals(table: pd.DataFrame, target: str) -> bytes:
    """Draw answers against what happened; dashed is perfect.

    Args:
        table: Columns actual, predicted.
        target: Name of what is predicted.
    """
    both = table[["actual", "predicted"]].to_numpy()
    ends = [both.min(), both.max()] if both.size else [0.0, 1.0]

    def paint(axes: Axes) -> None:
        axes.plot(ends, ends, "--", color=GREY, linewidth=1)
        axes.scatter(table["actual"], table["predicted"], s=6, color=BLUE, alpha=0.4)
        axes.set(title="Predicted and actual, test period")
        axes.set(xlabel=f"actual {target}", ylabel=f"predicted {target}")

    return svg(paint, height=SQUARE)


def errors(table: pd.DataFrame, target: str) -> bytes:
    """Draw how errors are spread, without the outermost bins.

    Args:
        table: Columns low, high, rows, in order.
        target: Name of what is predicted.
    """
    few = 3  # bins: then the outermost are no tails
    shown = table.iloc[1:-1] if len(table) >= few else table

    def paint(axes: Axes) -> None:
        wide = shown["high"] - shown["low"]
        axes.bar(shown["low"], shown["rows"], width=wide, align="edge", color=BLUE)
        axes.axvline(0, color=INK, linewidth=1)
        axes.set(title="Errors, test period", ylabel="rows")
        axes.set(xlabel=f"predicted - actual {target}")

    return svg(paint)


def segments(table: pd.DataFrame, metric: str, *, up: bool) -> bytes:
    """Draw each segment's score, the worst on top.

    Args:
        table: Columns segment, and the metric.
        metric: Which.
        up: Whether higher is better.
    """
    known = table.dropna(subset=[metric])
    ranked = known.sort_values(metric, ascending=not up, kind="stable")
    shown = ranked.tail(_SHOWN_SEGMENTS)
    title = f"{_headed(spoken(metric))} by segment"
    if len(ranked) > len(shown):
        title += f", the {len(shown)} worst"

    def paint(axes: Axes) -> None:
        bars(axes, shown["segment"], shown[metric])
        axes.set(title=title, xlabel=spoken(metric))

    return svg(paint, height=height(len(shown)))


def importance(table: pd.DataFrame, metric: str, *, up: bool) -> bytes:
    """Draw by how much the metric gets worse when a feature is shuffled, the top ones.

    Args:
        table: Columns feature, mean, std, most important first.
        metric: Which.
        up: Whether higher is better.
    """
    top = table.nlargest(_SHOWN_FEATURES, "mean").iloc[::-1]
    move = "fall" if up else "rise"

    def paint(axes: Axes) -> None:
        bars(axes, top["feature"], top["mean"], spread=top["std"])
        axes.set(title="Permutation importance, validation period")
        axes.set(xlabel=f"{move} of the {spoken(metric)} when shuffled")

    return svg(paint, height=height(len(top)))


def shap(table: pd.DataFrame, unit: str) -> bytes:
    """Draw the mean absolute SHAP value of the top features.

    Args:
        table: Columns feature, mean_abs.
        unit: In units of what.
    """
    top = table.nlargest(_SHOWN_FEATURES, "mean_abs").iloc[::-1]

    def paint(axes: Axes) -> None:
        bars(axes, top["feature"], top["mean_abs"])
        axes.set(title="SHAP values, validation period")
        axes.set(xlabel=f"mean absolute contribution to an answer ({unit})")

    return svg(paint, height=height(len(top)))


def _headed(words: str) -> str:
    return words[:1].upper() + words[1:]
