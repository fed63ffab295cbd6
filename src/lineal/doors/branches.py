"""The branches of a remote, as this clone last saw them."""

import os

from lineal.doors.git import Git

_REMOTES = "refs/remotes/"


def has(git: Git, remote: str, commit: str) -> bool | None:
    """Tell whether a commit is on a branch of a remote.

    Args:
        git: The repository.
        remote: The remote's name.
        commit: The commit's id.

    Returns:
        None where this clone keeps no branches of that remote, as a bare one does, or
        where the remote is a URL.
    """
    kept = git.attempt("config", "--get-all", f"remote.{remote}.fetch")
    if f":refs/remotes/{remote}/".encode() not in kept.stdout:
        return None
    where = f"refs/remotes/{remote}"
    return bool(git.run("for-each-ref", "--count=1", "--contains", commit, where))


def contains(git: Git, ref: str, commit: str) -> bool | None:
    """Tell whether a ref leads to a commit, None where there is no such ref.

    Args:
        git: The repository.
        ref: Its full name; a tag that is called so is another.
        commit: The commit's id.
    """
    if not there(git, ref):
        return None
    done = git.attempt("merge-base", "--is-ancestor", commit, ref)
    return {0: True, 1: False}.get(done.returncode)


def full(git: Git, name: str) -> str:
    """Return the full name of what a branch's name stands for, empty if it is none.

    Whoever can push can name a tag or a branch `HEAD`, `origin/main` or even
    `refs/heads/main`. So what Git finds ambiguous is looked up where branches are, and
    HEAD is never anything else.
    """
    if name in {"HEAD", "@"}:
        return aimed(git, "HEAD")
    places = ("refs/heads/{}", "refs/remotes/{}", "refs/remotes/{}/HEAD")
    whole = name.startswith("refs/")
    for place in ("{}",) if whole else places:
        ref = place.format(name)
        if there(git, ref):
            return aimed(git, ref)
    words = ("rev-parse", "--symbolic-full-name", "--verify", "--quiet", name)
    return "" if whole else os.fsdecode(git.attempt(*words).stdout).strip()


def aimed(git: Git, ref: str) -> str:
    """Return where a symbolic ref points, and any other ref as it is."""
    done = git.attempt("symbolic-ref", "--quiet", ref)
    return os.fsdecode(done.stdout).strip() or ref


def there(git: Git, ref: str) -> bool:
    """Tell whether there is a ref of that full name."""
    return not git.attempt("show-ref", "--verify", "--quiet", ref).returncode


def sibling(ref: str, branch: str) -> str:
    """Return the ref of another branch of where a branch is.

    >>> sibling("refs/remotes/origin/HEAD", "main"), sibling("HEAD", "main")
    ('refs/remotes/origin/main', 'refs/heads/main')
    """
    parts = ref.removeprefix(_REMOTES).split("/")
    if ref.startswith(_REMOTES):
        return f"{_REMOTES}{parts[0]}/{branch}"
    return f"refs/heads/{branch}"


def called(git: Git, ref: str) -> str:
    """Return what people call a branch: of a remote's HEAD, the one that it stands for.

    Args:
        git: The repository.
        ref: The branch's full name, or HEAD, which is called so.
    """
    name = aimed(git, ref) if ref.startswith(_REMOTES) else ref
    return name.removeprefix(_REMOTES).removeprefix("refs/heads/")
