"""Random histories of a registry, written as gto would have written them."""

from dataclasses import dataclass, field, replace
from typing import Literal

from hypothesis import strategies as st

from helpers.fast_import import Stream
from helpers.sandbox import ANN, START, Sandbox

Word = Literal[
    "registration", "deregistration", "assignment", "unassignment", "deprecation"
]
BOB = "Bob Ölund <bob@example.org>"
ACTORS = (ANN, BOB, "Eve <eve+ci@example.org>")
MODELS = ("ridership", "churn", "sub/dir:demand")
STAGES = ("dev", "staging", "prod")
# No two of them are equal in precedence: of such, gto takes the last registered.
VERSIONS = (
    "v0.0.1",
    "v1.0.0-alpha",
    "v1.0.0-alpha.1",
    "v1.0.0-rc.2",
    "v1.0.0-rc.10+build.7",
    "v1.0.0",
    "v1.9.0",
    "v1.10.0+2026.11.21",
    "v2.0.0-0a",
    "v10.0.0",
)
_MESSAGES = (None, "because", "Längerer Grund\n\nBody, and more.\n\nReason: why not")
_OF_VERSIONS = ("registration", "deregistration")
_SIGNS = {"deregistration": "!", "unassignment": "!"}


@dataclass(frozen=True, slots=True)
class Commit:
    """A change that may get versions."""

    at: int
    actor: str


@dataclass(frozen=True, slots=True)
class Tag:
    """Something that happened to a model, as one annotated tag.

    Attributes:
        word: What gto calls it.
        model: With a colon between folder and name.
        version: What it is about; None for a deprecation, and where a commit without
            a version is assigned.
        stage: The stage, of an assignment or unassignment.
        serial: None makes a simple tag.
        commit: Which of the history's commits is tagged, from nought.
        at: When, in seconds.
        actor: The tagger.
        message: None takes gto's kind of message.
    """

    word: Word
    model: str
    version: str | None
    stage: str | None
    serial: int | None
    commit: int
    at: int
    actor: str = ANN
    message: str | None = None

    @property
    def name(self) -> str:
        """The tag's name, in gto's grammar."""
        what = f"#{self.stage}" if self.stage else f"@{self.version or 'deprecated'}"
        number = "" if self.serial is None else f"#{self.serial}"
        model = self.model.replace(":", "=")
        return f"{model}{what}{_SIGNS.get(self.word, '')}{number}"


History = tuple[Commit | Tag, ...]


def write(into: Sandbox, history: History) -> dict[int, str]:
    """Write a history into an empty repository, in one process of git.

    Returns:
        The id of each of its commits, from nought.
    """
    stream, marks = Stream(), []
    for done in history:
        if isinstance(done, Commit):
            marks.append(stream.commit(at=done.at, actor=done.actor))
            continue
        said = done.message or f"{done.word} of {done.model}"
        mark = marks[done.commit]
        stream.tag(done.name, mark, at=done.at, message=said, actor=done.actor)
    ids = stream.load(into)
    return {place: ids[mark] for place, mark in enumerate(marks)}


@dataclass(frozen=True, slots=True)
class Shape:
    """What kind of histories are drawn.

    Attributes:
        unregistered: Whether commits without a version are assigned too
            (`gto assign --skip-registration`). As in gto, they then never get a
            version, and are never unassigned.
        steps: Least and most seconds between two events. (0, 1) makes ties, a
            negative number clocks that go back.
        models: Their names.
        stages: Their names.
        versions: Each model takes them in any order.
        events: The most of them.
    """

    unregistered: bool = False
    steps: tuple[int, int] = (1, 5000)
    models: tuple[str, ...] = MODELS
    stages: tuple[str, ...] = STAGES
    versions: tuple[str, ...] = VERSIONS
    events: int = 30


@st.composite
def histories(draw: st.DrawFn, shape: Shape = Shape()) -> History:
    """Draw a history that plain gto could have written.

    A commit has one version of a model at most, and a version one commit. A tag may
    be simple, without a serial, as long as its name is free. Whatever happens to a
    deprecated model brings it back, as it does in gto.
    """
    past, now = _Past(shape), START
    for number in range(draw(st.integers(1, shape.events))):
        now += draw(st.integers(*shape.steps))
        if number == 0 or draw(st.integers(0, 4)) == 0:
            past.commits += 1
            past.history.append(Commit(now, draw(st.sampled_from(ACTORS))))
        else:
            model = draw(st.sampled_from(shape.models))
            word, commit = draw(st.sampled_from(past.choices(model)))
            past.add(_tag(draw, past, (word, model, commit), now))
    return tuple(past.history)


def _tag(draw: st.DrawFn, past: "_Past", what: tuple[Word, str, int], now: int) -> Tag:
    """Draw what is left open of an event."""
    word, model, commit = what
    version, stage = past.version(model, commit), None
    if word == "registration" and version is None:
        version = draw(st.sampled_from(past.free(model)))
    elif word == "assignment":
        stage = draw(st.sampled_from(past.shape.stages))
    elif word == "unassignment":
        stage = draw(st.sampled_from(past.stages(model, commit)))
    elif word == "deprecation":
        version = None
    simple = Tag(
        word=word,
        model=model,
        version=version,
        stage=stage,
        serial=None,
        commit=commit,
        at=now,
        actor=draw(st.sampled_from(ACTORS)),
        message=draw(st.sampled_from(_MESSAGES)),
    )
    if simple.name not in past.names and draw(st.booleans()):
        return simple
    return replace(simple, serial=past.serial(model))


@dataclass(slots=True)
class _Past:
    """What was drawn so far, and so what gto would do next."""

    shape: Shape
    commits: int = 0
    history: list[Commit | Tag] = field(default_factory=list)
    names: set[str] = field(default_factory=set)

    def add(self, tag: Tag) -> None:
        """Take in what happened."""
        self.history.append(tag)
        self.names.add(tag.name)

    def tags(self, model: str) -> list[Tag]:
        """Return what happened to a model."""
        mine = (done for done in self.history if isinstance(done, Tag))
        return [tag for tag in mine if tag.model == model]

    def choices(self, model: str) -> list[tuple[Word, int]]:
        """Return what gto would let happen to a model, and to which commit."""
        made: list[tuple[Word, int]] = []
        for commit in range(self.commits):
            made += [(word, commit) for word in self._words(model, commit)]
        tags = self.tags(model)
        if tags and tags[-1].word != "deprecation":
            made.append(("deprecation", tags[-1].commit))
        return made

    def _words(self, model: str, commit: int) -> list[Word]:
        """Return what gto would let happen to a model at a commit."""
        here = [tag for tag in self.tags(model) if tag.commit == commit]
        listed = [tag.word for tag in here if tag.word in _OF_VERSIONS]
        staged = [tag for tag in here if tag.stage]
        if not listed:
            words: list[Word] = ["assignment"] if self.shape.unregistered else []
            free = not staged and self.free(model)
            return [*words, "registration"] if free else words
        # Twice, since what holds a stage is what a registry is asked most.
        words = ["assignment", "assignment"]
        words += ["unassignment"] if staged else []
        again = listed[-1] == "deregistration"
        return [*words, "registration" if again else "deregistration"]

    def version(self, model: str, commit: int) -> str | None:
        """Return the version that a commit has or had."""
        here = [tag for tag in self.tags(model) if tag.commit == commit]
        return next((tag.version for tag in here if tag.version), None)

    def free(self, model: str) -> list[str]:
        """Return the versions that a model never had."""
        taken = {tag.version for tag in self.tags(model)}
        return [version for version in self.shape.versions if version not in taken]

    def stages(self, model: str, commit: int) -> list[str]:
        """Return the stages that a commit was ever assigned to."""
        here = (tag for tag in self.tags(model) if tag.commit == commit)
        return sorted({tag.stage for tag in here if tag.stage})

    def serial(self, model: str) -> int:
        """Return a model's next serial: one more than the highest."""
        return max((tag.serial or 0 for tag in self.tags(model)), default=0) + 1
