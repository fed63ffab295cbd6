"""Putting the champion's bundle together."""

from lineal.modeling import bundle
from lineal.modeling.assessment import Assessment
from lineal.modeling.card import Card
from lineal.modeling.config import Forecast
from lineal.modeling.errors_by_day import Errors
from lineal.modeling.evaluation import DIRECTIONS
from lineal.modeling.profile import profile
from lineal.modeling.rhythm import RHYTHMS
from lineal.modeling.signature import Signature, forecast_outputs
from lineal.modeling.splits import Splits
from lineal.modeling.tally import tally
from lineal.pipeline import material
from lineal.pipeline.candidates import libraries
from lineal.pipeline.material import write_beside, write_card
from lineal.pipeline.paths import Paths

Material = material.Material[Forecast, Splits, Assessment]


def make_card(of: Material) -> Card:
    """Gather the facts of the champion."""
    found, model, data = of.assessment, of.model, of.model.data
    champion = found.selection.champion
    return Card(
        version=1,
        model=of.name,
        task=model.task,
        description=model.description,
        target=data.target,
        time=data.time,
        segment_columns=data.segments,
        segments=tuple(sorted(of.table["segment"].astype(str).unique())),
        frequency=data.frequency,
        sign=data.sign,
        own=of.own,
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
        libraries=libraries(model.candidates[champion].kind),
    )


def _data(of: Material) -> dict[str, str | int]:
    """Say which raw table it was, and what it covers."""
    dates, rhythm = of.table["date"], RHYTHMS[of.model.data.frequency]
    return {
        "path": of.model.data.path,
        "rows": len(dates),
        "first": rhythm.text(dates.min().to_datetime64()),
        "last": rhythm.text(dates.max().to_datetime64()),
    }


def _signature(model: Forecast) -> Signature:
    """Say what goes into a forecast, and what comes out."""
    data = model.data
    outputs = forecast_outputs(
        model.horizon,
        model.calibration.levels,
        frequency=data.frequency,
        sign=data.sign,
    )
    return Signature.of_data(data, outputs)


def write_bundle(of: Material, paths: Paths) -> Card:
    """Write every part of the bundle but the model itself and features.json."""
    card = make_card(of)
    write_card(card, paths)
    write_beside(
        paths,
        profile=profile(of.learn, card.features),
        history=bundle.tail(of.table, of.model.bundle.origins, card.rhythm),
        texts={
            "calibration.json": of.assessment.calibration.to_json(),
            "errors.json": _errors(of).to_json(),
        },
    )
    return card


def _errors(of: Material) -> Errors:
    """Add up the champion's errors by day, for versions to be compared by."""
    found, rhythm = of.assessment, RHYTHMS[of.model.data.frequency]
    block = rhythm.blocks(of.model.significance.block)
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
