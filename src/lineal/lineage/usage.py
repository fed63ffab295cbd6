"""Which versions a file, hash, feature, parameter or library went into: lineage reversed."""

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from lineal.errors import BadInputError
from lineal.lineage.pedigree import Pedigree, overlaps
from lineal.lineage.records import File, Stage
from lineal.registry.periods import Period
from lineal.registry.requirements import canonical
from lineal.registry.version import Version

Kind = Literal["file", "hash", "feature", "param", "library"]
KINDS: tuple[Kind, ...] = ("file", "hash", "feature", "param", "library")

_HASH = re.compile(r"[0-9a-f]{32}(\.dir)?")


class NothingNamedError(BadInputError):
    """The text leaves out what is asked about."""

    def __init__(self, text: str) -> None:
        super().__init__(
            f"{text!r} names nothing: write a path, a hash, a feature, NAME=VALUE of a "
            "parameter or NAME==VERSION of a library"
        )


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked about.

    Attributes:
        kind: What it is.
        name: Its path, hash or name.
        value: Of a parameter or library, which value; None for any.
    """

    kind: Kind
    name: str
    value: str | None = None

    def __str__(self) -> str:
        if self.value is None:
            return f"{self.kind} {self.name}"
        mark = "==" if self.kind == "library" else "="
        return f"{self.kind} {self.name}{mark}{self.value}"

    @property
    def needles(self) -> tuple[bytes, ...]:
        """Texts of which one must be in a lock or card where there is a match."""
        match self.kind:
            case "file":
                words = [each for each in self.name.split("/") if each]
            case "param":
                words = [self.name.rpartition(":")[2].rpartition(".")[2]]
            case _:
                words = [self.name]
        if not all(word.isascii() and word.isprintable() for word in words):
            return (b"",)  # it may be written in several ways
        return tuple(word.encode() for word in words)


@dataclass(frozen=True, slots=True)
class Match:
    """How something went into a version.

    Attributes:
        name: What went in: a path or name.
        value: Its hash, value or version.
        through: The stages that read it, in the order in which they ran.
    """

    name: str
    value: str = ""
    through: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Use:
    """A version that something reached.

    Attributes:
        model: Its model.
        version: Which version; None for a commit that a stage held without one.
        commit: What it names.
        since: When it was registered, in seconds since 1970; None: nobody knows.
        withdrawn: Whether it was taken back.
        matches: How it was reached.
        periods: When stages held it.
    """

    model: str
    version: Version | None
    commit: str
    since: int | None
    withdrawn: bool
    matches: tuple[Match, ...]
    periods: tuple[Period, ...] = ()


@dataclass(frozen=True, slots=True)
class Impact:
    """What a change would reach in the newest commit.

    Attributes:
        model: A model of that commit.
        stages: The stages that would run again, in their order.
    """

    model: str
    stages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Usage:
    """Where something went.

    Attributes:
        asked: What.
        uses: The versions that it reached, by model, oldest first.
        impact: What changing it would reach now.
        searched: How many versions there are.
        notes: What could not be searched.
    """

    asked: Asked
    uses: tuple[Use, ...]
    impact: tuple[Impact, ...] = ()
    searched: int = 0
    notes: tuple[str, ...] = ()

    @property
    def holding(self) -> tuple[tuple[Use, str], ...]:
        """Versions that stages hold now, with the stage."""
        return tuple(
            (use, period.holder.assigned.stage)
            for use in self.uses
            for period in use.periods
            if period.ended is None
        )


@dataclass(frozen=True, slots=True)
class Subject:
    """What is known of one version.

    Attributes:
        pedigree: What made it; None where its commit does not say.
        features: What it was trained on.
        libraries: With which versions, by name.
    """

    pedigree: Pedigree | None = None
    features: frozenset[str] = frozenset()
    libraries: Mapping[str, str] = field(default_factory=dict)


def readings(text: str, kind: Kind | None = None) -> tuple[Asked, ...]:
    """Return what a text may ask about, what is likelier first.

    >>> [each.kind for each in readings("ridge.alpha=1.0")]
    ['param', 'file']
    >>> [each.kind for each in readings("lag_7")]
    ['file', 'feature', 'param', 'library']

    Args:
        text: As somebody typed it.
        kind: What it is; by default it may be anything.

    Raises:
        NothingNamedError: It is empty, or has no name before its value.
    """
    if kind is None and _HASH.fullmatch(text):
        return (Asked("hash", text),)
    kinds: tuple[Kind, ...] = (kind,) if kind else _likely(text)
    return tuple(_asked(text, each) for each in kinds)


def _likely(text: str) -> tuple[Kind, ...]:
    if "==" in text:
        return ("library",)
    return ("param", "file") if "=" in text else ("file", "feature", "param", "library")


def _asked(text: str, kind: Kind) -> Asked:
    if kind == "file":
        plain = text.removeprefix("./")
        name, value = (plain if plain == "/" else plain.rstrip("/")), None
    elif kind in {"param", "library"}:
        mark = "==" if kind == "library" else "="
        name, found, after = (each.strip() for each in text.partition(mark))
        value = after if found else None
    else:
        name, value = text, None
    if kind == "library":
        name = canonical(name)
    if not name:
        raise NothingNamedError(text)
    return Asked(kind, name, value)


def matches(asked: Asked, subject: Subject) -> tuple[Match, ...]:
    """Return how something went into a version, nothing if it did not."""
    match asked.kind:
        case "feature":
            return (Match(asked.name),) if asked.name in subject.features else ()
        case "library":
            found = subject.libraries.get(asked.name)
            fits = found is not None and asked.value in {None, found}
            return (Match(asked.name, found or ""),) if fits else ()
        case "file" | "hash" | "param":
            return _of_pedigree(asked, subject.pedigree)


def _of_pedigree(asked: Asked, made: Pedigree | None) -> tuple[Match, ...]:
    if made is None:
        return ()
    if asked.kind == "param":
        return tuple(_params(asked, made))
    return tuple(_files(asked, made))


def _params(asked: Asked, made: Pedigree) -> Iterator[Match]:
    """Find a parameter, or those below it, in the stages that read it."""
    through: dict[tuple[str, str], list[str]] = {}
    for stage in made.stages:
        for name, value in stage.params:
            named = name == asked.name or name.startswith(f"{asked.name}.")
            if named and (asked.value is None or equal(asked.value, value)):
                through.setdefault((name, value), []).append(stage.name)
    for (name, value), stages in sorted(through.items()):
        yield Match(name, value, tuple(stages))


def equal(asked: str, value: str) -> bool:
    """Tell whether two spellings are one value.

    >>> equal("1.0", "1"), equal("1e-3", "0.001"), equal("True", "true"), equal("a", "b")
    (True, True, True, False)
    """
    if asked == value or asked.strip("'\"") == value:
        return True
    one, other = _number(asked), _number(value)
    if one is not None and other is not None:
        return one == other
    return asked.lower() == value.lower() and value.lower() in {"true", "false", "null"}


def _number(text: str) -> float | None:
    try:
        found = float(text)
    except ValueError:
        return None
    return found if math.isfinite(found) else None


def _files(asked: Asked, made: Pedigree) -> Iterator[Match]:
    found: dict[tuple[str, str], list[str]] = {}
    for stage in made.stages:
        for file in stage.deps:
            if _is_meant(asked, file):
                found.setdefault((file.path, file.hash), []).append(stage.name)
    for file in (*made.data, *made.code, *_outs(made)):
        if _is_meant(asked, file):
            found.setdefault((file.path, file.hash), [])
    for (path, value), through in sorted(found.items()):
        yield Match(path, value, tuple(through))


def _outs(made: Pedigree) -> Iterable[File]:
    yield from (out for stage in made.stages for out in stage.outs)
    if made.made is not None:
        yield made.made


def _is_meant(asked: Asked, file: File) -> bool:
    if asked.kind == "hash":
        return file.hash.removesuffix(".dir") == asked.name.removesuffix(".dir")
    if asked.name in file.path:  # what most paths are not
        return overlaps(asked.name, file.path)
    return asked.name.startswith(f"{file.path}/")


def starts(asked: Asked, stages: Iterable[Stage]) -> tuple[Stage, ...]:
    """Return the stages that read something themselves."""
    return tuple(
        stage
        for stage in stages
        if (
            any(
                name == asked.name or name.startswith(f"{asked.name}.")
                for name, _ in stage.params
            )
            if asked.kind == "param"
            else any(_is_meant(asked, dep) for dep in stage.deps)
        )
    )
