"""Gather what a commit's files, or the working tree's, say of dvc.lock's freshness."""

import fnmatch
import hashlib
import json
import os
import posixpath
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from lineal.doors.dvc import asked
from lineal.doors.dvc.asked import Asked
from lineal.doors.dvc.names import Files, UnreadableFileError, mapping
from lineal.lineage import expansion, freshness, records
from lineal.lineage.expansion import Planned
from lineal.lineage.freshness import GONE, Freshness
from lineal.lineage.records import File, Records, Stage

_BLOCK = 512  # bytes by which DVC 2 tells text
_TEXT = bytes(range(32, 127)) + b"\n\r\t\f\b"
_BINARY = 0.30  # share of other bytes in what is no text
_IGNORED = ".dvcignore"
_LOCK, _YAML, _PARAMS = "dvc.lock", "dvc.yaml", "params.yaml"


def check(files: Files) -> Freshness:
    """Tell which stages are stale.

    Args:
        files: Of a commit or of the working tree; they must be listed.
    """
    names = frozenset(files.names())
    ours = sorted(n for n in names if records.is_ours(posixpath.basename(n)))
    texts = files.texts(ours)
    found = records.read(texts)
    looked = _Look(files, names, texts, found)
    try:
        stale = freshness.stale(found, looked.hash_of, looked.params_of)
        plans, unknown = _plans(files, names, texts)
    except UnreadableFileError as error:
        return Freshness(faults=tuple(dict.fromkeys((*found.faults, str(error)))))
    return Freshness(
        stale=freshness.planned(stale, found, plans),
        lockless=tuple(_lockless(texts)),
        unchecked=(*freshness.unchecked(found, looked.hash_of), *unknown),
        faults=found.faults,
    )


def _plans(
    files: Files, names: frozenset[str], texts: Mapping[str, bytes]
) -> tuple[dict[str, Planned], tuple[str, ...]]:
    """Return what every dvc.yaml that has a dvc.lock asks for."""
    found: dict[str, Planned] = {}
    unknown: list[str] = []
    for path in (each for each in texts if posixpath.basename(each) == _YAML):
        folder = posixpath.dirname(path)
        if posixpath.join(folder, _LOCK) not in texts:
            continue
        beside = posixpath.join(folder, _PARAMS)
        text = files.texts([beside]).get(beside) if beside in names else None
        params = None if text is None else asked.values(text, beside)
        document = asked.values(texts[path], path)
        planned, vague = expansion.expand(document, params, folder)
        prefix = f"{path}:" if folder else ""
        found |= {f"{prefix}{each.name}": each for each in planned}
        unknown += [f"{path}:{each}" for each in vague]
    return found, tuple(unknown)


def _lockless(texts: Mapping[str, bytes]) -> Iterator[str]:
    for path, text in texts.items():
        if posixpath.basename(path) != _YAML:
            continue
        beside = posixpath.join(posixpath.dirname(path), _LOCK)
        try:
            stages = mapping(text, path).get("stages")
        except UnreadableFileError:
            continue  # whoever reads the records says so
        if stages and beside not in texts:
            yield path


@dataclass(frozen=True)
class _Look:
    """Where to look.

    Attributes:
        files: Of the commit.
        names: All of them.
        texts: Those of DVC.
        found: What they say.
    """

    files: Files
    names: frozenset[str]
    texts: Mapping[str, bytes]
    found: Records

    def hash_of(self, stage: Stage, file: File) -> Collection[str] | None:
        """Return how the bytes that a path has may have been recorded."""
        legacy = self._said(stage).legacy
        if file.path in self.names:
            content = self._contents.get(file.path)
            return None if content is None else {_md5(content, legacy=legacy)}
        if file.path not in self._folders:
            return ()
        if not file.is_folder or self._is_ignoring(file.path):
            return None
        return {self._folder(file.path, legacy=legacy)}

    def params_of(self, stage: Stage) -> Mapping[str, tuple[Any, Any]]:
        """Return what a stage recorded of each parameter, and what it is now."""
        return dict(self._params(stage))

    def _params(self, stage: Stage) -> Iterator[tuple[str, tuple[Any, Any]]]:
        placed = {name.rpartition(":")[0] or _PARAMS for name, _ in stage.params}
        for file, said in self._said(stage).params.items():
            tail = posixpath.normpath(file).lstrip("./")
            path = next((p for p in sorted(placed) if p.endswith(tail)), tail)
            now = self._values(path)
            if now is None and path in self.names:
                continue  # a form that only DVC reads, such as Python
            for name, value in said.items():
                label = name if path == _PARAMS else f"{path}:{name}"
                yield label, (value, _at(now, name))

    def _said(self, stage: Stage) -> Asked:
        return self._asked.get(stage.name, Asked({}))

    @cached_property
    def _asked(self) -> dict[str, Asked]:
        found: dict[str, Asked] = {}
        for path, text in self.texts.items():
            if posixpath.basename(path) == _LOCK:
                folder = posixpath.dirname(path)
                prefix = posixpath.join(folder, f"{_YAML}:") if folder else ""
                read = asked.read(text, path).items()
                found |= {f"{prefix}{name}": each for name, each in read}
        return found

    @cached_property
    def _contents(self) -> dict[str, bytes]:
        """The bytes of all that stages name and Git keeps, read at once."""
        stages = self.found.stages
        named = {f.path for s in stages for f in (*s.deps, *s.outs)}
        inner = (each for path in named for each in self._below(path))
        return self.files.texts(sorted({*(named & self.names), *inner}))

    @cached_property
    def _folders(self) -> dict[str, list[str]]:
        """The files below each folder."""
        found: dict[str, list[str]] = {}
        for name in sorted(self.names):
            folder = posixpath.dirname(name)
            while folder:
                found.setdefault(folder, []).append(name)
                folder = posixpath.dirname(folder)
        return found

    def _below(self, path: str) -> Iterable[str]:
        return () if path in self.names else self._folders.get(path, ())

    @cached_property
    def _rules(self) -> frozenset[str]:
        """The last words of what DVC is told to ignore."""
        marked = sorted(n for n in self.names if posixpath.basename(n) == _IGNORED)
        texts = self.files.texts(marked).values()
        lines = (each.strip() for t in texts for each in os.fsdecode(t).splitlines())
        rules = (each.rstrip("/*") for each in lines if each and each[0] != "#")
        return frozenset(each.rpartition("/")[2] or "*" for each in rules)

    def _is_ignoring(self, folder: str) -> bool:
        """Tell whether a rule may leave out a file that Git has."""
        below = (posixpath.relpath(n, folder) for n in self._folders[folder])
        words = {word for name in below for word in name.split("/")}
        return any(fnmatch.filter(words, rule.lstrip("!")) for rule in self._rules)

    def _folder(self, path: str, *, legacy: bool) -> str:
        """Hash a folder as DVC does: the list of its files."""
        listed = [
            {
                "md5": _md5(self._contents[name], legacy=legacy),
                "relpath": posixpath.relpath(name, path),
            }
            for name in self._folders[path]
            if name in self._contents
        ]
        listed.sort(key=lambda each: each["relpath"])
        return _md5(json.dumps(listed, sort_keys=True).encode(), legacy=False) + ".dir"

    def _values(self, path: str) -> Any:
        found = self.files.texts([path]).get(path) if path in self.names else None
        return None if found is None else asked.values(found, path)


def _at(values: Any, name: str) -> Any:
    """Return a parameter by its name with dots; GONE if it is not there."""
    for part in name.split("."):
        if isinstance(values, Mapping) and part in values:
            values = values[part]
        elif isinstance(values, list) and part.isdecimal() and int(part) < len(values):
            values = values[int(part)]
        else:
            return GONE
    return values


def _md5(content: bytes, *, legacy: bool) -> str:
    if legacy and _is_text(content[:_BLOCK]):
        content = content.replace(b"\r\n", b"\n")
    return hashlib.md5(content, usedforsecurity=False).hexdigest()


def _is_text(block: bytes) -> bool:
    others = block.translate(None, _TEXT)
    return b"\0" not in block and len(others) <= _BINARY * len(block)
