"""Sides of a comparison, made without Git, and versions that differ."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from helpers import by_day, cases, committing
from lineal.lineage.comparison import Side
from lineal.lineage.pedigree import Pedigree
from lineal.lineage.records import File, Stage
from lineal.modeling.errors_by_day import Errors
from lineal.registry.facts import Facts

DAYS = 60


def wrong(factor: float = 1.0, noise: float = 0.0, seed: int = 0) -> Errors:
    """Return errors of so many days: those of others times a factor, and some luck."""
    usual = np.random.default_rng(7).uniform(5, 15, DAYS)
    luck = np.random.default_rng(seed).uniform(1 - noise, 1 + noise, DAYS)
    return by_day.errors(tuple((usual * factor * luck).tolist()))


USUAL = wrong()


def card(errors: Errors | None = None, **changes: Any) -> dict[str, Any]:
    """Return a card that agrees with some errors."""
    known = errors.metrics if errors else {}
    scores = {name: sums.value for name, sums in known.items()}
    test = {"ridge": {**scores, "auc": 0.9}}
    return {**committing.CARD, "metric": "wape", "test": test, **changes}


def side(errors: Errors | None = USUAL, **changes: Any) -> Side:
    """Return a side whose card agrees with its errors, with some parts said otherwise."""
    made = Side(
        "m@v1.0.0", "m", facts=facts(errors), pedigree=pedigree(), errors=errors
    )
    return replace(made, **changes)


def facts(errors: Errors | None = USUAL, **changes: Any) -> Facts:
    """Return what the card of some errors says."""
    return replace(cases.facts(card(errors)), **changes)


def pedigree(
    md5: str = "a" * 32,
    *,
    data: str = "d" * 32,
    code: Mapping[str, str] | None = None,
    params: Mapping[str, str] | None = None,
) -> Pedigree:
    """Return what made a model."""
    said = {"train.alpha": "1.0"} if params is None else params
    kept = {"train.py": "c" * 32} if code is None else code
    return Pedigree(
        "models/m/model.joblib",
        made=File("models/m/model.joblib", md5, size=100),
        stages=(Stage("train", params=tuple(said.items())),),
        data=(File("data.csv", data, size=9),),
        code=tuple(File(path, each) for path, each in kept.items()),
    )
