"""The facts of a trained model, inert: what card.json says."""

from collections.abc import Mapping
from typing import Any, Literal

import msgspec

from lineal.modeling.config import Features, Frequency, Metric, Sign
from lineal.modeling.evaluation import Scores
from lineal.modeling.rhythm import RHYTHMS, Rhythm
from lineal.modeling.selection import Selection, Validated
from lineal.modeling.signature import Signature
from lineal.modeling.significance import Comparison
from lineal.modeling.splits import Splits


class Stored(msgspec.Struct, frozen=True, kw_only=True):
    """Where the model's bytes are: file beside the card, md5, size and format."""

    file: str
    md5: str
    size: int
    format: Literal["joblib", "skops"]


class Compared(msgspec.Struct, frozen=True, kw_only=True):
    """The champion against another candidate on the test period."""

    other: str
    comparison: Comparison
    meaning: str


class Card(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Everything that is known of a trained model and can be reproduced.

    What has a default here is only written where it is something else, so that older
    readers know the cards of days.

    Attributes:
        version: Of this format.
        model: Name in params.yaml.
        task: What kind of question it answers.
        description: One sentence.
        target: Name of the raw column that it forecasts.
        time: Name of the raw column of dates.
        segment_columns: Raw columns that name a series.
        segments: Labels of the series, in the order of their codes.
        frequency: How far apart the times of a series are.
        sign: What a target of zero means, and whether there may be any below.
        own: Source of the file of the user's features, if there is one.
        horizon: Steps ahead that it reaches.
        known: Covariates it needs for the dates ahead.
        observed: Covariates it uses up to the origin.
        recipe: Which features to make.
        features: Names of the features it sees, in order.
        feature_types: Their types: number, flag or code.
        signature: The raw columns that go in, and those that come out.
        champion: The candidate that it is.
        metric: What it was chosen by.
        params: That candidate's parameters, fixed and found.
        stored: Its bytes.
        selection: Why this candidate.
        candidates: Cross-validated metric of each.
        test: Scores of each candidate on the test period.
        by_horizon: The champion's scores for each horizon.
        by_segment: The champion's scores for each segment; of a thousand at most.
        coverage: Share of the test period inside each interval, by level.
        coverage_by_horizon: The same for each horizon.
        compared: The champion against the baseline and the runner-up.
        rows: Rows of each period.
        splits: Dates of each period.
        data: Raw table: path, rows, first and last date.
        seed: Root of all randomness.
        threads: OpenMP threads it was trained with.
        libraries: Exact versions it was trained with.
    """

    version: int
    model: str
    task: str
    description: str
    target: str
    time: str
    segment_columns: tuple[str, ...]
    segments: tuple[str, ...]
    frequency: Frequency = "day"
    sign: Sign = "open"
    own: str | None = None
    horizon: int
    known: tuple[str, ...]
    observed: tuple[str, ...]
    recipe: Features
    features: tuple[str, ...]
    feature_types: Mapping[str, str]
    signature: Signature
    champion: str
    metric: Metric
    params: Mapping[str, Any]
    stored: Stored
    selection: Selection
    candidates: Mapping[str, Validated]
    test: Mapping[str, Scores]
    by_horizon: Mapping[str, Scores]
    by_segment: Mapping[str, Scores]
    coverage: Mapping[str, float]
    coverage_by_horizon: Mapping[str, Mapping[str, float]]
    compared: tuple[Compared, ...]
    rows: Mapping[str, int]
    splits: Splits
    data: Mapping[str, Any]
    seed: int
    threads: int
    libraries: Mapping[str, str]

    @property
    def rhythm(self) -> Rhythm:
        """What its steps are."""
        return RHYTHMS[self.frequency]

    @property
    def counted(self) -> bool:
        """Whether a target of zero is a value like any other."""
        return self.sign != "open"
