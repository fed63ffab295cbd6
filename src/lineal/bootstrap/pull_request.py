"""Gather what a pull request does to every model of a repository; no model is run."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lineal.actions import governing
from lineal.actions.governing import FILE, Governing
from lineal.bootstrap import freshness, reading
from lineal.bootstrap.fingerprints import Fingerprints
from lineal.bootstrap.proposals import Proposal
from lineal.doors import branches, remote, tree
from lineal.doors.git import Git
from lineal.doors.remote import SeveralRemotesError
from lineal.errors import BadInputError, RefusedError
from lineal.registry import trusted
from lineal.registry.reader import Reader
from lineal.reporting.pull_request import Model, PullRequest, Rules

_SIGNERS = ".lineal/allowed_signers"
_ORDER = ("worse", "unclear", "no difference", "better", "new", "removed", "unchanged")
_MERGED = 2  # parents


class UnknownBaseError(BadInputError):
    """The base is no commit here."""

    def __init__(self, ref: str) -> None:
        super().__init__(
            f"--base: {ref!r} names no commit here: fetch it first, such as with "
            "`git fetch origin` (in GitHub Actions: actions/checkout with "
            "fetch-depth: 0)"
        )


class NoMergeBaseError(RefusedError):
    """Two commits have no history in common."""

    def __init__(self, base: str, head: str) -> None:
        super().__init__(
            f"{base} and {head} have no commit in common, so there is nothing to "
            "compare with: name the branch that this one began from"
        )


class NoWorkingTreeError(BadInputError):
    """A report is about a commit."""

    def __init__(self) -> None:
        super().__init__(
            "--head: a report is about a commit: commit first, or use `lineal compare "
            "MODEL#STAGE .` for the working tree"
        )


@dataclass(frozen=True, slots=True)
class _Ends:
    """The commits that a pull request lies between.

    Attributes:
        ref: What it is to be merged into, as it was asked for.
        base: The commit where both part.
        head: The commit in question.
        proposed: What was merged with the base to make that; None: nothing.
        now: When the head was committed, in seconds since 1970.
    """

    ref: str
    base: str
    head: str
    proposed: str | None
    now: int


def gather(folder: Path, base: str, head: str = "HEAD") -> PullRequest:
    """Gather all facts of a report.

    Dates are counted from the head's own, so that a report says the same on any day.

    Args:
        folder: In the repository.
        base: What the change is to be merged into.
        head: What changes it.

    Raises:
        ShallowCloneError: History was cut off.
        UnknownBaseError: The base is not here.
        NoMergeBaseError: The two have nothing in common.
        UnknownCommitError: The head is not here.
        NoCommitYetError: There is no commit at all.
    """
    reader = reading.open_reader(folder)
    reader.store.check()
    git = reader.store.place.git
    ends = _between(reader, base, head)
    prints = Fingerprints.take(git, (ends.base, ends.head))
    force, rules = _rules(reader, ends)
    proposal = Proposal(reader, prints, force, ends.base, ends.head, ends.now)
    models = sorted(map(proposal.model, prints.models), key=_importance)
    return PullRequest(
        ref=ends.ref,
        base=ends.base,
        head=ends.head,
        models=tuple(models),
        rules=rules,
        freshness=freshness.check(tree.files(git, ends.head)),
        proposed=ends.proposed,
        notes=prints.faults,
    )


def is_uncommitted(folder: Path) -> bool:
    """Tell whether a working tree holds changes that no report can be about."""
    top = tree.top(Git(folder))
    return top is not None and tree.is_changed(top, ".")


def _importance(model: Model) -> tuple[bool, int, str]:
    return (not model.refused, _ORDER.index(model.verdict), model.name)


def _between(reader: Reader, base: str, head: str) -> _Ends:
    git = reader.store.place.git
    if head == ".":
        raise NoWorkingTreeError
    commit = tree.resolve(git, head)
    target = _target(git, base)
    done = git.attempt("merge-base", target, commit)
    if done.returncode:
        raise NoMergeBaseError(base, head)
    words = ("show", "--no-patch", "--no-show-signature", "--format=%ct %P", commit)
    time, *parents = os.fsdecode(git.run(*words)).split()
    start = os.fsdecode(done.stdout).split()[0]
    merged = len(parents) == _MERGED and parents[0] == start
    return _Ends(base, start, commit, parents[1] if merged else None, int(time))


def _target(git: Git, ref: str) -> str:
    """Find the base; a checkout in CI has the branches of the remote alone."""
    for name in (ref, *_remotely(git, ref)):
        try:
            return tree.resolve(git, name)
        except (BadInputError, RefusedError):
            continue
    raise UnknownBaseError(ref)


def _remotely(git: Git, ref: str) -> Iterator[str]:
    try:
        found = remote.of(git)
    except SeveralRemotesError:
        return
    if found is not None:
        yield f"refs/remotes/{found.name}/{ref}"


def _rules(reader: Reader, ends: _Ends) -> tuple[Governing | None, Rules]:
    """Read the rules in force, and what becomes of them."""
    git = reader.store.place.git
    try:
        force = governing.load(reader.store)
    except BadInputError as error:
        changed = _changed(git, ends, (FILE, _SIGNERS, trusted.GTO))
        return None, Rules(changed=changed, unusable=str(error))
    paths = (FILE, force.policy.signers or _SIGNERS, trusted.GTO)
    changed = _changed(git, ends, paths)
    found = Rules(
        branch=branches.called(git, force.branch),
        id=force.id,
        changed=changed,
        proposed=_fault(git, ends.head) if FILE in changed else "",
        is_head=force.branch == "HEAD",
    )
    return force, found


def _changed(git: Git, ends: _Ends, paths: tuple[str, ...]) -> tuple[str, ...]:
    before, after = (tree.identities(git, c, paths) for c in (ends.base, ends.head))
    return tuple(p for p in dict.fromkeys(paths) if before.get(p) != after.get(p))


def _fault(git: Git, commit: str) -> str:
    """Say why the policy of a commit cannot be used, nothing if it can."""
    from lineal.policy import reading as policies  # noqa: PLC0415 - brings YAML

    content = tree.files(git, commit).texts([FILE]).get(FILE)
    try:
        policies.read(content or b"", FILE)
    except BadInputError as error:
        return str(error)
    return ""
