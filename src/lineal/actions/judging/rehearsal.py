"""The rules asked of a commit as if it were registered and promoted already.

It is the judgement of `lineal promote`. What can only hold later, because it needs the
version's tag, people, or the merge, is told apart from what fails.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from lineal.actions import changes, versioning
from lineal.actions.changes import Change
from lineal.actions.governing import Governing
from lineal.actions.judging import court
from lineal.actions.question import Question
from lineal.actions.subject import Subject
from lineal.actions.versioning import Choice, Wish
from lineal.errors import RefusedError
from lineal.policy.config import (
    Approvals,
    FactGate,
    Gate,
    Policy,
    ReproductionGate,
    StageRules,
)
from lineal.policy.decision import Judged
from lineal.registry import facts
from lineal.registry.reader import Reader
from lineal.registry.state import ModelState, VersionState

Outcome = Literal["pass", "fail", "missing", "undecided", "later"]


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """What would come of a rule.

    Attributes:
        rule: What must hold, in words.
        evidence: What was found, what is missing, or who has to do what.
        outcome: `pass`, `fail` and `missing` as the rules say; `undecided` where only
            running models could tell; `later` where it cannot hold before the version
            is registered, merged, promoted to another stage or approved.
    """

    rule: str
    evidence: str
    outcome: Outcome

    @property
    def refuses(self) -> bool:
        """Whether it stands in the way, whatever people do later."""
        return self.outcome in {"fail", "missing"}


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What the rules of a stage would say.

    Attributes:
        stage: Which.
        rules: What would come of each.
    """

    stage: str
    rules: tuple[Rehearsed, ...]

    @property
    def refuses(self) -> bool:
        """Whether a rule stands in the way."""
        return any(each.refuses for each in self.rules)

    def count(self, *outcomes: Outcome) -> int:
        """Count the rules with some outcomes."""
        return sum(each.outcome in outcomes for each in self.rules)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A commit that may become a version.

    Attributes:
        subject: The model, as if it were one.
        choice: Which version it would be, and why.
        registered: Whether it is that already.
    """

    subject: Subject
    choice: Choice
    registered: bool = False


def imagine(reader: Reader, model: str, commit: str, now: int) -> Candidate:
    """Register a commit in thought; one that has a version keeps it.

    Args:
        reader: The registry, which stays as it is.
        model: The model's name.
        commit: The commit's id.
        now: When that is, in seconds since 1970.
    """
    subject = Subject.without(reader, model)
    there = subject.state.at(commit)
    if there:
        return Candidate(subject, Choice(there[-1].version), registered=True)
    choice = _choose(reader, subject.state, commit, now)
    new = VersionState(choice.version, commit, None)
    versions = (*subject.state.versions, new)
    ordered = tuple(sorted(versions, key=lambda each: each.version))
    state = replace(subject.state, versions=ordered)
    return Candidate(replace(subject, state=state), choice)


def ladder(policy: Policy, model: str) -> tuple[str, ...]:
    """Return the stages of a model that have rules, the lowest first."""
    ruled, order = policy.ruled(model), policy.stages
    known = [stage for stage in order if stage in ruled]
    return (*known, *(stage for stage in ruled if stage not in order))


def rehearse(
    reader: Reader, force: Governing, candidate: Candidate, stage: str, now: int
) -> Rehearsal:
    """Ask the rules of a stage, without running any model.

    Args:
        reader: The registry.
        force: The rules in force.
        candidate: What is to enter the stage.
        stage: Which.
        now: When, in seconds since 1970.

    Raises:
        OutsideError: Git failed.
    """
    subject = candidate.subject
    asked = Question(candidate.choice.version, stage, now)
    found = court.judged(reader, subject, force, asked)
    rules = force.policy.rules(subject.state.model, stage) or StageRules()
    waits = tuple(_waits(rules))
    split = len(found.judged) - len(waits)
    # Each rule of the stage gives one verdict, in this order, after those of all stages.
    own = zip(found.judged[split:], waits, strict=True)
    # Of what holds for all stages, only a refusal says something of such a version.
    general = (_told(each, _NEVER) for each in found.judged[:split] if not each.holds)
    stands = candidate.registered
    told = (_told(each, wait, registered=stands) for each, wait in own)
    return Rehearsal(stage, (*general, *told))


def _choose(reader: Reader, state: ModelState, commit: str, now: int) -> Choice:
    def change() -> Change:
        if state.newest is None:
            return Change("patch", "no earlier version stands")
        pair = (state.newest.commit, commit)
        return changes.judge(*facts.read(reader.store.place.git, state.model, pair))

    try:
        return versioning.choose(Wish(), state, now, change)
    except RefusedError:
        highest = max(found.version for found in state.versions)
        return Choice(highest.bump("patch"))


@dataclass(frozen=True, slots=True)
class _Wait:
    """What has to happen before a rule can hold.

    Attributes:
        said: In words; empty: nothing, it holds or does not.
        known: Whether a plain failure is one all the same, since it tells of a fact.
    """

    said: str = ""
    known: bool = False


_NEVER = _Wait()


def _waits(rules: StageRules) -> Iterator[_Wait]:
    """Tell of each rule what has to happen first, in the order of the judgement."""
    if rules.came_from is not None:
        yield _Wait(f"to be promoted to {rules.came_from} first")
    if rules.branch is not None:
        yield _Wait(f"to be merged into {rules.branch} first")
    yield from map(_gate, rules.gates)
    if rules.approvals is not None:
        yield _Wait(_people(rules.approvals))


def _gate(gate: Gate) -> _Wait:
    match gate:
        case FactGate():
            return _Wait("measured at registration (--measure or --fact)", known=True)
        case ReproductionGate():
            said = "to be made again and recorded: `lineal reproduce --record`"
            return _Wait(said, known=True)
        case _:
            return _NEVER


def _people(asked: Approvals) -> str:
    some = f"{asked.count} of {', '.join(asked.of)}"
    rest = [
        word
        for word, is_asked in (
            ("signed", asked.signed),
            ("not by an author", asked.not_author),
        )
        if is_asked
    ]
    return f"to be given: {', '.join((some, *rest))}"


def _told(one: Judged, wait: _Wait, *, registered: bool = False) -> Rehearsed:
    if one.holds:
        return Rehearsed(one.rule, one.evidence, "pass")
    if wait.said and not (wait.known and one.verdict == "fail"):
        said = f"{one.evidence}; {wait.said}" if registered else wait.said
        return Rehearsed(one.rule, said, "later")
    if one.unplayed:
        return Rehearsed(one.rule, one.evidence, "undecided")
    return Rehearsed(one.rule, one.evidence, one.verdict)
