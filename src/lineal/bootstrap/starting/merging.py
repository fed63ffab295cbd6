"""What becomes of files that are there already."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from lineal.bootstrap.ci import lists_lineal

ADDED: Final = (".gitignore", "requirements.txt")
"""Files that lines are added to; nothing of them is replaced."""
_KEPT: Final = ("README.md", "data/README.md")


@dataclass(frozen=True, slots=True)
class Paper:
    """A file: what is there, and what should be.

    Attributes:
        path: From the top.
        before: None: there is none.
        after: What it should say.
    """

    path: str
    before: bytes | None
    after: str

    @property
    def same(self) -> bool:
        """Whether nothing has to be written."""
        return self.before == self.after.encode()


def paper(root: Path, name: str, text: str, pin: str) -> Paper:
    """Compare a file with what is there; what can be added to is."""
    try:
        before = (root / name).read_bytes()
    except OSError:
        return Paper(name, None, text)
    said = before.decode("utf-8", "surrogateescape")
    if name in _KEPT:
        return Paper(name, before, said)
    if name == "requirements.txt":
        listed = lists_lineal(said)
        return Paper(name, before, said if listed else _with(said, [pin]))
    if name == ".gitignore":
        return Paper(name, before, _with(said, text.splitlines()))
    return Paper(name, before, text)


def _with(text: str, lines: list[str]) -> str:
    """Return a text with those lines that it has not, at its end."""
    there = set(text.splitlines())
    new = [line for line in lines if line not in there]
    if not new:
        return text
    gap = "" if not text or text.endswith("\n") else "\n"
    return text + gap + "".join(f"{line}\n" for line in new)
