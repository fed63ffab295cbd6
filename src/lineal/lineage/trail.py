"""All that went into a version, whatever will be asked about: lineage, laid flat.

From version to version hashes and sizes change, and the rest of a lock rarely does. So
locks that do not differ otherwise are traced once, with a mark for each hash.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from lineal.lineage.asked import Asked
from lineal.lineage.pedigree import Pedigree, reached
from lineal.lineage.records import File, Stage

# What an item of a lock has after its path, as DVC writes it.
_HASH = re.compile(rb"\n      md5: ([0-9a-f]{32}(?:\.dir)?)(?=\n)")
_SIZE = re.compile(rb"\n      (?:size|nfiles): [0-9]+(?=\n)")
_GAP = b"\0"  # YAML has none
_MARK = 32  # digits of a mark, as many as an md5 has
_MARKED = "00000000"


@dataclass(frozen=True, slots=True)
class Step:
    """Something that went in.

    Attributes:
        kind: What it is.
        name: Its path or name.
        value: Its hash, value or version.
        through: The stages that read it, in the order in which they ran.
    """

    kind: Literal["file", "param"]
    name: str
    value: str
    through: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """A step of one stage, or of none.

    Attributes:
        kind: What it is.
        name: Its path or name.
        value: Its hash or value.
        stage: Which stage read it; empty for what none did.
    """

    kind: Literal["file", "param"]
    name: str
    value: str
    stage: str = ""


def told(made: Pedigree) -> tuple[Told, ...]:
    """Return all that a model came from and through, stage by stage."""
    return tuple(_told(made))


def _told(made: Pedigree) -> Iterator[Told]:
    for stage in made.stages:
        for name, value in stage.params:
            yield Told("param", name, value, stage.name)
        for dep in stage.deps:
            yield Told("file", dep.path, dep.hash, stage.name)
    outs = (out for stage in made.stages for out in stage.outs)
    itself = () if made.made is None else (made.made,)
    for file in (*made.data, *made.code, *outs, *itself):
        yield Told("file", file.path, file.hash)


def steps(said: Iterable[Told], cuts: Sequence["Cut"] = ()) -> list[Step]:
    """Put together what several stages read.

    Args:
        said: Stage by stage.
        cuts: The locks of the commit, if they have marks for hashes.
    """
    found: dict[tuple[Literal["file", "param"], str, str], dict[str, None]] = {}
    for each in said:
        value = _unmarked(each.value, cuts) if each.kind == "file" else each.value
        through = found.setdefault((each.kind, each.name, value), {})
        if each.stage:
            through[each.stage] = None
    return [Step(*key, tuple(through)) for key, through in found.items()]


@dataclass(frozen=True, slots=True)
class Cut:
    """A dvc.lock without the hashes and sizes of its items.

    Attributes:
        outline: The rest, with a gap for each hash.
        hashes: What was in the gaps.
    """

    outline: bytes
    hashes: tuple[str, ...]

    @classmethod
    def of(cls, lock: bytes) -> "Cut":
        r"""Cut a lock.

        >>> Cut.of(b"- path: a\n      md5: " + b"0" * 32 + b"\n      size: 1\n").outline
        b'- path: a\n      md5: \x00\n'
        """
        if _GAP in lock:
            return cls(lock, ())
        pieces = _HASH.split(_SIZE.sub(b"", lock))
        return cls(
            b"\n      md5: \0".join(pieces[::2]),
            tuple(each.decode() for each in pieces[1::2]),
        )

    def marked(self, number: int) -> bytes:
        """Return the lock with a mark for each hash.

        Args:
            number: Of this lock among those of its commit.
        """
        if not self.hashes:
            return self.outline
        first, *rest = self.outline.split(_GAP)
        marks = (mark.encode() for mark in self.marks(number))
        return first + b"".join(map(bytes.__add__, marks, rest))

    def marks(self, number: int) -> Iterator[str]:
        """Return the mark of each hash."""
        return (f"{number:016x}{place:016x}" for place in range(len(self.hashes)))


def _unmarked(value: str, cuts: Sequence[Cut]) -> str:
    """Return the hash that a mark stands for."""
    if not cuts or len(value) != _MARK or not value.startswith(_MARKED):
        return value
    lock, place = int(value[: _MARK // 2], 16), int(value[_MARK // 2 :], 16)
    hashes = cuts[lock].hashes if lock < len(cuts) else ()
    return hashes[place] if place < len(hashes) else value


def impact(
    asked: Asked, stages: Sequence[Stage], first: Iterable[Stage] = ()
) -> tuple[str, ...]:
    """Return the stages that run again where something changes.

    Args:
        asked: What changes.
        stages: All that there are.
        first: Those that are known to change.
    """
    changed = (*first, *(stage for stage in stages if _changes(asked, stage)))
    after = reached(stages, (out.path for one in changed for out in one.outs))
    names = {stage.name for stage in (*changed, *after)}
    return tuple(stage.name for stage in stages if stage.name in names)


def _changes(asked: Asked, stage: Stage) -> bool:
    """Tell whether DVC runs a stage again: also where what it wrote is other."""
    if asked.kind == "param":
        # Any other value is a change, whichever was asked about.
        any_value = Asked("param", asked.name)
        return any(any_value.means(name, value) for name, value in stage.params)
    if asked.kind not in {"file", "hash"}:
        return False
    return any(_is_meant(asked, file) for file in (*stage.deps, *stage.outs))


def _is_meant(asked: Asked, file: File) -> bool:
    return asked.means(file.path, file.hash)
