"""Which bytes a path had, from the texts that DVC committed with it."""

import posixpath
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from lineal.doors.dvc.names import Files, UnreadableFileError, declarations, inside
from lineal.doors.dvc.records import Tracked, outputs


@dataclass(frozen=True, slots=True)
class InGit:
    """Git keeps the bytes, in the commit itself.

    Attributes:
        path: Of the artifact.
        folder: Whether it is a folder.
    """

    path: str
    folder: bool = False


@dataclass(frozen=True, slots=True)
class Unrecorded:
    """A path is declared, and neither Git nor DVC holds anything for it."""

    path: str


@dataclass(frozen=True, slots=True)
class Undeclared:
    """No file of the commit says where the artifact lies."""

    name: str


Whereabouts = Tracked | InGit | Unrecorded | Undeclared


def locate(name: str, files: Files) -> Whereabouts:
    """Find where an artifact's bytes are.

    Raises:
        UnreadableFileError: A file that must be read for it is malformed.
    """
    said = declarations(name, files)
    if not said:
        return Undeclared(name)
    return locate_path(said[0].path, files)


def locate_path(path: str, files: Files) -> Tracked | InGit | Unrecorded:
    """Find where the bytes of a path are: in Git, in DVC or nowhere.

    Raises:
        UnreadableFileError: A file that must be read for it is malformed.
    """
    texts = files.texts([path, *near(path)])
    if path in texts:
        return InGit(path)
    found = recorded(path, texts)
    if found:
        return found
    names = list(files.names())
    if any(each.startswith(f"{path}/") for each in names):
        return InGit(path, folder=True)
    # An output may lie outside of the folder of its dvc.yaml.
    return recorded(path, files.texts(_far(names, texts))) or Unrecorded(path)


def recorded(path: str, texts: Mapping[str, bytes]) -> Tracked | None:
    """Return what dvc.lock and .dvc files say of a path, or of a folder around it."""
    outs = _by_path(outputs(texts))
    for place in (path, *map(str, PurePosixPath(path).parents)):
        found = outs.get(place)
        if found and place == path:
            return found
        if found and found.is_folder:
            return replace(found, path=path, member=posixpath.relpath(path, place))
    return None


def root_of(path: str, files: Files) -> str | None:
    """Return the folder of the DVC repository that a path belongs to.

    The innermost one counts; "" is the top, None says that there is none.
    """
    folders = [str(each) for each in PurePosixPath(path).parents]
    wanted = [inside(".dvc/config", each) or "" for each in folders]
    found = files.texts(wanted)
    return next((each.removesuffix(".dvc/config").rstrip("/") for each in found), None)


def _by_path(outs: Iterable[Tracked]) -> dict[str, Tracked]:
    found: dict[str, Tracked] = {}
    for out in outs:
        other = found.setdefault(out.path, out)
        if other.md5 != out.md5:
            reason = f"{out.path} has another hash than in {other.source}"
            raise UnreadableFileError(out.source, reason)
    return found


def near(path: str) -> Iterator[str]:
    """List the files that may speak of a path: beside it and above it."""
    places = [PurePosixPath(path), *PurePosixPath(path).parents]
    yield from (f"{place}.dvc" for place in places[:-1])
    for folder in places[1:]:
        yield str(folder / "dvc.lock")
        yield str(folder / "dvc.yaml")


def _far(names: Iterable[str], known: Mapping[str, bytes]) -> Iterator[str]:
    """List the other files of DVC."""
    for name in names:
        base = posixpath.basename(name)
        ours = base in {"dvc.lock", "dvc.yaml"} or base.endswith(".dvc")
        if ours and name not in known:
            yield name
