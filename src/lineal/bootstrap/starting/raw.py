"""The part of params.yaml that says what the raw table holds."""

import math
from typing import Any, Final

import msgspec

from lineal.bootstrap.starting.asked import Asked
from lineal.bootstrap.starting.yamltext import Noted
from lineal.modeling.inspection.result import FoundColumn, Inspection
from lineal.modeling.sections import Csv

_LEFT_OUT: Final = {
    "constant": "has one value only",
    "empty": "is always missing",
    "identifier": "is another one in every row",
    "unsupported": "is of a kind that no feature is made of",
}
_SLACK: Final = 2  # times the share that is missing now
_LEAST: Final = 0.05


def columns(found: Inspection) -> dict[str, Any]:
    """Declare every column, with some room for what the next table may lack."""
    target = found.target.column if found.target else None
    return {each.name: _declared(each, target) for each in found.columns}


def _declared(column: FoundColumn, target: str | None) -> dict[str, Any]:
    said: dict[str, Any] = {"type": column.type}
    if column.name == target and is_counted(column):
        said["min"] = 0
    if column.missing:
        share = max(_SLACK * column.share, _LEAST)
        said["missing"] = min(1.0, math.ceil(share * 100) / 100)
    return said


def is_counted(column: FoundColumn) -> bool:
    """Tell whether a column holds numbers and none below zero."""
    return column.type in {"integer", "number"} and not column.negatives


def csv(found: Inspection) -> dict[str, Any]:
    """Say how the file is written, as far as it is not the usual way."""
    usual = msgspec.to_builtins(Csv())
    said = msgspec.to_builtins(found.csv)
    other = {key: value for key, value in said.items() if value != usual[key]}
    return {"csv": other} if other else {}


def excluded(found: Inspection, asked: Asked) -> dict[str, str]:
    """Return the columns that never become features, and why."""
    reasons = {
        each.name: _LEFT_OUT[each.left_out] for each in found.columns if each.left_out
    }
    reasons |= dict.fromkeys(asked.exclude, "was asked for")
    kept = {found.target.column if found.target else None, *found.segments}
    kept.add(found.time.column if found.time else None)
    return {name: why for name, why in reasons.items() if name not in kept}


def data(found: Inspection, path: str, parts: dict[str, Any]) -> dict[str, Any]:
    """Put the section together.

    Args:
        found: The table as it is.
        path: Where it lies in the repository.
        parts: What the task adds, in its order; `exclude` comes after the columns.
    """
    last = [name for name in ("known", "observed", "exclude") if name in parts]
    after: dict[str, Any] = {name: parts.pop(name) for name in last}
    return {
        "path": path,
        **csv(found),
        **parts,
        "columns": Noted(
            columns(found), "every column of the table; others are refused"
        ),
        **after,
    }
