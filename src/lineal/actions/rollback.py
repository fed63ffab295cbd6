"""Rollback: a stage goes back to what it held before."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lineal.actions import lives
from lineal.actions.lives import EndedVersionError
from lineal.actions.plan import Plan
from lineal.actions.subject import Subject, reasoned
from lineal.errors import RefusedError
from lineal.registry.brief import ROLLBACK, VERSION
from lineal.registry.events import Event, Unassigned
from lineal.registry.grammar import Words
from lineal.registry.periods import Period, periods
from lineal.registry.reader import Reader
from lineal.registry.rollback import Earlier, earlier, ever_held, rightful
from lineal.registry.state import Holder, VersionState
from lineal.registry.version import Version


class NothingEarlierError(RefusedError):
    """There is nothing to go back to."""

    def __init__(self, model: str, stage: str) -> None:
        super().__init__(
            f"{stage} of {model} has nothing earlier to go back to: name a version "
            f"that it held with --to, `lineal history {model} --stage {stage}` lists "
            "them"
        )


class NeverHeldError(RefusedError):
    """The stage never held the version, so entering it is no way back."""

    def __init__(
        self, model: str, version: Version, stage: str, reverted: str = ""
    ) -> None:
        said = f"{stage} never held {model} {version}"
        if reverted:
            said = (
                f"{stage} held {model} {version} against the rules, and {reverted} "
                "reverted that"
            )
        super().__init__(
            f"{said}, so that is no way back: `lineal promote {model}@{version} --to "
            f"{stage}` is the way in"
        )


class AlreadyBackError(RefusedError):
    """The stage holds the version that it should go back to."""

    def __init__(self, model: str, version: Version, stage: str) -> None:
        super().__init__(
            f"{stage} holds {model} {version} already, so there is nothing to take "
            "back: leave out --to for what it held before"
        )


@dataclass(frozen=True, slots=True)
class Rollback:
    """A stage is to go back to what it held before.

    No gate may stand in the way: what it goes back to has been there.

    Attributes:
        model: Its name.
        stage: Which.
        reason: Why.
        now: Seconds since 1970, to tell whether the version's life has ended.
        to: The version to go back to; None: the one before.
        force: Do it though the life of the version named has ended.
    """

    model: str
    stage: str
    reason: str
    now: int
    to: Version | None = None
    force: bool = False

    def plan(self, reader: Reader) -> Plan:
        """Work out the tag.

        Raises:
            UnknownModelError: There is no such model.
            UnusedStageError: The stage never held anything of it.
            UnknownVersionError: There is no such version.
            WithdrawnVersionError: It was taken back.
            NeverHeldError: The stage never held it.
            AlreadyBackError: The stage holds it.
            EndedVersionError: Its life has ended.
            NothingEarlierError: There is nothing to go back to.
        """
        because = reasoned(self.reason)
        subject = Subject.of(reader, self.model)
        subject.check_used(self.stage)
        found = periods(self.model, subject.line.events, self.stage)
        target, notes = self._target(subject, found)
        holder = subject.state.stages.get(self.stage)
        ends = holder.assigned if holder else _emptied(found)
        undone = holder.name if holder else ends.stamp.tag
        version = str(target.version) if target.version else None
        serial = subject.line.serial
        plan = subject.write(
            Words("assignment", self.model, stage=self.stage, serial=serial),
            target.commit,
            self._sentence(holder, target),
            ((VERSION, version), (ROLLBACK, undone), because),
        )
        known = _known(subject, target)
        said = lives.noted(reader, known, self.now) if known else ()
        return plan.noting(*notes, *said).ending(ends)

    def _target(
        self, subject: Subject, found: Sequence[Period]
    ) -> tuple[Earlier, Iterable[str]]:
        if self.to is not None:
            return self._named(subject, found, self.to), ()
        before = earlier(subject.state, found)
        rights = rightful(found, subject.line.events)
        useful = [one for one in before if not self._useless(subject, one, rights)]
        registered = [one for one in useful if one.version is not None]
        target = next(iter(registered or useful), None)
        if target is None:
            raise NothingEarlierError(self.model, self.stage)
        whys = (
            (one, self._useless(subject, one, rights) or "that commit has no version")
            for one in before[: before.index(target)]
        )
        return target, (f"{one.name} is passed over: {why}" for one, why in whys)

    def _useless(self, subject: Subject, one: Earlier, rights: Sequence[Period]) -> str:
        """Say why it must not come back; empty if it may."""
        if all(period.holder.commit != one.commit for period in rights):
            return "it broke the rules, so it was reverted"
        if one.withdrawn:
            return "it was withdrawn"
        known = _known(subject, one)
        over = known is not None and lives.is_over(known.deprecated, self.now)
        return "its end of life has passed" if over else ""

    def _named(self, subject: Subject, found: Sequence[Period], to: Version) -> Earlier:
        wanted = subject.version(to)
        holder = subject.state.stages.get(self.stage)
        if holder is not None and holder.version == to:
            raise AlreadyBackError(self.model, to, self.stage)
        if not ever_held(wanted, rightful(found, subject.line.events)):
            by = _reversal(subject, found, wanted)
            raise NeverHeldError(self.model, to, self.stage, by)
        if lives.is_over(wanted.deprecated, self.now) and not self.force:
            raise EndedVersionError(self.model, to)
        return Earlier(wanted.version, wanted.commit)

    def _sentence(self, holder: Holder | None, target: Earlier) -> str:
        instead = f", instead of {holder.name}" if holder else ""
        return f"Roll {self.stage} of {self.model} back to {target.name}{instead}"


def _reversal(subject: Subject, found: Sequence[Period], wanted: VersionState) -> str:
    """Return the tag that reverted what held a stage; empty if nothing did."""
    if not ever_held(wanted, found):
        return ""
    tags = {p.holder.assigned.stamp.tag: p.holder.commit for p in found}
    for dated in reversed(subject.line.events):
        event = dated.event
        named = event.violation if isinstance(event, Unassigned) else None
        if named is not None and tags.get(named) == wanted.commit:
            return event.stamp.tag
    return ""


def _known(subject: Subject, one: Earlier) -> VersionState | None:
    return subject.state.find(one.version) if one.version else None


def _emptied(found: Sequence[Period]) -> Event:
    """Return the event that left the stage empty."""
    ended = found[-1].ended
    assert ended is not None  # noqa: S101 - or the stage would hold something
    return ended.event
