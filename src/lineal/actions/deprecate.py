"""Deprecate: a model, or one version of it, should no longer be used."""

from dataclasses import dataclass

from lineal.actions.plan import Plan
from lineal.actions.subject import Subject, reasoned
from lineal.errors import RefusedError
from lineal.registry import instants
from lineal.registry.brief import END
from lineal.registry.events import Deprecated
from lineal.registry.grammar import Words
from lineal.registry.reader import Reader
from lineal.registry.version import Version


class PastEndError(RefusedError):
    """The end is over already."""

    def __init__(self, name: str, end: str) -> None:
        super().__init__(
            f"the end of life of {name} would be {end}, which is over, so nobody could "
            "get it from now on: name a later day with --eol, or pass --force"
        )


class AlreadyDeprecatedError(RefusedError):
    """That is what was recorded last."""

    def __init__(self, name: str, end: str | None) -> None:
        until = f"with its end of life at {end}" if end else "without an end of life"
        super().__init__(
            f"{name} is deprecated already, {until}: name another end with --eol"
        )


@dataclass(frozen=True, slots=True)
class Deprecation:
    """A model, or one version of it, is to be given up.

    Attributes:
        model: Its name.
        version: Which; None: the whole model.
        reason: Why.
        now: Seconds since 1970, to tell whether the end is over.
        end: From when on nobody gets it, in seconds since 1970; None: they are warned,
            and get it.
        offset: From UTC, in minutes, of the clock by which the end is shown.
        force: Do it though the end is over.
    """

    model: str
    version: Version | None
    reason: str
    now: int
    end: int | None = None
    offset: int = 0
    force: bool = False

    def __post_init__(self) -> None:
        if self.end is not None and self.end < 0:  # no trailer says that
            object.__setattr__(self, "end", 0)

    @property
    def name(self) -> str:
        """What is to be given up."""
        return f"{self.model} {self.version}" if self.version else self.model

    def plan(self, reader: Reader) -> Plan:
        """Work out the tag.

        Raises:
            UnknownModelError: There is no such model.
            UnknownVersionError: There is no such version.
            WithdrawnVersionError: It was taken back.
            AlreadyDeprecatedError: It was given up with the same end.
            PastEndError: The end is over.
        """
        because = reasoned(self.reason)
        subject = Subject.of(reader, self.model)
        commit, before = self._found(subject)
        if before is not None and before.end == self.end:
            raise AlreadyDeprecatedError(self.name, self._shown)
        if self.end is not None and self.end <= self.now and not self.force:
            raise PastEndError(self.name, self._shown or "")
        until = f", with its end of life at {self._shown}" if self._shown else ""
        version = str(self.version) if self.version else None
        serial = subject.line.serial
        return subject.write(
            Words("deprecation", self.model, version, serial=serial),
            commit,
            f"Deprecate {self.name}{until}",
            ((END, self._written), because),
        ).noting(*self._notes(subject, before))

    @property
    def _shown(self) -> str | None:
        return None if self.end is None else instants.show(self.end, self.offset)

    @property
    def _written(self) -> str | None:
        return None if self.end is None else f"{self.end} ({self._shown})"

    def _found(self, subject: Subject) -> tuple[str, Deprecated | None]:
        """Return the commit to tag, and the deprecation that counts so far."""
        if self.version is not None:
            found = subject.version(self.version)
            return found.commit, found.deprecated
        # As GTO does it: the model itself has no commit, its newest event has.
        newest = subject.line.events[-1].event
        return newest.stamp.commit, subject.state.deprecated

    def _notes(self, subject: Subject, before: Deprecated | None) -> tuple[str, ...]:
        notes = (self._for_gto(), self._replaced(before), self._held(subject))
        return tuple(note for note in notes if note)

    def _for_gto(self) -> str:
        """Say what users of plain GTO will see."""
        if self.version is not None:
            return (
                f"users of plain GTO see {self.name} as before: GTO knows no end of "
                "life of one version"
            )
        later = "" if self.end is None else ", whatever the end of life"
        return (
            f"users of plain GTO no longer see {self.model} in `gto show` from now on"
            f"{later} (`gto show --deprecated` has it); the next thing that happens to "
            "it ends the deprecation"
        )

    def _replaced(self, before: Deprecated | None) -> str:
        if before is None:
            return ""
        if before.end is None:
            return "until now it was deprecated without an end of life"
        return f"until now its end of life was {instants.show(before.end, self.offset)}"

    def _held(self, subject: Subject) -> str:
        stages = [
            stage
            for stage, holder in sorted(subject.state.stages.items())
            if holder is not None and self.version in {None, holder.version}
        ]
        held = " and ".join(stages)
        verb = "holds" if len(stages) == 1 else "hold"
        return f"{held} still {verb} it: a deprecation changes no stage" if held else ""
