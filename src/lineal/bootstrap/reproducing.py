"""Make a version again, and compare what comes of it with what its commit records."""

import posixpath
import re
from collections.abc import Callable, Iterator

from lineal.actions.subject import Subject
from lineal.doors import interpreter, tree
from lineal.doors.checkout import Checkout, checked_out
from lineal.doors.dvc.names import Files
from lineal.doors.dvc.outputs import InGit, Undeclared, Unrecorded, locate, root_of
from lineal.doors.dvc.records import Tracked
from lineal.doors.dvc.remaking import Job, remake
from lineal.doors.dvc.settings import Place
from lineal.doors.endings import orderly
from lineal.doors.location import Location
from lineal.errors import OutsideError
from lineal.registry import requirements
from lineal.registry.reader import Reader
from lineal.registry.reproduced import Reproduced
from lineal.registry.version import Version

_LOCK = "dvc.lock"
_PINS = ("requirements/run.txt", "requirements.txt")
_SHOWN = 5  # packages that a note names


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


def reproduce(
    reader: Reader,
    model: str,
    version: Version,
    *,
    keep: bool = False,
    said: Callable[[str], None] = lambda _: None,
) -> Reproduced:
    """Make a version again in a clean checkout, from its raw data on.

    Args:
        reader: The registry.
        model: Its name.
        version: Which version.
        keep: Leave the checkout there.
        said: Told of what bears on the result, and of each stage that begins.

    Raises:
        UnknownModelError: There is no such model.
        UnknownVersionError: There is no such version.
        OutsideError: It could not be made: Git or DVC failed, data is missing, a stage
            gave up, or the commit does not say what made the model.
    """
    place = reader.store.place
    found = Subject.of(reader, model).find(version)
    files = tree.files(place.git, found.commit)
    where = _where(model, version, files)
    path = where.path
    folder = root_of(path, files)
    if folder is None:
        raise NoDvcError(model, version)
    for note in _notes(path, files):
        said(f"note: {note}")
    with orderly(), checked_out(place, found.commit, keep=keep) as made:
        if keep:
            said(f"note: the checkout is {made.tree}, and its log {made.log}")
        outputs, notes = remake(_job(place, made, folder, path, files), said)
    for note in notes:
        said(f"note: {note}")
    ids = (tree.identity(place.git, found.commit, each) for each in _locks(where))
    lock = next((each for each in ids if each), "")
    return Reproduced(model, version, found.commit, lock, outputs, notes)


def _where(model: str, version: Version, files: Files) -> Tracked | InGit | Unrecorded:
    found = locate(model, files)
    if isinstance(found, Undeclared):
        raise PathUnknownError(model, version)
    return found


def _job(place: Location, made: Checkout, folder: str, path: str, files: Files) -> Job:
    top = tree.top(place.git)
    config = posixpath.join(folder, ".dvc/config")
    return Job(
        checkout=made,
        folder=folder,
        path=posixpath.relpath(path, folder or "."),
        place=Place.at(top or place.common, folder),
        committed=files.texts([config]).get(config),
        environment=interpreter.environment(top, made.tree),
    )


def _locks(where: Tracked | InGit | Unrecorded) -> Iterator[str]:
    """List what may be the dvc.lock that records an output, the likeliest first."""
    if isinstance(where, Tracked):
        yield where.source
    path = where.path
    while path:
        path = posixpath.dirname(path)
        yield posixpath.join(path, _LOCK)


def _notes(path: str, files: Files) -> Iterator[str]:
    """Say why other bytes would prove little."""
    beside = posixpath.join(posixpath.dirname(path), "requirements.txt")
    texts = files.texts([beside, *_PINS, ".gitmodules"])
    if ".gitmodules" in texts:
        yield "submodules are not checked out"
    for name in (beside, *_PINS):
        if name in texts:
            yield from _lacking(name, texts[name].decode("utf-8", "replace"))
            return


def _lacking(name: str, text: str) -> Iterator[str]:
    """Say which packages are not those that were pinned."""
    pinned = {
        each.name: each.version for each in requirements.read(text) if each.version
    }
    here = interpreter.installed(pinned)
    # A line with a marker may be about another machine.
    marked = {each.name for each in requirements.read(_marked(text))}
    other = [
        f"{each} {here.get(each, 'is not installed')} (pinned {version})"
        for each, version in sorted(pinned.items())
        if here.get(each, "" if each not in marked else version) != version
    ]
    if other:
        more = f" and {len(other) - _SHOWN} more" if len(other) > _SHOWN else ""
        yield (
            f"not the packages that {name} pins: {', '.join(other[:_SHOWN])}{more}; no "
            "environment is made for a reproduction, so other bytes would prove little"
        )


def _marked(text: str) -> str:
    joined = re.sub(r"\\\r?\n", " ", text)
    return "\n".join(line for line in joined.splitlines() if ";" in line)
