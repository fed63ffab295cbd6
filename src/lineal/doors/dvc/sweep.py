"""Look for DVC's objects that may go, copy them to an archive, and remove them.

A process of its own, run by lineal.doors.dvc.gc: one JSON question, one JSON answer. It
opens the stores as DVC does, so caches and remotes of all kinds, of DVC 3 and before,
are known; and it removes by name what was looked at before, never all that is unknown.
"""

import json
import os
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from dvc.config import NoRemoteError, RemoteConfigError
from dvc.lock import LockError
from dvc.repo import Repo

from lineal.doors.dvc import causes
from lineal.doors.dvc.configs import unknown
from lineal.doors.dvc.objectstore import Store

_DIR = ".dir"
_HASHES = ("md5", "md5-dos2unix")
_SAME, _BUSY, _ARCHIVE, _FAILED = "same", "busy", "archive", "failed"
_UNKNOWN = "unknown"


class SweepError(Exception):
    """What the parent shall say; `kind` tells it how."""

    def __init__(self, kind: str, reason: str) -> None:
        super().__init__(reason)
        self.kind = kind


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
        stores = [*caches, *remotes]
        if {s.identity for s in archive} & {s.identity for s in stores}:
            raise SweepError(_SAME, question["archive"])
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
    pairs = zip(_HASHES, odbs, strict=True)
    return [Store("cache", h, o, is_remote=False) for h, o in pairs if o]


def _remotes(repo: Repo, name: str) -> list[Store]:
    title = name or repo.config["core"].get("remote", "")
    if title and title.lower() not in repo.config["remote"]:
        raise SweepError(_UNKNOWN, str(unknown(repo.config, title)))
    try:
        odbs = [repo.cloud.get_remote_odb(name or None, "gc", h) for h in _HASHES]
    except (NoRemoteError, RemoteConfigError) as error:
        raise SweepError(_FAILED, " ".join(str(error).split())) from error
    pairs = zip(_HASHES, odbs, strict=True)
    return [Store(title, h, o, is_remote=True) for h, o in pairs]


def _look(
    repo: Repo,
    stores: Sequence[Store],
    archive: Sequence[Store],
    question: Mapping[str, Any],
) -> dict[str, Any]:
    there = {at: store.listed() for at, store in enumerate(stores)}
    lists = [*_caches(repo), *(s for s in stores if s.is_remote)]
    if question["online"] and not any(s.is_remote for s in stores):
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
    titles = [s.place for s in stores if s.is_remote]
    folder = str(repo.cache.local_cache_dir)
    return {
        "found": found,
        "lost": sorted(lost),
        "remote": (titles or [""])[0],
        "cache": folder,
    }


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
    # As `look` told them: a part for each store, in their order.
    known = [(s, part["objects"]) for s, part in zip(stores, objects, strict=True)]
    for target in archive:
        _archive(target, [pair for pair in known if pair[0].hash == target.hash])
    # The remote first: a list of a folder that is still in the cache says what was in it.
    for store, wanted in reversed(known):
        store.remove(wanted)
    return {"removed": sum(len(wanted) for _, wanted in known)}


def _archive(target: Store, sources: Sequence[tuple[Store, Mapping[str, int]]]) -> None:
    """Copy objects, and demand that all are listed there, and read back right.

    What is spoiled in one place is taken from the other.
    """
    wanted = set().union(*(sizes for _, sizes in sources))
    sound = {oid for oid in target.sizes(sorted(wanted)) if target.is_sound(oid)}
    for source, sizes in sources:
        lacks = sorted(sizes.keys() - sound)
        paths = [source.odb.oid_to_path(oid) for oid in lacks]
        if lacks:
            target.odb.add(paths, source.odb.fs, lacks, check_exists=False)
            sound |= {oid for oid in lacks if target.is_sound(oid)}
    listed = target.listed() if wanted else set()
    if bad := sorted(wanted - (sound & listed)):
        raise SweepError(_ARCHIVE, f"{len(bad)} objects, such as {bad[0]}")


def main() -> None:
    """Answer the question on stdin; stdout is for the answer, whatever DVC prints."""
    reply = os.dup(1)
    os.dup2(2, 1)
    try:
        said = answer(json.load(sys.stdin))
    except SweepError as error:
        said = {"error": error.kind, "reason": str(error)}
    except Exception as error:  # noqa: BLE001 - whatever plug-in of DVC failed
        said = {"error": _FAILED, "reason": causes.reason(error)}
    with os.fdopen(reply, "w", encoding="utf-8") as out:
        json.dump(said, out)


if __name__ == "__main__":
    main()
