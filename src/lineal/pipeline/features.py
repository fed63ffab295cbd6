"""Stage `features`: feature rows of every period, and what they are made of."""

from dataclasses import dataclass

import pandas as pd

from lineal.modeling.config import Model, Runtime
from lineal.modeling.evaluation import naive_errors, naive_scale
from lineal.modeling.features.column import Feature
from lineal.modeling.features.matrix import Recipe, recipe, rows
from lineal.modeling.features.pruning import Pruned, prune
from lineal.modeling.index import BASELINE_FEATURES, NAIVE_ERROR
from lineal.modeling.panel import from_table
from lineal.modeling.splits import Period, Splits, split
from lineal.pipeline.files import load_params, read_table, write_json, write_table
from lineal.pipeline.paths import Paths
from lineal.pipeline.progress import say


@dataclass(frozen=True, slots=True, eq=False)
class Made:
    """What the stage makes.

    Attributes:
        splits: The periods.
        learn: Rows of train and validation, with `naive_error` for MASE.
        validation: Rows of validation at its own spacing of origins.
        test: Rows of the test period.
        features: Descriptions of the features kept.
        pruned: What was kept, what was dropped, and why.
    """

    splits: Splits
    learn: pd.DataFrame
    validation: pd.DataFrame
    test: pd.DataFrame
    features: tuple[Feature, ...]
    pruned: Pruned


def make(table: pd.DataFrame, model: Model, runtime: Runtime) -> Made:
    """Build the rows of each period from an ingested table."""
    panel = from_table(table, known=model.data.known, observed=model.data.observed)
    first = panel.dates[0].tolist()
    splits = split(first, len(panel.dates), model.horizon, model.split)
    made = recipe(
        panel, model.features, target=model.data.target, horizon=model.horizon
    )
    naive = naive_scale(table, pd.Timestamp(splits.train.last))

    def usable(period: Period, only: tuple[str, ...] | None = None) -> pd.DataFrame:
        """Read a period's rows whose target was counted and whose scale is known."""
        found = rows(made, period.indexes(panel.dates), only=only)
        found.insert(6, NAIVE_ERROR, naive_errors(found["segment"], naive))
        keep = found["target"].notna() & found["scale"].notna()
        return found[keep].reset_index(drop=True)

    learn = usable(splits.learn)
    # What any fold is judged by must not have chosen its features.
    first = splits.folds[0].train
    training = learn[first.mask(learn["origin"].to_numpy())]
    pruned = prune(
        training,
        [feature.name for feature in made.features],
        model.features.pruning,
        keep=BASELINE_FEATURES,
        seed=runtime.seed,
        threads=runtime.threads,
    )
    index = [name for name in learn.columns if name not in _names(made)]
    return Made(
        splits=splits,
        learn=learn[[*index, *pruned.kept]],
        validation=usable(splits.validation, pruned.kept),
        test=usable(splits.test, pruned.kept),
        features=tuple(f for f in made.features if f.name in set(pruned.kept)),
        pruned=pruned,
    )


def _names(made: Recipe) -> set[str]:
    return {feature.name for feature in made.features}


def main(name: str) -> None:
    """Read, make, write."""
    params, paths = load_params(), Paths(name)
    made = make(read_table(paths.ingested), params.model(name), params.runtime)
    for period, table in (
        ("learn", made.learn),
        ("validation", made.validation),
        ("test", made.test),
    ):
        write_table(table, paths.rows(period))
        say(f"{name}: {period}: {len(table):,} rows")
    kept, dropped = made.pruned.kept, made.pruned.dropped
    write_json(made.features, paths.bundle("features.json"))
    write_json(made.splits, paths.report("splits.json"))
    write_json(
        {
            "candidates": len(kept) + len(dropped),
            "kept": len(kept),
            "dropped": dropped,
        },
        paths.report("pruning.json"),
    )
    say(f"{name}: {len(kept) + len(dropped)} features made, {len(kept)} kept")
