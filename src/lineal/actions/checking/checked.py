"""What came of judging one tag."""

from dataclasses import dataclass
from typing import Literal

from lineal.policy.decision import Decision, Judged
from lineal.registry.version import Version

Kind = Literal[
    "registration",
    "deregistration",
    "assignment",
    "unassignment",
    "deprecation",
    "review",
    "reproduction",
    "look-alike",
    "other",
]


@dataclass(frozen=True, slots=True)
class Checked:
    """A tag, judged as if it were being made now.

    Attributes:
        tag: Its name.
        id: What it points to.
        kind: What it is; `other` is no business of the registry, and `look-alike` only
            looks like one of its tags.
        findings: What came of each rule.
        model: Whose it is; empty where there is none.
        version: What it is about, as far as that can be told.
        stage: Which stage it is about; empty: none.
        decision: What the policy says of an assignment; None where it was not asked.
        bypass: Who was allowed to bypass what the policy says; empty: nobody.
        notes: What people should know beside that.
    """

    tag: str
    id: str
    kind: Kind
    findings: tuple[Judged, ...] = ()
    model: str = ""
    version: Version | None = None
    stage: str = ""
    decision: Decision | None = None
    bypass: str = ""
    notes: tuple[str, ...] = ()

    @property
    def allowed(self) -> bool:
        """Whether it may be."""
        return bool(self.bypass) or not self.refusals

    @property
    def undecided(self) -> bool:
        """Whether it is refused only because no models were run that could tell."""
        return not self.allowed and all(one.unplayed for one in self.refusals)

    @property
    def refusals(self) -> tuple[Judged, ...]:
        """What does not hold."""
        return tuple(one for one in self.findings if not one.holds)

    @property
    def reason(self) -> str:
        """Why it must not be, on one line; empty if it may."""
        if self.allowed:
            return ""
        return "; ".join(f"{one.rule} ({one.evidence})" for one in self.refusals)
