"""Run one stage: `python -m lineal.pipeline STAGE MODEL [CANDIDATE]`.

Threads and instruction sets are fixed before the stage imports NumPy.
"""

import importlib
import re
import sys
from pathlib import Path
from typing import Any

import yaml

from lineal.doors import numerics
from lineal.errors import BadInputError, LinealError

_NAME = re.compile(r"[a-zA-Z0-9_-]+", re.ASCII)
# Each stage, and what it wants after its name.
STAGES = {
    "ingest": ("MODEL",),
    "features": ("MODEL",),
    "train": ("MODEL", "CANDIDATE"),
    "evaluate": ("MODEL",),
    "explain": ("MODEL",),
    "report": ("MODEL",),
}
# Each task, and where its stages are.
_FAMILIES = {"forecast": "", "classification": "tables.", "regression": "tables."}


def main(words: list[str]) -> int:
    """Run a stage and return the exit code."""
    try:
        stage, model, *rest = _checked(words)
        said = _said(Path("params.yaml"))
        numerics.fix(_threads(said))
        module = f"lineal.pipeline.{_family(said, model)}{stage}"
        importlib.import_module(module).main(model, *rest)
    except LinealError as error:
        sys.stderr.write(f"error: {error}\n")
        return error.exit_code
    return 0


def _checked(words: list[str]) -> list[str]:
    """Refuse words that name no stage, or not all that the stage wants."""
    if not words or words[0] not in STAGES:
        msg = f"say STAGE MODEL, with STAGE one of {', '.join(STAGES)}"
        raise BadInputError(msg)
    wanted = STAGES[words[0]]
    if len(words) != 1 + len(wanted):
        msg = f"stage {words[0]!r} wants {' and '.join(wanted)} after its name"
        raise BadInputError(msg)
    for word in words[1:]:
        if not _NAME.fullmatch(word):
            msg = f"{word!r} is no name: letters, digits, '-' and '_' only"
            raise BadInputError(msg)
    return words


def _said(params: Path) -> Any:
    """Read params.yaml as it is; the stage itself checks the whole file."""
    try:
        return yaml.safe_load(params.read_text(encoding="utf-8"))
    except (OSError, ValueError, yaml.YAMLError):
        return None


def _threads(said: Any) -> int:
    """Return the thread count alone, 1 where there is none."""
    try:
        return max(int(said["runtime"]["threads"]), 1)
    except (ValueError, TypeError, KeyError):
        return 1


def _family(said: Any, model: str) -> str:
    """Return the folder of the stages that a model's task has.

    A model that is not there is refused by any stage, with the names of those that are.
    """
    try:
        task = said["models"][model]["task"]
    except (TypeError, KeyError):
        return _FAMILIES["forecast"]
    if not isinstance(task, str) or task not in _FAMILIES:
        msg = (
            f"params.yaml: models.{model}.task is {task!r}: choose one of "
            f"{', '.join(_FAMILIES)}"
        )
        raise BadInputError(msg)
    return _FAMILIES[task]


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
