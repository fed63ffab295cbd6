"""Tags' names and object ids, wherever Git keeps them."""

import os
from collections.abc import Iterable
from pathlib import Path

from lineal.doors import reffiles
from lineal.doors.git import Git


def tags(git: Git, common: Path, prefixes: Iterable[str] = ("",)) -> dict[str, str]:
    """Return the object id of every tag whose name starts in one of some ways.

    Args:
        git: For repositories that keep refs in a form that only it can read.
        common: The folder with packed-refs and refs.
        prefixes: What names may start with; by default anything.

    Returns:
        Object ids by name, without `refs/tags/`; undecodable bytes are surrogates.
    """
    wanted = tuple(prefixes)
    found = reffiles.tags(os.fspath(common), wanted)
    return _asked(git, wanted) if found is None else found


def _asked(git: Git, prefixes: tuple[str, ...]) -> dict[str, str]:
    said = git.run("for-each-ref", "--format=%(objectname) %(refname)", "refs/tags")
    found = (line.split(" ", 1) for line in os.fsdecode(said).split("\n") if line)
    named = ((name.removeprefix("refs/tags/"), oid) for oid, name in found)
    return {name: oid for name, oid in named if name.startswith(prefixes)}
