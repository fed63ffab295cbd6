"""Versions and assignments that contradict each other."""

from collections.abc import Iterator

from lineal.registry.chain.facts import Facts, Line, Link
from lineal.registry.chain.finding import Finding
from lineal.registry.events import Assigned, Registered, Unassigned, Withdrawn
from lineal.registry.history import replay
from lineal.registry.state import Holder, ModelState
from lineal.registry.version import Version


def registrations(line: Line) -> Iterator[Finding]:
    """Name versions given twice, or taken back where they never were."""
    standing: dict[Version, Link] = {}
    given: dict[Version, Link] = {}
    for link in line.links:
        event = link.event
        if isinstance(event, Registered):
            if first := given.get(event.version):
                stood = event.version in standing
                yield from _again(link, first, event.version, stood=stood)
            given.setdefault(event.version, link)
            standing[event.version] = link
        elif isinstance(event, Withdrawn):
            yield from _withdrawn(link, standing.get(event.version), event.version)
            standing.pop(event.version, None)


def assignments(line: Line) -> Iterator[Finding]:
    """Name assignments whose commit has not the version they name, or has none."""
    commits: dict[str, set[Version]] = {}
    for link in line.links:
        if isinstance(link.event, Registered | Withdrawn):
            version = link.event.version
            commits.setdefault(link.event.stamp.commit, set()).add(version)
    for link in line.links:
        if isinstance(link.event, Assigned | Unassigned):
            here = commits.get(link.event.stamp.commit, set())
            yield from _assigned(link, link.event, here, line.model)


def holders(line: Line, facts: Facts) -> Iterator[Finding]:
    """Name stages that hold what should no longer be used."""
    state = replay(line.model, [link.dated for link in line.links])
    by_id = {link.id: link for link in line.links}
    for stage, holder in sorted(state.stages.items()):
        if holder is not None:
            link = by_id[holder.assigned.stamp.id]
            yield from _ended(state, stage, holder, link, facts)
    yield from _shared(state, by_id)


def _again(
    link: Link, first: Link, version: Version, *, stood: bool
) -> Iterator[Finding]:
    """Judge a second registration."""
    elsewhere = link.event.stamp.commit != first.event.stamp.commit
    if not elsewhere and not stood:
        return  # it was withdrawn meanwhile, and is back
    verb = "gives another commit than" if elsewhere else "repeats"
    yield link.finding(
        "twice",
        "problem" if elsewhere and stood else "warning",
        f"{version} was registered twice: {link.name} ({link.signature}) {verb} "
        f"{first.name} ({first.signature})",
    )


def _assigned(
    link: Link, event: Assigned | Unassigned, here: set[Version], model: str
) -> Iterator[Finding]:
    """Judge an assignment by the versions that its commit ever had."""
    commit = event.stamp.commit[:10]
    if event.named is not None and event.named not in here:
        yield link.finding(
            "version",
            "problem",
            f"{link.name} ({link.signature}) says it is about {event.named}, which is "
            f"not at its commit {commit}",
        )
    elif not here and isinstance(event, Assigned):
        yield link.finding(
            "unregistered",
            "warning",
            f"{link.name} ({link.signature}) assigns a commit that has no version: "
            f"register one with `lineal register {model} {commit}`",
        )


def _withdrawn(link: Link, given: Link | None, version: Version) -> Iterator[Finding]:
    """Judge a withdrawal."""
    if given is not None and given.event.stamp.commit != link.event.stamp.commit:
        yield link.finding(
            "withdrawn",
            "problem",
            f"{link.name} ({link.signature}) withdraws {version} at another commit than "
            f"{given.name} ({given.signature}) gave it, so it withdraws nothing",
        )
    elif given is None:
        yield link.finding(
            "withdrawn",
            "warning",
            f"{link.name} ({link.signature}) withdraws {version}, which was not "
            "registered then: its tag may have been deleted",
        )


def _ended(
    state: ModelState, stage: str, holder: Holder, link: Link, facts: Facts
) -> Iterator[Finding]:
    """Judge what a stage holds."""
    version = state.find(holder.version) if holder.version else None
    event = (version.deprecated if version else None) or state.deprecated
    if event is None:
        return
    over = event.end is None or event.end <= facts.now
    yield link.finding(
        "ended",
        "warning" if over else "note",
        f"{stage} holds {state.model} {holder.name}, "
        + ("whose life has ended" if over else "which is deprecated")
        + f" ({event.stamp.tag}): promote another, or unassign it",
    )


def _shared(state: ModelState, by_id: dict[str, Link]) -> Iterator[Finding]:
    """Name commits that have two versions."""
    first: dict[str, Version] = {}
    for found in state.versions:
        if not found.active or found.registered is None:
            continue
        other = first.setdefault(found.commit, found.version)
        if other != found.version:
            yield by_id[found.registered.stamp.id].finding(
                "shared",
                "note",
                f"{state.model} {other} and {found.version} are one commit: gto 1.10 "
                "stops at such repositories; an empty commit for one of them avoids it",
            )
