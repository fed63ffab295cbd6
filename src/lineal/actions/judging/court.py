"""The rules' word on a version that is to enter a stage, and the way round it."""

from collections.abc import Iterator

from lineal.actions.governing import Governing
from lineal.actions.judging.gather import gather
from lineal.actions.question import Question
from lineal.actions.subject import Pairs, Subject
from lineal.doors import people
from lineal.errors import BadInputError, RefusedError
from lineal.policy import rules
from lineal.policy.config import Bypass
from lineal.policy.decision import Decision
from lineal.registry.reader import Reader
from lineal.registry.statements import same
from lineal.registry.trailers import one_line

POLICY, GATE, APPROVED, BYPASS = "Policy", "Gate", "Approved-By", "Bypass"


class RefusedByPolicyError(RefusedError):
    """The team's rules forbid it.

    Attributes:
        model: Of which model.
        asked: What they were asked.
        decision: What came of each rule.
    """

    def __init__(self, model: str, asked: Question, decision: Decision) -> None:
        self.model, self.asked, self.decision = model, asked, decision
        name = f"{model}@{asked.version}"
        said = "; ".join(f"{one.rule} ({one.evidence})" for one in decision.refusals)
        # Evidence quotes what others wrote, which must not drive a terminal.
        super().__init__(
            f"the policy refuses {name} for {asked.stage}: {one_line(said)}; `lineal "
            f"policy explain {name} --to {asked.stage}` shows every rule"
        )


class MayNotBypassError(RefusedError):
    """Who asks is not one of those whom the policy lets pass."""

    def __init__(self, who: str, stage: str, asked: Bypass | None) -> None:
        if asked is None:
            said = f"the policy lets nobody bypass the rules of {stage}"
        else:
            named = ", ".join(asked.of)
            said = (
                f"the policy lets {named} bypass the rules of {stage}, not "
                f"{who or 'somebody without user.email'}"
            )
        super().__init__(f"{said}: mend what is refused, or ask who may")


class UnsignedBypassError(RefusedError):
    """The policy wants a bypass to be signed, and this one would not be."""

    def __init__(self) -> None:
        super().__init__(
            "the policy wants a bypass to be signed: `git config tag.gpgSign true`, "
            "with user.signingkey and gpg.format set"
        )


class NothingToBypassError(BadInputError):
    """There is no policy, so nothing stands in the way."""

    def __init__(self) -> None:
        super().__init__(
            "the trusted branch has no policy.yaml, so there is nothing to bypass: "
            "leave out --bypass"
        )


def decide(
    reader: Reader, subject: Subject, force: Governing, asked: Question
) -> Decision | None:
    """Ask the rules in force; None where the team wrote none.

    Raises:
        OutsideError: Git failed.
    """
    return judged(reader, subject, force, asked) if force.written else None


def judged(
    reader: Reader, subject: Subject, force: Governing, asked: Question
) -> Decision:
    """Ask certain rules."""
    case = gather(reader, subject, force, asked)
    return rules.decide(force.policy, force.id, case)


def recorded(decision: Decision) -> Pairs:
    """Return the trailers that tell what was decided."""
    return (
        (POLICY, decision.policy),
        *((GATE, one.trailer) for one in decision.judged),
        *((APPROVED, who) for who in decision.approved_by),
    )


def bypassed(
    reader: Reader, force: Governing, refused: RefusedByPolicyError, reason: str
) -> tuple[str, str]:
    """Return the trailer of a bypass.

    Args:
        reader: The registry, whose user asks.
        force: The rules that refuse it.
        refused: What they refuse.
        reason: Why it must be all the same.

    Raises:
        RefusedByPolicyError: What is refused is nothing that anybody may bypass.
        MayNotBypassError: Who asks may not.
        UnsignedBypassError: They may, with a signature.
    """
    if any(one.absolute for one in refused.decision.refusals):
        raise refused
    git, stage = reader.store.place.git, refused.asked.stage
    found = force.policy.rules(refused.model, stage)
    allowed = found.bypass if found else None
    who = same(people.own_address(git))
    if allowed is None or who not in allowed.of:
        raise MayNotBypassError(who, stage, allowed)
    if allowed.signed and not people.signs_tags(git):
        raise UnsignedBypassError
    return (BYPASS, f"{who}: {one_line(reason)}")


def notes(decision: Decision) -> Iterator[str]:
    """Say what the user should know of a decision that allows."""
    yield from map(one_line, decision.notes)
    yield from (one_line(f"bypassed: {one}") for one in decision.refusals)
