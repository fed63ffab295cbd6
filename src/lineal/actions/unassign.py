"""Unassign: a stage no longer holds a version, or stops keeping an earlier one."""

from dataclasses import dataclass

from lineal.actions import aftermath
from lineal.actions.plan import Plan
from lineal.actions.subject import Subject, reasoned
from lineal.errors import RefusedError
from lineal.registry.brief import VERSION
from lineal.registry.events import Unassigned
from lineal.registry.grammar import Words
from lineal.registry.history import Fold
from lineal.registry.reader import Reader
from lineal.registry.state import Holder
from lineal.registry.version import Version


class NothingHeldError(RefusedError):
    """The stage holds nothing."""

    def __init__(self, model: str, stage: str) -> None:
        super().__init__(
            f"{stage} holds nothing of {model}, so there is nothing to end: `lineal "
            f"show {model}` lists its stages"
        )


class NotHeldError(RefusedError):
    """The stage never held the version, or that was ended before."""

    def __init__(self, model: str, version: Version, stage: str) -> None:
        super().__init__(
            f"{stage} has no hold of {model} {version} to end: `lineal history {model} "
            f"--stage {stage}` tells what it held and what was ended"
        )


class HoldsStageError(RefusedError):
    """What is to be ended is what the stage holds now."""

    def __init__(self, model: str, hold: str, stage: str, left: str) -> None:
        super().__init__(
            f"{stage} holds {model} {hold} now, and afterwards {left}: pass --force if that is "
            "what you want, or promote or roll back to what it should hold"
        )


@dataclass(frozen=True, slots=True)
class Unassignment:
    """A hold of a stage is to end.

    Attributes:
        model: Its name.
        stage: Which.
        reason: Why.
        version: Whose hold; None: that of the version that the stage holds now.
        force: Do it though the stage holds that version now.
    """

    model: str
    stage: str
    reason: str
    version: Version | None = None
    force: bool = False

    def plan(self, reader: Reader) -> Plan:
        """Work out the tag.

        Raises:
            UnknownModelError: There is no such model.
            UnusedStageError: The stage never held anything of it.
            UnknownVersionError: There is no such version.
            NothingHeldError: The stage holds nothing.
            NotHeldError: It has no hold of that version.
            HoldsStageError: It holds that version now.
        """
        because = reasoned(self.reason)
        subject = Subject.of(reader, self.model)
        subject.check_used(self.stage)
        hold = self._hold(subject)
        left = self._left(subject, hold)
        holder = subject.state.stages.get(self.stage)
        holds_now = holder is not None and _same(hold, holder)
        if holds_now and not self.force:
            raise HoldsStageError(self.model, hold.name, self.stage, left)
        plan = self._write(subject, hold, because).noting(left)
        # Who named a version gets that one ended, whatever has happened meanwhile.
        return plan if self.version else plan.ending(hold.assigned)

    def _write(self, subject: Subject, hold: Holder, because: tuple[str, str]) -> Plan:
        return subject.write(
            Words(
                "unassignment",
                self.model,
                stage=self.stage,
                serial=subject.line.serial,
            ),
            hold.commit,
            f"Unassign {self.model} {hold.name} from {self.stage}",
            ((VERSION, str(hold.version) if hold.version else None), because),
        )

    def _hold(self, subject: Subject) -> Holder:
        holder = subject.state.stages.get(self.stage)
        if self.version is None:
            if holder is None:
                raise NothingHeldError(self.model, self.stage)
            return holder
        subject.find(self.version)
        if holder is not None and holder.version == self.version:
            return holder
        for hold in _all(subject, self.stage):
            if hold.version == self.version:
                return hold
        raise NotHeldError(self.model, self.version, self.stage)

    def _left(self, subject: Subject, hold: Holder) -> str:
        stamp = aftermath.stamp(subject, hold.commit)
        event = Unassigned(stamp, self.model, self.stage, hold.version)
        return aftermath.left(subject, event, (self.stage,))


def _all(subject: Subject, stage: str) -> tuple[Holder, ...]:
    fold = Fold(subject.state.model)
    for dated in subject.line.events:
        fold.add(dated)
    return fold.assignments(stage)


def _same(one: Holder, other: Holder) -> bool:
    return (one.version, one.commit) == (other.version, other.commit)
