"""What dvc.yaml says of a stage that dvc.lock has: whether it is there still, and where.

Of a foreach or matrix, dvc.lock has a stage a value, such as `train@ridge`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from lineal.doors.dvc.bounds import bounded

_ASKED = re.compile(r"\$\{\s*([^{}\s]+)\s*\}")
_STEPS = re.compile(r"[^.\[\]]+")
# What is the same word in YAML and in the name that DVC makes of it.
_PLAIN = re.compile(r"(?!(?i:true|false|null|yes|no|on|off)$)[A-Za-z_][\w./-]*")
_KEPT = 1 << 10
_MOST = 10_000  # stages of a matrix


@dataclass(frozen=True, slots=True)
class Declared:
    """The stages of a dvc.yaml.

    Attributes:
        stages: What is said of each; of a foreach, with what its `do` says.
        variables: What `vars` of the file itself sets, without files named there.
    """

    stages: Mapping[str, Mapping[str, Any]]
    variables: Mapping[str, Any]

    def knows(self, name: str) -> bool:
        """Tell whether a stage of dvc.lock is still one; DVC never forgets those gone."""
        if name in self.stages:
            return True
        base, mark, key = name.partition("@")
        said = self.stages.get(base)
        if said is None or not mark:
            return False
        keys = _keys(said)
        return keys is None or key in keys

    def folder(self, name: str) -> str:
        """Return where a stage runs, relative to the file.

        A part that cannot be told, since it is set in another file, stays as `${...}`.
        """
        base, _, key = name.partition("@")
        said = self.stages.get(name) or self.stages.get(base) or {}
        wdir = said.get("wdir")
        if not isinstance(wdir, str) or "${" not in wdir:
            return wdir if isinstance(wdir, str) else "."
        known = {**self.variables, **_variables(said), **_values(said, key)}
        return _ASKED.sub(lambda found: _find(known, found[1]) or found[0], wdir)


@lru_cache(_KEPT)
def declared(text: bytes, name: str) -> Declared:
    """Read a dvc.yaml.

    Raises:
        UnreadableFileError: It is not YAML.
    """
    document = bounded(text, name)
    stages = document.get("stages")
    found = stages.items() if isinstance(stages, Mapping) else ()
    return Declared(
        {
            stage: {**facts, **(body if isinstance(body, Mapping) else {})}
            for stage, facts in found
            if isinstance(facts, Mapping)
            for body in [facts.get("do")]
        },
        _variables(document),
    )


def _variables(said: Mapping[str, Any]) -> dict[str, Any]:
    listed = said.get("vars")
    every = listed if isinstance(listed, list) else []
    return {
        k: v for each in every if isinstance(each, Mapping) for k, v in each.items()
    }


def _keys(said: Mapping[str, Any]) -> frozenset[str] | None:
    """Return the values of a foreach or matrix; None where they cannot be told."""
    each, matrix = said.get("foreach"), said.get("matrix")
    if isinstance(each, Mapping):
        return _told(each)
    if isinstance(each, list):
        whole = all(isinstance(value, Mapping) for value in each)
        return frozenset(map(str, range(len(each)))) if whole else _told(each)
    if not isinstance(matrix, Mapping):
        return None
    words = [list(_words(name, values)) for name, values in matrix.items()]
    found = [""]
    for each in words:
        plain = _told(each)
        if plain is None or len(found) * len(each) > _MOST:
            return None
        found = [f"{key}-{word}" if key else word for key in found for word in plain]
    return frozenset(found)


def _told(words: Iterable[object]) -> frozenset[str] | None:
    """Return words that YAML and DVC write alike, None if one is another."""
    found = list(words)
    if all(isinstance(word, str) and _PLAIN.fullmatch(word) for word in found):
        return frozenset(map(str, found))
    return None


def _words(name: str, values: object) -> Iterator[str]:
    """Name the values of a matrix as DVC does: what is no scalar by its place."""
    for place, value in enumerate(values if isinstance(values, list) else ["${}"]):
        yield value if isinstance(value, str) else f"{name}{place}"


def _values(said: Mapping[str, Any], key: str) -> dict[str, Any]:
    """Return what `${item}` and `${key}` stand for in one stage."""
    each, matrix = said.get("foreach"), said.get("matrix")
    item: Any = key
    if isinstance(each, Mapping):
        item = each.get(key, key)
    elif isinstance(each, list) and key.isdecimal() and int(key) < len(each):
        found = each[int(key)]
        item = found if isinstance(found, Mapping) else key
    elif isinstance(matrix, Mapping):
        item = _crossed(matrix, key)
    return {"item": item, "key": key}


def _crossed(matrix: Mapping[str, Any], key: str) -> dict[str, Any]:
    """Find which values of a matrix give a stage's key: they are joined by `-`."""
    found: list[tuple[dict[str, Any], str]] = [({}, key)]
    for name, listed in matrix.items():
        values = listed if isinstance(listed, list) else []
        pairs = list(zip(_words(name, listed), values, strict=False))
        found = [
            ({**chosen, name: value}, rest[len(word) :].removeprefix("-"))
            for chosen, rest in found[:_MOST]
            for word, value in pairs
            if rest == word or rest.startswith(f"{word}-")
        ]
    return next((values for values, rest in found if not rest), {})


def _find(known: Any, path: str) -> str | None:
    """Follow a path such as `item.data[0].folder`."""
    for step in _STEPS.findall(path):
        if isinstance(known, Mapping):
            known = known.get(step)
        elif isinstance(known, list) and step.isdecimal() and int(step) < len(known):
            known = known[int(step)]
        else:
            return None
    return known if isinstance(known, str) else None
