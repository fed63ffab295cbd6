"""Made-up cards of a classifier and of a regressor, as the pipeline writes them."""

from typing import Any

import msgspec

from lineal.modeling.card import Compared, Stored
from lineal.modeling.selection import Selection, Validated
from lineal.modeling.signature import Field, Signature
from lineal.modeling.significance import Comparison
from lineal.modeling.tables.card import (
    Choice,
    Classing,
    ClassReport,
    Part,
    Parts,
    TableCard,
)
from lineal.modeling.tables.config import TableFeatures

_INPUTS = (
    Field(name="carrier", type="string"),
    Field(name="distance", type="integer", min=0.0, max=5000.0),
    Field(name="wind", type="float", required=False),
)


def scores(**changes: float | None) -> dict[str, float | None]:
    """Return a classifier's scores, with some said otherwise."""
    found: dict[str, float | None] = {
        "rows": 1500,
        "roc_auc": 0.7412,
        "average_precision": 0.3801,
        "log_loss": 0.4102,
        "brier": 0.1287,
        "accuracy": 0.8123,
        "macro_f1": 0.6034,
    }
    return found | changes


def amounts(**changes: float | None) -> dict[str, float | None]:
    """Return a regressor's scores, with some said otherwise."""
    found: dict[str, float | None] = {
        "rows": 1500,
        "mae": 12.5,
        "rmse": 20.25,
        "r2": 0.9123,
        "mape": 0.0812,
    }
    return found | changes


def classifier(**changes: Any) -> TableCard:
    """Return the card of a model of two classes, with some parts said otherwise."""
    return msgspec.structs.replace(_CLASSIFIER, **changes)


def regressor(**changes: Any) -> TableCard:
    """Return the card of a model of numbers, with some parts said otherwise."""
    parts: dict[str, Any] = {
        "model": "fares",
        "task": "regression",
        "description": "What does a flight cost?",
        "target": "price",
        "time": None,
        "metric": "rmse",
        "signature": Signature(
            inputs=_INPUTS, outputs=(Field(name="price", type="float", min=0.0),)
        ),
        "candidates": {
            "baseline": Validated(mean=40.5, standard_error=1.5),
            "xgboost": Validated(mean=21.5, standard_error=0.75),
        },
        "test": {"baseline": amounts(rmse=41.0), "xgboost": amounts()},
        "by_segment": {"EWR": amounts(rmse=18.0), "JFK": amounts(rmse=23.0)},
        "classing": None,
        "coverage": {"80": 0.7912},
        "splits": _parts("random", None),
        "data": {"path": "data/raw/fares.csv", "rows": 10_000},
    }
    return msgspec.structs.replace(_CLASSIFIER, **(parts | changes))


def as_json(card: TableCard) -> bytes:
    """Return what card.json holds."""
    return msgspec.json.encode(card)


def _parts(by: Any, days: tuple[str, ...] | None) -> Parts:
    """Cut ten thousand rows, of some days or of none."""
    ends = days or (None,) * 4
    train, validation, test = (
        Part(rows=rows, first=ends[at], last=ends[at + 1])
        for at, rows in enumerate((7000, 1500, 1500))
    )
    learn = Part(rows=8500, first=ends[0], last=ends[2])
    return Parts(
        by=by, train=train, validation=validation, test=test, learn=learn, folds=5
    )


_CLASSIFIER = TableCard(
    model="delays",
    task="classification",
    description="Will a flight arrive late?",
    target="arr_delay",
    time="time_hour",
    segment_columns=("origin",),
    recipe=TableFeatures(),
    own=None,
    dates=(),
    levels={"carrier": ("AA", "UA")},
    features=("carrier", "distance", "wind"),
    feature_types={"carrier": "code", "distance": "number", "wind": "number"},
    signature=Signature(
        inputs=_INPUTS, outputs=(Field(name="arr_delay", type="string"),)
    ),
    champion="xgboost",
    metric="roc_auc",
    params={"max_depth": 7},
    stored=Stored(file="model.joblib", md5="0" * 32, size=2_345_678, format="joblib"),
    selection=Selection(
        champion="xgboost",
        best="xgboost",
        runner_up="baseline",
        threshold=0.74,
        reason="xgboost has the best cross-validated ROC AUC (0.7455).",
    ),
    candidates={
        "baseline": Validated(mean=0.5, standard_error=0.0),
        "xgboost": Validated(mean=0.7455, standard_error=0.0051),
    },
    test={"baseline": scores(roc_auc=0.5), "xgboost": scores()},
    by_segment={"EWR": scores(roc_auc=0.75), "JFK": scores(roc_auc=None)},
    classing=Classing(
        classes=("no", "yes"),
        positive="yes",
        calibration="isotonic",
        calibration_reason="It lowers the log loss from 0.4210 to 0.4102.",
        choice=Choice(
            threshold=0.3125,
            objective="f1",
            reason="At 0.3125 the F1 on validation is best.",
        ),
        report=(
            ClassReport(
                label="no", share=0.8, support=1200, precision=0.9, recall=0.8, f1=0.85
            ),
            ClassReport(
                label="yes", share=0.2, support=300, precision=0.4, recall=0.6, f1=0.48
            ),
        ),
        confusion=((960, 240), (120, 180)),
    ),
    coverage={},
    compared=(
        Compared(
            other="baseline",
            comparison=Comparison(0.24, 0.22, 0.26, 0.95, 1.0, 7, 2000, 50),
            meaning="xgboost's ROC AUC is 0.24 higher than baseline's.",
        ),
    ),
    rows={"learn": 8500, "test": 1500},
    splits=_parts("time", ("2013-01-01", "2013-09-10", "2013-11-06", "2013-12-31")),
    data={
        "path": "data/raw/delays",
        "rows": 10_000,
        "first": "2013-01-01T05:00:00",
        "last": "2013-12-31T23:00:00",
    },
    seed=7,
    threads=2,
    libraries={"xgboost": "3.2.0", "numpy": "2.4.0"},
)
