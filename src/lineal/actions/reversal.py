"""Reverting an assignment that broke the rules: the previous holder comes back.

First the version leaves the stage, and only that, so that a command that is killed
leaves nothing that broke the rules. Then what the stage holds is assigned once more:
`dvc artifacts get --stage` delivers the newest tag of a stage, whatever it says.
"""

from dataclasses import dataclass

from lineal.actions.checking import violation
from lineal.actions.checking.check import check
from lineal.actions.checking.checked import Checked
from lineal.actions.checking.terms import Terms
from lineal.actions.plan import Plan
from lineal.actions.recorder import Recorded, Recorder
from lineal.actions.subject import Subject, reasoned
from lineal.errors import RefusedError
from lineal.policy.case import Unknown
from lineal.registry.brief import ROLLBACK, VERSION, VIOLATION
from lineal.registry.events import Assigned, Event, Stamp, Unassigned
from lineal.registry.grammar import Words
from lineal.registry.history import Fold
from lineal.registry.order import Dated
from lineal.registry.reader import Reader
from lineal.registry.state import Holder

_LONGEST = 400  # characters of the reason


class NothingToRevertError(RefusedError):
    """The assignment has no effect any more."""

    def __init__(self, tag: str) -> None:
        super().__init__(f"{tag} has no effect any more, so there is nothing to revert")


@dataclass(frozen=True, slots=True)
class Reversal:
    """A version is to leave a stage, because its assignment broke the rules.

    Attributes:
        terms: On what terms it was judged.
        checked: What came of that.
    """

    terms: Terms
    checked: Checked

    @property
    def model(self) -> str:
        """The model's name."""
        return self.checked.model

    @property
    def stage(self) -> str:
        """The stage."""
        return self.checked.stage

    def plan(self, reader: Reader) -> Plan:
        """Work out the tag.

        Raises:
            NothingToRevertError: The assignment has no effect.
        """
        tag = self.checked.tag
        subject = Subject.of(reader, self.model)
        hold = _hold(subject, tag)
        if hold is None or self._stands(subject):
            raise NothingToRevertError(tag)
        version = str(hold.version) if hold.version else None
        serial = subject.line.serial
        because = reasoned(_cut(f"{tag} broke the rules: {self.checked.reason}"))
        return subject.write(
            Words("unassignment", self.model, stage=self.stage, serial=serial),
            hold.commit,
            f"Revert {tag}: {self.model} {hold.name} leaves {self.stage}",
            ((VERSION, version), (VIOLATION, tag), because),
        )

    def _stands(self, subject: Subject) -> bool:
        """Tell whether a later assignment of the version is good by itself."""

        def judge(stamp: Stamp, bad: frozenset[str]) -> Checked:
            return check(self.terms, stamp.tag, stamp.id, without=bad)

        tag, events = self.checked.tag, subject.line.events
        return violation.standing(events, tag, judge, frozenset({tag})) is not None


@dataclass(frozen=True, slots=True)
class Restoration:
    """What a stage holds after a reversal is to be its newest assignment.

    Attributes:
        checked: The assignment that was reverted.
    """

    checked: Checked

    @property
    def model(self) -> str:
        """The model's name."""
        return self.checked.model

    @property
    def stage(self) -> str:
        """The stage."""
        return self.checked.stage

    def plan(self, reader: Reader) -> Plan:
        """Work out the tag.

        Raises:
            NothingToRevertError: The stage holds nothing, or went on since.
        """
        tag = self.checked.tag
        subject = Subject.of(reader, self.model)
        last = subject.line.last(self.stage)
        holder = subject.state.stages.get(self.stage)
        if holder is None or not _reverts(last, tag):
            raise NothingToRevertError(tag)
        version = str(holder.version) if holder.version else None
        undone = str(getattr(last, "named", None) or tag)
        serial = subject.line.serial
        return subject.write(
            Words("assignment", self.model, stage=self.stage, serial=serial),
            holder.commit,
            f"Put {self.stage} of {self.model} back to {holder.name}",
            ((VERSION, version), (ROLLBACK, undone), reasoned(f"{tag} was reverted")),
        )


@dataclass(frozen=True, slots=True)
class Enforced:
    """What was done about a tag that was refused.

    Attributes:
        done: What was recorded.
        note: Why nothing was, or nothing more.
    """

    done: tuple[Recorded, ...] = ()
    note: str = ""


def enforce(recorder: Recorder, terms: Terms, checked: Checked) -> Enforced:
    """Do what the policy says about an assignment that was refused.

    A run that was killed is finished by the next one; nothing is done twice.

    Raises:
        ConflictError: Others were always faster.
        OutsideError: Git or the remote failed.
    """
    if checked.kind != "assignment":
        return Enforced(note=f"{checked.tag} changes no stage, so nothing is reverted")
    if checked.undecided:
        return Enforced(note="nothing is reverted that only running models could judge")
    if isinstance(terms.force, Unknown):
        return Enforced(note="nothing is reverted while the policy cannot be read")
    if terms.force.policy.on_violation != "revert":
        return Enforced(note="the policy says `on_violation: report`, so nothing more")
    done: list[Recorded] = []
    note = ""
    for request in (Reversal(terms, checked), Restoration(checked)):
        try:
            done.append(recorder.carry_out(request))
        except RefusedError as error:
            note = note or str(error)
    return Enforced(tuple(done), "" if done else note)


def _hold(subject: Subject, tag: str) -> Holder | None:
    """Return the hold that an assignment began, though it may be superseded."""
    fold = Fold(subject.state.model)
    broken: Assigned | None = None
    for dated in subject.line.events:
        fold.add(dated)
        broken = broken or _named(dated, tag)
        if broken is not None and _reverts(dated.event, tag):
            return None
    if broken is None:
        return None
    version = fold.resolve(broken.stamp.commit, broken.named)
    holds = fold.assignments(broken.stage)
    same = (h for h in holds if h.commit == broken.stamp.commit)
    return next((h for h in same if h.version == version), None)


def _named(dated: Dated, tag: str) -> Assigned | None:
    event = dated.event
    found = isinstance(event, Assigned) and event.stamp.tag == tag
    return event if found and isinstance(event, Assigned) else None


def _reverts(event: Event | None, tag: str) -> bool:
    return isinstance(event, Unassigned) and event.violation == tag


def _cut(reason: str) -> str:
    """Leave out what makes a reason too long, and say so.

    >>> _cut("short"), _cut("x" * 500)[-2:]
    ('short', 'x…')
    """
    return reason if len(reason) <= _LONGEST else f"{reason[: _LONGEST - 1]}\u2026"
