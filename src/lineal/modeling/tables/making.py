"""The features of rows to be answered: made as in training, by what the card says."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Final, cast

import pandas as pd

from lineal.errors import RefusedError
from lineal.modeling.own import OwnFeatures
from lineal.modeling.sections import Column
from lineal.modeling.signature import Field
from lineal.modeling.tables import features
from lineal.modeling.tables.card import TableCard
from lineal.modeling.tables.config import Table, TableData, TableFeatures

_OWN: Final = "features.py"
_TYPES: Final[Mapping[str, Any]] = MappingProxyType(
    {
        "float": "number",
        "integer": "integer",
        "string": "string",
        "date": "date",
        "datetime": "datetime",
    }
)


class OtherFeaturesError(RefusedError):
    """A model learned from features that are made no more."""

    def __init__(self, card: TableCard, feature: str) -> None:
        who = "this version of lineal does not make"
        if card.own is not None:
            own = card.recipe.own or _OWN
            who = f"neither this version of lineal nor {own} makes of these rows"
        super().__init__(
            f"{card.model} learned from the feature {feature!r}, which {who}: install "
            "the version that trained it, or train it again"
        )


def made(table: pd.DataFrame, card: TableCard) -> pd.DataFrame:
    """Make the features that a model learned from, of columns in their known form.

    Raises:
        OtherFeaturesError: One of them is not made any more.
        OwnFeaturesError: The user's function fails.
    """
    own = None if card.own is None else _own(card.own, card.recipe.own or _OWN)
    rows, _ = features.make(table, cast("Table", _Asked.of(card)), own)
    lacking = [name for name in card.features if name not in rows]
    if lacking:
        raise OtherFeaturesError(card, lacking[0])
    return rows[list(card.features)]


@dataclass(frozen=True, slots=True)
class _Asked:
    """As much of params.yaml as features are made by, told by the card."""

    data: TableData
    features: TableFeatures

    @classmethod
    def of(cls, card: TableCard) -> "_Asked":
        columns = {each.name: _column(each) for each in card.signature.inputs}
        data = TableData(
            path=card.model, target=card.target, time=card.time, columns=columns
        )
        return cls(data, card.recipe)


def _column(field: Field) -> Column:
    """Return what params.yaml says of a column; truth values are the integers 0, 1."""
    if field.type == "integer" and (field.min, field.max) == (0, 1):
        return Column(type="boolean")
    return Column(type=_TYPES[field.type])


@lru_cache(maxsize=8)
def _own(source: str, name: str) -> OwnFeatures:
    """Compile the user's features, once; the card's hash was checked before."""
    return OwnFeatures.of(source, name)
