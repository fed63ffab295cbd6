"""A team with a policy, a repository that all push to, and clones of it."""

import shutil
from collections.abc import Mapping
from functools import cache
from itertools import count
from pathlib import Path
from tempfile import mkdtemp

from helpers.committing import CARD, files, registered
from helpers.sandbox import Sandbox

POLICY = """\
stages: [staging, prod]
on_violation: revert
models:
  churn:
    prod:
      gates:
        - {metric: wape, max: 0.15}
      bypass: {of: [boss@x.org]}
"""
WAPES: Mapping[str, float] = {"v1.0.0": 0.1, "v2.0.0": 0.3, "v3.0.0": 0.12}
BAD, GOOD = "v2.0.0", "v3.0.0"
_OURS = "our clone"


def card(wape: float) -> Mapping[str, object]:
    """Return a card with one score."""
    return {**CARD, "test": {"ridge": {"wape": wape}}}


def team(root: Path, policy: str | None = POLICY) -> Sandbox:
    """Return a clone whose origin has a policy and three versions; v1.0.0 holds prod.

    v2.0.0 fails the gate of prod, and v3.0.0 does not.

    Args:
        root: Where to put both.
        policy: What policy.yaml says; None: there is none.
    """
    pattern, second = _pattern(root.parent, policy)
    shutil.copytree(pattern, root, symlinks=True, dirs_exist_ok=True)
    box = Sandbox(
        root / _OURS, root / f"{_OURS}.home", bare=False, _seconds=count(second)
    )
    for config in (box.root / ".git" / "config", server(box) / "config"):
        text = config.read_text(encoding="utf-8")
        before, now = (each.resolve().as_uri() for each in (pattern, root))
        config.write_text(text.replace(before, now), encoding="utf-8")
    return box


@cache
def _pattern(beside: Path, policy: str | None) -> tuple[Path, int]:
    """Make what is copied, once a run; return where, and the second that it is then."""
    root = Path(mkdtemp(prefix="team-", dir=beside))
    box = Sandbox.create(root / _OURS)
    box.commit("rules", {"policy.yaml": policy} if policy else {"notes": "none"})
    for version, wape in WAPES.items():
        registered(box, "churn", version, files("churn", card(wape)))
    box.tag("churn#prod#1", commit="churn@v1.0.0^{commit}")
    bare = box.clone(root / "the server.git", bare=True)
    box.git("remote", "add", "origin", bare.root.resolve().as_uri())
    box.git("fetch", "--quiet", "origin")
    box.git("branch", "--quiet", "--set-upstream-to=origin/main")
    return root, box.now()


def server(box: Sandbox) -> Path:
    """Return where a clone's origin is."""
    return box.root.parent / "the server.git"


def tags(box: Sandbox) -> list[str]:
    """Return the assignments and unassignments that the server has."""
    words = ("for-each-ref", "--format=%(refname:lstrip=2)", "refs/tags/churn#*")
    return box.git("--git-dir", str(server(box)), *words).splitlines()


def assign(box: Sandbox, version: str, stage: str = "prod") -> str:
    """Let gto assign a version, and return the tag's name."""
    before = set(box.git("tag").splitlines())
    words = ("--version", version, "--stage", stage, "--force")
    box.run("gto", "assign", "churn", *words)
    return (set(box.git("tag").splitlines()) - before).pop()


def put(box: Sandbox, version: str, stage: str = "prod") -> str:
    """Assign a version as gto does, in a tenth of the time; return the tag's name."""
    words = ("for-each-ref", "--sort=-taggerdate", "--count=1")
    latest = box.git(*words, "--format=%(taggerdate:unix)", "refs/tags")
    names = box.git("tag", "--list", "churn#*").splitlines()
    serial = 1 + max((int(name.rpartition("#")[2]) for name in names), default=0)
    tag = f"churn#{stage}#{serial}"
    box.tag(tag, commit=f"churn@{version}^{{commit}}", at=int(latest) + 1)
    return tag


def push(box: Sandbox, *words: str, env: Mapping[str, str] | None = None) -> str:
    """Push, and return why git refused; empty if it did not."""
    done = box.run("git", "push", "origin", *words, ok=False, env=env)
    return (done.stderr or "it failed") if done.returncode else ""


def serve(box: Sandbox) -> Path:
    """Install the update hook on the server, and return it."""
    hook = server(box) / "hooks" / "update"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(box.lineal("hooks", "server").stdout, encoding="utf-8")
    hook.chmod(0o755)
    return hook
