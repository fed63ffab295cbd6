"""Which version somebody asks for, and whether it may still be had."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from lineal.errors import BadInputError, RefusedError
from lineal.registry import grammar, instants
from lineal.registry.events import Deprecated, Withdrawn
from lineal.registry.journal import Entry
from lineal.registry.reader import Reader, UnknownVersionError
from lineal.registry.state import ModelState, VersionState
from lineal.registry.tagobject import TagObject
from lineal.registry.version import Version

# What is more likely a stage than a version with a slip of the pen.
_STAGE = re.compile(r"(?!v[0-9])[a-zA-Z](?:[a-zA-Z0-9/_-]*[a-zA-Z0-9])?")


class InvalidTargetError(BadInputError):
    """The text names no version."""

    def __init__(self, text: str) -> None:
        super().__init__(
            f"{text!r} names no version: write MODEL@VERSION, MODEL#STAGE, or MODEL "
            "for its newest one"
        )


class StageMeantError(BadInputError):
    """A stage is where a version should be."""

    def __init__(self, model: str, stage: str) -> None:
        super().__init__(
            f"{stage!r} is not a version such as v1.2.3: for a stage write "
            f"{model}#{stage}"
        )


class EmptyStageError(RefusedError):
    """The stage holds nothing."""

    def __init__(self, state: ModelState, stage: str) -> None:
        held = [name for name, holder in sorted(state.stages.items()) if holder]
        hint = f"of its stages, {', '.join(held)} do" if held else "no stage of it does"
        super().__init__(f"{state.model}#{stage} holds no version; {hint}")


class NoVersionError(RefusedError):
    """No version of the model stands."""

    def __init__(self, model: str) -> None:
        super().__init__(
            f"{model} has no version that stands: `lineal register {model}` gives one"
        )


class WithdrawnError(RefusedError):
    """The version was taken back."""

    def __init__(self, model: str, version: Version, said: str) -> None:
        super().__init__(
            f"{model} {version} was withdrawn by {said}: choose another, "
            f"`lineal show {model}` lists them"
        )


class EndedError(RefusedError):
    """The version's life is over, or the model's."""

    def __init__(self, name: str, end: str, said: str, model: str) -> None:
        # Where all of the model has ended, there is no other version of it.
        shown = "lineal show" if name == model else f"lineal show {model}"
        super().__init__(
            f"the life of {name} ended on {end}, as deprecated by {said}: choose "
            f"another, `{shown}` lists them"
        )


@dataclass(frozen=True, slots=True)
class Target:
    """What somebody asks for.

    Attributes:
        model: Its name.
        version: Which; None: what the stage holds, or the newest.
        stage: The stage whose version is meant; None: no stage.
    """

    model: str
    version: Version | None = None
    stage: str | None = None

    @property
    def is_newest(self) -> bool:
        """Whether the newest version is meant."""
        return self.version is None and self.stage is None

    @classmethod
    def parse(cls, text: str) -> "Target":
        """Read MODEL@VERSION, MODEL#STAGE or MODEL.

        >>> Target.parse("ridership#prod")
        Target(model='ridership', version=None, stage='prod')

        Raises:
            InvalidTargetError: A part is missing.
            InvalidNameError: Nothing can have such a name.
            InvalidVersionError: It is no version.
            StageMeantError: It is none, and could be a stage.
        """
        model, at, version = text.partition("@")
        model, mark, stage = (text if not at else model).partition("#")
        if not model or (at and (mark or not version)) or (mark and not stage):
            raise InvalidTargetError(text)
        grammar.check_model(model)
        if mark:
            grammar.check_stage(stage)
        if at and _STAGE.fullmatch(version):
            raise StageMeantError(model, version)
        return cls(model, Version.parse(version) if at else None, stage or None)


@dataclass(frozen=True, slots=True)
class Picked:
    """The version that was meant; it may be had.

    Attributes:
        model: Its model.
        version: Its name; None for a commit in a stage that has none.
        commit: What it names.
        warnings: What whoever uses it should know.
    """

    model: str
    version: Version | None
    commit: str
    warnings: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The version, or the commit where it has none."""
        return str(self.version or self.commit)


def pick(reader: Reader, target: Target, now: int) -> Picked:
    """Find the version that is meant, and refuse what must not be used any more.

    Args:
        reader: The registry.
        target: What is asked for.
        now: Seconds since 1970.

    Raises:
        UnknownModelError: There is no such model.
        UnknownVersionError: It has no such version.
        EmptyStageError: The stage holds nothing.
        NoVersionError: No version of it stands.
        WithdrawnError: The version was taken back.
        EndedError: Its life is over, or the whole model's.
    """
    state = reader.model(target.model)
    version, commit = meant(state, target)
    found = state.find(version) if version else None
    if found is not None and found.withdrawn is not None:
        said = _said(reader, found.withdrawn)
        raise WithdrawnError(state.model, found.version, said)
    picked = Picked(state.model, version, commit)
    ends = _ends(state, found)
    warnings = (_deprecated(reader, picked, event, now) for event in ends)
    return replace(picked, warnings=tuple(warnings))


def meant(state: ModelState, target: Target) -> tuple[Version | None, str]:
    """Return version and commit that are meant, though they may be withdrawn.

    Raises:
        UnknownVersionError: There is no such version.
        EmptyStageError: The stage holds nothing.
        NoVersionError: No version stands.
    """
    if target.stage is not None:
        holder = state.stages.get(target.stage)
        if holder is None:
            raise EmptyStageError(state, target.stage)
        return holder.version, holder.commit
    if target.version is not None:
        found = state.find(target.version)
        if found is None:
            raise UnknownVersionError(state, target.version)
        return found.version, found.commit
    newest = state.newest
    if newest is None:
        raise NoVersionError(state.model)
    return newest.version, newest.commit


def _ends(state: ModelState, found: VersionState | None) -> Iterator[Deprecated]:
    for event in (found.deprecated if found else None, state.retired):
        if event is not None:
            yield event


def _deprecated(reader: Reader, picked: Picked, event: Deprecated, now: int) -> str:
    """Word the warning.

    Raises:
        EndedError: It is too late for one.
    """
    name = f"{picked.model} {picked.name}" if event.version else picked.model
    said = _said(reader, event)
    if event.end is None:
        return f"{name} was deprecated by {said}"
    end = instants.show(event.end, _tag(reader, event).zone)
    if event.end <= now:
        raise EndedError(name, end, said, picked.model)
    return f"{name} was deprecated by {said}: its life ends on {end}"


def _said(reader: Reader, event: Deprecated | Withdrawn) -> str:
    """Tell who recorded an event, when, and why."""
    tag = _tag(reader, event)
    when = instants.show(event.stamp.time, tag.zone)
    why = Entry(event.stamp.time, event, event.version, tag).reason
    return f"{tag.actor} on {when}" + (f" ({why})" if why else "")


def _tag(reader: Reader, event: Deprecated | Withdrawn) -> TagObject:
    return reader.store.objects([event.stamp.id])[event.stamp.id]
