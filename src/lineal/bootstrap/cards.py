"""The parts of a bundle as values, once their hashes were checked."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import msgspec
import pandas as pd
import pyarrow as pa
from pyarrow import parquet

from lineal.errors import BadInputError
from lineal.modeling.bundle import Bundle
from lineal.modeling.card import Card, Stored
from lineal.modeling.intervals import Calibration
from lineal.modeling.tables.calibration import Calibrator
from lineal.modeling.tables.card import TableCard
from lineal.modeling.tables.intervals import Intervals
from lineal.modeling.tables.predictor import Predictor

TABLES = ("classification", "regression")
"""Tasks of models that answer rows."""


class ForeignCardError(BadInputError):
    """card.json was written by another version of lineal."""


class OtherTaskError(BadInputError):
    """A model was asked what models of another task answer."""

    def __init__(self, card: Card | TableCard) -> None:
        word = "predict" if isinstance(card, TableCard) else "forecast"
        super().__init__(
            f"{card.model} is a model of {card.task}: ask it with `lineal {word}`"
        )


@dataclass(frozen=True, slots=True)
class Parts:
    """Where a bundle's files come from, checked.

    Attributes:
        read: Return the bytes of a file beside the card, by its name.
        load: Return the trained model.
    """

    read: Callable[[str], bytes]
    load: Callable[[Stored], Any]

    def bundle(self) -> Bundle:
        """Put a model that forecasts together.

        Raises:
            OtherTaskError: It does not forecast.
            ForeignCardError: Another version of lineal wrote its card.
        """
        return self._bundle(read_card(self.read("card.json")))

    def predictor(self) -> Predictor:
        """Put a classifier or a regressor together.

        Raises:
            OtherTaskError: It forecasts.
            ForeignCardError: Another version of lineal wrote its card.
        """
        return self._predictor(read_table_card(self.read("card.json")))

    def either(self) -> Bundle | Predictor:
        """Put a model of any task together.

        Raises:
            ForeignCardError: Another version of lineal wrote its card.
        """
        card = read_any_card(self.read("card.json"))
        if isinstance(card, TableCard):
            return self._predictor(card)
        return self._bundle(card)

    def _bundle(self, card: Card) -> Bundle:
        calibration, history = self.read("calibration.json"), self._history()
        return Bundle(
            card=card,
            forecaster=self.load(card.stored),
            calibration=Calibration.from_json(calibration),
            history=history,
        )

    def _predictor(self, card: TableCard) -> Predictor:
        calibration, history = self.read("calibration.json"), self._history()
        kind = Intervals if card.classing is None else Calibrator
        return Predictor(
            card=card,
            learner=self.load(card.stored),
            calibration=kind.from_json(calibration),
            history=history,
        )

    def _history(self) -> pd.DataFrame:
        return read_history(self.read("history.parquet"))


class _Kind(msgspec.Struct, frozen=True):
    """What tells which form a card has."""

    task: str = ""


def read_card(content: bytes) -> Card:
    """Read the card of a model that forecasts.

    Raises:
        OtherTaskError: It does not.
        ForeignCardError: Another version of lineal wrote it.
    """
    card = read_any_card(content)
    if isinstance(card, TableCard):
        raise OtherTaskError(card)
    return card


def read_table_card(content: bytes) -> TableCard:
    """Read the card of a classifier or a regressor.

    Raises:
        OtherTaskError: It forecasts.
        ForeignCardError: Another version of lineal wrote it.
    """
    card = read_any_card(content)
    if isinstance(card, Card):
        raise OtherTaskError(card)
    return card


def read_any_card(content: bytes) -> Card | TableCard:
    """Read the card of a bundle.

    Raises:
        ForeignCardError: Another version of lineal wrote it.
    """
    try:
        is_table = msgspec.json.decode(content, type=_Kind).task in TABLES
        card: Card | TableCard = (
            msgspec.json.decode(content, type=TableCard)
            if is_table
            else msgspec.json.decode(content, type=Card)
        )
    except msgspec.DecodeError as error:
        msg = f"card.json is not what this version writes ({error}): run `dvc repro`"
        raise ForeignCardError(msg) from error
    if card.version != 1:
        msg = (
            f"card.json has version {card.version}, and only 1 is known: update lineal"
        )
        raise ForeignCardError(msg)
    return card


def read_history(content: bytes) -> pd.DataFrame:
    """Read the history of a bundle."""
    with parquet.ParquetFile(pa.BufferReader(content)) as file:
        frame: pd.DataFrame = file.read().to_pandas(date_as_object=False)
    return frame
