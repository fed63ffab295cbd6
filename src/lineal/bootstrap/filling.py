"""Giving a working tree the files of its DVC repositories."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from lineal.bootstrap.scopes import Scope
from lineal.doors.dvc.populate import borrow, populate
from lineal.doors.dvc.records import Tracked
from lineal.doors.git import Git


@dataclass(frozen=True, slots=True)
class Absent:
    """An output that is on no remote, and not in the working tree either.

    Attributes:
        path: From the top of the Git repository.
        is_in_git: Whether Git has it.
    """

    path: str
    is_in_git: bool


def fill(found: Iterable[Scope], limit: float) -> Iterator[Absent]:
    """Put what the cache has into the working tree, and bring what was imported.

    Args:
        found: The DVC repositories.
        limit: For how many seconds DVC may say nothing.

    Yields:
        What is on no remote, and not in the working tree either.

    Raises:
        OutsideError: DVC failed, or stood still.
    """
    for scope in found:
        populate(scope.folder, limit)
        borrowed = [each for each in _absent(scope) if each.borrowed]
        if borrowed:
            borrow(scope.folder, _sources(scope, borrowed), limit)
        absent = [each.path for each in _absent(scope)]
        kept = _in_git(scope.top, absent)
        yield from (Absent(path, path in kept) for path in absent)


def _absent(scope: Scope) -> list[Tracked]:
    return [out for out in scope.others if not (scope.top / out.path).exists()]


def _in_git(top: Path, paths: Iterable[str]) -> set[str]:
    """Return those that Git has, as files or as folders."""
    asked = set(paths)
    if not asked:
        return asked
    listed = os.fsdecode(Git(top).run("ls-files", "-z", "--", *sorted(asked)))
    files = {PurePosixPath(each) for each in listed.split("\0")[:-1]}
    around = {str(each) for file in files for each in (file, *file.parents)}
    return asked & around


def _sources(scope: Scope, outs: Iterable[Tracked]) -> list[str]:
    """Name the files that tell of outputs, from the top of their DVC repository."""
    paths = dict.fromkeys(scope.top / out.source for out in outs)
    return [os.path.relpath(path, scope.folder) for path in paths]
