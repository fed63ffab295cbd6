"""The hooks of a repository: where git looks for them, and what is there."""

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from lineal.doors.git import Git
from lineal.errors import OutsideError

_MODE = 0o755


class UnwritableHookError(OutsideError):
    """The folder of the hooks cannot be written."""

    def __init__(self, path: Path, error: OSError) -> None:
        super().__init__(f"cannot write {path}: {error.strerror}")


def folder(git: Git) -> Path:
    """Return where git looks for hooks; it need not be there.

    That is `core.hooksPath` if it is set, else the folder that all work trees share.
    """
    top = git.attempt("rev-parse", "--show-toplevel")
    start = git.root
    if top.returncode == 0:
        start = Path(os.fsdecode(top.stdout.removesuffix(b"\n")))
    said = Git(start, git.env).run("rev-parse", "--git-path", "hooks")
    return start.absolute() / os.fsdecode(said.removesuffix(b"\n"))


def read(path: Path) -> str | None:
    """Return a hook's text, None where there is none."""
    try:
        return path.read_bytes().decode("utf-8", "surrogateescape")
    except OSError:
        return "" if path.is_symlink() or path.exists() else None


def runs(path: Path) -> bool:
    """Tell whether git would run a hook."""
    return path.is_file() and os.access(path, os.X_OK)


def write(path: Path, text: str) -> None:
    """Write a hook that git runs, all of it or nothing.

    Raises:
        UnwritableHookError: The folder cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(text.encode("utf-8", "surrogateescape"))
            Path(name).chmod(_MODE)
            Path(name).replace(path)
        except BaseException:
            with suppress(OSError):
                Path(name).unlink()
            raise
    except OSError as error:
        raise UnwritableHookError(path, error) from error


def move(path: Path, to: Path) -> None:
    """Give a hook another name, unless that is taken.

    Raises:
        UnwritableHookError: It is, or the folder cannot be written.
    """
    try:
        os.link(path, to, follow_symlinks=False)
        path.unlink()
    except OSError as error:
        raise UnwritableHookError(to, error) from error


def remove(path: Path) -> None:
    """Take a hook away.

    Raises:
        UnwritableHookError: The folder cannot be written.
    """
    try:
        path.unlink()
    except OSError as error:
        raise UnwritableHookError(path, error) from error
