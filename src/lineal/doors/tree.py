"""The files of a commit, read without a checkout, and those of the working tree."""

import os
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from lineal.doors import objects
from lineal.doors.dvc.names import Files
from lineal.doors.git import Git
from lineal.errors import BadInputError, RefusedError

_POINTER = 1024  # bytes; no pointer of Git LFS is longer
_LFS = re.compile(
    rb"version https://git-lfs\.github\.com/spec/v1\n(?:.*\n)*?size ([0-9]+)\n(?:.*\n)*"
)
_POINTED = re.compile(rb"^oid sha256:([0-9a-f]{64})$", re.MULTILINE)
_ID = re.compile(r"[0-9a-f]{40,64}")


class UnknownCommitError(BadInputError):
    """A text names no commit."""

    def __init__(self, ref: str) -> None:
        super().__init__(
            f"{ref!r} names no commit here: name a branch, a tag or a commit's id, and "
            "`git fetch` first if it is new"
        )


class NoCommitYetError(RefusedError):
    """The repository has no history."""

    def __init__(self) -> None:
        super().__init__(
            "the branch has no commit yet, so there is nothing to name: `git commit` "
            "first"
        )


def resolve(git: Git, ref: str) -> str:
    """Return the id of the commit that a text names.

    Raises:
        NoCommitYetError: The branch is unborn.
        UnknownCommitError: It names none.
    """
    if found := _id(git, f"{ref}^{{commit}}"):
        return found
    if ref in {"HEAD", "@"} and git.is_unborn():
        raise NoCommitYetError
    raise UnknownCommitError(ref)


def files(git: Git, commit: str) -> Files:
    """Return the files of a commit; folders, and what is missing, are no files."""

    def read(paths: Sequence[str]) -> list[bytes | None]:
        found = objects.read(git, [f"{commit}:{path}" for path in paths])
        return [
            each.content if each and each.kind == "blob" else None for each in found
        ]

    def names() -> list[str]:
        listed = git.run("ls-tree", "-r", "-z", "--full-tree", "--name-only", commit)
        return os.fsdecode(listed).split("\0")[:-1]

    return Files(read, names)


def listed(git: Git, commit: str, paths: Sequence[str]) -> tuple[str, ...]:
    """Return those of some files and folders that a commit has.

    Only its folders are read: from a repository at a URL, no file has to come for it.
    """
    if not paths:
        return ()
    # Without -t it would be silent of a folder in which it looks for another path.
    words = ("ls-tree", "-z", "-t", "--name-only", "--full-tree", commit, "--")
    said = os.fsdecode(git.run("--literal-pathspecs", *words, *paths))
    there = set(said.split("\0"))
    return tuple(path for path in paths if path in there)


def identity(git: Git, commit: str, path: str) -> str | None:
    """Return the object id of a file or folder of a commit, None if it is not there."""
    return _id(git, f"{commit}:{path}")


def identities(git: Git, commit: str, paths: Iterable[str]) -> dict[str, str]:
    """Return the object ids of those of some files and folders that a commit has."""
    asked = tuple(path for path in dict.fromkeys(paths) if "\n" not in path)
    words = "".join(f"{commit}:{path}\n" for path in asked)
    said = git.run(
        "cat-file",
        "--batch-check=%(objectname)",
        stdin=words.encode("utf-8", "surrogateescape"),
    )
    # Names of what is missing are repeated, with whatever ends of lines they have.
    pairs = zip(asked, os.fsdecode(said).split("\n")[:-1], strict=True)
    return {path: line for path, line in pairs if _ID.fullmatch(line)}


def size(git: Git, oid: str) -> int:
    """Return the bytes of a file; of one that Git LFS keeps, those of the real one."""
    found = int(git.run("cat-file", "-s", oid))
    if found > _POINTER:
        return found
    match = _LFS.fullmatch(git.run("cat-file", "blob", oid))
    return int(match[1]) if match else found


def pointed(content: bytes) -> str | None:
    """Return the SHA-256 of the real file that a pointer of Git LFS names.

    None is returned for what is no such pointer.
    """
    if len(content) > _POINTER or not _LFS.fullmatch(content):
        return None
    match = _POINTED.search(content)
    return match[1].decode() if match else None


def top(git: Git) -> Path | None:
    """Return the top of the working tree, None in a bare repository."""
    done = git.attempt("rev-parse", "--show-toplevel")
    if done.returncode:
        return None
    return Path(os.fsdecode(done.stdout.removesuffix(b"\n")))


def working(root: Path) -> Files:
    """Return the files of a working tree; it does not list them."""

    def read(paths: Sequence[str]) -> list[bytes | None]:
        return [_bytes(root / path) for path in paths]

    return Files(read)


def is_changed(root: Path, path: str) -> bool:
    """Tell whether what HEAD has at a path is changed in the index or working tree."""
    git = Git(root).with_env([("GIT_OPTIONAL_LOCKS", "0")])
    words = ("status", "--porcelain", "-z", "--untracked-files=no", "--", path)
    return bool(git.run(*words))


def _id(git: Git, name: str) -> str | None:
    """Return what a name stands for, None for nothing or for a range of commits."""
    words = ("rev-parse", "--verify", "--quiet", "--end-of-options")
    said = os.fsdecode(git.attempt(*words, name).stdout).strip()
    return said if _ID.fullmatch(said) else None


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None
