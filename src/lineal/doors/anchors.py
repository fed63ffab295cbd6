"""What of a clone, and of its remote, somebody may still need: branches, stashes, work."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from lineal.doors.git import Git
from lineal.doors.remote import Remote, RemoteFailedError

_BEGUN = (
    *("MERGE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD", "REBASE_HEAD"),
    *("BISECT_HEAD", "ORIG_HEAD"),
)
STASH = "the stash"
UNPUSHED = "a commit that is not pushed"
ONLY_REFLOG = "a commit that only the reflog knows"
_REMOTES = "refs/remotes/"
_KINDS = {
    "refs/heads/": "branch ",
    "refs/tags/": "tag ",
    "refs/exps/": "experiment ",
}


@dataclass(frozen=True, slots=True)
class Anchor:
    """A commit that is kept, and why.

    Attributes:
        commit: Its id.
        why: What holds on to it.
    """

    commit: str
    why: str


@dataclass(frozen=True, slots=True)
class Advertised:
    """What a remote has.

    Attributes:
        name: The remote's name.
        heads: The commit of each branch.
        tags: The object id of each tag.
    """

    name: str
    heads: dict[str, str]
    tags: dict[str, str]


def anchors(git: Git, but: frozenset[str]) -> tuple[Anchor, ...]:
    """Return what the clone itself holds on to.

    Args:
        git: The clone.
        but: Tags that hold on to nothing by themselves.

    Raises:
        GitFailedError: git failed.
    """
    found = dict(_refs(git, but))
    for name in ("HEAD", *_BEGUN):
        done = git.attempt("rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
        if done.returncode == 0:
            found[name] = done.stdout.decode().strip()
    top = git.root.resolve()
    for tree, commit in worktrees(git):
        if commit and tree.resolve() != top:
            found[f"HEAD of {tree}"] = commit
    kept = [Anchor(commit, why) for why, commit in found.items()]
    kept += [Anchor(commit, STASH) for commit in _stashed(git)]
    known = {anchor.commit for anchor in kept}
    more = dict.fromkeys(_unpushed(git), UNPUSHED)
    more = dict.fromkeys(left(git), ONLY_REFLOG) | more
    kept += [Anchor(commit, why) for commit, why in more.items() if commit not in known]
    return tuple(kept)


def worktrees(git: Git) -> Iterator[tuple[Path, str]]:
    """List the working trees of a clone with their commits; empty before the first."""
    listed = os.fsdecode(git.run("worktree", "list", "--porcelain"))
    for entry in listed.split("\n\n"):
        facts = dict(line.partition(" ")[::2] for line in entry.splitlines())
        if "worktree" in facts and "bare" not in facts:
            commit = facts.get("HEAD", "")
            yield Path(facts["worktree"]), commit if commit.strip("0") else ""


def ask(remote: Remote) -> Advertised:
    """Ask a remote for its branches and tags.

    Raises:
        RemoteFailedError: It cannot be reached.
        GitHungError: It does not answer.
    """
    words = ("ls-remote", "--heads", "--tags", "--refs", "--", remote.name)
    done = remote.git.attempt(*words, seconds=remote.seconds)
    if done.returncode:
        raise RemoteFailedError(remote.name, "asking", os.fsdecode(done.stderr))
    lines = os.fsdecode(done.stdout).removesuffix("\n").split("\n")
    pairs = [line.split("\t", 1) for line in lines if line]

    def under(folder: str) -> dict[str, str]:
        return {r.removeprefix(folder): o for o, r in pairs if r.startswith(folder)}

    return Advertised(remote.name, under("refs/heads/"), under("refs/tags/"))


def fetch(remote: Remote, commits: Iterable[str]) -> None:
    """Get commits of a remote's branches; no ref of the clone changes.

    Raises:
        RemoteFailedError: It cannot be reached.
        GitHungError: It does not answer.
    """
    options = ("--quiet", "--no-tags", "--no-write-fetch-head", "--no-auto-maintenance")
    words = ("fetch", *options, "--no-recurse-submodules", "--", remote.name)
    done = remote.git.attempt(*words, *sorted(commits), seconds=remote.seconds)
    if done.returncode:
        raise RemoteFailedError(remote.name, "fetching from", os.fsdecode(done.stderr))


def _refs(git: Git, but: frozenset[str]) -> Iterator[tuple[str, str]]:
    """List what refs are called, with their commits."""
    listed = os.fsdecode(git.run("for-each-ref", "--format=%(refname)"))
    refs = [
        ref
        for ref in listed.split("\n")[:-1]
        if not (ref.startswith("refs/tags/") and ref.removeprefix("refs/tags/") in but)
    ]
    asked = "".join(f"{ref}^{{commit}}\n" for ref in refs)
    said = git.run("cat-file", "--batch-check", stdin=os.fsencode(asked))
    for ref, line in zip(
        refs, said.decode("utf-8", "replace").split("\n"), strict=False
    ):
        words = line.split(" ")
        if len(words) == 3 and words[1] == "commit":  # noqa: PLR2004 - id, kind, size
            yield _called(ref), words[0]


def _called(ref: str) -> str:
    for folder, kind in _KINDS.items():
        if ref.startswith(folder):
            return f"{kind}{ref.removeprefix(folder)}"
    if ref.startswith(_REMOTES):
        remote, _, name = ref.removeprefix(_REMOTES).partition("/")
        return f"branch {name} on {remote}"
    return ref


def _stashed(git: Git) -> list[str]:
    """List all stashes, with what was staged, and the untracked files of each."""
    done = git.attempt("log", "--walk-reflogs", "--format=%H %P", "refs/stash", "--")
    return list(dict.fromkeys(done.stdout.decode().split()))


def _unpushed(git: Git) -> list[str]:
    """List commits that no remote has; without any, nobody means to push."""
    if not git.run("for-each-ref", "--count=1", "refs/remotes"):
        return []
    words = ["rev-list", "--branches", "--not", "--remotes"]
    if not git.is_unborn():
        words.insert(1, "HEAD")
    return git.run(*words).decode().split()


def left(git: Git) -> list[str]:
    """List commits that no ref has any more: reset, amended, of a deleted branch.

    Git's reflog knows them until it forgets them, so they may be taken back.
    """
    words = ["rev-list", "--reflog", "--not", "--all"]
    if not git.is_unborn():
        words.append("HEAD")
    done = git.attempt(*words)
    # Entries may name commits that are gone; those cannot be taken back.
    return done.stdout.decode().split() if done.returncode == 0 else []
