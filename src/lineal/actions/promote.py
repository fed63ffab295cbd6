"""Promote: a version enters a stage."""

from dataclasses import dataclass

from lineal.actions.plan import Plan
from lineal.actions.subject import Subject, check_stage, reasoned
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


class EndedVersionError(RefusedError):
    """The version is past its end of life, so nobody could get it."""

    def __init__(self, model: str, version: Version) -> None:
        super().__init__(
            f"{model} {version} is past its end of life, so nobody could get it from "
            "the stage: choose another, or pass --force"
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
        force: Do it though the stage holds that version, or its life has ended.
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
            UnknownVersionError: There is no such version.
            WithdrawnVersionError: It was taken back.
            EndedVersionError: Its life has ended.
            AlreadyHeldError: The stage holds it.
        """
        because = reasoned(self.reason)
        check_stage(reader, self.stage)
        subject = Subject.of(reader, self.model)
        found = subject.version(self.version)
        if not self.force:
            self._check(subject)
        before = subject.state.stages.get(self.stage)
        instead = f", instead of {before.name}" if before else ""
        return subject.write(
            Words(
                "assignment",
                self.model,
                stage=self.stage,
                serial=subject.line.serial,
            ),
            found.commit,
            f"Promote {self.model} {self.version} to {self.stage}{instead}",
            ((VERSION, str(self.version)), because),
        )

    def _check(self, subject: Subject) -> None:
        holder = subject.state.stages.get(self.stage)
        if holder is not None and holder.version == self.version:
            raise AlreadyHeldError(self.model, self.version, self.stage)
        found = subject.version(self.version)
        end = found.deprecated.end if found.deprecated else None
        if end is not None and end <= self.now:
            raise EndedVersionError(self.model, self.version)
