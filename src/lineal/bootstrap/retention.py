"""Remove the bytes that nothing kept needs: first a plan, then exactly that."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lineal.bootstrap import lostfolders, others
from lineal.bootstrap.lostfolders import LostFolderError
from lineal.doors import anchors
from lineal.doors.anchors import Advertised, Anchor
from lineal.doors.clock import Clock
from lineal.doors.dvc import named
from lineal.doors.dvc.gc import Seen, Stores
from lineal.doors.dvc.named import Named
from lineal.doors.git import Git
from lineal.doors.location import locate
from lineal.errors import BadInputError, ConflictError
from lineal.lineage import retention
from lineal.lineage.retention import Fate, Terms
from lineal.registry import grammar
from lineal.registry.order import order
from lineal.registry.store import Store

_CACHE = "cache"
_STATEMENTS = ("review/", "reproduction/")


class NoDvcError(BadInputError):
    """There is no DVC repository."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"{folder} is in no DVC repository, so there are no bytes to remove: go to "
            "one, or name it with --repo"
        )


class OfflineError(BadInputError):
    """What others share is to be removed without asking them."""

    def __init__(self) -> None:
        super().__init__(
            "--offline cannot know what others registered, so it goes with --cache-only"
        )


class ChangedError(ConflictError):
    """Something happened while somebody thought it over."""

    def __init__(self) -> None:
        super().__init__(
            "what may go has changed since it was shown, so nothing was removed: run "
            "`lineal gc` again"
        )


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for.

    Attributes:
        last: How many of the newest versions of each model stay.
        days: The audit window.
        remote: The DVC remote; empty for the default one, None for none.
        archive: The DVC remote to copy to first; None: none.
        offline: Whether no remote is asked.
        ignore_lost: Whether folders that nobody has a list of do not matter.
        dry_run: Whether to look only; then the clone is not changed either.
    """

    last: int
    days: int
    remote: str | None = ""
    archive: str | None = None
    offline: bool = False
    ignore_lost: bool = False
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class Planned:
    """What stays, what goes, and why.

    Attributes:
        kept: The versions that stay.
        released: The versions that nothing asks for, and whether they lose bytes.
        anchors: What else is kept.
        seen: The objects that go.
        stores: Where they are.
        notes: What people should know.
    """

    kept: tuple[Fate, ...]
    released: tuple[tuple[Fate, bool], ...]
    anchors: tuple[Anchor, ...]
    seen: Seen
    stores: Stores
    notes: tuple[str, ...]


def plan(folder: Path, wish: Wish) -> Planned:
    """Work out what stays and what may go.

    Raises:
        NoDvcError: There is no DVC repository.
        ShallowCloneError: History was cut off.
        OfflineError: The remote cannot be cleaned so.
        UnknownOthersError: The Git remote cannot be asked.
        OtherTagError: It has another tag of a name.
        LostFolderError: It is not known what a folder that is kept consists of.
        OutsideError: Git or DVC failed.
    """
    store, stores = _opened(folder, wish)
    git = Git.at(folder)
    there, notes = (
        (None, ()) if wish.offline else others.learn(store, dry_run=wish.dry_run)
    )
    every = _fates(store, wish, there)
    held = (*anchors.anchors(git, _registry(store)), *others.heads(git, there))
    who: list[Fate | Anchor] = [*(f for f in every if f.reasons), *held]
    commits, history = {each.commit for each in who}, set(named.history(git))
    found = Named(git, history | commits | {fate.commit for fate in every})
    trees = [tree for tree, _ in anchors.worktrees(git) if tree.is_dir()]
    kept = found.by(commits).union(*map(named.unsaved, trees))
    seen = stores.look(kept, found.by(history), wish.archive)
    lost = lostfolders.judge(git, seen.lost, found, who, trees)
    notes = (*notes, *_lost(wish, lost), *_shared(git.root, seen))
    gone = {oid for part in seen.parts for oid in part.objects}
    released = [f for f in every if f.commit not in commits]
    return Planned(
        kept=tuple(f for f in every if f.commit in commits),
        released=tuple((f, bool(found.by([f.commit]) & gone)) for f in released),
        anchors=held,
        seen=seen,
        stores=stores,
        notes=notes,
    )


def carry_out(planned: Planned, wish: Wish) -> None:
    """Remove what was planned, after copying it to the archive if there is one.

    Raises:
        OutsideError: DVC failed.
        RefusedError: Another command of DVC is at work.
    """
    planned.stores.remove(planned.seen, wish.archive)


def unchanged(planned: Planned, again: Planned) -> Planned:
    """Return the newer of two plans.

    Raises:
        ChangedError: It would remove something else.
    """
    if planned.seen != again.seen:
        raise ChangedError
    return again


def _opened(folder: Path, wish: Wish) -> tuple[Store, Stores]:
    """Open the registry and DVC's stores."""
    if wish.offline and wish.remote is not None:
        raise OfflineError
    store = Store(locate(folder))
    store.check()
    return store, Stores(_root(folder), wish.remote, online=not wish.offline)


def _root(folder: Path) -> Path:
    """Find the DVC repository that a folder is in."""
    top = Git.at(folder).root.resolve()
    start = folder.resolve()
    for each in (start, *start.parents):
        if (each / ".dvc").is_dir():
            return each
        if each == top:
            break
    raise NoDvcError(folder)


def _fates(store: Store, wish: Wish, there: Advertised | None) -> tuple[Fate, ...]:
    """Judge every version, by all tags, and by those alone that the remote has."""
    terms = Terms(Clock.of_environment().now(), wish.last, wish.days)
    found: list[Fate] = []
    for model, events in sorted(store.read().events.items()):
        ours = retention.fates(model, order(events), terms)
        if there is not None:
            shared = [e for e in events if e.stamp.tag in there.tags]
            ours = retention.either(ours, retention.fates(model, order(shared), terms))
        found += ours
    return tuple(found)


def _registry(store: Store) -> frozenset[str]:
    """Return the tags that are judged as events, or are statements about versions."""
    tags = store.tags()
    ignored = {each.tag for each in store.read().ignored}
    return frozenset(
        tag
        for tag in tags
        if tag.startswith(_STATEMENTS) or (grammar.read(tag) and tag not in ignored)
    )


def _lost(wish: Wish, error: LostFolderError | None) -> tuple[str, ...]:
    """Say, or refuse, that it is not known what folders that are kept consist of."""
    if error and not wish.ignore_lost and not wish.dry_run:
        raise error
    return (str(error),) if error else ()


def _shared(top: Path, seen: Seen) -> Iterator[str]:
    """Say so where other repositories may use the cache, which only people know."""
    inside = Path(seen.cache).resolve().is_relative_to(top.resolve())
    if not inside and any(p.objects for p in seen.parts if p.place == _CACHE):
        yield (
            f"the cache, {seen.cache}, is outside of the repository: others that use it "
            "and track the same bytes lose them there"
        )
