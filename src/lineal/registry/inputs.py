"""What made a model, as dvc.lock records it: files and parameters, nothing run."""

import json
import posixpath
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lineal.doors.dvc.names import UnreadableFileError, mapping


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
    try:
        stages = mapping(text, name).get("stages")
    except UnreadableFileError:
        return Made()
    known = [s for s in _mapping(stages).values() if isinstance(s, Mapping)]
    ancestors = list(_ancestors(known, path))
    made = {out.get("path") for stage in known for out in _items(stage, "outs")}
    inputs = {
        dep["path"]: Input(dep["path"], str(dep.get("md5", "")), _size(dep))
        for stage in ancestors
        for dep in _items(stage, "deps")
        if isinstance(dep.get("path"), str) and not _is_made(dep["path"], made)
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
    try:
        stages = _mapping(mapping(text, name).get("stages"))
    except UnreadableFileError:
        return ()
    known = {key: s for key, s in stages.items() if isinstance(s, Mapping)}
    makers = list(_ancestors(known.values(), path))
    return tuple(Step(key, _command(s)) for key, s in known.items() if s in makers)


def _command(stage: Mapping[str, Any]) -> str:
    """Return what a stage ran; of a list of commands, all."""
    said = stage.get("cmd", "")
    return " && ".join(map(str, said)) if isinstance(said, list) else str(said)


def _ancestors(
    stages: Iterable[Mapping[str, Any]], path: str
) -> Iterator[Mapping[str, Any]]:
    """Walk from the stage that makes a path to all that its inputs come from."""
    waiting, left = [path], list(stages)
    while waiting:
        wanted = waiting.pop()
        makers = [s for s in left if _is_made(wanted, _paths(s, "outs"))]
        left = [s for s in left if s not in makers]
        for stage in makers:
            yield stage
            waiting += [dep for dep in _paths(stage, "deps") if isinstance(dep, str)]


def _is_made(path: str, made: Iterable[object]) -> bool:
    """Tell whether a path is an output, lies in one, or holds one."""
    return any(
        path == out or _within(path, str(out)) or _within(str(out), path)
        for out in made
    )


def _within(path: str, folder: str) -> bool:
    return path.startswith(posixpath.join(folder, ""))


def _params(stage: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for file, values in _mapping(stage.get("params")).items():
        prefix = "" if file == "params.yaml" else f"{file}:"
        for name, value in _flat(_mapping(values)):
            yield (f"{prefix}{name}", value)


def _flat(values: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    """Name the leaves of nested mappings with dots; lists stay whole."""
    for name, value in values.items():
        if isinstance(value, Mapping) and value:
            yield from _flat(value, f"{prefix}{name}.")
        else:
            text = value if isinstance(value, str) else json.dumps(value)
            yield (f"{prefix}{name}", text)


def _paths(stage: Mapping[str, Any], key: str) -> list[object]:
    return [item.get("path") for item in _items(stage, key)]


def _items(stage: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    found = stage.get(key)
    if not isinstance(found, list):
        return []
    return [item for item in found if isinstance(item, Mapping)]


def _mapping(said: object) -> Mapping[str, Any]:
    return said if isinstance(said, Mapping) else {}


def _size(dep: Mapping[str, Any]) -> int | None:
    digits = str(dep.get("size", ""))
    return int(digits) if digits.isascii() and digits.isdecimal() else None
