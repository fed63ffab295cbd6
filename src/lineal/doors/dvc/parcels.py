"""Objects on this side of a transfer: what is counted, hashed and put in its place.

Only programs import it, which are processes of their own.
"""

import errno
import hmac
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from fsspec import Callback  # type: ignore[import-untyped] # it has no types

from lineal.doors.dvc.bytes import matches
from lineal.doors.dvc.configs import ChildError
from lineal.doors.dvc.hashing import md5_of

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS})
_EVERY = 1.0  # seconds between signs of life
Tell = Callable[..., None]
Seen = Callable[[int], None]


class Pulse(Callback):  # type: ignore[misc] # fsspec has no types
    """Tells how many bytes have moved."""

    def __init__(self, tell: Tell) -> None:
        super().__init__()
        self.tell = tell
        self.moved = 0
        self._next = 0.0
        self._lock = threading.Lock()

    def relative_update(self, inc: int = 1) -> None:
        """Count some bytes; a file system calls it."""
        with self._lock:
            self.moved += inc
            now = time.monotonic()
            if now < self._next:
                return
            self._next = now + _EVERY
        self.tell("alive", bytes=self.moved)

    def set_size(self, size: int) -> None:
        """Ignore how large one file is."""

    def absolute_update(self, value: int) -> None:
        """Ignore where in one file it is."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """An object: its hash, its file on this side, and whether DVC 2 hashed it."""

    md5: str
    path: str
    legacy: bool

    def is_right(self, path: str, seen: Seen = lambda _: None) -> bool:
        """Tell whether a file has the hash."""
        wanted = self.md5.removesuffix(".dir")
        if hmac.compare_digest(md5_of(Path(path), seen), wanted):
            return True
        content = Path(path).read_bytes() if self.legacy else None
        return content is not None and matches(content, self.md5, legacy=True)


def is_needed(parcel: Parcel, there: tuple[str, int | None] | None) -> bool:
    """Tell whether the remote lacks an object, or has only the beginning of it."""
    if there is None:
        return True
    known = parcel.path and there[1] is not None
    return bool(known) and there[1] != size_of(parcel)


def size_of(parcel: Parcel) -> int:
    """Return the bytes of an object here, 0 if it is not here."""
    return Path(parcel.path).stat().st_size if parcel.path else 0


def settle(made: Path, target: Path) -> None:
    """Move a checked object to its place in the cache, as DVC keeps them."""
    target.parent.mkdir(parents=True, exist_ok=True)
    made.chmod(0o444)
    made.replace(target)


@contextmanager
def disk() -> Iterator[None]:
    """Say that a failure is this side's.

    Raises:
        ChildError: It is.
    """
    try:
        yield
    except OSError as error:
        said = f"{error.filename}\n{error.strerror or error}"
        raise ChildError(kind="disk", reason=said) from error


@contextmanager
def room(folder: Path) -> Iterator[None]:
    """Say that there is no room, where a remote is read and this side's disk written.

    Raises:
        ChildError: It is full, or only to be read.
    """
    try:
        yield
    except OSError as error:
        if error.errno not in _FULL:
            raise
        raise ChildError(kind="disk", reason=f"{folder}\n{error.strerror}") from error
