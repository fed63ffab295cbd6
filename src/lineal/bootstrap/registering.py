"""What a registration needs of the outside: DVC's bytes, and a model's measurements."""

import json
from dataclasses import replace
from functools import cache
from pathlib import Path
from statistics import quantiles

from lineal.actions.artifact import Supplied, Supply
from lineal.actions.measured import MEMORY, P50, P95, Measured
from lineal.actions.register import Source
from lineal.bootstrap.registry import time_limit
from lineal.doors import child, tree
from lineal.doors.child import ChildFailedError
from lineal.doors.dvc.access import Dvc
from lineal.doors.dvc.objects import Objects
from lineal.doors.dvc.outputs import root_of
from lineal.doors.dvc.records import Tracked
from lineal.doors.dvc.remote import NoRemoteError
from lineal.doors.dvc.unreachable import UnknownRemoteError
from lineal.doors.location import Location
from lineal.errors import OutsideError, RefusedError

_HEAD = ("HEAD", "@")
_LOCK = "dvc.lock"
_GAUGE = "lineal.bootstrap.gauge"
_SECONDS = 600.0
_PASSING = 20.0  # seconds that a question in passing may take
_ONLY_HERE = (
    "the bytes are only in this machine's DVC cache: run dvc push, or nobody else can "
    "get them"
)


class CannotMeasureError(RefusedError):
    """The model of the commit cannot be run here."""

    def __init__(self, model: str, reason: str) -> None:
        super().__init__(
            f"{model} cannot be measured ({reason}): leave --measure out, or tell what "
            "you measured yourself with --fact NAME=NUMBER"
        )


def source(place: Location, ref: str) -> Source:
    """Find a commit; of HEAD, the working tree must not have another model.

    Raises:
        NoCommitYetError: The branch is unborn.
        UnknownCommitError: The text names none.
    """
    commit = tree.resolve(place.git, ref)
    root = tree.top(place.git) if ref in _HEAD else None
    return Source(commit, supplied(place, commit), root)


def supplied(place: Location, commit: str) -> Supplied:
    """Return what tells who has which bytes; it asks a remote only once.

    Args:
        place: The repository.
        commit: Whose DVC configuration counts where there is no working tree.
    """
    files = tree.files(place.git, commit)
    top = tree.top(place.git) or place.common

    @cache
    def ask(wanted: Tracked) -> Supply:
        folder = root_of(wanted.path, files) or ""
        config = f"{folder}/.dvc/config".lstrip("/")
        dvc = Dvc.at(top, folder, files.texts([config]).get(config))
        if dvc.uncached(wanted):
            return Supply(_lacking(dvc, wanted))
        return Supply(notes=_unpushed(dvc, wanted))

    return ask


def _lacking(dvc: Dvc, wanted: Tracked) -> str:
    try:
        lost = [md5 for md5 in dvc.missing(wanted) if dvc.cached(md5) is None]
    except NoRemoteError:
        return "they are not in the DVC cache, and there is no default DVC remote"
    return "neither the DVC cache nor the DVC remote has them" if lost else ""


def _unpushed(dvc: Dvc, wanted: Tracked) -> tuple[str, ...]:
    """Say that the cache has bytes that the remote lacks; it need not answer."""
    seconds = min(time_limit(), _PASSING)
    quick = Dvc(Objects(replace(dvc.objects.remotes, seconds=seconds)))
    try:
        return (_ONLY_HERE,) if quick.missing(wanted) else ()
    except NoRemoteError:
        return ()
    except (OutsideError, UnknownRemoteError) as error:
        return (f"whether others can get the bytes is not known: {error}",)


def measure(place: Location, root: Path, model: str, commit: str) -> Measured:
    """Measure a model of our pipeline in a process of its own.

    Args:
        place: The repository.
        root: The folder of the working tree with params.yaml and dvc.lock.
        model: Its name.
        commit: Whose model it must be.

    Raises:
        CannotMeasureError: The working tree has another model, or it cannot be run.
    """
    top = tree.top(place.git)
    if top is None:
        reason = "the repository has no working tree"
        raise CannotMeasureError(model, reason)
    lock = (root / _LOCK).relative_to(top).as_posix()
    own = tree.working(top).texts([lock]).get(lock)
    if own is None or own != tree.files(place.git, commit).texts([lock]).get(lock):
        reason = f"{lock} of the working tree is not that of the commit"
        raise CannotMeasureError(model, reason)
    try:
        said = json.loads(child.run(_GAUGE, str(root), model, seconds=_SECONDS))
    except ChildFailedError as error:
        raise CannotMeasureError(model, error.reason) from error
    return _facts(said["latencies"], said["memory"])


def _facts(latencies: list[float], memory: float) -> Measured:
    ends = quantiles(latencies, n=20, method="inclusive")
    return (
        (P50, f"{ends[9]:.3f}"),
        (P95, f"{ends[18]:.3f}"),
        (MEMORY, f"{memory:.1f}"),
    )
