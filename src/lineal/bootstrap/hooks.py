"""Git's hooks that judge tags: what they are, how they get there, and what they do."""

import os
import shlex
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from string import Template

from lineal.actions.checking import pushes, unplayed
from lineal.actions.checking.checked import Checked
from lineal.actions.checking.pushes import Update
from lineal.actions.checking.terms import Terms
from lineal.doors import hooks
from lineal.doors.clock import Clock
from lineal.doors.git import Git
from lineal.doors.location import Location, locate
from lineal.doors.remote import JUDGED
from lineal.errors import RefusedError
from lineal.registry.reader import Reader
from lineal.registry.store import Store

PRE_PUSH, UPDATE = "pre-push", "update"
_RUNS = "hooks run"  # what every hook says that asks us
_MARK = "# lineal wrote this hook"
_KEPT = ".before-lineal"
_TRUSTED, _COUNT = "lineal.trusted", "GIT_CONFIG_COUNT"

_ASK = """\
python=$python
if [ -x "$$python" ] && "$$python" -P -c 'import lineal.cli.main' 2>/dev/null; then
	lineal() { "$$python" -P -m lineal.cli.main "$$@"; }
elif ! command -v lineal >/dev/null 2>&1; then
	echo "lineal: neither $$python nor a lineal on PATH can judge these tags; $way" >&2
	exit 1
fi
"""
_PRE_PUSH = f"""\
#!/bin/sh
{_MARK}; `lineal hooks uninstall` takes it away.
# Judges the tags of the registry that are pushed, by the trusted branch's policy.
refs=$$(cat)
case "$$refs" in
*refs/tags/*) ;;
*) exit 0 ;;
esac
{_ASK}
printf '%s\\n' "$$refs" | lineal {_RUNS} {PRE_PUSH} "$$@"
"""
_UPDATE = f"""\
#!/bin/sh
{_MARK} for a repository that others push to: hooks/update, executable.
# Judges tags of the registry, and what looks like one, by the policy on HEAD.
# Branches and other tags pass at once.
LC_ALL=C
export LC_ALL
case "$$1" in
refs/tags/[Rr][Ee][Vv][Ii][Ee][Ww]/* | refs/tags/[Rr][Ee][Pp][Rr][Oo]*) ;;
refs/tags/review | refs/tags/deprecated | refs/tags/deprecated/* | refs/tags/*[!A-Za-z0-9/._+=-]*) ;;
*) exit 0 ;;
esac
{_ASK}
lineal {_RUNS} {UPDATE}$more "$$@"
"""


class ForeignHookError(RefusedError):
    """There is a hook of somebody else."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path} is a hook of somebody else: add the line {line()!s} to it, before "
            "anything else reads its standard input, or pass --force to put ours in "
            f"its place (it is kept as {path.name}{_KEPT})"
        )


class NoHookError(RefusedError):
    """There is no hook of ours."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} is no hook of lineal, so nothing was taken away")


class HeadlessError(RefusedError):
    """Which rules are in force cannot be told."""

    def __init__(self) -> None:
        super().__init__(
            "HEAD of this repository names a branch that is not there, so nobody knows "
            "its policy: on the server, `git symbolic-ref HEAD refs/heads/BRANCH`"
        )


def line() -> str:
    """Return what asks us in a hook of somebody else."""
    python = shlex.quote(sys.executable)
    return f'{python} -P -m lineal.cli.main {_RUNS} {PRE_PUSH} "$@" || exit 1'


def server(*, defers: bool = False) -> str:
    """Return the text of an update hook.

    Args:
        defers: Whether it lets through what only running models could tell.
    """
    way = "on the server, install lineal or write this hook again"
    return _filled(_UPDATE, way, " --defer" if defers else "")


def install(folder: Path, *, force: bool = False) -> Path:
    """Install the pre-push hook, in place of an older one of ours.

    Args:
        folder: Which repository.
        force: Do it though there is one of somebody else, which is renamed.

    Returns:
        Where it is.

    Raises:
        ForeignHookError: There is one, and `force` was not asked for.
        UnwritableHookError: The folder cannot be written.
    """
    path = hooks.folder(locate(folder).git) / PRE_PUSH
    there = hooks.read(path)
    if there is not None and _MARK not in there:
        if not force:
            raise ForeignHookError(path)
        hooks.move(path, path.with_name(f"{PRE_PUSH}{_KEPT}"))
    hooks.write(path, _filled(_PRE_PUSH, "skip this once with: git push --no-verify"))
    return path


def uninstall(folder: Path) -> tuple[Path, Path | None]:
    """Take the pre-push hook away, and put back what it took the place of.

    Returns:
        Where it was, and where the earlier one was kept; None where there is none.

    Raises:
        NoHookError: There is none of ours.
        UnwritableHookError: The folder cannot be written.
    """
    path = hooks.folder(locate(folder).git) / PRE_PUSH
    if _MARK not in (hooks.read(path) or ""):
        raise NoHookError(path)
    hooks.remove(path)
    kept = path.with_name(f"{PRE_PUSH}{_KEPT}")
    if hooks.read(kept) is None:
        return path, None
    hooks.move(kept, path)
    return path, kept


def guards(git: Git) -> bool:
    """Tell whether a pre-push hook asks us."""
    path = hooks.folder(git) / PRE_PUSH
    return hooks.runs(path) and f"{_RUNS} {PRE_PUSH}" in (hooks.read(path) or "")


def before_push(folder: Path, lines: str) -> tuple[Checked, ...]:
    """Judge what git is about to push.

    What lineal pushes itself was judged a moment ago, with models run where that was
    needed, so it is not judged again.

    Args:
        folder: Which repository.
        lines: What git tells the hook.
    """
    judged = os.environ.get(JUDGED, "")  # noqa: TID251 - the wiring may
    updates = [u for u in pushes.ours(pushes.read(lines)) if u.new != judged]
    return pushes.judge(_terms(locate(folder)), updates) if updates else ()


def before_update(
    folder: Path, words: Sequence[str], *, defers: bool = False
) -> tuple[Checked, ...]:
    """Judge what somebody pushes to this repository.

    Args:
        folder: The repository.
        words: What git tells the hook: the ref, what it is, and what it is to be.
        defers: Whether to let through what only running models could tell.

    Raises:
        HeadlessError: Which policy is in force cannot be told.
    """
    updates = pushes.ours([Update(*words)])
    if not updates:
        return ()
    place = locate(folder)
    terms = _terms(replace(place, git=_bound(place.git)), defers=defers)
    return pushes.judge(terms, updates)


def _bound(git: Git) -> Git:
    """Let HEAD be trusted, unless the server's own configuration says otherwise.

    What lies in refs/remotes here may have been pushed by anybody.
    """
    # Over file:// the hook has the home of whoever pushes, so --local.
    chosen = git.attempt("config", "--local", "--get", _TRUSTED)
    if chosen.returncode == 0:
        return git
    if git.is_unborn():
        if _has_branches(git):
            raise HeadlessError
        return git
    number = int(git.env.get(_COUNT) or 0)
    said = {_COUNT: number + 1, f"GIT_CONFIG_KEY_{number}": _TRUSTED}
    said |= {f"GIT_CONFIG_VALUE_{number}": "HEAD"}
    return git.with_env((key, str(value)) for key, value in said.items())


def _terms(place: Location, *, defers: bool = False) -> Terms:
    store = Store(place)
    store.check()
    now = Clock.of_environment().now()
    reader = Reader(store)
    return Terms(reader, now, unplayed.rematch, arriving=True, defers=defers)


def _has_branches(git: Git) -> bool:
    return bool(git.run("for-each-ref", "--count=1", "refs/heads"))


def _filled(text: str, way: str, more: str = "") -> str:
    python = shlex.quote(sys.executable)
    return Template(text).substitute(python=python, way=way, more=more)
