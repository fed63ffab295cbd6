"""Gather where something went, over all versions that ever were."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from lineal.bootstrap import ledgers
from lineal.bootstrap.impacts import changed
from lineal.errors import RefusedError
from lineal.lineage.asked import Asked
from lineal.lineage.ledger import Key, Ledger
from lineal.lineage.usage import Match, Usage, Use
from lineal.registry.events import Event
from lineal.registry.order import Dated, order
from lineal.registry.periods import Period, follow
from lineal.registry.reader import EmptyRegistryError, Reader

if TYPE_CHECKING:
    from lineal.registry.version import Version

_NAMES = 5000  # that are looked through for one that is near
_SHOWN = 5  # names or values that an error lists


class UnusedError(RefusedError):
    """Nothing that was ever registered was made with it."""

    def __init__(self, asked: Sequence[Asked], searched: int, hint: str) -> None:
        kinds = " or ".join(dict.fromkeys(each.kind for each in asked))
        first = asked[0]
        valued = "" if first.value is None else f" of {first.value!r}"
        super().__init__(
            f"no version was made with a {kinds} {first.name!r}{valued}, of {searched} "
            f"that were searched; {hint}"
        )


def search(reader: Reader, asked: Sequence[Asked], model: str | None = None) -> Usage:
    """Find the versions that something reached.

    Args:
        reader: The registry.
        asked: What it may be; the first that went into anything counts.
        model: Only versions of this model.

    Raises:
        UnusedError: Nothing was made with any of it.
        UnknownModelError: There is no such model.
        EmptyRegistryError: There is no model.
        OutsideError: Git failed.
    """
    events = reader.store.read(model).events
    if not events:
        raise reader.unknown(model) if model else EmptyRegistryError
    held = tuple(_everything(events))
    ledger = ledgers.filled(reader.store, _keys(held), events)
    for one in asked:
        found = ledger.find(one)
        uses = tuple(_uses(held, found))
        if uses:
            models = sorted({use.model for use in uses})
            impact, others = changed(reader.store.place.git, one, models)
            return Usage(
                asked=one,
                uses=uses,
                impact=impact,
                others=others,
                searched=len(held),
                notes=_notes(held, ledger),
            )
    raise UnusedError(asked, len(held), _hint(asked, ledger))


def _everything(events: Mapping[str, Iterable[Event]]) -> Iterator[Use]:
    """List all versions of all models, each model's oldest first."""
    for name in sorted(events):
        yield from _of_model(name, order(events[name]))


def _of_model(model: str, events: Sequence[Dated]) -> Iterator[Use]:
    state, periods = follow(model, events)
    spans: dict[tuple[Version | None, str], list[Period]] = {}
    for period in periods:
        key = (period.holder.version, period.holder.commit)
        spans.setdefault(key, []).append(period)
    for one in state.versions:
        key = (one.version, one.commit)
        given = one.registered.stamp.time if one.registered else None
        held = tuple(spans.pop(key, ()))
        yield Use(model, *key, given, withdrawn=not one.active, periods=held)
    for key, rest in spans.items():
        yield Use(model, *key, None, withdrawn=False, periods=tuple(rest))


def _keys(held: Iterable[Use]) -> set[Key]:
    return {(one.model, one.commit) for one in held}


def _uses(held: Iterable[Use], found: Mapping[Key, tuple[Match, ...]]) -> Iterator[Use]:
    for one in held:
        matches = found.get((one.model, one.commit))
        if matches:
            yield replace(one, matches=matches)


def _notes(held: Iterable[Use], ledger: Ledger) -> tuple[str, ...]:
    """Say which commits are not there."""
    lost = len({commit for _, commit in _keys(held) - ledger.rows.keys()})
    if not lost:
        return ()
    number = "1 commit" if lost == 1 else f"{lost} commits"
    return (f"{number} cannot be read here, so nothing is known of what is in there",)


def _hint(asked: Sequence[Asked], ledger: Ledger) -> str:
    """Say what is near to what was asked, or where to look."""
    valued = next((each for each in asked if each.value is not None), None)
    if valued and (values := _values(ledger, valued)):
        more = ", ..." if len(values) > _SHOWN else ""
        return f"{valued.name} was {', '.join(values[:_SHOWN])}{more}"
    import difflib  # noqa: PLC0415 - takes long, and mostly something is found

    near = (
        difflib.get_close_matches(one.name, sorted(ledger.names(one.kind))[:_NAMES], 3)
        for one in asked
        if one.kind != "hash"
    )
    names = list(dict.fromkeys(name for each in near for name in each))[:_SHOWN]
    if names:
        return f"did you mean {' or '.join(names)}?"
    return "`lineal lineage MODEL@VERSION` shows what one was made with"


def _values(ledger: Ledger, asked: Asked) -> list[str]:
    found = ledger.find(Asked(asked.kind, asked.name)).values()
    return sorted({match.value for matches in found for match in matches})
