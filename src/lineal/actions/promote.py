"""Promote: a version enters a stage."""

from dataclasses import dataclass

from lineal.actions import lives, stages
from lineal.actions.lives import EndedModelError as EndedModelError
from lineal.actions.lives import EndedVersionError as EndedVersionError
from lineal.actions.plan import Plan
from lineal.actions.subject import Subject, reasoned
from lineal.errors import RefusedError
from lineal.registry.brief import VERSION
from lineal.registry.grammar import Words
from lineal.registry.reader import Reader
from lineal.registry.version import Version


class AlreadyHeldError(RefusedError):
    """The stage holds that version."""

    def __init__(self, model: str, version: Version, stage: str) -> None:
        super().__init__(
            f"{stage} holds {model} {version} already: pass --force to record it once "
            "more"
        )


@dataclass(frozen=True, slots=True)
class Promotion:
    """A version is to enter a stage.

    Attributes:
        model: Its name.
        version: Which.
        stage: Where to.
        reason: Why.
        now: Seconds since 1970, to tell whether the version's life has ended.
        force: Do it though the stage holds that version, or is new and looks mistyped,
            or the version's life has ended.
    """

    model: str
    version: Version
    stage: str
    reason: str
    now: int
    force: bool = False

    def plan(self, reader: Reader) -> Plan:
        """Work out the tag.

        Raises:
            UnknownModelError: There is no such model.
            UnknownStageError: The team has no such stage.
            MistypedStageError: Nobody has, and it is close to another.
            UnknownVersionError: There is no such version.
            WithdrawnVersionError: It was taken back.
            EndedVersionError: Its life has ended.
            EndedModelError: That of the whole model has.
            AlreadyHeldError: The stage holds it.
        """
        because = reasoned(self.reason)
        listed = stages.allowed(reader, self.stage)
        subject = Subject.of(reader, self.model)
        found = subject.version(self.version)
        if not self.force:
            self._check(subject)
        notes: tuple[str, ...] = ()
        if listed is None:
            notes = stages.entered(reader, subject, self.stage, force=self.force)
        before = subject.state.stages.get(self.stage)
        instead = f", instead of {before.name}" if before else ""
        sentence = f"Promote {self.model} {self.version} to {self.stage}{instead}"
        pairs = ((VERSION, str(self.version)), because)
        return subject.write(
            self._words(subject), found.commit, sentence, pairs
        ).noting(*notes, *lives.noted(reader, found, self.now))

    def _words(self, subject: Subject) -> Words:
        serial = subject.line.serial
        return Words("assignment", self.model, stage=self.stage, serial=serial)

    def _check(self, subject: Subject) -> None:
        holder = subject.state.stages.get(self.stage)
        if holder is not None and holder.version == self.version:
            raise AlreadyHeldError(self.model, self.version, self.stage)
        if lives.is_over(subject.version(self.version).deprecated, self.now):
            raise EndedVersionError(self.model, self.version)
        if lives.is_over(subject.state.retired, self.now):
            raise EndedModelError(self.model)
