"""Tag objects that no ref leads to: what was deleted or replaced, until Git prunes."""

from lineal.doors.git import Git


def tags(git: Git) -> tuple[str, ...]:
    """Return the object ids; none where git cannot walk the repository.

    A damaged repository is reported by whoever misses an object, not here.
    """
    words = ("--unreachable", "--no-reflogs", "--no-progress", "--connectivity-only")
    done = git.attempt("fsck", *words)
    lines = (
        line.split() for line in done.stdout.decode("ascii", "replace").split("\n")
    )
    return tuple(
        line[2] for line in lines if line[:2] == ["unreachable", "tag"] and line[2:]
    )
