"""Merge two branches' dvc.lock, stage by stage.

A stage's record is taken whole from one side: what it read, ran and made belong
together, so records are never mixed. The text of a record stays as it was.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import yaml

from lineal.errors import BadInputError

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_LINES = re.compile(r"[^\r\n\x85\u2028\u2029]*(?:\r\n|[\r\n\x85\u2028\u2029]|$)")
_STAGES = "stages"
_MAPPING = "it is no YAML mapping with `stages`, written in blocks"
_APART = "its stages cannot be told apart"
_OTHERWISE = "its sides are written in different ways"
_OUTSIDE = "both sides changed what is outside of the stages"
_OPEN = "# its sides differ\n"


class UnmergeableError(BadInputError):
    """A text has not the form of dvc.lock, so its stages cannot be told apart."""


@dataclass(frozen=True, slots=True)
class Merged:
    """What came of a merge.

    Attributes:
        text: The whole file; of a stage in conflict it has our record.
        conflicts: The stages that both sides changed, or one changed and one deleted.
        due: Stages whose record is of one side, and reads what the other side made anew.
        deleted: The stages in conflict that one side deleted.
    """

    text: str
    conflicts: tuple[str, ...] = ()
    due: tuple[str, ...] = ()
    deleted: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Lock:
    """One side.

    Attributes:
        head: The lines before the first stage, without `stages:`.
        title: The line `stages:`; empty where there is none.
        stages: The lines of each stage.
        tail: The lines after the last stage.
        records: What YAML reads of each stage.
    """

    head: str
    title: str
    stages: Mapping[str, str]
    tail: str
    records: Mapping[str, Any]


def merge(base: str, ours: str, theirs: str, *, inner: bool = False) -> Merged:
    """Merge what two sides made of a dvc.lock.

    Args:
        base: What both began with; empty where there was no such file.
        ours: What one side made of it.
        theirs: What the other side made of it.
        inner: Whether the result is what two other sides began with. A stage in
            conflict is marked, so that it is like neither side's there.

    Raises:
        UnmergeableError: One has another form, or they differ outside of the stages.
    """
    if theirs in (ours, base):
        return Merged(ours)
    if ours == base:
        return Merged(theirs)
    sides = (_read(base), _read(ours), _read(theirs))
    chosen, conflicts = _choose(*(side.stages for side in sides))
    text = _write(sides, chosen)
    records = _checked(text, chosen, sides)
    if inner:
        chosen |= {name: f"{chosen[name]}{_OPEN}" for name in conflicts}
        return Merged(_write(sides, chosen))
    due = _due(records, (sides[1].records, sides[2].records), conflicts)
    kept = sides[1].stages.keys() & sides[2].stages.keys()
    return Merged(text, conflicts, due, frozenset(conflicts) - kept)


def _read(text: str) -> _Lock:
    """Take a text apart by lines; nothing in it is lost or changed."""
    lines = [line for line in _LINES.findall(text) if line]
    try:
        root = yaml.compose(text, Loader=_LOADER)
        records = (yaml.load(text, Loader=_LOADER) or {}).get(_STAGES)  # noqa: S506 - a safe one
    except (yaml.YAMLError, AttributeError, ValueError) as error:
        raise UnmergeableError(_MAPPING) from error
    at = None if root is None else _section(root)
    if root is None or at is None:
        return _Lock("".join(lines), "", {}, "", {})
    key, mapping = root.value[at]
    top = key.start_mark.line
    follow = [pair[0].start_mark.line for pair in root.value[at + 1 :]]
    end = follow[0] if follow else len(lines)
    head, tail = "".join(lines[:top]), "".join(lines[end:])
    stages = _stages(mapping, lines[top:end], top)
    # A name that is a number for YAML is a name.
    read = dict(zip(stages, (records or {}).values(), strict=False))
    return _Lock(head, _ended(lines[top]), stages, tail, read)


def _section(root: yaml.Node) -> int | None:
    """Return the place of `stages` among the keys of the file, None if it has none."""
    if not isinstance(root, yaml.MappingNode) or root.flow_style:
        raise UnmergeableError(_MAPPING)
    names = [key.value for key, _ in root.value]
    if len(set(names)) < len(names):
        raise UnmergeableError(_APART)
    if _STAGES not in names and "schema" not in names:
        raise UnmergeableError(_MAPPING)
    return names.index(_STAGES) if _STAGES in names else None


def _stages(mapping: yaml.Node, lines: Sequence[str], top: int) -> dict[str, str]:
    """Cut the lines from `stages:` on at the names of the stages."""
    if not mapping.value:
        return {}
    if not isinstance(mapping, yaml.MappingNode) or mapping.flow_style:
        raise UnmergeableError(_MAPPING)
    names = [key.value for key, _ in mapping.value]
    starts = [key.start_mark.line - top for key, _ in mapping.value]
    if len(set(names)) < len(names) or len({0, *starts}) <= len(starts):
        raise UnmergeableError(_APART)
    # A comment before the first stage goes with it.
    cuts = [1, *starts[1:], len(lines)]
    texts = ("".join(lines[a:b]) for a, b in pairwise(cuts))
    return {n: _ended(text) for n, text in zip(names, texts, strict=True)}


def _ended(text: str) -> str:
    """End a text with the end of a line, so that others can follow it."""
    return text if text.endswith(("\n", "\r")) else f"{text}\n"


def _choose(
    base: Mapping[str, str], ours: Mapping[str, str], theirs: Mapping[str, str]
) -> tuple[dict[str, str], tuple[str, ...]]:
    """Choose each stage's lines, and name those that nobody can choose."""
    chosen: dict[str, str] = {}
    conflicts: list[str] = []
    for name in _ordered(ours, theirs):
        before, here, there = base.get(name), ours.get(name), theirs.get(name)
        pick = there if here == before else here
        if before not in {here, there} and here != there:
            conflicts.append(name)
            # Where we deleted it, theirs is there for `dvc repro` to begin with.
            pick = there if here is None else here
        if pick is not None:
            chosen[name] = pick
    return chosen, tuple(conflicts)


def _ordered(ours: Iterable[str], theirs: Iterable[str]) -> list[str]:
    """List the stages as ours has them; what is new follows what it follows there."""
    order = list(ours)
    before: str | None = None
    for name in theirs:
        if name not in order:
            order.insert(0 if before is None else order.index(before) + 1, name)
        before = name
    return order


def _write(sides: tuple[_Lock, _Lock, _Lock], chosen: Mapping[str, str]) -> str:
    heads, tails = [s.head for s in sides], [s.tail for s in sides]
    title = next((s.title for s in sides[1:] if s.title), "")
    if chosen and (not title or "{" in title):
        title = f"{_STAGES}:\n"
    # Who emptied the file meant its stages.
    head = _whole(*heads) or next((h for h in heads if h and chosen), "")
    return "".join(
        (_ended(head) if head else "", title, *chosen.values(), _whole(*tails))
    )


def _whole(base: str, ours: str, theirs: str) -> str:
    """Choose what lies outside of the stages as a whole."""
    if theirs in {base, ours}:
        return ours
    if ours == base:
        return theirs
    raise UnmergeableError(_OUTSIDE)


def _checked(
    text: str, chosen: Mapping[str, str], sides: Sequence[_Lock]
) -> dict[str, Any]:
    """Read the result back: each stage must be what its side has.

    Raises:
        UnmergeableError: It is not, such as where sides indent differently.
    """
    made = _read(text)
    if dict(made.stages) != dict(chosen):
        raise UnmergeableError(_OTHERWISE)
    for name, lines in chosen.items():
        of = next(s for s in sides[1:] if s.stages.get(name) == lines)
        # By their letters: 1, 1.0 and true are equal in Python.
        if repr(made.records[name]) != repr(of.records[name]):
            raise UnmergeableError(_OTHERWISE)
    return dict(made.records)


def _due(
    merged: Mapping[str, Any],
    sides: Iterable[Mapping[str, Any]],
    conflicts: Iterable[str],
) -> tuple[str, ...]:
    """Name the stages that read what no side had them read."""
    known = [(name, side[name]) for side in sides for name in _stale(side)]
    return tuple(
        name
        for name in _stale(merged)
        if (name, merged[name]) not in known and name not in conflicts
    )


def _stale(records: Mapping[str, Any]) -> list[str]:
    """List the stages that read other bytes of a path than it holds by the records."""
    made = {path: md5 for one in records.values() for path, md5 in _hashes(one, "outs")}
    return [
        name
        for name, one in records.items()
        if any(made.get(path, md5) != md5 for path, md5 in _hashes(one, "deps"))
    ]


def _hashes(record: Any, kind: str) -> Iterator[tuple[str, str]]:
    """List paths with their hashes; what has another form is left out."""
    listed = record.get(kind) if isinstance(record, dict) else None
    for each in listed if isinstance(listed, list) else ():
        if isinstance(each, dict) and "path" in each and "md5" in each:
            yield str(each["path"]), str(each["md5"])
