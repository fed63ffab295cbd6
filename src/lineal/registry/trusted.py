"""Files as the trusted branch has them, never as the working tree does.

Whoever promotes can edit their working tree; what binds them must come from the branch
that the remote calls its own.
"""

from typing import Any

from lineal.doors import objects, remote
from lineal.doors.remote import SeveralRemotesError
from lineal.errors import BadInputError
from lineal.registry.store import Store

_GTO = ".gto"
_BRANCHES = ("HEAD", "main", "master")


class MalformedSettingsError(BadInputError):
    """A committed file of settings cannot be used."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"the committed {name} cannot be used: {reason}")


def read(store: Store, path: str) -> bytes | None:
    """Return a file of the trusted branch, None where it has none.

    The trusted branch is the remote's own, as this clone last saw it; it is HEAD where
    there is no remote, or several and none that is known to hold the registry.
    """
    git, name = store.place.git, _remote(store)
    refs = [f"refs/remotes/{name}/{branch}" for branch in _BRANCHES] if name else []
    found = objects.read(git, [*refs, *(f"{ref}:{path}" for ref in refs)])
    for commit, file in zip(found[: len(refs)], found[len(refs) :], strict=True):
        if commit is not None:
            return file.content if file else None
    return objects.read_one(git, f"HEAD:{path}")


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
    content = read(store, _GTO)
    if content is None:
        return None
    listed = _mapping(content, _GTO).get("stages")
    if listed is None:
        return None
    if not isinstance(listed, list) or not all(isinstance(s, str) for s in listed):
        reason = "`stages` must be a list of names"
        raise MalformedSettingsError(_GTO, reason)
    return tuple(listed)


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
