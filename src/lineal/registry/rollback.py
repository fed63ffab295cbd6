"""What a stage would go back to, as people expect of undo.

What held the stage is a stack. A promotion goes on top. A rollback takes the top away,
and what lies above the one it returns to. When a holder is unassigned or withdrawn so
that an earlier one returns, the top is taken away as well. What was taken away is gone
from the whole stack, wherever else it held the stage, until it is promoted again. So
rolling back twice goes two back, and never to what was taken back, also where versions
went back and forth.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lineal.registry.events import Assigned, Unassigned, Withdrawn
from lineal.registry.order import Dated
from lineal.registry.periods import Period
from lineal.registry.state import Holder, ModelState, VersionState
from lineal.registry.version import Version


@dataclass(frozen=True, slots=True)
class Earlier:
    """What a stage held before.

    Attributes:
        version: Its version as things are now; None where the commit never had one.
        commit: What was assigned.
        withdrawn: Whether the version was taken back.
    """

    version: Version | None
    commit: str
    withdrawn: bool = False

    @property
    def name(self) -> str:
        """The version, or the commit where it has none."""
        return str(self.version or self.commit)


def earlier(state: ModelState, periods: Sequence[Period]) -> tuple[Earlier, ...]:
    """Return what one stage could go back to, the next one first.

    What it holds now is not among them.

    Args:
        state: The model now.
        periods: Those of the stage, all, in order.
    """
    stack: list[Holder] = []
    before: Period | None = None
    for period in periods:
        _take_away(stack, period, held=before is not None and _follows(before, period))
        stack.append(period.holder)
        before = period
    lasts = before is not None and before.ended is None
    now = _as_of_now(state, stack.pop()) if lasts else None
    found = dict.fromkeys(_as_of_now(state, holder) for holder in reversed(stack))
    return tuple(one for one in found if one != now)


def ever_held(version: VersionState, periods: Sequence[Period]) -> bool:
    """Tell whether a version was in one of the periods."""
    return any(
        period.holder.commit == version.commit
        and period.holder.version in {None, version.version}
        for period in periods
    )


def rightful(periods: Sequence[Period], events: Sequence[Dated]) -> tuple[Period, ...]:
    """Return the periods of holders whose assignment was not reverted as a violation.

    What was assigned once more before that rests on the violation, and goes with it.

    Args:
        periods: Those of one stage.
        events: All of the model's, in the order they happened.
    """
    places = {dated.event.stamp.tag: at for at, dated in enumerate(events)}
    spans = list(_reverted(events, places))

    def rests(period: Period) -> bool:
        held = period.holder.assigned
        place = places.get(held.stamp.tag, -1)
        return any(
            start <= place < end
            and (held.stage, held.stamp.commit) == (broken.stage, broken.stamp.commit)
            for broken, start, end in spans
        )

    return tuple(period for period in periods if not rests(period))


def _reverted(
    events: Sequence[Dated], places: Mapping[str, int]
) -> Iterator[tuple[Assigned, int, int]]:
    """List what broke the rules of a stage, and from when to when it counted."""
    for end, dated in enumerate(events):
        event = dated.event
        if not isinstance(event, Unassigned) or event.violation is None:
            continue
        start = places.get(event.violation, end)
        broken = events[start].event
        # Only what put something into that stage can be reverted there.
        if isinstance(broken, Assigned) and broken.stage == event.stage:
            yield broken, start, end


def _follows(before: Period, period: Period) -> bool:
    """Tell whether the stage held something right until a period began."""
    return before.ended == period.began


def _take_away(stack: list[Holder], period: Period, *, held: bool) -> None:
    """Take from the stack what is no longer below a holder that comes on top."""
    holder, event = period.holder, period.began.event
    rollback = isinstance(event, Assigned) and event.rollback
    back = rollback or isinstance(event, Unassigned | Withdrawn)
    if held and stack and _alike(stack[-1], holder):
        stack.pop()  # what was there is recorded once more
        return
    taken = [stack.pop()] if held and back else []
    if rollback:
        taken += _cut(stack, [_alike(one, holder) for one in stack])
    elif not isinstance(event, Assigned):
        taken += _cut(stack, [one.assigned == holder.assigned for one in stack])
    if back:
        _forget(stack, [one for one in taken if not _alike(one, holder)])
    if stack and _alike(stack[-1], holder):
        stack.pop()


def _cut(stack: list[Holder], found: Sequence[bool]) -> list[Holder]:
    """Cut the stack down to below the last one that was found; return the rest."""
    if True not in found:
        return []
    level = len(found) - 1 - found[::-1].index(True)
    rest = stack[level:]
    del stack[level:]
    return rest


def _forget(stack: list[Holder], taken: Sequence[Holder]) -> None:
    """Take away what was taken back, wherever it held the stage before."""
    stack[:] = [one for one in stack if not any(_alike(one, other) for other in taken)]


def _alike(one: Holder, other: Holder) -> bool:
    """Tell whether two are the same version; the commit decides before it has one."""
    versions = {one.version, other.version}
    return one.commit == other.commit and (len(versions) == 1 or None in versions)


def _as_of_now(state: ModelState, holder: Holder) -> Earlier:
    """Look up what has become of a holder: a commit may have got a version since."""
    here = [found for found in state.versions if found.commit == holder.commit]
    if holder.version is not None:
        here = [found for found in here if found.version == holder.version]
    if not here:
        return Earlier(None, holder.commit)
    found = max(here, key=lambda one: (one.active, one.version))
    return Earlier(found.version, found.commit, not found.active)
