"""Tests of writers that are killed: at every git that they start, and during a push."""

import fcntl
import os
import re
import select
import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from helpers.fleet import (
    MODEL,
    Done,
    Fleet,
    Running,
    ended,
    promotion,
    start,
    tags,
)
from helpers.sandbox import Sandbox

pytestmark = pytest.mark.slow

# Counts calls; at the one that was chosen it kills who called it.
_SHIM = """\
#!/bin/sh
echo "$*" >> "{folder}/calls"
if [ "$(wc -l < "{folder}/calls")" -eq "$KILL_AT" ]; then
    case $KILL in
    before) kill -9 $PPID; exit 1 ;;
    orphan) exec 9> "{folder}/orphan"; kill -9 $PPID ;;
    after) "{git}" "$@"; kill -9 $PPID; exit ;;
    esac
fi
exec "{git}" "$@"
"""
# Says when it is reached, and goes on when it is told.
_HOOK = """\
#!/bin/sh
echo reached > "{folder}/reached"
cat "{folder}/go" > /dev/null
"""
_WRITES = (" fetch ", " tag ", " push ", " update-ref ")
_RECORDED = "was cut off after it was recorded"
_NOTHING = "was cut off before it was recorded, so nothing happened"


@pytest.fixture
def fleet(tmp_path: Path) -> Fleet:
    """Make a hub and a clone of it."""
    return Fleet.create(tmp_path)


@pytest.fixture
def shim(tmp_path: Path) -> Path:
    """Make a folder with a `git` that kills."""
    folder = tmp_path / "shim"
    folder.mkdir()
    os.mkfifo(folder / "orphan")
    text = _SHIM.format(folder=folder, git=shutil.which("git"))
    (folder / "git").write_text(text, encoding="utf-8")
    (folder / "git").chmod(0o755)
    return folder


@contextmanager
def waiting(pipe: Path) -> Iterator[int]:
    """Open a pipe to be read, before anybody writes into it."""
    handle = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        yield handle
    finally:
        os.close(handle)


def killed(
    clone: Sandbox, shim: Path, at: int, how: str, *more: str
) -> tuple[Done, list[str]]:
    """Promote until the nth call of git; return what came of it and the calls."""
    (shim / "calls").unlink(missing_ok=True)
    path = f"{shim}{os.pathsep}{clone.env['PATH']}"
    env = {"PATH": path, "KILL_AT": str(at), "KILL": how}
    with waiting(shim / "orphan") as orphan:
        done = ended(start(clone, *promotion(1, "--force", *more), env=env))
        os.set_blocking(orphan, True)
        os.read(orphan, 1)  # until the git that outlives it has ended
    return done, (shim / "calls").read_text("utf-8").splitlines()


def pending(clone: Sandbox) -> list[Path]:
    """Return the notes of writes that have begun."""
    folder = clone.root / ".git/lineal/pending"
    return sorted(folder.iterdir()) if folder.is_dir() else []


def check_settled(clone: Sandbox, told: str, came: set[str], *, begun: bool) -> None:
    """Hold that a command said of a killed write what is true, if it had begun."""
    said = re.findall(r"^note: writing (\S+) (was cut off .*)$", told, re.MULTILINE)
    assert len(said) == begun or (not begun and not came)
    for _, what in said:
        assert what == (_RECORDED if came else _NOTHING)
    assert pending(clone) == []


def moments(calls: list[str], how: str) -> list[int]:
    """Return at which calls to kill: where it may make a difference how.

    After a git that only reads is before the next one, and that it goes on changes
    nothing.
    """
    return [
        at
        for at, call in enumerate(calls, 1)
        if how == "before" or any(word in call for word in _WRITES)
    ]


def sweep(clone: Sandbox) -> None:
    """Let an hour pass for what killed commands left."""
    for folder in (clone.root / ".git/lineal").glob("write-*"):
        os.utime(folder, (0, 0))


@pytest.mark.parametrize("how", ["before", "orphan", "after"])
@pytest.mark.parametrize("more", [(), ("--no-push",)])
def test_a_killed_promotion_has_happened_or_not(
    fleet: Fleet, shim: Path, how: str, more: tuple[str, ...]
) -> None:
    """At no call of git does it leave a half: the next command says which, and works.

    The git that was called may not have run, have run, or still run.
    """
    clone = fleet.clone
    _, calls = killed(clone, shim, 0, "no", *more)
    for at in moments(calls, how):
        sweep(clone)
        here, there = tags(clone), tags(fleet.hub)
        done, upto = killed(clone, shim, at, how, *more)
        last = upto[-1]
        came = (tags(clone) if more else tags(fleet.hub)).keys() - here.keys()

        assert done.returncode == -signal.SIGKILL
        assert len(upto) == at
        assert len(came) <= 1
        assert tags(clone).items() - here.items() <= tags(fleet.hub).items() or more
        assert there.items() <= tags(fleet.hub).items()
        again = clone.run(*promotion(2, "--force", *more))
        begun = " push " in last or " update-ref " in last
        check_settled(clone, again.stderr, came, begun=begun)
        assert came <= tags(clone).keys()
        assert len(tags(clone)) == len(here) + len(came) + 1
        assert more or tags(clone) == tags(fleet.hub)
    sweep(clone)
    clone.run(*promotion(1, *more))

    assert {path.name for path in (clone.root / ".git/lineal").iterdir()} <= {
        "pending",
        "tags",
    }


@pytest.fixture
def gate(tmp_path: Path, fleet: Fleet) -> Path:
    """Make the hub wait in the middle of a push."""
    folder = tmp_path / "gate"
    folder.mkdir()
    for name in ("reached", "go"):
        os.mkfifo(folder / name)
    hook = fleet.hub.root / "hooks/pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(_HOOK.format(folder=folder), encoding="utf-8")
    hook.chmod(0o755)
    return folder


def start_at(gate: Path, clone: Sandbox, **env: str) -> Running:
    """Promote, until the push is at the gate."""
    with waiting(gate / "reached") as reached:
        running = start(clone, *promotion(1), env=env)
        assert running.stdout is not None
        ready, _, _ = select.select([reached, running.stdout.fileno()], [], [])
        assert reached in ready, ended(running).stderr
    return running


def open_gate(gate: Path, clone: Sandbox) -> None:
    """Let the push go on and wait until it has ended."""
    (note,) = pending(clone)
    (gate / "go").write_text("go", encoding="utf-8")
    with note.open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_a_push_that_goes_on_is_not_called_dead(
    fleet: Fleet, gate: Path, how: signal.Signals
) -> None:
    """As long as the push runs, nothing is said of it; then the truth, once."""
    clone = fleet.clone
    before = tags(clone)
    running = start_at(gate, clone)
    running.send_signal(how)
    done = ended(running)
    during = clone.run(*promotion(2, "--dry-run"))
    nothing_yet = tags(clone)
    open_gate(gate, clone)
    after = clone.run(*promotion(2, "--dry-run"))
    quiet = clone.run(*promotion(2, "--dry-run"))

    assert done.returncode == (130 if how == signal.SIGINT else -how)
    assert "Traceback" not in done.stderr
    assert during.stderr == ""
    assert nothing_yet == before
    assert after.stderr == f"note: writing {MODEL}#prod#1 {_RECORDED}\n"
    assert tags(clone) == tags(fleet.hub)
    assert tags(clone).keys() - before.keys() == {f"{MODEL}#prod#1"}
    assert quiet.stderr == ""
    assert pending(clone) == []


def test_a_push_that_takes_too_long_is_left_open(fleet: Fleet, gate: Path) -> None:
    """Nobody can know yet what became of it, and the error says so."""
    clone = fleet.clone
    running = start_at(gate, clone, LINEAL_TIMEOUT="1")
    done = ended(running)
    open_gate(gate, clone)
    after = clone.run(*promotion(2, "--dry-run"))

    assert done.returncode == 3
    assert "whether it did is not known yet" in done.stderr
    assert "LINEAL_TIMEOUT" in done.stderr
    assert after.stderr == f"note: writing {MODEL}#prod#1 {_RECORDED}\n"
    assert tags(clone) == tags(fleet.hub)


def test_what_cannot_be_settled_now_is_asked_again(fleet: Fleet, gate: Path) -> None:
    """Where the remote cannot be reached, the next command says that it is unknown."""
    clone = fleet.clone
    running = start_at(gate, clone)
    running.kill()
    ended(running)
    open_gate(gate, clone)
    away = fleet.hub.root.rename(fleet.hub.root.with_name("away"))
    unknown = clone.run(*promotion(2, "--dry-run"))
    away.rename(fleet.hub.root)
    known = clone.run(*promotion(2, "--dry-run"))

    assert "what became of it is unknown: asking origin failed" in unknown.stderr
    assert _RECORDED in known.stderr
