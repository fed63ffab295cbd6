"""Which columns a model's table has, once others are joined to it."""

from collections.abc import Iterator, Mapping

import msgspec

from lineal.modeling.sections import Column, Join, Raw

_BEFORE, _AFTER = "before", "after"


def declared(data: Raw) -> dict[str, Column]:
    """Return what params.yaml declares of every column of the joined table."""
    columns = dict(data.columns)
    for join in data.joins:
        columns |= dict(added(join))
    return columns


def added(join: Join) -> Iterator[tuple[str, Column]]:
    """Return the columns that a join adds; its keys are the first table's."""
    keys = set(join.keys.values() if isinstance(join.keys, dict) else join.keys)
    keys |= set((join.asof or {}).values())
    for name, column in join.columns.items():
        if name not in keys:
            yield f"{join.prefix}{name}", column


def availability(data: Raw, time: str | None) -> dict[str, Column]:
    """Return the same, but what a join adds is known no earlier than what it meets in.

    Args:
        data: The raw tables.
        time: Column of the moment of prediction, if there is one.
    """
    columns = dict(data.columns)
    for join in data.joins:
        late = _met(join, columns, time)
        for name, column in added(join):
            is_early = column.available == _BEFORE
            columns[name] = (
                msgspec.structs.replace(column, available=late) if is_early else column
            )
    return columns


def _met(join: Join, columns: Mapping[str, Column], time: str | None) -> str:
    """Return when the columns are known that a row finds its row of a join by."""
    asof = tuple(join.asof or ())
    found = [columns[name].available for name in (*join.keys, *asof)]
    # The latest row by a moment that is not the prediction's may lie after that.
    found += [name for name in asof if name != time]
    late = [each for each in found if each != _BEFORE]
    return _AFTER if _AFTER in late else next(iter(late), _BEFORE)
