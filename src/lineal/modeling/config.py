"""What params.yaml may say about a model that forecasts, as frozen values."""

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
    Natural,
    Positive,
    Pruning,
    Raw,
    Section,
    Significance,
    Tuning,
)

Metric = Literal["wape", "mae", "rmse"]
Frequency = Literal["hour", "day", "week", "month"]
Aggregate = Literal["sum", "mean", "min", "max", "first", "last"]
# Zero is a closure; zero is a value, and nothing is below; anything is a value.
Sign = Literal["open", "counted", "signed"]


class Data(Raw, frozen=True, kw_only=True):
    """The raw table of series.

    Attributes:
        time: Name of the column of dates.
        segments: Columns that together name one series; none where there is one series.
        frequency: How far apart the rows of a series are.
        aggregate: How rows of one series and period become one: what is done with the
            targets; covariates are averaged. Nothing refuses such rows.
        zeros: Whether a target of zero says that a series was closed, so that it counts
            for no level, or is a count like any other.
        known: Covariates known ahead for the target date, such as a calendar.
        observed: Covariates known only up to the origin, such as weather.
        sorted: Refuse rows that are not in (segment, time) order, instead of
            sorting them.
    """

    time: str
    segments: tuple[str, ...] = ()
    frequency: Frequency = "day"
    aggregate: Aggregate | None = None
    zeros: Literal["closed", "counted"] = "counted"
    known: tuple[str, ...] = ()
    observed: tuple[str, ...] = ()
    sorted: bool = False

    @property
    def sign(self) -> Sign:
        """What a target of zero is, and whether there may be any below."""
        if self.zeros == "closed":
            return "open"
        low = self.columns[self.target].min
        return "signed" if low is None or low < 0 else "counted"


class Every(Section, frozen=True, kw_only=True):
    """How many steps apart the origins of each period are."""

    train: Positive
    validation: Positive
    test: Positive


class Split(Section, frozen=True, kw_only=True):
    """Shares of the time line, in order, and the folds inside the first.

    Attributes:
        train: Share of the steps for tuning and cross-validation.
        validation: Share of the steps for calibration and importance.
        test: Share of the steps that are read once.
        warmup: Steps of history before the first origin.
        folds: Rolling-origin folds inside the training period.
        every: Steps between origins.
    """

    train: Fraction
    validation: Fraction
    test: Fraction
    warmup: Natural
    folds: Annotated[int, msgspec.Meta(ge=2)]
    every: Every


class Features(Section, frozen=True, kw_only=True, omit_defaults=True):
    """Which candidate features are made. Lengths are periods of the frequency.

    Attributes:
        lags: Steps before the origin.
        windows: Rolling windows that end at the origin.
        weekday_lags: How many of the latest same weekdays; for hours, of the same hours
            of the latest days; weeks and months have none.
        observed_windows: Rolling windows over observed covariates.
        holidays: Whose calendar, if any.
        pruning: What is dropped again.
        own: Python file with a function `features` that makes more of them.
    """

    lags: tuple[Natural, ...]
    windows: tuple[Positive, ...]
    weekday_lags: Positive
    observed_windows: tuple[Positive, ...]
    holidays: Holidays | None = None
    pruning: Pruning
    own: str | None = None


class Selection(Section, frozen=True, kw_only=True):
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


class Ahead(Section, frozen=True, kw_only=True):
    """What is predicted: how many periods after its origin a forecast reaches."""

    horizon: Annotated[int, msgspec.Meta(ge=1, le=300)]


class Forecast(Section, frozen=True, kw_only=True, tag="forecast", tag_field="task"):
    """Everything params.yaml says about one model that forecasts series.

    Lengths (horizon, lags, windows, warm-up, blocks) count periods of the frequency.
    """

    description: str
    data: Data
    predict: Ahead
    split: Split
    features: Features
    leaks: Leaks = Leaks()
    tuning: Tuning
    candidates: dict[str, Candidate]
    selection: Selection
    significance: Significance
    calibration: Intervals
    explain: Explain
    bundle: Bundle

    @property
    def task(self) -> Literal["forecast"]:
        """What kind of question the model answers."""
        return "forecast"

    @property
    def horizon(self) -> int:
        """Periods after its origin that a forecast reaches."""
        return self.predict.horizon
