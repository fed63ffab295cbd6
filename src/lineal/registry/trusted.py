"""Files as the trusted branch has them, never as the working tree does.

Whoever promotes can edit their working tree; what binds them must come from the branch
that the remote calls its own.
"""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from lineal.doors import branches, objects, remote
from lineal.doors.git import Git
from lineal.doors.objects import Found
from lineal.doors.remote import SeveralRemotesError
from lineal.errors import BadInputError
from lineal.registry.store import Store

GTO = ".gto"
_KEPT = ("refs/heads/", "refs/remotes/")  # a tag of that name binds nobody
_BRANCHES = ("HEAD", "main", "master")


class UnusableSettingsError(BadInputError):
    """What the team committed cannot be used, or it is not known where it lies."""


class MalformedSettingsError(UnusableSettingsError):
    """A committed file of settings cannot be used."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"the committed {name} cannot be used: {reason}")


class NoTrustedBranchError(UnusableSettingsError):
    """The configured branch is not there."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"`git config lineal.trusted` names {name!r}, which is no branch here: "
            "fetch it, or name another, such as origin/main"
        )


class UnclearBranchError(NoTrustedBranchError):
    """The remote has branches, and it is not known which one is its own."""

    def __init__(self, remote: str) -> None:
        BadInputError.__init__(
            self,
            f"it is not known which branch {remote} calls its own, so not whose rules "
            f"count: `git remote set-head {remote} --auto` asks it, or name the branch "
            f"with `git config lineal.trusted {remote}/BRANCH`",
        )


@dataclass(frozen=True, slots=True)
class Trusted:
    """The trusted branch, as it was when it was looked up.

    Attributes:
        git: The repository.
        commit: The id of its newest commit; None where there is none.
        name: What it is called here.
    """

    git: Git
    commit: str | None
    name: str

    def files(self, paths: Iterable[str]) -> dict[str, Found]:
        """Return those of some files that the branch has.

        Raises:
            MalformedSettingsError: One of them is a folder.
        """
        asked = tuple(paths)
        if self.commit is None:
            return {}
        found = objects.read(self.git, [f"{self.commit}:{path}" for path in asked])
        there = {p: each for p, each in zip(asked, found, strict=True) if each}
        for path, each in there.items():
            if each.kind != "blob":
                reason = "it is no file"
                raise MalformedSettingsError(path, reason)
        return there


def branch(store: Store) -> Trusted:
    """Look up the trusted branch.

    It is the one that `git config lineal.trusted` names; else the remote's own, as this
    clone last saw it; else HEAD, where there is no remote, or several and none that is
    known to hold the registry.

    Raises:
        NoTrustedBranchError: The one that is configured is not there.
        UnclearBranchError: The remote has branches, and none that can be taken for its
            own.
    """
    git = store.place.git
    chosen = git.attempt("config", "--get", "lineal.trusted")
    if chosen.returncode == 0:
        said = os.fsdecode(chosen.stdout).strip()
        full = branches.full(git, said)
        found = _first(git, [full]) if full.startswith(_KEPT) else None
        if found is None:
            raise NoTrustedBranchError(said)
        return Trusted(git, *found)
    name = _remote(store)
    refs = [f"refs/remotes/{name}/{branch}" for branch in _BRANCHES] if name else []
    if refs and branches.aimed(git, refs[0]) == refs[0]:
        # Anybody can push a branch called HEAD; what git itself puts there is symbolic.
        refs = refs[1:]
    if found := _first(git, refs):
        return Trusted(git, *found)
    if name and git.run("for-each-ref", "--count=1", f"refs/remotes/{name}/"):
        raise UnclearBranchError(name)
    head = objects.read(git, ["HEAD^{commit}"])[0]
    return Trusted(git, head.id if head else None, "HEAD")


def read(store: Store, path: str) -> bytes | None:
    """Return a file of the trusted branch, None where it has none."""
    found = branch(store).files([path]).get(path)
    return found.content if found else None


def _first(git: Git, refs: list[str]) -> tuple[str, str] | None:
    """Return the commit and the name of the first ref that is there.

    By its name alone, git would also find a tag that is called `refs/remotes/...`.
    """
    if not refs:
        return None
    words = ("for-each-ref", "--format=%(refname) %(objecttype) %(objectname)", *refs)
    lines = os.fsdecode(git.run(*words)).splitlines()
    found = {line.split(" ")[0]: line.split(" ")[1:] for line in lines}
    there = ((found[ref], ref) for ref in refs if ref in found)
    return next(((oid, ref) for (kind, oid), ref in there if kind == "commit"), None)


def _remote(store: Store) -> str | None:
    try:
        found = remote.of(store.place.git)
    except SeveralRemotesError:
        return None
    return found.name if found else None


def stages(store: Store) -> tuple[str, ...] | None:
    """Return the stages that `.gto` of the trusted branch allows, None: any.

    Raises:
        MalformedSettingsError: It is no YAML, or lists something else.
    """
    content = read(store, GTO)
    return None if content is None else listed(content)


def listed(content: bytes) -> tuple[str, ...] | None:
    """Return the stages that the text of a `.gto` allows, None: any.

    Raises:
        MalformedSettingsError: It is no YAML, or lists something else.
    """
    found = _mapping(content, GTO).get("stages")
    if found is None:
        return None
    if not isinstance(found, list) or not all(isinstance(s, str) for s in found):
        reason = "`stages` must be a list of names"
        raise MalformedSettingsError(GTO, reason)
    return tuple(found)


def _mapping(content: bytes, name: str) -> dict[str, Any]:
    import yaml  # noqa: PLC0415 - most registries have no such file

    try:
        found = yaml.safe_load(content)
    except yaml.YAMLError as error:
        raise MalformedSettingsError(name, "it is not YAML") from error
    if found is None:
        return {}
    if not isinstance(found, dict):
        reason = "it is not a mapping"
        raise MalformedSettingsError(name, reason)
    return found
