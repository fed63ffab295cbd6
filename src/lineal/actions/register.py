"""Register: a commit gets a version of a model."""

from dataclasses import dataclass, replace
from pathlib import Path

from lineal.actions import artifact as artifacts
from lineal.actions import changes, measured, newcomer, versioning
from lineal.actions.artifact import Artifact, Supplied
from lineal.actions.changes import Change
from lineal.actions.line import Line
from lineal.actions.measured import Measured
from lineal.actions.plan import Plan
from lineal.actions.subject import REASON, Pairs, Subject
from lineal.actions.versioning import Choice, Wish
from lineal.doors.git import Git
from lineal.errors import RefusedError
from lineal.registry import facts, grammar
from lineal.registry.grammar import Words
from lineal.registry.history import replay
from lineal.registry.reader import Reader
from lineal.registry.state import ModelState, VersionState
from lineal.registry.version import Version

BUMP = "Bump"
_SHORT = 12  # digits of a commit's id in messages
_ADVICE = (
    "GTO 1.10 stops at such a repository, for all models, once the commit is assigned"
)


class SharedCommitError(RefusedError):
    """The commit has a version."""

    def __init__(self, model: str, there: VersionState) -> None:
        state = "" if there.active else " (withdrawn)"
        super().__init__(
            f"commit {there.commit[:_SHORT]} is {model} {there.version}{state} already, "
            "and GTO 1.10 stops at two versions on one commit: make a commit of its own "
            "with `git commit --allow-empty`, or pass --share-commit"
        )


class SameBytesError(RefusedError):
    """The model did not change."""

    def __init__(self, model: str, path: str, newest: Version) -> None:
        super().__init__(
            f"{path} has the same bytes as {model} {newest}, the newest version: pass "
            "--force to register them once more"
        )


class TagTakenError(RefusedError):
    """Something that is no event has the name."""

    def __init__(self, tag: str) -> None:
        super().__init__(
            f"there is a tag {tag} that is no registration (`lineal verify` says why): "
            f"delete it with `git tag -d '{tag}'`, or name another version"
        )


@dataclass(frozen=True, slots=True)
class Allowed:
    """What would be refused, and was asked for all the same.

    Attributes:
        share_commit: A commit that has a version.
        missing: Bytes that nobody has.
        force: The bytes of the newest version, or a new model whose name is close to
            another's.
    """

    share_commit: bool = False
    missing: bool = False
    force: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """The commit that is to get a version.

    Attributes:
        commit: Its id.
        supplied: Tells who has the bytes of a tracked output.
        root: The top of the working tree, if it must be what the commit says.
    """

    commit: str
    supplied: Supplied
    root: Path | None = None


@dataclass(frozen=True, slots=True)
class Registration:
    """A commit is to get a version.

    Attributes:
        model: Its name.
        source: Where its files are.
        wish: Which version.
        now: Seconds since 1970.
        reason: Why; may be empty.
        measured: What was measured.
        allowed: What is not to be refused.
    """

    model: str
    source: Source
    wish: Wish
    now: int
    reason: str = ""
    measured: Measured = ()
    allowed: Allowed = Allowed()

    def plan(self, reader: Reader) -> Plan:
        """Work out the tag.

        Raises:
            InvalidNameError: GTO would not take the model's name.
            MistypedModelError: It is new, and close to another's.
            SharedCommitError: The commit has a version.
            VersionExistsError: The version was given already.
            TagTakenError: A tag that is no event has its name.
            MissingOutputError: The commit lacks the model.
            UncommittedError: The working tree has another one.
            SameBytesError: The model did not change.
            MissingBytesError: Nobody has its bytes.
        """
        grammar.check_model(self.model)
        git, subject = reader.store.place.git, _subject(reader, self.model)
        found = Artifact.of(git, self.model, self.source.commit)
        own = self._own(reader, subject, found)
        shared = self._shared(subject.state)
        choice = self._choose(git, subject.state)
        words = Words("registration", self.model, str(choice.version))
        _check_free(reader, words)
        there = self._there(found)
        same = self._same(git, found, subject.state, choice)
        sentence = f"Register {self.model} {choice.version}"
        plan = subject.write(
            words, self.source.commit, sentence, self._pairs(found, choice)
        )
        return _worded(plan, choice).noting(*choice.notes, *shared, *own, *there, *same)

    def _own(
        self, reader: Reader, subject: Subject, found: Artifact
    ) -> tuple[str, ...]:
        """Refuse another model than the one that is meant, first of all.

        Who forgot to commit must not be told to make a commit without changes.
        """
        if not subject.line.events and not self.allowed.force:
            newcomer.check_name(reader, self.model, found)
        if self.source.root is None:
            return ()
        return artifacts.check_committed(self.source.root, found)

    def _shared(self, state: ModelState) -> tuple[str, ...]:
        """Refuse a commit that has a version, though it was taken back."""
        there = [
            found for found in state.versions if found.commit == self.source.commit
        ]
        if not there:
            return ()
        if not self.allowed.share_commit:
            raise SharedCommitError(self.model, there[-1])
        names = ", ".join(str(found.version) for found in there)
        return (f"the commit has {names} too; {_ADVICE}",)

    def _choose(self, git: Git, state: ModelState) -> Choice:
        def change() -> Change:
            if state.newest is None:
                return Change("patch", "no earlier version stands")
            asked = (state.newest.commit, self.source.commit)
            return changes.judge(*facts.read(git, self.model, asked))

        return versioning.choose(self.wish, state, self.now, change)

    def _there(self, found: Artifact) -> tuple[str, ...]:
        if self.allowed.missing:
            return ("whether the model's bytes can be had was not checked",)
        notes = artifacts.check_recorded(self.model, found)
        return notes + artifacts.check_bytes(found, self.source.supplied)

    def _same(
        self, git: Git, found: Artifact, state: ModelState, choice: Choice
    ) -> tuple[str, ...]:
        """Refuse the newest version's bytes, but for the release of a prerelease."""
        newest = state.newest
        if newest is None or not found.content or newest.commit == self.source.commit:
            return ()
        if Artifact.of(git, self.model, newest.commit).content != found.content:
            return ()
        path, version = found.path or "", newest.version
        if self.allowed.force or _announces(version, choice.version):
            return (f"{path} has the same bytes as {version}",)
        raise SameBytesError(self.model, path, version)

    def _pairs(self, found: Artifact, choice: Choice) -> Pairs:
        size = () if found.size is None else ((measured.SIZE, str(found.size)),)
        return (
            (REASON, self.reason.strip()),
            (BUMP, choice.reason),
            *measured.joined(size, self.measured),
        )


def _subject(reader: Reader, model: str) -> Subject:
    """Read a model that may be new."""
    events = reader.ordered(model)
    line = Line(events, reader.store.serial(model))
    return Subject(line, replay(model, events))


def _check_free(reader: Reader, words: Words) -> None:
    """Refuse a name that a tag has which is no event, such as a lightweight one."""
    tag = grammar.write(words)
    if tag in reader.store.tags((tag,)):
        raise TagTakenError(tag)


def _announces(prerelease: Version, release: Version) -> bool:
    """Tell whether one version is a prerelease of the other."""
    numbers = (prerelease.major, prerelease.minor, prerelease.patch)
    same = numbers == (release.major, release.minor, release.patch)
    return same and bool(prerelease.prerelease) and not release.prerelease


def _worded(plan: Plan, choice: Choice) -> Plan:
    """Tell the user, too, why it is this version."""
    if choice.reason is None:
        return plan
    return replace(plan, summary=f"{plan.summary} ({choice.reason})")
