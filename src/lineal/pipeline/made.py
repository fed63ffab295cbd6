"""What the stage `features` of any task makes, and leaves for later stages."""

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import pandas as pd

from lineal.modeling.features.column import Feature
from lineal.modeling.features.pruning import Pruned
from lineal.modeling.leaks import Leak
from lineal.pipeline.files import write_json, write_table
from lineal.pipeline.paths import Paths
from lineal.pipeline.progress import say

S = TypeVar("S")


@dataclass(frozen=True, slots=True, eq=False)
class Made(Generic[S]):
    """What the stage makes.

    Attributes:
        splits: The periods.
        learn: Rows of train and validation, of which the champion learns.
        validation: Rows of validation, of a forecast at their own spacing of origins.
        test: Rows of the test period.
        features: Descriptions of the features kept.
        pruned: What was kept, what was dropped, and why.
        leaks: Signs that a column knows too much.
    """

    splits: S
    learn: pd.DataFrame
    validation: pd.DataFrame
    test: pd.DataFrame
    features: tuple[Feature, ...]
    pruned: Pruned
    leaks: tuple[Leak, ...] = ()


def write_rows(made: Made[Any], paths: Paths) -> None:
    """Write the rows of each period."""
    for period, rows in (
        ("learn", made.learn),
        ("validation", made.validation),
        ("test", made.test),
    ):
        write_table(rows, paths.rows(period))
        say(f"{paths.model}: {period}: {len(rows):,} rows")


def write_features(made: Made[Any], paths: Paths) -> None:
    """Write what rows are made of, and what was left out."""
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
    say(f"{paths.model}: {len(kept) + len(dropped)} features made, {len(kept)} kept")
