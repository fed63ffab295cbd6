"""`dvc checkout`: put what the cache has into the working tree."""

import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from queue import Empty, Queue
from tempfile import TemporaryDirectory
from threading import Thread
from typing import IO

from lineal.doors.git import scrubbed
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


class BusyError(OutsideError):
    """Another command of DVC's is at work."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"all objects are in the DVC cache, but another DVC command is at work in "
            f"{folder}: wait until it ends, and run `lineal pull` again"
        )


class CheckoutHungError(OutsideError):
    """DVC stood still."""

    def __init__(self, folder: Path, seconds: float) -> None:
        super().__init__(
            f"`dvc checkout` in {folder} did nothing for {seconds:g} seconds and was "
            "ended: look after the disk, or allow more with --limit SECONDS"
        )


def populate(folder: Path, limit: float) -> None:
    """Put what the cache has into the working tree.

    DVC gets a memory of its own, which is empty: what it took on trust in an earlier
    pull must not be believed, so all files are hashed anew.

    Args:
        folder: The top of a DVC repository in a working tree.
        limit: For how many seconds DVC may say nothing.

    Raises:
        OutsideError: DVC failed, or stood still.
    """
    with TemporaryDirectory(prefix="lineal-dvc-") as memory:
        code, said = _run(folder, memory, limit)
    if code == 0:
        return
    raise _failure(folder, said.decode("utf-8", "replace"))


def _failure(folder: Path, said: str) -> OutsideError:
    """Understand what DVC said at last."""
    if "acquire lock" in said:
        return BusyError(folder)
    lines = [line.strip() for line in said.replace("\r", "\n").splitlines()]
    if _UNSAVED in said:
        after = next(n for n, line in enumerate(lines) if _UNSAVED in line) + 1
        return ChangedFilesError(folder, next(filter(None, lines[after:]), "a file"))
    errors = [line for line in lines if line.startswith("ERROR:")] or lines[-1:]
    reason = (errors or ["it gave no reason"])[-1].removeprefix("ERROR: ")
    return CheckoutFailedError(folder, reason[:400])


def _run(folder: Path, memory: str, limit: float) -> tuple[int, bytes]:
    """Run DVC in a session of its own; whatever ends the wait ends all of it."""
    told = {"DVC_SITE_CACHE_DIR": memory, "DVC_NO_ANALYTICS": "1"}
    # It shows how far it is as if somebody watched, which tells that it is alive.
    child = subprocess.Popen(
        [sys.executable, "-P", "-X", "utf8", "-m", "dvc", "checkout"],
        cwd=folder,
        env={**scrubbed(), **told, "DVC_IGNORE_ISATTY": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    with child:
        try:
            assert child.stdout is not None  # noqa: S101 - for mypy
            said = _said(child.stdout, folder, limit)
            return child.wait(limit), said
        finally:
            with suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)


def _said(out: IO[bytes], folder: Path, limit: float) -> bytes:
    """Read all that is said, as long as something is."""
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
        raise CheckoutHungError(folder, limit) from None
    return found
