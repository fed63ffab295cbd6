"""What of a lock an answer depends on, so that locks that do not differ in it share one.

From version to version hashes and sizes change, and the rest rarely does: most of ten
thousand locks need not be parsed at all to know what went into their models.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from lineal.lineage.pedigree import overlaps
from lineal.lineage.records import read
from lineal.lineage.usage import Asked

# An item as DVC writes it: its path first and plain, then its hash and size.
_FACTS = re.compile(rb"(?:      (?:hash|md5|size|nfiles): [^\n]*\n)+")
_ODD = re.compile(rb"      path:|- path: [|>'\"]")


@dataclass(frozen=True, slots=True)
class Telling:
    """What a question asks of the files of a commit.

    Attributes:
        asked: The question.
        pattern: Finds the items of a lock that it is about; None: it is about none.
        word: A text that is in every lock that tells something.
    """

    asked: Asked
    pattern: re.Pattern[bytes] | None
    word: bytes

    @classmethod
    def of(cls, asked: Asked) -> "Telling":
        """Return what tells whether something was used, and how."""
        match asked.kind:
            case "file":
                parts = [part.encode() for part in asked.name.split("/") if part]
                return cls(asked, re.compile(_around(parts) + _FACTS.pattern), b"")
            case "hash":
                plain = re.escape(asked.name.removesuffix(".dir").encode())
                found = rb"- path: [^\n]*\n(?:      hash: [^\n]*\n)?      md5: " + plain
                return cls(asked, re.compile(found), b"")
            case _:
                last = asked.name.rpartition(":")[2].rpartition(".")[2]
                return cls(asked, None, last.encode() if last.isascii() else b"")

    def in_lock(self, text: bytes) -> object:
        """Return what of a dvc.lock the answer depends on; nothing if on nothing."""
        if _ODD.search(text):
            return text
        return self.pattern.findall(text) if self.pattern else self.word in text

    def in_file(self, path: str, text: bytes) -> bool:
        """Tell whether the answer depends on a .dvc file."""
        if self.asked.kind == "hash":
            return self.asked.name.removesuffix(".dir").encode() in text
        if self.asked.kind != "file":
            return False
        outs = _outs(path, text)
        return outs is None or any(overlaps(self.asked.name, each) for each in outs)


@lru_cache(1 << 16)
def _outs(path: str, text: bytes) -> tuple[str, ...] | None:
    """Return what a .dvc file tracks; None where it is a stage, or cannot be read."""
    found = read({path: text})
    return None if found.stages or found.faults else tuple(found.tracked)


def skeleton(lock: bytes) -> bytes:
    r"""Return a lock without the hashes and sizes of its items.

    >>> skeleton(b"    - path: a\n      hash: md5\n      md5: 0\n      size: 1\n")
    b'    - path: a\n'
    """
    return lock if _ODD.search(lock) else _FACTS.sub(b"", lock)


def _around(parts: list[bytes]) -> bytes:
    """Find a path, what is below it, and the folders around it, from any folder."""
    *around, last = map(re.escape, parts)
    ends = b"|".join((last + rb"(?:/[^\n]*)?", *around))
    return rb"- path: (?:[^\n]*/)?(?:%s)\n" % ends
