"""Annotated tags as objects: made as `git tag` makes them, but with no ref yet.

A ref that is there before the remote has accepted it is a phantom for whoever reads
this clone. So `git tag` runs in an empty repository beside ours, which lends it the
place for objects and the user's identity and signing key.
"""

import os
import shutil
import tempfile
import time as clock
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from lineal.doors.git import Git, GitFailedError
from lineal.doors.location import Location, claim
from lineal.errors import OutsideError

# The identity, the signing, and who may read what is written.
_LENT = ("user.", "committer.", "gpg.", "tag.", "core.sharedrepository")
# Hooks of the user would be run for the ref of the empty repository.
_NO_HOOKS = ("-c", f"core.hooksPath={os.devnull}")
_STALE = 3600  # seconds after which a killed command's folder is nobody's
_YES = ("true", "yes", "on", "1")
Settings = tuple[tuple[str, str | None], ...]


class UnwritableError(OutsideError):
    """The repository's folder cannot be written."""

    def __init__(self, folder: Path, error: OSError) -> None:
        super().__init__(
            f"cannot write in {folder} ({error.strerror}), so nothing was recorded"
        )


class NobodyError(OutsideError):
    """Git does not know who is asking."""

    def __init__(self) -> None:
        super().__init__(
            "git does not know who you are: run `git config user.name NAME` and "
            "`git config user.email ADDRESS`"
        )


class UnsignedError(OutsideError):
    """The user wants signed tags, and git could not sign."""

    def __init__(self, said: str) -> None:
        kept = (line.strip() for line in said.splitlines())
        reason = "; ".join(line for line in kept if line) or "it gave no reason"
        super().__init__(
            f"git could not sign the tag, so nothing was recorded ({reason}): look "
            "after user.signingkey and gpg.format"
        )


@dataclass(frozen=True, slots=True)
class Draft:
    """A tag to be.

    Attributes:
        tag: Its name, without `refs/tags/`.
        commit: What it names.
        text: The whole message.
        time: The tagger's time, in seconds since 1970.
    """

    tag: str
    commit: str
    text: str
    time: int


def create(place: Location, draft: Draft) -> str:
    """Store a tag object, signed if the user's configuration says so.

    Returns:
        Its object id; no ref points to it.

    Raises:
        UnwritableError: The repository is read-only or the disk is full.
        NobodyError: There is no user.name or user.email.
        GitFailedError: git refused, or could not sign.
    """
    zone = _zone(draft.time)
    lent = _lent(place.git)
    with _scratch(place) as folder:
        # Not in the empty repository's folder: the path of a key may be relative.
        git = Git(_top(place.git), place.git.env).with_env(
            [
                ("GIT_DIR", str(folder)),
                ("GIT_OBJECT_DIRECTORY", str(place.common / "objects")),
                ("GIT_COMMITTER_DATE", f"@{draft.time} {zone}"),
            ]
        )
        text = draft.text.encode()
        words = ("tag", "--annotate", "--cleanup=verbatim", "--file=-", "--")
        done = git.attempt(
            *_options(lent), *_NO_HOOKS, *words, draft.tag, draft.commit, stdin=text
        )
        said = os.fsdecode(done.stderr)
        if done.returncode:
            raise _why(said)
        oid, content = _made(git, draft.tag)
    # git 2.39 ends well, with an unsigned tag, where it cannot load an SSH key.
    if _is_on(lent, "tag.gpgsign") and content.endswith(text):
        raise UnsignedError(said)
    return oid


def _zone(time: int) -> str:
    """Return the local offset; an absurd time, after an absurd tag, has none."""
    try:
        return clock.strftime("%z", clock.localtime(time))
    except (OSError, OverflowError):
        return "+0000"


def point(git: Git, tag: str, oid: str, *, keep: tuple[int, ...] = ()) -> bool:
    """Create a ref if there is none of that name.

    Args:
        git: The repository.
        tag: The ref's name, without `refs/tags/`.
        oid: What it is to point to.
        keep: File descriptors that git holds open as long as it runs.

    Returns:
        Whether it now points to the object, by our doing or already before.

    Raises:
        GitFailedError: git failed for another reason.
    """
    ref = f"refs/tags/{tag}"
    words = ("update-ref", "--no-deref", ref, oid, "0" * len(oid))
    done = git.attempt(*words, keep=keep)
    if done.returncode == 0:
        return True
    there = git.attempt("rev-parse", "--verify", "--quiet", ref)
    if there.returncode == 0:
        return there.stdout.decode().strip() == oid
    raise GitFailedError(os.fsdecode(done.stderr), "update-ref")


@contextmanager
def _scratch(place: Location) -> Iterator[Path]:
    """Make an empty repository of the same object format, and delete it afterwards."""
    try:
        claim(place.own)
        _sweep(place.own)
        folder = Path(tempfile.mkdtemp(prefix="write-", dir=place.own))
        try:
            sha256 = place.object_format == "sha256"
            _lay_out(folder, "[extensions]\nobjectformat = sha256\n" * sha256)
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    except OSError as error:
        raise UnwritableError(place.own, error) from error


def _lay_out(folder: Path, extensions: str) -> None:
    (folder / "refs/tags").mkdir(parents=True)
    (folder / "HEAD").write_text("ref: refs/heads/main\n", "ascii")
    version = int(bool(extensions))
    core = f"[core]\nrepositoryformatversion = {version}\nbare = true\n"
    (folder / "config").write_text(core + extensions, "ascii")


def _sweep(own: Path) -> None:
    """Delete what killed commands left."""
    for folder in own.glob("write-*"):
        with suppress(OSError):  # its owner was quicker
            if clock.time() - folder.stat().st_mtime > _STALE:
                shutil.rmtree(folder, ignore_errors=True)


def _top(git: Git) -> Path:
    """Return the top of the working tree, or the folder of a bare repository."""
    done = git.attempt("rev-parse", "--show-cdup")
    return git.root / os.fsdecode(done.stdout).removesuffix("\n")


def _lent(git: Git) -> Settings:
    """Return the user's settings for tags; one without a value means yes."""
    listed = os.fsdecode(git.run("config", "--list", "--includes", "-z"))
    pairs = (pair.partition("\n") for pair in listed.split("\0"))
    return tuple(
        (key, value if is_set else None)
        for key, is_set, value in pairs
        if key.startswith(_LENT)
    )


def _options(settings: Settings) -> Iterator[str]:
    for key, value in settings:
        yield "-c"
        yield key if value is None else f"{key}={value}"


def _is_on(settings: Settings, key: str) -> bool:
    """Tell whether a setting, by its last value, means yes."""
    values = [value for name, value in settings if name == key]
    return bool(values) and (values[-1] is None or values[-1].lower() in _YES)


def _made(git: Git, tag: str) -> tuple[str, bytes]:
    """Return a tag object's id and content."""
    asked = f"refs/tags/{tag}\n".encode()
    head, _, rest = git.run("cat-file", "--batch", stdin=asked).partition(b"\n")
    oid, _, size = head.decode().split(" ")
    return oid, rest[: int(size)]


def _why(said: str) -> OutsideError:
    if "Please tell me who you are" in said or "empty ident name" in said:
        return NobodyError()
    if "unable to sign" in said or "signingkey" in said:
        return UnsignedError(said)
    return GitFailedError(said, "tag")
