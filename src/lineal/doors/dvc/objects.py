"""DVC's objects: in a cache on this machine, or copied from a remote."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from lineal.doors.dvc.records import Tracked
from lineal.doors.dvc.remote import NoRemoteError, Remotes
from lineal.doors.dvc.settings import cache_dir
from lineal.errors import OutsideError


class MissingBytesError(OutsideError):
    """Neither the cache nor the remote has them."""

    def __init__(self, wanted: Tracked, where: str, note: str = "") -> None:
        super().__init__(
            f"the bytes of {wanted.path} (md5 {wanted.md5}) are in neither the DVC cache "
            f"nor {where}{note}: run `lineal push` where they were made, or "
            "where `lineal gc` removed them, `dvc pull -r ARCHIVE` at their commit"
        )


@dataclass(frozen=True, slots=True)
class Source:
    """Where the unchecked bytes of an object can be read.

    Attributes:
        path: The file.
        title: What to call the place.
        way: What to do when they are wrong.
    """

    path: Path
    title: str
    way: str


@dataclass(frozen=True, slots=True)
class Objects:
    """The objects of one DVC repository, by their hashes.

    Attributes:
        remotes: Its remotes, which know its place.
    """

    remotes: Remotes

    def cached(self, hashes: Iterable[str]) -> dict[str, Path]:
        """Return where objects are in the cache; those that are not there are left out.

        Raises:
            OutsideError: The cache is in an unusual place, and DVC could not name it.
        """
        wanted = list(hashes)
        place = self.remotes.place
        set_to = cache_dir(place.layers)
        known = [set_to] if isinstance(set_to, Path) else []
        found = _among((*known, *place.caches), wanted)
        absent = [md5 for md5 in wanted if md5 not in found]
        if absent and isinstance(set_to, str):
            told = self.remotes.cache_dir()
            found |= _among([told] if told else [], absent)
        return found

    @contextmanager
    def gathered(
        self, wanted: Tracked, hashes: Iterable[str]
    ) -> Iterator[dict[str, Source]]:
        """Find objects of an output, for as long as the block lasts.

        Raises:
            MissingBytesError: Neither the cache nor the remote has one.
            OutsideError: The remote cannot be reached.
        """
        asked = set(hashes)
        found = {
            md5: Source(
                path, f"the DVC cache ({path})", "delete that file and try again"
            )
            for md5, path in self.cached(asked).items()
        }
        absent = asked - found.keys()
        if not absent:
            yield found
            return
        with TemporaryDirectory(prefix="lineal-") as folder:
            name = self._download(wanted, absent, Path(folder))
            title, way = (
                f"the DVC remote {name!r}",
                "`lineal push --repair` in a clone whose cache has the right ones",
            )
            there = {md5: Source(Path(folder) / md5, title, way) for md5 in absent}
            yield found | there

    def _download(self, wanted: Tracked, hashes: set[str], folder: Path) -> str:
        """Copy objects from the output's remote, and return its name."""
        try:
            said = self.remotes.download(hashes, folder, wanted.remote)
        except NoRemoteError as error:
            raise MissingBytesError(
                wanted, "a DVC remote, for there is none"
            ) from error
        if said.missing:
            raise MissingBytesError(wanted, f"the remote {said.remote!r}", said.note)
        return said.remote


def _among(folders: Iterable[Path], hashes: Iterable[str]) -> dict[str, Path]:
    """Look where DVC 3 keeps an object, and where DVC 2 did."""
    roots = [root for each in folders for root in (each / "files" / "md5", each)]
    found: dict[str, Path] = {}
    for md5 in hashes:
        paths = (root / md5[:2] / md5[2:] for root in roots)
        path = next((each for each in paths if _is_there(each)), None)
        if path:
            found[md5] = path
    return found


def _is_there(path: Path) -> bool:
    """Tell whether a file is there, and a folder on the way lets us see it."""
    try:
        return path.is_file()
    except OSError:
        return False
