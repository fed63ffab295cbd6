"""Notes of writes that have begun, so that a killed one can be told from none.

The note is locked as long as the writer, or a git that it started, is alive.
"""

import fcntl
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from lineal.doors.location import claim

_FOLDER = "pending"
_STALE = 3600  # seconds after which a note that was never finished is nobody's


@dataclass(frozen=True, slots=True)
class Intent:
    """A tag that was about to be written.

    Attributes:
        tag: Its name.
        id: The tag object.
        remote: Where it was to be pushed; empty: nowhere.
    """

    tag: str
    id: str
    remote: str


@contextmanager
def announced(own: Path, intent: Intent) -> Iterator[int]:
    """Leave a note while the tag is being written.

    The note goes when the block ends; it stays where the process is killed, or where
    an exception leaves the block: then nobody knows what became of the tag.

    Yields:
        The file descriptor of the lock, for programs that must hold it too.
    """
    folder = claim(claim(own) / _FOLDER)
    _sweep(folder)
    handle, name = tempfile.mkstemp(prefix=".", dir=folder)
    path = Path(name)
    try:
        path = _written(path, handle, intent)
        yield handle
        path.unlink(missing_ok=True)
    finally:
        os.close(handle)


def left(own: Path) -> tuple[tuple[Path, Intent], ...]:
    """Return the notes whose writers are gone."""
    try:
        paths = sorted((own / _FOLDER).iterdir())
    except OSError:
        return ()
    found = (path for path in paths if not path.name.startswith("."))
    return tuple((path, intent) for path in found if (intent := _abandoned(path)))


def forget(path: Path) -> None:
    """Drop a note that was settled."""
    path.unlink(missing_ok=True)


def _written(path: Path, handle: int, intent: Intent) -> Path:
    """Lock a note, fill it in and give it the name under which it counts."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        text = f"{intent.tag}\n{intent.id}\n{intent.remote}\n"
        os.write(handle, os.fsencode(text))
        return path.rename(path.with_name(path.name.removeprefix(".")))
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _sweep(folder: Path) -> None:
    """Delete notes whose writers were killed before they had written them."""
    for path in folder.glob(".*"):
        with suppress(OSError):  # somebody else swept it
            if time.time() - path.stat().st_mtime > _STALE:
                path.unlink()


def _abandoned(path: Path) -> Intent | None:
    try:
        with path.open("rb") as note:
            fcntl.flock(note, fcntl.LOCK_SH | fcntl.LOCK_NB)
            tag, oid, remote, *_ = os.fsdecode(note.read()).split("\n")
            return Intent(tag, oid, remote)
    except (OSError, ValueError):  # still at work, or gone meanwhile, or not a note
        return None
