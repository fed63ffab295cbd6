"""A comparison for programs."""

from collections.abc import Iterable
from typing import Any

from lineal.lineage.comparison import Change, Comparison, Measure, Side
from lineal.reporting import documents
from lineal.reporting.screen import FORMAT

_CHANGES = ("params", "features", "data", "code", "libraries", "measured")


def as_json(found: Comparison) -> str:
    """Write all facts of a comparison."""
    return documents.write({"format": FORMAT, **facts(found)})


def facts(found: Comparison) -> dict[str, Any]:
    """Return all facts of a comparison, as JSON has them."""
    main = {
        "before": _side(found.before),
        "after": _side(found.after),
        "identical": found.identical,
        "rows": found.rows,
        "days": found.days,
        "metric": found.metric or None,
        "measures": [measure(one) for one in found.measures],
        "segments": _parts("segment", found.segments),
        "horizons": _parts("horizon", found.horizons),
    }
    changes = {name: _changes(getattr(found, name)) for name in _CHANGES}
    said, told = found.compatibility, found.recommendation
    return {
        **main,
        **changes,
        "compatibility": {"verdict": said.verdict, "reasons": list(said.reasons)},
        "notes": list(found.notes),
        "recommendation": {"verdict": told.verdict, "reason": told.reason},
    }


def measure(one: Measure) -> dict[str, Any]:
    """Return one metric of both."""
    return {
        "metric": one.metric,
        "before": one.before,
        "after": one.after,
        "absolute": one.absolute,
        "relative": one.relative,
        "low": one.low,
        "high": one.high,
        "higher_is_better": one.higher,
        "verdict": one.verdict,
        "why": one.why or None,
    }


def _side(side: Side) -> dict[str, Any]:
    made = side.pedigree.made if side.pedigree else None
    return {
        "label": side.label,
        "model": side.model,
        "version": side.version,
        "stage": side.stage,
        "commit": side.commit,
        "path": side.pedigree.path if side.pedigree else None,
        "hash": f"{made.algorithm}:{made.hash}" if made and made.hash else None,
        "stale": list(side.stale),
    }


def _parts(kind: str, found: Iterable[tuple[str, Measure]]) -> list[dict[str, Any]]:
    return [{kind: name, **measure(one)} for name, one in found]


def _changes(found: Iterable[Change]) -> list[dict[str, Any]]:
    return [
        {"name": one.name, "kind": one.kind, "before": one.before, "after": one.after}
        for one in found
    ]
