"""Whether the DVC remotes hold what the registry needs, byte by byte."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from lineal.bootstrap.scopes import Piece, Scope, of_commits, pieces
from lineal.doors import tree
from lineal.doors.dvc.bytes import MalformedFolderError, matches
from lineal.doors.dvc.carrying import carry
from lineal.doors.dvc.errands import Carried, Errand, Parcel, Progress
from lineal.doors.dvc.objects import Objects
from lineal.doors.dvc.records import Tracked
from lineal.doors.dvc.remote import Remotes
from lineal.doors.dvc.settings import Place
from lineal.doors.endings import orderly
from lineal.errors import LinealError, RefusedError
from lineal.registry.chain.finding import Finding
from lineal.registry.reader import Reader
from lineal.registry.store import Store

LIMIT = 120.0  # seconds in which nothing moves
HERE = "HEAD"
Depth = Literal["full", "quick"]
Said = Callable[[str, int, int], None]


@dataclass(slots=True)
class _Shelf:
    """One remote of one DVC repository, and what must be there.

    Attributes:
        place: The repository's settings and cache.
        remote: The remote's name, None for the default one.
        outs: The outputs, by their hashes, each with what needs it.
    """

    place: Place
    remote: str | None
    outs: dict[str, tuple[Tracked, list[str]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Need:
    """An object, and what needs it."""

    piece: Piece
    by: list[str]


def examine(store: Store, depth: Depth, said: Said) -> Iterator[Finding]:
    """Look for objects that remotes have lost, or hold with other bytes.

    Those of all versions that stand and of the current commit are looked for; imports
    from other repositories are theirs.

    Args:
        store: The registry.
        depth: quick: ask for each object. full: download and hash it, too.
        said: Told what is being done, and how much of how much is done.
    """
    try:
        shelves = _shelves(store, said)
    except LinealError as error:
        yield Finding("storage", "problem", "", str(error))
        return
    with orderly():
        for shelf in shelves:
            try:
                yield from _judge(shelf, depth, said)
            except LinealError as error:
                yield Finding("storage", "problem", "", str(error))


def _shelves(store: Store, said: Said) -> tuple[_Shelf, ...]:
    """Gather what must be on which remote."""
    found: dict[tuple[Path, str | None], _Shelf] = {}
    commits = _commits(store)
    said("reading versions", 0, len(commits))
    for commit, scopes in of_commits(store.place, commits):
        for scope in scopes:
            for out in scope.outs:
                _put(found, scope, out, commits[commit])
    return tuple(found.values())


def _put(
    found: dict[tuple[Path, str | None], _Shelf],
    scope: Scope,
    out: Tracked,
    names: Iterable[str],
) -> None:
    key = (scope.folder, out.remote)
    shelf = found.setdefault(key, _Shelf(scope.place, out.remote))
    shelf.outs.setdefault(out.md5, (out, []))[1].extend(names)


def _commits(store: Store) -> dict[str, list[str]]:
    """Return the commits that are needed, each with the names of what needs it."""
    found: dict[str, list[str]] = {}
    with suppress(RefusedError):  # there is no commit yet
        found[tree.resolve(store.place.git, HERE)] = [HERE]
    for model in Reader(store).models():
        for each in model.versions:
            if each.active:
                tag = f"{model.model.replace(':', '=')}@{each.version}"
                found.setdefault(each.commit, []).insert(0, tag)
    return found


def _judge(shelf: _Shelf, depth: Depth, said: Said) -> Iterator[Finding]:
    def far(progress: Progress) -> None:
        said(f"checking {progress.remote}", progress.done, progress.every)

    with TemporaryDirectory(prefix="lineal-") as folder:
        lists = {md5: Path(folder) / md5 for md5 in shelf.outs if md5.endswith(".dir")}
        done = _lists(shelf, lists)
        needs = dict(_needs(shelf, lists))
        others = [each.piece for md5, each in needs.items() if md5 not in lists]
        parcels = [Parcel(each.md5, "", each.legacy) for each in others]
        verb = "look" if depth == "quick" else "bring"
        errand = Errand(verb, parcels, shelf.remote, to=Path(folder))
        rest = carry(shelf.place, errand, LIMIT, far)
    for md5 in sorted(done.lost | rest.lost):
        yield _finding("lost", needs[md5], rest)
    for md5 in sorted(done.bad | rest.bad):
        yield _finding("spoiled", needs[md5], rest)


def _lists(shelf: _Shelf, lists: dict[str, Path]) -> Carried:
    """Fetch the lists of folders; where a remote's is no good, the cache's serves."""
    if not lists:
        return Carried()
    legacy = {md5: shelf.outs[md5][0].legacy for md5 in lists}
    parcels = [Parcel(md5, str(path), legacy[md5]) for md5, path in lists.items()]
    folder = next(iter(lists.values())).parent
    done = carry(shelf.place, Errand("bring", parcels, shelf.remote, to=folder), LIMIT)
    wanted = done.lost | done.bad
    cached = Objects(Remotes(shelf.place)).cached(wanted)
    for md5 in wanted:
        path = cached.get(md5)
        if path and matches(path.read_bytes(), md5, legacy=legacy[md5]):
            lists[md5] = path
    return done


def _needs(shelf: _Shelf, lists: Mapping[str, Path]) -> Iterator[tuple[str, _Need]]:
    """List all objects; of what is in two places, one tells where."""
    for md5, (out, names) in shelf.outs.items():
        path = lists.get(md5)
        listing = path.read_bytes() if path and path.is_file() else None
        with suppress(MalformedFolderError):  # said by whoever wants its files
            for piece in pieces(out, listing):
                yield piece.md5, _Need(piece, names)


def _finding(rule: str, need: _Need, done: Carried) -> Finding:
    piece = need.piece
    more = f" and {len(need.by) - 1} more" if len(need.by) > 1 else ""
    what = f"{piece.path} (md5 {piece.md5}) of {need.by[0]}{more}"
    if rule == "lost":
        said = (
            f"{done.address} lacks {what}: run `lineal push {need.by[0]}` in a clone "
            "whose cache has it"
        )
    else:
        said = (
            f"{done.address} holds other bytes than were committed as {what}, which "
            f"lineal refuses: run `lineal push --repair {need.by[0]}` in a clone whose "
            "cache has the right ones"
        )
    return Finding(rule, "problem", "", said)
