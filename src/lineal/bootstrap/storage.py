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
from lineal.bootstrap.filling import Absent, fill
from lineal.bootstrap.scopes import Piece, Scope, pieces, scopes, unique
from lineal.doors.dvc.access import DiskError
from lineal.doors.dvc.bytes import matches
from lineal.doors.dvc.carrying import carry
from lineal.doors.dvc.errands import Carried, Errand, Parcel, Said
from lineal.doors.dvc.objects import Objects
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
        partial: Whether to bring what there is where some is lost.
    """

    ref: str | None = None
    remote: str | None = None
    limit: float = LIMIT
    repair: bool = False
    partial: bool = False


@dataclass(frozen=True, slots=True)
class Moved:
    """What was done with one remote.

    Attributes:
        address: Which.
        moved: How many objects were carried.
        every: How many there are.
        lost: How many are in neither the cache nor the remote.
    """

    address: Address
    moved: int
    every: int
    lost: int = 0


@dataclass(frozen=True, slots=True)
class Pulled:
    """What was brought.

    Attributes:
        moved: What was done with each remote.
        absent: What is on no remote and not in the working tree.
    """

    moved: tuple[Moved, ...]
    absent: tuple[Absent, ...]


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
        jobs = _jobs(_scopes(folder, wish), wish)
        return tuple(_push(*job, wish, said) for job in jobs)


def pull(folder: Path, wish: Wish, said: Said) -> Pulled:
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
        found = _scopes(folder, wish)
        done = tuple(_pull(*job, wish, said) for job in _jobs(found, wish))
        asked = found if wish.ref is None else ()
        return Pulled(done, tuple(fill(asked, wish.limit)))


def _scopes(folder: Path, wish: Wish) -> tuple[Scope, ...]:
    found = scopes(locate(folder), wish.ref)
    if not found:
        raise NothingToCarryError(str(folder.resolve()))
    return found


def _jobs(
    found: Iterable[Scope], wish: Wish
) -> Iterator[tuple[Scope, str | None, tuple[Tracked, ...]]]:
    """Part what is asked for by DVC repository and remote."""
    for scope in found:
        by_remote: dict[str | None, list[Tracked]] = {}
        for out in scope.outs:
            by_remote.setdefault(wish.remote or out.remote, []).append(out)
        for remote, outs in by_remote.items():
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
        done = carry(scope.place, errand, wish.limit)
        _judge(done, unique(map(_own, folders.values())))
    return found | absent


def _pull(
    scope: Scope, remote: str | None, outs: tuple[Tracked, ...], wish: Wish, said: Said
) -> Moved:
    root = _cache(scope.place)
    first = _bring(scope, remote, root, unique(map(_own, outs)), (wish, said))
    folders = [o for o in outs if o.is_folder and o.md5 not in first.lost]
    lists = {out.md5: _in_cache(root, _own(out)) for out in folders}
    found = unique(each for out in outs for each in pieces(out, _content(out, lists)))
    own = {out.md5 for out in outs}
    rest = {md5: each for md5, each in found.items() if md5 not in own}
    done = _bring(scope, remote, root, rest, (wish, said)) if rest else first
    moved, lost = first.moved | done.moved, first.lost | done.lost
    return Moved(first.address, len(moved), len(found), len(lost))


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
    _judge(done, found, partial=wish.partial)
    return done


def _judge(
    done: Carried, found: Mapping[str, Piece], *, partial: bool | None = None
) -> None:
    if done.bad:
        raise SpoiledRemoteError(done.address, _paths(done.bad, found))
    if done.lost and not partial:
        paths, pulls = _paths(done.lost, found), partial is not None
        raise LostBytesError(done.address, paths, pulls=pulls)


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
    path = lists.get(out.md5)
    return path.read_bytes() if path else None


def _paths(hashes: Iterable[str], found: Mapping[str, Piece]) -> list[str]:
    return sorted(f"{found[md5].path} (md5 {md5})" for md5 in hashes)
