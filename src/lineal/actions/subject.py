"""The model that a request is about, as it stands before anything is written."""

from collections.abc import Container
from dataclasses import dataclass

from lineal.actions.line import Line
from lineal.actions.plan import Plan
from lineal.errors import BadInputError, RefusedError
from lineal.registry import grammar
from lineal.registry.events import Event
from lineal.registry.grammar import Words
from lineal.registry.history import replay
from lineal.registry.order import Dated
from lineal.registry.reader import Reader, UnknownModelError, UnknownVersionError
from lineal.registry.state import ModelState, VersionState
from lineal.registry.trailers import one_line, with_trailers
from lineal.registry.version import Version

REASON = "Reason"
Pairs = tuple[tuple[str, str | None], ...]


class NoReasonError(BadInputError):
    """A change without a reason helps nobody who reads the history later."""

    def __init__(self) -> None:
        super().__init__("the reason is empty: say why with --reason TEXT")


class UnknownStageError(BadInputError):
    """The team has no such stage."""

    def __init__(
        self, stage: str, allowed: tuple[str, ...], source: str = ".gto"
    ) -> None:
        super().__init__(
            f"{stage!r} is none of the stages that {source} allows on the trusted "
            f"branch: {', '.join(allowed)}"
        )


class UnusedStageError(RefusedError):
    """The stage never held anything of the model."""

    def __init__(self, state: ModelState, stage: str) -> None:
        used = ", ".join(sorted(state.stages))
        hint = f"; its stages are: {used}" if used else ", and neither did another"
        super().__init__(f"{stage} never held anything of {state.model}{hint}")


class WithdrawnVersionError(RefusedError):
    """The version was taken back."""

    def __init__(self, model: str, version: Version) -> None:
        super().__init__(
            f"{model} {version} was withdrawn: choose another, `lineal show {model}` "
            "lists them"
        )


@dataclass(frozen=True, slots=True)
class Subject:
    """A model before a change.

    Attributes:
        line: Where its history ends.
        state: What that history leaves.
    """

    line: Line
    state: ModelState

    @classmethod
    def of(cls, reader: Reader, model: str) -> "Subject":
        """Read a model.

        Raises:
            InvalidNameError: Nothing can have that name.
            UnknownModelError: Nothing was recorded of it.
        """
        found = cls.without(reader, model)
        if not found.line.events:
            raise UnknownModelError(model, reader.store.read().events)
        return found

    @classmethod
    def without(
        cls, reader: Reader, model: str, tags: Container[str] = ()
    ) -> "Subject":
        """Read a model as if some tags were not there; nothing may be left of it.

        Raises:
            InvalidNameError: Nothing can have that name.
        """
        grammar.check_model(model)
        # Before the events: a tag that comes between the two readings then takes the
        # name, so that the write is refused, and not one link of the chain left out.
        serial = reader.store.serial(model)
        every = reader.ordered(model)
        events = tuple(each for each in every if each.event.stamp.tag not in tags)
        return cls(Line(events, serial), replay(model, events))

    def find(self, version: Version) -> VersionState:
        """Return a version, though it may have been taken back.

        Raises:
            UnknownVersionError: There is none of that name.
        """
        found = self.state.find(version)
        if found is None:
            raise UnknownVersionError(self.state, version)
        return found

    def version(self, version: Version) -> VersionState:
        """Return a version that was not taken back.

        Raises:
            UnknownVersionError: There is none of that name.
            WithdrawnVersionError: It was taken back.
        """
        found = self.find(version)
        if not found.active:
            raise WithdrawnVersionError(self.state.model, version)
        return found

    def check_used(self, stage: str) -> None:
        """Refuse a stage that never held anything of the model.

        The team's list of stages is not asked: what was assigned can be taken back.

        Raises:
            UnusedStageError: It never did.
        """
        if stage not in self.state.stages:
            raise UnusedStageError(self.state, stage)

    def after(self, event: Event) -> ModelState:
        """Return what would be if something happened next."""
        dated = Dated(self.line.time + 1, event)
        return replay(self.state.model, (*self.line.events, dated))

    def write(self, words: Words, commit: str, sentence: str, pairs: Pairs) -> Plan:
        """Plan a tag at the end of the model's history.

        Args:
            words: What its name says.
            commit: What it names.
            sentence: What it does: the message's subject.
            pairs: Trailers; those without a value are left out.
        """
        return Plan(
            words=words,
            commit=commit,
            message=with_trailers(sentence, pairs),
            follows=self._follows(words),
            after=self.line.time,
            summary=sentence,
            notes=self._revived(words),
        )

    def _follows(self, words: Words) -> Event | None:
        return self.line.last(words.stage)

    def _revived(self, words: Words) -> tuple[str, ...]:
        if self.state.deprecated is None or words.kind == "deprecation":
            return ()
        return (f"{words.model} was deprecated; this ends that, as GTO reads it",)


def reasoned(reason: str) -> tuple[str, str]:
    """Return the trailer of a reason.

    Raises:
        NoReasonError: There is none.
    """
    line = one_line(reason)
    if not line:
        raise NoReasonError
    return (REASON, line)
