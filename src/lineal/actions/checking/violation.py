"""Whether what is said to have broken the rules of a stage did."""

from collections.abc import Callable, Iterator, Sequence

from lineal.actions.checking.checked import Checked
from lineal.actions.checking.later import again
from lineal.policy.decision import Judged
from lineal.registry.brief import VIOLATION
from lineal.registry.events import Assigned, Stamp
from lineal.registry.order import Dated

# Judges an assignment as if some other tags were not there.
Judge = Callable[[Stamp, frozenset[str]], Checked]
_NOTHING: frozenset[str] = frozenset()


def judge_claim(
    events: Sequence[Dated], stage: str, named: str, judge: Judge
) -> Judged:
    """Judge the claim of an unassignment: it takes a way back away.

    Args:
        events: All of the model's, in the order they happened, without it.
        stage: Its stage.
        named: Which assignment it says broke the rules.
        judge: Judges one without the unassignment.
    """
    rule, way = "violation is one", f"leave the trailer {VIOLATION} out"
    if all(stamp.tag != named for stamp in _assigned(events, stage)):
        said = f"{named} is no assignment of {stage} here: {way}"
        return Judged(rule, said, "fail", absolute=True)
    good = standing(events, named, judge)
    if good is None:
        return Judged(rule, f"{named} is refused", "pass")
    what = "it" if good.tag == named else f"{good.tag} of the same version"
    said = f"it claims that {named} broke the rules, and {what} does not: {way}"
    return Judged(rule, said, "fail", absolute=True)


def standing(
    events: Sequence[Dated], tag: str, judge: Judge, bad: frozenset[str] = _NOTHING
) -> Checked | None:
    """Return what allows the version of an assignment in its stage; None: nothing.

    That may be the assignment, or a later one of the same commit. Each is judged
    without those before it that are refused: else two that break the rules would be a
    way back for a third. What nobody can tell here is refused like the first.

    Args:
        events: All of the model's, in the order they happened.
        tag: The assignment.
        judge: Judges one.
        bad: Those that were refused already.
    """
    for stamp in again(events, tag):
        if stamp.tag in bad:
            continue
        told = judge(stamp, bad)
        if told.allowed:
            return told
        bad |= {stamp.tag}
    return None


def _assigned(events: Sequence[Dated], stage: str) -> Iterator[Stamp]:
    for dated in events:
        if isinstance(dated.event, Assigned) and dated.event.stage == stage:
            yield dated.event.stamp
