"""Platt's sigmoid: a line on the log-odds, learned by Newton's method.

Sums are numpy's own, in the order of rows: no linear algebra library, whose results
depend on threads.
"""

from typing import Self

import msgspec
import numpy as np

from lineal.modeling.tables.answers import Flags, Vector

_EDGE = 1e-9  # from 0 and 1, so that log-odds are finite
_NEAR = 1e-10


class Sigmoid(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="sigmoid"):
    """A line on the log-odds: 1 / (1 + exp(-(slope x + intercept)))."""

    slope: float
    intercept: float

    @classmethod
    def learn(cls, probability: Vector, happened: Flags) -> Self:
        """Fit the line, as Lin, Lin & Weng (2007, Machine Learning 68) do."""
        hits = int(happened.sum())
        # Platt's targets: one row more of each side, so that no slope is infinite.
        high, low = (hits + 1) / (hits + 2), 1 / (happened.size - hits + 2)
        odds, goal = _log_odds(probability), np.where(happened, high, low)
        line = (0.0, float(np.log((hits + 1) / (happened.size - hits + 1))))
        moved = True
        while moved:  # each step lowers the loss, so that there is a last one
            line, moved = _improved(line, odds, goal)
        return cls(*line)

    def apply(self, probability: Vector) -> Vector:
        """Return what probabilities mean, between 1e-9 and 1 - 1e-9."""
        odds = self.slope * _log_odds(probability) + self.intercept
        return np.clip(_share(odds), _EDGE, 1 - _EDGE)


def _log_odds(probability: Vector) -> Vector:
    bounded = np.clip(probability, _EDGE, 1 - _EDGE)
    return np.log(bounded) - np.log1p(-bounded)


def _share(odds: Vector) -> Vector:
    """Return the logistic function without overflow."""
    small = np.exp(-np.abs(odds))
    return np.where(odds >= 0, 1 / (1 + small), small / (1 + small))


def _improved(
    line: tuple[float, float], odds: Vector, goal: Vector
) -> tuple[tuple[float, float], bool]:
    """Take one step of Newton's, halved until the loss falls."""
    gap = _share(line[0] * odds + line[1]) - goal
    first, second = float((gap * odds).sum()), float(gap.sum())
    if max(abs(first), abs(second)) < _NEAR * odds.size:
        return line, False
    step = _newton(line, odds, (first, second))
    before, size = _loss(line, odds, goal), 1.0
    while size > _NEAR:
        tried = (line[0] - size * step[0], line[1] - size * step[1])
        if _loss(tried, odds, goal) < before:
            return tried, True
        size /= 2
    return line, False


def _newton(
    line: tuple[float, float], odds: Vector, slopes: tuple[float, float]
) -> tuple[float, float]:
    """Solve two equations for two unknowns."""
    share = _share(line[0] * odds + line[1])
    weight = share * (1 - share)
    a = float((weight * odds * odds).sum())
    b, c = float((weight * odds).sum()), float(weight.sum())
    determinant = a * c - b * b
    if determinant <= _NEAR * a * c:  # all rows have the same odds
        return 0.0, slopes[1] / c
    return (
        (c * slopes[0] - b * slopes[1]) / determinant,
        (a * slopes[1] - b * slopes[0]) / determinant,
    )


def _loss(line: tuple[float, float], odds: Vector, goal: Vector) -> float:
    """Return the log loss to soft targets, without overflow."""
    z = line[0] * odds + line[1]
    return float((np.maximum(z, 0) - z * goal + np.log1p(np.exp(-np.abs(z)))).sum())
