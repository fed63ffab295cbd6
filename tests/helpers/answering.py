"""Small classifiers and regressors of flights that are really trained."""

from functools import cache
from typing import Any, Literal

import msgspec
import numpy as np
import pandas as pd

from helpers import table_cards
from lineal.modeling.own import OwnFeatures
from lineal.modeling.sections import (
    Bundle,
    Candidate,
    Column,
    Explain,
    Intervals,
    Pruning,
    Significance,
    Tuning,
)
from lineal.modeling.signature import Field, Signature
from lineal.modeling.tables import calibration, candidates, features, intervals
from lineal.modeling.tables.card import TableCard
from lineal.modeling.tables.config import (
    Amount,
    Classes,
    Classification,
    ClassSelection,
    Event,
    Probabilities,
    Regression,
    Table,
    TableData,
    TableFeatures,
    TableSplit,
    ValueSelection,
)
from lineal.modeling.tables.predictor import Predictor
from lineal.modeling.tables.targets import targets

Task = Literal["two", "three", "numbers"]

ROWS = 400
OWN = """\
def features(table):
    return table[["distance"]].rename(columns={"distance": "miles"}) / 100
"""
COLUMNS = {
    "carrier": Column(type="string"),
    "distance": Column(type="integer", min=0),
    "wind": Column(type="number", missing=1.0),
    "heavy": Column(type="boolean"),
    "day": Column(type="date"),
    "delay": Column(type="number", missing=1.0),
}
INPUTS = (
    Field(name="carrier", type="string"),
    Field(name="distance", type="integer", min=0.0),
    Field(name="wind", type="float", required=False),
    Field(name="heavy", type="integer", min=0, max=1),
    Field(name="day", type="date"),
)


@cache
def table() -> pd.DataFrame:
    """Return flights whose delay grows with distance and wind, more so for one."""
    rng = np.random.default_rng(7)
    carrier = rng.choice(["AA", "DL", "UA"], ROWS)
    distance = rng.integers(100, 3000, ROWS).astype(np.float64)
    wind = rng.normal(10, 4, ROWS).round(1)
    late = 20 * (carrier == "UA") + distance / 100 + 2 * (wind - 10)
    columns = {
        "carrier": carrier.astype(object),
        "distance": distance,
        "wind": np.where(rng.random(ROWS) < 0.1, np.nan, wind),
        "heavy": (distance > 2000).astype(np.float64),
        "day": pd.date_range("2024-01-01", periods=ROWS).astype("datetime64[us]"),
        "delay": (late + rng.normal(0, 5, ROWS)).round(),
    }
    return pd.DataFrame(columns)


def flights(rows: int = 5) -> pd.DataFrame:
    """Return flights as people hand them in: no target, dates as text."""
    found = table().drop(columns="delay")[:rows].copy()
    found["day"] = found["day"].dt.strftime("%Y-%m-%d")
    return found


def asked(task: Task, own: str | None = None) -> Table:
    """Return what params.yaml says of such a model."""
    shared: dict[str, Any] = {
        "description": "Will a flight be late?",
        "data": TableData(path="f.csv", target="delay", time="day", columns=COLUMNS),
        "split": TableSplit(by="time", train=0.6, validation=0.2, test=0.2, folds=2),
        "features": TableFeatures(
            own=own, pruning=Pruning(rows=1, rounds=1, min_gain=0)
        ),
        "tuning": Tuning(budget=1, factor=2, rows=1),
        "candidates": {"linear": Candidate()},
        "significance": Significance(replicates=9, block=1, confidence=0.9),
        "explain": Explain(rows=1, repeats=1, shap_rows=1),
        "bundle": Bundle(format="joblib", origins=1),
    }
    chosen: dict[str, Any] = {"baseline": "linear", "order": ("linear",)}
    if task == "numbers":
        return Regression(
            predict=Amount(floor=0.0),
            calibration=Intervals(levels=(0.8,)),
            selection=ValueSelection(metric="mae", **chosen),
            **shared,
        )
    event = Event(at_least=20.0) if task == "two" else None
    return Classification(
        predict=Classes(event=event),
        selection=ClassSelection(metric="log_loss", **chosen),
        **shared,
    )


def predictor(
    task: Task = "two", kind: str = "linear", own: str | None = None
) -> Predictor:
    """Train a model; its calibration learned from the same rows."""
    # A booster that outlives the interpreter's modules complains when it is freed.
    return _trained(task, kind, own) if kind == "xgboost" else _kept(task, kind, own)


@cache
def _kept(task: Task, kind: str, own: str | None) -> Predictor:
    return _trained(task, kind, own)


def _trained(task: Task, kind: str, own: str | None) -> Predictor:
    model, rows_ = asked(task, "features.py" if own else None), table()
    if task == "three":
        rows_ = rows_.assign(delay=np.digitize(rows_["delay"], [10, 30]) * 10.0)
    made, described = features.make(rows_, model, OwnFeatures.of(own) if own else None)
    found = targets(rows_, model)
    fixed = {"n_estimators": 8, "max_depth": 3} if kind == "xgboost" else {}
    learner = candidates.learner(
        kind, fixed, described, model=model, classes=found.classes, seed=1, threads=1
    ).fit(made, found.numbers)
    answers = learner.answer(made)
    card = _card(model, found.classes, [each.name for each in described], own)
    if found.classes is None:
        ends = intervals.calibrate(found.numbers, answers, (0.8,), floor=0.0)
        return Predictor(card, learner, ends, rows_[:50])
    positive = None if found.positive is None else 1
    meant = calibration.calibrate(
        found.numbers, answers, Probabilities(), positive=positive
    )
    return Predictor(card, learner, meant, rows_[:50])


def _card(
    model: Table, classes: tuple[str, ...] | None, names: list[str], own: str | None
) -> TableCard:
    """Return the facts of the model; scores are made up."""
    changes: dict[str, Any] = {
        "target": "delay",
        "time": "day",
        "recipe": model.features,
        "own": own,
        "dates": ("day",),
        "levels": {"carrier": ("AA", "DL", "UA")},
        "features": tuple(names),
        "feature_types": dict.fromkeys(names, "number"),
        "signature": Signature(
            inputs=INPUTS, outputs=(Field(name="delay", type="float"),)
        ),
    }
    if classes is None:
        return table_cards.regressor(**changes)
    made = table_cards.classifier(**changes)
    assert made.classing is not None
    positive = classes[-1] if len(classes) == 2 else None
    classing = msgspec.structs.replace(
        made.classing,
        classes=classes,
        positive=positive,
        choice=made.classing.choice if positive else None,
    )
    return msgspec.structs.replace(made, classing=classing)
