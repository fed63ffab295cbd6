"""A trained classifier or regressor with all that an answer needs, as one object."""

import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import numpy as np
import pandas as pd

from lineal.errors import BadInputError
from lineal.modeling.tables.answers import Codes, Vector, answered
from lineal.modeling.tables.calibration import Calibrator
from lineal.modeling.tables.card import Classing, TableCard
from lineal.modeling.tables.inputs import UnusualInputWarning, read
from lineal.modeling.tables.intervals import Intervals
from lineal.modeling.tables.learner import Learner
from lineal.modeling.tables.making import made

_DEEP: Final = 4  # frames between a warning and who asked


Row: TypeAlias = "Mapping[Any, Any] | pd.DataFrame | pd.Series[Any]"


class WrongTaskError(BadInputError):
    """A regressor has no probabilities, and a classifier no intervals."""

    def __init__(self, card: TableCard, what: str, instead: str) -> None:
        super().__init__(
            f"{card.model} is a model of {card.task}, which has no {what}: ask {instead}"
        )


class NotOneRowError(BadInputError):
    """What is explained is one row."""

    def __init__(self, found: object) -> None:
        super().__init__(
            "explain wants one row, as a dict, a Series or a DataFrame of one row, not "
            f"{found}"
        )


@dataclass(frozen=True, slots=True, eq=False)
class Predictor:
    """What `models/<model>` of a classifier or a regressor holds, loaded.

    Columns that the model does not take are ignored, and a target is never read. What
    the model never saw is warned of with `UnusualInputWarning`.

    Attributes:
        card: The model's facts.
        learner: The trained model.
        calibration: What its probabilities mean, or how wide its intervals are.
        history: Rows that it knows, in raw columns.
    """

    card: TableCard
    learner: Learner
    calibration: Calibrator | Intervals
    history: pd.DataFrame

    def __repr__(self) -> str:
        card = self.card
        return f"<{card.model}: {card.task} of {card.target} by {card.champion}>"

    def predict(self, table: pd.DataFrame) -> "pd.Series[Any]":
        """Answer each row: with its class by the threshold, or with a number.

        Args:
            table: The raw columns, named as in training; text dates are ISO 8601.

        Returns:
            Named as the target, with the table's index.

        Raises:
            WrongInputError: A column is missing, or a value is not what is wanted.
        """
        found = self.answers(table)
        classing, name = self.card.classing, self.card.target
        codes = self.chosen(found)
        if classing is None or codes is None:
            return pd.Series(found, index=table.index, name=name)
        labels = np.array(classing.classes, dtype=object)[codes]
        return pd.Series(labels, index=table.index, name=name, dtype=object)

    def predict_proba(self, table: pd.DataFrame) -> pd.DataFrame:
        """Return calibrated probabilities, a column a class.

        Raises:
            WrongTaskError: The model is a regressor.
            WrongInputError: As `predict` does.
        """
        classing = self._classing()
        found = self.answers(table)
        return pd.DataFrame(found, index=table.index, columns=list(classing.classes))

    def intervals(self, table: pd.DataFrame) -> pd.DataFrame:
        """Return the ends of the prediction intervals: low_80, high_80 and so on.

        Raises:
            WrongTaskError: The model is a classifier.
            WrongInputError: As `predict` does.
        """
        if not isinstance(self.calibration, Intervals):
            raise WrongTaskError(self.card, "intervals", "for predict_proba")
        bounds = self.calibration.apply(self.answers(table))
        columns = {
            f"{end}_{100 * level:g}": values
            for level, both in bounds.items()
            for end, values in zip(("low", "high"), both, strict=True)
        }
        return pd.DataFrame(columns, index=table.index)

    def explain(self, row: Row) -> pd.DataFrame:
        """Say what each feature contributes to the answer about one row.

        That is the number, or the calibrated probability: of two classes of the positive
        one, of more of the likeliest.

        Args:
            row: As a dict, a Series or a DataFrame of one row.

        Returns:
            feature, value and contribution, the largest first. The contributions add up
            to `attrs["prediction"]` minus `attrs["base"]`, the mean of rows that the
            model knows; `attrs["of"]` says of what.

        Raises:
            NotOneRowError: It is none, or there are several.
            WrongInputError: As `predict` does.
        """
        from lineal.modeling.tables.contributions import contributions  # noqa: PLC0415 - brings shap

        rows = made(self._known(_one(row)), self.card)
        background = made(self.history, self.card)
        code, of = self._explained(rows)

        def meaning(answers: Vector) -> Vector:
            return answers if code is None else self._meant(answers)[:, code]

        found = contributions(self.learner, rows, background, meaning=meaning)
        columns = ("feature", "value", "contribution")
        parts = [(each.feature, each.value, each.contribution) for each in found.parts]
        table = pd.DataFrame(parts, columns=list(columns))
        table.attrs = {"of": of, "base": found.base, "prediction": found.answer}
        return table

    def _explained(self, rows: pd.DataFrame) -> tuple[int | None, str]:
        """Return the code of the class that is explained, and what that is called."""
        classing = self.card.classing
        if classing is None:
            return None, self.card.target
        code = _code(classing)
        if code is None:
            code = int(self._meant(self.learner.answer(rows))[0].argmax())
        return code, f"probability of {classing.classes[code]}"

    def answers(self, table: pd.DataFrame) -> Vector:
        """Return numbers, or calibrated probabilities (rows, classes), as an array.

        Raises:
            WrongInputError: As `predict` does.
        """
        known = self._known(table)
        if not len(known):
            classing = self.card.classing
            return np.empty((0, len(classing.classes)) if classing else 0)
        return self._meant(self.learner.answer(made(known, self.card)))

    def _meant(self, answers: Vector) -> Vector:
        """Calibrate probabilities; numbers are what they are."""
        if isinstance(self.calibration, Calibrator):
            return self.calibration.apply(answers)
        return answers

    def chosen(self, answers: Vector) -> Codes | None:
        """Return the code of the class that rows are answered with; None for numbers."""
        classing = self.card.classing
        if classing is None:
            return None
        return answered(answers, _code(classing), _threshold(classing))

    def _classing(self) -> Classing:
        if self.card.classing is None:
            raise WrongTaskError(self.card, "probabilities", "for predict or intervals")
        return self.card.classing

    def _known(self, table: pd.DataFrame) -> pd.DataFrame:
        """Return a table's columns in the known form, if the model can answer it."""
        card = self.card
        found = read(table, card.signature.inputs, card.levels, model=card.model)
        for note in found.notes:
            warnings.warn(note, UnusualInputWarning, stacklevel=_DEEP)
        return found.table


def _one(row: Row) -> pd.DataFrame:
    """Return a table of one row."""
    if isinstance(row, pd.Series):
        return pd.DataFrame([row.to_dict()], index=pd.Index([row.name]))
    if isinstance(row, Mapping):
        return pd.DataFrame([dict(row)])
    if not isinstance(row, pd.DataFrame):
        raise NotOneRowError(type(row).__name__)
    if len(row) != 1:
        found = f"{len(row):,} rows"
        raise NotOneRowError(found)
    return row


def _code(classing: Classing) -> int | None:
    """Return the code of the class whose probability is asked, of two."""
    if classing.positive is None:
        return None
    return classing.classes.index(classing.positive)


def _threshold(classing: Classing) -> float:
    return 0.5 if classing.choice is None else classing.choice.threshold
