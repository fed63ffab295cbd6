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


class MalformedSettingsError(BadInputError):
    """A committed file of settings cannot be used."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"the committed {name} cannot be used: {reason}")


class NoTrustedBranchError(BadInputError):
    """The configured branch is not there."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"`git config lineal.trusted` names {name!r}, which is no branch here: "
            "fetch it, or name another, such as origin/main"
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
        """Return those of some files that the branch has."""
        asked = tuple(paths)
        if self.commit is None:
            return {}
        found = objects.read(self.git, [f"{self.commit}:{path}" for path in asked])
        pairs = zip(asked, found, strict=True)
        return {path: each for path, each in pairs if each and each.kind == "blob"}


def branch(store: Store) -> Trusted:
    """Look up the trusted branch.

    It is the one that `git config lineal.trusted` names; else the remote's own, as this
    clone last saw it; else HEAD, where there is no remote, or several and none that is
    known to hold the registry.

    Raises:
        NoTrustedBranchError: The one that is configured is not there.
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
    return Trusted(git, *(_first(git, [*refs, "HEAD"]) or (None, "HEAD")))


def read(store: Store, path: str) -> bytes | None:
    """Return a file of the trusted branch, None where it has none."""
    found = branch(store).files([path]).get(path)
    return found.content if found else None


def _first(git: Git, refs: list[str]) -> tuple[str, str] | None:
    """Return the commit and the name of the first ref that is there."""
    found = objects.read(git, [f"{ref}^{{commit}}" for ref in refs])
    there = ((each.id, ref) for each, ref in zip(found, refs, strict=True) if each)
    return next(there, None)


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
