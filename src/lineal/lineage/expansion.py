"""The stages that a dvc.yaml asks for, with `${...}` filled in, as far as that is plain.

What DVC alone can tell, such as variables from files that it is told to load, stays
unknown: it is None here, and nobody guesses.
"""

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, product
from typing import Any

from lineal.lineage.records import Stage

_ASKED = re.compile(r"(\\?)\$\{\s*([^{}\s]+)\s*\}")
_STEPS = re.compile(r"[^.\[\]]+")
_MOST = 10_000  # stages of a matrix
_UNKNOWN = object()
_ALONE = object()
_PARAMS = "params.yaml"


@dataclass(frozen=True, slots=True)
class Planned:
    """A stage that dvc.yaml asks for.

    Attributes:
        name: As DVC calls it in that file.
        command: What it runs; None where that cannot be told.
        deps: What it reads, from the top; None where that cannot be told.
        frozen: Whether DVC leaves it as it is.
        outs: What it makes, from the top, as far as that can be told.
        params: What it reads of files of parameters, the same; as records name them.
    """

    name: str
    command: str | None
    deps: tuple[str, ...] | None
    frozen: bool = False
    outs: tuple[str, ...] = ()
    params: tuple[str, ...] = ()

    def unmet(self, recorded: Stage | None) -> Iterator[str]:
        """Say what it asks for, and its record does not have.

        Args:
            recorded: What DVC recorded of it; None: nothing.
        """
        if recorded is None:
            yield "it never ran"
            return
        # DVC may break lines of a command in another way.
        asked = None if self.command is None else self.command.split()
        if asked is not None and asked != recorded.command.split():
            yield "its command changed"
        had = {dep.path for dep in recorded.deps}
        new = (path for path in self.deps or () if path not in had)
        yield from (f"{path} is a new input" for path in new)
        made = {out.path for out in recorded.outs}
        yield from (f"{path} is a new output" for path in self.outs if path not in made)
        read = "".join(f"\n{name}." for name, _ in recorded.params)
        unread = (name for name in self.params if f"\n{name}." not in read)
        yield from (f"parameter {name} is new" for name in unread)


def expand(
    document: Any, params: Any, folder: str
) -> tuple[tuple[Planned, ...], tuple[str, ...]]:
    """Return the stages of a dvc.yaml, and the names of those that cannot be told.

    Args:
        document: The file, as YAML reads it.
        params: The params.yaml beside it; None where there is none.
        folder: Where it lies.
    """
    known = {**_mapping(params), **_variables(_mapping(document).get("vars"))}
    planned: list[Planned] = []
    unknown: list[str] = []
    for name, said in _mapping(_mapping(document).get("stages")).items():
        items = _items(_mapping(said), known)
        if items is None:
            unknown.append(name)
            continue
        body = _mapping(_mapping(said).get("do")) or _mapping(said)
        for key, more in items:
            full = f"{name}@{key}" if more else name
            planned.append(_planned(full, body, {**known, **more}, folder))
    return tuple(planned), tuple(unknown)


def _variables(said: object) -> dict[str, Any]:
    listed = said if isinstance(said, list) else []
    return {k: v for each in listed for k, v in _mapping(each).items()}


def _items(
    said: Mapping[str, Any], known: Mapping[str, Any]
) -> list[tuple[str, dict[str, Any]]] | None:
    """Return the key of each stage that one entry stands for, and what is set there."""
    if "foreach" in said:
        return _each(_filled(said["foreach"], known))
    if "matrix" in said:
        return _crossed(_filled(said["matrix"], known), known)
    return [("", {})]


def _each(found: object) -> list[tuple[str, dict[str, Any]]] | None:
    if isinstance(found, Mapping):
        return [(_text(k) or "", {"key": k, "item": v}) for k, v in found.items()]
    if not isinstance(found, list):
        return None
    texts = [_text(each) for each in found]
    if None in texts:  # DVC counts them as soon as one is no word
        return [(str(place), {"item": each}) for place, each in enumerate(found)]
    return [(t or "", {"item": e}) for t, e in zip(texts, found, strict=True)]


def _crossed(
    said: object, known: Mapping[str, Any]
) -> list[tuple[str, dict[str, Any]]] | None:
    filled = {name: _filled(each, known) for name, each in _mapping(said).items()}
    lists = {name: each for name, each in filled.items() if isinstance(each, list)}
    if not lists or len(lists) < len(filled):
        return None
    words = [
        [(_text(value) or f"{name}{place}", value) for place, value in enumerate(each)]
        for name, each in lists.items()
    ]
    found = []
    for chosen in product(*words):
        item = {n: value for n, (_, value) in zip(lists, chosen, strict=True)}
        found.append(("-".join(word for word, _ in chosen), {"item": item}))
        if len(found) > _MOST:
            return None
    return found


def _planned(
    name: str, body: Mapping[str, Any], known: Mapping[str, Any], folder: str
) -> Planned:
    said = body.get("cmd")
    parts = [
        _words(each, known) for each in (said if isinstance(said, list) else [said])
    ]
    said_place = _words(body.get("wdir", "."), known)
    place = None if said_place is None else posixpath.join(folder, said_place)
    return Planned(
        name=name,
        command=None if None in parts else " && ".join(map(str, parts)),
        deps=None if place is None else _deps(body, known, place),
        frozen=body.get("frozen") is True,
        outs=() if place is None else tuple(_outs(body, known, place)),
        params=() if place is None else tuple(_params(body, known, place)),
    )


def _deps(
    body: Mapping[str, Any], known: Mapping[str, Any], place: str
) -> tuple[str, ...] | None:
    found = [_words(name, known) for name, _ in _entries(body.get("deps"))]
    if None in found:
        return None
    return tuple(_placed(str(each), place) for each in found)


def _outs(
    body: Mapping[str, Any], known: Mapping[str, Any], place: str
) -> Iterator[str]:
    listed = (_entries(body.get(kind)) for kind in ("outs", "metrics", "plots"))
    for name, _ in chain.from_iterable(listed):
        path = _words(name, known)
        if path is not None:
            yield _placed(path, place)


def _params(
    body: Mapping[str, Any], known: Mapping[str, Any], place: str
) -> Iterator[str]:
    """Name parameters as records do: those of other files with the file's path."""
    file: str | None
    for said, names in _entries(body.get("params")):
        if names is _ALONE:
            file, asked = _PARAMS, [said]
        elif isinstance(names, list):
            file, asked = _words(said, known), names
        else:
            continue  # a file that is read whole
        if file is not None:
            path = _placed(file, place)
            prefix = "" if path == _PARAMS else f"{path}:"
            told = (_words(each, known) for each in asked)
            yield from (f"{prefix}{each}" for each in told if each is not None)


def _entries(said: object) -> Iterator[tuple[object, object]]:
    """Return the entries of a list: a name alone, or with what is said of it."""
    for each in said if isinstance(said, list) else []:
        yield from each.items() if isinstance(each, Mapping) else [(each, _ALONE)]


def _placed(path: str, place: str) -> str:
    return path if "://" in path else posixpath.normpath(posixpath.join(place, path))


def _filled(said: object, known: Mapping[str, Any]) -> object:
    """Return a value; of a text that is one `${...}`, what that stands for."""
    if not isinstance(said, str):
        return said
    match = _ASKED.fullmatch(said)
    return _find(known, match[2]) if match and not match[1] else said


def _words(said: object, known: Mapping[str, Any]) -> str | None:
    """Fill in a text; None where something in it cannot be told."""
    if not isinstance(said, str):
        return None
    texts = {m[0]: _text(_find(known, m[2])) for m in _ASKED.finditer(said)}
    if None in texts.values() or any(each[0] == "\\" for each in texts):
        return None
    filled = _ASKED.sub(lambda m: texts[m[0]] or "", said)
    return None if "${" in filled else filled


def _find(known: object, path: str) -> object:
    """Follow a path such as `item.data[0].folder`."""
    for step in _STEPS.findall(path):
        if isinstance(known, Mapping):
            known = known.get(step, _UNKNOWN)
        elif (
            isinstance(known, Sequence) and step.isdecimal() and int(step) < len(known)
        ):
            known = known[int(step)]
        else:
            return _UNKNOWN
    return known


def _text(value: object) -> str | None:
    """Write a value as DVC does; None for what is no single one."""
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, str | int | float) else None


def _mapping(said: object) -> Mapping[str, Any]:
    return said if isinstance(said, Mapping) else {}
