"""The part of params.yaml about a model of rows that stand for themselves."""

from typing import Any, Final

from lineal.bootstrap.starting.asked import Asked, UnfitError
from lineal.bootstrap.starting.candidates import candidates, selection
from lineal.bootstrap.starting.raw import data, excluded, is_counted
from lineal.bootstrap.starting.spacing import levels
from lineal.bootstrap.starting.yamltext import Noted
from lineal.modeling.inspection.result import FoundTarget, Inspection

_BASELINE: Final = "baseline"
_FEW: Final = 1000  # rows
_LEAST: Final = 60
_YES: Final = {
    "1",
    "true",
    "yes",
    "y",
    "ja",
    "j",
    "oui",
    "sí",
    "sì",
    "sim",
    "да",
    "tak",
}
_MOMENTS: Final = ("date", "datetime")
# Areas and sizes often tell prices nearly alone, honestly.
_POWER: Final = {"classification": 0.8, "regression": 0.98}


def table(found: Inspection, asked: Asked, path: str) -> dict[str, Any]:
    """Return the model's part.

    Args:
        found: The table as it is, of which the task is known.
        asked: What was said of it.
        path: Where it lies in the repository.

    Raises:
        UnfitError: There are too few rows, or the target is none for the task.
    """
    target = _what(found)
    task = "regression" if found.task == "regression" else "classification"
    classes = task == "classification"
    rows = round(found.rows * (1 - target.missing))
    metric = "log_loss" if classes else "mae"
    return {
        "task": task,
        "description": f"{_told(found, target)}.",
        "data": data(found, path, _roles(found, asked)),
        "predict": _predicted(found, target),
        "split": _split(found, rows, target),
        "features": {
            "calendar": any(each.type in _MOMENTS for each in found.columns),
            "holidays": Noted(None, "such as {country: US}"),
            "levels": Noted(50, "words with more values become the target's mean"),
            "own": Noted("features.py", "your own features; see the file"),
        },
        "leaks": Noted(
            {"action": "refuse", "power": _POWER[task], "missing": 0.8},
            "or warn; allow: [a column that was looked at]",
        ),
        "tuning": Noted(
            {"budget": 6, "factor": 3, "rows": max(min(rows // 2, 12_000), 1)},
            "more budget and rows take longer and may find better",
        ),
        "candidates": candidates(_BASELINE, classes=classes),
        "selection": selection(metric, _BASELINE),
        "significance": {"replicates": 1000, "block": 1, "confidence": 0.95},
        "calibration": _calibration(rows, classes=classes),
        "explain": {"rows": 2000, "repeats": 3, "shap_rows": 200},
        "bundle": {"format": "joblib", "origins": 90},
    }


def _what(found: Inspection) -> FoundTarget:
    """Return the target, if there are rows to learn it from."""
    if found.target is None:
        msg = "a model needs a column to predict: name it with --target"
        raise UnfitError(msg)
    known = round(found.rows * (1 - found.target.missing))
    if known < _LEAST:
        msg = (
            f"{known} rows have a value of {found.target.column!r}, and {_LEAST} are the "
            "least to learn from and to judge by: bring more"
        )
        raise UnfitError(msg)
    kind = found.column(found.target.column).type
    if found.task == "regression" and kind not in {"integer", "number"}:
        msg = (
            f"regression is of numbers, and {found.target.column!r} holds {kind}: say "
            "--task classification"
        )
        raise UnfitError(msg)
    if found.task == "classification" and not found.target.classes:
        msg = (
            f"{found.target.column!r} has too many values to be classes: say --task "
            "regression, or make classes of them first"
        )
        raise UnfitError(msg)
    return found.target


def _roles(found: Inspection, asked: Asked) -> dict[str, Any]:
    time = {"time": found.time.column} if found.time else {}
    return {
        **time,
        "segments": Noted(list(asked.segments), "whose values are scored one by one"),
        "target": _what(found).column,
        "exclude": Noted(list(excluded(found, asked)), "never become features"),
    }


def _predicted(found: Inspection, target: FoundTarget) -> dict[str, Any]:
    if found.task == "regression":
        counted = is_counted(found.column(target.column))
        floor = Noted(0 if counted else None, "the smallest answer that makes sense")
        return {"floor": floor, "log": False}
    if len(target.classes) != 2:  # noqa: PLR2004 - yes and no
        return {"balance": False}
    names = " or ".join(name for name, _ in target.classes)
    note = f"of which the probability is: {names}; by default yes, true, 1 or the rarer"
    return {"positive": Noted(_positive(found, target), note), "balance": False}


def _positive(found: Inspection, target: FoundTarget) -> str | None:
    """Return the word that is asked for; stages find the name of a number themselves."""
    if found.column(target.column).type != "string":
        return None
    (_, often), (word, rarely) = target.classes
    named = [name for name, _ in target.classes if name.casefold() in _YES]
    if len(named) == 1:
        return named[0]
    return word if rarely < often else None


def _split(found: Inspection, rows: int, target: FoundTarget) -> Noted:
    """Cut in order of time where there is one; small tables give more to judging."""
    train, rest = (0.7, 0.15) if rows >= _FEW else (0.6, 0.2)
    rarest = min((count for _, count in target.classes), default=rows)
    folds = max(2, min(4, rows // 200, int(rarest * train) // 5))
    by = "time" if found.time else "random"
    note = "in order of time" if found.time else "at random"
    shares = {"train": train, "validation": rest, "test": rest}
    return Noted({"by": by, **shares, "folds": folds}, f"shares of the rows, {note}")


def _calibration(rows: int, *, classes: bool) -> Any:
    if not classes:
        return Noted({"levels": levels(rows // 7)}, "of the intervals")
    decision = Noted({"objective": "f1"}, "or balanced, cost, precision, recall, fixed")
    return {"method": "auto", "bins": 10, "decision": decision}


def _told(found: Inspection, target: FoundTarget) -> str:
    what = "Which" if len(target.classes) > 2 else "Whether"  # noqa: PLR2004 - classes
    if found.task == "regression":
        return f"{target.column} of a row"
    return (
        f"{what} {target.column} a row has"
        if what == "Which"
        else f"{what} {target.column}"
    )
