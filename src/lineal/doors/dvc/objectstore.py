"""A cache or remote of DVC's, opened as DVC does.

It imports DVC, so only programs do, which are processes of their own.
"""

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from dvc_data.hashfile.db import HashFileDB, get_index

from lineal.doors.dvc.bytes import matches
from lineal.doors.dvc.hashing import md5_of_stream

_DIR = ".dir"
_MANY = 500  # objects that are removed at once
_NOW = "md5"  # DVC 3 and later


@dataclass(frozen=True, slots=True)
class Store:
    """A cache or remote, of one kind of hash.

    Attributes:
        place: `cache`, or the name of the remote.
        hash: The kind of hash.
        odb: What DVC opens it as.
        is_remote: Whether it is a remote; one may be called `cache`.
    """

    place: str
    hash: str
    odb: HashFileDB
    is_remote: bool

    @property
    def identity(self) -> object:
        """What two stores share that are one place under two names."""
        path = str(self.odb.path)
        if self.odb.fs.protocol != "local":
            return path
        try:
            found = os.stat(path)  # noqa: PTH116 - it is text that DVC gave
        except OSError:
            return os.path.realpath(path)
        return (found.st_dev, found.st_ino)

    def listed(self) -> set[str]:
        """List it; one that was never written to is empty."""
        try:
            return set(self.odb.all())  # type: ignore[no-untyped-call] # it has no types
        except FileNotFoundError:
            return set()

    def sizes(self, oids: Iterable[str]) -> dict[str, int]:
        """Return the bytes of objects that are there."""
        asked = list(oids)
        paths = [self.odb.oid_to_path(oid) for oid in asked]
        found = self.odb.fs.info(paths, return_exceptions=True) if paths else []
        return {o: _size(i) for o, i in zip(asked, found, strict=True) if _size(i) >= 0}

    def listing(self, oid: str) -> list[str] | None:
        """Return the files of a folder, None where its list is not there or spoiled."""
        try:
            with self.odb.fs.open(self.odb.oid_to_path(oid), "rb") as file:
                content = file.read()
        except FileNotFoundError:
            return None
        if not matches(content, oid, legacy=self.hash != _NOW):
            return None
        return [str(each["md5"]) for each in json.loads(content)]

    def is_sound(self, oid: str) -> bool:
        """Tell whether an object is there with the bytes of its name."""
        path = self.odb.oid_to_path(oid)
        try:
            with self.odb.fs.open(path, "rb") as file:
                found = md5_of_stream(file, lambda _: None)
            if found == oid.removesuffix(_DIR) or self.hash == _NOW:
                return found == oid.removesuffix(_DIR)
            with self.odb.fs.open(path, "rb") as file:
                return matches(file.read(), oid, legacy=True)
        except FileNotFoundError:
            return False

    def remove(self, oids: Iterable[str]) -> None:
        """Remove objects; folders first, so that none claims files that are gone."""
        ordered = sorted(oids, key=lambda oid: (not oid.endswith(_DIR), oid))
        if self.is_remote and ordered:
            # What DVC remembers of it goes first: it is wrong from the first one on.
            get_index(self.odb).clear()
        for start in range(0, len(ordered), _MANY):
            part = self.sizes(ordered[start : start + _MANY])
            if part:
                self.odb.fs.remove([self.odb.oid_to_path(oid) for oid in part])


def _size(info: Any) -> int:
    """Return a file's size, -1 where there is none."""
    if isinstance(info, FileNotFoundError):
        return -1
    if isinstance(info, BaseException):
        raise info
    return int(info["size"])
