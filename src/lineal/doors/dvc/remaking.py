"""Run the stages that made a path again, through a process of its own."""

import json
import os
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from lineal.doors.checkout import Checkout
from lineal.doors.dvc.remade import (
    BrokenError,
    MissingDataError,
    Output,
    SpoiledDataError,
    StageFailedError,
    UnmadeError,
    UnrecordedError,
)
from lineal.doors.dvc.settings import Layer, Place
from lineal.doors.environment import FIXED, scrubbed
from lineal.doors.sessions import ours, output, started
from lineal.errors import OutsideError

_MODULE = "lineal.doors.dvc.remake"
_GRACE = 5.0  # seconds in which it ends once it has told all
_LINES = 10  # of a failed stage's last words
_TAIL = 16_384  # bytes of the log that may hold them
# What an outer run of DVC tells the stages that it runs.
_OUTER = ("DVC_ROOT", "DVC_STAGE", "DVC_EXP_")
_ERRORS: Mapping[str, Callable[..., OutsideError]] = {
    "broken": BrokenError,
    "missing": MissingDataError,
    "spoiled": SpoiledDataError,
    "unmade": UnmadeError,
    "unrecorded": UnrecordedError,
}


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be made.

    Attributes:
        checkout: Where.
        folder: Of the DVC repository in the checkout; empty: its top.
        path: What to make, from the top of the DVC repository.
        place: The settings of the repository that it is a checkout of.
        committed: Text of its `.dvc/config` at the commit; None: there is none.
        environment: What the stages get on top of this process's environment.
    """

    checkout: Checkout
    folder: str
    path: str
    place: Place
    committed: bytes | None
    environment: Mapping[str, str]

    def question(self) -> dict[str, Any]:
        """Write down what the process is asked, and what it needs for that."""
        home = self.checkout.folder
        base = self.place.caches[0].parent if self.place.caches else None
        first = (Layer(self.committed, base),) if self.committed is not None else ()
        layers = []
        for number, layer in enumerate((*first, *self.place.layers)):
            file = home / f"settings.{number}"
            file.touch(mode=0o600)
            file.write_bytes(layer.text)
            layers.append((str(file), str(layer.base) if layer.base else None))
        # Those that are there; else where DVC would make one, for what is fetched.
        there = [each for each in self.place.caches if each.is_dir()]
        own = [each for each in self.place.caches if each.parent.is_dir()]
        return {
            "root": str(self.checkout.tree / self.folder),
            "path": self.path,
            "layers": layers,
            "cache": next(map(str, (*there, *reversed(own))), None),
            "environment": dict(self.environment),
            "state": str(home / "state"),
        }


@dataclass(slots=True)
class _Run:
    """What the process has told so far."""

    job: Job
    said: Callable[[str], None]
    count: int = 0  # of stages
    outputs: list[Output] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    begun: int = 0
    size: int = 0  # of the log, when the latest stage began
    finished: bool = False
    failed: OutsideError | None = None

    def hear(self, told: Mapping[str, Any]) -> None:
        """Take in one event."""
        match told["event"]:
            case "planned":
                self.count = told["count"]
                self.notes += [
                    f"stage {each} is frozen, so what it made was fetched, not made"
                    for each in told["frozen"]
                ]
            case "fetching":
                self.said(f"fetching {', '.join(told['paths'])}")
            case "running":
                self.begun += 1
                self.size = self.job.checkout.log.stat().st_size
                self.said(f"[{self.begun}/{self.count}] {told['stage']}")
            case "made":
                self._made(told["stage"], told["outs"], told["changed"])
            case "error":
                self.failed = self._error(told)
            case _:
                self.finished = True

    def _made(self, stage: str, outs: list[list[str]], changed: list[str]) -> None:
        self.outputs += [Output(stage, *facts) for facts in outs]
        if changed:
            self.notes.append(
                f"dvc.lock was not made from this commit: {', '.join(changed)} of stage "
                f"{stage} is another one"
            )

    def _error(self, told: Mapping[str, Any]) -> OutsideError:
        facts = {k: v for k, v in told.items() if k not in {"event", "kind"}}
        if told["kind"] != "failed":
            return _ERRORS[told["kind"]](**facts)
        last = _last_lines(self.job.checkout.log, self.size)
        for line in last:
            self.said(f"    {line}")
        return StageFailedError(**facts, last=last)


def remake(
    job: Job, said: Callable[[str], None]
) -> tuple[tuple[Output, ...], tuple[str, ...]]:
    """Make something again, from its sources on.

    Args:
        job: What, and where.
        said: Told of each stage that begins, and of a failed one's last words.

    Returns:
        All outputs of the stages that ran, in their order; and notes.

    Raises:
        OutsideError: It could not be made.
    """
    question = job.checkout.folder / "question.json"
    question.write_text(json.dumps(job.question()), encoding="utf-8")
    run, log = _Run(job, said), job.checkout.log
    with log.open("ab") as file, _process(job.checkout, question, file) as out:
        for line in out:
            run.hear(json.loads(line))
    if run.failed:
        raise run.failed
    if not run.finished:
        last = _last_lines(log, 0)[-1:] or ["it gave no reason"]
        raise BrokenError(last[0].strip())
    return tuple(run.outputs), tuple(run.notes)


@contextmanager
def _process(checkout: Checkout, question: Path, log: IO[bytes]) -> Iterator[IO[bytes]]:
    """Run the process; whatever ends the block ends it, and all that it started.

    Its stdin tells it that we are alive.
    """
    with started(
        ours(_MODULE, str(question)),
        stdin=subprocess.PIPE,
        stderr=log,
        env=_environment(),
        pass_fds=(checkout.lock,),
    ) as child:
        yield output(child)
        with suppress(subprocess.TimeoutExpired):
            child.wait(_GRACE)


def _environment() -> dict[str, str]:
    """Return this process's environment, but for what an outer DVC or Git says."""
    known = {**os.environ, "DVC_NO_ANALYTICS": "1"}
    kept = {k: v for k, v in known.items() if not k.startswith(_OUTER)}
    clean = scrubbed(kept)
    # What we want of git's messages is no business of the stages.
    for name in FIXED:
        if name in kept:
            clean[name] = kept[name]
        else:
            del clean[name]
    return clean


def _last_lines(log: Path, start: int) -> list[str]:
    with log.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(start, size - _TAIL))
        lines = file.read().decode("utf-8", "replace").splitlines()
    return [line.rstrip() for line in lines if line.strip()][-_LINES:]
