"""From a path back to all that made it: the graph of one version, from records alone."""

import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from lineal.lineage.makers import Makers, around
from lineal.lineage.records import File, Records, Stage

# What is data though Git keeps it: the endings of tables.
_TABLES = frozenset(
    {
        ".arrow",
        ".avro",
        ".csv",
        ".feather",
        ".geojson",
        ".h5",
        ".hdf5",
        ".jsonl",
        ".ndjson",
        ".npy",
        ".npz",
        ".orc",
        ".parquet",
        ".tsv",
        ".xls",
        ".xlsx",
    }
)


@dataclass(frozen=True, slots=True)
class Pedigree:
    """What made a path.

    Attributes:
        path: From the top of the repository.
        made: The path itself, None where DVC recorded nothing of it.
        stages: Those that made it, each after those that it needs.
        data: What went in and no stage made, by path.
        code: The same of what Git keeps and is no table: code, and settings.
        notes: What could not be read or followed.
    """

    path: str
    made: File | None = None
    stages: tuple[Stage, ...] = ()
    data: tuple[File, ...] = ()
    code: tuple[File, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def params(self) -> dict[str, str]:
        """The values of all its stages, by name."""
        return {name: value for stage in self.stages for name, value in stage.params}

    @property
    def files(self) -> dict[str, File]:
        """Everything that it came from and through, by path."""
        found = {file.path: file for stage in self.stages for file in stage.outs}
        return found | {file.path: file for file in (*self.data, *self.code)}


@dataclass(frozen=True, slots=True)
class Tracer:
    """What DVC recorded at a commit, made ready to follow many paths back.

    Attributes:
        records: All of it.
        makers: Which stages make a path.
        added: What was added or imported by each folder around it.
        every: All that stages wrote, or that was added, by path.
    """

    records: Records
    makers: Makers
    added: Mapping[str, list[str]]
    every: Mapping[str, File]

    @classmethod
    def of(cls, records: Records) -> "Tracer":
        """Make records ready."""
        outs = {out.path: out for stage in records.stages for out in stage.outs}
        every = {**records.tracked, **outs}
        return cls(records, Makers.of(records.stages), _holders(records), every)

    def trace(
        self, path: str, committed: Callable[[str], bool] = lambda _: False
    ) -> Pedigree:
        """Follow a path back through the stages that made it.

        Args:
            path: Of a file or folder, from the top of the repository.
            committed: Tells whether Git itself keeps a path there.
        """
        records, makers = self.records, self.makers
        stages = _ancestors(makers, path)
        read = [dep for stage in stages for dep in stage.deps]
        loose = {
            dep.path: _sourced(dep, records)
            for dep in read
            if not makers.of_path(dep.path)
        }
        for dep in read:  # of a folder also what was added inside it
            inside = self.added.get(dep.path, ())
            loose |= {each: records.tracked[each] for each in inside}
        places = (path, *around(path))
        itself = next((self.every[p] for p in places if p in self.every), None)
        if itself is not None and not stages and _tracked(path, records):
            loose[path] = itself
        code = {
            each
            for each in loose.keys() - self.added.keys()
            if _is_code(each, records, committed)
        }
        return Pedigree(
            path=path,
            made=itself,
            stages=stages,
            data=tuple(loose[each] for each in sorted(loose) if each not in code),
            code=tuple(loose[each] for each in sorted(code)),
            notes=(*records.faults, *_rivals(stages), *_stale(read, records)),
        )


def trace(
    records: Records, path: str, committed: Callable[[str], bool] = lambda _: False
) -> Pedigree:
    """Follow one path back; see `Tracer`.

    Args:
        records: What DVC recorded at a commit.
        path: Of a file or folder, from the top of the repository.
        committed: Tells whether Git itself keeps a path there.
    """
    return Tracer.of(records).trace(path, committed)


def _holders(records: Records) -> dict[str, list[str]]:
    """Return what was added or imported by each folder around it."""
    found: dict[str, list[str]] = {}
    for path in records.tracked:
        for folder in around(path):
            found.setdefault(folder, []).append(path)
    return found


def _stale(read: Iterable[File], records: Records) -> Iterator[str]:
    """Tell what was added anew after the stages had run."""
    for path, dep in {dep.path: dep for dep in read}.items():
        if _is_other(dep, records.tracked.get(path)):
            yield f"stages read {path} with other bytes than its .dvc file records"


def _is_other(dep: File, known: File | None) -> bool:
    if known is None or not (dep.hash and known.hash):
        return False
    return dep.algorithm == known.algorithm and dep.hash != known.hash


def _rivals(stages: Iterable[Stage]) -> Iterator[str]:
    """Tell which files several stages say to have made, so that one record is stale."""
    makers: dict[str, list[str]] = {}
    for stage in stages:
        for out in stage.outs:
            makers.setdefault(out.path, []).append(stage.name)
    for path, names in makers.items():
        if len(names) > 1:
            yield f"several stages are recorded to make {path}: {', '.join(sorted(names))}"


def reached(stages: Iterable[Stage], paths: Iterable[str]) -> tuple[Stage, ...]:
    """Return the stages that read one of some paths, or what came of them.

    Args:
        stages: Where to look.
        paths: What changes.
    """
    left, waiting = list(stages), list(paths)
    found: list[Stage] = []
    while waiting:
        path = waiting.pop()
        hit = [s for s in left if any(overlaps(path, dep.path) for dep in s.deps)]
        names = {stage.name for stage in hit}
        left = [stage for stage in left if stage.name not in names]
        found += hit
        waiting += [out.path for stage in hit for out in stage.outs]
    return tuple(found)


def overlaps(path: str, other: str) -> bool:
    """Tell whether a path is another one, lies in it, or holds it.

    >>> overlaps("data/raw", "data/raw/a.csv"), overlaps("data/raw", "data/raw2")
    (True, False)
    """
    return path == other or _within(path, other) or _within(other, path)


def _within(path: str, folder: str) -> bool:
    return path.startswith(f"{folder}/")


def _ancestors(makers: Makers, path: str) -> tuple[Stage, ...]:
    """Return the stages that made a path, each after those that it needs."""
    found: list[Stage] = []
    waiting = [(stage, False) for stage in makers.of_path(path)]
    begun: set[str] = set()
    while waiting:
        stage, ready = waiting.pop()
        if ready:
            found.append(stage)
        elif stage.name not in begun:
            begun.add(stage.name)
            needed = [m for dep in stage.deps for m in makers.of_path(dep.path)]
            waiting += [(stage, True), *((each, False) for each in reversed(needed))]
    return tuple(found)


def _sourced(dep: File, records: Records) -> File:
    """Add to a dependency what its .dvc file knows: where it was imported from."""
    known = _tracked(dep.path, records)
    if known is None:
        return dep
    inner = dep.path.removeprefix(known.path)
    if not inner and _is_other(dep, known):
        return dep
    origin = known.origin
    if origin and inner and origin.path:
        origin = replace(origin, path=origin.path + inner)
    if inner:
        return replace(dep, origin=origin)
    found = dep.hash or known.hash
    return replace(dep, hash=found, origin=origin, rows=known.rows)


def _tracked(path: str, records: Records) -> File | None:
    """Return what was added or imported as a path or a folder around it."""
    known = records.tracked
    return next((known[p] for p in (path, *around(path)) if p in known), None)


def _is_code(path: str, records: Records, committed: Callable[[str], bool]) -> bool:
    if _tracked(path, records) or posixpath.splitext(path)[1].lower() in _TABLES:
        return False
    return committed(path)
