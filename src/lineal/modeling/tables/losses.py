"""How wrong each row is answered: what metrics and comparisons add up."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from lineal.modeling.tables.answers import Codes, Vector, numbers

_SMALLEST = float(np.finfo(np.float64).eps)  # as scikit-learn bounds probabilities


@dataclass(frozen=True, slots=True, eq=False)
class Losses:
    """A metric as a quotient of sums over rows.

    Attributes:
        errors: What each row adds to the numerator.
        weights: What it adds to the denominator.
        root: Whether the metric is the square root of the quotient.
    """

    errors: Vector
    weights: Vector
    root: bool = False


def log_losses(codes: Codes, shares: Vector) -> Vector:
    """Return -ln of the probability of what happened, bounded at 2.2e-16."""
    own = shares[np.arange(codes.size), codes]
    losses: Vector = -np.log(np.clip(own, _SMALLEST, 1 - _SMALLEST))
    return losses


def brier_losses(codes: Codes, shares: Vector, positive: int | None) -> Vector:
    """Return squared errors of the positive class, or their sum over all classes."""
    squares = (shares - (codes[:, None] == np.arange(shares.shape[1]))) ** 2
    losses: Vector = squares.sum(axis=1) if positive is None else squares[:, positive]
    return losses


def class_losses(
    codes: Codes, shares: Vector, chosen: Codes, *, positive: int | None
) -> Mapping[str, Losses]:
    """Return what can be added up of a classifier's metrics, all smaller is better."""
    ones = np.ones(codes.size)
    return {
        "log_loss": Losses(log_losses(codes, shares), ones),
        "brier": Losses(brier_losses(codes, shares, positive), ones),
        "error_rate": Losses((chosen != codes).astype(np.float64), ones),
    }


def value_losses(actual: ArrayLike, predicted: ArrayLike) -> Mapping[str, Losses]:
    """Return what can be added up of a regressor's metrics, all smaller is better."""
    truth, guess = numbers(actual, predicted)
    absolute, ones = np.abs(guess - truth), np.ones(truth.size)
    return {
        "mae": Losses(absolute, ones),
        "rmse": Losses(absolute**2, ones, root=True),
        "wape": Losses(absolute, np.abs(truth)),
    }
