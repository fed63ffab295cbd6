"""What the rules say of one case, and all of them together."""

from dataclasses import dataclass
from typing import Literal

from lineal.registry import instants

Verdict = Literal["pass", "fail", "missing"]


@dataclass(frozen=True, slots=True)
class Judged:
    """What came of one rule.

    Attributes:
        rule: What must hold, in words.
        evidence: What was found, or what is missing.
        verdict: Whether it holds; `missing` where it cannot be told, which refuses too.
        absolute: Whether nobody may bypass it.
        unplayed: Whether only running models could tell, which was not done or did not
            work; such a rule is `missing`.
    """

    rule: str
    evidence: str
    verdict: Verdict
    absolute: bool = False
    unplayed: bool = False

    @property
    def holds(self) -> bool:
        """Whether it holds."""
        return self.verdict == "pass"

    def __str__(self) -> str:
        return f"{self.rule}: {self.evidence}"

    @property
    def trailer(self) -> str:
        """The value of its `Gate` trailer: rule, evidence and verdict.

        >>> Judged("wape <= 0.15", "0.042", "pass").trailer
        'wape <= 0.15 | 0.042 | pass'
        """
        parts = (self.rule, self.evidence, self.verdict)
        return " | ".join(part.replace("|", "/") for part in parts)


@dataclass(frozen=True, slots=True)
class Decision:
    """All that the rules say of one case.

    Attributes:
        judged: What came of each rule.
        policy: Object id of the policy that judged; empty where there is none.
        approved_by: Who agreed, and whether a signature proves it.
        notes: What people should know beside that.
    """

    judged: tuple[Judged, ...]
    policy: str
    approved_by: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def allowed(self) -> bool:
        """Whether all of them hold."""
        return all(one.holds for one in self.judged)

    @property
    def refusals(self) -> tuple[Judged, ...]:
        """Those that do not hold."""
        return tuple(one for one in self.judged if not one.holds)


def date(seconds: int) -> str:
    """Return the day, in UTC, of an instant in seconds since 1970."""
    return instants.show(seconds, 0).partition(" ")[0]
