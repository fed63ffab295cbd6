"""What can happen to a model: a closed set of events, each an annotated tag."""

from dataclasses import dataclass

from lineal.registry.version import Version


@dataclass(frozen=True, slots=True)
class Stamp:
    """Where and when an event was recorded.

    Attributes:
        tag: The tag's name.
        id: Object id of the tag.
        commit: Object id of the commit that it names.
        time: Seconds since 1970, by the tagger's clock.
        serial: GTO's counter; None in its "simple" tags.
    """

    tag: str
    id: str
    commit: str
    time: int
    serial: int | None


@dataclass(frozen=True, slots=True)
class Registered:
    """A commit was given a version."""

    stamp: Stamp
    model: str
    version: Version


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A version was taken back; GTO says deregistered."""

    stamp: Stamp
    model: str
    version: Version


@dataclass(frozen=True, slots=True)
class Assigned:
    """A commit's version entered a stage.

    Attributes:
        named: The version that the tag's message names; plain GTO names none.
        rollback: Whether it was recorded as a rollback.
    """

    stamp: Stamp
    model: str
    stage: str
    named: Version | None = None
    rollback: bool = False


@dataclass(frozen=True, slots=True)
class Unassigned:
    """A commit's version left a stage.

    Attributes:
        violation: The assignment that broke the rules and is reverted by this; None
            if it is no such reversal.
    """

    stamp: Stamp
    model: str
    stage: str
    named: Version | None = None
    violation: str | None = None


@dataclass(frozen=True, slots=True)
class Deprecated:
    """A model, or one version of it, should no longer be used.

    Attributes:
        version: The version; None for the whole model.
        end: When it stops being served, in seconds since 1970; None: at once for a
            model, as GTO means it.
    """

    stamp: Stamp
    model: str
    version: Version | None = None
    end: int | None = None


Event = Registered | Withdrawn | Assigned | Unassigned | Deprecated
