"""Files and folders that appear at their place whole, or not at all."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from lineal.doors.dvc.access import DiskError, OccupiedError
from lineal.errors import BadInputError, RefusedError


class ExistsError(RefusedError):
    """Something is there already."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path} exists already: name another path, or replace it with --force"
        )


class NoFolderError(BadInputError):
    """The folder to write in is not there."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"the folder {folder} does not exist: make it, or name another path"
        )


@contextmanager
def delivered(target: Path, *, force: bool) -> Iterator[Path]:
    """Give a path to write to; what is there when the block ends comes to its place.

    Raises:
        NoFolderError: The folder to write in is not there.
        ExistsError: Something is there, and it is not to be replaced.
        OccupiedError: A folder is in the way of a file, or a file of a folder.
        DiskError: It cannot be written there.
    """
    if not target.parent.is_dir() and not os.path.lexists(target.parent):
        raise NoFolderError(target.parent)
    _check_free(target, force=force)
    try:
        # Beside the target, so that one move brings it there.
        with TemporaryDirectory(prefix=".lineal-", dir=target.parent) as folder:
            made = Path(folder) / "new"
            yield made
            _check_free(target, force=force)
            _put(made, target, Path(folder) / "old")
    except OSError as error:
        raise DiskError(target, error) from error


def _check_free(target: Path, *, force: bool) -> None:
    if not force and os.path.lexists(target):
        raise ExistsError(target)


def _put(made: Path, target: Path, old: Path) -> None:
    if target.is_symlink() or not target.exists():
        made.replace(target)
        return
    if target.is_dir() != made.is_dir():
        raise OccupiedError(target)
    if made.is_dir():
        target.replace(old)
    made.replace(target)


def size(made: Path) -> int:
    """Return how many bytes a file has, or all files of a folder together."""
    files = (
        [each for each in made.rglob("*") if each.is_file()]
        if made.is_dir()
        else [made]
    )
    return sum(each.stat().st_size for each in files)
