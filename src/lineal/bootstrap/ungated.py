"""Tell the rules which stages the policy in force rules."""

from collections.abc import Iterator

from lineal.errors import BadInputError
from lineal.registry.chain.facts import Facts
from lineal.registry.chain.finding import Finding
from lineal.registry.chain.ungated import ungated
from lineal.registry.store import Store


def judge(store: Store, facts: Facts) -> Iterator[Finding]:
    """Name what holds a ruled stage though its tag records no gates.

    Where the policy cannot be read, nothing is said here: that is a finding already.
    """
    from lineal.actions import governing  # noqa: PLC0415 - reads YAML: not for help

    try:
        policy = governing.load(store).policy
    except BadInputError:
        return
    for line in facts.lines:
        stages = (stage for stage in line.stages if stage is not None)
        ruled = {stage for stage in stages if policy.rules(line.model, stage)}
        yield from ungated(line, ruled)
