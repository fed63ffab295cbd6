"""Stage `features`: feature rows of every period, and what they are made of."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from lineal.modeling.config import Forecast
from lineal.modeling.declared import declared
from lineal.modeling.evaluation import naive_errors, naive_scale
from lineal.modeling.features.column import Feature
from lineal.modeling.features.matrix import Recipe, recipe, rows
from lineal.modeling.features.pruning import prune
from lineal.modeling.index import NAIVE_ERROR
from lineal.modeling.leaks import Leak, guard, judge
from lineal.modeling.own import OwnFeatures
from lineal.modeling.own_covariates import Naming, check, extend
from lineal.modeling.panel import Panel, from_table
from lineal.modeling.rhythm import RHYTHMS
from lineal.modeling.sections import Column, Runtime
from lineal.modeling.splits import (
    HistoryTooShortError,
    Period,
    Splits,
    fold_rows,
    split,
)
from lineal.pipeline.files import load_params, read_table, write_json
from lineal.pipeline.made import Made, write_features, write_rows
from lineal.pipeline.own import load
from lineal.pipeline.paths import Paths
from lineal.pipeline.progress import say

# Lags of a target tell it well and by right: only what is beside it can leak.
_GUARDED = frozenset({"known", "observed", "own"})


def naming(model: Forecast) -> Naming:
    """Return what the columns of an ingested table are called in the raw one."""
    data = model.data
    return Naming(data.time, data.target, data.segments, data.known, data.observed)


def spread(
    table: pd.DataFrame, model: Forecast, own: OwnFeatures | None = None
) -> Panel:
    """Spread an ingested table and the user's features of it over its calendar."""
    extended = extend(table, own, naming(model))
    return from_table(
        extended.table,
        known=extended.known,
        observed=extended.observed,
        rhythm=RHYTHMS[model.data.frequency],
        counted=model.data.sign != "open",
        own=extended.own,
    )


def make(
    table: pd.DataFrame,
    model: Forecast,
    runtime: Runtime,
    own: OwnFeatures | None = None,
) -> Made[Splits]:
    """Build the rows of each period from an ingested table."""
    panel, rhythm = spread(table, model, own), RHYTHMS[model.data.frequency]
    splits = split(panel.dates, model.horizon, model.split, rhythm)
    made = recipe(
        panel, model.features, target=model.data.target, horizon=model.horizon
    )
    naive = naive_scale(table, splits.train.last, rhythm)

    def usable(period: Period, only: tuple[str, ...] | None = None) -> pd.DataFrame:
        """Read a period's rows whose target was counted and whose scale is known."""
        found = rows(made, period.indexes(panel.dates), only=only, usable=True)
        found.insert(6, NAIVE_ERROR, naive_errors(found["segment"], naive))
        return found

    learn = usable(splits.learn)
    if learn.empty:
        msg = (
            f"nothing can be learned: from {splits.learn.first} to {splits.learn.last} no "
            f"series has {rhythm.least} {rhythm.steps} with a target other than zero"
        )
        raise HistoryTooShortError(msg)
    train = learn["origin"][splits.train.mask(learn["origin"].to_numpy())]
    fold_rows(train.to_numpy(), splits.folds)  # refuses folds without rows
    # What any fold is judged by must not have chosen its features.
    first = splits.folds[0].train
    training = learn[first.mask(learn["origin"].to_numpy())]
    pruned = prune(
        training,
        [feature.name for feature in made.features],
        model.features.pruning,
        keep=rhythm.baseline,
        seed=runtime.seed,
        threads=runtime.threads,
    )
    leaks = signs(training, made, model, runtime.seed)
    index = [name for name in learn.columns if name not in _names(made)]
    return Made(
        splits=splits,
        learn=learn[[*index, *pruned.kept]],
        validation=usable(splits.validation, pruned.kept),
        test=usable(splits.test, pruned.kept),
        features=tuple(f for f in made.features if f.name in set(pruned.kept)),
        pruned=pruned,
        leaks=leaks,
    )


def signs(
    training: pd.DataFrame, made: Recipe, model: Forecast, seed: int
) -> tuple[Leak, ...]:
    """Look for covariates and own features that know the target too well.

    What is known of the date is looked at in scales too, because it may be in the
    target's unit. What is observed up to the origin may be available later than that.
    Series share much of both, the weather for one, so that a number may name a date: no
    date, or origin, is judged by itself.
    """
    guarded = [each for each in made.features if each.group in _GUARDED]
    dated = _of_date(made.panel)
    ahead = [each for each in guarded if each.name in dated]
    ratio = (training["target"] / training["scale"]).to_numpy(dtype=np.float64)
    columns: dict[str, Column] = {
        name: column
        for name, column in declared(model.data).items()
        if name in model.data.known
    }

    def found(of: Sequence[Feature], when: str, unit: str = "") -> tuple[Leak, ...]:
        features = training[[each.name for each in of]]
        return guard(
            features.div(training[unit], axis=0) if unit else features,
            ratio,
            of,
            kind="value",
            columns=columns,
            asked=model.leaks,
            together=training[when].to_numpy(),
            seed=seed,
        )

    past = [each for each in guarded if each.name not in dated]
    plain = (*found(past, "origin"), *found(ahead, "date"))
    told = {leak.feature for leak in plain}
    rest = [f for f in ahead if f.name.startswith("known_") and f.name not in told]
    return (*plain, *found(rest, "date", "scale"))


def _of_date(panel: Panel) -> set[str]:
    """Return the features that are read at the target's date."""
    given = set(panel.known) - panel.own
    made = {f"{kind}_{name}" for kind in ("known", "effect") for name in given}
    return made | (set(panel.known) & panel.own)


def _names(made: Recipe) -> set[str]:
    return {feature.name for feature in made.features}


def main(name: str) -> None:
    """Read, make, write."""
    params, paths = load_params(), Paths(name)
    model, table = params.forecast(name), read_table(paths.ingested)
    own = None if model.features.own is None else load(model.features.own)
    if own is not None:
        check(table, own, naming(model), params.runtime.seed)
    made = make(table, model, params.runtime, own)
    write_json(made.leaks, paths.report("leaks.json"))
    for leak in made.leaks:
        say(f"{name}: warning: {leak.message}")
    judge(made.leaks, model.leaks)
    write_rows(made, paths)
    write_features(made, paths)
