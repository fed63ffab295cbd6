"""Another copy of the repository: asked, fetched from and pushed to, within a time."""

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from subprocess import CompletedProcess

from lineal.doors import branches
from lineal.doors.git import Git
from lineal.errors import BadInputError, OutsideError

_TAGS = "refs/tags/"
JUDGED = "LINEAL_JUDGED"  # tells our own hook the id of what we push ourselves
_SECONDS = 60.0
# What git says around the reason, or of what follows from it.
_NOISE = (
    "To ",
    "Done",
    "hint:",
    "failed to push some refs",
    "hook declined to update",
    "Could not read from remote repository",
    "Please make sure you have the correct access",
    "and the repository exists",
)
_POINTS = re.compile(r"ref: refs/heads/(\S+)\tHEAD\n")  # as ls-remote --symref has it
_LINES = 8  # of a reason; a hook may print a page


class SeveralRemotesError(BadInputError):
    """It is not clear which remote is meant."""

    def __init__(self, names: Iterable[str]) -> None:
        super().__init__(
            f"none of the remotes {', '.join(names)} is called origin: say which one "
            "holds the registry with `git config lineal.remote NAME`"
        )


class RemoteFailedError(OutsideError):
    """The remote cannot be reached, or said no."""

    def __init__(self, remote: str, did: str, said: str) -> None:
        super().__init__(f"{did} {remote} failed: {_reason(said)}")


@dataclass(frozen=True, slots=True)
class Remote:
    """A remote of a repository.

    Attributes:
        git: The repository.
        name: The remote's name, or a URL.
        seconds: How long each command may take.
    """

    git: Git
    name: str
    seconds: float = _SECONDS

    def tags(self, prefixes: Iterable[str] = ("",)) -> dict[str, str]:
        """Return the object id of each tag whose name starts in one of some ways.

        Raises:
            RemoteFailedError: It cannot be reached.
            GitHungError: It does not answer.
        """
        done = self._attempt("ls-remote", "--tags", "--refs", "--", self.name)
        if done.returncode:
            raise RemoteFailedError(self.name, "asking", os.fsdecode(done.stderr))
        # Not splitlines: a name may hold what Unicode takes for the end of a line.
        lines = os.fsdecode(done.stdout).removesuffix("\n").split("\n")
        wanted = tuple(prefixes)
        found = (line.partition("\t") for line in lines if line)
        named = ((ref.removeprefix(_TAGS), oid) for oid, _, ref in found)
        return {tag: oid for tag, oid in named if tag.startswith(wanted)}

    def fetch(self, tags: Iterable[str]) -> None:
        """Get tags that this clone lacks, and the commits they name.

        Raises:
            RemoteFailedError: It cannot be reached, or a tag here is another one.
            GitHungError: It does not answer.
        """
        specs = "".join(f"{_TAGS}{tag}:{_TAGS}{tag}\n" for tag in tags)
        words = ("fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--stdin")
        # With fetch.pruneTags, git would take away every tag that is only here.
        options = ("--no-prune", "--no-prune-tags", "--no-recurse-submodules")
        done = self._attempt(
            *words,
            *options,
            "--no-auto-maintenance",
            "--",
            self.name,
            stdin=os.fsencode(specs),
        )
        if done.returncode:
            said = os.fsdecode(done.stderr)
            raise RemoteFailedError(self.name, "fetching from", said)

    def adopt(self) -> None:
        """Find out which branch the remote calls its own, if this clone does not know.

        It is kept as `git remote set-head --auto` keeps it. A clone that keeps no
        branches of the remote is left alone.

        Raises:
            RemoteFailedError: It cannot be reached.
            GitHungError: It does not answer.
        """
        kept = f"refs/remotes/{self.name}/"
        specs = self.git.attempt("config", "--get-all", f"remote.{self.name}.fetch")
        known = branches.aimed(self.git, f"{kept}HEAD") != f"{kept}HEAD"
        if known or f":{kept}".encode() not in specs.stdout:
            return
        done = self._attempt("ls-remote", "--symref", "--", self.name, "HEAD")
        if done.returncode:
            raise RemoteFailedError(self.name, "asking", os.fsdecode(done.stderr))
        if said := _POINTS.match(os.fsdecode(done.stdout)):
            self._bring(f"{kept}{said[1]}")
            self.git.run("symbolic-ref", f"{kept}HEAD", f"{kept}{said[1]}")

    def follow(self, ref: str) -> None:
        """Get the newest commit of a branch of the remote that this clone keeps.

        Args:
            ref: Where it is kept; what is no branch of this remote is left alone.

        Raises:
            RemoteFailedError: It cannot be reached, or has no such branch any more.
            GitHungError: It does not answer.
        """
        kept = f"refs/remotes/{self.name}/"
        here = branches.full(self.git, ref)
        if here.startswith(kept):
            self._bring(here)

    def _bring(self, here: str) -> None:
        """Get the newest commit of the branch that a ref of this clone keeps."""
        kept = f"refs/remotes/{self.name}/"
        spec = f"+refs/heads/{here.removeprefix(kept)}:{here}"
        words = ("fetch", "--quiet", "--no-tags", "--no-write-fetch-head")
        options = ("--no-prune", "--no-prune-tags", "--no-recurse-submodules")
        more = ("--no-auto-maintenance", "--")
        done = self._attempt(*words, *options, *more, self.name, spec)
        if b"cannot lock ref" in done.stderr:
            # Another process of this clone was bringing it, and has it by now.
            done = self._attempt(*words, *options, *more, self.name, spec)
        if done.returncode and not self._agrees(here):
            said = os.fsdecode(done.stderr)
            raise RemoteFailedError(self.name, "fetching from", said)

    def _agrees(self, here: str) -> bool:
        """Tell whether a branch that this clone keeps is as the remote has it."""
        branch = here.removeprefix(f"refs/remotes/{self.name}/")
        there = ("ls-remote", "--refs", "--", self.name, f"refs/heads/{branch}")
        theirs = self._attempt(*there).stdout.partition(b"\t")[0]
        ours = self.git.attempt("rev-parse", "--verify", "--quiet", here).stdout
        return bool(theirs) and theirs == ours.strip()

    def push(self, oid: str, tag: str, *, keep: tuple[int, ...] = ()) -> str | None:
        """Give an object a tag's name there, unless the name is taken.

        One ref is all or nothing by itself, so `--atomic`, which not every server
        knows, is not asked for.

        Args:
            oid: The tag object.
            tag: Its name.
            keep: File descriptors that git holds open as long as it runs.

        Returns:
            None if it is there; else what git and the remote said.

        Raises:
            GitHungError: It does not answer.
        """
        ref = f"{_TAGS}{tag}"
        lease = f"--force-with-lease={ref}:"  # expect the name to be free
        words = ("push", "--porcelain", "--no-follow-tags", "--no-recurse-submodules")
        spec = f"{oid}:{ref}"
        ours = replace(self, git=self.git.with_env([(JUDGED, oid)]))
        done = ours._attempt(*words, lease, "--", self.name, spec, keep=keep)  # noqa: SLF001 - it is this one
        if done.returncode == 0:
            return None
        return os.fsdecode(done.stderr + b"\n" + done.stdout)

    def _attempt(
        self, *words: str, stdin: bytes | None = None, keep: tuple[int, ...] = ()
    ) -> CompletedProcess[bytes]:
        return self.git.attempt(*words, stdin=stdin, seconds=self.seconds, keep=keep)


def of(git: Git, seconds: float = _SECONDS) -> Remote | None:
    """Return the remote that holds the registry, None if there is no remote.

    Raises:
        SeveralRemotesError: It is not clear which one.
    """
    chosen = git.attempt("config", "--get", "lineal.remote")
    if chosen.returncode == 0:
        return Remote(git, os.fsdecode(chosen.stdout).strip(), seconds)
    names = os.fsdecode(git.run("remote")).split()
    if not names:
        return None
    if "origin" in names:
        return Remote(git, "origin", seconds)
    if len(names) > 1:
        raise SeveralRemotesError(names)
    return Remote(git, names[0], seconds)


def _reason(said: str) -> str:
    """Return on one line what the remote said, and git of it, without the rest."""
    kept = [line for line in map(_bare, said.splitlines()) if line]
    told = [line for line in kept if not line.startswith(_NOISE)]
    reasons = tuple(dict.fromkeys(told or kept))
    return "; ".join(reasons[:_LINES]) or "it gave no reason"


def _bare(line: str) -> str:
    """Take away who said it; of the table of refs, only the verdict is of interest."""
    if line.startswith("!\t"):
        line = line.rsplit("\t", 1)[-1]
    for who in ("remote:", "fatal:", "error:"):
        line = line.strip().removeprefix(who)
    return "".join(c for c in line if c.isprintable()).strip()
