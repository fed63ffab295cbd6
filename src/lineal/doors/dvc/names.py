"""Which path an artifact's name stands for, from the texts of one commit."""

import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from lineal.errors import BadInputError

_KEPT = 8  # files that declare; of many models, all ask the same few

_KEPT = 16  # files; of a thousand models one declares all


class UnreadableFileError(BadInputError):
    """A committed file is not what DVC or GTO writes."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name} cannot be read ({reason}): mend it and commit it")


@dataclass(frozen=True, slots=True)
class Files:
    """The files of one commit; paths are relative to its top, with slashes.

    Attributes:
        read: The bytes of many files at once, None for what is no file there.
        names: All paths; asked only when the likely places do not know an output.
    """

    read: Callable[[Sequence[str]], Sequence[bytes | None]]
    names: Callable[[], Iterable[str]] = tuple

    def texts(self, paths: Iterable[str]) -> dict[str, bytes]:
        """Return those of some files that are there, in the order asked."""
        asked = list(dict.fromkeys(paths))
        pairs = zip(asked, self.read(asked), strict=True)
        return {path: text for path, text in pairs if text is not None}


@dataclass(frozen=True, slots=True)
class Declared:
    """A place that says where an artifact lies.

    Attributes:
        path: Relative to the top of the repository.
        source: The file that says so.
    """

    path: str
    source: str


@dataclass(frozen=True, slots=True)
class _Document:
    """A file that declares artifacts.

    Attributes:
        source: Its path.
        base: The folder from which its paths start.
        of_top: Whether it speaks of a folder's artifacts from the top.
        artifacts: What it declares.
    """

    source: str
    base: str
    of_top: bool
    artifacts: Mapping[str, Any]


def declarations(name: str, files: Files) -> tuple[Declared, ...]:
    """Return what is said of an artifact's path, what DVC goes by first.

    `dvc artifacts get` reads dvc.yaml, GTO artifacts.yaml at the top; they can differ.
    Of `dir:name` the files in the folder dir speak, and paths are relative to it.
    A path that DVC would have to interpolate (`${...}`) says nothing to us.

    Raises:
        UnreadableFileError: One of the files is malformed.
    """
    short = name.rpartition(":")[2]
    said = []
    for found in _documents(name, files):
        path = _path(found.artifacts, name if found.of_top else short)
        placed = path and inside(path, "" if found.of_top else found.base)
        if placed:
            said.append(Declared(placed, found.source))
    return tuple(said)


def declared(name: str, files: Files) -> frozenset[str]:
    """Return what is declared in the files that may speak of an artifact.

    Raises:
        UnreadableFileError: One of the files is malformed.
    """
    folder, mark, _ = name.rpartition(":")
    return frozenset(
        str(each) if found.of_top else f"{folder}{mark}{each}"
        for found in _documents(name, files)
        for each, about in found.artifacts.items()
        if isinstance(about, Mapping)
    )


def _documents(name: str, files: Files) -> Iterator[_Document]:
    """Read the files that may speak of an artifact."""
    folder = name.rpartition(":")[0]
    base = inside(folder) if folder else ""
    if base is None:
        return
    sources = [posixpath.join(base, each) for each in ("dvc.yaml", "artifacts.yaml")]
    for source, text in files.texts([*sources, "artifacts.yaml"]).items():
        of_top = bool(folder) and source == "artifacts.yaml"
        yield _Document(source, base, of_top, _artifacts(source, text))


@lru_cache(_KEPT)
def _artifacts(source: str, text: bytes) -> Mapping[str, Any]:
    document = mapping(text, source)
    if posixpath.basename(source) == "dvc.yaml":
        return _section(document, "artifacts")
    return document


def inside(path: str, folder: str = "") -> str | None:
    """Return a path from the top of the repository, None if it leaves that.

    >>> inside("../models/a.bin", "train")
    'models/a.bin'
    >>> inside("../../a.bin", "train")
    """
    placed = posixpath.normpath(posixpath.join(folder, path))
    if placed == ".." or placed.startswith(("/", "../")):
        return None
    return "" if placed == "." else placed


@lru_cache(_KEPT)
def mapping(text: bytes, name: str) -> Mapping[str, Any]:
    """Read YAML whose top is a mapping, or nothing at all.

    Raises:
        UnreadableFileError: It is something else.
    """
    import yaml  # noqa: PLC0415 - many who import this read no file

    # Scalars stay text; it builds nothing but text, lists and dicts.
    loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    try:
        document = yaml.load(text, loader)  # noqa: S506 - builds text only
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f" at line {mark.line + 1}" if mark else ""
        raise UnreadableFileError(name, f"it is not YAML{place}") from error
    except RecursionError as error:
        raise UnreadableFileError(name, "it is nested too deeply") from error
    if document is None or document == "":
        return {}
    if not isinstance(document, Mapping):
        raise UnreadableFileError(name, "its top is no mapping")
    return document


def _section(document: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    found = document.get(key)
    return found if isinstance(found, Mapping) else {}


def _path(document: Mapping[str, Any], name: str) -> str | None:
    path = _section(document, name).get("path")
    return path if isinstance(path, str) and path and "${" not in path else None
