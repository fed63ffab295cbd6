"""Which stages of a DVC repository make a path, and what their outputs hold now.

It imports DVC, so only lineal.doors.dvc.remake, a process of its own, imports it.
"""

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dvc.output import Output
from dvc.repo import Repo
from dvc.repo.reproduce import get_active_graph
from dvc.stage import Stage
from dvc_data.hashfile.build import build

_LEGACY = "md5-dos2unix"  # how DVC 2 hashed


@dataclass(frozen=True, slots=True)
class Pipeline:
    """What makes a path, from its sources on.

    Attributes:
        makers: The stages to run, each after those that it needs.
        sources: Outputs that they need and that none of them makes.
        frozen: Stages among those that make the sources, which do not run.
    """

    makers: tuple[Stage, ...]
    sources: tuple[Output, ...]
    frozen: tuple[Stage, ...]


def of(repo: Repo, path: str) -> Pipeline:
    """Find the stages that make a path, or part of it, and all that they need.

    What was imported or added by hand is a source: its bytes are recorded.
    """
    wanted = [os.path.join(repo.root_dir, path)]  # noqa: PTH118 - as DVC has them
    ends = {out.stage for out in repo.index.outs if overlaps(str(out.fs_path), wanted)}
    makers: list[Stage] = []
    others: list[Stage] = []
    for stage in _ordered(get_active_graph(repo.index.graph), ends):
        (makers if stage.cmd and not stage.frozen else others).append(stage)
    return Pipeline(
        makers=tuple(makers),
        sources=tuple(out for stage in others for out in stage.outs),
        frozen=tuple(stage for stage in others if stage.cmd),
    )


def _ordered(graph: Any, ends: Iterable[Stage]) -> list[Stage]:
    """List stages and all that they need, each after what it needs.

    A graph has no order of its own; the same commit must give the same.
    """
    found: dict[Stage, None] = {}
    waiting = [(stage, False) for stage in _sorted(ends)]
    while waiting:
        stage, ready = waiting.pop(0)
        if ready:
            found[stage] = None
        elif stage not in found:
            needed = [(each, False) for each in _sorted(graph.successors(stage))]
            waiting[:0] = [*needed, (stage, True)]
    return list(found)


def _sorted(stages: Iterable[Stage]) -> list[Stage]:
    return sorted(stages, key=lambda each: str(each.addressing))


def places(stages: Iterable[Stage]) -> list[str]:
    """Return where the outputs of stages lie."""
    return [str(out.fs_path) for stage in stages for out in stage.outs]


def overlaps(path: str, others: Sequence[str]) -> bool:
    """Tell whether a path is one of some others, lies in one, or holds one.

    >>> overlaps("/a/b", ["/a/b/c"]), overlaps("/a/bc", ["/a/b"])
    (True, False)
    """
    return any(
        f"{path}/".startswith(f"{o}/") or f"{o}/".startswith(f"{path}/") for o in others
    )


def shown(out: Output) -> str:
    """Return an output's path from the top of the DVC repository."""
    return os.path.relpath(str(out.fs_path), out.repo.root_dir)


def recorded(stage: Stage) -> dict[str, Any]:
    """Return what dvc.lock says of a stage."""
    return {
        "outs": {str(each.fs_path): each.hash_info for each in stage.outs},
        "deps": {_key(each): each.hash_info for each in stage.deps},
        "command": stage.cmd_changed,
    }


def _key(dep: Output) -> tuple[str, str]:
    """Tell a file from the parameters in it."""
    return (type(dep).__name__, dep.def_path)


def compared(
    made: Stage, before: Mapping[str, Any], places: Sequence[str]
) -> dict[str, Any]:
    """Compare a stage that ran with what dvc.lock said of it."""
    outs = [
        (
            shown(out),
            before["outs"][str(out.fs_path)].value,
            _hashed(out, before["outs"][str(out.fs_path)].name),
        )
        for out in made.outs
    ]
    others = [
        dep.def_path
        for dep in made.deps
        if not overlaps(str(dep.fs_path), places)
        and not _same(before["deps"].get(_key(dep)), dep.hash_info)
    ]
    return {"outs": outs, "changed": ["its command"] * before["command"] + others}


def _hashed(out: Output, name: str) -> str:
    """Return the hash of an output that was just made, of the kind that was recorded."""
    if out.hash_info.name == name or name != _LEGACY:
        return str(out.hash_info.value)
    return _fresh(out, name)


def is_spoiled(out: Output, repo: Repo) -> bool:
    """Tell whether the bytes of a source are not those that are recorded.

    Args:
        out: The source.
        repo: The repository, opened after the source was brought: DVC believes what it
            fetched itself.
    """
    if out.protocol != "local":
        return False
    found = next(o for o in repo.index.outs if o.fs_path == out.fs_path)
    return bool(_fresh(found, out.hash_info.name) != out.hash_info.value)


def _fresh(out: Output, name: str) -> str:
    odb = out.repo.cache.local
    found = build(odb, out.fs_path, out.fs, name, ignore=out.dvcignore, dry_run=True)
    return str(found[2].hash_info.value)


def _same(recorded: Any, found: Any) -> bool:
    """Tell whether an input is as dvc.lock has it; kinds that differ tell nothing."""
    if not recorded:
        return False
    return bool(recorded.name != found.name or recorded.value == found.value)
