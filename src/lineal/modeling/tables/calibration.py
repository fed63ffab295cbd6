"""Probabilities that mean what they say: isotonic regression or Platt's sigmoid.

What is learned is a few numbers, so that calibration.json is read without trust.

- isotonic: the nondecreasing steps nearest to what happened (Zadrozny & Elkan 2002,
  "Transforming classifier scores into accurate multiclass probability estimates", KDD),
  kept 1 / (rows + 2) away from 0 and 1, because rows prove no certainty (Laplace)
- sigmoid: a line on the log-odds (Platt 1999, "Probabilistic outputs for support vector
  machines"), with his softened targets
- more than two classes: each against the rest, then divided by their sum
"""

from typing import Literal, Self

import msgspec
import numpy as np
from numpy.typing import ArrayLike

from lineal.errors import BadInputError
from lineal.modeling.lasting import Lasting
from lineal.modeling.tables.answers import Flags, Vector, checked
from lineal.modeling.tables.config import Probabilities
from lineal.modeling.tables.scores import class_scores
from lineal.modeling.tables.sigmoid import Sigmoid

Method = Literal["isotonic", "sigmoid", "none"]


class InvalidCalibratorError(BadInputError):
    """A stored calibration of probabilities cannot be understood."""


class Steps(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="isotonic"):
    """A nondecreasing line through points, level outside of them.

    Attributes:
        given: Probabilities of the model, ascending.
        meant: What they mean.
    """

    given: tuple[float, ...]
    meant: tuple[float, ...]

    def __post_init__(self) -> None:
        """Refuse points without both of their numbers.

        Raises:
            ValueError: There are none, or one is lacking.
        """
        if not self.given or len(self.given) != len(self.meant):
            msg = f"{len(self.given)} probabilities need as many meanings, one at least"
            raise ValueError(msg)

    @classmethod
    def learn(cls, probability: Vector, happened: Flags) -> Self:
        """Fit the steps to what happened."""
        from sklearn.isotonic import IsotonicRegression  # noqa: PLC0415 - heavy

        edge = 1 / (probability.size + 2)
        model = IsotonicRegression(out_of_bounds="clip")
        model.fit(probability, happened.astype(np.float64))
        meant = np.clip(model.y_thresholds_, edge, 1 - edge)
        return cls(tuple(model.X_thresholds_.tolist()), tuple(meant.tolist()))

    def apply(self, probability: Vector) -> Vector:
        """Return what probabilities mean."""
        return np.interp(probability, self.given, self.meant)


class Calibrator(Lasting, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What turns a model's probabilities into calibrated ones.

    Attributes:
        method: How.
        reason: Why, in one sentence.
        positive: Code of the class that is asked for, of two; None for more.
        maps: One for the positive class, or one a class; none where method is none.
        before: Log loss on validation without it.
        after: Log loss on halves of validation that it did not see, by method.
        rows: Of validation.
    """

    unreadable = InvalidCalibratorError
    not_this = "this is no calibration of probabilities"

    method: Method
    reason: str
    positive: int | None
    maps: tuple[Steps | Sigmoid, ...]
    before: float | None
    after: dict[Method, float]
    rows: int

    def apply(self, answers: ArrayLike) -> Vector:
        """Return calibrated probabilities, (rows, classes), that add up to one."""
        shares = np.asarray(answers, dtype=np.float64)
        if not self.maps:
            return shares
        if self.positive is None:
            found = [m.apply(shares[:, code]) for code, m in enumerate(self.maps)]
            each = np.stack(found, axis=1)
            return np.asarray(each / each.sum(axis=1, keepdims=True))
        meant = self.maps[0].apply(shares[:, self.positive])
        both = (1 - meant, meant) if self.positive else (meant, 1 - meant)
        return np.stack(both, axis=1)


def calibrate(
    target: ArrayLike, answers: ArrayLike, asked: Probabilities, *, positive: int | None
) -> Calibrator:
    """Learn what probabilities mean, if that helps on rows it did not see.

    Validation is cut in two halves in the order that it comes in; each is judged by what
    the other one taught.

    Args:
        target: Codes of the classes of validation.
        answers: Probabilities of a model that never saw these rows.
        asked: Which method.
        positive: Code of the class that is asked for, of two; None for more.
    """
    codes, shares = checked(target, answers)
    if asked.method == "none":
        return _none("params.yaml asks for no calibration.", positive, codes.size)
    half = codes.size // 2
    halves = (slice(None, half), slice(half, None))
    if any(np.unique(codes[part]).size < shares.shape[1] for part in halves):
        why = "One half of validation lacks a class, so nothing could be calibrated."
        return _none(why, positive, codes.size)
    methods: tuple[Method, ...] = (
        ("sigmoid", "isotonic") if asked.method == "auto" else (asked.method,)
    )
    flags = codes[:, None] == np.arange(shares.shape[1])
    after = {m: _unseen(flags, shares, m, positive=positive) for m in methods}
    return _kept(flags, shares, after, positive)


def _kept(
    flags: Flags, shares: Vector, after: dict[Method, float], positive: int | None
) -> Calibrator:
    """Keep the better method, if it is better than none."""
    codes = np.argmax(flags, axis=1)
    before = _log_loss(codes, shares, positive)
    best = min(after, key=lambda method: after[method])
    gain = (
        f"the log loss on halves of validation that it did not see: {after[best]:.4f}"
    )
    is_better = after[best] < before
    verb = "lowers" if is_better else "does not lower"
    reason = f"{best.capitalize()} calibration {verb} {gain} against {before:.4f}."
    return Calibrator(
        method=best if is_better else "none",
        reason=reason,
        positive=positive,
        maps=_learned(flags, shares, best, positive) if is_better else (),
        before=before,
        after=after,
        rows=codes.size,
    )


def _unseen(
    flags: Flags, shares: Vector, method: Method, *, positive: int | None
) -> float:
    """Return the log loss of all rows, each judged by what the other half taught."""
    half = len(flags) // 2
    first, second = slice(None, half), slice(half, None)
    meant = np.empty_like(shares)
    for learn, judge in ((first, second), (second, first)):
        maps = _learned(flags[learn], shares[learn], method, positive)
        meant[judge] = _temporary(maps, positive).apply(shares[judge])
    return _log_loss(np.argmax(flags, axis=1), meant, positive)


def _learned(
    flags: Flags, shares: Vector, method: Method, positive: int | None
) -> tuple[Steps | Sigmoid, ...]:
    """Learn a map for the positive class, or for each."""
    kind = Steps if method == "isotonic" else Sigmoid
    asked = range(shares.shape[1]) if positive is None else (positive,)
    return tuple(kind.learn(shares[:, code], flags[:, code]) for code in asked)


def _log_loss(codes: ArrayLike, shares: Vector, positive: int | None) -> float:
    found = class_scores(codes, shares, positive=positive)["log_loss"]
    return float("inf") if found is None else float(found)


def _temporary(maps: tuple[Steps | Sigmoid, ...], positive: int | None) -> Calibrator:
    return msgspec.structs.replace(_none("", positive, 0), maps=maps)


def _none(reason: str, positive: int | None, rows: int) -> Calibrator:
    return Calibrator(
        method="none",
        reason=reason,
        positive=positive,
        maps=(),
        before=None,
        after={},
        rows=rows,
    )
