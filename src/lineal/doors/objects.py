"""Many objects of a repository, read by one process."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lineal.doors.git import Git


@dataclass(frozen=True, slots=True)
class Found:
    """An object.

    Attributes:
        id: Its object id.
        kind: blob, tree, commit or tag.
        content: Its bytes.
    """

    id: str
    kind: str
    content: bytes


def read(git: Git, names: Iterable[str]) -> tuple[Found | None, ...]:
    """Read objects by id, or by `COMMIT:path`, in one process.

    Args:
        git: The repository.
        names: What to read; nothing with a line end in it can be named.

    Returns:
        In the order of the names; None for what is not there.

    Raises:
        GitFailedError: The repository is damaged.
    """
    asked = tuple(names)
    if not asked:
        return ()
    words = "".join(f"{_plain(name)}\n" for name in asked)
    said = git.run(
        "cat-file", "--batch", stdin=words.encode("utf-8", "surrogateescape")
    )
    return tuple(_replies(said))


def read_one(git: Git, name: str) -> bytes | None:
    """Read one object's bytes, None if it is not there."""
    found = read(git, [name])[0]
    return found.content if found else None


def present(git: Git, names: Iterable[str]) -> tuple[bool, ...]:
    """Tell of objects whether they are there, without reading them.

    Args:
        git: The repository.
        names: Ids, or `COMMIT:path`.
    """
    asked = tuple(names)
    if not asked:
        return ()
    words = "".join(f"{_plain(name)}\n" for name in asked)
    said = git.run(
        "cat-file", "--batch-check", stdin=words.encode("utf-8", "surrogateescape")
    )
    lines = (line.rsplit(b" ", 1) for line in said.split(b"\n")[:-1])
    return tuple(end.isdigit() for _, end in lines)


def _plain(name: str) -> str:
    """Return a name, or one that cannot exist, so that replies keep their order."""
    return ":" if "\n" in name else name


def _replies(said: bytes) -> Iterator[Found | None]:
    at = 0
    while at < len(said):
        end = said.index(b"\n", at)
        words = said[at:end].rsplit(b" ", 2)
        at = end + 1
        if len(words) == 3 and words[2].isdigit() and words[1] in _KINDS:  # noqa: PLR2004
            size = int(words[2])
            kind = words[1].decode()
            yield Found(words[0].decode(), kind, said[at : at + size])
            at += size + 1
        else:
            yield None


_KINDS = frozenset({b"blob", b"tree", b"commit", b"tag"})
