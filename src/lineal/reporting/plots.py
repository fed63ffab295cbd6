"""The plots of a model card, as SVG that is the same bytes for the same numbers."""

from typing import Final

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

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

_SHOWN_FEATURES: Final = 15
_SHOWN_SEGMENTS: Final = 40
_WHOLE: Final = 10  # from such targets on, an axis needs no decimals
# What each frequency is drawn by: pandas' period, that in words, and what is counted.
_SPANS: Final = {
    "hour": ("D", ", daily means", "an hour"),
    "day": ("W", ", weekly means", "a day"),
    "week": ("D", "", "a week"),
    "month": ("M", "", "a month"),
}


def candidates(table: pd.DataFrame, champion: str, metric: str = "wape") -> bytes:
    """Compare candidates: bars are cross-validated with their error, dots the test.

    Args:
        table: Columns candidate, cross_validated, standard_error, test.
        champion: Which bar stands out.
        metric: What was measured.
    """
    table = table.sort_values("cross_validated", ascending=False)
    factor, unit = (100, " (%)") if metric == "wape" else (1, "")
    names = table["candidate"].astype(str)

    def paint(axes: Axes) -> None:
        axes.barh(
            names,
            factor * table["cross_validated"],
            color=[BLUE if name == champion else GREY for name in names],
            xerr=factor * table["standard_error"],
            error_kw={"ecolor": INK, "capsize": 3, "elinewidth": 1},
            label="cross-validated ± standard error",
        )
        axes.plot(factor * table["test"], names, "D", color=ORANGE, label="test")
        axes.set(title="Candidates", xlabel=f"{metric.upper()}{unit}, lower is better")
        axes.grid(visible=False, axis="y")
        legend_below(axes)

    return svg(paint, height=height(len(table)) + 0.4)


def horizons(table: pd.DataFrame, steps: str = "days") -> bytes:
    """Draw WAPE against the steps ahead.

    Args:
        table: Columns horizon, wape.
        steps: What steps are called.
    """

    def paint(axes: Axes) -> None:
        axes.plot(table["horizon"], 100 * table["wape"], "o-", color=BLUE)
        axes.set(title=f"Error by {steps} ahead", xlabel=f"{steps} ahead")
        axes.set(ylabel="WAPE (%)")
        axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=14))

    return svg(paint)


def segments(table: pd.DataFrame) -> bytes:
    """Draw each segment's WAPE, the worst on top.

    Args:
        table: Columns segment, wape.
    """
    ranked = table.dropna(subset=["wape"]).sort_values("wape", kind="stable")
    shown = ranked.tail(_SHOWN_SEGMENTS)
    left_out = len(ranked) - len(shown)
    title = "Error by segment" + (f", the {len(shown)} worst" if left_out else "")

    def paint(axes: Axes) -> None:
        bars(axes, shown["segment"], 100 * shown["wape"])
        axes.set(title=title, xlabel="WAPE (%)")

    return svg(paint, height=height(len(shown)))


def coverage(table: pd.DataFrame, steps: str = "days") -> bytes:
    """Draw how much of the test lay inside each interval; dashed is the promise.

    Args:
        table: Columns horizon, level (percent), coverage (share).
        steps: What steps are called.
    """

    def paint(axes: Axes) -> None:
        levels = sorted(table["level"].unique(), reverse=True)
        for place, level in enumerate(levels):
            color = (BLUE, ORANGE, INK)[place % 3]
            rows = table[table["level"] == level]
            label = f"{float(level):g} % interval"
            axes.axhline(float(level), color=color, linestyle="--", linewidth=1)
            axes.plot(
                rows["horizon"], 100 * rows["coverage"], "o-", color=color, label=label
            )
        axes.set(title="Coverage of the intervals (dashed: promised)")
        axes.set(xlabel=f"{steps} ahead", ylabel="test outcomes inside (%)")
        axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=14))
        legend_below(axes)

    return svg(paint, height=4)


def test_period(table: pd.DataFrame, unit: str, frequency: str) -> bytes:
    """Draw what happened and what was forecast; days as weekly means, hours as daily.

    Args:
        table: Columns date, actual, forecast: sums of all segments at a time.
        unit: Name of what is counted.
        frequency: What one step is called.
    """
    letter, means, each = _SPANS[frequency]
    times = pd.to_datetime(table["date"])
    shown = table[["actual", "forecast"]].groupby(times.dt.to_period(letter)).mean()

    def paint(axes: Axes) -> None:
        when = shown.index.map(lambda span: span.start_time.date())
        axes.plot(when, shown["actual"], color=INK, linewidth=1.6, label="actual")
        axes.plot(
            when, shown["forecast"], color=ORANGE, linewidth=1.4, label="forecast"
        )
        axes.set(title=f"Test period: all segments together{means}")
        axes.set(ylabel=f"{unit} {each}")
        if shown["actual"].abs().max() >= _WHOLE:
            axes.yaxis.set_major_formatter("{x:,.0f}")
        legend_below(axes)

    return svg(paint)


def importance(table: pd.DataFrame) -> bytes:
    """Draw the rise of WAPE when a feature is shuffled, the top ones.

    Args:
        table: Columns feature, mean, std (shares), most important first.
    """
    top = table.nlargest(_SHOWN_FEATURES, "mean").iloc[::-1]

    def paint(axes: Axes) -> None:
        bars(axes, top["feature"], 100 * top["mean"], spread=100 * top["std"])
        axes.set(title="Permutation importance, validation period")
        axes.set(xlabel="rise of WAPE when shuffled (percentage points)")

    return svg(paint, height=height(len(top)))


def shap(table: pd.DataFrame, unit: str) -> bytes:
    """Draw the mean absolute SHAP value of the top features.

    Args:
        table: Columns feature, mean_abs.
        unit: Name of what is counted.
    """
    top = table.nlargest(_SHOWN_FEATURES, "mean_abs").iloc[::-1]

    def paint(axes: Axes) -> None:
        bars(axes, top["feature"], top["mean_abs"])
        axes.set(title="SHAP values, validation period")
        axes.set(xlabel=f"mean absolute contribution to a forecast ({unit})")

    return svg(paint, height=height(len(top)))
