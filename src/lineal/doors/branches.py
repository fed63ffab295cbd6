"""The branches of a remote, as this clone last saw them."""

from lineal.doors.git import Git


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
