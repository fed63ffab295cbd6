"""What is known of a version that is to enter a stage: all that rules may ask for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from lineal.policy.config import VersusGate
from lineal.registry.facts import Facts
from lineal.registry.statements import Statement
from lineal.registry.version import Version

_NOTHING: Mapping[Any, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Unknown:
    """Something that could not be found out.

    Attributes:
        why: What is missing, and the way out.
        absent: Whether it is simply not there, and nothing is wrong with it.
        unplayed: Whether nothing is wrong with the version, and only running models
            could tell, which was not done or did not work.
    """

    why: str
    absent: bool = False
    unplayed: bool = False


@dataclass(frozen=True, slots=True)
class Incumbent:
    """What a stage holds, or held last if it is empty now.

    Attributes:
        name: Its version, or its commit where it has none.
        card: What its card says.
    """

    name: str
    card: Facts | Unknown


@dataclass(frozen=True, slots=True)
class Match:
    """A version against an incumbent, on the same rows.

    Attributes:
        candidate: The version's value of the metric.
        incumbent: The incumbent's.
        gain: How much better the version is, in the margin's unit.
        share: Share of resamples in which it is better by the margin; None where no
            confidence was asked for.
        rows: On which rows, in words.
    """

    candidate: float
    incumbent: float
    gain: float
    share: float | None
    rows: str


@dataclass(frozen=True, slots=True)
class Case:
    """A version that is to enter a stage, and what was found out about it.

    Only what the rules in force ask for needs to be there.

    Attributes:
        model: Its name.
        version: The version.
        stage: What it is to enter.
        now: Seconds since 1970.
        unusable: Why nobody may use the version, empty if it stands.
        end_of_life: When its life ends, in seconds since 1970; None: never.
        card: What its card says.
        measured: The trailers of its registration, names in lower case.
        held: The stages that it holds, or rightly held before.
        incumbents: What stages hold, None of one that never held anything.
        matches: What came of each comparison; None: there is no incumbent.
        branches: Whether a branch contains its commit.
        reviews: All reviews of this version for this stage, of its very commit.
        reproductions: All that was stated of making it again.
        authors: The addresses of who made what is new since the incumbent, and of who
            registered the version; in lower case.
        unclear: Reviews and reproductions that cannot be counted, and why.
    """

    model: str
    version: Version
    stage: str
    now: int
    unusable: str = ""
    end_of_life: int | None = None
    card: Facts | Unknown = Unknown("the card was not read")
    measured: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    held: frozenset[str] = frozenset()
    incumbents: Mapping[str, Incumbent | None] = field(default_factory=lambda: _NOTHING)
    matches: Mapping[VersusGate, Match | Unknown | None] = field(
        default_factory=lambda: _NOTHING
    )
    branches: Mapping[str, bool | Unknown] = field(default_factory=lambda: _NOTHING)
    reviews: tuple[Statement, ...] = ()
    reproductions: tuple[Statement, ...] = ()
    authors: frozenset[str] | Unknown = frozenset()
    unclear: tuple[str, ...] = ()
