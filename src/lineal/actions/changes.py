"""What changed between two versions of a model, as the part of a version it is worth.

Whoever calls the model must be able to trust the number: what would break a caller is
major, what a caller could newly use is minor, and the rest is a patch.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from lineal.registry.facts import Facts, Field
from lineal.registry.version import Part

_SHOWN = 3  # names that a reason lists
_LONGEST = 200  # characters of a reason
# Words in the name of a metric that is better when it is higher.
_HIGHER = frozenset(
    {
        *("acc", "accuracy", "ap", "auc", "auroc", "bleu", "d2", "dice", "f1", "f2"),
        *("fbeta", "gini", "iou", "jaccard", "kappa", "lift", "map", "mcc", "mrr"),
        *("ndcg", "pearson", "precision", "r2", "recall", "rouge", "sensitivity"),
        *("spearman", "specificity"),
    }
)
# Words that tell of the opposite, whatever else the name says.
_LOWER = frozenset(("error", "loss", "deviance"))

Fields = Mapping[str, Field]


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


def is_higher_better(metric: str) -> bool:
    """Tell in which direction a metric is better; lower, unless its name says so.

    >>> is_higher_better("roc_auc"), is_higher_better("wape")
    (True, False)
    """
    words = re.split(r"[^a-z0-9]+", metric.lower())
    if words[0] == "neg":  # scikit-learn's way to turn an error round
        return True
    return not _LOWER.intersection(words) and not _HIGHER.isdisjoint(words)


def _broken(old: Facts, new: Facts) -> Iterator[str]:
    """List what would break a caller."""
    for what, before, after in (
        ("task", old.task, new.task),
        ("target", old.target, new.target),
    ):
        if before and after and before != after:
            yield f"{what} changed from {before} to {after}"
    yield from _broken_inputs(old.inputs, new.inputs)
    yield from _broken_outputs(old.outputs, new.outputs)
    if old.features is not None and new.features is not None:
        yield from _less("feature", old.features, new.features)


def _broken_inputs(old: Fields | None, new: Fields | None) -> Iterator[str]:
    if old is None or new is None:
        return
    yield from _less("input", _types(old), _types(new))
    needed = [k for k, v in new.items() if v.required and k not in old]
    if needed:
        yield f"new required {_named('input', needed)}"
    asked = [k for k, v in new.items() if k in old and v.required > old[k].required]
    if asked:
        yield f"{_named('input', asked)} became required"


def _broken_outputs(old: Fields | None, new: Fields | None) -> Iterator[str]:
    if old is None or new is None:
        return
    yield from _less("output", _types(old), _types(new))
    gaps = [k for k, v in new.items() if k in old and v.required < old[k].required]
    if gaps:
        yield f"{_named('output', gaps)} may now be missing"


def _less(what: str, old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[str]:
    """List what was taken away, or is of another type."""
    gone = [name for name in old if name not in new]
    if gone:
        yield f"{_named(what, gone)} removed"
    for name, kind in old.items():
        after = new.get(name, "")
        if kind and after and kind != after:
            yield f"{what} {name} changed from {kind} to {after}"


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
            yield f"{_named(what, names)} added"
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


def _types(fields: Fields) -> Mapping[str, str]:
    return {name: found.type for name, found in fields.items()}


def _named(what: str, names: Iterable[str]) -> str:
    """List names, the first few of many.

    >>> _named("input", ["a", "b"])
    'inputs a, b'
    """
    found = list(names)
    rest = len(found) - _SHOWN
    more = f" and {rest} more" if rest > 0 else ""
    plural = "s" if len(found) > 1 else ""
    return f"{what}{plural} {', '.join(found[:_SHOWN])}{more}"
