"""Gather what Git knows of a registry's tags, and let the rules judge it."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from lineal.bootstrap import makers, ungated
from lineal.bootstrap.look import Look as Look
from lineal.bootstrap.makers import Said, silent
from lineal.bootstrap.registry import open_recorder
from lineal.doors import loose, objects, seen, unreachable
from lineal.doors.clock import Clock
from lineal.registry import grammar
from lineal.registry.chain import copies, names, statements
from lineal.registry.chain.copies import Copy
from lineal.registry.chain.facts import Facts, Line, link_up
from lineal.registry.chain.finding import Finding, ranked
from lineal.registry.chain.judge import judge, unexplained
from lineal.registry.events import Registered
from lineal.registry.reader import Reader, UnknownModelError
from lineal.registry.store import Ignored, Snapshot, Store
from lineal.registry.tagobject import TagObject
from lineal.registry.version import Version

_COMMITTER = re.compile(rb"^committer .*> (-?[0-9]+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Verified:
    """What came of it.

    Attributes:
        findings: The worst first.
        models: How many models there are.
        tags: How many tags they have.
        remote: What the remote is called that was asked, None if none was.
    """

    findings: tuple[Finding, ...]
    models: int
    tags: int
    remote: str | None


@dataclass(frozen=True, slots=True)
class _Here:
    """What is in this clone."""

    store: Store
    ids: Mapping[str, str]
    odd: tuple[str, ...]
    ignored: tuple[Ignored, ...]
    tags: Mapping[str, TagObject]
    facts: Facts
    heard: Mapping[str, str]

    @property
    def every(self) -> Mapping[str, str]:
        """Object ids of all tags that are looked at, by name."""
        return {**self.ids, **self.heard}


def verify(reader: Reader, look: Look, said: Said = silent) -> Verified:
    """Judge a registry.

    Args:
        reader: The registry.
        look: What to look at.
        said: Told how many of how many signatures were checked.

    Raises:
        UnknownModelError: There is no such model.
        ShallowCloneError: Tags may be missing.
        OutsideError: Git failed, or the remote could not be asked.
    """
    here = _read(reader, look)
    dangling = _dangling(here, look)
    facts = replace(here.facts, lost={**here.facts.lost, **dangling})
    there = None if look.offline else _there(reader, look)
    found = [
        *judge(facts),
        *names.unreadable(here.odd),
        *names.ignored(here.ignored, here.tags),
    ]
    found += _made(here, look, said)
    found += ungated.judge(here.store, facts)
    found += _copies(here, look, there)
    if look.strict:
        found += names.leftovers(dangling.values(), found)
    if look.model is None:
        found += _files(here.store)
    name = there.name if there else None
    return Verified(ranked(found), len(facts.lines), len(here.every), name)


def _read(reader: Reader, look: Look) -> _Here:
    """Read the tags, their objects, and the times of their commits."""
    store = reader.store
    store.check()
    every = store.tags(look.prefixes)
    ids = {name: oid for name, oid in every.items() if look.wants(name)}
    heard = {name: oid for name, oid in every.items() if look.hears(name)}
    read = store.read(look.model)
    if look.model is not None and not ids and look.model not in read.events:
        raise UnknownModelError(look.model, store.read().events)
    tags = store.objects((*ids.values(), *heard.values()))
    ignored = (*read.ignored, *_damaged(read.ignored, ids, tags))
    facts = _facts(store, replace(read, ignored=ignored), ids, tags)
    odd = tuple(name for name in every if name not in ids and name not in heard)
    return _Here(store, ids, odd, ignored, tags, facts, heard)


def _damaged(
    known: Iterable[Ignored], ids: Mapping[str, str], tags: Mapping[str, TagObject]
) -> Iterator[Ignored]:
    """Find the tags whose objects are gone, though the index still knows them."""
    names = {tag.tag for tag in known}
    for name, oid in ids.items():
        if oid not in tags and name not in names and grammar.read(name):
            yield Ignored(name, oid, "missing")


def _facts(
    store: Store,
    read: Snapshot,
    ids: Mapping[str, str],
    tags: Mapping[str, TagObject],
) -> Facts:
    taken = _taken(read.ignored)
    # What was written between the two readings is left to the next look.
    events = {
        model: [event for event in found if event.stamp.id in tags]
        for model, found in sorted(read.events.items())
    }
    lines = [
        Line(model, link_up(found, tags), taken.get(model, frozenset()))
        for model, found in events.items()
    ]
    links = [link for line in lines for link in line.links]
    previous = {link.previous for link in links if link.previous}
    commits = dict.fromkeys(link.event.stamp.commit for link in links)
    return Facts(
        lines=lines,
        ids=ids,
        now=Clock.of_environment().now(),
        lost=store.objects(previous.difference(link.id for link in links)),
        committed=dict(_committed(store, commits)),
    )


def _taken(ignored: Iterable[Ignored]) -> dict[str, frozenset[int]]:
    """Return the serials of tags that are no events, by model."""
    found: dict[str, frozenset[int]] = {}
    for tag in ignored:
        said = grammar.read(tag.tag)
        if said is not None and said.serial is not None:
            found[said.model] = found.get(said.model, frozenset()) | {said.serial}
    return found


def _committed(store: Store, commits: Iterable[str]) -> Iterator[tuple[str, int]]:
    for found in objects.read(store.place.git, commits):
        if found is not None and (match := _COMMITTER.search(found.content)):
            yield found.id, int(match[1])


def _dangling(here: _Here, look: Look) -> dict[str, TagObject]:
    """Return the registry's tag objects that no ref leads to, if somebody asks."""
    if not look.strict and not unexplained(here.facts):
        return {}
    found = here.store.objects(unreachable.tags(here.store.place.git))
    return {
        oid: tag
        for oid, tag in found.items()
        if look.wants(tag.name) and oid not in here.facts.held
    }


def _there(reader: Reader, look: Look) -> Copy | None:
    """Ask the remote for its tags."""
    remote = open_recorder(reader).remote
    if remote is None:
        return None
    found = remote.tags(look.prefixes)
    return Copy({n: i for n, i in found.items() if look.watches(n)}, remote.name)


def _made(here: _Here, look: Look, said: Said) -> Iterator[Finding]:
    """Judge who made the tags, and what people stated in them."""
    links = {link.id: link for line in here.facts.lines for link in line.links}
    lost = [oid for oid in here.heard.values() if oid not in here.tags]
    others = (found.id for found in objects.read(here.store.place.git, lost) if found)
    stated = statements.read(here.heard, here.tags, others)
    yield from statements.judge(stated, _registered(here.facts))
    yield from statements.unreadable(here.odd)
    tagged = makers.Tagged(here.store, links, stated)
    yield from makers.judge(tagged, strict=look.strict, said=said)


def _registered(facts: Facts) -> dict[tuple[str, Version], frozenset[str]]:
    """Return the commits of each version."""
    found: dict[tuple[str, Version], frozenset[str]] = {}
    for line in facts.lines:
        for link in line.links:
            if isinstance(link.event, Registered):
                key = (line.model, link.event.version)
                commit = link.event.stamp.commit
                found[key] = found.get(key, frozenset()) | {commit}
    return found


def _copies(here: _Here, look: Look, there: Copy | None) -> list[Finding]:
    """Compare with the remote and with what was seen before, and remember."""
    own = here.store.place.own
    before = seen.load(own)
    # A name that is here was read already.
    ids = here.every
    known = {n: i for n, i in before.items() if n in ids or look.watches(n)}
    others = {n: i for n, i in before.items() if n not in known}
    tags = {**here.store.objects(set(known.values()) - here.tags.keys()), **here.tags}
    if look.accept:
        known = {name: ids[name] for name in known if name in ids}
    alone = there is None and _is_alone(here.store)
    after = others | copies.remembered(ids, known, there, alone=alone)
    if after != before:
        seen.save(own, after)
    found = list(copies.gone(ids, known, tags, there))
    if there is not None:
        found += copies.phantoms(ids, there, tags)
    return found


def _is_alone(store: Store) -> bool:
    return not store.place.git.run("remote").strip()


def _files(store: Store) -> Iterator[Finding]:
    """Judge the files that hold the refs."""
    common = store.place.common
    yield from names.odd(loose.odd(common))
    yield from names.crowded(loose.count(common))
