"""Speed and memory of the feature builder, beside pandas and feature-engine.

Three builders make the same columns for each (segment, day): the lags and the mean,
standard deviation, least and largest of each window that params.yaml asks for,
closed days skipped. A fourth line is the whole builder: every candidate feature, for
each horizon, at every fourth origin. Ratios are to pandas at the same scale.
"""

import argparse
import json
import resource
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from itertools import product
from multiprocessing import get_context
from time import perf_counter

import numpy as np
import pandas as pd
from feature_engine.timeseries.forecasting import LagFeatures, WindowFeatures

from lineal.modeling.config import Features, Forecast
from lineal.modeling.features.history import lags, windows
from lineal.modeling.features.matrix import Recipe, recipe, rows
from lineal.modeling.features.past import Past
from lineal.modeling.index import INDEX
from lineal.modeling.panel import from_table
from lineal.pipeline.files import load_params, read_table
from lineal.pipeline.ingest import ingest

Build = Callable[[pd.DataFrame, Forecast], pd.DataFrame]

MODEL = "ridership"
HOWS = ["mean", "std", "min", "max"]
NEEDED = ["segment", "date", "target"]  # what the subset is made of
LEAST_OPEN = 2  # days that a window needs, as in lineal
EVERY = 4  # days between the origins of the whole builder
SEED, NOISE = 20010108, 0.05  # of a copy's targets; noise is lognormal
ENOUGH, MOST_RUNS = 3.0, 5  # a builder is run again until so many seconds or runs
ENOUGH_SHARE = 0.99  # of the other builder's values, which lineal must have too
TOLERANCE = 1e-6  # of the scale, or relative; the error of lineal's float32 is 6e-8
# The kernel counts in kibibytes, that of macOS in bytes.
PER_MEGABYTE = 1e6 if sys.platform == "darwin" else 1e6 / 1024


class DisagreementError(Exception):
    """Two builders give different values for one feature."""


def subset(asked: Features) -> list[str]:
    """Return the names of the features that all builders make."""
    of_windows = [f"{how}_{window}" for window in asked.windows for how in HOWS]
    return [*(f"lag_{lag}" for lag in asked.lags), *of_windows]


def lineal_subset(table: pd.DataFrame, model: Forecast) -> pd.DataFrame:
    """Make the subset with lineal, at every day; values are over the scale."""
    panel = from_table(table, known=(), observed=())
    past = Past.of(model.data.target, panel.target, 1)
    asked, every_day = model.features, np.arange(len(panel.dates))
    columns = (*lags(past, asked.lags), *windows(past, asked.windows))
    made = Recipe(panel, past, columns, tuple(each.feature for each in columns))
    return rows(made, every_day, only=subset(asked))


def lineal_whole(table: pd.DataFrame, model: Forecast) -> pd.DataFrame:
    """Make every candidate feature with lineal, as the stage does."""
    data = model.data
    panel = from_table(table, known=data.known, observed=data.observed)
    made = recipe(panel, model.features, target=data.target, horizon=model.horizon)
    return rows(made, np.arange(0, len(panel.dates) - model.horizon, EVERY))


def pandas_apply(table: pd.DataFrame, model: Forecast) -> pd.DataFrame:
    """Make the subset with groupby-apply, a segment at a time."""

    def of_segment(group: pd.DataFrame) -> pd.DataFrame:
        level = _level(group)["target"]
        made = {f"lag_{lag}": level.shift(lag) for lag in model.features.lags}
        for window in model.features.windows:
            rolled = level.rolling(window, min_periods=LEAST_OPEN)
            made |= {f"{how}_{window}": getattr(rolled, how)() for how in HOWS}
        return pd.DataFrame(made)

    return table.groupby("segment")[["date", "target"]].apply(of_segment)


def feature_engine(table: pd.DataFrame, model: Forecast) -> pd.DataFrame:
    """Make the subset with feature-engine, which knows no groups: once a segment.

    It looks back from the day before, so the row of a day is that of the origin a
    day earlier. Windows are given as time ("7D"): it passes no `min_periods` on, and
    windows counted in rows would be unknown around every closure.
    """
    asked = model.features
    before, spans = [lag + 1 for lag in asked.lags], [f"{n}D" for n in asked.windows]
    lagger = LagFeatures(["target"], before, missing_values="ignore")
    roller = WindowFeatures(
        ["target"], spans, functions=HOWS, missing_values="ignore", drop_original=True
    )
    found = {
        segment: roller.fit_transform(lagger.fit_transform(_level(group)))
        for segment, group in table.groupby("segment")[["date", "target"]]
    }
    made: pd.DataFrame = pd.concat(found)
    return made.set_axis(subset(asked), axis=1)


def _level(group: pd.DataFrame) -> pd.DataFrame:
    """Put one series on its calendar; closed days are unknown."""
    daily = group.set_index("date").asfreq("D")
    return daily.where(daily > 0)


PANDAS, ENGINE = "pandas groupby-apply", "feature-engine"
WHOLE = "lineal, all candidates"
BUILDERS: dict[str, Build] = {
    "lineal": lineal_subset,
    PANDAS: pandas_apply,
    ENGINE: feature_engine,
    WHOLE: lineal_whole,
}


def read(path: str | None) -> tuple[pd.DataFrame, Forecast]:
    """Ingest the raw table that the caller or params.yaml names."""
    model = load_params().forecast(MODEL)
    return ingest(read_table(path or model.data.path), model.data)[0], model


def copies(table: pd.DataFrame, scale: int) -> Iterator[pd.DataFrame]:
    """Give the real panel, then copies with other labels and other targets."""
    yield table
    for copy in range(1, scale):
        generator = np.random.default_rng([SEED, copy])
        noise = generator.lognormal(sigma=NOISE, size=len(table))
        labels, targets = f"{copy} / " + table["segment"], table["target"] * noise
        yield table.assign(segment=labels, target=targets)


@dataclass(frozen=True, slots=True)
class Run:
    """What one builder took: the quickest run's seconds, the process's megabytes.

    `before_mb` is the peak of memory before the first run: the libraries and the input.
    """

    builder: str
    scale: int
    input_rows: int
    values: int
    seconds: float
    peak_mb: float
    before_mb: float


def measure(builder: str, scale: int, path: str | None) -> Run:
    """Run one builder, again while that takes little time.

    The whole builder gets one copy of the panel after the other, and its rows are
    let go as if they had been written: a copy is a city, which is what features of
    the system are of. The subset is made of all copies at once, and held at once.
    """
    table, model = read(path)
    whole, times, values = builder == WHOLE, list[float](), 0
    once = [] if whole else [pd.concat(c[NEEDED] for c in copies(table, scale))]
    before = _peak()
    while len(times) < MOST_RUNS and sum(times) < ENOUGH:
        parts = copies(table, scale) if whole else iter(once)
        timed = [_timed(BUILDERS[builder], part, model) for part in parts]
        times.append(sum(seconds for seconds, _ in timed))
        values = sum(made for _, made in timed)
    size = len(table) * scale
    return Run(builder, scale, size, values, min(times), _peak(), before)


def _timed(build: Build, table: pd.DataFrame, model: Forecast) -> tuple[float, int]:
    """Return the seconds that building takes, and how many values it makes."""
    start = perf_counter()
    built, seconds = build(table, model), perf_counter() - start
    return seconds, len(built) * len(built.columns.difference(list(INDEX)))


def _peak() -> float:
    """Return the most memory that this process has held, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / PER_MEGABYTE


def compare(path: str | None) -> list[str]:
    """Check the values of the real panel and of a copy, before anything is timed.

    Raises:
        DisagreementError: A feature differs by more than the tolerance.
    """
    real, model = read(path)
    table = pd.concat(list(copies(real, 2)))
    ours = lineal_subset(table, model).astype({"segment": table["segment"].dtype})
    said = []
    for name, delay in ((PANDAS, 0), (ENGINE, 1)):
        days = ours["origin"] + pd.Timedelta(days=delay)
        at = pd.MultiIndex.from_arrays([ours["segment"], days])
        said.append(_agreement(name, ours, BUILDERS[name](table, model).reindex(at)))
    return said


def _agreement(name: str, ours: pd.DataFrame, theirs: pd.DataFrame) -> str:
    """Compare what both know, which must be nearly all that the other one knows."""
    expected = theirs.to_numpy() / ours[["scale"]].to_numpy()
    off = np.abs(ours[theirs.columns].to_numpy(np.float64) - expected)
    worst = np.nanmax(off / np.maximum(1, np.abs(expected)))
    compared = np.isfinite(off).sum() / theirs.count().sum()
    said = f"{name}: {compared:.2%} of its values compared, at most {worst:.1e} off"
    if not (worst <= TOLERANCE and compared > ENOUGH_SHARE):
        raise DisagreementError(said)
    return said


def report(runs: list[Run]) -> pd.DataFrame:
    """Return the figures of each run, and its ratios to pandas at the same scale."""
    table = pd.DataFrame([asdict(run) for run in runs])
    table["rows_per_s"] = table["input_rows"] / table["seconds"]
    table["values_per_s"] = table["values"] / table["seconds"]
    beside = table[table["builder"] == PANDAS].set_index("scale").loc[table["scale"]]
    for name in ("rows_per_s", "values_per_s", "peak_mb"):
        table[f"{name}_ratio"] = table[name] / beside[name].to_numpy()
    return table


def main() -> None:
    """Compare, measure each builder at each scale, and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=int, nargs="+", default=[1, 10, 50])
    parser.add_argument("--json", action="store_true", help="print JSON, not a table")
    parser.add_argument("--table", help="raw table; that of params.yaml by default")
    asked = parser.parse_args()
    runs = []
    # A process a task, none of them forked: what one held is not counted for another.
    with ProcessPoolExecutor(1, get_context("spawn"), max_tasks_per_child=1) as pool:
        for said in pool.submit(compare, asked.table).result():
            print(said, file=sys.stderr)
        for scale, builder in product(asked.scale, BUILDERS):
            print(f"x{scale}: {builder}", file=sys.stderr)
            runs.append(pool.submit(measure, builder, scale, asked.table).result())
    if asked.json:
        print(json.dumps(report(runs).to_dict("records"), indent=2, sort_keys=True))
    else:
        print(report(runs).to_string(index=False, float_format="{:,.2f}".format))


if __name__ == "__main__":
    main()
