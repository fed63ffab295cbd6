"""Objects to a remote and from it, each hashed on this side."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lineal.doors.dvc.configs import demand_folder, list_top, raise_cause
from lineal.doors.dvc.hashing import md5_of, md5_of_stream
from lineal.doors.dvc.parcels import (
    Parcel,
    Pulse,
    Tell,
    disk,
    is_needed,
    room,
    settle,
    size_of,
)

_BATCH = 200  # objects that are asked for at once
_JOBS = 8
_STILL = 5.0  # seconds
_LAYOUTS = (("files", "md5"), ())  # where DVC 3 keeps objects, and DVC 2 did


@dataclass(slots=True)
class Carrier:
    """Carries to and from one remote.

    Attributes:
        fs: Its file system.
        root: Its folder there.
        tell: Told of what happens.
        knock: Raises if nobody listens there.
        still: After how many seconds without a byte it is called.
        pulse: Told of bytes.
        failed: How many objects could not be carried for want of the right bytes.
        top: The names at its top when it was reached; None if nobody can tell.
    """

    fs: Any
    root: str
    tell: Tell
    knock: Callable[[], None]
    still: float = _STILL
    pulse: Pulse = field(init=False)
    failed: int = 0
    top: frozenset[str] | None = None

    def __post_init__(self) -> None:
        """Start to count."""
        self.pulse = Pulse(self.tell)

    def reach(self, *, to_write: bool = False) -> None:
        """List the remote's top, which tells whether it can be used at all.

        A folder that is not there yet can be written to, as DVC does.
        """
        self.tell("reaching")
        self.knock()
        if not to_write:
            demand_folder(self.fs, self.root)
        self.top = list_top(self.fs, self.root)
        self.tell("reached")

    def send(self, parcels: Sequence[Parcel], *, repair: bool) -> None:
        """Bring a remote what it lacks; a folder's list goes when its files are there."""
        self.reach(to_write=True)
        there = self.look(parcels)
        waiting = [each for each in parcels if is_needed(each, there.get(each.md5))]
        if repair:
            others = [p for p in parcels if p.path and p not in waiting]
            waiting += self._wrong(others, there)
        self._plan(waiting, [size_of(each) for each in waiting])
        for folders in (False, True):
            some = [p for p in waiting if p.md5.endswith(".dir") == folders]
            if not self.failed:
                self._each(self._send, some)
        self.top = None
        arrived = self.look(waiting)
        for each in waiting:
            if each.md5 not in arrived and not self.failed:
                self._fail("lost", each)

    def bring(self, parcels: Sequence[Parcel], folder: str) -> None:
        """Fetch what this side lacks; what has no path is hashed and forgotten."""
        with disk():
            waiting = [each for each in parcels if not self._is_here(each)]
        if not waiting:
            return
        self.reach()
        there = self.look(waiting)
        for each in waiting:
            if each.md5 not in there:
                self._fail("lost", each)
        found = [each for each in waiting if each.md5 in there]
        self._plan(found, [there[each.md5][1] or 0 for each in found])
        self._each(lambda each: self._bring(each, there[each.md5][0], folder), found)

    def look(self, parcels: Sequence[Parcel]) -> dict[str, tuple[str, int | None]]:
        """Ask for objects: their paths there, and their sizes."""
        found: dict[str, tuple[str, int | None]] = {}
        for layout in (0, 1):
            absent = [
                each
                for each in parcels
                if each.md5 not in found and self._may_have(each, layout)
            ]
            for start in range(0, len(absent), _BATCH):
                some = absent[start : start + _BATCH]
                paths = [self._path(each, layout) for each in some]
                told = self._ask(paths)
                self.tell("alive", bytes=self.pulse.moved)
                for each, path, about in zip(some, paths, told, strict=True):
                    if _is_there(about):
                        found[each.md5] = (path, about.get("size"))
        return found

    def _ask(self, paths: list[str]) -> Any:
        pool = ThreadPoolExecutor(1)
        asked = pool.submit(self.fs.info, paths, return_exceptions=True)
        pool.shutdown(wait=False)
        self._watch({asked})
        return asked.result()

    def _may_have(self, parcel: Parcel, layout: int) -> bool:
        """Tell whether there is a folder to look in, which spares many questions."""
        first = [*_LAYOUTS[layout ^ parcel.legacy], parcel.md5[:2]][0]
        return self.top is None or first in self.top

    def _path(self, parcel: Parcel, layout: int = 0) -> str:
        prefix = _LAYOUTS[layout ^ parcel.legacy]
        parts = (parcel.md5[:2], parcel.md5[2:])
        return str(self.fs.join(self.root, *prefix, *parts))

    def _plan(self, parcels: Sequence[Parcel], sizes: Iterable[int]) -> None:
        self.pulse.moved = 0
        self.tell("planned", count=len(parcels), bytes=sum(sizes))

    def _each(self, do: Callable[[Parcel], None], parcels: Sequence[Parcel]) -> None:
        """Do something for all, some at a time; the first failure ends it at once."""
        pool = ThreadPoolExecutor(_JOBS)
        try:
            self._watch({pool.submit(do, each) for each in parcels})
        finally:
            pool.shutdown(wait=False, cancel_futures=True)

    def _watch(self, waiting: set[Future[Any]]) -> None:
        """Wait for all; clients of a server that is gone would try it for minutes."""
        while waiting:
            before = self.pulse.moved
            done, waiting = wait(waiting, self.still, return_when=FIRST_COMPLETED)
            for each in done:
                each.result()
            if not done and self.pulse.moved == before:
                self.knock()

    def _send(self, parcel: Parcel) -> None:
        if not parcel.path:
            self._fail("lost", parcel)
            return
        with disk():
            right = parcel.is_right(parcel.path)
        if not right:
            self._fail("bad", parcel)
            return
        self.fs.put_file(parcel.path, self._path(parcel), callback=self.pulse)
        self.tell("moved", md5=parcel.md5)

    def _bring(self, parcel: Parcel, there: str, folder: str) -> None:
        made = Path(folder) / parcel.md5
        with room(made.parent.parent):
            self.fs.get_file(there, str(made), callback=self.pulse)
        with disk():
            if not parcel.is_right(str(made)):
                made.unlink()
                self._fail("bad", parcel)
                return
            if parcel.path:
                settle(made, Path(parcel.path))
            else:
                made.unlink()
        self.tell("moved", md5=parcel.md5)

    def _is_here(self, parcel: Parcel) -> bool:
        here = bool(parcel.path) and Path(parcel.path).is_file()
        return here and parcel.is_right(parcel.path, self.pulse.relative_update)

    def _wrong(
        self, parcels: Sequence[Parcel], there: Mapping[str, tuple[str, int | None]]
    ) -> list[Parcel]:
        """Find objects that the remote has with other bytes."""
        found: list[Parcel] = []

        def check(parcel: Parcel) -> None:
            # What is here is hashed before it is sent, so it need not be by its name.
            with self.fs.open(there[parcel.md5][0], "rb") as file:
                other = md5_of_stream(file, self.pulse.relative_update)
            if other != md5_of(Path(parcel.path)):
                found.append(parcel)

        self._each(check, parcels)
        return found

    def _fail(self, event: str, parcel: Parcel) -> None:
        self.failed += 1
        self.tell(event, md5=parcel.md5)


def _is_there(about: Any) -> bool:
    """Tell whether an object was found; raise why nobody can tell."""
    if isinstance(about, FileNotFoundError):
        raise_cause(about)
        return False
    if isinstance(about, BaseException):
        raise about
    return bool(about.get("type") != "directory")
