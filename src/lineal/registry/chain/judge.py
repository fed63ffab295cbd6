"""All rules about what the tags say of each other."""

from collections.abc import Iterator

from lineal.registry import grammar
from lineal.registry.chain import bypasses, clocks, gaps, links, names, versions
from lineal.registry.chain.facts import Facts, Line
from lineal.registry.chain.finding import Finding


def judge(facts: Facts) -> Iterator[Finding]:
    """Judge every model."""
    for line in facts.lines:
        yield from _judge(line, facts)


def unexplained(facts: Facts) -> bool:
    """Tell whether a gap might be explained by objects that no tag has."""
    return any(
        next(gaps.missing(line, frozenset(facts.strays.get(line.model, ()))), None)
        for line in facts.lines
    )


def _judge(line: Line, facts: Facts) -> Iterator[Finding]:
    broken = tuple(links.broken(line, facts))
    yield from broken
    named = (grammar.read(found.tag) for found in broken if found.rule == "deleted")
    explained = frozenset(said.serial for said in named if said and said.serial)
    yield from gaps.gaps(line, facts, explained - {k.serial for k in line.numbered})
    yield from links.forks(line)
    yield from links.twins(line)
    yield from links.inserted(line, facts)
    yield from clocks.backdated(line)
    yield from clocks.early(line, facts)
    yield from clocks.future(line, facts)
    yield from clocks.disorder(line)
    yield from versions.registrations(line)
    yield from versions.assignments(line)
    yield from versions.holders(line, facts)
    yield from names.uprooted(line, facts)
    yield from bypasses.bypasses(line)
