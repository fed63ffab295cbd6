"""What params.yaml may say about a model, as frozen values."""

from typing import Annotated, Any, Literal

import msgspec

from lineal.errors import BadInputError

Metric = Literal["wape", "mae", "rmse"]
Positive = Annotated[int, msgspec.Meta(ge=1)]
Natural = Annotated[int, msgspec.Meta(ge=0)]
Share = Annotated[float, msgspec.Meta(ge=0, le=1)]
Fraction = Annotated[float, msgspec.Meta(gt=0, lt=1)]


class InvalidParamsError(BadInputError):
    """params.yaml says something that cannot be understood or does not fit."""


class _Section(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A part of params.yaml: immutable, and closed to unknown keys."""


class Runtime(_Section, frozen=True, kw_only=True):
    """What would change results from machine to machine, fixed.

    Attributes:
        threads: OpenMP and worker threads of every stage. BLAS always gets one.
        seed: Root of all randomness.
    """

    threads: Positive
    seed: Natural


class Column(_Section, frozen=True, kw_only=True):
    """What a raw column must hold.

    Attributes:
        type: Its meaning, not its storage: integers may arrive as any integer type.
        min: Smallest value allowed.
        max: Largest value allowed.
        missing: Largest share of missing values allowed.
    """

    type: Literal["date", "string", "integer", "number", "boolean"]
    min: float | None = None
    max: float | None = None
    missing: Share = 0.0


class Data(_Section, frozen=True, kw_only=True):
    """Where a model's table lies, and what it must look like.

    Attributes:
        path: The raw table (Parquet or CSV), tracked by DVC.
        time: Name of the column of dates.
        segments: Columns that together name one series.
        target: Name of the column to forecast.
        columns: Every column used, by name. Others are refused.
        known: Covariates known ahead for the target date, such as a calendar.
        observed: Covariates known only up to the origin, such as weather.
        exclude: Columns that are read and checked but never become features.
        sorted: Refuse rows that are not in (segment, time) order, instead of
            sorting them.
    """

    path: str
    time: str
    segments: Annotated[tuple[str, ...], msgspec.Meta(min_length=1)]
    target: str
    columns: dict[str, Column]
    known: tuple[str, ...] = ()
    observed: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    sorted: bool = False


class Every(_Section, frozen=True, kw_only=True):
    """How many days apart the origins of each period are."""

    train: Positive
    validation: Positive
    test: Positive


class Split(_Section, frozen=True, kw_only=True):
    """Shares of the time line, in order, and the folds inside the first.

    Attributes:
        train: Share of days for tuning and cross-validation.
        validation: Share of days for calibration and importance.
        test: Share of days that are read once.
        warmup: Days of history before the first origin.
        folds: Rolling-origin folds inside the training period.
        every: Days between origins.
    """

    train: Fraction
    validation: Fraction
    test: Fraction
    warmup: Natural
    folds: Annotated[int, msgspec.Meta(ge=2)]
    every: Every


class Holidays(_Section, frozen=True, kw_only=True):
    """Whose holidays count, in the words of the `holidays` library."""

    country: str
    subdivision: str | None = None


class Pruning(_Section, frozen=True, kw_only=True):
    """When a candidate feature is dropped.

    Attributes:
        rows: Training rows to judge by.
        rounds: Boosting rounds of the model that measures gain.
        min_gain: Smallest share of the total gain that keeps a feature.
    """

    rows: Positive
    rounds: Positive
    min_gain: Share


class Features(_Section, frozen=True, kw_only=True):
    """Which candidate features are made. Lengths are days.

    Attributes:
        lags: Days before the origin.
        windows: Rolling windows that end at the origin.
        weekday_lags: How many of the latest same weekdays.
        observed_windows: Rolling windows over observed covariates.
        holidays: Whose calendar.
        pruning: What is dropped again.
    """

    lags: tuple[Natural, ...]
    windows: tuple[Positive, ...]
    weekday_lags: Positive
    observed_windows: tuple[Positive, ...]
    holidays: Holidays
    pruning: Pruning


class Tuning(_Section, frozen=True, kw_only=True):
    """Random search with successive halving.

    Attributes:
        budget: Parameter draws in the first round.
        factor: By how much the draws shrink and the rows grow each round.
        rows: Training rows in the last round, over all folds together.
    """

    budget: Positive
    factor: Annotated[int, msgspec.Meta(ge=2)]
    rows: Positive


class Candidate(_Section, frozen=True, kw_only=True):
    """One way to forecast: fixed parameters and those to search.

    Attributes:
        kind: Which estimator; the candidate's own name by default.
        fixed: Parameters of the estimator that are not searched.
        search: Parameter name to choices (a list), or to a range
            `{low, high, log, integer}`.
    """

    kind: str | None = None
    fixed: dict[str, Any] = {}
    search: dict[str, Any] = {}


class Selection(_Section, frozen=True, kw_only=True):
    """How the champion is chosen.

    Attributes:
        metric: Name of the cross-validated metric; smaller is better.
        baseline: The candidate that every other must beat.
        order: Candidates from the simplest to the most complex; the simplest
            within one standard error of the best wins.
    """

    metric: Metric
    baseline: str
    order: tuple[str, ...]


class Significance(_Section, frozen=True, kw_only=True):
    """The paired block bootstrap: replicates, days a block, confidence."""

    replicates: Positive
    block: Positive
    confidence: Fraction


class Intervals(_Section, frozen=True, kw_only=True):
    """Nominal coverages of the prediction intervals, such as 0.8 and 0.95."""

    levels: tuple[Fraction, ...]


class Explain(_Section, frozen=True, kw_only=True):
    """How many rows and repeats the explanations use."""

    rows: Positive
    repeats: Positive
    shap_rows: Positive


class Bundle(_Section, frozen=True, kw_only=True):
    """How the champion is stored.

    Attributes:
        format: joblib is small and quick; skops can be loaded without trust.
        origins: How many days back a forecast may start.
    """

    format: Literal["joblib", "skops"]
    origins: Positive


class Model(_Section, frozen=True, kw_only=True):
    """Everything params.yaml says about one model."""

    task: Literal["forecast"]
    description: str
    data: Data
    horizon: Annotated[int, msgspec.Meta(ge=1, le=300)]
    split: Split
    features: Features
    tuning: Tuning
    candidates: dict[str, Candidate]
    selection: Selection
    significance: Significance
    intervals: Intervals
    explain: Explain
    bundle: Bundle


class Params(_Section, frozen=True, kw_only=True):
    """All of params.yaml."""

    runtime: Runtime
    models: dict[str, Model]

    def model(self, name: str) -> Model:
        """Return one model's part, or say which there are.

        Raises:
            InvalidParamsError: No model has this name.
        """
        if name not in self.models:
            known = ", ".join(sorted(self.models)) or "none"
            msg = f"params.yaml declares no model {name!r}; it has: {known}"
            raise InvalidParamsError(msg)
        return self.models[name]
