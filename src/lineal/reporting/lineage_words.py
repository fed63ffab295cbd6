"""What all views of a lineage say alike: stages folded, parameters and code in short."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from lineal.lineage.makers import around
from lineal.lineage.records import File, Origin, Stage
from lineal.lineage.story import Lineage
from lineal.reporting.signs import shorten, visible

_ALIKE = 3  # stages of one foreach or matrix that are told as one
_GROUPS = 8
_VALUE = 40  # columns of a parameter's value
_SHORT = 7


@dataclass(frozen=True, slots=True)
class Block:
    """A stage, or several of one foreach or matrix.

    Attributes:
        stages: Those that it stands for.
    """

    stages: tuple[Stage, ...]

    @property
    def title(self) -> str:
        """What it is called."""
        first = self.stages[0].name
        if len(self.stages) == 1:
            return first
        return f"{_base(first)}@... ({len(self.stages)} stages)"

    @property
    def reads(self) -> dict[str, File]:
        """What they read, by path."""
        return {dep.path: dep for stage in self.stages for dep in stage.deps}

    @property
    def writes(self) -> dict[str, File]:
        """What they wrote, by path."""
        return {out.path: out for stage in self.stages for out in stage.outs}

    @property
    def params(self) -> dict[str, str]:
        """The values that they read, by name."""
        return {name: value for stage in self.stages for name, value in stage.params}


def blocks(stages: Iterable[Stage], *, apart: bool = True) -> tuple[Block, ...]:
    """Fold stages of one foreach or matrix.

    Args:
        stages: Each after those that it needs.
        apart: Leave those alone that others run between, so that the order holds.
    """
    runs: list[list[Stage]] = []
    by_base: dict[str, list[Stage]] = {}
    for stage in stages:
        base = _base(stage.name)
        run = runs[-1] if apart and runs else by_base.get(base)
        if run is not None and "@" in stage.name and _base(run[0].name) == base:
            run.append(stage)
        else:
            runs.append([stage])
            by_base[base] = runs[-1]
    return tuple(Block(tuple(part)) for run in runs for part in _parts(run))


def _parts(run: Sequence[Stage]) -> Iterator[Sequence[Stage]]:
    if len(run) >= _ALIKE:
        yield run
    else:
        yield from ([stage] for stage in run)


def _base(name: str) -> str:
    return name.partition("@")[0]


def used(lineage: Lineage, block: Block) -> tuple[list[File], int]:
    """Return what a block wrote that went into the model, and how much else it wrote."""
    wanted = {lineage.path or ""}
    wanted |= {dep.path for stage in lineage.stages for dep in stage.deps}
    folders = {folder for path in wanted for folder in around(path)}
    every = block.writes
    found = [
        out
        for path, out in every.items()
        if path in wanted | folders or any(up in wanted for up in around(path))
    ]
    return found, len(every) - len(found)


def code_of(lineage: Lineage, block: Block) -> tuple[File, ...]:
    """Return the code and settings that a block read, by path."""
    code, reads = {file.path for file in lineage.code}, block.reads
    return tuple(reads[path] for path in sorted(reads.keys() & code))


def fingerprint(files: Iterable[File]) -> str:
    """Return one hash for many files: the same where all of them are the same.

    It is the md5 of `HASH  PATH` lines, sorted, as `md5sum` prints them.
    """
    lines = sorted(f"{file.hash}  {file.path}\n" for file in files)
    text = "".join(lines).encode("utf-8", "surrogateescape")
    return hashlib.md5(text, usedforsecurity=False).hexdigest()


def grouped(params: Mapping[str, str]) -> list[str]:
    """Tell parameters in a few words: all of a few, of many how many of a kind.

    >>> grouped({"seed": "1"})
    ['seed = 1']
    >>> grouped({f"a.b{n}": "1" for n in range(9)})
    ['a.* (9)']
    """
    groups: dict[str, Sequence[str]] = {"": sorted(params)}
    while parts := _split(groups):
        groups = parts
    if len(groups) > _GROUPS:
        shown = dict(list(groups.items())[: _GROUPS - 1])
        more = len(params) - sum(map(len, shown.values()))
        return [*(_group(*each, params) for each in shown.items()), f"and {more} more"]
    return [_group(*each, params) for each in groups.items() if params]


def _split(groups: Mapping[str, Sequence[str]]) -> dict[str, Sequence[str]] | None:
    """Take one group apart, if there is room for its parts; the biggest first."""
    for key in sorted(groups, key=lambda each: -len(groups[each])):
        parts: dict[str, list[str]] = {}
        for name in groups[key]:
            end = name.find(".", len(key) + 1)
            parts.setdefault(name if end < 0 else name[:end], []).append(name)
        if set(parts) != {key} and (not key or len(groups) + len(parts) <= _GROUPS + 1):
            others = {each: names for each, names in groups.items() if each != key}
            return dict(sorted({**others, **parts}.items()))
    return None


def _group(key: str, names: Sequence[str], params: Mapping[str, str]) -> str:
    if len(names) > 1:
        return f"{visible(key)}.* ({len(names)})"
    name = names[0]
    return f"{visible(name)} = {shorten(visible(params[name]), _VALUE)}"


def hashed(file: File) -> str:
    """Return a file's hash with its kind, empty where none is recorded."""
    return f"{file.algorithm} {visible(file.hash)}" if file.hash else ""


def named(file: File) -> str:
    """Return a file's path with the start of its hash."""
    short = f" ({visible(file.hash[:_SHORT])})" if file.hash else ""
    return visible(file.path) + short


def measures(file: File) -> Iterator[str]:
    """Say how big a file or folder is, as far as that is known."""
    if file.size is not None:
        yield counted(file.size, "byte")
    if file.count is not None:
        yield counted(file.count, "file")
    if file.rows is not None:
        yield counted(file.rows, "row")


def counted(number: int, word: str) -> str:
    """Return a number of things.

    >>> counted(1, "row"), counted(113974, "row")
    ('1 row', '113,974 rows')
    """
    return f"{number:,} {word}{'' if number == 1 else 's'}"


def imported(origin: Origin) -> str:
    """Say where a file came from."""
    where = visible(origin.url)
    inner = f", {visible(origin.path)}" if origin.path else ""
    at = f", at {visible(origin.locked)}" if origin.locked else ""
    asked = f" (asked for {visible(origin.rev)})" if origin.rev else ""
    return f"imported from {where}{inner}{at}{asked}"
