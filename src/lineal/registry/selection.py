"""Which models of an overview somebody wants to see."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase

from lineal.errors import RefusedError
from lineal.registry.overview import Overview
from lineal.registry.timeline import Moment


class NothingSelectedError(RefusedError):
    """There are models, and none is what was asked for."""

    def __init__(self, wanted: "Wanted", total: int, hidden: int) -> None:
        named = f" matches {wanted.pattern!r}" if wanted.pattern else ""
        holds = f" holds something in {wanted.stage}" if wanted.stage else ""
        what = " and".join(part for part in (named, holds) if part) or " is in use"
        verb = "is" if hidden == 1 else "are"
        way = f"; {hidden} more {verb} deprecated (--all)" if hidden else ""
        if wanted.then:
            what = f"{what.replace(' holds ', ' held ')} at {wanted.then}"
        super().__init__(f"none of {total} models{what}{way}")


class UnknownStageError(RefusedError):
    """No model ever had anything in the stage."""

    def __init__(
        self, stage: str, known: Iterable[str], model: str | None = None
    ) -> None:
        what = f"{model} has no stage" if model else "no model has a stage"
        names = tuple(known)
        verb = "is" if len(names) == 1 else "are"
        super().__init__(f"{what} {stage}; there {verb} {', '.join(names) or 'none'}")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody wants to see.

    Attributes:
        pattern: Only models whose name it matches, as shells match file names.
        stage: Only models that hold something there.
        deprecated: Deprecated models too.
        then: The instant that was asked about, as people read it; None: now.
    """

    pattern: str | None = None
    stage: str | None = None
    deprecated: bool = False
    then: str | None = None


@dataclass(frozen=True, slots=True)
class Selection:
    """The models that somebody wants to see.

    Attributes:
        models: By name.
        total: Of how many they are.
        hidden: How many more there would be with those that are deprecated.
    """

    models: Mapping[str, Moment]
    total: int
    hidden: int


def select(overview: Overview, wanted: Wanted) -> Selection:
    """Return what is wanted of an overview.

    Raises:
        NothingSelectedError: That is nothing.
        UnknownStageError: No model has the stage.
    """
    if wanted.stage is not None and wanted.stage not in overview.stages:
        raise UnknownStageError(wanted.stage, overview.stages)
    matching = {
        name: moment
        for name, moment in overview.models.items()
        if fnmatchcase(name, wanted.pattern or "*")
        and (wanted.stage is None or moment.stages.get(wanted.stage))
    }
    shown = {
        name: moment
        for name, moment in matching.items()
        if wanted.deprecated or moment.deprecated is None
    }
    total, hidden = len(overview.models), len(matching) - len(shown)
    if not shown:
        raise NothingSelectedError(wanted, total, hidden)
    return Selection(shown, total, hidden)
