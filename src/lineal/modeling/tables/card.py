"""The facts of a trained classifier or regressor, inert: what card.json says."""

from collections.abc import Mapping
from typing import Any, Literal

import msgspec

from lineal.modeling.card import Compared, Stored
from lineal.modeling.selection import Selection, Validated
from lineal.modeling.signature import Signature
from lineal.modeling.tables.config import TableFeatures


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """The rows of a period: how many, and the first and last moment, if any."""

    rows: int
    first: str | None = None
    last: str | None = None


class Parts(msgspec.Struct, frozen=True, kw_only=True):
    """How the rows were cut.

    Attributes:
        by: In order of time or at random.
        train: For tuning and cross-validation.
        validation: For calibration, threshold and importance.
        test: Read once.
        learn: Train and validation together: what the final fit uses.
        folds: How many inside train.
        without_target: Rows left out because nobody knows what happened.
        classes: Labels in the order of codes, of which the positive one of two is the
            last; None where the target is a number.
    """

    by: Literal["time", "random"]
    train: Part
    validation: Part
    test: Part
    learn: Part
    folds: int
    without_target: int = 0
    classes: tuple[str, ...] | None = None


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """From what probability on the answer is the positive class, and why."""

    threshold: float
    objective: str
    reason: str


class ClassReport(msgspec.Struct, frozen=True, kw_only=True):
    """One class on the test period; None where nothing can be divided."""

    label: str
    share: float
    support: int
    precision: float | None
    recall: float | None
    f1: float | None


class Classing(msgspec.Struct, frozen=True, kw_only=True):
    """What only a classifier has.

    Attributes:
        classes: Labels in the order of their codes.
        positive: Which of two the probability is of; None for more.
        calibration: How probabilities were calibrated: isotonic, sigmoid or none.
        calibration_reason: Why.
        choice: The threshold of two classes.
        report: Each class on the test period.
        confusion: Rows by actual class (down) and answered class (across).
    """

    classes: tuple[str, ...]
    positive: str | None
    calibration: Literal["isotonic", "sigmoid", "none"]
    calibration_reason: str
    choice: Choice | None
    report: tuple[ClassReport, ...]
    confusion: tuple[tuple[int, ...], ...]


Scores = Mapping[str, float | int | None]
"""Every metric by name, `rows` among them; see `modeling.tables.scores`."""


class TableCard(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that is known of the model and can be reproduced.

    Names that `modeling.card.Card` has too mean the same.

    Attributes:
        version: Of this format.
        task: classification or regression.
        event: What the target must be to count as yes, such as `delay >= 30`.
        time: Name of the raw column of the moment of prediction, if there is one.
        segment_columns: Raw columns that are scored one by one.
        recipe: What features were asked for.
        own: Source of the file of the user's features, if there is one.
        dates: Names of the columns that hold dates or moments.
        levels: The words that each column of words may have; others are unknown.
        classing: What only a classifier has.
        test: Scores of each candidate on the test period, as it would ship.
        raw: The champion's without calibration, and with a threshold of 0.5.
        by_segment: The champion's scores for each segment.
        coverage: Share of the test period inside each interval; of regressors.
        metric: What the champion was chosen by.
        splits: The periods.
    """

    version: int = 1
    model: str
    task: Literal["classification", "regression"]
    description: str
    target: str
    event: str | None = None
    time: str | None
    segment_columns: tuple[str, ...]
    recipe: TableFeatures
    own: str | None
    dates: tuple[str, ...]
    levels: Mapping[str, tuple[str, ...]]
    features: tuple[str, ...]
    feature_types: Mapping[str, str]
    signature: Signature
    champion: str
    metric: str
    params: Mapping[str, Any]
    stored: Stored
    selection: Selection
    candidates: Mapping[str, Validated]
    test: Mapping[str, Scores]
    raw: Scores = {}
    by_segment: Mapping[str, Scores]
    classing: Classing | None
    coverage: Mapping[str, float]
    compared: tuple[Compared, ...]
    rows: Mapping[str, int]
    splits: Parts
    data: Mapping[str, Any]
    seed: int
    threads: int
    libraries: Mapping[str, str]
