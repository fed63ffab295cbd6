"""Commits and tags written by the hundred thousand, in one `git fast-import`."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from helpers.sandbox import ANN, Sandbox


@dataclass(slots=True)
class Stream:
    """What fast-import will be told; a mark stands for a commit until it is loaded.

    Commits follow one another on main. The same stream gives the same ids.
    """

    _parts: list[bytes] = field(default_factory=list)
    _blobs: dict[str, int] = field(default_factory=dict)
    _marks: int = 0

    def commit(
        self,
        *,
        at: int,
        message: str = "change",
        actor: str = ANN,
        files: Mapping[str, str] | None = None,
    ) -> int:
        """Add a commit to main and return its mark."""
        blobs = {path: self._blob(text) for path, text in (files or {}).items()}
        self._marks += 1
        self._say(
            "commit refs/heads/main",
            f"mark :{self._marks}",
            f"author {actor} {at} +0000",
            f"committer {actor} {at} +0000",
        )
        self._data(message + "\n")
        self._say(*(f"M 100644 :{mark} {path}" for path, mark in blobs.items()), "")
        return self._marks

    def tag(
        self,
        name: str,
        mark: int,
        *,
        at: int,
        message: str | None = None,
        actor: str = ANN,
    ) -> None:
        """Add an annotated tag of a commit."""
        self._say(f"tag {name}", f"from :{mark}", f"tagger {actor} {at} +0000")
        self._data(f"{name if message is None else message}\n")

    def load(self, into: Sandbox, *, packed: bool = False) -> dict[int, str]:
        """Write everything into an empty repository.

        Args:
            into: A repository without commits.
            packed: Whether refs go into packed-refs, rather than a file each.

        Returns:
            The commit of each mark.
        """
        told = b"".join(self._parts)
        marks = into.home / "marks"
        # Few objects would be unpacked into a file each, which takes longer.
        pack = ("-c", "fastimport.unpackLimit=1")
        words = ("fast-import", "--quiet", f"--export-marks={marks}")
        into.git(*pack, *words, stdin=told)
        if packed:
            into.git("pack-refs", "--all")
        if self._blobs and not into.bare:
            into.git("reset", "--quiet", "--hard")
        lines = marks.read_text(encoding="ascii").split()
        return {int(m[1:]): i for m, i in zip(lines[::2], lines[1::2], strict=True)}

    def _blob(self, text: str) -> int:
        """Return the mark of a file's content, written once."""
        if text not in self._blobs:
            self._marks += 1
            self._say("blob", f"mark :{self._marks}")
            self._data(text)
            self._blobs[text] = self._marks
        return self._blobs[text]

    def _say(self, *lines: str) -> None:
        """Add lines."""
        self._parts.append("".join(f"{line}\n" for line in lines).encode())

    def _data(self, text: str) -> None:
        """Add a text, its length first."""
        content = text.encode()
        self._parts.append(b"data %d\n%s\n" % (len(content), content))
