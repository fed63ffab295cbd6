"""What others registered and pushed, learnt before anything that they need is removed."""

from lineal.bootstrap.registry import time_limit
from lineal.doors import anchors, remote
from lineal.doors.anchors import Advertised, Anchor
from lineal.doors.git import Git, GitHungError
from lineal.doors.objects import present
from lineal.doors.remote import Remote, RemoteFailedError
from lineal.errors import OutsideError, RefusedError
from lineal.registry.store import Store


class UnknownOthersError(OutsideError):
    """The Git remote does not say what others registered."""

    def __init__(self, error: Exception) -> None:
        super().__init__(
            f"{error}: nothing is removed without knowing what others registered; look "
            "after the network, or clean this clone alone with --cache-only --offline"
        )


class OtherTagError(RefusedError):
    """A tag here is another one than on the remote."""

    def __init__(self, tag: str, name: str) -> None:
        super().__init__(
            f"tag {tag} here is another one than on {name}, so nobody knows what "
            "counts, and nothing is removed: `lineal verify` tells which is right"
        )


def learn(store: Store, *, dry_run: bool) -> tuple[Advertised | None, tuple[str, ...]]:
    """Learn what others registered and pushed.

    Args:
        store: The registry.
        dry_run: Whether to leave the clone as it is; then nothing here is refused.

    Returns:
        What the remote has, None without one; and what people should know.

    Raises:
        UnknownOthersError: The remote cannot be asked.
        OtherTagError: It has another tag of a name.
    """
    git = store.place.git
    target = remote.of(git, time_limit())
    if target is None:
        return None, ()
    try:
        there = anchors.ask(target)
        lacks = _lacking(git, store, there)
        if not dry_run:
            _bring(target, store, there)
            return there, ()
    except (RemoteFailedError, GitHungError) as error:
        if dry_run:
            return None, (f"{error}: what others registered may need more",)
        raise UnknownOthersError(error) from error
    said = f"{target.name} has {lacks} tags and branches that are not here, which may "
    return there, (f"{said}need more: `git fetch --tags`",) if lacks else ()


def _lacking(git: Git, store: Store, there: Advertised) -> int:
    """Count the remote's tags and branches that are not here."""
    here = store.tags()
    known = present(git, there.heads.values())
    return len(there.tags.keys() - here.keys()) + known.count(False)


def _bring(target: Remote, store: Store, there: Advertised) -> None:
    """Get the remote's tags and the commits of its branches."""
    here, git = store.tags(), store.place.git
    for tag, oid in there.tags.items():
        if here.get(tag, oid) != oid:
            raise OtherTagError(tag, there.name)
    if lacks := there.tags.keys() - here.keys():
        target.fetch(sorted(lacks))
    oids = list(there.heads.values())
    if new := [
        o for o, known in zip(oids, present(git, oids), strict=True) if not known
    ]:
        anchors.fetch(target, new)


def heads(git: Git, there: Advertised | None) -> tuple[Anchor, ...]:
    """Return a remote's own branches, as far as they are here."""
    named = there.heads if there else {}
    known = present(git, named.values())
    return tuple(
        Anchor(oid, f"branch {name} on {there.name if there else ''}")
        for (name, oid), is_here in zip(named.items(), known, strict=True)
        if is_here
    )
