"""Stage `features` of tables: feature rows of every period, checked for leaks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt
import pandas as pd

from lineal.modeling import keys, leaks
from lineal.modeling.declared import availability, declared
from lineal.modeling.features.column import Feature
from lineal.modeling.leaks import Leak
from lineal.modeling.own import OwnFeatures
from lineal.modeling.sections import Runtime
from lineal.modeling.tables import features as made_of
from lineal.modeling.tables.card import Parts
from lineal.modeling.tables.config import Table
from lineal.modeling.tables.index import GROUP, INDEX, TIME
from lineal.modeling.tables.pruning import prune
from lineal.modeling.tables.splits import Cut, cut, folds, group_codes
from lineal.modeling.tables.targets import Targets, targets
from lineal.pipeline.files import load_params, read_table, write_json
from lineal.pipeline.made import Made, write_features, write_rows
from lineal.pipeline.own import load
from lineal.pipeline.paths import Paths
from lineal.pipeline.progress import say

_UNKNOWN = "(missing)"


def make(
    table: pd.DataFrame, model: Table, runtime: Runtime, own: OwnFeatures | None = None
) -> Made[Parts]:
    """Build the rows of each period from an ingested table.

    Raises:
        LeakError: A feature knows too much, and that is to be refused.
        OwnLeakError: A feature of the user's does.
        TooFewRowsError: A period would have no rows, or lack a class.
    """
    read, periods = targets(table, model), cut(table, model, runtime.seed)
    _check_own(table, model, own)
    values, described = made_of.make(table, model, own)
    found = _leaks(values, described, _Asked(table, model, read, periods), runtime.seed)
    rows = pd.concat([_index(table, model, read), values], axis=1)
    train = rows.iloc[periods.train].reset_index(drop=True)
    # By time, no fold is judged by what chose its features. At random each row is
    # judged by some fold, so only what the first one learns from may choose.
    first = folds(train, model, runtime.seed)[0][0]
    pruned = prune(
        train.iloc[first],
        described,
        model,
        classes=read.classes,
        seed=runtime.seed,
        threads=runtime.threads,
    )
    kept = set(pruned.kept)
    columns = [n for n in map(str, rows) if n in kept or n not in values]
    return Made(
        splits=msgspec.structs.replace(periods.parts, classes=read.classes),
        learn=_rows(rows, periods.learn, columns),
        validation=_rows(rows, periods.validation, columns),
        test=_rows(rows, periods.test, columns),
        features=tuple(each for each in described if each.name in kept),
        pruned=pruned,
        leaks=found,
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Asked:
    """What the leak guard is asked about."""

    table: pd.DataFrame
    model: Table
    read: Targets
    periods: Cut


def _check_own(table: pd.DataFrame, model: Table, own: OwnFeatures | None) -> None:
    """Each row must stand for itself, because it is predicted alone."""
    if own is not None:
        own.check(made_of.shown(table, model))


def _leaks(
    values: pd.DataFrame, described: Sequence[Feature], of: _Asked, seed: int
) -> tuple[Leak, ...]:
    """Ask the leak guard about all rows but those of the test period."""
    keep = np.ones(len(values), dtype=bool)
    keep[of.periods.test] = False
    found = leaks.guard(
        values[keep],
        of.read.numbers[keep],
        described,
        kind="value" if of.read.classes is None else "class",
        columns=availability(of.model.data, of.model.data.time),
        asked=of.model.leaks,
        times=_times(of.table[keep], of.model),
        seed=seed,
    )
    leaks.judge(found, of.model.leaks)
    return found


def _times(table: pd.DataFrame, model: Table) -> Mapping[str, Any] | None:
    """Return the moments that a table has, that of the prediction among them."""
    time = model.data.time
    if time is None:
        return None
    moments = {
        name: table[name].to_numpy()
        for name, said in declared(model.data).items()
        if said.type in {"date", "datetime"}
    }
    return {**moments, TIME: moments[time]}


def _index(table: pd.DataFrame, model: Table, read: Targets) -> pd.DataFrame:
    """Return what says which row it is, and what came true."""
    time, segments = model.data.time, [table[name] for name in model.data.segments]
    moments = pd.Series(pd.NaT, table.index) if time is None else table[time]
    label = keys.label(segments).fillna(_UNKNOWN) if segments else "all"
    columns = (
        np.arange(len(table)),
        moments.astype("datetime64[us]"),
        label,
        read.numbers,
        read.weight,
    )
    found = pd.DataFrame(dict(zip(INDEX, columns, strict=True)), index=table.index)
    groups = group_codes(table, model)
    return found if groups is None else found.assign(**{GROUP: groups})


def _rows(
    rows: pd.DataFrame, numbers: npt.NDArray[np.int64], columns: list[str]
) -> pd.DataFrame:
    return rows.loc[rows.index[numbers], columns].reset_index(drop=True)


def main(name: str) -> None:
    """Read, make, write."""
    params, paths = load_params(), Paths(name)
    model = params.table(name)
    own = None if model.features.own is None else load(model.features.own)
    table = read_table(paths.ingested)
    try:
        made = make(table, model, params.runtime, own)
    except leaks.LeakError as error:
        write_json(error.leaks, paths.report("leaks.json"))
        raise
    write_json(made.leaks, paths.report("leaks.json"))
    write_rows(made, paths)
    for leak in made.leaks:
        say(f"{name}: warning: {leak.message}")
    write_features(made, paths)
