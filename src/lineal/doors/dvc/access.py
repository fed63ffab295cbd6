"""The door to DVC: the bytes of a tracked output, from the cache or a remote.

It needs no checkout, takes no lock of DVC's and writes nothing in the repository, so
it works beside a running `dvc repro`, in a read-only repository and in a linked work
tree. Where a path's bytes are is told by lineal.doors.dvc.outputs.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from lineal.doors.dvc.bytes import (
    Entry,
    WrongBytesError,
    copy_checked,
    entries,
    matches,
)
from lineal.doors.dvc.objects import Objects
from lineal.doors.dvc.records import Tracked
from lineal.doors.dvc.remote import Remotes
from lineal.doors.dvc.settings import Place
from lineal.errors import BadInputError, OutsideError


class FolderError(BadInputError):
    """Bytes of one file were asked for, and the artifact is a folder."""

    def __init__(self, path: str) -> None:
        super().__init__(f"{path} is a folder: name a folder to write its files to")


class OccupiedError(BadInputError):
    """Something is where a folder shall be written, or a folder where a file shall."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} exists already: name another path, or remove it")


class DiskError(OutsideError):
    """A file could not be read or written."""

    def __init__(self, path: Path, error: OSError) -> None:
        reason = error.strerror or str(error)
        super().__init__(
            f"{error.filename or path} failed ({reason}): look after the disk and its "
            "permissions, or name another path"
        )


@dataclass(frozen=True, slots=True)
class Dvc:
    """The objects of one DVC repository.

    Attributes:
        objects: Where to find them.
    """

    objects: Objects

    @classmethod
    def at(cls, top: Path, folder: str = "", committed: bytes | None = None) -> "Dvc":
        """Open the DVC repository in a working tree; see Place.at."""
        return cls(Objects(Remotes(Place.at(top, folder, committed))))

    @classmethod
    def foreign(cls, url: str, folder: str, committed: bytes | None) -> "Dvc":
        """Open the DVC repository at a URL; see Place.foreign."""
        return cls(Objects(Remotes(Place.foreign(url, folder, committed))))

    def cached(self, md5: str) -> Path | None:
        """Return where an object is in the cache, unchecked; None if it is not there.

        Raises:
            OutsideError: The cache is in an unusual place, and DVC could not name it.
        """
        return self.objects.cached([md5]).get(md5)

    def missing(self, wanted: Tracked) -> frozenset[str]:
        """Return the hashes that the output's remote lacks; of a folder, each file's.

        A remote that has lost files of a folder still says that it has the folder, so
        its list is fetched and every file asked for.

        Raises:
            OutsideError: The remote cannot be reached, or did not answer in time.
        """
        lacks = self.objects.remotes.look([wanted.md5], wanted.remote).missing
        if lacks or not wanted.is_folder:
            return lacks
        files = {each.md5 for each in self._entries(wanted)}
        return self.objects.remotes.look(files, wanted.remote).missing

    def uncached(self, wanted: Tracked) -> frozenset[str]:
        """Return the hashes that the cache lacks; of a folder, each file's.

        Raises:
            OutsideError: The cache is in an unusual place, and DVC could not name it.
        """
        lacks = {wanted.md5} - self.objects.cached([wanted.md5]).keys()
        if lacks or not wanted.is_folder:
            return frozenset(lacks)
        files = {each.md5 for each in self._entries(wanted)}
        return frozenset(files - self.objects.cached(files).keys())

    def exists(self, wanted: Tracked) -> bool:
        """Tell whether the output's remote has all of its bytes.

        Raises:
            OutsideError: The remote cannot be reached, or did not answer in time.
        """
        return not self.missing(wanted)

    def fetch(self, wanted: Tracked) -> bytes:
        """Return the checked bytes of an artifact that is one file.

        Raises:
            WrongBytesError: Cache or remote hold other bytes under the hash.
            MissingBytesError: Both lack them.
            FolderError: It is a folder.
            OutsideError: The remote cannot be reached.
        """
        files = self._entries(wanted)
        if not _is_file(files):
            raise FolderError(wanted.path)
        return self._content(wanted, files[0].md5)

    def fetch_to(self, wanted: Tracked, path: Path) -> None:
        """Write an artifact, whole or not at all; each file is checked.

        A file is replaced; a folder must not be there.

        Raises:
            WrongBytesError: Cache or remote hold other bytes under a hash.
            MissingBytesError: Both lack some.
            OccupiedError: A folder is in the way, or something where a folder shall be.
            DiskError: It cannot be written there.
            OutsideError: The remote cannot be reached.
        """
        files = self._entries(wanted)
        one = _is_file(files)
        if path.is_dir() or (not one and os.path.lexists(path)):
            raise OccupiedError(path)
        try:
            # Beside the target, so that it appears at once, in one move.
            with TemporaryDirectory(prefix=".lineal-", dir=path.parent) as folder:
                made = Path(folder) / "made"
                if not one:
                    made.mkdir()
                self._copy(wanted, {made / each.path: each.md5 for each in files})
                made.replace(path)
        except OSError as error:
            raise DiskError(path, error) from error

    def _entries(self, wanted: Tracked) -> tuple[Entry, ...]:
        """Return the files of an artifact; one with an empty path if it is a file."""
        if not wanted.is_folder:
            return (Entry("", wanted.md5),)
        return entries(self._content(wanted, wanted.md5), wanted)

    def _content(self, wanted: Tracked, md5: str) -> bytes:
        try:
            with self.objects.gathered(wanted, [md5]) as found:
                source = found[md5]
                content = source.path.read_bytes()
        except OSError as error:
            raise DiskError(Path(wanted.path), error) from error
        if not matches(content, md5, legacy=wanted.legacy):
            raise WrongBytesError(wanted.path, md5, source.title, source.way)
        return content

    def _copy(self, wanted: Tracked, targets: Mapping[Path, str]) -> None:
        with self.objects.gathered(wanted, targets.values()) as found:
            for target, md5 in targets.items():
                source = found[md5]
                target.parent.mkdir(parents=True, exist_ok=True)
                if not copy_checked(source.path, target, md5, legacy=wanted.legacy):
                    raise WrongBytesError(wanted.path, md5, source.title, source.way)


def _is_file(files: tuple[Entry, ...]) -> bool:
    return [each.path for each in files] == [""]
