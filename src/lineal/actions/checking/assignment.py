"""Assignments, judged by the team's rules as if they were being made now."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from lineal.actions import lives
from lineal.actions.checking import unplayed
from lineal.actions.checking.checked import Checked
from lineal.actions.checking.object import Made
from lineal.actions.checking.terms import Terms
from lineal.actions.governing import Governing
from lineal.actions.judging import court
from lineal.actions.question import Question
from lineal.actions.subject import Subject
from lineal.policy.case import Unknown
from lineal.policy.config import Bypass
from lineal.policy.decision import Judged
from lineal.registry import identities, trusted
from lineal.registry.order import Dated
from lineal.registry.periods import periods
from lineal.registry.rollback import earlier, ever_held, rightful
from lineal.registry.state import VersionState
from lineal.registry.statements import same
from lineal.registry.trusted import UnusableSettingsError
from lineal.registry.version import Version


@dataclass(frozen=True, slots=True)
class Entrance:
    """An assignment, and the model without it.

    Attributes:
        terms: On what terms it is judged.
        subject: The model, as if the assignment were not there.
        before: What had happened before it.
        made: Its object.
        stage: Which stage it is about.
    """

    terms: Terms
    subject: Subject
    before: Sequence[Dated]
    made: Made
    stage: str

    def judge(self, so_far: Checked) -> Checked:
        """Judge it, after its name and object were judged."""
        found = self._version()
        if isinstance(found, Judged):
            return replace(so_far, findings=(*so_far.findings, found))
        said = Judged("commit has a version", str(found.version), "pass")
        told = replace(so_far, version=found.version, findings=(*so_far.findings, said))
        if self._held(found):
            evidence = f"{self.stage} held {found.version} before, so no gate is asked"
            back = Judged("way back", evidence, "pass")
            return replace(told, findings=(*told.findings, back), notes=(evidence,))
        return self._ruled(told, found.version)

    def _version(self) -> VersionState | Judged:
        """Return the version that enters, by the trailer if it fits, else as GTO does."""
        brief, state = self.made.brief, self.subject.state
        here = [one for one in state.versions if one.commit == brief.commit]
        named = [one for one in here if one.version == brief.named]
        chosen = named or here
        standing = [one for one in chosen if one.active]
        if standing:
            return max(standing, key=lambda one: one.version)
        said = (
            f"it has none here: push the registration first: git push origin "
            f"'{state.model.replace(':', '=')}@v1.0.0', or what it is called"
        )
        if chosen:
            last = max(one.version for one in chosen)
            said = f"its {last} was withdrawn: choose another"
        return Judged("commit has a version", said, "fail", absolute=True)

    def _held(self, found: VersionState) -> bool:
        """Tell whether the stage goes back to a version that it rightly held.

        Where the tag does not say that it goes back, what was itself taken back, or is
        past its end of life, has to enter like any other.
        """
        state, events = self.subject.state, self.subject.line.events
        before = rightful(periods(state.model, self.before, self.stage), events)
        if not ever_held(found, before):
            return False
        ends = (found.deprecated, state.retired)
        if self.made.brief.rollback:
            return True
        if any(lives.is_over(end, self.terms.now) for end in ends):
            return False
        back = [(one.version, one.commit) for one in earlier(state, before)]
        now = state.stages.get(self.stage)
        held = [(now.version, now.commit)] if now else []
        return (found.version, found.commit) in (*back, *held)

    def _ruled(self, told: Checked, version: Version) -> Checked:
        """Let the policy judge; where there is none, GTO's list of stages alone."""
        told = replace(told, findings=(*told.findings, *self._listed()))
        force = self.terms.force
        if isinstance(force, Unknown):
            said = Judged("policy can be read", force.why, "missing", absolute=True)
            return replace(told, findings=(*told.findings, said))
        if not force.written:
            return told
        asked = Question(version, self.stage, self.terms.now, self.terms.rematch)
        decision = court.judged(self.terms.reader, self.subject, force, asked)
        later = [one for one in decision.judged if self._is_for_later(one)]
        told = replace(
            told,
            findings=(
                *told.findings,
                *(one for one in decision.judged if one not in later),
            ),
            decision=decision,
            notes=(*told.notes, *decision.notes, *(f"not judged: {o}" for o in later)),
        )
        return told if told.allowed else self._bypassed(told, force)

    def _is_for_later(self, one: Judged) -> bool:
        """Tell whether only running models could tell, and something else does that."""
        return self.terms.defers and one.evidence == unplayed.SENTENCE

    def _listed(self) -> Iterator[Judged]:
        """Judge the stage by `.gto` of the trusted branch."""
        rule = "stage is listed in .gto"
        try:
            listed = trusted.stages(self.terms.store)
        except UnusableSettingsError as error:
            yield Judged(rule, str(error), "missing", absolute=True)
            return
        if listed is not None and self.stage not in listed:
            said = f"{self.stage} is none of {', '.join(listed)}"
            yield Judged(rule, said, "fail", absolute=True)

    def _bypassed(self, told: Checked, force: Governing) -> Checked:
        """Let through what its maker may bypass, and said to."""
        if self.made.tag.message.get(court.BYPASS) is None:
            return told
        rules = force.policy.rules(self.subject.state.model, self.stage)
        who = same(self.made.tag.actor.email)
        why = self._cannot(told, rules.bypass if rules else None, force)
        if why:
            said = f"its {court.BYPASS} counts for nothing: {why}"
            return replace(told, notes=(*told.notes, said))
        notes = [f"bypassed by {who}: {one}" for one in told.refusals]
        return replace(told, bypass=who, notes=(*told.notes, *notes))

    def _cannot(self, told: Checked, may: Bypass | None, force: Governing) -> str:
        """Say why the rules cannot be bypassed; empty if they can."""
        stuck = next((one for one in told.refusals if one.absolute), None)
        if stuck is not None:
            return f"nobody may bypass that {stuck.rule}"
        who = same(self.made.tag.actor.email)
        if may is None or who not in may.of:
            return f"the policy does not let {who or 'nobody in particular'} do that"
        if not may.signed:
            return ""
        made = {self.made.id: self.made.tag}
        proven = identities.prove(self.terms.store, made, force.signers)
        return proven[self.made.id].why
