"""Which versions must keep their bytes, and why: what stages hold, held, may get back."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from lineal.registry.history import Fold
from lineal.registry.order import Dated
from lineal.registry.periods import Period, periods
from lineal.registry.rollback import Earlier, earlier, rightful
from lineal.registry.state import ModelState
from lineal.registry.version import Version

_DAY = 86_400
_STEPS = 2  # that a stage may go back in a row, before anybody cleans up again

Kind = Literal["holds", "held", "back", "newest", "young"]


@dataclass(frozen=True, slots=True)
class Terms:
    """What is asked to stay.

    Attributes:
        now: Seconds since 1970.
        last: How many of the newest versions of each model stay.
        days: The audit window: what held a stage in it, or was registered in it, stays.
    """

    now: int
    last: int
    days: int

    @property
    def since(self) -> int:
        """When the audit window began."""
        return self.now - self.days * _DAY


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a version stays.

    Attributes:
        kind: A stage holds it, held it, or could go back to it; it is among the newest;
            it was registered not long ago.
        stage: The stage, where it is about one.
        when: Until when it was held, or when it was registered.
    """

    kind: Kind
    stage: str = ""
    when: int | None = None


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of a version.

    Attributes:
        model: Its model.
        version: Its name; None for a commit in a stage that has none.
        commit: What it names.
        reasons: Why it stays; empty where nothing asks for it.
    """

    model: str
    version: Version | None
    commit: str
    reasons: tuple[Reason, ...]

    @property
    def name(self) -> str:
        """What to call it."""
        return f"{self.model} {self.version or self.commit}"


def fates(model: str, events: Sequence[Dated], terms: Terms) -> tuple[Fate, ...]:
    """Tell of each version of a model whether it stays.

    Args:
        model: Its name.
        events: All of the model's, in the order they happened.
        terms: What is asked to stay.

    Returns:
        In semver order, oldest first; commits that have no version at the end.
    """
    fold = Fold(model)
    for dated in events:
        fold.add(dated)
    state = fold.state()
    asked: dict[tuple[str, Version | None], list[Reason]] = {}
    keys: list[tuple[str, Version | None]]
    keys = [(found.commit, found.version) for found in state.versions]
    for commit, version, reason in _asked(state, fold, events, terms):
        # An event may not say which version of its commit it is about: then all are.
        about = [k for k in keys if k[0] == commit and version in {None, k[1]}]
        for key in about or [(commit, version)]:
            asked.setdefault(key, []).append(reason)
    return tuple(
        Fate(model, version, commit, _tidy(asked.get((commit, version), ())))
        for commit, version in dict.fromkeys([*keys, *asked])
    )


_Asked = Iterator[tuple[str, Version | None, Reason]]


def _asked(
    state: ModelState, fold: Fold, events: Sequence[Dated], terms: Terms
) -> _Asked:
    """List commits with their versions and why they stay."""
    every = periods(state.model, events)
    for stage in fold.stages:
        found = [p for p in every if p.holder.assigned.stage == stage]
        yield from _held(stage, found, terms)
        yield from _returning(stage, state, fold)
        rights = rightful(found, events)
        for one in _targets(state, earlier(state, found), rights):
            yield one.commit, one.version, Reason("back", stage)
    yield from _recent(state, terms)


def _held(stage: str, found: Iterable[Period], terms: Terms) -> _Asked:
    """List what a stage holds, or held in the audit window."""
    for period in found:
        holder, ended = period.holder, period.ended
        if ended is None:
            yield holder.commit, holder.version, Reason("holds", stage)
            continue
        # A clock that was behind must not shorten the window.
        end = max(ended.since, ended.event.stamp.time)
        if end >= terms.since:
            yield holder.commit, holder.version, Reason("held", stage, end)


def _returning(stage: str, state: ModelState, fold: Fold) -> _Asked:
    """List what a stage holds again once its holder is unassigned or withdrawn."""
    now, steps = fold.holder(stage), set[str]()
    for holder in fold.assignments(stage):
        found = state.find(holder.version) if holder.version else None
        # One commit may be assigned twice, and then loses both holds at once.
        if (found and not found.active) or (now and holder.commit == now.commit):
            continue
        steps.add(holder.commit)
        if len(steps) > _STEPS:
            return
        yield holder.commit, holder.version, Reason("back", stage)


def _targets(
    state: ModelState, before: Iterable[Earlier], rights: Sequence[Period]
) -> Iterator[Earlier]:
    """List what rollbacks may need, down to what they would surely take."""
    steps = 0
    for one in before:
        if one.withdrawn or all(p.holder.commit != one.commit for p in rights):
            continue
        yield one
        found = state.find(one.version) if one.version else None
        steps += found is not None and found.deprecated is None
        if steps == _STEPS:
            return


def _recent(state: ModelState, terms: Terms) -> _Asked:
    """List the newest versions that stand, and those of the audit window."""
    standing = [found for found in state.versions if found.active]
    for found in standing[len(standing) - min(terms.last, len(standing)) :]:
        yield found.commit, found.version, Reason("newest")
    for found in state.versions:
        when = found.registered.stamp.time if found.registered else None
        if when is not None and when >= terms.since:
            yield found.commit, found.version, Reason("young", when=when)


def _tidy(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    """Tell each reason once; of the times that a stage held it, the latest."""
    found: dict[tuple[Kind, str], Reason] = {}
    for reason in reasons:
        key = (reason.kind, reason.stage)
        if key not in found or (reason.when or 0) > (found[key].when or 0):
            found[key] = reason
    return tuple(
        reason
        for (kind, stage), reason in found.items()
        if kind not in {"held", "back"} or ("holds", stage) not in found
    )


def either(some: Iterable[Fate], others: Iterable[Fate]) -> tuple[Fate, ...]:
    """Return the first fates, with what the other ones have as reasons beside."""
    more = {(one.version, one.commit): one.reasons for one in others}

    def joined(one: Fate) -> tuple[Reason, ...]:
        beside = more.get((one.version, one.commit), ())
        return tuple(dict.fromkeys((*one.reasons, *beside)))

    return tuple(replace(one, reasons=joined(one)) for one in some)
