"""What a classifier or a regressor takes and gives: names, types and ranges."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec
import pandas as pd

from lineal.modeling.declared import added, declared
from lineal.modeling.features.column import Feature
from lineal.modeling.sections import Column, Raw
from lineal.modeling.signature import Field, Signature, field_of
from lineal.modeling.tables.config import Regression, Table

PREDICTION = "prediction"
"""What an answer is called: a class, or a number."""

_MOMENTS = ("date", "datetime")
_MOST = 1000  # words that a card lists of a column


def sign(
    model: Table, features: Sequence[Feature], classes: Sequence[str] | None
) -> Signature:
    """Say which columns of the joined table features are made of, and what comes out.

    Args:
        model: What params.yaml says of it.
        features: Those that the model sees.
        classes: Labels in the order of codes; None where a number is answered.
    """
    unmatched = dict(_unmatched(model.data))
    inputs = []
    for name, column in needed(model, features).items():
        field = field_of(name, column)
        if unmatched.get(name):
            field = msgspec.structs.replace(field, required=False)
        inputs.append(field)
    return Signature(inputs=tuple(inputs), outputs=tuple(_outputs(model, classes)))


def needed(model: Table, features: Sequence[Feature]) -> Mapping[str, Column]:
    """Return the columns that features are made of, in the order of the table.

    The user's features may read all that is known before the prediction and is not
    excluded. The moment of prediction is needed where time is counted to it.
    """
    columns, data = declared(model.data), model.data
    sources = {source for feature in features for source in feature.sources}
    if any(feature.group == "own" for feature in features):
        sources |= {n for n, c in columns.items() if c.available == "before"}
        sources -= {*data.exclude}
    if data.time is not None and any(
        columns[name].type in _MOMENTS for name in sources if name in columns
    ):
        sources.add(data.time)
    sources -= {data.target}
    return {name: column for name, column in columns.items() if name in sources}


def levels(
    table: pd.DataFrame, columns: Mapping[str, Column]
) -> dict[str, tuple[str, ...]]:
    """Return the words that each column of words has, where they can be listed."""
    found = {}
    for name, column in columns.items():
        if column.type != "string":
            continue
        words = sorted(map(str, table[name].dropna().unique()))
        if len(words) <= _MOST:
            found[name] = tuple(words)
    return found


def _unmatched(data: Raw) -> Iterator[tuple[str, bool]]:
    """Tell of each column that a join adds whether rows may find none."""
    for join in data.joins:
        for name, _ in added(join):
            yield name, join.unmatched > 0


def _outputs(model: Table, classes: Sequence[str] | None) -> Iterable[Field]:
    """Return the answer, then probabilities, or the ends of intervals."""
    if isinstance(model, Regression):
        low = model.predict.floor
        yield Field(name=PREDICTION, type="float", min=low)
        for level in model.calibration.levels:
            for end in ("low", "high"):
                yield Field(name=f"{end}_{100 * level:g}", type="float", min=low)
        return
    yield Field(name=PREDICTION, type="string")
    for label in classes or ():
        yield Field(name=label, type="float", min=0, max=1)
