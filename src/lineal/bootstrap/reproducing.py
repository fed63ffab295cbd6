"""Make a version again, and compare what comes of it with what its commit records."""

import posixpath
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from lineal.actions.subject import Subject
from lineal.bootstrap import pinned
from lineal.bootstrap.pinned import Wanted
from lineal.doors import interpreter, tree
from lineal.doors.checkout import Checkout, checked_out
from lineal.doors.dvc.names import Files
from lineal.doors.dvc.outputs import InGit, Undeclared, Unrecorded, locate, root_of
from lineal.doors.dvc.records import Tracked
from lineal.doors.dvc.remade import Output
from lineal.doors.dvc.remaking import Job, remake
from lineal.doors.dvc.settings import Place
from lineal.doors.endings import orderly
from lineal.doors.location import Location
from lineal.errors import OutsideError
from lineal.registry.reader import Reader
from lineal.registry.reproduced import Reproduced
from lineal.registry.version import Version

_LOCK = "dvc.lock"


class NoDvcError(OutsideError):
    """The commit has no DVC repository."""

    def __init__(self, model: str, version: Version) -> None:
        super().__init__(
            f"the commit of {model} {version} has no .dvc/config, so DVC made nothing there that "
            "could be made again: run `dvc init`, and commit its files"
        )


class PathUnknownError(OutsideError):
    """The commit does not say where the model lies."""

    def __init__(self, model: str, version: Version) -> None:
        super().__init__(
            f"{model} {version} cannot be made again: at its commit neither dvc.yaml nor "
            "artifacts.yaml says where the model lies; register one where they do"
        )


@dataclass(frozen=True, slots=True)
class Target:
    """What is made.

    Attributes:
        commit: Which commit it is of.
        files: The files of that.
        where: Where the model lies in it.
        folder: The DVC repository that makes it; empty: the top.
    """

    commit: str
    files: Files
    where: Tracked | InGit | Unrecorded
    folder: str


def reproduce(
    reader: Reader,
    named: tuple[str, Version],
    *,
    keep: bool = False,
    environment: Wanted = "auto",
    said: Callable[[str], None] = lambda _: None,
) -> Reproduced:
    """Make a version again in a clean checkout, from its raw data on.

    Args:
        reader: The registry.
        named: The model and the version.
        keep: Leave the checkout there.
        environment: With which packages the stages run.
        said: Told of what bears on the result, and of each stage that begins.

    Raises:
        UnknownModelError: There is no such model.
        UnknownVersionError: There is no such version.
        OutsideError: It could not be made: Git or DVC failed, data is missing, a stage
            gave up, or the commit does not say what made the model.
    """
    (model, version), place = named, reader.store.place
    commit = Subject.of(reader, model).find(version).commit
    target = _target(place, model, version, commit)
    if target.files.texts([".gitmodules"]):
        said("note: submodules are not checked out")
    pins = pinned.find(target.where.path, target.folder, target.files)
    with (
        orderly(),
        pinned.ready(place, pins, environment, said) as (prefix, ran),
        checked_out(place, commit, keep=keep) as made,
    ):
        if keep:
            said(f"note: the checkout is {made.tree}, and its log {made.log}")
        job = _job(place, made, target, prefix)
        outputs, notes = remake(job, said)
    notes += tuple(_apart(outputs, job.path))
    for note in notes:
        said(f"note: {note}")
    lock = _lock(place, target)
    return Reproduced(model, version, commit, lock, outputs, notes, environment=ran)


def _target(place: Location, model: str, version: Version, commit: str) -> Target:
    files = tree.files(place.git, commit)
    where = locate(model, files)
    if isinstance(where, Undeclared):
        raise PathUnknownError(model, version)
    folder = root_of(where.path, files)
    if folder is None:
        raise NoDvcError(model, version)
    return Target(commit, files, where, folder)


def _job(place: Location, made: Checkout, target: Target, prefix: Path | None) -> Job:
    top, folder = tree.top(place.git), target.folder
    config = posixpath.join(folder, ".dvc/config")
    return Job(
        checkout=made,
        folder=folder,
        path=posixpath.relpath(target.where.path, folder or "."),
        place=Place.at(top or place.common, folder),
        committed=target.files.texts([config]).get(config),
        # DVC itself stays in this Python: it only runs commands and takes hashes, and
        # the pins may hold none. `python` of the commands is the environment's.
        environment=interpreter.environment(top, made.tree, prefix=prefix),
    )


def _apart(outputs: Sequence[Output], path: str) -> Iterator[str]:
    """Say so where stages made other bytes on the way to the same model."""
    model = [each for each in outputs if f"{path}/".startswith(f"{each.path}/")]
    same = model and all(each.made == each.recorded for each in model)
    if same and any(each.made != each.recorded for each in outputs):
        yield f"the model itself, {path}, has the recorded bytes"


def _lock(place: Location, target: Target) -> str:
    """Return the object id of the dvc.lock that was compared with, if it is known."""
    names = _locks(target.where)
    ids = (tree.identity(place.git, target.commit, each) for each in names)
    return next((each for each in ids if each), "")


def _locks(where: Tracked | InGit | Unrecorded) -> Iterator[str]:
    """List what may be the dvc.lock that records an output, the likeliest first."""
    if isinstance(where, Tracked):
        yield where.source
    path = where.path
    while path:
        path = posixpath.dirname(path)
        yield posixpath.join(path, _LOCK)
