"""Look for DVC's objects that may go, copy them to an archive, and remove them.

A process of its own, run by lineal.doors.dvc.gc: one JSON question, one JSON answer. It
opens the stores as DVC does, so caches and remotes of all kinds, of DVC 3 and before,
are known; and it removes by name what was looked at before, never all that is unknown.
"""

import json
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from dvc.config import NoRemoteError, RemoteConfigError
from dvc.lock import LockError
from dvc.repo import Repo
from dvc_data.hashfile.db import HashFileDB, get_index

_DIR = ".dir"
_MANY = 500  # objects that are removed at once
_HASHES = ("md5", "md5-dos2unix")
_SAME, _BUSY, _ARCHIVE, _FAILED = "same", "busy", "archive", "failed"


class SweepError(Exception):
    """What the parent shall say; `kind` tells it how."""

    def __init__(self, kind: str, reason: str) -> None:
        super().__init__(reason)
        self.kind = kind


@dataclass(frozen=True, slots=True)
class Store:
    """A cache or remote, of one kind of hash."""

    place: str
    hash: str
    odb: HashFileDB

    def sizes(self, oids: Iterable[str]) -> dict[str, int]:
        """Return the bytes of objects that are there."""
        asked = list(oids)
        paths = [self.odb.oid_to_path(oid) for oid in asked]
        found = self.odb.fs.info(paths, return_exceptions=True) if paths else []
        return {o: _size(i) for o, i in zip(asked, found, strict=True) if _size(i) >= 0}

    def listing(self, oid: str) -> list[str] | None:
        """Return the files of a folder, None where its list is not there."""
        try:
            with self.odb.fs.open(self.odb.oid_to_path(oid), "rb") as file:
                return [str(each["md5"]) for each in json.load(file)]
        except FileNotFoundError:
            return None

    def remove(self, oids: Iterable[str]) -> None:
        """Remove objects; folders first, so that none claims files that are gone."""
        ordered = sorted(oids, key=lambda oid: (not oid.endswith(_DIR), oid))
        for start in range(0, len(ordered), _MANY):
            part = self.sizes(ordered[start : start + _MANY])
            if part:
                self.odb.fs.remove([self.odb.oid_to_path(oid) for oid in part])
        if self.place != "cache" and ordered:
            get_index(self.odb).clear()


def _size(info: Any) -> int:
    """Return a file's size, -1 where there is none."""
    if isinstance(info, FileNotFoundError):
        return -1
    if isinstance(info, BaseException):
        raise info
    return int(info["size"])


def answer(question: Mapping[str, Any]) -> dict[str, Any]:
    """Do what was asked.

    Args:
        question: `root` is the folder of the DVC repository; `verb` is look or remove;
            `cache` tells whether the cache is meant; `remote` is a name, empty for the
            default one, or null for none; `archive` a name or null. To look: the hashes
            that are `kept` and all that are `named`. To remove: `objects`, as `look`
            told them.

    Raises:
        SweepError: It cannot be.
    """
    with _opened(question["root"]) as repo:
        caches = _caches(repo) if question["cache"] else []
        name = question["remote"]
        remotes = [] if name is None else _remotes(repo, name)
        archive = _remotes(repo, question["archive"]) if question["archive"] else []
        if {str(s.odb.path) for s in archive} & {str(s.odb.path) for s in remotes}:
            raise SweepError(_SAME, question["archive"])
        stores = [*caches, *remotes]
        if question["verb"] == "look":
            return _look(repo, stores, archive, question)
        try:
            with repo.lock:
                return _remove(stores, archive, question["objects"])
        except LockError as error:
            raise SweepError(_BUSY, str(error)) from error


def _opened(root: str) -> Repo:
    try:
        return Repo(root)
    except Exception as error:
        raise SweepError(_FAILED, str(error)) from error


def _caches(repo: Repo) -> list[Store]:
    odbs = (repo.cache.local, repo.cache.legacy)
    return [Store("cache", h, o) for h, o in zip(_HASHES, odbs, strict=True) if o]


def _remotes(repo: Repo, name: str) -> list[Store]:
    try:
        title = name or repo.config["core"].get("remote", "")
        odbs = [repo.cloud.get_remote_odb(name or None, "gc", h) for h in _HASHES]
    except (NoRemoteError, RemoteConfigError) as error:
        raise SweepError(_FAILED, " ".join(str(error).split())) from error
    return [Store(title, h, o) for h, o in zip(_HASHES, odbs, strict=True)]


def _look(
    repo: Repo,
    stores: Sequence[Store],
    archive: Sequence[Store],
    question: Mapping[str, Any],
) -> dict[str, Any]:
    there = {at: _listed(store) for at, store in enumerate(stores)}
    lists = [*_caches(repo), *(s for s in stores if s.place != "cache")]
    if question["online"] and not any(s.place != "cache" for s in stores):
        with suppress(SweepError):  # then what the cache lacks is not known
            lists += _remotes(repo, "")
    lists += archive
    kept, lost = _expanded(set(question["kept"]), lists)
    every = set().union(*there.values())
    named, _ = _expanded(set(question["named"]) & every, lists)
    goes = named - kept
    found = [
        {"place": s.place, "hash": s.hash, "objects": s.sizes(sorted(there[at] & goes))}
        for at, s in enumerate(stores)
    ]
    titles = [s.place for s in stores if s.place != "cache"]
    folder = str(repo.cache.local_cache_dir)
    return {
        "found": found,
        "lost": sorted(lost),
        "remote": (titles or [""])[0],
        "cache": folder,
    }


def _listed(store: Store) -> set[str]:
    """List a store; one that was never written to is empty."""
    try:
        return set(store.odb.all())  # type: ignore[no-untyped-call] # it has no types
    except FileNotFoundError:
        return set()


def _expanded(hashes: set[str], lists: Sequence[Store]) -> tuple[set[str], set[str]]:
    """Add the files of folders; return the folders of which there is no list, too."""
    found, lost = set(hashes), set()
    for oid in sorted(each for each in hashes if each.endswith(_DIR)):
        listing = next((f for s in lists if (f := s.listing(oid)) is not None), None)
        if listing is None:
            lost.add(oid)
        else:
            found.update(listing)
    return found, lost


def _remove(
    stores: Sequence[Store],
    archive: Sequence[Store],
    objects: Sequence[Mapping[str, Any]],
) -> dict[str, Any]:
    asked = {(each["place"], each["hash"]): each["objects"] for each in objects}
    known = [(s, asked.get((s.place, s.hash), {})) for s in stores]
    for target in archive:
        _archive(target, [pair for pair in known if pair[0].hash == target.hash])
    # The remote first: a list of a folder that is still in the cache says what was in it.
    for store, wanted in reversed(known):
        store.remove(wanted)
    return {"removed": sum(len(wanted) for _, wanted in known)}


def _archive(target: Store, sources: Sequence[tuple[Store, Mapping[str, int]]]) -> None:
    """Copy objects, and demand that all of them are listed there with their bytes."""
    wanted = {oid: size for _, sizes in sources for oid, size in sizes.items()}
    there = target.sizes(sorted(wanted))
    for source, sizes in sources:
        lacks = sorted(o for o in sizes if there.get(o) != wanted[o])
        paths = [source.odb.oid_to_path(oid) for oid in lacks]
        if lacks:
            target.odb.add(paths, source.odb.fs, lacks, check_exists=False)
            there |= target.sizes(lacks)
    listed = _listed(target) if wanted else set()
    if bad := [o for o, n in wanted.items() if o not in listed or there.get(o) != n]:
        raise SweepError(_ARCHIVE, f"{len(bad)} objects, such as {bad[0]}")


def _reason(error: BaseException) -> str:
    """Say an error in one line, in the words of what caused it."""
    while error.__cause__:
        error = error.__cause__
    return " ".join(str(error).split())[:400] or type(error).__name__


def main() -> None:
    """Answer the question on stdin; stdout is for the answer, whatever DVC prints."""
    reply = os.dup(1)
    os.dup2(2, 1)
    try:
        said = answer(json.load(sys.stdin))
    except SweepError as error:
        said = {"error": error.kind, "reason": str(error)}
    except Exception as error:  # noqa: BLE001 - whatever plug-in of DVC failed
        said = {"error": _FAILED, "reason": _reason(error)}
    with os.fdopen(reply, "w", encoding="utf-8") as out:
        json.dump(said, out)


if __name__ == "__main__":
    main()
