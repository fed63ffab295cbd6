"""A bare repository and clones of it, whose users write at the same time."""

import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from helpers.sandbox import Sandbox
from lineal.actions.promote import Promotion
from lineal.actions.recorder import Recorder
from lineal.doors.clock import Clock
from lineal.doors.git import Git, scrubbed
from lineal.doors.location import Location, locate
from lineal.doors.remote import Remote
from lineal.registry.reader import Reader
from lineal.registry.store import Store
from lineal.registry.tagobject import TagObject
from lineal.registry.trailers import Message, parse
from lineal.registry.version import Version

MODEL = "ridership"
_BIN = Path(sys.executable).parent
Done = subprocess.CompletedProcess[str]
Running = subprocess.Popen[str]


@dataclass(frozen=True, slots=True)
class Fleet:
    """Clones of one bare repository.

    Attributes:
        hub: The bare repository.
        clones: Each with a user of its own.
    """

    hub: Sandbox
    clones: tuple[Sandbox, ...]

    @classmethod
    def create(
        cls, folder: Path, clones: int = 1, versions: int = 2, **options: str
    ) -> "Fleet":
        """Start a hub with versions v1.0.0, v2.0.0 and so on of one model.

        Args:
            folder: Where, new.
            clones: How many.
            versions: How many, each on a commit of its own.
            options: Of Sandbox.create, for all of them.
        """
        seed = Sandbox.create(folder / "seed", **options)  # type: ignore[arg-type]
        for number in range(1, versions + 1):
            seed.commit(f"train {number}", {"model.txt": str(number)})
            seed.tag(f"{MODEL}@{version(number)}")
        hub = seed.clone(folder / "hub", bare=True)
        made = (hub.clone(folder / f"clone{n}") for n in range(clones))
        return cls(hub, tuple(made))

    @property
    def clone(self) -> Sandbox:
        """The first clone."""
        return self.clones[0]


def version(number: int) -> str:
    """Return the name of the nth version, from one."""
    return f"v{number}.0.0"


def commit(number: int) -> str:
    """Return the name of the commit of the nth version."""
    return f"refs/tags/{MODEL}@{version(number)}^{{}}"


def promotion(number: int, *more: str, stage: str = "prod") -> tuple[str, ...]:
    """Return the command that promotes the nth version."""
    target = f"{MODEL}@{version(number)}"
    return ("lineal", "promote", target, "--to", stage, "-m", "it is time", *more)


def request(number: int, stage: str = "prod") -> Promotion:
    """Return what that command asks of a recorder."""
    wanted = Version.parse(version(number))
    return Promotion(MODEL, wanted, stage, "it is time", now=0)


def place(repository: Sandbox, **env: str) -> Location:
    """Return a repository, in which git runs as its user."""
    git = Git(repository.root, scrubbed({**repository.env, **env}))
    return replace(locate(repository.root), git=git)


def recorder(
    clone: Sandbox,
    *,
    push: bool = True,
    clock: Clock | None = None,
    env: Mapping[str, str] | None = None,
) -> Recorder:
    """Return what writes into a clone, in this process."""
    where = place(clone, **(env or {}))
    there = Remote(where.git, "origin", 60) if push else None
    return Recorder(Reader(Store(where)), clock or Clock(), there)


def tags(repository: Sandbox) -> dict[str, str]:
    """Return what Git itself says of a repository's tags: object ids by name."""
    listed = repository.git(
        "for-each-ref", "--format=%(objectname) %(refname:lstrip=2)", "refs/tags"
    )
    # Not splitlines: a name may hold what Unicode takes for the end of a line.
    pairs = (line.split(" ", 1) for line in listed.split("\n") if line)
    return {name: oid for oid, name in pairs}


def hook(repository: Path, name: str, *lines: str) -> None:
    """Install a hook in a folder that holds a repository."""
    path = repository / "hooks" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n".join(("#!/bin/sh", *lines, "")), encoding="utf-8")
    path.chmod(0o755)


def check_unchanged(fleet: "Fleet", before: Mapping[str, str]) -> None:
    """Hold that nothing was recorded and nothing is left."""
    assert tags(fleet.clone) == before
    assert tags(fleet.hub) == before
    own = fleet.clone.root / ".git/lineal"
    assert [path.name for path in own.glob("write-*")] == []
    assert list(own.glob("pending/*")) == []


def tag(repository: Sandbox, name: str) -> TagObject:
    """Return a tag's object."""
    done = repository.run("git", "cat-file", "tag", f"refs/tags/{name}")
    return TagObject.read(done.stdout.encode())


def message(repository: Sandbox, name: str) -> Message:
    """Return what a tag tells."""
    return parse(tag(repository, name).text)


def at_once(
    jobs: Iterable[tuple[Sandbox, Sequence[str]]], env: Mapping[str, str] | None = None
) -> list[Done]:
    """Run programs at the same time, each in a repository of its own."""
    started = [start(where, *words, env=env) for where, words in jobs]
    return [ended(running) for running in started]


def start(where: Sandbox, *words: str, env: Mapping[str, str] | None = None) -> Running:
    """Start a program in a repository."""
    found = _BIN / words[0]
    return Running(
        (str(found) if found.exists() else words[0], *words[1:]),
        cwd=where.root,
        env={**where.env, **(env or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def ended(running: Running) -> Done:
    """Wait for a program and return what it said."""
    with running:
        out, said = running.communicate()
    return Done(running.args, running.returncode, out, said)
