"""All that Git knows of one version."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from lineal.doors.dvc.outputs import InGit
from lineal.doors.dvc.records import Tracked
from lineal.registry.audit import Audit, Audited, Provenance
from lineal.registry.events import Deprecated, Registered
from lineal.registry.facts import Facts
from lineal.registry.inputs import Step
from lineal.registry.periods import Period
from lineal.registry.requirements import Library
from lineal.registry.state import ModelState, VersionState
from lineal.registry.statements import Statement


@dataclass(frozen=True, slots=True)
class Papers:
    """What the version's commit has.

    Attributes:
        card_path: Where its card is, or would be.
        card: The card as it is written; None where there is none that can be read.
        facts: What the card says; all empty where there is none.
        readme_path: Where its README.md is, or would be.
        readme: Its text; None where there is none.
        libraries_path: Where its requirements.txt is, or would be.
        libraries: What that lists; None where there is none.
        lock_path: The dvc.lock that says what made the model; empty where none does.
        steps: The stages that made it.
        stored: Where the model's bytes are; None where nobody says.
        nowhere: Why nobody says; empty where somebody does.
        digests: Hashes of the model's bytes where Git keeps them, by algorithm.
    """

    card_path: str
    card: Mapping[str, Any] | None = None
    facts: Facts = field(default_factory=Facts)
    readme_path: str = ""
    readme: str | None = None
    libraries_path: str = ""
    libraries: tuple[Library, ...] | None = None
    lock_path: str = ""
    steps: tuple[Step, ...] = ()
    stored: Tracked | InGit | None = None
    nowhere: str = ""
    digests: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Dossier:
    """All that Git knows of one version.

    Attributes:
        state: The model now.
        version: The version.
        audit: All that happened to the model.
        periods: When stages held the version.
        papers: What its commit has.
        committed: When its commit was made, in seconds since 1970; None: nobody knows.
    """

    state: ModelState
    version: VersionState
    audit: Audit
    periods: tuple[Period, ...]
    papers: Papers
    committed: int | None

    @property
    def model(self) -> str:
        """The model's name."""
        return self.state.model

    @property
    def name(self) -> str:
        """The version's full name."""
        return f"{self.model}@{self.version.version}"

    @property
    def commit(self) -> str:
        """What the version names."""
        return self.version.commit

    @property
    def registration(self) -> Audited | None:
        """How it was registered; None where only its withdrawal is known."""
        given = self.version.registered
        found = (e for e in self.audit.events if e.entry.event == given)
        return next(found, None) if given else None

    @property
    def events(self) -> tuple[Audited, ...]:
        """What happened to the version, oldest first."""
        ours = (self.version.version, self.commit)
        return tuple(
            one
            for one in self.audit.events
            if (one.entry.version, one.entry.event.stamp.commit) == ours
            or self._ends(one)
        )

    @property
    def made(self) -> Provenance:
        """What made it."""
        found = (one.made for one in self.events if one.made)
        return next(found, Provenance())

    @property
    def reproductions(self) -> tuple[Statement, ...]:
        """The latest word of each who made it again."""
        return next((one.reproductions for one in self.events if one.made), ())

    @property
    def ends(self) -> tuple[Deprecated, ...]:
        """The events that end its life, or the whole model's."""
        both = (self.version.deprecated, self.state.retired)
        return tuple(event for event in both if event is not None)

    @property
    def previous(self) -> Registered | None:
        """The registration before its own; None: it was the first."""
        before: Registered | None = None
        for one in self.audit.events:
            event = one.entry.event
            if event == self.version.registered:
                return before
            if isinstance(event, Registered):
                before = event
        return None

    def _ends(self, one: Audited) -> bool:
        event = one.entry.event
        return isinstance(event, Deprecated) and event.version in {
            self.version.version,
            None,
        }
