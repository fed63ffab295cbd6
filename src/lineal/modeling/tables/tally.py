"""Adding up a table model's errors by day, for versions to be compared by."""

import hashlib
import json
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from lineal.modeling.errors_by_day import Errors, Rows, Sums
from lineal.modeling.tables.answers import Codes, Vector, checked
from lineal.modeling.tables.index import ROW, SEGMENT, TARGET, TIME
from lineal.modeling.tables.losses import Losses, class_losses, value_losses
from lineal.modeling.tables.periods import Periods
from lineal.modeling.tables.question import Question


def losses(
    rows: pd.DataFrame, question: Question, answers: Vector, chosen: Codes | None
) -> Mapping[str, Losses]:
    """Return how wrong each row was answered, by every metric that adds up.

    Args:
        rows: With `_target`.
        question: What was asked.
        answers: As a learner gives them, calibrated.
        chosen: The class that each row was answered with; None for numbers.
    """
    target = rows[TARGET].to_numpy(dtype=np.float64)
    if question.classes is None or chosen is None:
        return value_losses(target, answers)
    codes, shares = checked(target, answers)
    return class_losses(codes, shares, chosen, positive=question.positive)


def tally(
    rows: pd.DataFrame,
    question: Question,
    answers: Vector,
    chosen: Codes | None = None,
    *,
    block: int,
) -> Errors:
    """Add up the errors of each day, or of groups of rows where there are no days.

    Args:
        rows: The index columns of what was answered, in any order.
        question: What was asked.
        answers: Of the rows, calibrated.
        chosen: The class that each row was answered with; None for numbers.
        block: Periods a block, in which they are to be resampled.

    Raises:
        UnusableAnswersError: An answer or a target is none.
        InvalidErrorsError: There are no rows.
    """
    found = losses(rows, question, answers, chosen)
    # Sums depend on the order of rows in the last bits.
    order = np.argsort(rows[ROW].to_numpy(), kind="stable")
    rows = rows.iloc[order]
    periods = Periods.of(rows)

    def total(values: Vector) -> tuple[float, ...]:
        return tuple(periods.total(values[order]).tolist())

    return Errors(
        version=1,
        rows=Rows(len(rows), _fingerprint(rows, question.classes)),
        block=block,
        periods=tuple(periods.names),
        metrics={
            name: Sums(total(each.errors), total(each.weights), root=each.root)
            for name, each in found.items()
        },
    )


def _fingerprint(rows: pd.DataFrame, classes: Sequence[str] | None) -> str:
    """Return the SHA-256 of what was to be answered, from rows in order.

    It is over the names of the segments in order and the labels of the classes, as
    JSON, then column by column as little-endian numbers of 8 bytes: which segment,
    moment in microseconds since 1970 (the least number where missing), row, target.
    """
    codes, names = pd.factorize(rows[SEGMENT].astype(str), sort=True)
    said = json.dumps([list(names), None if classes is None else list(classes)])
    found = hashlib.sha256(said.encode())
    moments = rows[TIME].to_numpy().astype("datetime64[us]").astype("<i8")
    for column in (codes.astype("<i8"), moments, rows[ROW].to_numpy().astype("<i8")):
        found.update(column.tobytes())
    # -0.0 is 0.0
    found.update((rows[TARGET].to_numpy().astype("<f8") + 0.0).tobytes())
    return found.hexdigest()
