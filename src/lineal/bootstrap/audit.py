"""Gather what an auditor asks: events, who made them, reviews, evidence, the chain."""

import posixpath
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from lineal.actions import governing
from lineal.bootstrap.look import Look
from lineal.bootstrap.makers import Said, silent
from lineal.bootstrap.verify import verify
from lineal.doors import objects
from lineal.doors.foreign import Foreign
from lineal.errors import BadInputError
from lineal.policy import reviews
from lineal.registry import evidence, grammar, identities, stated, statements
from lineal.registry.audit import Audit, Audited, Chain, Provenance, Recorded, Source
from lineal.registry.chain.finding import Finding
from lineal.registry.events import Assigned, Registered
from lineal.registry.evidence import Evidence, Key
from lineal.registry.identities import Identity, Signers
from lineal.registry.journal import Asked, Entry
from lineal.registry.reader import Reader
from lineal.registry.statements import Statement
from lineal.registry.store import Store
from lineal.registry.version import Version

_About = tuple[str, Version, str]  # model, version, stage; "" of a reproduction


@dataclass(frozen=True, slots=True)
class _Beside:
    """What is told beside the events.

    Attributes:
        people: Who made the tags, by the tags' object ids.
        stated: Reviews and reproductions, by what they are about.
        made: What made the versions.
    """

    people: Mapping[str, Identity]
    stated: Mapping[_About, Sequence[Statement]]
    made: Mapping[Key, Provenance]


@dataclass(frozen=True, slots=True)
class _Some(Look):
    """A look at certain models only, all at once.

    Attributes:
        models: Their names.
    """

    models: frozenset[str] = frozenset()

    def wants(self, name: str) -> bool:
        """Tell whether a tag is an event of one of them."""
        said = grammar.read(name)
        return said is not None and said.model in self.models

    def hears(self, name: str) -> bool:
        """Tell whether a tag is a statement about one of them."""
        said = statements.read(name)
        return said is not None and said.model in self.models


def audit(reader: Reader, asked: Asked, said: Said = silent) -> Audit:
    """Gather a part of the history; it is empty where nothing happened.

    Args:
        reader: The registry.
        asked: Which part.
        said: Told how many of how many signatures were checked.

    Raises:
        UnknownModelError: The model has no event.
        EmptyRegistryError: No model has.
        OutsideError: Git failed.
    """
    git = reader.store.place.git
    if isinstance(git, Foreign):
        git.fill()  # reviews too, and one request instead of some for each version
    found = reader.chronicle(asked)
    entries = found.entries[::-1]
    signers, notes = _signers(reader.store)
    spoken = _stated(reader.store, entries, signers)
    tags = {entry.event.stamp.id: entry.tag for entry in entries}
    beside = _Beside(
        people=identities.prove(reader.store, tags, signers, said),
        stated=_by_subject(spoken.statements),
        made=_made(reader.store, entries),
    )
    return Audit(
        asked=asked,
        events=tuple(_audited(entry, beside) for entry in entries),
        chains=_chains(reader, entries, said),
        ignored=found.ignored,
        notes=(*notes, *spoken.unclear),
    )


def _signers(store: Store) -> tuple[Signers | None, tuple[str, ...]]:
    """Return whose signatures count; an audit goes on where nobody can say."""
    if isinstance(store.place.git, Foreign):
        return None, (
            "nobody is verified at a URL: `git clone` it, and audit the clone",
        )
    try:
        return governing.load(store).signers, ()
    except BadInputError as error:
        said = " ".join(str(error).split())
        return None, (f"nobody can be verified: {said}",)


def _audited(entry: Entry, beside: _Beside) -> Audited:
    event, by = entry.event, beside.people[entry.event.stamp.id]
    made = beside.made.get((event.model, event.stamp.commit))
    recorded = Recorded.read(entry.tag.message)
    if not isinstance(event, Registered | Assigned):
        return Audited(entry, by, recorded)
    stage = event.stage if isinstance(event, Assigned) else ""
    return Audited(
        entry,
        by,
        recorded,
        reviews=_latest(entry, stage, beside) if stage else (),
        reproductions=_latest(entry, "", beside),
        made=made,
    )


def _latest(entry: Entry, stage: str, beside: _Beside) -> tuple[Statement, ...]:
    """Return the latest word of each who stated something of an event's version."""
    event = entry.event
    if entry.version is None:
        return ()
    about = beside.stated.get((event.model, entry.version, stage), ())
    return reviews.latest(one for one in about if one.commit == event.stamp.commit)


def _stated(
    store: Store, entries: Iterable[Entry], signers: Signers | None
) -> stated.Stated:
    commits: dict[tuple[str, Version], set[str]] = {}
    for entry in entries:
        given = isinstance(entry.event, Registered | Assigned)
        if given and entry.version is not None:
            key = (entry.event.model, entry.version)
            commits.setdefault(key, set()).add(entry.event.stamp.commit)
    return stated.of_versions(store, commits, signers)


def _by_subject(found: Iterable[Statement]) -> dict[_About, list[Statement]]:
    said: dict[_About, list[Statement]] = {}
    for one in found:
        words = one.words
        said.setdefault((words.model, words.version, words.stage), []).append(one)
    return said


def _made(store: Store, entries: Iterable[Entry]) -> dict[Key, Provenance]:
    """Read what made the versions that were registered or entered a stage."""
    events = (entry.event for entry in entries)
    keys = dict.fromkeys(
        (event.model, event.stamp.commit)
        for event in events
        if isinstance(event, Registered | Assigned)
    )
    found = evidence.gather(store, keys)
    names = [
        name
        for key in keys
        for one in found[key].made.inputs
        for name in _names(key, one.path)
    ]
    there = dict(zip(names, objects.present(store.place.git, names), strict=True))
    return {key: _provenance(key, found[key], there) for key in keys}


def _names(key: Key, path: str) -> tuple[str, ...]:
    """Return what Git may call a path of a lock: it starts at the lock's folder."""
    model, commit = key
    folders = dict.fromkeys((model.rpartition(":")[0], ""))
    placed = (posixpath.normpath(posixpath.join(each, path)) for each in folders)
    return tuple(f"{commit}:{each}" for each in placed)


def _provenance(key: Key, found: Evidence, there: Mapping[str, bool]) -> Provenance:
    ranked = sorted(found.metrics, key=lambda name: name != found.metric)
    return Provenance(
        metrics={name: found.metrics[name] for name in ranked},
        metric=found.metric,
        sources=tuple(
            Source(one, any(there[name] for name in _names(key, one.path)))
            for one in found.made.inputs
        ),
    )


def _chains(reader: Reader, entries: Sequence[Entry], said: Said) -> dict[str, Chain]:
    """Judge the tags of the models that are shown."""
    shown = _shown(entries)
    if not shown:
        return {}
    only = next(iter(shown)) if len(shown) == 1 else None
    look = _Some(only, offline=True, models=frozenset(shown))
    by_model: dict[str, list[Finding]] = {model: [] for model in shown}
    for finding in verify(reader, look, said).findings:
        words = grammar.read(finding.tag) or statements.read(finding.tag)
        if words is not None and words.model in by_model:
            by_model[words.model].append(finding)
    return {
        model: _chain(by_model[model], _elsewhere(reader, model, by_model[model], tags))
        for model, tags in shown.items()
    }


def _elsewhere(
    reader: Reader, model: str, findings: Iterable[Finding], shown: set[str]
) -> set[str]:
    """Return the events of a model that are not shown, if findings are about some."""
    if all(one.tag in shown for one in findings):
        return set()
    events = reader.store.read(model).events.get(model, ())
    return {event.stamp.tag for event in events} - shown


def _shown(entries: Iterable[Entry]) -> dict[str, set[str]]:
    """Return the tags that are shown, by model."""
    shown: dict[str, set[str]] = {}
    for entry in entries:
        shown.setdefault(entry.event.model, set()).add(entry.event.stamp.tag)
    return shown


def _chain(findings: Sequence[Finding], elsewhere: set[str]) -> Chain:
    """Set those findings aside that are about events which are not shown.

    What is about a tag that is gone, or is no event, concerns every part of the story.
    """
    ours = tuple(one for one in findings if one.tag not in elsewhere)
    return Chain(
        problems=sum(one.severity == "problem" for one in findings),
        warnings=sum(one.severity == "warning" for one in findings),
        findings=ours,
        others=len(findings) - len(ours),
    )
