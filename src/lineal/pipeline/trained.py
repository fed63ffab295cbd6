"""What the stage `train` of any task makes, and leaves for later stages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, stdev
from typing import Any, Generic, TypeVar

import numpy as np
import pandas as pd

from lineal.modeling import storage
from lineal.modeling.halving import Search
from lineal.pipeline.files import write_bytes, write_json, write_table
from lineal.pipeline.paths import Paths
from lineal.pipeline.progress import say

M = TypeVar("M")
S = TypeVar("S")


@dataclass(frozen=True, slots=True, eq=False)
class Trained(Generic[M, S]):
    """What the stage makes.

    Attributes:
        model: Fitted on train and validation together.
        early: Fitted on train alone, so that validation rows are new to it.
        validation: The validation rows' index and what the early copy answered.
        search: How the parameters were found.
        folds: Scores of each fold.
        scores: Scores on validation.
    """

    model: M
    early: M
    validation: pd.DataFrame
    search: Search
    folds: tuple[S, ...]
    scores: S


def summary(
    candidate: str, trained: Trained[Any, Any], metric: str, values: Sequence[float]
) -> dict[str, Any]:
    """Return what Git keeps of a candidate: scores by fold, mean and spread.

    Args:
        candidate: Its name.
        trained: What it became.
        metric: What the champion is chosen by.
        values: That metric of each fold, one at least; a single one has no spread.
    """
    spread = stdev(values) if len(values) > 1 else 0.0
    return {
        "candidate": candidate,
        "metric": metric,
        "mean": fmean(values),
        "standard_deviation": spread,
        "standard_error": spread / np.sqrt(len(values)),
        "folds": trained.folds,
        "validation": trained.scores,
        "params": trained.search.best,
        "trials": trained.search.trials,
    }


def write(trained: Trained[Any, Any], found: Mapping[str, Any], paths: Paths) -> None:
    """Write both copies, what the early one answered, and what Git keeps."""
    candidate = str(found["candidate"])
    folder = paths.candidate(candidate)
    final = storage.dump(trained.model, "joblib")
    early = storage.dump(trained.early, "joblib")
    write_bytes(final, folder / "model.joblib")
    write_bytes(early, folder / "early.joblib")
    write_table(trained.validation, folder / "validation.parquet")
    hashes = {"md5": storage.md5(final), "early_md5": storage.md5(early)}
    write_json({**found, **hashes}, paths.report(f"candidates/{candidate}.json"))
    say(
        f"{candidate}: cross-validated {found['metric']} "
        f"{found['mean']:.4f} ± {found['standard_deviation']:.4f}"
    )
