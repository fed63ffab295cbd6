"""Bytes against their hashes: nothing leaves a DVC cache or remote unchecked."""

import hashlib
import hmac
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from lineal.doors.dvc.names import inside
from lineal.doors.dvc.records import Tracked
from lineal.errors import BadInputError, RefusedError

_MD5 = re.compile(r"[0-9a-f]{32}")


class WrongBytesError(RefusedError):
    """What was found under a hash has another one."""

    def __init__(self, path: str, md5: str, where: str, way: str) -> None:
        super().__init__(
            f"{where} holds other bytes than were committed for {path} (md5 {md5}): "
            f"they were not used; {way}"
        )


class MalformedFolderError(RefusedError):
    """The list of a folder's files is not one that DVC would write."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(
            f"the recorded list of files of the folder {path} cannot be used ({reason}): "
            "add the folder to DVC again"
        )


class NoMemberError(BadInputError):
    """The folder that DVC tracks has no such file."""

    def __init__(self, path: str, source: str) -> None:
        super().__init__(
            f"{path} is not in the folder that {source} records: mend the artifact's path"
        )


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of an artifact.

    Attributes:
        path: Inside the artifact; empty when the artifact is this one file.
        md5: Of its bytes.
    """

    path: str
    md5: str


def matches(content: bytes, md5: str, *, legacy: bool = False) -> bool:
    """Tell whether bytes have a hash, in a time that does not depend on the answer.

    >>> matches(b"", "d41d8cd98f00b204e9800998ecf8427e")
    True
    """
    wanted = md5.removesuffix(".dir")
    if hmac.compare_digest(_md5(content), wanted):
        return True
    # DVC 2 took the hash of text as if its lines ended in LF.
    unix = content.replace(b"\r\n", b"\n")
    return legacy and hmac.compare_digest(_md5(unix), wanted)


def copy_checked(source: Path, target: Path, md5: str, *, legacy: bool = False) -> bool:
    """Copy a file, hashing the very bytes that are written; tell whether they match.

    Raises:
        OSError: The disk failed.
    """
    seen = hashlib.md5(usedforsecurity=False)
    with source.open("rb") as read, target.open("wb") as write:
        while piece := read.read(1 << 20):
            seen.update(piece)
            write.write(piece)
    if hmac.compare_digest(seen.hexdigest(), md5):
        return True
    return legacy and matches(target.read_bytes(), md5, legacy=True)


def entries(listing: bytes, wanted: Tracked) -> tuple[Entry, ...]:
    """Read a checked `.dir` object: the files of an artifact in a tracked folder.

    Raises:
        MalformedFolderError: It would write outside of the folder, or is not a list.
        NoMemberError: The artifact is not in it.
    """
    try:
        items = json.loads(listing)
    except ValueError as error:
        raise MalformedFolderError(wanted.path, "it is not JSON") from error
    if not isinstance(items, list):
        raise MalformedFolderError(wanted.path, "it is not a list")
    files = dict(_file(item, wanted.path) for item in items)
    found = tuple(_below(files, wanted.member))
    if not found and wanted.member:
        raise NoMemberError(wanted.path, wanted.source)
    return found


def _file(item: object, folder: str) -> tuple[str, str]:
    path = item.get("relpath") if isinstance(item, Mapping) else None
    md5 = item.get("md5") if isinstance(item, Mapping) else None
    if not (isinstance(path, str) and isinstance(md5, str) and _MD5.fullmatch(md5)):
        raise MalformedFolderError(folder, "a file has no path or no md5")
    if not path or "\0" in path or inside(path) != path:
        raise MalformedFolderError(folder, f"{path!r} is no path inside of it")
    return path, md5


def _below(files: Mapping[str, str], member: str) -> Iterator[Entry]:
    if member in files:
        yield Entry("", files[member])
        return
    prefix = f"{member}/" if member else ""
    for path, md5 in sorted(files.items()):
        if path.startswith(prefix):
            yield Entry(path.removeprefix(prefix), md5)


def _md5(content: bytes) -> str:
    return hashlib.md5(content, usedforsecurity=False).hexdigest()
