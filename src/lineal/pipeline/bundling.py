"""Putting the champion's bundle together."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version

import pandas as pd

from lineal.modeling import bundle
from lineal.modeling.assessment import Assessment
from lineal.modeling.card import Card, Stored
from lineal.modeling.config import Model, Runtime
from lineal.modeling.errors_by_day import Errors
from lineal.modeling.evaluation import DIRECTIONS
from lineal.modeling.features.column import Feature
from lineal.modeling.profile import profile
from lineal.modeling.signature import Signature, forecast_outputs
from lineal.modeling.splits import Splits
from lineal.modeling.tally import tally
from lineal.pipeline.files import write_json, write_table, write_text
from lineal.pipeline.paths import Paths
from lineal.pipeline.results import Result

LIBRARIES = (
    "holidays",
    "joblib",
    "numpy",
    "pandas",
    "pyarrow",
    "scikit-learn",
    "scipy",
    "skops",
    "threadpoolctl",
    "xgboost",
)


@dataclass(frozen=True, slots=True, eq=False)
class Material:
    """What a bundle is made of.

    Attributes:
        name: The model's.
        model: What params.yaml says of it.
        runtime: Seed and threads.
        results: What `train` recorded of each candidate.
        splits: The periods.
        table: The ingested table.
        learn: The rows that the champion learned from.
        features: The features that it sees.
        stored: Its bytes' hash and size.
        assessment: The test period.
    """

    name: str
    model: Model
    runtime: Runtime
    results: Mapping[str, Result]
    splits: Splits
    table: pd.DataFrame
    learn: pd.DataFrame
    features: tuple[Feature, ...]
    stored: Stored
    assessment: Assessment


def make_card(of: Material) -> Card:
    """Gather the facts of the champion."""
    found, model, data = of.assessment, of.model, of.model.data
    champion = found.selection.champion
    return Card(
        model=of.name,
        task=model.task,
        description=model.description,
        target=data.target,
        time=data.time,
        segment_columns=data.segments,
        segments=tuple(sorted(of.table["segment"].astype(str).unique())),
        horizon=model.horizon,
        known=data.known,
        observed=data.observed,
        recipe=model.features,
        features=tuple(feature.name for feature in of.features),
        feature_types={feature.name: feature.type for feature in of.features},
        signature=_signature(model),
        champion=champion,
        metric=model.selection.metric,
        params={**model.candidates[champion].fixed, **of.results[champion].params},
        stored=of.stored,
        selection=found.selection,
        candidates={name: result.validated for name, result in of.results.items()},
        test=found.test,
        by_horizon=found.by_horizon,
        by_segment=found.by_segment,
        coverage=found.coverage,
        coverage_by_horizon=found.coverage_by_horizon,
        compared=found.compared,
        rows={"learn": len(of.learn), "test": len(found.predictions)},
        splits=of.splits,
        data=_data(of),
        seed=of.runtime.seed,
        threads=of.runtime.threads,
        libraries={library: version(library) for library in LIBRARIES},
    )


def _data(of: Material) -> dict[str, str | int]:
    """Say which raw table it was, and what it covers."""
    dates = of.table["date"]
    return {
        "path": of.model.data.path,
        "rows": len(dates),
        "first": dates.min().date().isoformat(),
        "last": dates.max().date().isoformat(),
    }


def _signature(model: Model) -> Signature:
    """Say what goes into a forecast, and what comes out."""
    outputs = forecast_outputs(model.horizon, model.intervals.levels)
    return Signature.of_data(model.data, outputs)


def write_bundle(of: Material, paths: Paths) -> Card:
    """Write every part of the bundle but the model itself and features.json."""
    card = make_card(of)
    pins = [f"{library}=={pin}\n" for library, pin in card.libraries.items()]
    write_json(card, paths.bundle("card.json"))
    write_json(card.signature, paths.bundle("signature.json"))
    write_json(profile(of.learn, card.features), paths.bundle("profile.json"))
    write_text(of.assessment.calibration.to_json(), paths.bundle("calibration.json"))
    write_text(_errors(of).to_json(), paths.bundle("errors.json"))
    write_text("".join(pins), paths.bundle("requirements.txt"))
    recent = bundle.tail(of.table, of.model.bundle.origins)
    write_table(recent, paths.bundle("history.parquet"))
    return card


def _errors(of: Material) -> Errors:
    """Add up the champion's errors by day, for versions to be compared by."""
    found, block = of.assessment, of.model.significance.block
    return tally(found.predictions, found.selection.champion, block=block)


def metrics(card: Card) -> dict[str, object]:
    """Return the numbers that `dvc metrics` shows."""
    scores = card.test[card.champion]
    return {
        "test": {name: getattr(scores, name) for name in DIRECTIONS},
        "coverage": {f"coverage_{level}": v for level, v in card.coverage.items()},
        "candidates": {
            name: {"cv": card.candidates[name].mean, "test": card.test[name].wape}
            for name in card.test
        },
    }
