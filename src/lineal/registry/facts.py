"""What a version says of its model: card.json at its commit, read as plain JSON.

The pipeline writes such cards; other teams have their own. So every part may be missing
or have another form, and then it says nothing.
"""

import json
import math
import posixpath
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from lineal.doors import objects, tree
from lineal.doors.dvc.names import Files, UnreadableFileError, declarations
from lineal.doors.git import Git
from lineal.registry.requirements import canonical

CARD = "card.json"


@dataclass(frozen=True, slots=True)
class Field:
    """A column that goes in or comes out.

    Attributes:
        type: Its type's name, empty where it is not said.
        required: Whether every row must have a value.
    """

    type: str = ""
    required: bool = True


@dataclass(frozen=True, slots=True)
class Facts:
    """What a card says.

    Attributes:
        task: What kind of question the model answers; empty where it is not said.
        target: What it is about; empty where it is not said.
        metric: What it was chosen by; empty where it is not said.
        features: Their types by name; an empty type where it is not said.
        inputs: What goes in, by name; None where it is not said.
        outputs: What comes out, by name; None where it is not said.
        metrics: Scores on the test period, by name; all are finite.
        params: The model's parameters.
        by_segment: The same scores for each segment.
        by_horizon: The same scores for each horizon.
        data_last: When the data ends that it learned from, in seconds since 1970.
        libraries: The versions that it was made with, by name as PyPI spells it.
    """

    task: str = ""
    target: str = ""
    metric: str = ""
    features: Mapping[str, str] | None = None
    inputs: Mapping[str, Field] | None = None
    outputs: Mapping[str, Field] | None = None
    metrics: Mapping[str, float] = field(default_factory=dict)
    params: Mapping[str, Any] = field(default_factory=dict)
    by_segment: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    by_horizon: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    data_last: int | None = None
    libraries: Mapping[str, str] = field(default_factory=dict)


def read(git: Git, model: str, commits: Iterable[str]) -> tuple[Facts | None, ...]:
    """Read a model's card at some commits, None where there is none."""
    asked = tuple(commits)
    paths = [card_path(model, tree.files(git, commit)) for commit in asked]
    names = [f"{c}:{path}" for c, path in zip(asked, paths, strict=True)]
    found = objects.read(git, names)
    return tuple(parse(each.content) if each else None for each in found)


def card_path(model: str, files: Files) -> str:
    """Return where a model's card lies: beside what is declared as the model.

    Where nothing is declared, it is looked for in models/, in a folder of that name.
    """
    try:
        said = declarations(model, files)
    except UnreadableFileError:
        said = ()
    if said:
        return posixpath.join(posixpath.dirname(said[0].path), CARD)
    folder, _, short = model.rpartition(":")
    return posixpath.normpath(posixpath.join(folder, "models", short, CARD))


def parse(content: bytes) -> Facts | None:
    """Read a card, None for what is no JSON object.

    >>> parse(b'{"metrics": {"wape": 0.1}}').metrics
    {'wape': 0.1}
    """
    try:
        card = json.loads(content)
    except (ValueError, RecursionError):
        return None
    if not isinstance(card, Mapping):
        return None
    signature = _mapping(card.get("signature"))
    return Facts(
        task=_text(card.get("task")),
        target=_text(card.get("target")),
        metric=_text(card.get("metric")),
        features=_features(card),
        inputs=_fields(signature.get("inputs")),
        outputs=_fields(signature.get("outputs")),
        metrics=_metrics(card),
        params=_mapping(card.get("params")),
        by_segment=_parted(card.get("by_segment")),
        by_horizon=_parted(card.get("by_horizon")),
        data_last=_day(_mapping(card.get("data")).get("last")),
        libraries=_libraries(card.get("libraries")),
    )


def _features(card: Mapping[str, Any]) -> Mapping[str, str] | None:
    """Read names from a list, or names and types from a mapping."""
    said = card.get("features")
    if isinstance(said, Mapping):
        return {name: _text(kind) for name, kind in said.items()}
    types = _mapping(card.get("feature_types"))
    if not isinstance(said, Sequence) or isinstance(said, str):
        return {name: _text(kind) for name, kind in types.items()} or None
    names = (_name(item) for item in said)
    return {name: _text(types.get(name)) for name in names if name}


def _fields(said: object) -> Mapping[str, Field] | None:
    if isinstance(said, Mapping):
        return {name: Field(_text(kind)) for name, kind in said.items()}
    if not isinstance(said, Sequence) or isinstance(said, str):
        return None
    return {name: _field(item) for item in said if (name := _name(item))}


def _field(item: object) -> Field:
    facts = _mapping(item)
    return Field(_text(facts.get("type")), facts.get("required") is not False)


def _metrics(card: Mapping[str, Any]) -> Mapping[str, float]:
    """Take the champion's scores, else those of `test`, else those of `metrics`.

    Where one of them is there and says nothing that counts, the others do not stand in.
    """
    test = _mapping(card.get("test"))
    champion = _mapping(test.get(_text(card.get("champion"))))
    return dict(_numbers(champion or test or _mapping(card.get("metrics"))))


def _libraries(said: object) -> Mapping[str, str]:
    found = _mapping(said).items()
    return {canonical(name): v for name, v in found if isinstance(v, str)}


def _parted(said: object) -> Mapping[str, Mapping[str, float]]:
    """Read the scores of each part; those of a part that has none are empty."""
    return {name: dict(_numbers(_mapping(one))) for name, one in _mapping(said).items()}


def _day(said: object) -> int | None:
    """Return the end of a day such as 2026-11-21, in UTC, None for what is none."""
    try:
        found = datetime.fromisoformat(_text(said)[:10]).replace(tzinfo=UTC)
        return int((found + timedelta(days=1)).timestamp())
    except (ValueError, OverflowError):
        return None


def _numbers(
    said: Mapping[str, Any], prefix: str = "", depth: int = 2
) -> Iterator[tuple[str, float]]:
    """List numbers; those of an inner mapping are called `outer.inner`."""
    for name, value in said.items():
        if isinstance(value, Mapping) and depth > 1:
            yield from _numbers(value, f"{prefix}{name}.", depth - 1)
        elif isinstance(value, int | float) and not isinstance(value, bool):
            number = _finite(value)
            if number is not None:
                yield (f"{prefix}{name}", number)


def _finite(value: float) -> float | None:
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if math.isfinite(number) else None


def _mapping(said: object) -> Mapping[str, Any]:
    return said if isinstance(said, Mapping) else {}


def _name(item: object) -> str:
    return _text(item.get("name") if isinstance(item, Mapping) else item)


def _text(said: object) -> str:
    return said if isinstance(said, str) else ""
