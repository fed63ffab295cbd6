"""A clean checkout of a commit in a temporary folder, which goes when it is done.

It is a repository of its own that borrows the objects of the user's. So nothing that
happens in it can change their working tree, index or refs, and nothing is written in
their repository.
"""

import fcntl
import os
import shutil
import stat
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from lineal.doors.git import Git
from lineal.doors.location import Location
from lineal.errors import OutsideError

_PREFIX = "lineal-reproduce-"
_LOCK = "lock"
_STALE = 3600  # seconds after which a folder without a lock is nobody's
# The user's settings count (line ends, filters, lazily fetched objects), but for these.
_CONFIG = """\
[include]
	path = {config}
[core]
	bare = false
	worktree = {tree}
	hooksPath = /dev/null
	sparseCheckout = false
	fsmonitor = false
[gc]
	auto = 0
[maintenance]
	auto = false
"""


class NoRoomError(OutsideError):
    """The temporary folder cannot be used."""

    def __init__(self, error: OSError) -> None:
        super().__init__(
            f"the temporary folder {tempfile.gettempdir()} cannot be used "
            f"({error.strerror or error}): name another one with TMPDIR"
        )


@dataclass(frozen=True, slots=True)
class Checkout:
    """A checkout in a temporary folder.

    Attributes:
        folder: The temporary folder, for what else is needed beside it.
        tree: The checkout.
        lock: File descriptor of the lock, for programs that work in it.
    """

    folder: Path
    tree: Path
    lock: int

    @property
    def log(self) -> Path:
        """Where the programs that work in it write what they say."""
        return self.folder / "log"


@contextmanager
def checked_out(
    place: Location, commit: str, *, keep: bool = False
) -> Iterator[Checkout]:
    """Check out a commit, for as long as the block lasts.

    A run that was killed leaves its folder behind; the next one takes it away.

    Args:
        place: The repository.
        commit: Its id.
        keep: Leave the folder there, if the checkout could be made.

    Raises:
        NoRoomError: The temporary folder cannot be written.
        GitFailedError: The commit cannot be checked out.
    """
    _sweep()
    kept = False
    try:
        folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
        lock = _locked(folder)
    except OSError as error:
        raise NoRoomError(error) from error
    try:
        made = Checkout(folder, folder / "checkout", lock)
        _check_out(place, commit, made.tree)
        kept = keep
        yield made
    finally:
        if kept:
            (folder / _LOCK).unlink(missing_ok=True)
            (folder / "kept").touch()
        else:
            _remove(folder)
        os.close(lock)


def _check_out(place: Location, commit: str, tree: Path) -> None:
    try:
        tree.mkdir()
        git = Git(tree)
        git.run(
            "init", "--quiet", "--template=", f"--object-format={place.object_format}"
        )
        own = tree / ".git"
        (own / "objects" / "info").mkdir(parents=True, exist_ok=True)
        objects = os.fsencode(place.common / "objects")
        (own / "objects" / "info" / "alternates").write_bytes(objects + b"\n")
        config = _CONFIG.format(
            config=_quoted(place.common / "config"), tree=_quoted(tree)
        )
        if place.object_format == "sha1":  # the user's may be of another version
            config += "[core]\n\trepositoryformatversion = 0\n"
        with (own / "config").open("ab") as file:
            file.write(os.fsencode(config))
    except OSError as error:
        raise NoRoomError(error) from error
    git.run("checkout", "--quiet", "--detach", commit)


def _quoted(path: Path) -> str:
    """Write a path as a value of Git's configuration."""
    plain = str(path).replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{plain}"'


def _locked(folder: Path) -> int:
    """Make the lock; it has its name only once it is locked."""
    fresh = folder / f".{_LOCK}"
    handle = os.open(fresh, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    fcntl.flock(handle, fcntl.LOCK_EX)
    fresh.rename(folder / _LOCK)
    return handle


def _sweep() -> None:
    """Remove what killed runs of this user left."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        with suppress(OSError):  # somebody else swept it, or it is theirs
            if folder.lstat().st_uid == os.getuid() and not folder.is_symlink():
                _sweep_one(folder)


def _sweep_one(folder: Path) -> None:
    lock = folder / _LOCK
    if not lock.exists():
        young = time.time() - folder.stat().st_mtime < _STALE
        if not young and not (folder / "kept").exists():
            _remove(folder)
        return
    handle = os.open(lock, os.O_RDWR)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        _remove(folder)
    finally:
        os.close(handle)


def _remove(folder: Path) -> None:
    """Remove a folder, though a stage may have made some of it read-only."""
    shutil.rmtree(folder, ignore_errors=True)
    if not folder.exists():
        return
    for name, _, _ in os.walk(folder):
        with suppress(OSError):
            Path(name).chmod(stat.S_IRWXU)
    shutil.rmtree(folder, ignore_errors=True)
