"""What a model's events leave: its versions, and what each stage holds.

As GTO has it, an assignment is superseded by a later one, not ended by it: when the
later one is unassigned, or its version withdrawn, the earlier one holds again.
"""

from collections.abc import Iterable
from typing import assert_never

from lineal.registry.events import (
    Assigned,
    Deprecated,
    Event,
    Registered,
    Unassigned,
    Withdrawn,
)
from lineal.registry.order import Dated
from lineal.registry.state import Holder, ModelState, VersionState
from lineal.registry.version import Version


def replay(model: str, events: Iterable[Dated]) -> ModelState:
    """Fold a model's events, in the order they happened, into the state they leave."""
    fold = Fold(model)
    for dated in events:
        fold.add(dated)
    return fold.state()


class Fold:
    """The state while events are added; what leaves it is frozen.

    Attributes:
        model: Its name.
        ends: The events that end versions' lives.
        deprecated: The event that deprecated the model, unless something followed.
        retired: The same, unless the model was registered or assigned again.
    """

    def __init__(self, model: str) -> None:
        self.model = model
        self._versions: dict[tuple[Version, str], VersionState] = {}
        self._commits: dict[str, list[tuple[Version, str]]] = {}
        self._stages: dict[str, dict[tuple[str, Version | None], Dated]] = {}
        self._assigned: dict[str, set[str]] = {}
        self.ends: dict[Version | None, Deprecated] = {}
        self.deprecated: Deprecated | None = None
        self.retired: Deprecated | None = None

    def add(self, dated: Dated) -> None:
        """Take the next event."""
        event = dated.event
        self._revive(event)
        match event:
            case Registered():
                self._put(VersionState(event.version, event.stamp.commit, event))
            case Withdrawn():
                self._withdraw(event)
            case Assigned():
                holds = self._stages.setdefault(event.stage, {})
                key = (event.stamp.commit, event.named)
                # Taken out first: the dict's order is the order of assignment.
                holds.pop(key, None)
                holds[key] = dated
                self._assigned.setdefault(event.stamp.commit, set()).add(event.stage)
            case Unassigned():
                self._unassign(event)
            case Deprecated(version=None):
                self.deprecated = self.retired = event
            case Deprecated():
                self.ends[event.version] = event
            case _:
                assert_never(event)

    @property
    def stages(self) -> tuple[str, ...]:
        """The stages that ever held something."""
        return tuple(self._stages)

    def touched(self, event: Event) -> tuple[str, ...]:
        """Return the stages whose holder an event that was added may have changed."""
        match event:
            case Assigned() | Unassigned():
                return (event.stage,)
            case Registered() | Withdrawn():
                # What a stage holds is named by what its commit's versions are.
                ever = self._assigned.get(event.stamp.commit, ())
                return tuple(stage for stage in self._stages if stage in ever)
            case _:
                return ()

    @property
    def newest(self) -> Version | None:
        """The highest version that stands; of equals the last given."""
        best: Version | None = None
        for (version, _), state in self._versions.items():
            if state.active and (best is None or version.precedence >= best.precedence):
                best = version
        return best

    def state(self) -> ModelState:
        """Return what is left now."""
        # Equals in semver stay in the order in which they were given.
        versions = sorted(self._versions.values(), key=_rank)
        return ModelState(
            self.model,
            tuple(self._with_end(found) for found in versions),
            {stage: self.holder(stage) for stage in self._stages},
            self.deprecated,
            self.retired,
        )

    def holder(self, stage: str) -> Holder | None:
        """Return what a stage holds: the last assignment that was not ended."""
        for (commit, named), dated in reversed(self._stages.get(stage, {}).items()):
            known = self._commits.get(commit, ())
            version = self._resolve(commit, named)
            if version is None and known:
                continue  # its versions were withdrawn
            assert isinstance(dated.event, Assigned)  # noqa: S101 - for mypy
            return Holder(version, commit, dated.event, dated.since)
        return None

    def assignments(self, stage: str) -> tuple[Holder, ...]:
        """Return all assignments that were not ended, newest first.

        Those that are superseded, or whose version was withdrawn, are among them.
        """
        found: list[Holder] = []
        for (commit, named), dated in reversed(self._stages.get(stage, {}).items()):
            assert isinstance(dated.event, Assigned)  # noqa: S101 - for mypy
            version = self.resolve(commit, named)
            found.append(Holder(version, commit, dated.event, dated.since))
        return tuple(found)

    def resolve(self, commit: str, named: Version | None) -> Version | None:
        """Return the version that an event at a commit is about.

        Where a commit has several, the message decides, else the highest that stands.
        """
        found = self._resolve(commit, named)
        if found is not None:
            return found
        keys = self._commits.get(commit, ())
        return max((version for version, _ in keys), default=None)

    def _resolve(self, commit: str, named: Version | None) -> Version | None:
        keys = self._commits.get(commit, ())
        if named is not None and (named, commit) in self._versions:
            return named if self._versions[named, commit].active else None
        standing = (key[0] for key in keys if self._versions[key].active)
        return max(standing, default=None)

    def _revive(self, event: Event) -> None:
        """Lift the model's deprecation; as GTO has it, whatever follows does."""
        if not isinstance(event, Deprecated):
            self.deprecated = None
        if isinstance(event, Registered | Assigned):
            self.retired = None

    def _put(self, state: VersionState) -> None:
        key = (state.version, state.commit)
        if key not in self._versions:
            self._commits.setdefault(state.commit, []).append(key)
        self._versions[key] = state

    def _withdraw(self, event: Withdrawn) -> None:
        commit = event.stamp.commit
        old = self._versions.get((event.version, commit))
        given = old.registered if old else None
        self._put(VersionState(event.version, commit, given, event))

    def _unassign(self, event: Unassigned) -> None:
        holds = self._stages.setdefault(event.stage, {})
        commit = event.stamp.commit
        for key in [key for key in holds if key[0] == commit]:
            if event.named in {None, self.resolve(*key)}:
                del holds[key]

    def _with_end(self, state: VersionState) -> VersionState:
        end = self.ends.get(state.version)
        if end is None:
            return state
        return VersionState(
            state.version, state.commit, state.registered, state.withdrawn, end
        )


def _rank(state: VersionState) -> tuple[object, ...]:
    return state.version.precedence


def version_of(event: Event, fold: Fold) -> Version | None:
    """Return the version that an event is about, None if its commit has none."""
    match event:
        case Registered() | Withdrawn() | Deprecated():
            return event.version
        case Assigned() | Unassigned():
            return fold.resolve(event.stamp.commit, event.named)
        case _:
            assert_never(event)
