"""What a team's policy.yaml says, read and checked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

ANY = "*"  # stands for every model that has no rules of its own


@dataclass(frozen=True, slots=True)
class Limits:
    """Where a number must lie; None is no limit. The ends are included."""

    min: float | None = None
    max: float | None = None

    def allows(self, value: float) -> bool:
        """Tell whether a number lies within."""
        low = self.min is None or value >= self.min
        return low and (self.max is None or value <= self.max)

    def __str__(self) -> str:
        ends = ((">=", self.min), ("<=", self.max))
        return " and ".join(f"{sign} {end:g}" for sign, end in ends if end is not None)


@dataclass(frozen=True, slots=True)
class MetricGate:
    """A score on the test period must lie within limits.

    Attributes:
        metric: Its name in the card.
        limits: Where it must lie.
        part: Of which parts: of all rows, or for segments or horizons.
        names: Which segments or horizons; empty: each that the card has.
    """

    metric: str
    limits: Limits
    part: Literal["all", "segment", "horizon"] = "all"
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Margin:
    """By how much something must be better; a negative one may be worse.

    Attributes:
        amount: In the metric's own unit, or as a share of the incumbent's value.
        relative: Whether it is a share.
    """

    amount: float = 0.0
    relative: bool = False

    def __str__(self) -> str:
        return f"{100 * self.amount:g} %" if self.relative else f"{self.amount:g}"


@dataclass(frozen=True, slots=True)
class VersusGate:
    """The version must be better than what a stage holds, on the same rows.

    Attributes:
        metric: By which metric.
        stage: Whose holder it is compared with.
        improve: By how much it must be better.
        confidence: In which share of the resamples; None: the plain difference counts.
    """

    metric: str
    stage: str
    improve: Margin = Margin()
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class SignatureGate:
    """Callers of what a stage holds must be able to call the version.

    Attributes:
        stage: Whose holder; None: that of the stage to be entered.
    """

    stage: str | None = None


@dataclass(frozen=True, slots=True)
class FactGate:
    """A fact that was measured at registration must lie within limits.

    Attributes:
        fact: As policy.yaml writes it, such as `latency_p95_ms`.
        limits: Where it must lie.
    """

    fact: str
    limits: Limits

    @property
    def trailer(self) -> str:
        """The trailer of the registration that holds it.

        >>> FactGate("latency_p95_ms", Limits(max=20)).trailer
        'Latency-P95-Ms'
        """
        return "-".join(word.capitalize() for word in self.fact.split("_"))


@dataclass(frozen=True, slots=True)
class FreshGate:
    """The data that the version learned from must not be old.

    Attributes:
        max_days: Days from the last date in the data to now, at most.
    """

    max_days: float


@dataclass(frozen=True, slots=True)
class CardGate:
    """The version must have a card that can be read."""


@dataclass(frozen=True, slots=True)
class ReproductionGate:
    """Somebody must have made the version again, with the same bytes.

    Attributes:
        of: Whose word counts, in lower case; empty: anybody's.
        signed: Whether it counts only with a valid signature.
    """

    of: tuple[str, ...] = ()
    signed: bool = False


Gate = (
    MetricGate
    | VersusGate
    | SignatureGate
    | FactGate
    | FreshGate
    | CardGate
    | ReproductionGate
)


@dataclass(frozen=True, slots=True)
class Approvals:
    """Who must agree.

    Attributes:
        count: How many different people.
        of: Their addresses, in lower case.
        not_author: Whether nobody counts who made what is to be approved.
        signed: Whether only valid signatures count.
    """

    count: int
    of: tuple[str, ...]
    not_author: bool = False
    signed: bool = False


@dataclass(frozen=True, slots=True)
class Bypass:
    """Who may promote although rules refuse it.

    Attributes:
        of: Their addresses, in lower case.
        signed: Whether their tag must have a valid signature.
    """

    of: tuple[str, ...]
    signed: bool = False


@dataclass(frozen=True, slots=True)
class StageRules:
    """What must hold before a version enters a stage.

    Attributes:
        came_from: The stage that it must hold or have held; None: none.
        branch: The branch that must contain its commit; None: none.
        gates: What must hold of the version.
        approvals: Who must agree; None: nobody.
        bypass: Who may do it all the same; None: nobody.
    """

    came_from: str | None = None
    branch: str | None = None
    gates: tuple[Gate, ...] = ()
    approvals: Approvals | None = None
    bypass: Bypass | None = None


@dataclass(frozen=True, slots=True)
class Policy:
    """A team's written rules.

    Attributes:
        stages: The ladder, lowest first; empty: any stage may be used.
        signers: Path of the OpenSSH allowed_signers file; None: no SSH signature counts.
        gpg: Fingerprints of OpenPGP keys by the address that they prove.
        on_violation: What the workflow does with a tag that breaks the rules.
        models: Rules by model (`*`: every other) and stage.
    """

    stages: tuple[str, ...] = ()
    signers: str | None = None
    gpg: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    on_violation: Literal["report", "revert"] = "report"
    models: Mapping[str, Mapping[str, StageRules]] = field(default_factory=dict)

    def ruled(self, model: str) -> Mapping[str, StageRules]:
        """Return the rules for entering a model's stages, by stage."""
        return self.models.get(model, self.models.get(ANY, {}))

    def rules(self, model: str, stage: str) -> StageRules | None:
        """Return the rules for entering a stage, None where there are none."""
        return self.ruled(model).get(stage)
