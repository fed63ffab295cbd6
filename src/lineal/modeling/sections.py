"""The parts of params.yaml that models of every task have, as frozen values."""

from typing import Annotated, Any, Literal

import msgspec

from lineal.errors import BadInputError

Positive = Annotated[int, msgspec.Meta(ge=1)]
Natural = Annotated[int, msgspec.Meta(ge=0)]
Share = Annotated[float, msgspec.Meta(ge=0, le=1)]
Fraction = Annotated[float, msgspec.Meta(gt=0, lt=1)]
Word = Annotated[str, msgspec.Meta(min_length=1)]
Encoding = Literal["linear", "trees"]


class InvalidParamsError(BadInputError):
    """params.yaml says something that cannot be understood or does not fit."""


class Section(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A part of params.yaml: immutable, and closed to unknown keys."""


class Runtime(Section, frozen=True, kw_only=True):
    """What would change results from machine to machine, fixed.

    Attributes:
        threads: OpenMP and worker threads of every stage. BLAS always gets one.
        seed: Root of all randomness.
    """

    threads: Positive
    seed: Natural


class Column(Section, frozen=True, kw_only=True):
    """What a raw column must hold.

    Attributes:
        type: Its meaning, not its storage: integers may arrive as any integer type. A
            date is a day; a datetime is a moment, kept in UTC where it has a zone.
        min: Smallest value allowed.
        max: Largest value allowed.
        missing: Largest share of missing values allowed.
        available: When its value is known: before what is predicted, only after it, or
            at the moment that another column of the table holds.
    """

    type: Literal["date", "datetime", "string", "integer", "number", "boolean"]
    min: float | None = None
    max: float | None = None
    missing: Share = 0.0
    available: Word = "before"


class Csv(Section, frozen=True, kw_only=True):
    """How a text file is to be read; Parquet needs nothing of it.

    Attributes:
        delimiter: What stands between two values.
        decimal: What stands before the fraction of a number.
        thousands: What stands between groups of digits, if anything does.
        encoding: Of its characters; utf-8-sig is UTF-8 with or without a mark.
        dates: How dates are written, as strptime has it, such as `%d/%m/%Y`; `epoch`
            and `epoch_ms` count seconds and milliseconds since 1970; ISO 8601 where
            nothing is said.
        missing: Words that stand for a missing value, beside an empty field.
    """

    delimiter: Annotated[str, msgspec.Meta(min_length=1, max_length=1)] = ","
    decimal: Literal[".", ","] = "."
    thousands: Literal[".", ",", " ", "'"] | None = None
    encoding: str = "utf-8-sig"
    dates: str | None = None
    missing: tuple[str, ...] = ()


class Join(Section, frozen=True, kw_only=True):
    """A table whose columns are added to the first one's rows.

    Each row finds one row at most, so their number stays.

    Attributes:
        table: Name of the file in the folder `data.path`.
        keys: Columns that must be equal: names that both tables have, or the first
            table's names to those of this one.
        columns: Every column of this table that is used, by name; its keys with them.
        prefix: Put before the names of the columns that are added.
        asof: Time columns by which the latest row not after the first table's is taken,
            as the first table's name to this one's; None wants equal keys alone.
        tolerance: How much older that row may be, such as `3h` or `2d`.
        delay: How much older it must be at least, because values come late.
        unmatched: Largest share of rows that may find none.
        csv: How the file is to be read.
    """

    table: Word
    keys: tuple[str, ...] | dict[str, str] = ()
    columns: dict[str, Column]
    prefix: str = ""
    asof: dict[str, str] | None = None
    tolerance: Word | None = None
    delay: Word | None = None
    unmatched: Share = 0.0
    csv: Csv = Csv()


class Raw(Section, frozen=True, kw_only=True):
    """Where a model's raw data lies, and what it must look like.

    Attributes:
        path: The table (Parquet or CSV), or a folder of tables; DVC tracks it.
        table: Name of the table in the folder.
        joins: Tables of the same folder whose columns are added, in this order.
        csv: How the table is to be read.
        target: Name of the column to predict.
        columns: Every column used, by name. Others are refused.
        exclude: Columns that are read and checked but never become features.
    """

    path: Word
    table: Word | None = None
    joins: tuple[Join, ...] = ()
    csv: Csv = Csv()
    target: Word
    columns: dict[str, Column]
    exclude: tuple[str, ...] = ()


class Leaks(Section, frozen=True, kw_only=True):
    """What the leak guard does, and when it speaks.

    Attributes:
        action: Refuse to go on, or warn and go on.
        allow: Columns that were looked at and may stay.
        power: From what power on a feature that is alone predicts the target too well:
            1 is perfect, 0 is none (see `modeling.leaks`).
        missing: The same for the mere fact that a feature is missing.
    """

    action: Literal["refuse", "warn"] = "refuse"
    allow: tuple[str, ...] = ()
    power: Fraction = 0.8
    missing: Fraction = 0.8


class Holidays(Section, frozen=True, kw_only=True):
    """Whose holidays count, in the words of the `holidays` library."""

    country: str
    subdivision: str | None = None


class Pruning(Section, frozen=True, kw_only=True):
    """When a candidate feature is dropped.

    Attributes:
        rows: Training rows to judge by.
        rounds: Boosting rounds of the model that measures gain.
        min_gain: Smallest share of the total gain that keeps a feature.
    """

    rows: Positive
    rounds: Positive
    min_gain: Share


class Tuning(Section, frozen=True, kw_only=True):
    """Random search with successive halving.

    Attributes:
        budget: Parameter draws in the first round.
        factor: By how much the draws shrink and the rows grow each round.
        rows: Training rows in the last round, over all folds together.
    """

    budget: Positive
    factor: Annotated[int, msgspec.Meta(ge=2)]
    rows: Positive


class Candidate(Section, frozen=True, kw_only=True):
    """One way to learn: fixed parameters and those to search.

    Attributes:
        kind: Which estimator; the candidate's own name by default. The path of a class
            names one of an installed package.
        encoding: For whom features are encoded, where kind is a path: `trees` leaves
            missing values and codes, `linear` has neither; trees by default.
        fixed: Parameters of the estimator that are not searched.
        search: Parameter name to choices (a list), or to a range
            `{low, high, log, integer}`.
    """

    kind: str | None = None
    encoding: Encoding | None = None
    fixed: dict[str, Any] = {}
    search: dict[str, Any] = {}


class Significance(Section, frozen=True, kw_only=True):
    """The paired block bootstrap: replicates, days a block, confidence."""

    replicates: Positive
    block: Positive
    confidence: Fraction


class Intervals(Section, frozen=True, kw_only=True):
    """Nominal coverages of the prediction intervals, such as 0.8 and 0.95."""

    levels: tuple[Fraction, ...]


class Explain(Section, frozen=True, kw_only=True):
    """How many rows and repeats the explanations use."""

    rows: Positive
    repeats: Positive
    shap_rows: Positive


class Bundle(Section, frozen=True, kw_only=True):
    """How the champion is stored.

    Attributes:
        format: joblib is small and quick; skops can be loaded without trust.
        origins: How many days back a forecast may start; of tables, how many rows are
            kept for explanations to compare with.
    """

    format: Literal["joblib", "skops"]
    origins: Positive
