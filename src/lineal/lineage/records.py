"""What DVC recorded at one commit: all stages that ran, and all that was added by hand.

Works for any repository of DVC: several dvc.yaml files, `wdir`, foreach and matrix
stages, .dvc files, imports. Paths start at the top of the Git repository.
"""

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from lineal.doors import urls
from lineal.doors.dvc.locked import Item, Locked, read_dvc, read_lock
from lineal.doors.dvc.names import UnreadableFileError, inside
from lineal.lineage.declared import Declared, declared

_URL = re.compile(r"[a-z][a-z0-9+.-]*://")
_OLDEST = "Dvcfile"  # a .dvc file of the first DVC
_COUNT = re.compile(r"[0-9]{1,18}")
_KEPT = 1 << 12


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a file was imported from.

    Attributes:
        url: Of the repository, or of the file itself.
        path: In the repository; empty for a URL.
        rev: What was asked for; empty where nothing was.
        locked: The commit, or what else pins it; empty where nothing does.
    """

    url: str
    path: str = ""
    rev: str = ""
    locked: str = ""


@dataclass(frozen=True, slots=True)
class File:
    """A file or folder, with the bytes it had.

    Attributes:
        path: From the top of the repository, or a URL.
        hash: Of its bytes; of a folder an md5 ends in `.dir`; empty where none is
            recorded.
        algorithm: What kind of hash: md5, etag or checksum.
        size: In bytes, None where it is not recorded.
        count: How many files a folder has, None where it is not recorded.
        origin: Where it was imported from.
        rows: How many it has, as somebody wrote into its .dvc file; None: nobody did.
    """

    path: str
    hash: str = ""
    algorithm: str = "md5"
    size: int | None = None
    count: int | None = None
    origin: Origin | None = None
    rows: int | None = None

    @property
    def is_folder(self) -> bool:
        """Whether DVC recorded one hash for a whole folder."""
        return self.hash.endswith(".dir")


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage that ran.

    Attributes:
        name: As DVC calls it from the top: `train@a`, or `sub/dvc.yaml:train@a`.
        command: What ran.
        deps: What it read.
        outs: What it wrote.
        params: Values by name, as text; `file:name` outside of params.yaml.
    """

    name: str
    command: str = ""
    deps: tuple[File, ...] = ()
    outs: tuple[File, ...] = ()
    params: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Records:
    """What DVC recorded at one commit.

    Attributes:
        stages: In the order of their files.
        tracked: What was added or imported, by path.
        faults: Files that cannot be read, and why.
    """

    stages: tuple[Stage, ...] = ()
    tracked: Mapping[str, File] = field(default_factory=dict)
    faults: tuple[str, ...] = ()


def is_ours(name: str) -> bool:
    """Tell of a file's name whether it is one that DVC records things in.

    >>> is_ours("dvc.lock"), is_ours("a.csv.dvc"), is_ours(".dvcignore")
    (True, True, False)
    """
    if name.endswith(".dvc"):
        return name != ".dvc"
    return name in {"dvc.lock", "dvc.yaml", _OLDEST}


def read(texts: Mapping[str, bytes]) -> Records:
    """Read the files of one commit.

    Args:
        texts: The bytes of all that `is_ours`, by path.
    """
    stages: list[Stage] = []
    tracked: dict[str, File] = {}
    faults: list[str] = []
    for path, text in texts.items():
        try:
            name = posixpath.basename(path)
            if name.endswith(".dvc") or name == _OLDEST:
                _take(_added(path, text), stages, tracked)
            elif name == "dvc.lock":
                sibling = posixpath.join(posixpath.dirname(path), "dvc.yaml")
                found, said = _locked(path, text, texts.get(sibling))
                stages += found
                faults += said
        except UnreadableFileError as error:
            faults.append(str(error))
    return Records(tuple(stages), tracked, tuple(faults))


def _take(found: Stage, stages: list[Stage], tracked: dict[str, File]) -> None:
    """Sort what a .dvc file says: old ones can be stages with a command."""
    if found.command:
        stages.append(found)
    else:
        tracked.update((out.path, out) for out in found.outs)


@lru_cache(_KEPT)
def _added(path: str, text: bytes) -> Stage:
    """Read a .dvc file."""
    said = read_dvc(text, path)
    folder = _placed(posixpath.dirname(path), said.get("wdir"))
    stage = _stage(path, said, folder)
    if said.command:
        return stage
    origin = next((each for dep in said.deps if (each := _origin(dep))), None)
    named = (item for item in said.outs if item.path)
    pairs = zip(stage.outs, named, strict=True)
    outs = (replace(out, origin=origin, rows=_rows(item, said)) for out, item in pairs)
    return replace(stage, outs=tuple(outs))


def _rows(item: Item, said: Locked) -> int | None:
    """Return what `meta: {rows: N}` says of an output, or of all in the file."""
    for meta in (item.get("meta"), said.get("meta")):
        rows = meta.get("rows") if isinstance(meta, Mapping) else None
        if isinstance(rows, str) and _COUNT.fullmatch(rows):
            return int(rows)
    return None


def _origin(dep: Item) -> Origin | None:
    """Read where `dvc import` or `dvc import-url` took a file from."""
    repo = dep.get("repo")
    if isinstance(repo, Mapping):
        url, rev, locked = (str(repo.get(k) or "") for k in ("url", "rev", "rev_lock"))
        return Origin(urls.shown(url), dep.path, rev, locked)
    return Origin(urls.shown(dep.path), locked=dep.hash) if dep.path else None


@lru_cache(_KEPT)
def _locked(
    path: str, text: bytes, asked: bytes | None
) -> tuple[tuple[Stage, ...], tuple[str, ...]]:
    """Read a dvc.lock; DVC leaves in it what it knew of stages that are gone.

    Returns:
        The stages, and what is not known of them.
    """
    folder = posixpath.dirname(path)
    prefix = posixpath.join(folder, "dvc.yaml:") if folder else ""
    beside, faults = _beside(asked, posixpath.join(folder, "dvc.yaml"))
    found = []
    for said in read_lock(text, path):
        if beside is not None and not beside.knows(said.name):
            continue
        wdir = beside.folder(said.name) if beside else "."
        name = f"{prefix}{said.name}"
        if "${" in wdir:
            faults.append(f"where stage {name} runs is not known: its wdir is {wdir}")
        found.append(_stage(name, said, _placed(folder, wdir)))
    return tuple(found), tuple(faults)


def _beside(text: bytes | None, name: str) -> tuple[Declared | None, list[str]]:
    """Read the dvc.yaml of a lock; where that cannot be, the lock alone speaks."""
    if text is None:
        return None, []
    try:
        return declared(text, name), []
    except UnreadableFileError as error:
        return None, [str(error)]


def _stage(name: str, said: Locked, folder: str) -> Stage:
    return Stage(
        name=name,
        command=said.command,
        deps=tuple(_files(said.deps, folder)),
        outs=tuple(_files(said.outs, folder)),
        params=tuple(_params(said, folder)),
    )


def _params(said: Locked, folder: str) -> Iterator[tuple[str, str]]:
    for file, name, value in said.params:
        placed = _path(file, folder)
        yield (name if placed == "params.yaml" else f"{placed}:{name}", value)


def _files(items: Iterable[Item], folder: str) -> Iterator[File]:
    for item in items:
        if item.path:
            path = _path(item.path, folder)
            yield File(path, item.hash, item.algorithm, item.size, item.count)


def _path(path: str, folder: str) -> str:
    """Return a path from the top; what lies outside of the repository stays as it is."""
    if _URL.match(path):
        return path
    placed = inside(path, folder)
    return (
        posixpath.normpath(posixpath.join(folder, path)) if placed is None else placed
    )


def _placed(folder: str, wdir: object) -> str:
    said = wdir if isinstance(wdir, str) else "."
    found = posixpath.normpath(posixpath.join(folder, said))
    return "" if found == "." else found
