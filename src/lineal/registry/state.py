"""A model at one time: its versions, and what its stages hold."""

from collections.abc import Mapping
from dataclasses import dataclass

from lineal.registry.events import Assigned, Deprecated, Registered, Withdrawn
from lineal.registry.version import Version


@dataclass(frozen=True, slots=True)
class VersionState:
    """A version of a model.

    Attributes:
        version: Its name.
        commit: What it names.
        registered: The event that named it; None for one only known as withdrawn.
        withdrawn: The event that took it back, None while it stands.
        deprecated: The event that ends its life, None if there is none.
    """

    version: Version
    commit: str
    registered: Registered | None
    withdrawn: Withdrawn | None = None
    deprecated: Deprecated | None = None

    @property
    def active(self) -> bool:
        """Whether it stands."""
        return self.withdrawn is None


@dataclass(frozen=True, slots=True)
class Holder:
    """What a stage holds.

    Attributes:
        version: The version; None where the commit has none.
        commit: The commit that was assigned.
        assigned: The event that put it there.
        since: From when it counts, in seconds since 1970.
    """

    version: Version | None
    commit: str
    assigned: Assigned
    since: int

    @property
    def name(self) -> str:
        """The version, or the commit where it has none, as GTO prints it."""
        return str(self.version or self.commit)


@dataclass(frozen=True, slots=True)
class ModelState:
    """A model at one time.

    Attributes:
        model: Its name.
        versions: In semver order, oldest first.
        stages: What each stage holds that ever held something, None if nothing now.
        deprecated: The event that deprecated the model, unless something followed, as
            GTO has it.
        retired: The same, unless the model was registered or assigned again: an end
            of life is not lifted by taking more away.
    """

    model: str
    versions: tuple[VersionState, ...]
    stages: Mapping[str, Holder | None]
    deprecated: Deprecated | None = None
    retired: Deprecated | None = None

    @property
    def newest(self) -> VersionState | None:
        """The highest version that stands."""
        standing = (found for found in reversed(self.versions) if found.active)
        return next(standing, None)

    def find(self, version: Version) -> VersionState | None:
        """Return a version, the one that stands if it was given twice."""
        found = [state for state in self.versions if state.version == version]
        return max(found, key=lambda state: state.active, default=None)

    def at(self, commit: str) -> tuple[VersionState, ...]:
        """Return the versions of a commit that stand, in semver order."""
        return tuple(v for v in self.versions if v.commit == commit and v.active)

    def held_by(self, version: Version) -> tuple[str, ...]:
        """Return the stages that hold a version, sorted."""
        return tuple(
            stage
            for stage, holder in sorted(self.stages.items())
            if holder is not None and holder.version == version
        )
