"""DVC puts bytes into the working tree: the cache's, and those of other repositories."""

import os
import subprocess
from collections.abc import Iterable
from pathlib import Path
from queue import Empty, Queue
from tempfile import TemporaryDirectory
from threading import Thread
from typing import IO

from lineal.doors.dvc.causes import clean
from lineal.doors.git import scrubbed
from lineal.doors.sessions import ours, output, started
from lineal.errors import OutsideError

_TAIL = 4000
_UNSAVED = "unsaved files"


class CheckoutFailedError(OutsideError):
    """DVC could not put the bytes into the working tree."""

    def __init__(self, folder: Path, reason: str) -> None:
        super().__init__(
            f"all objects are in the DVC cache, but `dvc checkout` failed in {folder} "
            f"({reason}): run it there yourself"
        )


class ChangedFilesError(OutsideError):
    """Files of the working tree would be lost."""

    def __init__(self, folder: Path, path: str) -> None:
        super().__init__(
            f"all objects are in the DVC cache, but {path} in {folder} differs from what "
            "is recorded, and its bytes may be nowhere else: keep it with `dvc commit`, or "
            "remove it and run `lineal pull` again"
        )


class ImportFailedError(OutsideError):
    """DVC could not bring what was imported from other repositories."""

    def __init__(self, folder: Path, sources: Iterable[str], reason: str) -> None:
        words = " ".join(f"'{source}'" for source in sources)
        super().__init__(
            f"what other repositories lent could not be brought ({reason}): run "
            f"`dvc pull {words}` in {folder}"
        )


class BusyError(OutsideError):
    """Another command of DVC's is at work."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"all objects are in the DVC cache, but another DVC command is at work in "
            f"{folder}: wait until it ends, and run `lineal pull` again"
        )


class HungError(OutsideError):
    """DVC stood still."""

    def __init__(self, folder: Path, verb: str, seconds: float) -> None:
        super().__init__(
            f"`dvc {verb}` in {folder} did nothing for {seconds:g} seconds and was ended: "
            "look after the disk and the network, or allow more with --limit SECONDS"
        )


def populate(folder: Path, limit: float) -> None:
    """Put what the cache has into the working tree.

    DVC gets a memory of its own, which is empty: what it took on trust in an earlier
    pull must not be believed, so all files are hashed anew. What the cache lacks stays
    away, which is for the caller to judge.

    Args:
        folder: The top of a DVC repository in a working tree.
        limit: For how many seconds DVC may say nothing.

    Raises:
        OutsideError: DVC failed, or stood still.
    """
    code, said = _run(folder, ("checkout", "--allow-missing"), limit)
    if code:
        raise _failure(folder, said)


def borrow(folder: Path, sources: Iterable[str], limit: float) -> None:
    """Bring what was imported from other repositories, which only DVC can.

    Args:
        folder: The top of a DVC repository in a working tree.
        sources: The `.dvc` files that tell of it, from there.
        limit: For how many seconds DVC may say nothing.

    Raises:
        OutsideError: DVC failed, or stood still.
    """
    asked = tuple(sources)
    code, said = _run(folder, ("pull", "--", *asked), limit)
    if code:
        raise ImportFailedError(folder, asked, _reason(said))


def _failure(folder: Path, said: str) -> OutsideError:
    """Understand what DVC said at last."""
    if "acquire lock" in said:
        return BusyError(folder)
    if _UNSAVED in said:
        lines = _lines(said)
        after = next(n for n, line in enumerate(lines) if _UNSAVED in line) + 1
        return ChangedFilesError(folder, next(filter(None, lines[after:]), "a file"))
    return CheckoutFailedError(folder, _reason(said))


def _reason(said: str) -> str:
    """Return the line that says why, without passwords."""
    lines = _lines(said)
    errors = [line for line in lines if line.startswith("ERROR:")] or lines[-1:]
    return clean((errors or ["it gave no reason"])[-1].removeprefix("ERROR: "))[:400]


def _lines(said: str) -> list[str]:
    return [line.strip() for line in said.replace("\r", "\n").splitlines()]


def _run(folder: Path, words: tuple[str, ...], limit: float) -> tuple[int, str]:
    """Run DVC with a memory of its own, and return its exit code and last words."""
    with TemporaryDirectory(prefix="lineal-dvc-") as memory:
        code, said = _watched(folder, words, memory, limit)
    return code, said.decode("utf-8", "replace")


def _watched(
    folder: Path, words: tuple[str, ...], memory: str, limit: float
) -> tuple[int, bytes]:
    """Run DVC in a session of its own; whatever ends the wait ends all of it."""
    told = {"DVC_SITE_CACHE_DIR": memory, "DVC_NO_ANALYTICS": "1"}
    # It shows how far it is as if somebody watched, which tells that it is alive.
    with started(
        ours("dvc", *words),
        cwd=folder,
        env={**scrubbed(), **told, "DVC_IGNORE_ISATTY": "1"},
        stdin=subprocess.DEVNULL,
        stderr=subprocess.STDOUT,
    ) as child:
        if (said := _said(output(child), limit)) is None:
            raise HungError(folder, words[0], limit)
        return child.wait(limit), said


def _said(out: IO[bytes], limit: float) -> bytes | None:
    """Read all that is said, as long as something is; None: nothing was for too long."""
    heard: Queue[bytes] = Queue()

    def read() -> None:
        while piece := os.read(out.fileno(), 1 << 16):
            heard.put(piece)
        heard.put(b"")

    Thread(target=read, daemon=True).start()
    found = b""
    try:
        while piece := heard.get(timeout=limit):
            found = (found + piece)[-_TAIL:]
    except Empty:
        return None
    return found
