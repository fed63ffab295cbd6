"""The plots of a model card, as SVG that is the same bytes for the same numbers.

Text is drawn as paths, so that it looks alike everywhere, and nothing in the files
tells when or where they were drawn. The user's own matplotlib settings do not count.
"""

from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Any, Final

import matplotlib as mpl
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

_WIDTH: Final = 7.5
_BLUE: Final = "#2463a6"
_GREY: Final = "#a3adb8"
_ORANGE: Final = "#d9711c"
_INK: Final = "#30363d"
_SHOWN_FEATURES: Final = 15
_SHOWN_SEGMENTS: Final = 40
_STYLE: Final[Mapping[Any, Any]] = {
    "axes.axisbelow": True,
    "axes.edgecolor": _GREY,
    "axes.grid": True,
    "axes.labelcolor": _INK,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlecolor": _INK,
    "axes.titlelocation": "left",
    "axes.titlesize": "medium",
    "axes.titleweight": "bold",
    "figure.constrained_layout.h_pad": 0.08,
    "figure.constrained_layout.w_pad": 0.08,
    "figure.facecolor": "white",
    "font.family": "DejaVu Sans",
    "font.size": 9,
    "grid.color": "#e6e9ed",
    "legend.frameon": False,
    "svg.fonttype": "path",
    "svg.hashsalt": "lineal",
    "text.parse_math": False,
    "xtick.color": _INK,
    "ytick.color": _INK,
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
            color=[_BLUE if name == champion else _GREY for name in names],
            xerr=factor * table["standard_error"],
            error_kw={"ecolor": _INK, "capsize": 3, "elinewidth": 1},
            label="cross-validated ± standard error",
        )
        axes.plot(factor * table["test"], names, "D", color=_ORANGE, label="test")
        axes.set(title="Candidates", xlabel=f"{metric.upper()}{unit}, lower is better")
        axes.grid(visible=False, axis="y")
        _legend_below(axes)

    return _svg(paint, height=_height(len(table)) + 0.4)


def horizons(table: pd.DataFrame) -> bytes:
    """Draw WAPE against the days ahead.

    Args:
        table: Columns horizon, wape.
    """

    def paint(axes: Axes) -> None:
        axes.plot(table["horizon"], 100 * table["wape"], "o-", color=_BLUE)
        axes.set(title="Error by days ahead", xlabel="days ahead", ylabel="WAPE (%)")
        axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=14))

    return _svg(paint)


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
        _bars(axes, shown["segment"], 100 * shown["wape"])
        axes.set(title=title, xlabel="WAPE (%)")

    return _svg(paint, height=_height(len(shown)))


def coverage(table: pd.DataFrame) -> bytes:
    """Draw how much of the test lay inside each interval; dashed is the promise.

    Args:
        table: Columns horizon, level (percent), coverage (share).
    """

    def paint(axes: Axes) -> None:
        levels = sorted(table["level"].unique(), reverse=True)
        for place, level in enumerate(levels):
            color = (_BLUE, _ORANGE, _INK)[place % 3]
            rows = table[table["level"] == level]
            label = f"{float(level):g} % interval"
            axes.axhline(float(level), color=color, linestyle="--", linewidth=1)
            axes.plot(
                rows["horizon"], 100 * rows["coverage"], "o-", color=color, label=label
            )
        axes.set(title="Coverage of the intervals (dashed: promised)")
        axes.set(xlabel="days ahead", ylabel="test outcomes inside (%)")
        axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=14))
        _legend_below(axes)

    return _svg(paint, height=4)


def test_period(table: pd.DataFrame, unit: str) -> bytes:
    """Draw what happened and what was forecast, as weekly means.

    Args:
        table: Columns date, actual, forecast: sums of all segments a day.
        unit: Name of what is counted.
    """
    days = pd.to_datetime(table["date"])
    weekly = table[["actual", "forecast"]].groupby(days.dt.to_period("W")).mean()

    def paint(axes: Axes) -> None:
        when = weekly.index.map(lambda week: week.start_time.date())
        axes.plot(when, weekly["actual"], color=_INK, linewidth=1.6, label="actual")
        axes.plot(
            when, weekly["forecast"], color=_ORANGE, linewidth=1.4, label="forecast"
        )
        axes.set(title="Test period: all segments together, weekly means")
        axes.set(ylabel=f"{unit} a day")
        axes.yaxis.set_major_formatter("{x:,.0f}")
        _legend_below(axes)

    return _svg(paint)


def importance(table: pd.DataFrame) -> bytes:
    """Draw the rise of WAPE when a feature is shuffled, the top ones.

    Args:
        table: Columns feature, mean, std (shares), most important first.
    """
    top = table.nlargest(_SHOWN_FEATURES, "mean").iloc[::-1]

    def paint(axes: Axes) -> None:
        _bars(axes, top["feature"], 100 * top["mean"], spread=100 * top["std"])
        axes.set(title="Permutation importance, validation period")
        axes.set(xlabel="rise of WAPE when shuffled (percentage points)")

    return _svg(paint, height=_height(len(top)))


def shap(table: pd.DataFrame, unit: str) -> bytes:
    """Draw the mean absolute SHAP value of the top features.

    Args:
        table: Columns feature, mean_abs.
        unit: Name of what is counted.
    """
    top = table.nlargest(_SHOWN_FEATURES, "mean_abs").iloc[::-1]

    def paint(axes: Axes) -> None:
        _bars(axes, top["feature"], top["mean_abs"])
        axes.set(title="SHAP values, validation period")
        axes.set(xlabel=f"mean absolute contribution to a forecast ({unit})")

    return _svg(paint, height=_height(len(top)))


def _bars(
    axes: Axes, names: pd.Series, sizes: pd.Series, *, spread: pd.Series | None = None
) -> None:
    """Draw one bar a name, the first at the bottom."""
    whiskers = {"ecolor": _INK, "capsize": 2, "elinewidth": 1}
    axes.barh(
        names.astype(str),
        sizes,
        height=0.7,
        color=_BLUE,
        xerr=spread,
        error_kw=whiskers,
    )
    axes.margins(y=0.02)
    axes.grid(visible=False, axis="y")


def _legend_below(axes: Axes) -> None:
    """Put the legend under the plot, where it hides nothing."""
    axes.figure.legend(loc="outside lower center", ncols=3)


def _height(bars: int) -> float:
    """Return inches that leave each bar readable."""
    return 1.0 + 0.24 * max(bars, 3)


def _svg(paint: Callable[[Axes], None], height: float = 3.6) -> bytes:
    """Draw one pair of axes, whatever the user's settings are."""
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(_STYLE)
        figure = Figure(figsize=(_WIDTH, height), layout="constrained")
        paint(figure.subplots())
        drawn = BytesIO()
        figure.savefig(drawn, format="svg", metadata={"Date": None, "Creator": None})
    return drawn.getvalue()
