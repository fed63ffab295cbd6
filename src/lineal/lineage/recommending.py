"""What to make of a comparison: one word, and the reason in a sentence."""

from lineal.lineage.comparison import Comparison, Measure, Recommendation

_TINY = 5e-5  # shares below this are written as 0.00 %


def recommend(found: Comparison) -> Recommendation:
    """Say whether the later one is better, and why.

    Only the metric that decides counts; what else speaks against it is named.
    """
    stale = next((side for side in (found.after, found.before) if side.stale), None)
    said = _judged(found)
    if stale is None:
        return said
    return Recommendation(
        "unclear",
        f"dvc.lock of {stale.label} is not up to date: run `dvc repro` first (what is "
        f"recorded is {said.verdict}: {said.reason})",
    )


def _judged(found: Comparison) -> Recommendation:
    if _is_identical(found):
        made = found.after.pedigree.made if found.after.pedigree else None
        mark = f" ({made.algorithm} {made.hash})" if made else ""
        return Recommendation("no difference", f"identical: same bytes{mark}")
    main = found.main
    if main is None:
        return Recommendation("unclear", "no metric is known of both")
    return _weighed(found, main)


def _weighed(found: Comparison, main: Measure) -> Recommendation:
    match main.verdict:
        case "better" | "worse":
            sure = f"{interval(main)}, on the same {found.days} days"
            said = f"{_moved(main, worded=False)} ({sure})"
            return Recommendation(main.verdict, said + _but(found))
        case "same":
            return Recommendation("no difference", _alike(found, main))
        case "changed":
            said = f"{_moved(main)}, and whether by chance nobody can tell: {main.why}"
            return Recommendation("unclear", said)
        case _:
            return Recommendation("unclear", main.why)


def share(value: float) -> str:
    """Write a relative change.

    >>> share(-0.01234), share(0.0)
    ('-1.23 %', '0.00 %')
    """
    return "0.00 %" if abs(value) < _TINY else f"{100 * value:+.2f} %"


def interval(found: Measure) -> str:
    """Write the interval of a relative change."""
    if found.low is None or found.high is None:
        return ""
    return f"95 % interval {end(found.low)} to {end(found.high)}"


def end(value: float) -> str:
    """Write where an interval ends; what excludes 0 is not written as 0.

    >>> end(-0.01234), end(-0.0000123), end(0.0)
    ('-1.23 %', '-0.001 %', '0.00 %')
    """
    tiny = value and abs(value) < _TINY
    return f"{100 * value:+.1g} %" if tiny else share(value)


def _is_identical(found: Comparison) -> bool:
    """Tell whether bytes are the same, and no score speaks against it."""
    differ = any(one.absolute for one in found.measures)
    return found.identical is True and not differ


def _alike(found: Comparison, main: Measure) -> str:
    if all(one.absolute == 0 for one in found.measures):
        return "every metric is the same" + _but(found)
    if not main.absolute:
        return f"{main.metric} is the same" + _but(found)
    return (
        f"{_moved(main, worded=False)}, which may be chance ({interval(main)})"
        + _but(found)
    )


def _moved(main: Measure, *, worded: bool = True) -> str:
    """Say which way the metric went, and what that means unless it is said beside."""
    change = main.relative or 0.0
    way = "higher" if change > 0 else "lower"
    good = (main.gain or 0.0) > 0
    size = end(abs(change)).removeprefix("+")
    means = f", which is {'better' if good else 'worse'}" if worded else ""
    return f"{main.metric} is {size} {way}{means}"


def _but(found: Comparison) -> str:
    """Say what speaks against the later one besides."""
    against = []
    if found.compatibility.verdict == "breaking":
        against.append("callers must change: " + "; ".join(found.compatibility.reasons))
    worse = [name for name, one in found.segments if (one.gain or 0) < 0]
    if worse and found.main and found.main.verdict == "better":
        count = f"{len(worse)} of {len(found.segments)} segments"
        against.append(f"{count} got worse, {worse[0]} most")
    return f"; but {'; and '.join(against)}" if against else ""
