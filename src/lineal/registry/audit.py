"""What an auditor asks of the registry: what happened, on whose word, and from what."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lineal.registry.chain.finding import Finding
from lineal.registry.identities import Identity
from lineal.registry.inputs import Input
from lineal.registry.journal import Asked, Entry
from lineal.registry.statements import Statement, same
from lineal.registry.trailers import Message

POLICY, GATE, APPROVED, BYPASS = "Policy", "Gate", "Approved-By", "Bypass"
_PARTS = 3  # of a gate's trailer: rule, evidence, verdict


@dataclass(frozen=True, slots=True)
class Gate:
    """What a tag records of one rule; nobody judged it again.

    Attributes:
        rule: What had to hold.
        evidence: What was found; empty where the trailer has another form.
        verdict: What came of it; empty where the trailer has another form.
    """

    rule: str
    evidence: str = ""
    verdict: str = ""

    @classmethod
    def read(cls, text: str) -> "Gate":
        """Read a trailer.

        >>> Gate.read("wape <= 0.15 | 0.042 | pass").verdict
        'pass'
        """
        parts = text.split(" | ")
        return cls(*parts) if len(parts) == _PARTS else cls(text)


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a tag's trailers say of the decision; whoever made the tag wrote them.

    Attributes:
        policy: Object id of the policy that judged; empty where none is named.
        gates: What came of each rule.
        approvals: Who agreed, as recorded.
        bypass: Who went past the rules, and why; empty where nobody did.
    """

    policy: str = ""
    gates: tuple[Gate, ...] = ()
    approvals: tuple[str, ...] = ()
    bypass: str = ""

    @classmethod
    def read(cls, message: Message) -> "Recorded":
        """Read them from a message."""
        return cls(
            policy=message.get(POLICY) or "",
            gates=tuple(Gate.read(text) for text in _all(message, GATE)),
            approvals=tuple(_all(message, APPROVED)),
            bypass=message.get(BYPASS) or "",
        )


@dataclass(frozen=True, slots=True)
class Source:
    """A file or folder that went into a model.

    Attributes:
        input: Its path and hash, from dvc.lock.
        in_git: Whether the commit itself has it, as it has code.
    """

    input: Input
    in_git: bool


@dataclass(frozen=True, slots=True)
class Provenance:
    """What the commit of a version says of it.

    Attributes:
        metrics: Scores on the test period; the one that chose the model comes first.
        metric: What the model was chosen by; empty where the card does not say.
        sources: What went in.
    """

    metrics: Mapping[str, float] = field(default_factory=dict)
    metric: str = ""
    sources: tuple[Source, ...] = ()

    @property
    def data(self) -> tuple[Input, ...]:
        """What the commit does not have itself: the data."""
        return tuple(one.input for one in self.sources if not one.in_git)

    @property
    def files(self) -> tuple[Input, ...]:
        """What the commit has itself: code, and data that is kept in Git."""
        return tuple(one.input for one in self.sources if one.in_git)


@dataclass(frozen=True, slots=True)
class Audited:
    """An event with all that speaks for and against it.

    Attributes:
        entry: What happened, when, and why.
        by: Who made the tag, as far as a signature proves it.
        recorded: What the tag records of the decision.
        reviews: The latest word of each reviewer that stands now, of that version for
            that stage.
        reproductions: The latest word of each who made that version again.
        made: What made the version; None where the event gives nobody a model.
    """

    entry: Entry
    by: Identity
    recorded: Recorded = Recorded()
    reviews: tuple[Statement, ...] = ()
    reproductions: tuple[Statement, ...] = ()
    made: Provenance | None = None

    def standing(self, said: str) -> Statement | None:
        """Return the review tag that bears out a recorded approval, None if none does.

        Args:
            said: The approval, as recorded.
        """
        who = same(said.partition(" ")[0])
        agreed = (one for one in self.reviews if one.verdict == "approve")
        return next((one for one in agreed if one.words.who == who), None)

    @property
    def unrecorded(self) -> tuple[Statement, ...]:
        """The words of reviewers that bear out no recorded approval."""
        used = [self.standing(said) for said in self.recorded.approvals]
        return tuple(one for one in self.reviews if one not in used)


@dataclass(frozen=True, slots=True)
class Chain:
    """What the rules of `lineal verify --offline` say of a model.

    Attributes:
        problems: How many problems there are, at any time.
        warnings: How many warnings there are.
        findings: Those that concern what is shown, the worst first.
        others: How many findings concern other events.
    """

    problems: int = 0
    warnings: int = 0
    findings: tuple[Finding, ...] = ()
    others: int = 0

    @property
    def verifies(self) -> bool:
        """Whether there is no problem."""
        return not self.problems


@dataclass(frozen=True, slots=True)
class Audit:
    """A part of the registry's history, for whoever did not see it.

    Attributes:
        asked: Which part.
        events: What happened, oldest first.
        chains: Whether the tags of each model are what was once written.
        ignored: How many tags have a registry's name but are no event.
        notes: What else the auditor should know.
    """

    asked: Asked
    events: tuple[Audited, ...]
    chains: Mapping[str, Chain]
    ignored: int = 0
    notes: tuple[str, ...] = ()

    @property
    def models(self) -> tuple[str, ...]:
        """The models to which something happened, by name."""
        return tuple(sorted({one.entry.event.model for one in self.events}))

    def of(self, model: str) -> tuple[Audited, ...]:
        """Return what happened to one model, oldest first."""
        return tuple(one for one in self.events if one.entry.event.model == model)


def _all(message: Message, name: str) -> Iterator[str]:
    wanted = name.lower()
    return (value for key, value in message.trailers if key.lower() == wanted and value)
