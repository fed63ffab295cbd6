"""A merge driver of a clone: git's configuration, and which files it is for."""

import os
from pathlib import Path

from lineal.doors import hooks
from lineal.doors.git import Git, GitFailedError
from lineal.doors.hooks import UnwritableHookError


def install(
    git: Git, name: str, title: str, commands: tuple[str, str], pattern: str
) -> bool:
    """Let a driver merge the files of a pattern; tell whether that is new.

    Args:
        git: The clone; all its work trees share it.
        name: The driver's.
        title: What git calls it in messages.
        commands: What git runs, by the shell; and what to make one of several common
            ancestors, such as those of branches that were merged into each other.
        pattern: As .gitattributes has them.

    Raises:
        GitFailedError: The configuration cannot be written.
        UnwritableHookError: `info/attributes` cannot be written.
    """
    before = is_installed(git, name, pattern)
    inner = _inner(name)
    for key, value in (
        *((f"{name}.name", title), (f"{name}.driver", commands[0])),
        *((f"{inner}.name", title), (f"{inner}.driver", commands[1])),
        (f"{name}.recursive", inner),
    ):
        git.run("config", "--local", f"merge.{key}", value)
    lines = _read(git)
    if _line(name, pattern) not in lines:
        _write(git, [*lines, _line(name, pattern)])
    return not before


def uninstall(git: Git, name: str, pattern: str) -> bool:
    """Take a driver away, and nothing else; tell whether it was there.

    Raises:
        GitFailedError: The configuration cannot be written.
        UnwritableHookError: `info/attributes` cannot be written.
    """
    sections = (f"merge.{_inner(name)}", f"merge.{name}")
    words = ("config", "--local", "--remove-section")
    gone = [git.attempt(*words, each).returncode == 0 for each in sections]
    lines = _read(git)
    kept = [line for line in lines if line != _line(name, pattern)]
    if len(kept) < len(lines):
        _write(git, kept)
    return any(gone) or len(kept) < len(lines)


def is_installed(git: Git, name: str, pattern: str) -> bool:
    """Tell whether git would let a driver merge the files of a pattern."""
    asked = (f"merge.{name}.driver", f"merge.{_inner(name)}.driver")
    there = all(git.attempt("config", "--get", key).returncode == 0 for key in asked)
    return there and _line(name, pattern) in _read(git)


def merge_file(git: Git, ours: Path, base: Path, theirs: Path) -> int:
    """Merge line by line, as git does without a driver; return how many conflicts.

    Args:
        git: The clone.
        ours: One side, which becomes the result, with markers around conflicts.
        base: What both began with.
        theirs: The other side.

    Raises:
        GitFailedError: It cannot be merged so.
    """
    labels = ("-L", "ours", "-L", "base", "-L", "theirs")
    words = ("merge-file", *labels, "--", str(ours), str(base), str(theirs))
    done = git.attempt(*words)
    if done.returncode > 127:  # noqa: PLR2004 - git counts no further
        raise GitFailedError(os.fsdecode(done.stderr), "merge-file")
    return done.returncode


def _line(name: str, pattern: str) -> str:
    return f"{pattern} merge={name}"


def _inner(name: str) -> str:
    return f"{name}-ancestors"


def _place(git: Git) -> Path:
    said = git.run("rev-parse", "--git-path", "info/attributes")
    return git.root.absolute() / os.fsdecode(said.removesuffix(b"\n"))


def _read(git: Git) -> list[str]:
    text = hooks.read(_place(git)) or ""
    return text.removesuffix("\n").split("\n") if text else []


def _write(git: Git, lines: list[str]) -> None:
    path = _place(git)
    text = "".join(f"{line}\n" for line in lines)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8", "surrogateescape"))
    except OSError as error:
        raise UnwritableHookError(path, error) from error
