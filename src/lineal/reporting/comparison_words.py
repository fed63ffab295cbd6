"""Words and numbers that all views of a comparison share."""

import re
from collections.abc import Iterable, Sequence

from lineal.lineage.comparison import Change, Comparison, Measure
from lineal.lineage.recommending import end, share

_HASH = re.compile(r"\b([0-9a-f]{8})[0-9a-f]{24,56}(\.dir)?\b")
_LONGEST = 60  # signs of a value that is shown within a line
_UNITS = (
    ("-Ms", " ms"),
    ("-Mb", " MB"),
    ("-Seconds", " s"),
    ("-Size", " bytes"),
)


def number(value: float | None) -> str:
    """Write a score with the digits that say something.

    >>> number(0.042206981), number(173.8628), number(0.0), number(None)
    ('0.04221', '173.9', '0', 'unknown')
    """
    return "unknown" if value is None else f"{value:.4g}"


def change(found: Measure) -> str:
    """Write by how much a metric changed, as a share where that makes sense."""
    if found.relative is not None:
        return share(found.relative)
    return "" if found.absolute is None else f"{found.absolute:+.4g}"


def bounds(found: Measure) -> str:
    """Write the interval; nothing where there is none."""
    if found.low is None or found.high is None:
        return ""
    return f"{end(found.low)} to {end(found.high)}"


def arrow(found: Measure) -> str:
    """Point the way that a metric went; nothing where it did not.

    >>> arrow(Measure("wape", 0.1, 0.2, 0.1))
    '↑'
    """
    if not found.absolute:
        return ""
    return "↑" if found.absolute > 0 else "↓"


def verdict(found: Measure) -> str:
    """Word what became of a metric."""
    match found.verdict:
        case "better" | "worse":
            return f"{found.verdict}, significant"
        case "same":
            return "not significant" if found.absolute else "the same"
        case "changed":
            return f"{'better' if (found.gain or 0) > 0 else 'worse'}, not tested"
        case _:
            return "unknown"


def parts(found: Sequence[tuple[str, Measure]], shown: int = 3) -> str:
    """Count the parts that got worse and better, and name the most extreme."""
    told = [(name, one) for name, one in found if one.gain is not None]
    worse = [(name, one) for name, one in told if (one.gain or 0) < 0]
    better = [(name, one) for name, one in reversed(told) if (one.gain or 0) > 0]
    said = [
        f"{len(each)} of {len(found)} {word} ({_extremes(each, shown)})"
        for word, each in (("worse", worse), ("better", better))
        if each
    ]
    gaps = len(found) - len(told)
    if gaps:
        said.append(f"{gaps} on one side only")
    return "; ".join(said) or "none changed"


def _extremes(found: Iterable[tuple[str, Measure]], shown: int) -> str:
    named = [f"{name} {change(one)}" for name, one in found]
    more = ", ..." if len(named) > shown else ""
    return ", ".join(named[:shown]) + more


def listed(changes: Sequence[Change], shown: int = 3) -> str:
    """Name what changed, the first few, with what it was and is."""
    said = ", ".join(_brief(each) for each in changes[:shown])
    more = len(changes) - shown
    return f"{said} and {more} more" if more > 0 else said


def kinds(changes: Sequence[Change], shown: int = 6) -> str:
    """Count what was added, removed and changed, and name the first few."""
    said = []
    for kind in ("added", "removed", "changed"):
        names = [each.name for each in changes if each.kind == kind]
        more = f" and {len(names) - shown} more" if len(names) > shown else ""
        if names:
            said.append(f"{len(names)} {kind}: {', '.join(names[:shown])}{more}")
    return "; ".join(said)


def measurement(found: Change) -> str:
    """Write a measured fact of both, and the change."""
    unit = next((unit for end, unit in _UNITS if found.name.endswith(end)), "")
    before, after = float(found.before or 0), float(found.after or 0)
    moved = f" ({share((after - before) / abs(before))})" if before else ""
    name = found.name.replace("-", " ").lower()
    return f"{name} {before:,.6g} to {after:,.6g}{unit}{moved}"


def brief(value: str | None) -> str:
    """Shorten hashes and what else is long.

    >>> brief("md5 d3f417a80ef5534e99ddef28e1c36046, 12 bytes")
    'md5 d3f417a8, 12 bytes'
    """
    said = _HASH.sub(r"\1\2", value or "")
    return said if len(said) <= _LONGEST else f"{said[: _LONGEST - 1]}…"


def title(found: Comparison) -> str:
    """Name both sides."""
    return f"{found.before.label} to {found.after.label}"


def _brief(found: Change) -> str:
    match found.kind:
        case "added":
            return f"{found.name} added ({brief(found.after)})"
        case "removed":
            return f"{found.name} removed (was {brief(found.before)})"
        case _:
            return f"{found.name} {brief(found.before)} to {brief(found.after)}"
