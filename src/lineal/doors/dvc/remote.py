"""DVC's remotes, asked through a process of its own that may not take for ever."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from lineal.doors.dvc.settings import Place
from lineal.doors.dvc.unreachable import (
    DvcFailedError,
    UnknownRemoteError,
    UnreachableError,
)
from lineal.doors.sessions import DiedError, ask
from lineal.errors import LinealError, OutsideError


class DvcHungError(OutsideError):
    """DVC did not end in time."""

    def __init__(self, title: str, seconds: float) -> None:
        super().__init__(
            f"the DVC remote of {title} did not answer within {seconds:g} seconds: look "
            "after the network and the remote, or allow more time"
        )


class NoRemoteError(OutsideError):
    """There is no DVC remote to ask."""

    def __init__(self, title: str, names: str) -> None:
        way = (
            f"choose one of them ({names}) with `dvc remote default NAME`"
            if names
            else "add one with `dvc remote add -d NAME URL`, and `dvc push`"
        )
        super().__init__(f"{title} has no default DVC remote: {way}")


class RelativeRemoteError(OutsideError):
    """The remote is a folder of the machine on which the repository was made."""

    def __init__(self, title: str, path: str) -> None:
        super().__init__(
            f"the DVC remote of {title} is a folder beside it ({path}), which cannot be "
            "reached from here: clone the repository where that folder is, or ask for a "
            "remote that has an address"
        )


@dataclass(frozen=True, slots=True)
class Answer:
    """What a remote said.

    Attributes:
        missing: The hashes that it has not.
        remote: Its name.
        note: What else there is to say, as the end of a sentence.
    """

    missing: frozenset[str]
    remote: str
    note: str


@dataclass(frozen=True, slots=True)
class Remotes:
    """The remotes of a DVC repository.

    Attributes:
        place: The repository.
        seconds: How long a question may take.
        download_seconds: How long a download may take.
    """

    place: Place
    seconds: float = 60
    download_seconds: float = 900

    def look(self, hashes: Iterable[str], remote: str | None = None) -> Answer:
        """Ask which objects a remote has; None stands for the default one.

        Raises:
            OutsideError: It cannot be reached, or did not answer in time.
        """
        return self._transfer("has", sorted(set(hashes)), remote, None)

    def download(
        self, hashes: Iterable[str], folder: Path, remote: str | None = None
    ) -> Answer:
        """Copy objects to a folder, each under its hash; nothing is checked yet.

        Raises:
            OutsideError: The remote cannot be reached, or it took too long.
        """
        return self._transfer("get", sorted(set(hashes)), remote, folder)

    def cache_dir(self) -> Path | None:
        """Ask DVC for the configured cache folder, None if it is the default one.

        Raises:
            DvcFailedError: The configuration cannot be read.
        """
        found = self._ask({"verb": "cache"}, self.seconds)["dir"]
        return Path(found) if found else None

    def _transfer(
        self, verb: str, hashes: Sequence[str], remote: str | None, to: Path | None
    ) -> Answer:
        question = {"verb": verb, "objects": hashes, "remote": remote}
        limit = self.seconds
        if to:
            question["to"] = str(to)
            limit = self.download_seconds
        said = self._ask(question, limit)
        return Answer(frozenset(said["missing"]), said["remote"], said["note"])

    def _ask(self, question: dict[str, Any], limit: float) -> dict[str, Any]:
        with TemporaryDirectory(prefix="lineal-dvc-") as folder:
            layers = []
            for number, layer in enumerate(self.place.layers):
                file = Path(folder) / str(number)
                file.write_bytes(layer.text)
                layers.append((str(file), str(layer.base) if layer.base else None))
            said = self._run({**question, "layers": layers}, limit)
        if "error" in said:
            raise failure(self.place.title, said)
        return said

    def _run(self, question: Mapping[str, Any], limit: float) -> dict[str, Any]:
        """Run the process.

        Raises:
            DvcHungError: It took too long.
            DvcFailedError: It died.
        """
        try:
            return ask("lineal.doors.dvc.child", question, limit)
        except TimeoutError as error:
            raise DvcHungError(self.place.title, limit) from error
        except DiedError as error:
            raise DvcFailedError(self.place.title, str(error)) from error


def failure(title: str, said: Mapping[str, Any]) -> LinealError:
    """Turn what a child process says of a failure into an error.

    Args:
        title: The repository.
        said: `error` is the kind.
    """
    kind, reason = said["error"], said["reason"]
    if kind == "no-remote":
        return NoRemoteError(title, reason)
    if kind == "unknown":
        return UnknownRemoteError(reason)
    if kind == "relative":
        return RelativeRemoteError(title, reason)
    if kind == "unreachable":
        return UnreachableError.of(said)
    return DvcFailedError(title, reason)
