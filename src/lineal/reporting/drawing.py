"""How plots look: SVG that is the same bytes for the same numbers.

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

_WIDTH: Final = 7.5
BLUE: Final = "#2463a6"
GREY: Final = "#a3adb8"
ORANGE: Final = "#d9711c"
INK: Final = "#30363d"
_STYLE: Final[Mapping[Any, Any]] = {
    "axes.axisbelow": True,
    "axes.edgecolor": GREY,
    "axes.grid": True,
    "axes.labelcolor": INK,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlecolor": INK,
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
    "xtick.color": INK,
    "ytick.color": INK,
}


def bars(
    axes: Axes, names: pd.Series, sizes: pd.Series, *, spread: pd.Series | None = None
) -> None:
    """Draw one bar a name, the first at the bottom."""
    whiskers = {"ecolor": INK, "capsize": 2, "elinewidth": 1}
    axes.barh(
        names.astype(str),
        sizes,
        height=0.7,
        color=BLUE,
        xerr=spread,
        error_kw=whiskers,
    )
    axes.margins(y=0.02)
    axes.grid(visible=False, axis="y")


def legend_below(axes: Axes) -> None:
    """Put the legend under the plot, where it hides nothing."""
    axes.figure.legend(loc="outside lower center", ncols=3)


def height(bars: int) -> float:
    """Return inches that leave each bar readable."""
    return 1.0 + 0.24 * max(bars, 3)


def svg(paint: Callable[[Axes], None], height: float = 3.6) -> bytes:
    """Draw one pair of axes, whatever the user's settings are."""
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(_STYLE)
        figure = Figure(figsize=(_WIDTH, height), layout="constrained")
        paint(figure.subplots())
        drawn = BytesIO()
        figure.savefig(drawn, format="svg", metadata={"Date": None, "Creator": None})
    return drawn.getvalue()
