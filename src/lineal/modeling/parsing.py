"""Reading params.yaml: unknown keys, wrong types and contradictions are refused."""

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

import msgspec

from lineal.modeling.config import Data, Features, Forecast
from lineal.modeling.contradictions import (
    WORDS,
    wrong_joins,
    wrong_limits,
    wrong_selection,
    wrong_shares,
)
from lineal.modeling.declared import declared
from lineal.modeling.index import OWN
from lineal.modeling.params import Params
from lineal.modeling.rhythm import RHYTHMS, Rhythm
from lineal.modeling.sections import InvalidParamsError
from lineal.modeling.tables.parsing import contradictions

_NAME = re.compile(r"[a-zA-Z][a-zA-Z0-9_-]*", re.ASCII)
# What the rows of features call their own columns.
TAKEN = frozenset(
    {"segment", "origin", "horizon", "date", "target", "scale", "naive_error"}
)
"""Names that no covariate of a forecast can have."""


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
        problems = (
            _contradictions(model)
            if isinstance(model, Forecast)
            else contradictions(model)
        )
        if problems:
            msg = f"params.yaml: models.{name}: " + "; ".join(problems)
            raise InvalidParamsError(msg)
    return params


def _contradictions(model: Forecast) -> list[str]:
    """Find what types alone cannot forbid."""
    data = model.data
    return [
        *_wrong_roles(data),
        *wrong_joins(data),
        *_wrong_types(data),
        *wrong_limits(data.columns, "data.columns"),
        *_wrong_time(data),
        *_wrong_lengths(model.features, RHYTHMS[data.frequency]),
        *_wrong_own(model),
        *wrong_shares(model.split),
        *wrong_selection(model.selection, model.candidates),
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
    roles, columns = _roles(data), declared(data)
    yield from _undeclared(roles, columns)
    named = [name for names in roles.values() for name in names]
    for name in sorted(set(named)):
        if named.count(name) > 1:
            yield f"column {name!r} has more than one role"
    for name in sorted(TAKEN & {*data.known, *data.observed}):
        yield f"covariate {name!r} has a name that the feature rows need: rename it"
    for name in (data.time, *data.segments):
        if name in columns and name not in data.columns:
            yield f"column {name!r} tells rows apart, so it must be of the first table"


def _undeclared(
    roles: Mapping[str, tuple[str, ...]], columns: Collection[str]
) -> Iterator[str]:
    """Every role's columns are declared."""
    for role, names in roles.items():
        for name in names:
            if name not in columns:
                yield f"{role} names {name!r}, which data.columns does not declare"


def _wrong_types(data: Data) -> Iterator[str]:
    """Time is a date or a moment, and what features are made of are numbers."""
    types = {name: column.type for name, column in declared(data).items()}
    if types.get(data.time, "date") not in {"date", "datetime"}:
        yield f"data.time {data.time!r} is declared {types[data.time]}, not date"
    for role in ("data.target", "data.known", "data.observed"):
        for name in _roles(data)[role]:
            if types.get(name) in WORDS:
                yield f"{role} {name!r} is declared {types[name]}, not a number"


def _wrong_time(data: Data) -> Iterator[str]:
    """Hours need moments, and what is known ahead is known before."""
    columns = declared(data)
    time = columns.get(data.time)
    if data.frequency == "hour" and time is not None and time.type == "date":
        yield f"data.time {data.time!r} is declared date, but frequency is hour"
    for name, said in columns.items():
        if said.available not in {"before", "after"}:
            yield (
                f"column {name!r} is available at {said.available!r}, but a forecast "
                "has no such moments: say before or after"
            )


def _wrong_lengths(features: Features, rhythm: Rhythm) -> Iterator[str]:
    """A bundle ships so many steps of history, and features may read no more."""
    most = rhythm.lookback - rhythm.usual  # what is usual takes so many more
    back = features.weekday_lags * (rhythm.cycle or 0)
    for name, lengths in (
        ("lags", features.lags),
        ("windows", features.windows),
        ("observed_windows", features.observed_windows),
        (f"weekday_lags ({rhythm.cycle_name}s)", (back,)),
    ):
        if max(lengths, default=0) > most:
            reach = f"{max(lengths)} {rhythm.steps}"
            yield f"features.{name} reach back {reach}, {most} at most"


def _wrong_own(model: Forecast) -> Iterator[str]:
    """What begins with own_ is what the user's own file makes."""
    data = model.data
    for name in (*data.known, *data.observed):
        if model.features.own is not None and name.startswith(OWN):
            yield f"covariate {name!r} begins with {OWN}, as your own features do"
