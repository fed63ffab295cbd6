"""Objects between a cache and a remote, by a process that may not stand still for long."""

import json
import os
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from queue import Empty, Queue
from tempfile import TemporaryDirectory
from threading import Thread
from typing import IO, Any

from lineal.doors.dvc.access import DiskError
from lineal.doors.dvc.errands import Carried, Errand, Progress, Said
from lineal.doors.dvc.remote import failure
from lineal.doors.dvc.settings import Place
from lineal.doors.dvc.unreachable import Address, DvcFailedError, SilentError
from lineal.doors.sessions import ours, output, started
from lineal.errors import LinealError, OutsideError

_MODULE = "lineal.doors.dvc.carry"
_START = 60.0  # seconds for DVC to be imported
REACH = 15.0  # seconds for a remote to answer at all


class NoDvcError(OutsideError):
    """DVC itself is not installed."""

    def __init__(self) -> None:
        super().__init__(
            "DVC is not installed beside lineal, so no object can be carried: `pip "
            "install 'dvc[s3]'` (or dvc[gs], dvc[azure], dvc[ssh])"
        )


@dataclass(slots=True)
class _Run:
    """An errand that is under way."""

    title: str
    limit: float
    said: Said
    carried: Carried = field(default_factory=Carried)
    patience: float = _START
    finished: bool = False
    _plan: Progress = field(default_factory=lambda: Progress(""))
    _waits: bool = False

    def hear(self, told: Mapping[str, Any]) -> None:
        """Take in one event.

        Raises:
            LinealError: It failed.
        """
        match told["event"]:
            case "remote":
                self.carried.address = Address(**told["address"])
            case "planned":
                self._plan = Progress("", 0, told["count"], 0, told["bytes"])
            case "alive":
                self._plan = replace(self._plan, bytes=told["bytes"])
            case "moved" | "lost" | "bad" as event:
                getattr(self.carried, event).add(told["md5"])
            case "failed":
                raise self._failure(told)
            case "done":
                self.finished = True
            case _:
                pass
        self._waits = told["event"] == "reaching"
        self.patience = min(REACH, self.limit) if self._waits else self.limit
        if self._plan.every:
            self._say()

    def silent(self) -> OutsideError:
        """Say that nothing was heard for too long."""
        address = self.carried.address
        if not address.name:
            return DvcFailedError(self.title, "DVC did not even start")
        doing = "" if self._waits else "objects were carried"
        return SilentError(address, self.patience, doing)

    def _say(self) -> None:
        far, done = self._plan, self.carried
        moved = min(far.bytes, far.every_byte)
        name = done.address.name
        self.said(replace(far, remote=name, done=len(done.moved), bytes=moved))

    def _failure(self, told: Mapping[str, Any]) -> LinealError:
        if told["error"] == "disk":
            path, _, reason = told["reason"].partition("\n")
            return DiskError(Path(path), OSError(0, reason))
        return failure(self.title, told)


def carry(
    place: Place, errand: Errand, limit: float, said: Said = lambda _: None
) -> Carried:
    """Do an errand.

    Args:
        place: The DVC repository.
        errand: What to carry.
        limit: For how many seconds nothing may move before it is given up. To answer
            at all, the remote has 15 seconds at most.
        said: Told how far it is.

    Raises:
        UnknownRemoteError: There is no remote of that name.
        UnreachableError: The remote cannot be used, and it is known why.
        SilentError: Nobody answers there, or nothing moved for too long.
        DiskError: This side's disk failed.
        OutsideError: DVC is not installed or failed.
    """
    run = _Run(place.title, limit, said)
    with TemporaryDirectory(prefix="lineal-dvc-") as folder:
        question = _write(Path(folder), place, errand)
        with (Path(folder) / "log").open("w+b") as log:
            with _process(question, log) as lines:
                while (line := _next(lines, run)) is not None:
                    run.hear(json.loads(line))
            if not run.finished:
                raise _death(place.title, log)
    return run.carried


def _next(lines: "Queue[bytes | None]", run: _Run) -> bytes | None:
    try:
        return lines.get(timeout=run.patience)
    except Empty:
        raise run.silent() from None


def _write(folder: Path, place: Place, errand: Errand) -> Path:
    """Write what the process shall do; only its owner may read it."""
    layers = []
    for number, layer in enumerate(place.layers):
        file = folder / str(number)
        file.write_bytes(layer.text)
        layers.append((str(file), str(layer.base) if layer.base else None))
    question = {
        "layers": layers,
        "verb": errand.verb,
        "remote": errand.remote,
        "parcels": [(each.md5, each.path, each.legacy) for each in errand.parcels],
        "to": str(errand.to),
        "repair": errand.repair,
    }
    path = folder / "question.json"
    path.write_text(json.dumps(question), encoding="utf-8")
    return path


@contextmanager
def _process(question: Path, log: IO[bytes]) -> "Iterator[Queue[bytes | None]]":
    """Run the process; whatever ends the block ends it, and all that it started.

    Its stdin tells it that we are alive.
    """
    command = ours(_MODULE, str(question))
    env = {**os.environ, "DVC_NO_ANALYTICS": "1"}
    with started(command, stdin=subprocess.PIPE, stderr=log, env=env) as child:
        yield _heard(output(child))


def _heard(out: IO[bytes]) -> "Queue[bytes | None]":
    """Read lines in a thread, for one cannot wait for a line for some time only."""
    lines: Queue[bytes | None] = Queue()

    def read() -> None:
        for line in out:
            lines.put(line)
        lines.put(None)

    Thread(target=read, daemon=True).start()
    return lines


def _death(title: str, log: IO[bytes]) -> OutsideError:
    """Say why the process said nothing at last."""
    log.seek(0)
    last = os.fsdecode(log.read()).strip().splitlines()[-1:] or ["it gave no reason"]
    if "No module named 'dvc'" in last[0]:
        return NoDvcError()
    return DvcFailedError(title, last[0])
