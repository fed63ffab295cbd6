"""What versions' commits say of them: card and lock, for all versions at once.

A commit never changes, so what was read of one is kept beside the index of tags.
"""

import json
import posixpath
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lineal.doors import objects
from lineal.doors.dvc.names import Files, UnreadableFileError, declarations
from lineal.doors.objects import Found
from lineal.registry import facts
from lineal.registry.index import Index
from lineal.registry.inputs import Input, Made, trace
from lineal.registry.store import Store

Key = tuple[str, str]  # model, commit


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is committed with one version.

    Attributes:
        metrics: Scores on the test period, by name.
        params: The model's own parameters, from its card, as JSON.
        features: Their types by name.
        made: What went in, from dvc.lock.
        metric: What the model was chosen by; empty where the card does not say.
    """

    metrics: Mapping[str, float]
    params: Mapping[str, str]
    features: Mapping[str, str]
    made: Made
    metric: str = ""


def gather(store: Store, wanted: Iterable[Key]) -> dict[Key, Evidence]:
    """Read the evidence of many versions, from what was kept where it was read before."""
    keys = tuple(dict.fromkeys(wanted))
    index = Index(store.place.own / "evidence" if store.indexed else None)
    rows = index.load()
    names = {key: f"{key[1]}:{key[0]}" for key in keys}
    missing = [key for key in keys if names[key] not in rows]
    if missing:
        rows |= {
            names[key]: _row(found) for key, found in _read(store, missing).items()
        }
        index.save(rows)
    return {key: _parse(rows[names[key]]) for key in keys}


def _read(store: Store, keys: Sequence[Key]) -> dict[Key, Evidence]:
    """Read from Git, with one process for all commits and one for all cards."""
    texts = _texts(store, keys)
    # `Files` has no commit, so each version gets a view of what was read.
    views = {key: _files(texts, key) for key in keys}
    paths = {key: _path(key[0], views[key]) for key in keys}
    cards = {key: f"{key[1]}:{facts.card_path(key[0], views[key])}" for key in keys}
    found = objects.read(store.place.git, cards.values())
    return {
        key: _evidence(card, _made(texts, key, paths[key]))
        for key, card in zip(keys, found, strict=True)
    }


def _texts(store: Store, keys: Iterable[Key]) -> dict[str, bytes]:
    """Read what declares models and what records their making, at all commits."""
    names = [
        f"{commit}:{path}"
        for model, commit in keys
        for folder in {"", model.rpartition(":")[0]}
        for path in _placed(folder)
    ]
    asked = list(dict.fromkeys(names))
    found = objects.read(store.place.git, asked)
    pairs = zip(asked, found, strict=True)
    return {name: each.content for name, each in pairs if each and each.kind == "blob"}


def _placed(folder: str) -> list[str]:
    """Return the files of one folder that matter."""
    names = ("dvc.yaml", "artifacts.yaml", "dvc.lock")
    return [posixpath.normpath(posixpath.join(folder, name)) for name in names]


def _files(texts: Mapping[str, bytes], key: Key) -> Files:
    commit = key[1]
    return Files(lambda paths: [texts.get(f"{commit}:{path}") for path in paths])


def _path(model: str, files: Files) -> str:
    """Return the path that is declared for a model, empty if none is."""
    try:
        said = declarations(model, files)
    except UnreadableFileError:
        return ""
    return said[0].path if said else ""


def _made(texts: Mapping[str, bytes], key: Key, path: str) -> Made:
    """Trace a model's path in its folder's lock, whose paths are relative to it."""
    model, commit = key
    folder = model.rpartition(":")[0]
    for place in (folder, ""):
        name = posixpath.normpath(posixpath.join(place, "dvc.lock"))
        text = texts.get(f"{commit}:{name}")
        if text is not None and path:
            made = trace(text, posixpath.relpath(path, place or "."), name)
            if made != Made():
                return made
    return Made()


def _evidence(card: Found | None, made: Made) -> Evidence:
    said = facts.parse(card.content) if card else None
    said = said or facts.Facts()
    params = {
        name: value if isinstance(value, str) else json.dumps(value)
        for name, value in said.params.items()
    }
    return Evidence(said.metrics, params, said.features or {}, made, said.metric)


def _row(found: Evidence) -> str:
    inputs = [[i.path, i.md5, i.size] for i in found.made.inputs]
    made = [inputs, found.made.params]
    said = [found.metrics, found.params, found.features, *made, found.metric]
    return json.dumps(said, separators=(",", ":"))


def _parse(row: str) -> Evidence:
    said: list[Any] = json.loads(row)
    metrics, params, features, inputs, made, metric = said
    return Evidence(
        metrics,
        params,
        features,
        Made(tuple(Input(*i) for i in inputs), tuple((n, v) for n, v in made)),
        metric,
    )
