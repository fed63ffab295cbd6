"""Push to a DVC remote and pull from it, so that every object is there and right."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from lineal.bootstrap.amiss import (
    LostBytesError,
    NothingToCarryError,
    SpoiledCacheError,
    SpoiledRemoteError,
)
from lineal.bootstrap.scopes import Piece, Scope, pieces, scopes, unique
from lineal.doors.dvc.access import DiskError
from lineal.doors.dvc.bytes import matches
from lineal.doors.dvc.carrying import carry
from lineal.doors.dvc.errands import Carried, Errand, Parcel, Said
from lineal.doors.dvc.objects import Objects
from lineal.doors.dvc.populate import populate
from lineal.doors.dvc.records import Tracked
from lineal.doors.dvc.remote import Remotes
from lineal.doors.dvc.settings import Place, cache_dir
from lineal.doors.dvc.unreachable import Address
from lineal.doors.endings import orderly
from lineal.doors.git import NotARepositoryError
from lineal.doors.location import locate

LIMIT = 120.0  # seconds in which nothing moves


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody asks for.

    Attributes:
        ref: A commit; None for the working tree.
        remote: The remote's name, None for those that the outputs ask for.
        limit: For how many seconds nothing may move.
        repair: Whether to hash what the remote has.
    """

    ref: str | None = None
    remote: str | None = None
    limit: float = LIMIT
    repair: bool = False


@dataclass(frozen=True, slots=True)
class Moved:
    """What was done with one remote.

    Attributes:
        address: Which.
        moved: How many objects were carried.
        every: How many there are.
    """

    address: Address
    moved: int
    every: int


def push(folder: Path, wish: Wish, said: Said) -> tuple[Moved, ...]:
    """Bring the remotes all that they lack, and ask them for each object afterwards.

    Raises:
        LostBytesError: Neither the cache nor the remote has some.
        SpoiledCacheError: The cache holds other bytes under a hash.
        UnreachableError: A remote cannot be used.
        SilentError: Nobody answers there, or nothing moved for too long.
        OutsideError: Git, DVC or the disk failed.
    """
    with orderly():
        return tuple(
            _push(scope, remote, outs, wish, said)
            for scope, remote, outs in _jobs(folder, wish)
        )


def pull(folder: Path, wish: Wish, said: Said) -> tuple[Moved, ...]:
    """Bring the cache all that it lacks, and then the working tree.

    Every object's bytes are hashed, those that the cache has already, too. Of a commit
    only the cache gets its objects.

    Raises:
        NotARepositoryError: There is no working tree, and no commit was named.
        LostBytesError: Neither the cache nor the remote has some.
        SpoiledRemoteError: The remote holds other bytes under a hash.
        UnreachableError: A remote cannot be used.
        SilentError: Nobody answers there, or nothing moved for too long.
        OutsideError: Git, DVC or the disk failed.
    """
    if wish.ref is None and locate(folder).bare:
        raise NotARepositoryError(folder)
    with orderly():
        jobs = list(_jobs(folder, wish))
        done = tuple(_pull(*job, wish, said) for job in jobs)
        if wish.ref is None:
            for root in dict.fromkeys(scope.folder for scope, _, _ in jobs):
                populate(root, wish.limit)
        return done


def _jobs(
    folder: Path, wish: Wish
) -> Iterator[tuple[Scope, str | None, tuple[Tracked, ...]]]:
    """Part what is asked for by DVC repository and remote."""
    found = scopes(locate(folder), wish.ref)
    if not found:
        raise NothingToCarryError(str(folder.resolve()))
    for scope in found:
        by_remote: dict[str | None, list[Tracked]] = {}
        for out in scope.outs:
            by_remote.setdefault(wish.remote or out.remote, []).append(out)
        for remote, outs in (by_remote or {wish.remote: []}).items():
            yield scope, remote, tuple(outs)


def _push(
    scope: Scope, remote: str | None, outs: tuple[Tracked, ...], wish: Wish, said: Said
) -> Moved:
    objects = Objects(Remotes(scope.place))
    with TemporaryDirectory(prefix="lineal-") as folder:
        lists = _lists(scope, remote, outs, Path(folder), wish)
        found = unique(
            each for out in outs for each in pieces(out, _content(out, lists))
        )
        here = {k: str(v) for k, v in (objects.cached(found) | lists).items()}
        parcels = [Parcel(p.md5, here.get(p.md5, ""), p.legacy) for p in found.values()]
        errand = Errand("send", parcels, remote, repair=wish.repair)
        done = carry(scope.place, errand, wish.limit, said)
    if done.bad:
        raise SpoiledCacheError(done.address, _paths(done.bad, found))
    if done.lost:
        raise LostBytesError(done.address, _paths(done.lost, found))
    return Moved(done.address, len(done.moved), len(found))


def _lists(
    scope: Scope,
    remote: str | None,
    outs: Iterable[Tracked],
    folder: Path,
    wish: Wish,
) -> dict[str, Path]:
    """Find the lists of folders: in the cache, or on the remote."""
    folders = {out.md5: out for out in outs if out.is_folder}
    found = {
        md5: path
        for md5, path in Objects(Remotes(scope.place)).cached(folders).items()
        if matches(path.read_bytes(), md5, legacy=folders[md5].legacy)
    }
    absent = {md5: folder / md5 for md5 in folders.keys() - found.keys()}
    if absent:
        parcels = [Parcel(k, str(v), folders[k].legacy) for k, v in absent.items()]
        errand = Errand("bring", parcels, remote, to=folder)
        _judge(
            carry(scope.place, errand, wish.limit), unique(map(_own, folders.values()))
        )
    return found | absent


def _pull(
    scope: Scope, remote: str | None, outs: tuple[Tracked, ...], wish: Wish, said: Said
) -> Moved:
    root = _cache(scope.place)
    first = _bring(scope, remote, root, unique(map(_own, outs)), (wish, said))
    lists = {out.md5: _in_cache(root, _own(out)) for out in outs if out.is_folder}
    found = unique(each for out in outs for each in pieces(out, _content(out, lists)))
    rest = {
        md5: each for md5, each in found.items() if md5 not in {o.md5 for o in outs}
    }
    done = _bring(scope, remote, root, rest, (wish, said)) if rest else first
    moved = len(first.moved | done.moved)
    return Moved(first.address, moved, len(found))


def _bring(
    scope: Scope,
    remote: str | None,
    root: Path,
    found: Mapping[str, Piece],
    asked: tuple[Wish, Said],
) -> Carried:
    """Bring objects to the cache; what is on the way lies in a folder beside them."""
    wish, said = asked
    parcels = [Parcel(p.md5, str(_in_cache(root, p)), p.legacy) for p in found.values()]
    try:
        root.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix="lineal-", dir=root) as folder:
            errand = Errand("bring", parcels, remote, to=Path(folder))
            done = carry(scope.place, errand, wish.limit, said)
    except OSError as error:
        raise DiskError(root, error) from error
    _judge(done, found)
    return done


def _judge(done: Carried, found: Mapping[str, Piece]) -> None:
    if done.bad:
        raise SpoiledRemoteError(done.address, _paths(done.bad, found))
    if done.lost:
        raise LostBytesError(done.address, _paths(done.lost, found))


def _cache(place: Place) -> Path:
    """Return the folder that DVC has its cache in."""
    told = cache_dir(place.layers)
    if isinstance(told, str):
        told = Remotes(place).cache_dir()
    return told or place.caches[0]


def _in_cache(root: Path, piece: Piece) -> Path:
    base = root if piece.legacy else root / "files" / "md5"
    return base / piece.md5[:2] / piece.md5[2:]


def _own(out: Tracked) -> Piece:
    return Piece(out.md5, out.path, out.legacy)


def _content(out: Tracked, lists: Mapping[str, Path]) -> bytes | None:
    return lists[out.md5].read_bytes() if out.is_folder else None


def _paths(hashes: Iterable[str], found: Mapping[str, Piece]) -> list[str]:
    return sorted(f"{found[md5].path} (md5 {md5})" for md5 in hashes)
