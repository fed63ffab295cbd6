"""The packages that a version's commit pins, and an environment that has them."""

import posixpath
import re
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from lineal.doors import environments, interpreter
from lineal.doors.dvc.names import Files, inside
from lineal.doors.environments import Recipe
from lineal.doors.installing import UnavailableError
from lineal.doors.location import Location
from lineal.errors import OutsideError
from lineal.registry import requirements
from lineal.registry.reproduced import Environment

Wanted = Literal["auto", "here", "pinned"]

_PINS = ("requirements/run.txt", "requirements.txt")
_HASH = "--hash="
_NAMED = re.compile(r"\s*(?:-r|--requirement|-c|--constraint)[\s=]+(\S+)")
_SOURCE = re.compile(
    r"\s*(?:-i|-f|--(?:extra-)?index-url|--find-links|--trusted-host)[\s=]+\S+"
)
_SHOWN = 5  # packages that a note names


class NoPinsError(OutsideError):
    """There is nothing to make an environment of."""

    def __init__(self) -> None:
        super().__init__(
            "the commit pins no packages, so no environment can be made: commit "
            "requirements/run.txt or requirements.txt with exact versions, or leave "
            "--environment out"
        )


class OtherPythonError(OutsideError):
    """The project asks for another Python."""

    def __init__(self, wanted: str) -> None:
        super().__init__(
            f"{_other_python(wanted)}, so no environment of its packages can be made: run "
            "lineal with such a Python, or say --environment here"
        )


@dataclass(frozen=True, slots=True)
class Pins:
    """What a commit says of its packages.

    Attributes:
        recipe: What an environment is made of; None: nothing is pinned.
        differing: Which packages here are others, and how.
        python: The Pythons that the project asks for, if this is none of them.
    """

    recipe: Recipe | None
    differing: tuple[str, ...]
    python: str = ""


def find(path: str, folder: str, files: Files) -> Pins:
    """Find what a commit pins.

    A list with hashes comes first, since it names all packages; then lists of the
    repository; then the one beside the model, which names the model's own libraries.

    Args:
        path: Where the model lies.
        folder: Of the DVC repository; empty: the top.
        files: Those of the commit.
    """
    names = [posixpath.join(base, each) for base in (folder, "") for each in _PINS]
    names.append(posixpath.join(posixpath.dirname(path), "requirements.txt"))
    recipes = [_recipe(name, files) for name in files.texts(names)]
    known = sorted((r for r in recipes if r.count), key=lambda r: not r.complete)
    recipe = known[0] if known else None
    differing = tuple(_differing(recipe)) if recipe else ()
    return Pins(recipe, differing, _unsuited(folder, files))


def _recipe(name: str, files: Files) -> Recipe:
    texts: dict[str, bytes] = {}
    waiting = [name]
    while waiting:
        found = files.texts(each for each in waiting if each not in texts)
        texts |= found
        waiting = [named for each in found.items() for named in _named(*each)]
    pinned = [each for text in texts.values() for each in _read(text) if each.version]
    lines = [(f, line) for f, text in texts.items() for line in _lines(text)]
    return Recipe(
        name=name,
        texts=texts,
        complete=_HASH in _plain(texts[name]),
        count=len({each.name for each in pinned}),
        sources=tuple(said[0] for _, line in lines if (said := _SOURCE.match(line))),
        foreign=tuple(
            said[1]
            for file, line in lines
            if (said := _NAMED.match(line))
            and inside(said[1], posixpath.dirname(file)) not in texts
        ),
    )


def _named(file: str, text: bytes) -> Iterator[str]:
    """List the files of the commit that a file of requirements names."""
    for line in _lines(text):
        match = _NAMED.match(line)
        other = match and inside(match[1], posixpath.dirname(file))
        if other:
            yield other


def _lines(text: bytes) -> list[str]:
    return re.sub(r"\\\r?\n", " ", _plain(text)).splitlines()


def _plain(text: bytes) -> str:
    return text.decode("utf-8", "replace")


def _read(text: bytes) -> tuple[requirements.Library, ...]:
    return requirements.read(_plain(text))


def _differing(recipe: Recipe) -> Iterator[str]:
    """List packages that are not those that are pinned; one may be for each system."""
    pinned: Mapping[str, set[str]] = defaultdict(set)
    marked = set()
    for text in recipe.texts.values():
        for each in _read(text):
            if each.version:
                pinned[each.name].add(each.version)
        # A line with a marker may be about another machine.
        marked |= {each.name for each in requirements.read(_marked(_plain(text)))}
    here = interpreter.installed(pinned)
    for name, versions in sorted(pinned.items()):
        found = here.get(name)
        if found is None and name in marked:
            continue
        if found is None or _short(found) not in map(_short, versions):
            asked = " or ".join(sorted(versions))
            yield f"{name} {found or 'is not installed'} (pinned {asked})"


def _marked(text: str) -> str:
    joined = re.sub(r"\\\r?\n", " ", text)
    return "\n".join(line for line in joined.splitlines() if ";" in line)


def _short(version: str) -> str:
    """Return a version so that equal ones are the same text: 1.0 is 1."""
    return re.sub(r"(?:\.0)+$", "", version)


def _unsuited(folder: str, files: Files) -> str:
    """Return which Pythons the project asks for, if this is none of them."""
    names = [posixpath.join(base, "pyproject.toml") for base in (folder, "")]
    for text in files.texts(names).values():
        try:
            wanted = tomllib.loads(_plain(text)).get("project", {})["requires-python"]
        except (tomllib.TOMLDecodeError, LookupError, AttributeError, TypeError):
            continue
        return "" if interpreter.suits(str(wanted)) else str(wanted)
    return ""


@contextmanager
def ready(
    place: Location, pins: Pins, wanted: Wanted, said: Callable[[str], None]
) -> Iterator[tuple[Path | None, Environment]]:
    """Hold the environment that the stages are to run in, as long as the block lasts.

    Args:
        place: The repository.
        pins: What the commit says of its packages.
        wanted: Which environment.
        said: Told what is done, and why other bytes would prove little.

    Yields:
        Its folder, None for this Python's own; and what is recorded of it.

    Raises:
        NoPinsError: One is wanted, and nothing is pinned.
        OtherPythonError: One is wanted, and this Python is the wrong one.
        UnavailableError: One is wanted, and it cannot be had.
    """
    if wanted == "pinned" and pins.recipe is None:
        raise NoPinsError
    python, file = interpreter.python(), pins.recipe.name if pins.recipe else ""
    with ExitStack() as held:
        prefix = _prefix(held, place, pins, wanted=wanted, said=said)
        differing = () if prefix else pins.differing
        for note in _notes(pins, differing):
            said(f"note: {note}")
        if pins.python:
            differing = (*differing, f"python {python} (asked {pins.python})")
        yield prefix, Environment(bool(prefix), python, file, differing)


def _prefix(
    held: ExitStack,
    place: Location,
    pins: Pins,
    *,
    wanted: Wanted,
    said: Callable[[str], None],
) -> Path | None:
    differ = bool(pins.differing or pins.python)
    if not pins.recipe or wanted == "here" or (wanted == "auto" and not differ):
        return None
    try:
        _check(pins.python)
        return held.enter_context(environments.ready(place, pins.recipe, said))
    except (OtherPythonError, UnavailableError) as error:
        if wanted == "pinned":
            raise
        said(f"note: {error}")
        return None


def _check(other: str) -> None:
    if other:
        raise OtherPythonError(other)


def _notes(pins: Pins, differing: tuple[str, ...]) -> Iterator[str]:
    if pins.python:
        yield f"{_other_python(pins.python)}; other bytes would prove little"
    if differing and pins.recipe:
        count = len(differing) - _SHOWN
        more = f" and {count} more" if count > 0 else ""
        yield (
            f"not the packages that {pins.recipe.name} pins: "
            f"{', '.join(differing[:_SHOWN])}{more}; other bytes would prove little"
        )


def _other_python(wanted: str) -> str:
    return (
        f"this is Python {interpreter.python()}, and pyproject.toml asks for {wanted}"
    )
