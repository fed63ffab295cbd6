"""Who said what of a version that is to enter a stage, and whether it counts."""

from dataclasses import dataclass, replace

from lineal.actions import governing
from lineal.actions.governing import Governing
from lineal.actions.judging.gather import reviewed
from lineal.actions.question import Question
from lineal.actions.subject import Subject
from lineal.errors import BadInputError
from lineal.policy import reviews as rules
from lineal.policy.case import Case
from lineal.policy.config import Approvals, Policy
from lineal.policy.decision import Judged
from lineal.policy.reviews import Tally
from lineal.registry import stated, statements
from lineal.registry.identities import Signers
from lineal.registry.reader import Reader
from lineal.registry.stated import Stated
from lineal.registry.statements import Statement
from lineal.registry.version import Version

_NO_RULE = "no rule asks for approvals"
_NO_POLICY = "the policy cannot be read"
_NO_FORCE = Governing(Policy(), "", Signers(), "")
_NOBODY = Tally((), (), ())


@dataclass(frozen=True, slots=True)
class Word:
    """A review.

    Attributes:
        statement: What was said, and by whom.
        why: Why it does not count, empty if it does.
    """

    statement: Statement
    why: str = ""


@dataclass(frozen=True, slots=True)
class Panel:
    """The reviews of a version for one stage.

    Attributes:
        case: What was found out about the version.
        words: All, by reviewer, each one's in the order in which they were said.
        asked: Who must agree; None: nobody.
        tally: What the words come to.
        judged: What the rule comes to; None where there is none.
    """

    case: Case
    words: tuple[Word, ...]
    asked: Approvals | None = None
    tally: Tally = _NOBODY
    judged: Judged | None = None

    @property
    def stage(self) -> str:
        """Which stage."""
        return self.case.stage


@dataclass(frozen=True, slots=True)
class Reviews:
    """The reviews of a version.

    Attributes:
        model: Its name.
        version: Which version.
        commit: What it names.
        policy: Object id of the policy that counts them; empty where there is none.
        panels: By stage, in the policy's order.
        unclear: Tags of reviews that cannot be counted, and why.
        ungoverned: Why the policy cannot be read, so that nothing can be counted; empty
            if it can.
    """

    model: str
    version: Version
    commit: str
    policy: str
    panels: tuple[Panel, ...]
    unclear: tuple[str, ...] = ()
    ungoverned: str = ""

    @property
    def notes(self) -> tuple[str, ...]:
        """What whoever reads them should know beside that."""
        why = self.ungoverned
        said = (f"nobody can be verified, and nothing counted: {why}",) if why else ()
        return (*said, *self.unclear)


def reviews(
    reader: Reader, model: str, version: Version, stage: str | None = None
) -> Reviews:
    """Return the reviews of a version, also of one that was taken back.

    Args:
        reader: The registry.
        model: Its name.
        version: The version.
        stage: Only for this stage.

    Raises:
        UnknownModelError: There is no such model.
        UnknownVersionError: There is no such version.
    """
    subject, force, why = Subject.of(reader, model), _NO_FORCE, ""
    try:
        force = governing.load(reader.store)
    except BadInputError as error:  # who said what is worth knowing all the same
        why = str(error)
    commit = subject.find(version).commit
    said = stated.load(reader.store, model, version, commit, force.signers)
    stages = _stages(model, force, said) if stage is None else [stage]
    asked = (Question(version, each, 0) for each in stages)
    panels = [panel(reader, subject, force, each, said) for each in asked]
    if why:
        panels = [_uncounted(each) for each in panels]
    start = statements.prefixes(model, version)[0] + (f"{stage}/" if stage else "")
    unclear = tuple(each for each in said.unclear if each.startswith(start))
    return Reviews(model, version, commit, force.id, tuple(panels), unclear, why)


def panel(
    reader: Reader, subject: Subject, force: Governing, asked: Question, said: Stated
) -> Panel:
    """Count the reviews of a version for one stage.

    Args:
        reader: The registry.
        subject: The model as it stands.
        force: The rules in force.
        asked: Which version is to enter which stage.
        said: What was stated of the version.
    """
    case = reviewed(reader, subject, force, asked, said)
    words = sorted(case.reviews, key=_order)
    found = force.policy.rules(case.model, case.stage)
    wanted = found.approvals if found else None
    if wanted is None:
        return Panel(case, tuple(Word(word, _NO_RULE) for word in words))
    tally = rules.count(wanted, case)
    counted = tuple(Word(one, _why(wanted, tally, one, words)) for one in words)
    return Panel(case, counted, wanted, tally, rules.judge(wanted, case))


def _uncounted(found: Panel) -> Panel:
    """Say of each word that nobody can tell whether it counts."""
    words = (Word(one.statement, _NO_POLICY) for one in found.words)
    return replace(found, words=tuple(words))


def _stages(model: str, force: Governing, said: Stated) -> list[str]:
    """Return the stages that have reviews or ask for them, in the policy's order."""
    ruled = force.policy.ruled(model).items()
    found = {stage for stage, each in ruled if each.approvals is not None}
    found |= {one.words.stage for one in said.statements if one.words.kind == "review"}
    ladder = force.policy.stages
    known = [stage for stage in ladder if stage in found]
    return [*known, *sorted(found.difference(ladder))]


def _order(one: Statement) -> tuple[str, int]:
    return one.words.who, one.words.serial


def _why(asked: Approvals, tally: Tally, one: Statement, words: list[Statement]) -> str:
    """Return why a word does not count, empty if it does."""
    if one in (*tally.approved, *tally.rejected):
        return ""
    aside = next((why for word, why in tally.set_aside if word == one), "")
    if aside:
        return aside
    lifts = one.verified or not asked.signed
    if not lifts and one.verdict != "reject":
        return one.why or "is not signed"
    later = any(_replaces(other, one, asked) for other in words)
    return "a later word replaced it" if later else ""


def _replaces(other: Statement, one: Statement, asked: Approvals) -> bool:
    same = other.words.who == one.words.who and other.words.serial > one.words.serial
    return same and (other.verified or not asked.signed or other.verdict == "reject")
