"""`lineal which MODEL STAGE`, answered before the command line is even imported.

Scripts ask nothing more often. Only the plainest question with a plain answer, known
from an earlier run, is answered here; anything else is left to the command, which
keeps what it finds for the next time. What is imported here is almost nothing.
"""

import os
from collections.abc import Sequence

from lineal.doors import reffiles, whereabouts
from lineal.registry import memo


def answer(words: Sequence[str]) -> str | None:
    """Return what the stage holds, None where the command has to tell."""
    asked = _question(words)
    if asked is None:
        return None
    folder, model, stage = asked
    common = whereabouts.common(folder)
    if common is None or _is_cut_off(common):
        return None
    tagged = model.replace(":", "=")
    names = reffiles.tags(common, memo.prefixes(model))
    if not names:
        return None
    tags = {tag: oid for tag, oid in names.items() if memo.group(tag) == tagged}
    rows = memo.find(memo.load(memo.path(common)), tagged, memo.key(tags))
    # The first row counts tags that are no events: the command says so.
    if rows is None or rows[0] != "0":
        return None
    return memo.holder(rows[-1], stage) or None


def _question(words: Sequence[str]) -> tuple[str, str, str] | None:
    """Return the folder, the model and the stage, if nothing else is said."""
    match words:
        case ["which", model, stage]:
            folder = "."
        case ["--repo", folder, "which", model, stage]:
            pass
        case _:
            return None
    odd = model.startswith("-") or stage.startswith("-") or "=" in model
    is_folder = os.path.isdir(folder)  # noqa: PTH112 - pathlib takes longer
    return None if odd or not is_folder else (folder, model, stage)


def _is_cut_off(common: str) -> bool:
    """Tell whether a write may have been cut off, of which the command tells."""
    try:
        notes = os.listdir(f"{common}/lineal/pending")  # noqa: PTH208 - as above
    except OSError:
        return False
    return any(not note.startswith(".") for note in notes)
