"""Questions to a registry: what a model is, what holds a stage, what happened."""

from collections.abc import Iterable
from dataclasses import dataclass

from lineal.errors import RefusedError
from lineal.registry.events import Event
from lineal.registry.history import replay
from lineal.registry.journal import EVERYTHING, Asked, Chronicle, chronicle
from lineal.registry.journal import Entry as Entry
from lineal.registry.order import Dated, order, until
from lineal.registry.state import Holder, ModelState
from lineal.registry.store import Ignored, Store
from lineal.registry.version import Version


class EmptyRegistryError(RefusedError):
    """No tag speaks of any model."""

    def __init__(self) -> None:
        super().__init__(
            "this clone has no tags of a registry: fetch them with `git fetch --tags` "
            "(after `git config --unset-all remote.origin.tagOpt` if it was cloned "
            "with --no-tags), or begin one with `lineal register MODEL`"
        )


class UnknownModelError(RefusedError):
    """No tag speaks of the model."""

    def __init__(self, model: str, known: Iterable[str], by: str = "then") -> None:
        names = sorted(known)
        if model in names:
            super().__init__(f"nothing had happened to {model!r} by {by}")
            return
        import difflib  # noqa: PLC0415 - takes long, and mostly there is a model

        near = difflib.get_close_matches(model, names, 3) or names[:5]
        there = f"; there are: {', '.join(near)}" if near else ", nor any other"
        super().__init__(f"the registry has no model {model!r}{there}")


class NothingYetError(RefusedError):
    """There are models, and nothing had happened to any."""

    def __init__(self, by: str, first: str) -> None:
        super().__init__(f"nothing had happened by {by}; the first event was {first}")


class UnknownVersionError(RefusedError):
    """The model has no such version."""

    def __init__(self, state: ModelState, version: Version) -> None:
        standing = [str(v.version) for v in reversed(state.versions) if v.active]
        super().__init__(
            f"{state.model} has no version {version}; its newest are: "
            f"{', '.join(standing[:5]) or 'none'} (`lineal show {state.model}` lists "
            "all)"
        )


@dataclass(frozen=True, slots=True)
class Reader:
    """A registry to be asked.

    Attributes:
        store: Where it is.
    """

    store: Store

    def models(self, at: int | None = None) -> tuple[ModelState, ...]:
        """Return every model that had an event, by name, in one pass.

        Args:
            at: Seconds since 1970; by default now.
        """
        events = self.store.read().events
        found = (_replayed(model, events[model], at) for model in sorted(events))
        return tuple(state for state in found if state is not None)

    def model(self, name: str, at: int | None = None) -> ModelState:
        """Return one model.

        Raises:
            UnknownModelError: It has no event, or had none then.
            EmptyRegistryError: No model has.
        """
        state = self.find(name, at)
        if state is None:
            raise self.unknown(name)
        return state

    def find(self, name: str, at: int | None = None) -> ModelState | None:
        """Return one model, None if it has no event, or had none then."""
        events = self.store.read(name).events.get(name, ())
        return _replayed(name, events, at)

    def unknown(self, model: str, by: str = "then") -> RefusedError:
        """Return why there is nothing to be said of a model.

        Args:
            model: Its name.
            by: The instant that was asked about, as people read it.
        """
        known = self.store.models()
        return UnknownModelError(model, known, by) if known else EmptyRegistryError()

    def holder(self, model: str, stage: str, at: int | None = None) -> Holder | None:
        """Return what a stage holds, or held; None if nothing, or no such model."""
        state = self.find(model, at)
        return state.stages.get(stage) if state else None

    def ordered(self, model: str) -> tuple[Dated, ...]:
        """Return the events of a model in the order in which they happened."""
        return order(self.store.read(model).events.get(model, ()))

    def chronicle(self, asked: Asked) -> Chronicle:
        """Return a part of the journal.

        Raises:
            UnknownModelError: The model has no event.
            EmptyRegistryError: No model has.
        """
        found = chronicle(self.store, asked)
        if not found.models and asked.model is not None:
            raise self.unknown(asked.model)
        if not found.models:
            raise EmptyRegistryError
        return found

    def journal(self, asked: Asked = EVERYTHING) -> tuple[Entry, ...]:
        """Return what happened, newest first."""
        return chronicle(self.store, asked).entries

    def ignored(self, model: str | None = None) -> tuple[Ignored, ...]:
        """Return the tags that have a registry's name but are no event."""
        return self.store.read(model).ignored


def _replayed(model: str, events: Iterable[Event], at: int | None) -> ModelState | None:
    """Replay what had happened, None if nothing had."""
    ordered = until(order(events), at)
    return replay(model, ordered) if ordered else None
