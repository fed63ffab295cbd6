"""Is dvc.lock what a commit's own files ask for? Told from records, without DVC.

A stage is stale where DVC would run it again: other bytes or parameters went in than
it recorded, or what it made is not what the commit has.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lineal.lineage.expansion import Planned
from lineal.lineage.pedigree import overlaps
from lineal.lineage.records import File, Records, Stage

GONE = object()  # in place of a parameter's value: it is not there
_ELSEWHERE = ("/", "../", "~")


@dataclass(frozen=True, slots=True)
class Stale:
    """A stage that DVC would run again.

    Attributes:
        stage: Its name.
        reasons: Why, in words.
    """

    stage: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Freshness:
    """What is known of one commit, or of the working tree.

    Attributes:
        stale: The stages that DVC would run again.
        lockless: The dvc.yaml files that have stages and no dvc.lock beside them.
        unchecked: Paths and stages of which it cannot be told.
        faults: Files that cannot be read, and why.
    """

    stale: tuple[Stale, ...] = ()
    lockless: tuple[str, ...] = ()
    unchecked: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()

    @property
    def is_fresh(self) -> bool:
        """Whether nothing is known to be out of date."""
        return not (self.stale or self.lockless or self.faults)


# The hashes that a file's or folder's bytes may have been recorded by, as some stage
# makes them; empty where Git has no such path, None where it cannot be told.
HashOf = Callable[[Stage, File], Collection[str] | None]
# By name: what a stage recorded of a parameter, and what it is now.
ParamsOf = Callable[[Stage], Mapping[str, tuple[Any, Any]]]


def stale(records: Records, hash_of: HashOf, params_of: ParamsOf) -> tuple[Stale, ...]:
    """List the stages that are not up to date, in the order of the records.

    Args:
        records: What DVC recorded.
        hash_of: Tells what Git has at a path.
        params_of: Tells parameters, as YAML reads them.
    """
    made = {out.path: out for stage in records.stages for out in stage.outs}
    known = _Known({**records.tracked, **made}, hash_of)
    found = (
        Stale(stage.name, tuple(_reasons(stage, known, params_of)))
        for stage in records.stages
    )
    return tuple(each for each in found if each.reasons)


def planned(
    found: tuple[Stale, ...], records: Records, plans: Mapping[str, Planned]
) -> tuple[Stale, ...]:
    """Add what dvc.yaml asks for and no record has; what is frozen is left out.

    Args:
        found: The stages that are stale by their records.
        records: What DVC recorded.
        plans: What dvc.yaml asks for, by the stage's name in the records.
    """
    ran = {stage.name: stage for stage in records.stages}
    known = {each.stage: each.reasons for each in found}
    merged = (
        Stale(
            name,
            (
                *(plans[name].unmet(ran.get(name)) if name in plans else ()),
                *known.get(name, ()),
            ),
        )
        for name in dict.fromkeys([*ran, *plans])
        if name not in plans or not plans[name].frozen
    )
    return tuple(each for each in merged if each.reasons)


def unchecked(records: Records, hash_of: HashOf) -> tuple[str, ...]:
    """List the paths of which it cannot be told whether they changed.

    Args:
        records: What DVC recorded.
        hash_of: Tells what Git has at a path.
    """
    made = {out.path: out for stage in records.stages for out in stage.outs}
    known = _Known({**records.tracked, **made}, hash_of)
    every = ((stage, dep) for stage in records.stages for dep in stage.deps)
    return tuple(
        sorted({dep.path for stage, dep in every if known.is_vague(stage, dep)})
    )


@dataclass(frozen=True, slots=True)
class _Known:
    """What DVC and Git say of paths.

    Attributes:
        recorded: What DVC recorded as made or added, by path.
        hash_of: Tells what Git has.
    """

    recorded: Mapping[str, File]
    hash_of: HashOf

    def is_vague(self, stage: Stage, file: File) -> bool:
        """Whether nobody can tell what bytes a path has."""
        if not file.hash or file.algorithm != "md5" or _is_elsewhere(file.path):
            return True
        if file.path in self.recorded:
            return not self.recorded[file.path].hash
        found = self.hash_of(stage, file)
        if found is None or (not found and self._is_part(file.path)):
            return True
        inner = (f for p, f in self.recorded.items() if p.startswith(f"{file.path}/"))
        return any(not self.hash_of(stage, each) for each in inner)

    def change(self, stage: Stage, file: File) -> str:
        """Say what became of something that a stage read, nothing if nothing did."""
        if self.is_vague(stage, file):
            return ""
        other = self.recorded.get(file.path)
        if other is not None:
            return f"{file.path} changed" if other.hash != file.hash else ""
        found = self.hash_of(stage, file) or ()
        if not found:
            return f"{file.path} is gone"
        return "" if file.hash in found else f"{file.path} changed"

    def spoilt(self, stage: Stage, out: File) -> str:
        """Say what became of something that a stage made and Git keeps."""
        found = self.hash_of(stage, out) if out.algorithm == "md5" else None
        if not found or not out.hash or out.hash in found:
            return ""
        return f"{out.path} is not what the stage made"

    def _is_part(self, path: str) -> bool:
        return any(overlaps(path, other) for other in self.recorded)


def _reasons(stage: Stage, known: _Known, params_of: ParamsOf) -> Iterator[str]:
    found = [known.change(stage, dep) for dep in stage.deps]
    found += [_moved(name, *pair) for name, pair in params_of(stage).items()]
    found += [known.spoilt(stage, out) for out in stage.outs]
    yield from filter(None, found)


def _moved(name: str, before: Any, now: Any) -> str:
    """Say what became of a parameter, nothing if nothing did."""
    if now is GONE:
        return f"parameter {name} is gone"
    return "" if _same(before, now) else f"parameter {name} changed"


def _same(before: Any, now: Any) -> bool:
    """Tell whether DVC takes two values for the same; True is 1 to Python, not here."""
    if isinstance(before, bool) != isinstance(now, bool):
        return False
    return bool(before == now)


def _is_elsewhere(path: str) -> bool:
    return path.startswith(_ELSEWHERE) or "://" in path or path == ".."
