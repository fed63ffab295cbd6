"""What a verb would write, worked out and not yet done."""

from dataclasses import dataclass, replace
from typing import Protocol, Self, runtime_checkable

from lineal.actions.question import Question
from lineal.errors import ConflictError
from lineal.policy.decision import Decision
from lineal.registry import statements
from lineal.registry.events import Event
from lineal.registry.grammar import Words, write
from lineal.registry.reader import Reader
from lineal.registry.trailers import Message


class ChangedMeanwhileError(ConflictError):
    """Somebody else changed the very thing that was to be taken back."""

    def __init__(self, model: str) -> None:
        super().__init__(
            f"somebody else changed at the same time what {model} has in that stage, "
            f"so nothing was recorded: look at `lineal history {model}` and ask again"
        )


@dataclass(frozen=True, slots=True)
class Plan:
    """One tag to be.

    Attributes:
        words: What its name says.
        commit: What it names.
        message: What it tells, without the link to what it follows.
        follows: The event that it supersedes: the newest of this stage, or of the
            model's versions; None if it is the first.
        after: Seconds since 1970 of the model's latest event; it will be dated later.
        summary: What it does, as a sentence without a full stop.
        notes: What the user should know beside that.
        ends: The event whose effect it ends, where the user did not name it: planned
            again after somebody was faster, it must not end another.
        decision: What the team's rules say of it; None where there are none.
    """

    words: Words | statements.Words
    commit: str
    message: Message
    follows: Event | None
    after: int
    summary: str
    notes: tuple[str, ...] = ()
    ends: Event | None = None
    decision: Decision | None = None

    @property
    def tag(self) -> str:
        """The tag's name."""
        if isinstance(self.words, statements.Words):
            return statements.write(self.words)
        return write(self.words)

    def noting(self, *notes: str) -> Self:
        """Return the plan with more that the user should know."""
        return replace(self, notes=(*self.notes, *notes))

    def ending(self, event: Event) -> Self:
        """Return the plan bound to the event whose effect it ends."""
        return replace(self, ends=event)


class Request(Protocol):
    """What somebody wants done; planned again whenever the world has changed."""

    @property
    def model(self) -> str:
        """The model it is about."""

    def plan(self, reader: Reader) -> Plan:
        """Work out the tag, changing nothing.

        Raises:
            RefusedError: It must not be.
            BadInputError: It cannot be.
        """


@runtime_checkable
class StageRequest(Request, Protocol):
    """A request that changes one stage, and nothing else."""

    @property
    def stage(self) -> str:
        """Which."""


@runtime_checkable
class JudgedRequest(StageRequest, Protocol):
    """A request that the team's rules judge."""

    @property
    def asked(self) -> Question:
        """What they are asked."""


def unchanged(before: Plan | None, plan: Plan) -> Plan:
    """Return a new plan, unless it would take back something else than the one before.

    Raises:
        ChangedMeanwhileError: It would; two rollbacks at once must not go two back.
    """
    if before is not None and plan.ends != before.ends:
        raise ChangedMeanwhileError(plan.words.model)
    return plan
