"""What types alone cannot forbid in a model of classification or regression."""

from collections.abc import Iterator
from typing import Final

from lineal.modeling.contradictions import (
    WORDS,
    wrong_joins,
    wrong_limits,
    wrong_selection,
    wrong_shares,
)
from lineal.modeling.declared import declared
from lineal.modeling.sections import Column
from lineal.modeling.tables.config import Classes, Classification, Decision, Table
from lineal.modeling.tables.config import TableData as Data
from lineal.modeling.tables.index import ANSWERS, GROUP, INDEX

_MOMENTS: Final = ("date", "datetime")
_FLOORED: Final = ("precision", "recall")
_LABELS: Final = {"boolean": ("false", "true")}


def contradictions(model: Table) -> list[str]:
    """Find what does not fit together."""
    return [
        *_wrong_names(model),
        *_wrong_main(model.data),
        *_wrong_roles(model),
        *wrong_joins(model.data),
        *_wrong_moments(model.data),
        *_wrong_limits(model.data),
        *_wrong_split(model),
        *_wrong_target(model),
        *wrong_shares(model.split),
        *wrong_selection(model.selection, model.candidates),
    ]


def _wrong_names(model: Table) -> Iterator[str]:
    """No column or candidate has a name that rows or predictions need."""
    for name in sorted(declared(model.data).keys() & {*INDEX, GROUP}):
        yield f"column {name!r} has a name that the feature rows need: rename it"
    for name in sorted(model.candidates.keys() & {*ANSWERS}):
        yield f"candidate {name!r} has a name that predictions need: rename it"


def _wrong_main(data: Data) -> Iterator[str]:
    """The target and the time are columns of the first table, and not excluded."""
    for role, main in (("data.target", data.target), ("data.time", data.time)):
        if main is not None and main not in data.columns:
            yield f"{role} names {main!r}, which no columns of the first table declare"
    if data.time in data.exclude:
        yield f"data.exclude names {data.time!r}, which is the time"


def _wrong_roles(model: Table) -> Iterator[str]:
    """Every role's columns are declared, once, and none is the target."""
    data, columns = model.data, declared(model.data)
    for role, names in _roles(model).items():
        for name in dict.fromkeys(names):
            if name not in columns:
                yield f"{role} names {name!r}, which no table's columns declare"
            elif name == data.target:
                yield f"{role} names {name!r}, which is the target"
            elif names.count(name) > 1:
                yield f"{role} names {name!r} more than once"


def _roles(model: Table) -> dict[str, tuple[str, ...]]:
    """Return which columns each role names."""
    data = model.data
    roles = {
        "data.segments": data.segments,
        "data.exclude": data.exclude,
        "split.group": model.split.group,
    }
    if model.features.own is None:  # its features may have any name
        roles["leaks.allow"] = model.leaks.allow
    return roles


def _wrong_moments(data: Data) -> Iterator[str]:
    """Time is a date or a moment, and so is what a value becomes available at."""
    columns = declared(data)
    named = {"data.time": data.time} | {
        f"available of column {name!r}": said.available
        for name, said in columns.items()
        if said.available not in {"before", "after"}
    }
    for role, name in named.items():
        if name is None or (role == "data.time" and name not in columns):
            continue  # there is none, or its role is refused already
        if name not in columns:
            yield (
                f"{role} is neither before nor after, and {name!r} is no column of "
                "moments"
            )
        elif columns[name].type not in _MOMENTS:
            yield (
                f"{role} names {name!r}, declared {columns[name].type}, not date or "
                "datetime"
            )
        elif data.time is None:
            yield f"{role} names {name!r}, but data.time names no column to compare it with"


def _wrong_limits(data: Data) -> Iterator[str]:
    """Only numbers have limits, in every table."""
    yield from wrong_limits(data.columns, "data.columns")
    for join in data.joins:
        yield from wrong_limits(join.columns, f"data.joins: columns of {join.table}")


def _wrong_split(model: Table) -> Iterator[str]:
    """Time wants a column, and groups are kept together at random only."""
    if model.split.by == "time" and model.data.time is None:
        yield "split.by is time, but data.time names no column"
    if model.split.by == "time" and model.split.group:
        yield "split.group is for split.by: random; in order of time nothing is grouped"


def _wrong_target(model: Table) -> Iterator[str]:
    """The target can be what the task predicts."""
    target = declared(model.data).get(model.data.target)
    if target is None:
        return
    if isinstance(model, Classification):
        yield from _wrong_classes(model.predict, target)
        yield from _wrong_decision(model.calibration.decision)
    elif target.type not in {"number", "integer"}:
        yield (
            f"data.target {model.data.target!r} is declared {target.type}, but "
            "regression predicts a number"
        )


def _wrong_classes(asked: Classes, target: Column) -> Iterator[str]:
    """An event is about a number; without one, the target has classes itself."""
    if asked.event is not None:
        labels: tuple[str, ...] = ("no", "yes")
        if target.type in {*WORDS, "boolean"}:
            yield f"predict.event is about a number, but the target is {target.type}"
    elif target.type in {"number", *_MOMENTS}:
        yield (
            f"the target is declared {target.type}: say predict.event, or declare it "
            "string, integer or boolean"
        )
        return
    else:
        labels = _LABELS.get(target.type, ())
    if asked.positive is not None and labels and asked.positive not in labels:
        yield f"predict.positive is {asked.positive!r}, not one of {', '.join(labels)}"


def _wrong_decision(asked: Decision) -> Iterator[str]:
    """Each objective wants its own number, and no other's."""
    wanted = {"floor": asked.objective in _FLOORED}
    wanted["threshold"] = asked.objective == "fixed"
    for name, wants in wanted.items():
        given = getattr(asked, name) is not None
        if wants and not given:
            yield f"calibration.decision: objective {asked.objective} wants {name}"
        elif given and not wants:
            yield (
                f"calibration.decision: objective {asked.objective} has no use for "
                f"{name}"
            )
