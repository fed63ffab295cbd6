"""Where something went: the versions, stages and periods that it reached."""

from dataclasses import dataclass

from lineal.lineage.asked import Asked
from lineal.registry.periods import Period
from lineal.registry.version import Version


@dataclass(frozen=True, slots=True)
class Match:
    """How something went into a version.

    Attributes:
        name: What went in: a path or name.
        value: Its hash, value or version.
        through: The stages that read it, in the order in which they ran.
    """

    name: str
    value: str = ""
    through: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Use:
    """A version that something reached.

    Attributes:
        model: Its model.
        version: Which version; None for a commit that a stage held without one.
        commit: What it names.
        since: When it was registered, in seconds since 1970; None: nobody knows.
        withdrawn: Whether it was taken back.
        matches: How it was reached; nothing where it was not.
        periods: When stages held it.
    """

    model: str
    version: Version | None
    commit: str
    since: int | None
    withdrawn: bool
    matches: tuple[Match, ...] = ()
    periods: tuple[Period, ...] = ()


@dataclass(frozen=True, slots=True)
class Impact:
    """What a change would reach in the newest commit.

    Attributes:
        model: A model of that commit.
        stages: The stages that would run again, in their order.
    """

    model: str
    stages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Usage:
    """Where something went.

    Attributes:
        asked: What.
        uses: The versions that it reached, by model, oldest first.
        impact: What changing it would reach now.
        others: Stages of HEAD that would run again too, and make none of these models.
        searched: How many versions there are.
        notes: What could not be searched.
    """

    asked: Asked
    uses: tuple[Use, ...]
    impact: tuple[Impact, ...] = ()
    others: tuple[str, ...] = ()
    searched: int = 0
    notes: tuple[str, ...] = ()

    @property
    def holding(self) -> tuple[tuple[Use, str], ...]:
        """Versions that stages hold now, with the stage."""
        return tuple(
            (use, period.holder.assigned.stage)
            for use in self.uses
            for period in use.periods
            if period.ended is None
        )
