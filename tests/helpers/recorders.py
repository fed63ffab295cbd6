"""Recorders in this process, which write as the user of a sandbox."""

from dataclasses import replace

from helpers.sandbox import START, Sandbox
from lineal.actions.recorder import Recorder
from lineal.doors.clock import Clock
from lineal.doors.git import Git
from lineal.doors.location import locate
from lineal.doors.remote import Remote
from lineal.registry.reader import Reader
from lineal.registry.store import Store


def recorder(sandbox: Sandbox, *, pushes: bool = False) -> Recorder:
    """Return what writes in a repository, with a clock that stands still.

    Args:
        sandbox: The repository.
        pushes: Whether to push to `origin`.
    """
    git = Git(sandbox.root, sandbox.env)
    place = replace(locate(sandbox.root), git=git)
    remote = Remote(git, "origin", 20) if pushes else None
    return Recorder(Reader(Store(place)), Clock(START + 1000), remote)
