"""Run one stage: `python -m lineal.pipeline STAGE MODEL [CANDIDATE]`.

Threads and instruction sets are fixed before the stage imports NumPy.
"""

import importlib
import re
import sys
from pathlib import Path

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


def main(words: list[str]) -> int:
    """Run a stage and return the exit code."""
    try:
        stage, *rest = _checked(words)
        numerics.fix(_threads(Path("params.yaml")))
        importlib.import_module(f"lineal.pipeline.{stage}").main(*rest)
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


def _threads(params: Path) -> int:
    """Read the thread count alone; the stage itself checks the whole file."""
    try:
        said = yaml.safe_load(params.read_text(encoding="utf-8"))["runtime"]["threads"]
        return max(int(said), 1)
    except (OSError, ValueError, TypeError, KeyError, yaml.YAMLError):
        return 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
