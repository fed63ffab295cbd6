"""Reading params.yaml: unknown keys, wrong types and contradictions are refused."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from lineal.modeling.config import (
    Candidate,
    Data,
    Features,
    InvalidParamsError,
    Model,
    Params,
    Selection,
    Split,
)
from lineal.modeling.index import LOOKBACK

_NAME = re.compile(r"[a-zA-Z][a-zA-Z0-9_-]*", re.ASCII)
_WORDS = frozenset({"date", "string"})
_ROUNDING = 1e-9  # of shares that are added up
# What the rows of features call their own columns.
_TAKEN = frozenset(
    {"segment", "origin", "horizon", "date", "target", "scale", "naive_error"}
)


def parse(document: Mapping[str, Any]) -> Params:
    """Read what YAML gave, refusing what does not fit, with the place.

    Raises:
        InvalidParamsError: A key is unknown or missing, or a value does not fit.
    """
    try:
        params = msgspec.convert(document, Params)
    except msgspec.ValidationError as error:
        msg = f"params.yaml: {error}"
        raise InvalidParamsError(msg) from error
    for name, model in params.models.items():
        for word in (name, *model.candidates):
            if _NAME.fullmatch(word):
                continue
            msg = (
                f"params.yaml: {word!r} names folders and Git tags, so it may "
                "have letters, digits, '-' and '_' only, and starts with a letter"
            )
            raise InvalidParamsError(msg)
        problems = _contradictions(model)
        if problems:
            msg = f"params.yaml: models.{name}: " + "; ".join(problems)
            raise InvalidParamsError(msg)
    return params


def _contradictions(model: Model) -> list[str]:
    """Find what types alone cannot forbid."""
    return [
        *_wrong_roles(model.data),
        *_wrong_types(model.data),
        *_wrong_lengths(model.features),
        *_wrong_shares(model.split),
        *_wrong_selection(model.selection, model.candidates),
    ]


def _roles(data: Data) -> dict[str, tuple[str, ...]]:
    """Return which columns each role names."""
    return {
        "data.time": (data.time,),
        "data.segments": data.segments,
        "data.target": (data.target,),
        "data.known": data.known,
        "data.observed": data.observed,
        "data.exclude": data.exclude,
    }


def _wrong_roles(data: Data) -> Iterator[str]:
    """Every role's columns are declared, have no other role and a free name."""
    roles = _roles(data)
    for role, columns in roles.items():
        for column in columns:
            if column not in data.columns:
                yield f"{role} names {column!r}, which data.columns does not declare"
    named = [column for columns in roles.values() for column in columns]
    for column in sorted(set(named)):
        if named.count(column) > 1:
            yield f"column {column!r} has more than one role"
    for column in sorted(_TAKEN & {*data.known, *data.observed}):
        yield f"covariate {column!r} has a name that the feature rows need: rename it"


def _wrong_types(data: Data) -> Iterator[str]:
    """Time is a date, what features are made of are numbers, and only they have limits."""
    types = {name: column.type for name, column in data.columns.items()}
    if types.get(data.time, "date") != "date":
        yield f"data.time {data.time!r} is declared {types[data.time]}, not date"
    for role in ("data.target", "data.known", "data.observed"):
        for column in _roles(data)[role]:
            if types.get(column) in _WORDS:
                yield f"{role} {column!r} is declared {types[column]}, not a number"
    for name, said in data.columns.items():
        limited = said.min is not None or said.max is not None
        if limited and said.type in _WORDS:
            yield f"data.columns.{name} is declared {said.type}: it has no min or max"


def _wrong_lengths(features: Features) -> Iterator[str]:
    """A bundle ships so many days of history, and features may read no more."""
    most = LOOKBACK - 56  # what "usual" means takes eight weeks more
    for name, lengths in (
        ("lags", features.lags),
        ("windows", features.windows),
        ("observed_windows", features.observed_windows),
        ("weekday_lags (weeks)", (7 * features.weekday_lags,)),
    ):
        if max(lengths, default=0) > most:
            yield f"features.{name} reach back {max(lengths)} days, {most} at most"


def _wrong_shares(split: Split) -> Iterator[str]:
    """The periods make up the time line."""
    shares = split.train + split.validation + split.test
    if abs(shares - 1) > _ROUNDING:
        yield f"split: the shares add up to {shares:g}, not 1"


def _wrong_selection(
    selection: Selection, candidates: Mapping[str, Candidate]
) -> Iterator[str]:
    """The order and the baseline speak of the candidates."""
    for name in candidates:
        if name not in selection.order:
            yield f"selection.order leaves out candidate {name!r}"
    for name in selection.order:
        if name not in candidates:
            yield f"selection.order names {name!r}, which is no candidate"
    if selection.baseline not in candidates:
        yield f"selection.baseline {selection.baseline!r} is no candidate"
