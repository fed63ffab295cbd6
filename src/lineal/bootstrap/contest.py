"""Two versions of a model on the very same rows: days that neither learned from.

Data and models are what the versions' commits record, checked by their hashes. A model
is loaded last, when all else is known to be there.
"""

import posixpath
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Self

import numpy as np
import pandas as pd

from lineal.bootstrap import loading, retrieval
from lineal.bootstrap.cards import read_card, read_history
from lineal.bootstrap.retrieval import Artifact
from lineal.doors.dvc.names import inside
from lineal.doors.location import Location
from lineal.errors import LinealError, RefusedError
from lineal.modeling.candidates import Forecaster
from lineal.modeling.card import Card
from lineal.modeling.card_panel import card_panel, card_recipe
from lineal.modeling.config import Forecast
from lineal.modeling.errors_by_day import Errors
from lineal.modeling.features.matrix import rows
from lineal.modeling.rhythm import Rhythm
from lineal.modeling.schema import typed
from lineal.modeling.splits import Period
from lineal.modeling.tally import tally
from lineal.pipeline.files import read_table
from lineal.pipeline.params import parse_params
from lineal.pipeline.paths import Paths
from lineal.registry.retrieval import Picked

_KEY = ("segment", "origin", "horizon")
_PARAMS = "params.yaml"


class NoContestError(RefusedError):
    """Two versions cannot be judged by the same rows."""


@dataclass(frozen=True, slots=True, eq=False)
class Contender:
    """A version of a model of our pipeline, not loaded yet.

    Attributes:
        artifact: Its model's bytes.
        card: Its facts.
        top: The folder with its params.yaml.
    """

    artifact: Artifact
    card: Card
    top: str

    @classmethod
    def at(cls, place: Location, model: str, commit: str) -> Self:
        """Read the facts of a model at a commit.

        Raises:
            NoContestError: It is none that our pipeline made.
            LinealError: Its files cannot be had.
        """
        artifact = retrieval.found(place, Picked(model, None, commit))
        card = read_card(artifact.beside("card.json").fetch())
        own = Paths(card.model).bundle(card.stored.file).as_posix()
        if not f"/{artifact.path}".endswith(f"/{own}") or "last" not in card.data:
            msg = f"{artifact.path} of {commit[:10]} is not where our pipeline puts it"
            raise NoContestError(msg)
        return cls(artifact, card, artifact.path.removesuffix(own).rstrip("/"))

    @property
    def name(self) -> str:
        """Its commit, in short."""
        return self.artifact.picked.commit[:10]

    @property
    def reach(self) -> tuple[str, str]:
        """How far its data reaches, and where its test period begins."""
        return str(self.card.data["last"]), self.card.splits.test.first

    def params(self) -> Forecast:
        """Return what params.yaml says of it.

        Raises:
            NowhereError: There is no params.yaml.
            InvalidParamsError: It is for another version of lineal.
        """
        return parse_params(self._fetch(_PARAMS)).forecast(self.card.model)

    def table(self) -> pd.DataFrame:
        """Return its ingested table, made again from the raw one if need be.

        Raises:
            NoContestError: Neither can be had.
        """
        try:
            return read_history(self._fetch(str(Paths(self.card.model).ingested)))
        except LinealError as error:
            _say(f"{error}; the raw table is ingested instead")
        data = self.params().data
        if data.table is not None:
            msg = (
                f"the ingested table cannot be had, and {data.path} is a folder: fetch "
                "the ingested one with `dvc pull`"
            )
            raise NoContestError(msg)
        try:
            content = self._fetch(data.path)
        except LinealError as error:
            msg = f"neither the ingested nor the raw table can be had: {error}"
            raise NoContestError(msg) from error
        with TemporaryDirectory(prefix="lineal-") as folder:
            path = Path(folder) / posixpath.basename(data.path)
            path.write_bytes(content)
            return typed(read_table(path, data.csv), data)

    def forecast(self, table: pd.DataFrame, origins: Period) -> pd.DataFrame:
        """Forecast from some days of a table, with features of its own recipe.

        Raises:
            NoContestError: The table lacks a column, or the file is no forecaster.
            LinealError: The bytes cannot be had.
        """
        card = self.card
        lacking = sorted({*card.known, *card.observed} - set(table.columns))
        if lacking:
            msg = f"{self.name} learned from {lacking[0]!r}, which the newest data lack"
            raise NoContestError(msg)
        forecaster = loading.load(self.artifact)
        if not isinstance(forecaster, Forecaster):
            msg = f"{self.artifact.path} of {self.name} is no model of our pipeline"
            raise NoContestError(msg)
        found = self._rows(table, origins)
        _say(f"{self.name} forecasts {len(found):,} rows")
        index = found[[*_KEY, "target"]].astype({"segment": str})
        return index.assign(forecast=forecaster.predict(found))

    def _rows(self, table: pd.DataFrame, origins: Period) -> pd.DataFrame:
        """Make feature rows as the test period's were made."""
        panel = card_panel(self.card, table)
        made = card_recipe(self.card, panel)
        periods = origins.indexes(panel.dates)
        return rows(made, periods, only=self.card.features, usable=True)

    def _fetch(self, path: str) -> bytes:
        """Return the checked bytes of a file of its commit."""
        placed = inside(path, self.top)
        if placed is None:
            msg = f"{path} of {self.name} lies outside of the repository"
            raise NoContestError(msg)
        return self.artifact.other(placed).fetch()


def contest(
    place: Location, model: str, candidate: str, incumbent: str
) -> tuple[Errors, Errors]:
    """Let two versions forecast the same days, and add up how wrong they are.

    Raises:
        NoContestError: They do not forecast the same thing, or the newest data have too
            few days that neither learned from.
        LinealError: Files cannot be had.
    """
    ours, theirs = (Contender.at(place, model, each) for each in (candidate, incumbent))
    _check_alike(ours, theirs)
    newest = max((ours, theirs), key=lambda each: each.reach)
    rhythm, table = newest.card.rhythm, newest.table()
    origins = _origins(ours.card, theirs.card, newest.card, table)
    asked = newest.params().significance.block
    block = rhythm.blocks(asked)
    ends = [np.datetime64(each) for each in (origins.first, origins.last)]
    apart = int(rhythm.number(ends[1], ends[0]))
    _check_days(apart // max(origins.every, rhythm.day) + 1, block, rhythm)
    both = ours.forecast(table, origins).merge(
        theirs.forecast(table, origins).drop(columns="target"),
        on=list(_KEY),
        suffixes=("", "_theirs"),
    )
    _check_days(both["origin"].dt.normalize().nunique(), block, rhythm)
    return (
        tally(both, "forecast", block=block),
        tally(both, "forecast_theirs", block=block),
    )


def _check_alike(ours: Contender, theirs: Contender) -> None:
    """Refuse versions of which one row is not the other's."""
    for name in ("target", "time", "segment_columns", "frequency"):
        one, other = (getattr(each.card, name) for each in (ours, theirs))
        if one != other:
            msg = (
                f"they do not forecast the same thing: the {name} of {ours.name} is "
                f"{one!r}, that of {theirs.name} {other!r}"
            )
            raise NoContestError(msg)


def _origins(ours: Card, theirs: Card, newest: Card, table: pd.DataFrame) -> Period:
    """Return the origins after both trainings, as `evaluate` would take them."""
    rhythm = newest.rhythm
    ends = (table["date"].min(), table["date"].max())
    begun, ended = (rhythm.text(each.to_datetime64()) for each in ends)
    first = max(ours.splits.test.first, theirs.splits.test.first, begun)
    last = rhythm.later(ended, -min(ours.horizon, theirs.horizon))
    return Period(first, last, newest.splits.test.every)


def _check_days(days: int, block: int, rhythm: Rhythm) -> None:
    if days < 2 * block:
        msg = (
            f"the newest data have {max(days, 0)} {rhythm.resampled} that neither "
            f"learned from, which is fewer than two blocks of {block}"
        )
        raise NoContestError(msg)


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")
