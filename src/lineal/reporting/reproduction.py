"""What came of making a version again, as text and as JSON."""

import json
from typing import Any

from lineal.doors.dvc.remade import Output
from lineal.registry.reproduced import Environment, Reproduced
from lineal.reporting.screen import FORMAT
from lineal.reporting.signs import visible
from lineal.reporting.text import Cell, Column, Style, table


def as_text(made: Reproduced, *, width: int | None = None, colour: bool = False) -> str:
    """Return the verdict, what the stages ran with, and the outputs that differ."""
    name = f"{made.model} {made.version}"
    different = made.different
    ran = made.environment
    used = f"\nenvironment: {visible(str(ran))}" if ran else ""
    if not different:
        verb = "has" if len(made.outputs) == 1 else "have"
        return f"{name} is identical: {made.size} {verb} the recorded bytes{used}"
    first = different[0]
    head = visible(
        f"{name} is different: stage {first.stage} is the first that made other bytes "
        f"({first.path}); {len(different)} of {made.size} differ"
    )
    columns = (Column("stage"), Column("output"), Column("recorded"), Column("made"))
    rows = [
        (out.stage, out.path, out.recorded, Cell(out.made, Style.BAD))
        for out in different
    ]
    return f"{head}{used}\n\n{table(columns, rows, width=width, colour=colour)}"


def as_json(made: Reproduced, **more: object) -> str:
    """Return the facts; `first` is the first output that differs, or null."""
    different = [_facts(out) for out in made.different]
    said = {
        "format": FORMAT,
        "model": made.model,
        "version": str(made.version),
        "commit": made.commit,
        "dvc_lock": made.lock or None,
        "verdict": made.verdict,
        "reason": made.reason,
        "stages": made.stages,
        "outputs": [_facts(out) for out in made.outputs],
        "first": different[0] if different else None,
        "different": different,
        "notes": made.notes,
        "environment": _environment(made.environment),
        **more,
    }
    return json.dumps(said, indent=2, ensure_ascii=False)


def _facts(out: Output) -> dict[str, Any]:
    return {
        "stage": out.stage,
        "path": out.path,
        "recorded": out.recorded,
        "made": out.made,
    }


def _environment(ran: Environment | None) -> dict[str, Any] | None:
    if ran is None:
        return None
    return {
        "used": "pinned" if ran.pinned else "running",
        "python": ran.python,
        "file": ran.file or None,
        "differing": ran.differing,
    }
