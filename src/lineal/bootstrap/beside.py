"""What lies beside a model at a commit or in the working tree: card, features, pins."""

import json
import posixpath
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from lineal.doors.dvc.names import Files
from lineal.registry import facts, requirements

_FEATURES, _LIBRARIES = "features.json", "requirements.txt"


@dataclass(frozen=True, slots=True)
class Beside:
    """What lies beside the model.

    Attributes:
        card: As it is written.
        facts: What it says.
        features: What each feature is, by name.
        libraries: Versions by name.
    """

    card: Mapping[str, Any]
    facts: facts.Facts
    features: Mapping[str, Mapping[str, str]]
    libraries: Mapping[str, str]

    @classmethod
    def read(cls, model: str, files: Files) -> "Beside":
        """Read what is there."""
        path = facts.card_path(model, files)
        folder = posixpath.dirname(path)
        names = (_FEATURES, _LIBRARIES)
        features, listed = (posixpath.join(folder, name) for name in names)
        texts = files.texts([path, features, listed])
        said = facts.parse(texts.get(path, b"")) or facts.Facts()
        pinned = requirements.read(texts.get(listed, b"").decode("utf-8", "replace"))
        return cls(
            card=_object(texts.get(path)),
            facts=said,
            features=_recipes(texts.get(features), said.features or {}),
            libraries={**said.libraries, **{one.name: one.version for one in pinned}},
        )

    @property
    def rows(self) -> dict[str, int]:
        """How many rows the card says that its table had."""
        data = self.card.get("data")
        if not isinstance(data, Mapping):
            return {}
        path, rows = data.get("path"), data.get("rows")
        told = isinstance(path, str) and isinstance(rows, int)
        return {str(path): int(str(rows))} if told else {}


def _object(content: bytes | None) -> Mapping[str, Any]:
    with suppress(ValueError, RecursionError):
        found = json.loads(content or b"")
        return found if isinstance(found, Mapping) else {}
    return {}


def _recipes(
    content: bytes | None, types: Mapping[str, str]
) -> dict[str, dict[str, str]]:
    """Tell what each feature is: what the features stage wrote, else its type."""
    with suppress(ValueError, RecursionError):
        found = json.loads(content or b"")
        told = dict(_described(found if isinstance(found, list) else []))
        if told:
            return told
    return {name: {"type": kind} if kind else {} for name, kind in types.items()}


def _described(listed: list[Any]) -> Iterator[tuple[str, dict[str, str]]]:
    for each in listed:
        if isinstance(each, Mapping) and isinstance(each.get("name"), str):
            yield (
                each["name"],
                {
                    key: value if isinstance(value, str) else json.dumps(value)
                    for key, value in sorted(each.items())
                    if key != "name"
                },
            )
