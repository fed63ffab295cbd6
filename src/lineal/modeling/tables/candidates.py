"""The candidates of classification and regression: what each is made of."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sklearn.dummy import DummyClassifier, DummyRegressor
from sklearn.ensemble import (
    HistGradientBoostingClassifier,
    HistGradientBoostingRegressor,
    RandomForestClassifier,
    RandomForestRegressor,
)
from sklearn.linear_model import LinearRegression, LogisticRegression, Ridge
from sklearn.pipeline import Pipeline

from lineal.modeling import imported
from lineal.modeling.features.column import Feature
from lineal.modeling.sections import Encoding, InvalidParamsError
from lineal.modeling.tables.config import Classification, Table
from lineal.modeling.tables.encoding import Form, TableEncoder
from lineal.modeling.tables.learner import Learner
from lineal.modeling.tables.moments import TURNING

PREFIX: Final = "estimator__model__"
"""What stands before an estimator's parameter in `Learner.set_params`."""

_FORMS: Final[Mapping[Encoding, Form]] = {"linear": "levels", "trees": "codes"}
_TWO = 2
_WEAK = 100.0  # as good as no penalty, yet separable classes have a finite answer


@dataclass(frozen=True, slots=True)
class Asked:
    """What an estimator is built from.

    Attributes:
        fixed: Its parameters.
        classes: How many there are; 0 for numbers.
        seed: Root of its randomness.
        threads: Workers it may use.
    """

    fixed: Mapping[str, Any]
    classes: int
    seed: int
    threads: int


@dataclass(frozen=True, slots=True)
class Kind:
    """How a candidate is made.

    Attributes:
        build: Makes the estimator behind the encoding.
        form: How features are encoded for it; None if it looks at none.
        native: Its keyword for columns of codes.
    """

    build: Callable[[Asked], Any]
    form: Form | None
    native: str | None = None


def _baseline(asked: Asked) -> Any:
    if asked.classes:
        return DummyClassifier(**{"strategy": "prior", **asked.fixed})
    return DummyRegressor(**{"strategy": "median", **asked.fixed})


def _logistic(asked: Asked, penalty: float) -> Any:
    # Newton's method is sure to arrive, but its matrix grows with the classes squared.
    newton = asked.classes == _TWO
    usual = {
        "C": penalty,
        "solver": "newton-cholesky" if newton else "lbfgs",
        "max_iter": 100 if newton else 2000,
    }
    return LogisticRegression(**{**usual, **asked.fixed})


def _linear(asked: Asked) -> Any:
    if asked.classes:
        return _logistic(asked, _WEAK)
    return LinearRegression(**asked.fixed)


def _ridge(asked: Asked) -> Any:
    return _logistic(asked, 1.0) if asked.classes else Ridge(**asked.fixed)


def _forest(asked: Asked) -> Any:
    make = RandomForestClassifier if asked.classes else RandomForestRegressor
    return make(**asked.fixed, random_state=asked.seed, n_jobs=asked.threads)


def _boosting(asked: Asked) -> Any:
    boosted = HistGradientBoostingRegressor
    make = HistGradientBoostingClassifier if asked.classes else boosted
    return make(**asked.fixed, random_state=asked.seed)


def _xgboost(asked: Asked) -> Any:
    from xgboost import XGBClassifier, XGBRegressor  # noqa: PLC0415 - only for this kind

    make = XGBClassifier if asked.classes else XGBRegressor
    # It takes any keyword, and only warns of what it does not know.
    unknown = sorted(asked.fixed.keys() - make().get_params().keys())
    if unknown:
        msg = f"{make.__name__} has no parameter {unknown[0]!r}"
        raise TypeError(msg)
    return make(**asked.fixed, random_state=asked.seed, n_jobs=asked.threads)


KINDS: Mapping[str, Kind] = {
    "baseline": Kind(_baseline, None),
    "linear": Kind(_linear, "levels"),
    "ridge": Kind(_ridge, "levels"),
    "forest": Kind(_forest, "codes"),
    "boosting": Kind(_boosting, "bins", "categorical_features"),
    "xgboost": Kind(_xgboost, "codes", "feature_types"),
}


def learner(  # noqa: PLR0913 - what is not data is named at the call
    kind: str,
    fixed: Mapping[str, Any],
    features: Sequence[Feature],
    *,
    model: Table,
    classes: Sequence[str] | None,
    seed: int,
    threads: int,
    encoding: Encoding | None = None,
) -> Learner:
    """Build an untrained candidate.

    Args:
        kind: One of KINDS, or the path of an estimator's class.
        fixed: Parameters of its estimator.
        features: What it may see.
        model: Levels, balance, floor and logarithm.
        classes: Labels in the order of codes; None for numbers.
        seed: Root of its randomness.
        threads: Workers it may use.
        encoding: For whom features are encoded, where the kind is a path.

    Raises:
        InvalidParamsError: The kind or one of its parameters is unknown.
    """
    found = _kind(kind, encoding)
    try:
        estimator = found.build(Asked(fixed, len(classes or ()), seed, threads))
    except TypeError as error:
        msg = f"params.yaml: candidate {kind!r}: {error}"
        raise InvalidParamsError(msg) from error
    encode = _encoder(found.form, features, model, classes=classes, seed=seed)
    return Learner(
        Pipeline([("encode", encode), ("model", estimator)]),
        tuple(feature.name for feature in features),
        classes=None if classes is None else tuple(classes),
        native=found.native,
        threads=threads,
        **_wishes(model),
    )


def _kind(kind: str, encoding: Encoding | None) -> Kind:
    """Return how a candidate is made."""

    def built(asked: Asked) -> Any:
        has_classes, seed, threads = bool(asked.classes), asked.seed, asked.threads
        return imported.build(
            kind, asked.fixed, classes=has_classes, seed=seed, threads=threads
        )

    if imported.is_path(kind):
        return Kind(built, _FORMS[encoding or "trees"])
    imported.check_known(kind, KINDS, encoding)
    return KINDS[kind]


def _encoder(
    form: Form | None,
    features: Sequence[Feature],
    model: Table,
    *,
    classes: Sequence[str] | None,
    seed: int,
) -> TableEncoder:
    """Build the encoding that goes before the estimator."""
    used = features if form is not None else ()
    turning = (
        feature.name
        for feature in used
        if feature.group == "moment" and feature.name.rpartition(".")[2] in TURNING
    )
    return TableEncoder(
        tuple(feature.name for feature in used if feature.type != "code"),
        tuple(feature.name for feature in used if feature.type == "code"),
        turning=tuple(turning),
        form=form or "codes",
        levels=model.features.levels,
        classes=classes is not None,
        seed=seed,
    )


def _wishes(model: Table) -> dict[str, Any]:
    """Return what params.yaml wants of answers and weights."""
    if isinstance(model, Classification):
        return {"balance": model.predict.balance}
    return {"floor": model.predict.floor, "log": model.predict.log}
