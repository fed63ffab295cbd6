"""Promote: a version enters a stage."""

from dataclasses import dataclass, replace

from lineal.actions import governing, lives, stages
from lineal.actions.governing import Governing
from lineal.actions.judging import court
from lineal.actions.judging.court import NothingToBypassError, RefusedByPolicyError
from lineal.actions.lives import EndedModelError as EndedModelError
from lineal.actions.lives import EndedVersionError as EndedVersionError
from lineal.actions.plan import Plan
from lineal.actions.question import Question, Rematch
from lineal.actions.subject import Pairs, Subject, reasoned
from lineal.errors import RefusedError
from lineal.policy.decision import Decision
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
            or, where the team wrote no rules, the version's life has ended.
        bypass: Do it though the team's rules refuse it, if they let this user.
        rematch: Lets two versions forecast the same rows again.
    """

    model: str
    version: Version
    stage: str
    reason: str
    now: int
    force: bool = False
    bypass: bool = False
    rematch: Rematch | None = None

    @property
    def asked(self) -> Question:
        """What the team's rules are asked."""
        return Question(self.version, self.stage, self.now, self.rematch)

    def plan(self, reader: Reader) -> Plan:
        """Work out the tag.

        Raises:
            UnknownModelError: There is no such model.
            UnknownStageError: The team has no such stage.
            MistypedStageError: Nobody has, and it is close to another.
            UnknownVersionError: There is no such version.
            WithdrawnVersionError: It was taken back.
            EndedVersionError: Its life has ended, and the team wrote no rules.
            EndedModelError: That of the whole model has, likewise.
            AlreadyHeldError: The stage holds it.
            RefusedByPolicyError: The team's rules forbid it.
            MayNotBypassError: They do not let this user bypass them.
        """
        because = reasoned(self.reason)
        subject, force = Subject.of(reader, self.model), governing.load(reader.store)
        known = (reader, subject, self.stage, force)
        notes = stages.noted(*known, force=self.force)
        found = subject.version(self.version)
        if not self.force:
            self._check(subject, ruled=force.written)
        before = subject.state.stages.get(self.stage)
        instead = f", instead of {before.name}" if before else ""
        sentence = f"Promote {self.model} {self.version} to {self.stage}{instead}"
        decision = court.decide(reader, subject, force, self.asked)
        told = self._told(reader, force, decision)
        pairs = ((VERSION, str(self.version)), because, *told)
        plan = subject.write(self._words(subject), found.commit, sentence, pairs)
        said = court.notes(decision) if decision else ()
        plan = plan.noting(*notes, *lives.noted(reader, found, self.now), *said)
        return replace(plan, decision=decision)

    def _told(
        self, reader: Reader, force: Governing, decision: Decision | None
    ) -> Pairs:
        """Return the trailers of what was decided, unless it forbids."""
        if decision is None:
            if self.bypass:
                raise NothingToBypassError
            return ()
        said = court.recorded(decision)
        if decision.allowed:
            return said
        refused = RefusedByPolicyError(self.model, self.asked, decision)
        if not self.bypass:
            raise refused
        return (*said, court.bypassed(reader, force, refused, self.reason))

    def _words(self, subject: Subject) -> Words:
        serial = subject.line.serial
        return Words("assignment", self.model, stage=self.stage, serial=serial)

    def _check(self, subject: Subject, *, ruled: bool) -> None:
        holder = subject.state.stages.get(self.stage)
        if holder is not None and holder.version == self.version:
            raise AlreadyHeldError(self.model, self.version, self.stage)
        if ruled:  # the team's rules judge its life, and force does not override them
            return
        if lives.is_over(subject.version(self.version).deprecated, self.now):
            raise EndedVersionError(self.model, self.version)
        if lives.is_over(subject.state.retired, self.now):
            raise EndedModelError(self.model)
