"""Giving a repository the workflows for GitHub."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from lineal import __version__
from lineal.bootstrap.delivery import delivered
from lineal.bootstrap.templates import Choices, workflows
from lineal.doors import tree
from lineal.doors.dvc.access import DiskError
from lineal.doors.location import locate
from lineal.errors import RefusedError

_OWN = f"lineal=={__version__}"
_LISTED = re.compile(r"^lineal(?![\w.-])", re.IGNORECASE | re.MULTILINE)
_TARGET = re.compile(r"^test:", re.MULTILINE)
_S3 = re.compile(r"^\s*url\s*=\s*s3://", re.MULTILINE)
_URL = re.compile(r"^\s*url\s*=\s*(\S.*?)\s*$", re.MULTILINE)
_KEYS = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")
# A virtual environment is used by all later steps, where the command makes one.
_ON_PATH = 'echo "$PWD/.venv/bin" >> "$GITHUB_PATH"'


class BareError(RefusedError):
    """There is no working tree to write to."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"{folder} is in a bare repository, which has no files to commit: run this "
            "in a clone of it"
        )


class OthersError(RefusedError):
    """There are workflows that somebody wrote or changed."""

    def __init__(self, paths: Sequence[PurePosixPath]) -> None:
        names = " and ".join(map(str, paths))
        differ = "differs" if len(paths) == 1 else "differ"
        super().__init__(
            f"{names} {differ} from what would be written, so nothing was: see how with "
            "--diff, and replace with --force"
        )


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody asked for; None: what the repository suggests.

    Attributes:
        setup: The command that installs lineal.
        tests: The command that tests; empty: none.
        python: The version of Python.
        schedule: When to train.
        remote: Names of the secrets for DVC's remote.
        deploy: Names of those for deploying.
        partly: Whether the remote may lack what stages made.
    """

    setup: str | None = None
    tests: str | None = None
    python: str | None = None
    schedule: str | None = None
    remote: Sequence[str] = ()
    deploy: Sequence[str] = ()
    partly: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """A workflow: what is there, and what should be.

    Attributes:
        path: From the top of the repository.
        before: None: there is none.
        after: What it should say.
    """

    path: PurePosixPath
    before: str | None
    after: str

    @property
    def same(self) -> bool:
        """Whether nothing has to be written."""
        return self.before == self.after


@dataclass(frozen=True, slots=True)
class Proposal:
    """All workflows of a repository.

    Attributes:
        root: The top of its working tree.
        changes: One a workflow.
        choices: What is filled in.
    """

    root: Path
    changes: tuple[Change, ...]
    choices: Choices

    @property
    def has_dvc(self) -> bool:
        """Whether there is something for the workflows to train."""
        return (self.root / ".dvc").is_dir()

    @property
    def out_of_reach(self) -> tuple[str, ...]:
        """The DVC remotes, where each is a folder that a clone does not bring."""
        urls = _URL.findall(_text(self.root / ".dvc/config") or "")
        if all(_is_elsewhere(self.root.resolve(), url) for url in urls):
            return tuple(urls)
        return ()

    def write(self, *, force: bool = False) -> None:
        """Write those that are not there.

        Args:
            force: Also those that differ.

        Raises:
            OthersError: One differs, and `force` was not asked for.
            OccupiedError: A folder has the name of one.
            DiskError: They cannot be written.
        """
        others = [c.path for c in self.changes if c.before is not None and not c.same]
        if others and not force:
            raise OthersError(others)
        for change in self.changes:
            if not change.same:
                _put(self.root / change.path, change.after)


def propose(folder: Path, wanted: Wanted) -> Proposal:
    """Compare what a repository has with what it should have.

    Args:
        folder: Any folder in it.
        wanted: What somebody asked for.

    Raises:
        NotARepositoryError: It is in none.
        BareError: It has no working tree.
        InvalidChoiceError: What was asked for would make what GitHub cannot read.
    """
    root = tree.top(locate(folder).git)
    if root is None:
        raise BareError(folder)
    choices = choose(root, wanted)
    changes = tuple(
        Change(path, _text(root / path), text)
        for path, text in workflows(choices).items()
    )
    return Proposal(root, changes, choices)


def choose(root: Path, wanted: Wanted) -> Choices:
    """Fill in what a repository's files suggest, where nothing was asked for."""
    setup, tests = _setup(root), _tests(root)
    if wanted.setup is not None:
        setup = (*wanted.setup.strip().split("\n"), _ON_PATH)
    if wanted.tests is not None:
        tests = tuple(wanted.tests.strip().split("\n")) if wanted.tests.strip() else ()
    found = Choices(
        setup=setup,
        tests=tests,
        remote=wanted.remote or _remote(root),
        deploy=wanted.deploy,
        partly=wanted.partly,
    )
    if wanted.python is not None:
        found = replace(found, python=wanted.python)
    if wanted.schedule is not None:
        found = replace(found, schedule=wanted.schedule)
    return found


def _setup(root: Path) -> tuple[str, ...]:
    """Install what the repository lists, and lineal as it is here if it does not."""
    listed = _text(root / "requirements.txt")
    if listed is None:
        return (f"python -m pip install {_OWN}",)
    own = "" if lists_lineal(listed) else f" {_OWN}"
    return (f"python -m pip install -r requirements.txt{own}",)


def lists_lineal(requirements: str) -> bool:
    """Tell whether a file of requirements names lineal."""
    return bool(_LISTED.search(requirements))


def _tests(root: Path) -> tuple[str, ...]:
    if _TARGET.search(_text(root / "Makefile") or ""):
        return ("make test",)
    if any((root / name).is_dir() for name in ("tests", "test")):
        return ("python -m pip install pytest", "python -m pytest")
    return ()


def _remote(root: Path) -> tuple[str, ...]:
    """Return the secrets that S3 needs, if that is where the data is."""
    return _KEYS if _S3.search(_text(root / ".dvc/config") or "") else ()


def has_remote(root: Path) -> bool:
    """Tell whether DVC's settings in a repository name a remote."""
    return bool(_URL.findall(_text(root / ".dvc/config") or ""))


def _is_elsewhere(root: Path, url: str) -> bool:
    """Tell whether a remote is a folder outside of the repository."""
    folder = (root / ".dvc" / url).resolve()
    return "://" not in url and not folder.is_relative_to(root)


def _text(path: Path) -> str | None:
    """Return what a file says, None where there is none."""
    try:
        return path.read_bytes().decode("utf-8", "replace")
    except OSError:
        return None


def _put(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DiskError(path.parent, error) from error
    with delivered(path, force=True) as made:
        made.write_text(text, encoding="utf-8", newline="\n")
