"""Review: somebody approves of a version for a stage, rejects it, or takes that back."""

from dataclasses import dataclass

from lineal.actions import governing, stages
from lineal.actions.governing import Governing
from lineal.actions.judging.panel import panel
from lineal.actions.numbering import following
from lineal.actions.plan import Plan
from lineal.actions.question import Question
from lineal.actions.remark import Draft, Verdict
from lineal.actions.subject import REASON, Subject, UnknownStageError
from lineal.doors import people
from lineal.errors import BadInputError
from lineal.registry import stated
from lineal.registry.brief import VERSION
from lineal.registry.reader import Reader
from lineal.registry.state import VersionState
from lineal.registry.statements import VERDICT
from lineal.registry.trailers import one_line, with_trailers
from lineal.registry.version import Version

STAGE = "Stage"


class NoCommentError(BadInputError):
    """Somebody says no, and not why."""

    def __init__(self) -> None:
        super().__init__(
            "a rejection needs a reason, so that somebody can mend it: say it with "
            "-m TEXT"
        )


@dataclass(frozen=True, slots=True)
class Review:
    """What somebody says of a version for a stage.

    Attributes:
        model: Its name.
        version: Which version.
        stage: What it is to enter.
        verdict: What they say; a withdrawal takes back what they said last.
        comment: Why, or what about it.
        now: Seconds since 1970.
        force: Say it though it will not count for lack of a signature, or though the
            stage is new and looks mistyped.
        only: The word that is to be taken back, if not whichever was the last.
    """

    model: str
    version: Version
    stage: str
    verdict: Verdict
    comment: str
    now: int
    force: bool = False
    only: Verdict | None = None

    @property
    def asked(self) -> Question:
        """What the review is about; so the newest rules are fetched for it too."""
        return Question(self.version, self.stage, self.now)

    def plan(self, reader: Reader) -> Plan:
        """Work out the tag.

        Raises:
            NoCommentError: It is a rejection without a reason.
            NobodyError: Git does not know who is asking.
            UnknownModelError: There is no such model.
            UnknownVersionError: There is no such version.
            WithdrawnVersionError: It was taken back.
            UnknownStageError: The team has no such stage.
            RefusedError: It says nothing new, or will not count as it is.
        """
        if self.verdict == "reject" and not one_line(self.comment):
            raise NoCommentError
        subject, force = Subject.of(reader, self.model), governing.load(reader.store)
        found = subject.version(self.version)
        notes = self._entered(reader, subject, force)
        words = following(reader.store, "review", self.model, self.version, self.stage)
        about = (self.model, self.version, found.commit, force.signers)
        said = stated.load(reader.store, *about)
        bench = panel(reader, subject, force, self.asked, said)
        signs = people.signs_tags(reader.store.place.git)
        draft = Draft(self.verdict, words, bench, signs, self.only)
        draft.check(force=self.force)
        return self._plan(draft, found).noting(*notes, *draft.notes())

    def _plan(self, draft: Draft, found: VersionState) -> Plan:
        begun = found.registered.stamp.time if found.registered else 0
        return Plan(
            words=draft.words,
            commit=found.commit,
            message=with_trailers(draft.sentence, self._pairs),
            follows=None,
            after=max([begun, *(one.time for one in draft.mine)]),
            summary=draft.sentence,
        )

    @property
    def _pairs(self) -> tuple[tuple[str, str | None], ...]:
        return (
            (VERDICT, self.verdict),
            (VERSION, str(self.version)),
            (STAGE, self.stage),
            (REASON, one_line(self.comment) or None),
        )

    def _entered(
        self, reader: Reader, subject: Subject, force: Governing
    ) -> tuple[str, ...]:
        """Refuse a stage that there is not; what was said of one can be taken back."""
        if self.verdict == "withdraw":
            return ()
        policy = force.policy
        if policy.stages and self.stage not in policy.stages:
            raise UnknownStageError(self.stage, policy.stages, "policy.yaml")
        return stages.noted(reader, subject, self.stage, force, force=self.force)
