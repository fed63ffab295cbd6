"""What a model takes and gives: names, types and ranges, without the model."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Literal, Self

import msgspec
import pandas as pd

from lineal.modeling.config import Data, Frequency, Sign
from lineal.modeling.sections import Column

Type = Literal["float", "integer", "string", "date", "datetime"]

_DECLARED: Mapping[str, Type] = MappingProxyType(
    {
        "number": "float",
        "integer": "integer",
        "boolean": "integer",
        "string": "string",
        "date": "date",
        "datetime": "datetime",
    }
)


class Field(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One column.

    Attributes:
        name: Its name.
        type: What its values are; truth values are the integers 0 and 1.
        min: Smallest value, if numbers have one.
        max: Largest value, if numbers have one.
        required: Whether every row must have a value.
    """

    name: str
    type: Type
    min: float | None = None
    max: float | None = None
    required: bool = True


class Signature(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The columns that go in, and those that come out, in order."""

    inputs: tuple[Field, ...]
    outputs: tuple[Field, ...]

    @classmethod
    def of_features(
        cls, frame: pd.DataFrame, names: Iterable[str], outputs: Iterable[Field]
    ) -> Self:
        """Read types and ranges of the inputs from the training rows.

        A feature that had missing values in training is not required.
        """
        fields = tuple(_seen(frame[name], name) for name in names)
        return cls(inputs=fields, outputs=tuple(outputs))

    @classmethod
    def of_data(cls, data: Data, outputs: Iterable[Field]) -> Self:
        """Take the inputs that params.yaml declares, without the excluded ones."""
        roles = (data.time, *data.segments, data.target, *data.known, *data.observed)
        fields = tuple(field_of(name, data.columns[name]) for name in roles)
        return cls(inputs=fields, outputs=tuple(outputs))


def forecast_outputs(
    horizon: int,
    levels: Iterable[float],
    *,
    frequency: Frequency = "day",
    sign: Sign = "open",
) -> tuple[Field, ...]:
    """Return the columns of a forecast: what it is for, its value, its intervals.

    >>> [field.name for field in forecast_outputs(14, [0.8])]
    ['segment', 'origin', 'horizon', 'date', 'forecast', 'low_80', 'high_80']
    """
    time: Type = "datetime" if frequency == "hour" else "date"
    low = None if sign == "signed" else 0
    ends = (f"{end}_{100 * level:g}" for level in levels for end in ("low", "high"))
    return (
        Field(name="segment", type="string"),
        Field(name="origin", type=time),
        Field(name="horizon", type="integer", min=1, max=horizon),
        Field(name="date", type=time),
        Field(name="forecast", type="float"),
        *(Field(name=name, type="float", min=low) for name in ends),
    )


def field_of(name: str, column: Column) -> Field:
    """Translate a declared column."""
    low, high = (0, 1) if column.type == "boolean" else (column.min, column.max)
    return Field(
        name=name,
        type=_DECLARED[column.type],
        min=low,
        max=high,
        required=column.missing == 0,
    )


def _seen(column: pd.Series, name: str) -> Field:
    """Describe a column as it was in training."""
    known = column.dropna()
    kind = _kind(column)
    ranged = kind in {"float", "integer"} and not known.empty
    return Field(
        name=name,
        type=kind,
        min=float(known.min()) if ranged else None,
        max=float(known.max()) if ranged else None,
        required=len(known) == len(column),
    )


def _kind(column: pd.Series) -> Type:
    """Tell what a column's values are from how they are stored."""
    kinds = pd.api.types
    if kinds.is_bool_dtype(column) or kinds.is_integer_dtype(column):
        return "integer"
    if kinds.is_float_dtype(column):
        return "float"
    return "date" if kinds.is_datetime64_any_dtype(column) else "string"
