"""Two versions of a classifier or a regressor on rows that neither learned from.

They are the newest version's test rows, from the day on when the other one's test began
too. Data and models are what the versions' commits record, checked by their hashes.
"""

import sys
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
import pandas as pd

from lineal.bootstrap import contest as forecasts
from lineal.bootstrap import loading, retrieval
from lineal.bootstrap.cards import read_any_card, read_history
from lineal.bootstrap.contest import NoContestError
from lineal.bootstrap.retrieval import Artifact
from lineal.doors.dvc.names import inside
from lineal.doors.location import Location
from lineal.modeling.errors_by_day import Errors
from lineal.modeling.tables.card import TableCard
from lineal.modeling.tables.config import Table
from lineal.modeling.tables.index import ROW, TIME
from lineal.modeling.tables.question import Question
from lineal.modeling.tables.tally import tally
from lineal.pipeline.params import parse_params
from lineal.pipeline.paths import Paths
from lineal.registry.retrieval import Picked


@dataclass(frozen=True, slots=True, eq=False)
class Contender:
    """A version of a classifier or a regressor, not loaded yet.

    Attributes:
        artifact: Its model's bytes.
        card: Its facts.
    """

    artifact: Artifact
    card: TableCard

    @property
    def name(self) -> str:
        """Its commit, in short."""
        return self.artifact.picked.commit[:10]

    @property
    def reach(self) -> tuple[str, str]:
        """How far its data reaches, and where its test period begins."""
        return str(self.card.splits.test.last), str(self.card.splits.test.first)

    @property
    def params(self) -> Table:
        """What params.yaml says of it.

        Raises:
            NoContestError: There is no params.yaml.
            InvalidParamsError: It is for another version of lineal.
        """
        text = loading.params_of(self.artifact, self.card)
        if text is None:
            msg = f"{self.name} has no params.yaml that says what it predicts"
            raise NoContestError(msg)
        return parse_params(text).table(self.card.model)

    def table(self, path: Path) -> pd.DataFrame:
        """Return a table that one of its stages made.

        Raises:
            NoContestError: It would lie outside of the repository.
            LinealError: Its bytes cannot be had.
        """
        placed = inside(path.as_posix(), loading.top_of(self.artifact, self.card))
        if placed is None:
            msg = f"{path} of {self.name} lies outside of the repository"
            raise NoContestError(msg)
        return read_history(self.artifact.other(placed).fetch())

    def errors(self, rows: "_Rows", block: int) -> Errors:
        """Answer rows, and add up how wrong that is.

        Raises:
            LinealError: The bytes cannot be had, or the rows lack a column.
        """
        predictor = loading.load_predictor(self.artifact)
        _say(f"{self.name} answers {len(rows.index):,} rows")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # words that it never saw count against it
            answers = predictor.answers(rows.table)
        chosen = predictor.chosen(answers)
        return tally(rows.index, self._question, answers, chosen, block=block)

    @property
    def classes(self) -> tuple[str, ...] | None:
        """The labels that it answers with; None for numbers."""
        return self.card.classing.classes if self.card.classing else None

    @property
    def _question(self) -> Question:
        classing = self.card.classing
        return (
            Question.of(classing.classes, classing.positive) if classing else Question()
        )


@dataclass(frozen=True, slots=True, eq=False)
class _Rows:
    """Rows that neither version learned from.

    Attributes:
        index: Which they are, and what came true.
        table: Their raw columns, as ingested.
    """

    index: pd.DataFrame
    table: pd.DataFrame

    @classmethod
    def of(cls, newest: Contender, first: str) -> Self:
        """Take the test rows of a version, from a moment on."""
        paths = Paths(newest.card.model)
        index = newest.table(paths.predictions)
        index = index[index[TIME] >= np.datetime64(first)].reset_index(drop=True)
        table = newest.table(paths.ingested)
        return cls(index, table.iloc[index[ROW].to_numpy()].reset_index(drop=True))


def contest(
    place: Location, model: str, candidate: str, incumbent: str
) -> tuple[Errors, Errors]:
    """Let two versions of a model of any task answer the same rows.

    Raises:
        NoContestError: They do not answer the same question, or there are too few rows
            that neither learned from.
        LinealError: Files cannot be had.
    """
    found = [_artifact(place, model, each) for each in (candidate, incumbent)]
    cards = [read_any_card(each.beside("card.json").fetch()) for each in found]
    tables = [card for card in cards if isinstance(card, TableCard)]
    if not tables:
        return forecasts.contest(place, model, candidate, incumbent)
    if len(tables) < len(cards):
        msg = "one of the two forecasts and the other does not, so nothing is alike"
        raise NoContestError(msg)
    ours, theirs = map(Contender, found, tables)
    return _played(ours, theirs)


def _artifact(place: Location, model: str, commit: str) -> Artifact:
    return retrieval.found(place, Picked(model, None, commit))


def _played(ours: Contender, theirs: Contender) -> tuple[Errors, Errors]:
    """Let both answer the newest rows."""
    _check_alike(ours, theirs)
    newest = max((ours, theirs), key=lambda each: each.reach)
    first = max(ours.reach[1], theirs.reach[1])
    block, rows = newest.params.significance.block, _Rows.of(newest, first)
    days = rows.index[TIME].dt.normalize().nunique()
    if days < 2 * block:
        msg = (
            f"the newest test rows have {days} days that neither learned from, which "
            f"is fewer than two blocks of {block}"
        )
        raise NoContestError(msg)
    return ours.errors(rows, block), theirs.errors(rows, block)


def _check_alike(ours: Contender, theirs: Contender) -> None:
    """Refuse versions that answer other questions, or whose test rows are not later."""
    for name in ("task", "target", "time", "segment_columns"):
        _check_same(name, *(getattr(each.card, name) for each in (ours, theirs)))
    _check_same("classes", ours.classes, theirs.classes)
    _check_same(
        "params.yaml's predict", *(each.params.predict for each in (ours, theirs))
    )
    for each in (ours, theirs):
        if each.card.splits.by != "time" or each.card.splits.test.first is None:
            msg = (
                f"the test rows of {each.name} were drawn at random, so nobody can tell "
                "which rows both never learned from"
            )
            raise NoContestError(msg)


def _check_same(name: str, one: object, other: object) -> None:
    if one != other:
        msg = f"they do not answer the same question: {name} is {one!r} and {other!r}"
        raise NoContestError(msg)


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")
