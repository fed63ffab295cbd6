"""Comparing two versions of a model: pure, over what was gathered of both."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from lineal.lineage import changes
from lineal.lineage.comparison import (
    Comparison,
    Compatibility,
    Recommendation,
    Rows,
    Side,
)
from lineal.lineage.measures import Judge, parted
from lineal.lineage.recommending import recommend
from lineal.registry import compatibility

_COUNTS = frozenset({"rows", "missing"})  # cards tell them beside the scores
_SHOWN = 3  # reasons that a note lists
_NONE_YET = Recommendation("unclear", "")


def compare(before: Side, after: Side) -> Comparison:
    """Compare two versions of a model.

    Args:
        before: The one to compare with.
        after: The one in question.
    """
    metric, rows = _deciding(before, after), _rows(before, after)
    judge = Judge.of(before, after, rows)
    names = (metric, *_metrics(before, after))
    found = Comparison(
        before=before,
        after=after,
        metric=metric,
        measures=tuple(judge.measure(name) for name in dict.fromkeys(names) if name),
        segments=parted(before, after, metric, "segment"),
        horizons=parted(before, after, metric, "horizon"),
        params=changes.params(before, after),
        features=changes.features(before, after),
        data=changes.data(before, after),
        code=changes.code(before, after),
        libraries=changes.said(before.libraries, after.libraries),
        measured=changes.measured(before, after),
        compatibility=_compatibility(before, after),
        recommendation=_NONE_YET,
        rows=rows,
        identical=_identical(before, after),
        days=judge.days,
    )
    found = replace(found, notes=tuple(dict.fromkeys(_notes(found))))
    return replace(found, recommendation=recommend(found))


def _deciding(before: Side, after: Side) -> str:
    """Return what the cards say they were chosen by, else what both tell first."""
    said = after.facts.metric or before.facts.metric
    both = (name for name in _metrics(before, after) if _tells(before, name))
    return said or next((name for name in both if _tells(after, name)), "")


def _tells(side: Side, name: str) -> bool:
    by_day = side.errors is not None and name in side.errors.metrics
    return by_day or name in side.facts.metrics


def _metrics(before: Side, after: Side) -> tuple[str, ...]:
    """Name all metrics of both, in the order of the cards."""
    by_day = [side.errors.metrics for side in (after, before) if side.errors]
    said = (after.facts.metrics, before.facts.metrics, *by_day)
    names = dict.fromkeys(chain.from_iterable(said))
    return tuple(name for name in names if name not in _COUNTS)


def _rows(before: Side, after: Side) -> Rows:
    if before.errors and after.errors:
        return "same" if before.errors.rows == after.errors.rows else "different"
    counted = [side.facts.metrics.get("rows") for side in (before, after)]
    return "unknown" if None in counted or len(set(counted)) == 1 else "different"


def _compatibility(before: Side, after: Side) -> Compatibility:
    ours, theirs = before.facts, after.facts
    silent = [
        f"the card of {side.label} does not say"
        for side in (before, after)
        if side.facts.inputs is None or side.facts.outputs is None
    ]
    if silent:
        whose = silent[0] if len(silent) == 1 else "neither card says"
        return Compatibility("unknown", (f"{whose} what goes in and what comes out",))
    if broken := tuple(compatibility.broken(ours, theirs)):
        return Compatibility("breaking", broken)
    if untyped := tuple(compatibility.untyped(ours, theirs)):
        return Compatibility("unknown", untyped)
    same = (ours.inputs, ours.outputs) == (theirs.inputs, theirs.outputs)
    return Compatibility("same" if same else "compatible")


def _identical(before: Side, after: Side) -> bool | None:
    """Tell whether the models' bytes are the same, None where nobody recorded them."""
    made = [side.pedigree.made if side.pedigree else None for side in (before, after)]
    kinds = {(each.algorithm, each.hash) for each in made if each and each.hash}
    if len([each for each in made if each and each.hash]) < len(made):
        return None
    if len({kind for kind, _ in kinds}) > 1:
        return None
    return len(kinds) == 1


def _notes(found: Comparison) -> Iterator[str]:
    sides = (found.before, found.after)
    for side in sides:
        yield from side.notes
        if side.stale:
            yield _outdated(side)
    if found.before.model != found.after.model:
        yield f"{found.before.model} and {found.after.model} are different models"
    if found.rows == "different":
        yield _tested(found)
    others = (one for one in found.measures if one.metric != found.metric)
    if any(one.low is not None and one.absolute for one in others):
        yield (
            f"each interval is by itself; {found.metric} decides, and the others are not "
            "corrected for being many"
        )
    for side in sides:
        yield from _unrecorded(side)


def _outdated(side: Side) -> str:
    more = len(side.stale) - _SHOWN
    said = ", ".join(side.stale[:_SHOWN]) + (f" and {more} more" if more > 0 else "")
    return (
        f"dvc.lock of {side.label} is not up to date ({said}), so what is compared is "
        "the model from before that: run `dvc repro`"
    )


def _tested(found: Comparison) -> str:
    """Say how the test rows differ, and what could tell all the same."""
    told = [
        side.errors.summary
        if side.errors
        else f"{side.facts.metrics.get('rows', 0):,.0f} rows"
        for side in (found.before, found.after)
    ]
    return (
        f"the test rows differ ({told[0]}; {told[1]}), so the scores cannot be compared "
        "fairly: once both are versions, `lineal promote` lets them forecast the same "
        "rows again where a gate compares them"
    )


def _unrecorded(side: Side) -> Iterator[str]:
    if side.pedigree is None:
        yield f"{side.label} does not say where {side.model} lies, so nobody knows what made it"
        return
    if not side.pedigree.stages and not side.pedigree.data:
        yield f"no dvc.lock of {side.label} tells what made {side.pedigree.path}"
    yield from side.pedigree.notes
