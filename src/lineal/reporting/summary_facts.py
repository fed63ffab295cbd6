"""What a summary shows of an evaluated model: a part of its card.

It reads card.json on its own terms, because the card's own type imports NumPy and
pandas, and a summary must not wait for them.
"""

from collections.abc import Mapping, Sequence
from typing import Final

import msgspec

from lineal.errors import BadInputError, RefusedError
from lineal.registry.direction import is_higher_better

_TABLES: Final = (
    *("roc_auc", "average_precision", "log_loss", "brier", "calibration_error"),
    *("accuracy", "balanced_accuracy", "precision", "recall", "f1", "macro_f1"),
    *("weighted_precision", "weighted_recall", "weighted_f1"),
    *("mae", "rmse", "median_absolute_error", "mape", "wape", "r2", "bias"),
)
_METRICS: Final = ("wape", "mape", "mae", "rmse", "r2", "bias", "mase")
_COUNTS: Final = ("rows", "missing")


class NothingToSumUpError(RefusedError):
    """No model, or not the one asked for, has been evaluated."""

    def __init__(self, model: str | None, known: Sequence[str]) -> None:
        what = (
            f"models/ holds no model {model!r}" if model else "models/ holds no model"
        )
        there = f"; it holds: {', '.join(known)}" if known else ""
        super().__init__(f"{what}{there}; run `dvc repro` to make it")


class UnreadableCardError(BadInputError):
    """A card.json is not one."""


class Candidate(msgspec.Struct, frozen=True):
    """What cross-validation said of a candidate."""

    mean: float
    standard_error: float


class Choice(msgspec.Struct, frozen=True):
    """Why the champion is it."""

    reason: str


class Comparison(msgspec.Struct, frozen=True):
    """The champion's metric minus another's, and how sure that is."""

    difference: float
    low: float | None
    high: float | None


class Compared(msgspec.Struct, frozen=True):
    """The champion against another candidate."""

    other: str
    comparison: Comparison
    meaning: str


class Period(msgspec.Struct, frozen=True, omit_defaults=True):
    """When the test was; a random one has no ends."""

    first: str | None
    last: str | None
    rows: int | None = None


class Splits(msgspec.Struct, frozen=True):
    """The periods, of which only the test is shown."""

    test: Period


class Threshold(msgspec.Struct, frozen=True):
    """From what probability on the answer is the positive class."""

    threshold: float
    objective: str
    reason: str


class Classing(msgspec.Struct, frozen=True):
    """What only a classifier has."""

    classes: tuple[str, ...]
    positive: str | None
    calibration: str
    calibration_reason: str
    choice: Threshold | None


class Facts(msgspec.Struct, frozen=True):
    """The part of a card that a summary shows; the rest is not read."""

    model: str
    description: str
    champion: str
    metric: str
    selection: Choice
    candidates: dict[str, Candidate]
    test: dict[str, dict[str, float | None]]
    coverage: dict[str, float | None]
    compared: tuple[Compared, ...]
    splits: Splits
    task: str = "forecast"
    classing: Classing | None = None

    @property
    def files(self) -> Mapping[str, str]:
        """Where to read on."""
        return {
            "card": f"models/{self.model}/README.md",
            "plots": f"models/{self.model}/plots",
        }

    @property
    def ranked(self) -> Sequence[str]:
        """The candidates, best cross-validated first."""
        sign = -1 if is_higher_better(self.metric) else 1
        return sorted(
            self.candidates, key=lambda name: sign * self.candidates[name].mean
        )

    @property
    def metrics(self) -> Sequence[str]:
        """The metrics to show: of a forecast a fixed few, else all that there are."""
        if self.task == "forecast":
            return _METRICS
        told = self.test.get(self.champion, {})
        known = [name for name in _TABLES if name in told]
        rest = [name for name in told if name not in {*known, *_COUNTS}]
        return list(dict.fromkeys([self.metric, *known, *rest]))


def read(content: bytes, name: str) -> Facts:
    """Read a card.

    Raises:
        UnreadableCardError: It is not a card.
    """
    try:
        return msgspec.json.decode(content, type=Facts)
    except msgspec.DecodeError as error:
        msg = f"{name} is not what this version writes ({error}): run `dvc repro`"
        raise UnreadableCardError(msg) from error
