"""Rules asked about versions that a real repository holds."""

from helpers.recorders import recorder
from helpers.sandbox import START, Sandbox
from lineal.actions.governing import Governing
from lineal.actions.judging import court
from lineal.actions.question import Question, Rematch
from lineal.actions.subject import Subject
from lineal.policy.config import Gate, Policy, StageRules
from lineal.policy.decision import Decision, Judged
from lineal.registry.identities import Signers
from lineal.registry.version import Version

MODEL = "churn"
NOW = START + 1000


def decided(
    box: Sandbox,
    version: str,
    rules: StageRules,
    *,
    branch: str = "HEAD",
    rematch: Rematch | None = None,
) -> Decision:
    """Judge whether a version may enter prod.

    Args:
        box: The repository.
        version: Which.
        rules: Those of prod.
        branch: What the trusted branch is called.
        rematch: Lets two versions forecast the same rows again.
    """
    reader = recorder(box).reader
    policy = Policy(models={MODEL: {"prod": rules}})
    force = Governing(policy, "f" * 40, Signers(), branch)
    asked = Question(Version.parse(version), "prod", NOW, rematch)
    return court.judged(reader, Subject.of(reader, MODEL), force, asked)


def judged(
    box: Sandbox, version: str, gate: Gate, rematch: Rematch | None = None
) -> Judged:
    """Judge one gate."""
    rules = StageRules(gates=(gate,))
    return decided(box, version, rules, rematch=rematch).judged[-1]
