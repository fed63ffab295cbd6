"""Rollback: a stage goes back to what it held before."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lineal.actions.plan import Plan
from lineal.actions.subject import Subject, reasoned
from lineal.errors import RefusedError
from lineal.registry import instants
from lineal.registry.brief import ROLLBACK, VERSION
from lineal.registry.events import Event
from lineal.registry.grammar import Words
from lineal.registry.periods import Period, periods
from lineal.registry.reader import Reader
from lineal.registry.rollback import Earlier, earlier, ever_held
from lineal.registry.state import Holder
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

    def __init__(self, model: str, version: Version, stage: str) -> None:
        super().__init__(
            f"{stage} never held {model} {version}, so that is no way back: "
            f"`lineal promote {model}@{version} --to {stage}` is the way in"
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
    """

    model: str
    stage: str
    reason: str
    now: int
    to: Version | None = None

    def plan(self, reader: Reader) -> Plan:
        """Work out the tag.

        Raises:
            UnknownModelError: There is no such model.
            UnusedStageError: The stage never held anything of it.
            UnknownVersionError: There is no such version.
            WithdrawnVersionError: It was taken back.
            NeverHeldError: The stage never held it.
            AlreadyBackError: The stage holds it.
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
        plan = subject.write(
            Words(
                "assignment",
                self.model,
                stage=self.stage,
                serial=subject.line.serial,
            ),
            target.commit,
            self._sentence(holder, target),
            ((VERSION, version), (ROLLBACK, undone), because),
        )
        return plan.noting(*notes, *self._ended(subject, target)).ending(ends)

    def _target(
        self, subject: Subject, found: Sequence[Period]
    ) -> tuple[Earlier, Iterable[str]]:
        if self.to is not None:
            return self._named(subject, found, self.to), ()
        before = earlier(subject.state, found)
        standing = [one for one in before if not one.withdrawn]
        registered = [one for one in standing if one.version is not None]
        target = next(iter(registered or standing), None)
        if target is None:
            raise NothingEarlierError(self.model, self.stage)
        passed = before[: before.index(target)]
        return target, (f"{one.name} is passed over: {_why(one)}" for one in passed)

    def _named(self, subject: Subject, found: Sequence[Period], to: Version) -> Earlier:
        wanted = subject.version(to)
        holder = subject.state.stages.get(self.stage)
        if holder is not None and holder.version == to:
            raise AlreadyBackError(self.model, to, self.stage)
        if not ever_held(wanted, found):
            raise NeverHeldError(self.model, to, self.stage)
        return Earlier(wanted.version, wanted.commit)

    def _sentence(self, holder: Holder | None, target: Earlier) -> str:
        instead = f", instead of {holder.name}" if holder else ""
        return f"Roll {self.stage} of {self.model} back to {target.name}{instead}"

    def _ended(self, subject: Subject, target: Earlier) -> Iterable[str]:
        """Warn of a version that nobody could get."""
        found = subject.state.find(target.version) if target.version else None
        end = found.deprecated.end if found and found.deprecated else None
        if end is not None and end <= self.now:
            yield (
                f"{target.name} reached its end of life at {instants.show(end, 0)}, so "
                f"`lineal get` refuses it: `lineal deprecate` with a later --eol "
                "changes that"
            )


def _emptied(found: Sequence[Period]) -> Event:
    """Return the event that left the stage empty."""
    ended = found[-1].ended
    assert ended is not None  # noqa: S101 - or the stage would hold something
    return ended.event


def _why(passed: Earlier) -> str:
    return "it was withdrawn" if passed.withdrawn else "that commit has no version"
