"""What params.yaml may say about classification and regression, as frozen values."""

from typing import Annotated, Literal

import msgspec

from lineal.modeling.sections import (
    Bundle,
    Candidate,
    Explain,
    Fraction,
    Holidays,
    Intervals,
    Leaks,
    Positive,
    Pruning,
    Raw,
    Section,
    Significance,
    Tuning,
)

ClassMetric = Literal[
    "log_loss", "brier", "roc_auc", "average_precision", "accuracy", "macro_f1"
]
ValueMetric = Literal["mae", "rmse", "r2", "mape"]
Folds = Annotated[int, msgspec.Meta(ge=2)]


class TableData(Raw, frozen=True, kw_only=True):
    """The raw table of rows.

    Attributes:
        time: Column of dates or moments at which a prediction is made; rows are put in
            its order.
        segments: Columns whose values are scored one by one.
    """

    time: str | None = None
    segments: tuple[str, ...] = ()


class TableSplit(Section, frozen=True, kw_only=True):
    """Shares of the rows for each period, and the folds inside the first.

    Attributes:
        by: In order of time, or at random; for classes, with equal shares of each.
        train: Share of rows for tuning and cross-validation.
        validation: Share of rows for calibration, threshold and importance.
        test: Share of rows that are read once.
        folds: Of cross-validation inside train; by time, each learns from what came
            before it.
        group: Columns whose equal values are kept on one side of every cut, such as a
            customer's; only at random.
    """

    by: Literal["time", "random"]
    train: Fraction
    validation: Fraction
    test: Fraction
    folds: Folds
    group: tuple[str, ...] = ()


class TableFeatures(Section, frozen=True, kw_only=True):
    """What features are made of the columns.

    Attributes:
        calendar: Whether the parts of dates and moments (month, weekday, hour and
            their turns) become features.
        holidays: Whose calendar, if any.
        levels: Most values of a column of words that are told apart one by one; a
            column with more is turned into the target's mean, learned inside each fold.
        pruning: What is dropped again; nothing keeps all.
        own: Python file with a function `features` that makes more of them.
    """

    calendar: bool = True
    holidays: Holidays | None = None
    levels: Annotated[int, msgspec.Meta(ge=2, le=250)] = 50
    pruning: Pruning | None = None
    own: str | None = None


class Event(Section, frozen=True, kw_only=True):
    """What a number must be to count as yes: exactly one of the two.

    Attributes:
        at_least: The number or more.
        at_most: The number or less.
    """

    at_least: float | None = None
    at_most: float | None = None

    def __post_init__(self) -> None:
        """Refuse none and both.

        Raises:
            ValueError: It is not exactly one.
        """
        if (self.at_least is None) == (self.at_most is None):
            msg = "event wants exactly one of at_least and at_most"
            raise ValueError(msg)


class Decision(Section, frozen=True, kw_only=True):
    """From what probability on the answer is the positive class.

    Attributes:
        objective: What the threshold shall do on validation: the best F1; the best mean
            of recall over both classes; the lowest cost of wrong answers; the best
            recall with at least `floor` of precision, or the other way round; or
            `threshold` as it is given.
        floor: Of precision or recall.
        cost_false_positive: Of a false alarm.
        cost_false_negative: Of a miss.
        threshold: A fixed one.
    """

    objective: Literal["f1", "balanced", "cost", "precision", "recall", "fixed"] = "f1"
    floor: Fraction | None = None
    cost_false_positive: Annotated[float, msgspec.Meta(gt=0)] = 1.0
    cost_false_negative: Annotated[float, msgspec.Meta(gt=0)] = 1.0
    threshold: Fraction | None = None


class Classes(Section, frozen=True, kw_only=True):
    """What is predicted: which class a row is of.

    Attributes:
        event: Turns a number into the classes yes and no.
        positive: Which of two classes the probability is of; yes, true or 1 where the
            target says so, else the rarer one.
        balance: Whether rows of rare classes weigh more, so that classes weigh alike.
    """

    event: Event | None = None
    positive: str | None = None
    balance: bool = False


class Amount(Section, frozen=True, kw_only=True):
    """What is predicted: a number.

    Attributes:
        floor: Smallest prediction that makes sense, such as 0 for counts.
        log: Whether the logarithm of one plus the target is learned.
    """

    floor: float | None = None
    log: bool = False


class Probabilities(Section, frozen=True, kw_only=True):
    """How probabilities are calibrated on validation.

    Attributes:
        method: Isotonic regression or Platt's sigmoid, kept only if the log loss gets
            lower on halves of validation that it did not see; `auto` takes the better.
        bins: Of the reliability diagram.
        decision: From what probability on the answer is the positive class.
    """

    method: Literal["auto", "isotonic", "sigmoid", "none"] = "auto"
    bins: Positive = 10
    decision: Decision = Decision()


class ClassSelection(Section, frozen=True, kw_only=True):
    """How the champion is chosen; see `modeling.config.Selection`."""

    metric: ClassMetric
    baseline: str
    order: tuple[str, ...]


class ValueSelection(Section, frozen=True, kw_only=True):
    """How the champion is chosen; see `modeling.config.Selection`."""

    metric: ValueMetric
    baseline: str
    order: tuple[str, ...]


class _Table(Section, frozen=True, kw_only=True):
    """What classification and regression share."""

    description: str
    data: TableData
    split: TableSplit
    features: TableFeatures = TableFeatures()
    leaks: Leaks = Leaks()
    tuning: Tuning
    candidates: dict[str, Candidate]
    significance: Significance
    explain: Explain
    bundle: Bundle


class Classification(
    _Table, frozen=True, kw_only=True, tag="classification", tag_field="task"
):
    """Everything params.yaml says about one model that tells classes."""

    predict: Classes = Classes()
    calibration: Probabilities = Probabilities()
    selection: ClassSelection

    @property
    def task(self) -> Literal["classification"]:
        """What kind of question the model answers."""
        return "classification"


class Regression(_Table, frozen=True, kw_only=True, tag="regression", tag_field="task"):
    """Everything params.yaml says about one model that tells a number."""

    predict: Amount = Amount()
    calibration: Intervals
    selection: ValueSelection

    @property
    def task(self) -> Literal["regression"]:
        """What kind of question the model answers."""
        return "regression"


Table = Classification | Regression
"""A model of rows that stand for themselves."""
