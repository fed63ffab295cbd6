"""What made a model, as dvc.lock records it: files and parameters, nothing run."""

import posixpath
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lineal.doors.dvc.locked import Item, Locked, read_lock
from lineal.doors.dvc.names import UnreadableFileError


@dataclass(frozen=True, slots=True)
class Input:
    """A file or folder that went in, and that no stage made.

    Attributes:
        path: As the lock names it.
        md5: Its hash, empty where none is recorded.
        size: In bytes, None where it is not recorded.
    """

    path: str
    md5: str
    size: int | None


@dataclass(frozen=True, slots=True)
class Made:
    """What went into one output.

    Attributes:
        inputs: By path.
        params: Values by `name`, as JSON; `file:name` outside of params.yaml.
    """

    inputs: tuple[Input, ...] = ()
    params: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """A stage that was run.

    Attributes:
        name: Its name.
        command: What it ran.
    """

    name: str
    command: str


def trace(text: bytes, path: str, name: str = "dvc.lock") -> Made:
    """Follow an output back through the stages that made it.

    Args:
        text: The lock.
        path: The output; a lock without it tells nothing.
        name: What to call the lock.
    """
    stages = _stages(text, name)
    ancestors = list(_ancestors(stages, path))
    made = {out.path for stage in stages for out in stage.outs}
    inputs = {
        dep.path: Input(dep.path, _md5(dep), dep.size)
        for stage in ancestors
        for dep in stage.deps
        if dep.path and not _is_made(dep.path, made)
    }
    params = {pair[0]: pair[1] for stage in ancestors for pair in _params(stage)}
    return Made(
        tuple(inputs[path] for path in sorted(inputs)), tuple(sorted(params.items()))
    )


def steps(text: bytes, path: str, name: str = "dvc.lock") -> tuple[Step, ...]:
    """Return the stages that made an output, in the order of the lock.

    Args:
        text: The lock.
        path: The output.
        name: What to call the lock.
    """
    stages = _stages(text, name)
    makers = {stage.name for stage in _ancestors(stages, path)}
    return tuple(Step(s.name, s.command) for s in stages if s.name in makers)


def _stages(text: bytes, name: str) -> tuple[Locked, ...]:
    """Read a lock; one that is broken tells nothing."""
    try:
        return read_lock(text, name)
    except UnreadableFileError:
        return ()


def _ancestors(stages: Iterable[Locked], path: str) -> Iterator[Locked]:
    """Walk from the stage that makes a path to all that its inputs come from."""
    waiting, left = [path], list(stages)
    while waiting:
        wanted = waiting.pop()
        makers = [s for s in left if _is_made(wanted, (out.path for out in s.outs))]
        names = {stage.name for stage in makers}
        left = [stage for stage in left if stage.name not in names]
        for stage in makers:
            yield stage
            waiting += [dep.path for dep in stage.deps if dep.path]


def _is_made(path: str, made: Iterable[str]) -> bool:
    """Tell whether a path is an output, lies in one, or holds one."""
    return any(path == out or _within(path, out) or _within(out, path) for out in made)


def _within(path: str, folder: str) -> bool:
    return path.startswith(posixpath.join(folder, ""))


def _params(stage: Locked) -> Iterator[tuple[str, str]]:
    for file, name, value in stage.params:
        yield (name if file == "params.yaml" else f"{file}:{name}", value)


def _md5(dep: Item) -> str:
    return dep.hash if dep.algorithm == "md5" else ""
