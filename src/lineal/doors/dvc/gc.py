"""The door to removing DVC's objects: a process of its own that may not take for ever."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lineal.doors.dvc.unreachable import UnknownRemoteError
from lineal.doors.sessions import DiedError, ask
from lineal.errors import OutsideError, RefusedError

SECONDS = 3600.0  # for a look, and again for copying and removing


class SweepFailedError(OutsideError):
    """DVC gave up."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"DVC's objects could not be looked through or removed ({reason}): look "
            "after the disk, the network and `dvc config --list`; what was to be kept is "
            "untouched, and a second run does the rest"
        )


class SweepHungError(OutsideError):
    """DVC did not end in time."""

    def __init__(self, seconds: float) -> None:
        super().__init__(
            f"DVC was not done within {seconds:g} seconds and was ended: what was to be "
            "kept is untouched, and a second run does the rest"
        )


class BusyError(RefusedError):
    """Another command of DVC is at work."""

    def __init__(self) -> None:
        super().__init__(
            "another command of DVC is at work in this repository, and what it makes "
            "may need what would be removed: wait for its end"
        )


class ArchiveFailedError(OutsideError):
    """The archive has not all that was copied to it."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"the archive does not hold all that was copied to it, byte by byte "
            f"({reason}), so nothing was removed: look after it and after the cache and "
            "remote, whose bytes may be spoiled, and run it again"
        )


class SameRemoteError(RefusedError):
    """The archive is a place that would be cleaned."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name} is the cache or remote whose objects would be removed, so it is no "
            "archive: name another one with --archive-to"
        )


@dataclass(frozen=True, slots=True)
class Part:
    """Objects of one store.

    Attributes:
        place: `cache`, or the name of the remote.
        hash: The kind of hash: DVC 3 and earlier ones keep theirs apart.
        objects: Their bytes, by hash.
    """

    place: str
    hash: str
    objects: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Seen:
    """What a look found.

    Attributes:
        parts: What may go.
        lost: Folders that are kept and whose list of files is nowhere.
        remote: The name of the remote that was looked at; empty: none.
        cache: The folder of the cache.
    """

    parts: tuple[Part, ...]
    lost: tuple[str, ...]
    remote: str
    cache: str


@dataclass(frozen=True, slots=True)
class Stores:
    """The stores of a DVC repository.

    Attributes:
        root: Its folder.
        remote: The remote: a name, empty for the default one, None for none.
        online: Whether remotes may be asked at all.
        seconds: How long each step may take.
    """

    root: Path
    remote: str | None
    online: bool = True
    seconds: float = SECONDS

    def look(
        self, kept: frozenset[str], named: frozenset[str], archive: str | None
    ) -> Seen:
        """Find objects that some commit names and none that is kept needs.

        Args:
            kept: The hashes that are needed; of a folder, its files are too.
            named: All hashes that may go, but for those that are kept.
            archive: The remote to which they would be copied; None: none.

        Raises:
            OutsideError: DVC failed, or was not done in time.
            SameRemoteError: The archive is the cache or the remote.
            UnknownRemoteError: There is no remote of a name.
        """
        said = self._ask(
            verb="look", kept=sorted(kept), named=sorted(named), archive=archive
        )
        parts = tuple(Part(**each) for each in said["found"])
        return Seen(parts, tuple(said["lost"]), said["remote"], said["cache"])

    def remove(self, seen: Seen, archive: str | None) -> None:
        """Remove what a look found, after copying it to an archive if there is one.

        Raises:
            BusyError: Another command of DVC is at work.
            ArchiveFailedError: It does not have all of it; nothing was removed.
            OutsideError: DVC failed, or was not done in time.
        """
        objects = [
            {"place": part.place, "hash": part.hash, "objects": dict(part.objects)}
            for part in seen.parts
        ]
        self._ask(verb="remove", objects=objects, archive=archive)

    def _ask(self, **question: Any) -> dict[str, Any]:
        question |= {
            "root": str(self.root),
            "cache": True,
            "remote": self.remote,
            "online": self.online,
        }
        try:
            said = ask("lineal.doors.dvc.sweep", question, self.seconds)
        except TimeoutError as error:
            raise SweepHungError(self.seconds) from error
        except DiedError as error:
            raise SweepFailedError(str(error)) from error
        return _answer(said)


def _answer(said: dict[str, Any]) -> dict[str, Any]:
    match said.get("error"):
        case None:
            return said
        case "busy":
            raise BusyError
        case "archive":
            raise ArchiveFailedError(said["reason"])
        case "same":
            raise SameRemoteError(said["reason"])
        case "unknown":
            raise UnknownRemoteError(said["reason"])
        case _:
            raise SweepFailedError(said["reason"])
