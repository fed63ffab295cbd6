"""Withdraw: a version is taken back."""

from dataclasses import dataclass, replace

from lineal.actions import aftermath
from lineal.actions.plan import Plan
from lineal.actions.subject import Subject, reasoned
from lineal.errors import RefusedError
from lineal.registry.events import Withdrawn
from lineal.registry.grammar import Words, write
from lineal.registry.reader import Reader
from lineal.registry.state import VersionState
from lineal.registry.version import Version


class AlreadyWithdrawnError(RefusedError):
    """The version was taken back before."""

    def __init__(self, model: str, version: Version) -> None:
        super().__init__(
            f"{model} {version} was withdrawn already: `lineal history {model}` tells "
            "when and why"
        )


class HoldsStagesError(RefusedError):
    """Stages hold the version."""

    def __init__(self, name: str, stages: tuple[str, ...], left: str) -> None:
        super().__init__(
            f"{name} holds {' and '.join(stages)} now, and afterwards {left}: pass "
            "--force if that is what you want, or promote another version first"
        )


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A version is to be taken back.

    Attributes:
        model: Its name.
        version: Which.
        reason: Why.
        force: Do it though stages hold the version.
    """

    model: str
    version: Version
    reason: str
    force: bool = False

    def plan(self, reader: Reader) -> Plan:
        """Work out the tag.

        Raises:
            UnknownModelError: There is no such model.
            UnknownVersionError: There is no such version.
            AlreadyWithdrawnError: It was taken back before.
            HoldsStagesError: Stages hold it.
        """
        because = reasoned(self.reason)
        subject = Subject.of(reader, self.model)
        found = subject.find(self.version)
        if not found.active:
            raise AlreadyWithdrawnError(self.model, self.version)
        name = f"{self.model} {self.version}"
        stages = subject.state.held_by(self.version)
        left = self._left(subject, found, stages)
        if stages and not self.force:
            raise HoldsStagesError(name, stages, left)
        words = self._words(reader, subject)
        plan = subject.write(words, found.commit, f"Withdraw {name}", (because,))
        return plan.noting(left) if left else plan

    def _words(self, reader: Reader, subject: Subject) -> Words:
        """Take GTO's simple name, or a counted one if it was withdrawn before."""
        words = Words("deregistration", self.model, str(self.version))
        tag = write(words)
        if tag not in reader.store.tags((tag,)):
            return words
        return replace(words, serial=subject.line.serial)

    def _left(
        self, subject: Subject, found: VersionState, stages: tuple[str, ...]
    ) -> str:
        stamp = aftermath.stamp(subject, found.commit)
        event = Withdrawn(stamp, self.model, self.version)
        return aftermath.left(subject, event, stages)
