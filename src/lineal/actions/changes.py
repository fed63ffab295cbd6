"""What changed between two versions of a model, as the part of a version it is worth.

Whoever calls the model must be able to trust the number: what would break a caller is
major, what a caller could newly use is minor, and the rest is a patch.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from lineal.registry.compatibility import broken, less, named
from lineal.registry.direction import is_higher_better
from lineal.registry.facts import Facts
from lineal.registry.version import Part

_LONGEST = 200  # characters of a reason


@dataclass(frozen=True, slots=True)
class Change:
    """What changed most.

    Attributes:
        part: Which part of a version it is worth.
        reason: What it is, in words.
    """

    part: Part
    reason: str


def judge(old: Facts | None, new: Facts | None) -> Change:
    """Compare two versions; what only one of them says is not compared."""
    if old is None or new is None:
        where = "" if old is new else " at this commit"
        where = " in the newest version" if new is not None else where
        return Change("patch", f"no card.json to compare{where}")
    if broken := next(_broken(old, new), None):
        return Change("major", _plain(broken))
    if added := next(_added(old, new), None):
        return Change("minor", _plain(added))
    return Change("patch", _plain(_same(old, new)))


def _broken(old: Facts, new: Facts) -> Iterator[str]:
    """List what would break a caller."""
    for what, before, after in (
        ("task", old.task, new.task),
        ("target", old.target, new.target),
    ):
        if before and after and before != after:
            yield f"{what} changed from {before} to {after}"
    yield from broken(old, new)
    if old.features is not None and new.features is not None:
        yield from less("feature", old.features, new.features)


def _added(old: Facts, new: Facts) -> Iterator[str]:
    """List what a caller could newly use."""
    for what, before, after in (
        ("input", old.inputs, new.inputs),
        ("output", old.outputs, new.outputs),
        ("feature", old.features, new.features),
    ):
        if before is None or after is None:
            continue
        names = [name for name in after if name not in before]
        if names:
            yield f"{named(what, names)} added"
    yield from _better(old, new)


def _better(old: Facts, new: Facts) -> Iterator[str]:
    """Word a gain; with several metrics and none that was chosen by, none may fall."""
    moves = [(name, *_move(name, old, new)) for name in _compared(old, new)]
    if any(gain < 0 for _, gain, _ in moves):
        return
    yield from (words for _, gain, words in moves if gain > 0)


def _compared(old: Facts, new: Facts) -> tuple[str, ...]:
    shared = old.metrics.keys() & new.metrics.keys()
    for chosen in (new.metric, old.metric):
        if chosen in shared:
            return (chosen,)
    return tuple(sorted(shared))


def _move(metric: str, old: Facts, new: Facts) -> tuple[float, str]:
    """Return how much better a metric is, and the words for it."""
    before, after = old.metrics[metric], new.metrics[metric]
    higher = is_higher_better(metric)
    gain = after - before if higher else before - after
    side = "higher" if higher else "lower"
    shown = f"{metric} went from {_number(before, after)} to {_number(after, before)}"
    return gain, f"{shown} ({side} is better)"


def _same(old: Facts, new: Facts) -> str:
    names = _compared(old, new)
    moves = [_move(name, old, new) for name in names]
    worse = next((words for gain, words in moves if gain < 0), None)
    if worse:
        return f"nothing was added or removed; {worse}"
    if not names and old == new == Facts():
        return "both cards say nothing that can be compared"
    return "nothing was added, removed or better"


def _number(value: float, other: float) -> str:
    """Write a number so that it differs from another one, if it does."""
    for digits in (4, 6, 9):
        if f"{value:.{digits}g}" != f"{other:.{digits}g}":
            return f"{value:.{digits}g}"
    return repr(value)


def _plain(reason: str) -> str:
    """Return words that no terminal and no trailer minds, whatever the card holds."""
    text = " ".join("".join(c if c.isprintable() else " " for c in reason).split())
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
