"""Finding out what the rules of a stage ask for, and nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from lineal.actions.governing import Governing
from lineal.actions.judging.committed import Committed
from lineal.actions.judging.matching import match
from lineal.actions.question import Question
from lineal.actions.subject import Subject
from lineal.doors import branches, people
from lineal.doors.git import GitFailedError
from lineal.policy.case import Case, Incumbent, Match, Unknown
from lineal.policy.config import (
    CardGate,
    FactGate,
    FreshGate,
    MetricGate,
    ReproductionGate,
    SignatureGate,
    StageRules,
    VersusGate,
)
from lineal.registry import stated, statements
from lineal.registry.periods import Period, periods
from lineal.registry.reader import Reader
from lineal.registry.rollback import ever_held, rightful
from lineal.registry.state import Holder, VersionState
from lineal.registry.tagobject import TagObject

_ABOUT_CARD = (MetricGate, FreshGate, CardGate, SignatureGate)


def gather(
    reader: Reader, subject: Subject, governing: Governing, asked: Question
) -> Case:
    """Find out all that the rules in force ask for.

    Args:
        reader: The registry.
        subject: The model as it stands.
        governing: The rules in force.
        asked: What is to enter what.

    Raises:
        OutsideError: Git failed.
    """
    found = subject.state.find(asked.version)
    if found is None or not found.active:
        why = "was withdrawn" if found else "was never registered"
        return Case(subject.state.model, asked.version, asked.stage, asked.now, why)
    rules = governing.policy.rules(subject.state.model, asked.stage) or StageRules()
    look = _Look(reader, subject, governing, asked, rules, found)
    return look.case()


def reviewed(
    reader: Reader,
    subject: Subject,
    governing: Governing,
    asked: Question,
    said: stated.Stated,
) -> Case:
    """Find out only what approvals are counted by.

    Args:
        reader: The registry.
        subject: The model as it stands.
        governing: The rules in force.
        asked: What is to enter what.
        said: What was stated of that version.

    Raises:
        UnknownVersionError: There is no such version.
        OutsideError: Git failed.
    """
    found = subject.find(asked.version)
    rules = governing.policy.rules(subject.state.model, asked.stage) or StageRules()
    only = StageRules(approvals=rules.approvals)
    return _Look(reader, subject, governing, asked, only, found, said).case()


@dataclass(frozen=True)
class _Look:
    """Where to look, and for what."""

    reader: Reader
    subject: Subject
    governing: Governing
    asked: Question
    rules: StageRules
    found: VersionState
    said: stated.Stated | None = None

    @property
    def model(self) -> str:
        return self.subject.state.model

    def case(self) -> Case:
        gates, ours = self.rules.gates, self._committed(self.found)
        stages = {
            gate.stage or self.asked.stage
            for gate in gates
            if isinstance(gate, VersusGate | SignatureGate)
        }
        others = {stage: self._incumbent(stage) for stage in sorted(stages)}
        said = self._stated()
        ends = (self.found.deprecated, self.subject.state.retired)
        lives = [e.end for e in ends if e is not None and e.end is not None]
        return Case(
            model=self.model,
            version=self.asked.version,
            stage=self.asked.stage,
            now=self.asked.now,
            end_of_life=min(lives, default=None),
            card=ours.card
            if any(isinstance(g, _ABOUT_CARD) for g in gates)
            else (Unknown("no rule asks for the card")),
            measured=self._measured(),
            held=self._held(),
            incumbents={
                stage: Incumbent(other.name, other.card) if other else None
                for stage, other in others.items()
            },
            matches=self._matches(ours, others),
            branches=self._branches(),
            reviews=self._of("review", said),
            reproductions=self._of("reproduction", said),
            authors=self._authors(),
            unclear=said.unclear,
        )

    def _incumbent(self, stage: str) -> Committed | None:
        """Return what a stage holds, or what it rightly held last.

        Where all that it held was reverted, the last of that: anybody can say that they
        revert something, and must not leave nothing to beat by that.
        """
        holder = self.subject.state.stages.get(stage)
        if holder is None:
            events = self.subject.line.events
            before = self._rightful(stage) or periods(self.model, events, stage)
            if not before:
                return None
            holder = before[-1].holder
        return self._committed(holder)

    def _committed(self, what: VersionState | Holder) -> Committed:
        name = what.name if isinstance(what, Holder) else what.version
        git = self.reader.store.place.git
        return Committed(git, self.model, what.commit, f"{self.model} {name}")

    def _rightful(self, stage: str) -> tuple[Period, ...]:
        events = self.subject.line.events
        return rightful(periods(self.model, events, stage), events)

    def _held(self) -> frozenset[str]:
        stage = self.rules.came_from
        if stage is None or not ever_held(self.found, self._rightful(stage)):
            return frozenset()
        return frozenset({stage})

    def _measured(self) -> Mapping[str, str]:
        """Return the trailers of the registration."""
        asks = any(isinstance(gate, FactGate) for gate in self.rules.gates)
        if not asks or self._registration is None:
            return {}
        found: dict[str, str] = {}
        for name, value in self._registration.message.trailers:
            before = found.setdefault(name.lower(), value)
            if before != value:  # which counts? none: this is no number
                found[name.lower()] = f"{before} and {value}"
        return found

    def _matches(
        self, ours: Committed, others: Mapping[str, Committed | None]
    ) -> Mapping[VersusGate, Match | Unknown | None]:
        found: dict[VersusGate, Match | Unknown | None] = {}
        for gate in self.rules.gates:
            if isinstance(gate, VersusGate):
                theirs = others[gate.stage]
                rematch = self.asked.rematch
                found[gate] = match(gate, ours, theirs, rematch) if theirs else None
        return found

    def _branches(self) -> Mapping[str, bool | Unknown]:
        branch = self.rules.branch
        if branch is None:
            return {}
        ref = branches.sibling(self.governing.branch, branch)
        git = self.reader.store.place.git
        found = branches.contains(git, ref, self.found.commit)
        name = branches.called(git, ref)
        missing = Unknown(f"there is no branch {name} here: `git fetch` it")
        return {branch: missing if found is None else found}

    def _stated(self) -> stated.Stated:
        if self.said is not None:
            return self.said
        proves = any(isinstance(g, ReproductionGate) for g in self.rules.gates)
        if self.rules.approvals is None and not proves:
            return stated.Stated()
        said = (self.model, self.found.version, self.found.commit)
        return stated.load(self.reader.store, *said, self.governing.signers)

    def _of(
        self, kind: statements.Kind, said: stated.Stated
    ) -> tuple[statements.Statement, ...]:
        stage = self.asked.stage if kind == "review" else ""
        return tuple(
            one
            for one in said.statements
            if one.words.kind == kind and one.words.stage == stage
        )

    def _authors(self) -> frozenset[str] | Unknown:
        """Return who made what is new, and who registered it."""
        approvals = self.rules.approvals
        if approvals is None or not approvals.not_author:
            return frozenset()
        incumbent = self._incumbent(self.asked.stage)
        since = incumbent.commit if incumbent else None
        git = self.reader.store.place.git
        try:
            found = people.authors(git, self.found.commit, since)
        except GitFailedError as error:
            return Unknown(f"who made the version is not known: {error}")
        if self._registration is not None:
            found |= {self._registration.actor.email}
        return frozenset(map(statements.same, found))

    @cached_property
    def _registration(self) -> TagObject | None:
        """The tag that gave the version its name."""
        given = self.found.registered
        tags = self.reader.store.objects([given.stamp.id] if given else [])
        return tags.get(given.stamp.id) if given else None
