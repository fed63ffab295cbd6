"""Putting the champion's bundle together, of classifiers and regressors."""

from typing import Any

import numpy as np
import pandas as pd

from lineal.modeling.tables.assessment import TableAssessment
from lineal.modeling.tables.card import Parts, TableCard
from lineal.modeling.tables.config import Classification, Table
from lineal.modeling.tables.index import ROW
from lineal.modeling.tables.profile import profile
from lineal.modeling.tables.quality import moment
from lineal.modeling.tables.scores import DIRECTIONS
from lineal.modeling.tables.signature import levels, needed, sign
from lineal.pipeline import material
from lineal.pipeline.candidates import libraries
from lineal.pipeline.material import write_beside, write_card
from lineal.pipeline.paths import Paths

Material = material.Material[Table, Parts, TableAssessment]


def make_card(of: Material) -> TableCard:
    """Gather the facts of the champion."""
    found, model, data = of.assessment, of.model, of.model.data
    champion, inputs = found.selection.champion, needed(of.model, of.features)
    known = of.table.iloc[of.learn[ROW].to_numpy()]
    return TableCard(
        model=of.name,
        task=model.task,
        description=model.description,
        target=data.target,
        event=_event(model),
        time=data.time,
        segment_columns=data.segments,
        recipe=model.features,
        own=of.own,
        dates=tuple(n for n, c in inputs.items() if c.type in {"date", "datetime"}),
        levels=levels(known, inputs),
        features=tuple(feature.name for feature in of.features),
        feature_types={feature.name: feature.type for feature in of.features},
        signature=sign(model, of.features, of.splits.classes),
        champion=champion,
        metric=model.selection.metric,
        params={**model.candidates[champion].fixed, **of.results[champion].params},
        stored=of.stored,
        selection=found.selection,
        candidates={name: result.validated for name, result in of.results.items()},
        test=found.test,
        raw=found.raw,
        by_segment=found.by_segment,
        classing=found.classing,
        coverage=found.coverage,
        compared=found.compared,
        rows={"learn": len(of.learn), "test": len(found.predictions)},
        splits=of.splits,
        data=_data(of),
        seed=of.runtime.seed,
        threads=of.runtime.threads,
        libraries=libraries(model.candidates[champion].kind),
    )


def _event(model: Table) -> str | None:
    """Word what a number must be to count as yes."""
    if not isinstance(model, Classification) or model.predict.event is None:
        return None
    event = model.predict.event
    if event.at_least is not None:
        return f"{model.data.target} >= {event.at_least:g}"
    return f"{model.data.target} <= {event.at_most:g}"


def _data(of: Material) -> dict[str, Any]:
    """Say which raw tables they were, and what they cover."""
    data = of.model.data
    said: dict[str, Any] = {}
    if data.time is not None:
        times = of.table[data.time]
        said = {"first": moment(times.min()), "last": moment(times.max())}
    if data.joins:
        said["joined"] = [join.table for join in data.joins]
    if data.table is not None:
        said["table"] = data.table
    return {"path": data.path, "rows": len(of.table), **said}


def write_bundle(of: Material, paths: Paths) -> TableCard:
    """Write every part of the bundle but the model itself and features.json."""
    card, found = make_card(of), of.assessment
    write_card(card, paths)
    write_beside(
        paths,
        profile=profile(of.learn, card.feature_types),
        history=history(of, card),
        texts={
            "calibration.json": found.calibration.to_json(),
            "errors.json": found.errors.to_json(),
        },
    )
    return card


def history(of: Material, card: TableCard) -> pd.DataFrame:
    """Return rows that the model knows, evenly from the latest that it learned from."""
    latest = of.learn[ROW].to_numpy()[-of.splits.validation.rows :]
    size = min(of.model.bundle.origins, len(latest))
    places = np.linspace(0, len(latest) - 1, size).round().astype(np.int64)
    columns = [*(field.name for field in card.signature.inputs), card.target]
    rows = of.table.loc[np.sort(latest[places]), columns]
    return rows.reset_index(drop=True)


def metrics(card: TableCard) -> dict[str, object]:
    """Return the numbers that `dvc metrics` shows."""
    scores = card.test[card.champion]
    return {
        "test": {name: scores[name] for name in DIRECTIONS if name in scores},
        "coverage": {f"coverage_{level}": v for level, v in card.coverage.items()},
        "candidates": {
            name: {
                "cv": card.candidates[name].mean,
                "test": card.test[name][card.metric],
            }
            for name in card.test
        },
    }
